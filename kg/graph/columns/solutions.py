"""Solutions of basic graph patterns, a block of rows at a time: from what starts with the fewest, a triple at a time.

A block is extended through all triples before the next is begun, and cut where it would become long. So what is held is
bounded, and nothing is joined beyond a LIMIT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.graph.columns.columns import Columns, Property
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.relations import LOW, SHIFT
from kg.graph.store.joined import Given, Join, Pattern
from kg.graph.store.values import TooMuch

_FIRST: Final = 1 << 10
_GROWS: Final = 8
_LONGEST: Final = 1 << 16
"""Rows that are extended at a time; a row's own neighbours are never divided."""


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions: for each variable that is still of use a column, of ``size`` numbers."""

    columns: Mapping[int, Ids]
    size: int

    def take(self, rows: Ids | NDArray[np.bool_] | slice, size: int, keep: frozenset[int]) -> Table:
        """These rows, of the columns that are to be kept."""
        return Table({name: column[rows] for name, column in self.columns.items() if name in keep}, size)


class Atom(NamedTuple):
    """A triple to match; subject and object are variables, or (below 0) the complement of a term's number."""

    property: Property
    subject: int
    object: int

    def variables(self) -> set[int]:
        """Its variables."""
        return {place for place in (self.subject, self.object) if place >= 0}


class Step(NamedTuple):
    """An atom that extends a table, and the variables that are of use after it."""

    atom: Atom
    keep: frozenset[int]


def solutions(columns: Columns, join: Join, given: Given, wanted: frozenset[int]) -> Iterator[Table]:
    """The solutions in blocks, with the variables that are wanted; raises TooMuch where the store is to be asked."""
    atoms = _atoms(columns, join.triples, given)
    if atoms is None or not all(len(atom.property) for atom in atoms):
        return iter(())
    start, *steps = _ordered(atoms, wanted)
    return _extended(_started(start, few=join.enough is not None), steps)


def _atoms(columns: Columns, patterns: Sequence[Pattern], given: Given) -> list[Atom] | None:
    """The triples of a pattern; None where one has a term that the graph has not."""
    atoms = list[Atom]()
    for subject, predicate, obj in patterns:
        known = columns.property(str(given.node(predicate)).encode())
        if known is None:
            raise TooMuch
        places = list[int]()
        for place in (subject, obj):
            if isinstance(place, int):
                places.append(place)
                continue
            number = columns.number(str(given.node(place)).encode())
            if number < 0:
                return None
            places.append(~number)
        atoms.append(Atom(known, *places))
    return atoms


def _ordered(atoms: Sequence[Atom], wanted: frozenset[int]) -> list[Step]:
    """First what has the fewest triples, then what multiplies rows least; raises TooMuch where nothing joins them."""
    left = list(atoms)
    order = [min(left, key=_size)]
    left.remove(order[0])
    known = order[0].variables()
    while left:
        atom = min(left, key=lambda atom: _fan(atom, known))
        if _fan(atom, known) == np.inf:
            raise TooMuch
        order.append(atom)
        left.remove(atom)
        known |= atom.variables()
    needed = [wanted.union(*(atom.variables() for atom in order[at + 1 :])) for at in range(len(order))]
    return [Step(atom, keep) for atom, keep in zip(order, needed, strict=True)]


def _size(atom: Atom) -> int:
    if atom.subject < 0 and atom.object < 0:
        return 0
    if atom.subject < 0:
        return len(atom.property.beside(~atom.subject, by_object=False))
    if atom.object < 0:
        return len(atom.property.beside(~atom.object, by_object=True))
    return len(atom.property)


def _fan(atom: Atom, known: set[int]) -> float:
    """How many rows one row becomes, about; no number where no place is known."""
    subject, obj = (place < 0 or place in known for place in (atom.subject, atom.object))
    if subject and obj:
        return 0.0
    if subject or obj:
        return atom.property.fan(by_object=not subject)
    return np.inf


def _started(step: Step, *, few: bool) -> Iterator[Table]:
    """The matches of the first atom; first few of them, where few may do."""
    (found, subject, obj), keep = step
    if subject < 0 and obj < 0:
        yield Table({}, int(found.has(np.array([~subject]), np.array([~obj]))[0]))
        return
    if subject < 0 or obj < 0:
        ids = found.beside(~subject, by_object=False) if subject < 0 else found.beside(~obj, by_object=True)
        table = Table({obj if subject < 0 else subject: ids}, len(ids))
        yield from (table.take(part, part.stop - part.start, keep) for part in _parts(len(ids), few=few))
        return
    keys = found.keys()
    for part in _parts(len(keys), few=few):
        own = keys[part]
        yield Table({subject: own >> SHIFT, obj: own & LOW}, len(own)).take(slice(None), len(own), keep)


def _parts(size: int, *, few: bool) -> Iterator[slice]:
    begin, length = 0, _FIRST if few else _LONGEST
    while begin < size:
        yield slice(begin, min(size, begin + length))
        begin, length = begin + length, min(length * _GROWS, _LONGEST)


def _extended(tables: Iterator[Table], steps: Sequence[Step]) -> Iterator[Table]:
    """The tables, each extended by all steps."""
    for step in steps:
        tables = _stepped(tables, step)
    return (table for table in tables if table.size)


def _stepped(tables: Iterator[Table], step: Step) -> Iterator[Table]:
    for table in tables:
        if table.size:
            yield from _matched(table, step)


def _matched(table: Table, step: Step) -> Iterator[Table]:
    """The rows of a table with each match of an atom."""
    (found, subject, obj), keep = step
    forward = subject < 0 or subject in table.columns
    if forward and (obj < 0 or obj in table.columns):
        there = found.has(_column(table, subject), _column(table, obj))
        yield table.take(there, int(np.count_nonzero(there)), keep)
        return
    start, end = (subject, obj) if forward else (obj, subject)
    keys = found.keys(by_object=not forward)
    begin, counts = found.spans(_column(table, start), by_object=not forward)
    for part in _cuts(counts):
        own = counts[part]
        rows = np.arange(len(own)).repeat(own)
        places = (begin[part] - own.cumsum() + own)[rows]
        places += np.arange(len(rows))
        extended = Table({name: column[part] for name, column in table.columns.items()}, len(own))
        kept = extended.take(rows, len(rows), keep)
        yield Table({**kept.columns, end: keys[places] & LOW}, len(rows)) if end in keep else kept


def _cuts(counts: Ids) -> Iterator[slice]:
    """Parts of the rows that become about as many as are extended at a time."""
    total = counts.cumsum()
    if not len(total) or total[-1] <= _LONGEST:
        yield slice(0, len(counts))
        return
    ends = np.flatnonzero(np.diff(total // _LONGEST)) + 1
    begin = 0
    for end in (*ends.tolist(), len(counts)):
        yield slice(begin, end)
        begin = end


def _column(table: Table, place: int) -> Ids:
    return table.columns[place] if place >= 0 else np.full(table.size, ~place, dtype=np.int64)


def cut(tables: Iterator[Table], offset: int, limit: int | None) -> Iterator[Table]:
    """The tables without the rows before an offset and those beyond a limit."""
    left = limit
    for table in tables:
        begin, offset = min(offset, table.size), max(0, offset - table.size)
        end = table.size if left is None else min(table.size, begin + left)
        if end > begin:
            yield table.take(slice(begin, end), end - begin, frozenset(table.columns))
        if left is not None:
            left -= end - begin
            if not left:
                return
