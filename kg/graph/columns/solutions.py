"""Solutions of basic graph patterns, a block of rows at a time: from what starts with the fewest, a triple at a time.

A block is extended through all triples before the next is begun, and cut where it would become long. So what is held is
bounded, and nothing is joined beyond a LIMIT.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from kg.graph.columns.columns import Columns
from kg.graph.columns.conditions import Condition
from kg.graph.columns.plan import Atom, Step, atoms_of, steps_of
from kg.graph.columns.table import UNBOUND, Table
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.relations import LOW, SHIFT
from kg.graph.store.joined import Given, Join
from kg.graph.store.values import TooMuch

_FIRST: Final = 1 << 10
_GROWS: Final = 8
_LONGEST: Final = 1 << 16
"""Rows that are extended at a time; a row's own neighbours are never divided."""
_ROW: Final = -1
"""The column that numbers the rows an OPTIONAL extends."""


def solutions(columns: Columns, join: Join, given: Given, wanted: frozenset[int]) -> Iterator[Table]:
    """The solutions in blocks, with the variables that are wanted; raises TooMuch where the store is to be asked."""
    early, late = _conditions(columns, join, given)
    certain = join.certain
    outer = [_group(columns, join, number, given) for number in range(len(join.optional))]
    needed = wanted.union(*(condition.reads for condition in late), *(places & certain for _, places in outer))
    atoms = atoms_of(columns, join.triples, given)
    if atoms is None:
        return iter(())
    start, *steps = steps_of(atoms, (), early, needed)
    tables = _extended(_started(start, few=join.enough is not None), steps)
    for atoms, places in outer:
        new = sorted(places - certain)
        group = steps_of(atoms, places & certain, (), join.bound | {_ROW}) if atoms else None
        tables = _with_optional(tables, group, new)
    for condition in late:
        tables = _filtered(tables, condition)
    return tables


def _conditions(columns: Columns, join: Join, given: Given) -> tuple[list[Condition], list[Condition]]:
    """The FILTERs that are decided before the OPTIONALs, and those after them."""
    made = [Condition(columns, condition, given) for condition in join.filters]
    return [condition for condition in made if condition.early], [c for c in made if not c.early]


def _group(columns: Columns, join: Join, number: int, given: Given) -> tuple[list[Atom] | None, frozenset[int]]:
    """The triples of an OPTIONAL, None where they cannot match, and their variables.

    Raises TooMuch where these are all its own, or another OPTIONAL has one of them that the triples before do not have.
    """
    own = join.variables(join.optional[number])
    others = (join.variables(patterns) for other, patterns in enumerate(join.optional) if other != number)
    if not own & join.certain or any(theirs & own - join.certain for theirs in others):
        raise TooMuch
    return atoms_of(columns, join.optional[number], given), own


def _started(step: Step, *, few: bool) -> Iterator[Table]:
    """The matches of the first atom; first few of them, where few may do."""
    (found, subject, obj), conditions, keep = step
    if subject < 0 and obj < 0:
        yield Table({}, int(found.has(np.array([~subject]), np.array([~obj]))[0]))
        return
    if subject < 0 or obj < 0:
        ids = found.beside(~subject, by_object=False) if subject < 0 else found.beside(~obj, by_object=True)
        whole = Table({obj if subject < 0 else subject: ids}, len(ids))
        tables = iter([whole.take(part, part.stop - part.start, keep) for part in _parts(len(ids), few=few)])
    else:
        tables = _all_pairs(found.keys(), subject, obj, few=few)
    yield from (_decided(table, conditions) for table in tables)


def _all_pairs(keys: Ids, subject: int, obj: int, *, few: bool) -> Iterator[Table]:
    for part in _parts(len(keys), few=few):
        own = keys[part]
        yield Table({subject: own >> SHIFT, obj: own & LOW}, len(own))


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
            for matched in _matched(table, step):
                yield _decided(matched, step.conditions)


def _matched(table: Table, step: Step) -> Iterator[Table]:
    """The rows of a table with each match of an atom."""
    (found, subject, obj), _, keep = step
    forward = subject < 0 or subject in table.columns
    if forward and (obj < 0 or obj in table.columns):
        there = found.has(table.column(subject), table.column(obj))
        yield table.take(there, int(np.count_nonzero(there)), keep)
        return
    start, end = (subject, obj) if forward else (obj, subject)
    keys = found.keys(by_object=not forward)
    begin, counts = found.spans(table.column(start), by_object=not forward)
    for part in _cuts(counts):
        own = counts[part]
        rows = np.arange(len(own)).repeat(own)
        places = (begin[part] - own.cumsum() + own)[rows]
        places += np.arange(len(rows))
        kept = table.take(part, len(own), keep).take(rows, len(rows))
        yield Table({**kept.columns, end: keys[places] & LOW}, len(rows)) if end in keep else kept


def _cuts(counts: Ids) -> Iterator[slice]:
    """Parts of the rows that become about as many as are extended at a time."""
    total = counts.cumsum()
    ends = np.flatnonzero(np.diff(total // _LONGEST)) + 1 if len(total) and total[-1] > _LONGEST else ()
    begin = 0
    for end in (*ends, len(counts)):
        yield slice(begin, int(end))
        begin = int(end)


def _decided(table: Table, conditions: Iterable[Condition]) -> Table:
    """The rows for which all conditions hold."""
    for condition in conditions:
        if table.size:
            rows = condition.holds(table).nonzero()[0]
            table = table.take(rows, len(rows))
    return table


def _filtered(tables: Iterator[Table], condition: Condition) -> Iterator[Table]:
    for table in tables:
        left = _decided(table, (condition,))
        if left.size:
            yield left


def _with_optional(tables: Iterator[Table], steps: Sequence[Step] | None, new: Sequence[int]) -> Iterator[Table]:
    """The rows with each match of an OPTIONAL; those without any keep its variables unbound."""
    for table in tables:
        alone = np.ones(table.size, dtype=np.bool_)
        if steps:
            numbered = Table({**table.columns, _ROW: np.arange(table.size)}, table.size)
            for extended in _extended(iter((numbered,)), steps):
                alone[extended.columns[_ROW]] = False
                yield extended.take(slice(None), extended.size, (*table.columns, *new))
        rest = int(np.count_nonzero(alone))
        if rest:
            unbound = np.full(rest, UNBOUND, dtype=np.int64)
            yield Table({**table.take(alone, rest).columns, **dict.fromkeys(new, unbound)}, rest)
