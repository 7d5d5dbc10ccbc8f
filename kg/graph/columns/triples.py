"""The triples that a CONSTRUCT makes of solutions, each once, as N-Triples or Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from kg.graph.columns.columns import Columns
from kg.graph.columns.table import Table
from kg.graph.columns.written import turtle_predicate, turtle_text
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.relations import LOW, SHIFT, distinct, pairs, without
from kg.graph.store.joined import Given, Pattern

_END: Final = b" .\n"


class Triples:
    """Makes triples by a template of variables and IRIs, and remembers which were made."""

    def __init__(self, columns: Columns, template: Sequence[Pattern], given: Given) -> None:
        self._columns = columns
        self._own: list[bytes] = []
        self._made: dict[bytes, Ids] = {}
        self._template: list[tuple[int, bytes, int]] = []
        for subject, predicate, obj in template:
            first, last = (place if isinstance(place, int) else ~self._number(given, place) for place in (subject, obj))
            self._template.append((first, str(given.node(predicate)).encode(), last))

    def _number(self, given: Given, place: str) -> int:
        """The number of an IRI; one of its own, for this query, where the graph has it not."""
        term = str(given.node(place)).encode()
        known = self._columns.number(term)
        if known >= 0:
            return known
        if term not in self._own:
            self._own.append(term)
        return len(self._columns) + self._own.index(term)

    def ntriples(self, tables: Iterable[Table]) -> Iterator[bytes]:
        """The triples of each table that no table before it made."""
        for table in tables:
            for triple in self._template:
                keys = self._new(table, triple)
                between = b" %b " % triple[1]
                pairs_of = zip(self._terms(keys >> SHIFT, triple[0]), self._terms(keys & LOW, triple[2]), strict=True)
                yield _END.join([*map(between.join, pairs_of), b""])

    def turtle(self, tables: Iterable[Table]) -> Iterator[bytes]:
        """The same in Turtle, what is said of one subject by a table together."""
        for table in tables:
            new = [self._new(table, triple) for triple in self._template]
            if not any(map(len, new)):
                continue
            subjects = np.concatenate([keys >> SHIFT for keys in new])
            names = [self._terms(keys >> SHIFT, triple[0]) for keys, triple in zip(new, self._template, strict=True)]
            values = [self._terms(keys & LOW, triple[2]) for keys, triple in zip(new, self._template, strict=True)]
            said = [
                (subject, turtle_predicate(triple[1]), turtle_text(obj))
                for triple, own, objects in zip(self._template, names, values, strict=True)
                for subject, obj in zip(own, objects, strict=True)
            ]
            order = np.argsort(subjects, kind="stable")
            yield b"".join(_grouped([said[at] for at in order.tolist()]))

    def _new(self, table: Table, triple: tuple[int, bytes, int]) -> Ids:
        """What a triple of the template makes of a table that was not made before, but for what is no triple."""
        first, predicate, last = triple
        subjects, objects = table.column(first), table.column(last)
        bound = (subjects >= 0) & (objects >= 0)
        keys = distinct(pairs(subjects[bound], objects[bound]))
        made = self._made.get(predicate)
        keys = keys if made is None else without(keys, made)
        if first >= 0:
            keys = self._without_literals(keys)
        self._made[predicate] = keys if made is None else distinct(np.concatenate((made, keys)))
        return keys

    def _without_literals(self, keys: Ids) -> Ids:
        """The keys whose subject may be one."""
        subjects = self._columns.terms(keys >> SHIFT)
        may_be = np.fromiter((not term.startswith(b'"') for term in subjects), np.bool_, len(keys))
        left: Ids = keys if may_be.all() else keys[may_be]
        return left

    def _terms(self, numbers: Ids, place: int) -> Sequence[bytes]:
        if place >= 0:
            return self._columns.terms(numbers)
        number, size = ~place, len(self._columns)
        term = self._own[number - size] if number >= size else self._columns.terms(np.array([number]))[0]
        return [term] * len(numbers)


def _grouped(said: Sequence[tuple[bytes, bytes, bytes]]) -> Iterator[bytes]:
    """Triples in the order of their subjects, without naming again what the one before has named."""
    before: tuple[bytes, bytes, bytes] | None = None
    for triple in said:
        subject, predicate, obj = triple
        if before and before[0] == subject:
            yield b" , %b" % obj if before[1] == predicate else b" ;\n\t%b %b" % (predicate, obj)
        else:
            yield b"%b%b %b %b" % (_END if before else b"", subject, predicate, obj)
        before = triple
    yield _END
