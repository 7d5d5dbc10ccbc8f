"""The triples that a CONSTRUCT makes of solutions, each once, as N-Triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kg.graph.columns.columns import Columns
from kg.graph.columns.solutions import Table
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.relations import LOW, SHIFT, distinct, pairs, without
from kg.graph.store.joined import Given, Pattern


class Triples:
    """Makes triples by a template of variables and IRIs, and remembers which were made."""

    def __init__(self, columns: Columns, template: Sequence[Pattern], given: Given) -> None:
        self._columns = columns
        self._made: dict[bytes, Ids] = {}
        self._own: list[bytes] = []
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

    def _term(self, number: int) -> bytes:
        size = len(self._columns)
        return self._own[number - size] if number >= size else self._columns.terms(np.array([number]))[0]

    def pieces(self, tables: Iterable[Table]) -> Iterator[bytes]:
        """The triples of each table that no table before it made."""
        for table in tables:
            for triple in self._template:
                yield self._written(table, triple)

    def _written(self, table: Table, triple: tuple[int, bytes, int]) -> bytes:
        first, predicate, last = triple
        keys = self._new(predicate, distinct(pairs(_column(table, first), _column(table, last))))
        subjects = self._terms(keys >> SHIFT, first)
        objects = self._terms(keys & LOW, last)
        between = b" %b " % predicate
        lines = [
            subject + between + obj
            for subject, obj in zip(subjects, objects, strict=True)
            if not subject.startswith(b'"')
        ]
        return b" .\n".join([*lines, b""])

    def _new(self, predicate: bytes, keys: Ids) -> Ids:
        """The keys that were not made before."""
        made = self._made.get(predicate)
        if made is None:
            self._made[predicate] = keys
            return keys
        new = without(keys, made)
        self._made[predicate] = distinct(np.concatenate((made, new)))
        return new

    def _terms(self, numbers: Ids, place: int) -> Sequence[bytes]:
        return self._columns.terms(numbers) if place >= 0 else [self._term(~place)] * len(numbers)


def _column(table: Table, place: int) -> Ids:
    return table.columns[place] if place >= 0 else np.full(table.size, ~place, dtype=np.int64)
