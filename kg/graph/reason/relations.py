"""Relations as sorted integer columns: pairs of a property, or members of a class, each with its round.

A pair is one 64-bit key, subject in the upper half, so that joins, differences and look-ups are binary searches. New
facts come as a further sorted run and runs are merged as they grow, so that a change costs what it changes. Every fact
has a *mark*: twice the round it came in, plus one if it was stated; a removed fact keeps its place with ``GONE``.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.graph.reason.dictionary import Ids

Marks = NDArray[np.int32]
Mask = NDArray[np.bool_]

LOW: Final = np.int64(0xFFFFFFFF)
SHIFT: Final = np.int64(32)
GONE: Final = np.int32(-1)
_MERGE = 4
"""A run is merged into the one before unless that is more than this many times as long."""
_SHORT: Final = 4096
"""Runs of fewer keys are merged by sorting them."""
_TRUE: Final = np.ones(1, dtype=np.bool_)
EMPTY: Final[Ids] = np.empty(0, dtype=np.int64)


def pairs(subjects: Ids, objects: Ids) -> Ids:
    """Keys of pairs."""
    keys: Ids = (subjects << SHIFT) | objects
    return keys


def flipped(keys: Ids) -> Ids:
    """The keys of the converse pairs."""
    turned: Ids = ((keys & LOW) << SHIFT) | (keys >> SHIFT)
    return turned


def distinct(keys: Ids) -> Ids:
    """The keys sorted, each once; the same array where they are so."""
    if len(keys) < 2 or np.count_nonzero(keys[1:] > keys[:-1]) == len(keys) - 1:
        return keys
    ordered = keys.copy()
    ordered.sort()
    differs = ordered[1:] != ordered[:-1]
    if np.count_nonzero(differs) == len(differs):
        return ordered
    once: Ids = ordered[np.concatenate((_TRUE, differs))]
    return once


def without(keys: Ids, others: Ids) -> Ids:
    """Those of sorted distinct keys that are not among others, which are sorted as well."""
    if len(keys) == 0 or len(others) == 0:
        return keys
    left: Ids = keys[others.take(others.searchsorted(keys), mode="clip") != keys]
    return left


class Run:
    """Sorted distinct keys with their marks, and an index by object that is made when first needed."""

    __slots__ = ("_order", "_stated", "_turned", "gone", "keys", "marks")

    def __init__(self, keys: Ids, marks: Marks, stated: int = -1) -> None:
        self.keys = keys
        self.marks = marks
        self.gone = 0
        self._turned: Ids | None = None
        self._order: Ids | None = None
        self._stated = stated

    def mark(self, places: Ids, marks: Marks | np.int32) -> None:
        """Changes marks."""
        self.marks[places] = marks
        self._stated = -1

    def stated(self) -> int:
        """How many of the keys were stated; counted once, where that was not known, until a mark changes."""
        if self._stated < 0:
            self._stated = int(np.count_nonzero((self.marks & 1 == 1) & (self.marks >= 0)))
        return self._stated

    def by_object(self) -> tuple[Ids, Ids]:
        """The converse keys sorted, and where each stands in ``keys``."""
        if self._turned is None or self._order is None:
            turned = flipped(self.keys)
            self._order = turned.argsort()
            self._turned = turned[self._order]
        return self._turned, self._order

    def places(self, keys: Ids) -> tuple[Ids, Mask]:
        """Where each key would stand, which may be behind the last, and whether it does and is not gone."""
        places = self.keys.searchsorted(keys)
        found: Mask = self.keys.take(places, mode="clip") == keys
        if self.gone:
            found &= self.marks.take(places, mode="clip") >= 0
        return places, found

    def spans(self, ids: Ids, by_object: bool) -> tuple[Ids, Ids]:
        """Begin and end of the keys whose subject (or object) is each of ``ids``."""
        column = self.by_object()[0] if by_object else self.keys
        low = ids << SHIFT
        return column.searchsorted(low), column.searchsorted(low + (LOW + 1))


class Relation:
    """The pairs of one property, or (with ``unary``) the members of one class."""

    __slots__ = ("runs", "unary")

    def __init__(self, unary: bool = False) -> None:
        self.unary = unary
        self.runs: list[Run] = []

    def __len__(self) -> int:
        runs = self.runs
        if len(runs) == 1:
            return len(runs[0].keys) - runs[0].gone
        return sum(len(run.keys) - run.gone for run in runs)

    def __bool__(self) -> bool:
        return bool(self.runs)  # a run of which nothing is left is dropped

    def keys(self) -> Ids:
        """All keys; sorted if there is only one run."""
        parts = [run.keys[run.marks >= 0] if run.gone else run.keys for run in self.runs]
        return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else EMPTY

    def marked(self) -> tuple[Ids, Marks]:
        """All keys with their marks."""
        alive = [(run.keys, run.marks) if not run.gone else _alive(run) for run in self.runs]
        if len(alive) == 1:
            return alive[0]
        if not alive:
            return EMPTY, np.empty(0, dtype=np.int32)
        return np.concatenate([keys for keys, _ in alive]), np.concatenate([marks for _, marks in alive])

    def derived(self) -> Ids:
        """The keys that were not stated."""
        if all(run.stated() + run.gone == len(run.keys) for run in self.runs):
            return EMPTY
        keys, marks = self.marked()
        left: Ids = keys[(marks & 1) == 0]
        return left

    def contains(self, keys: Ids) -> Mask:
        """Which of the keys are in."""
        if len(self.runs) == 1:
            return self.runs[0].places(keys)[1]
        found = np.zeros(len(keys), dtype=np.bool_)
        for run in self.runs:
            found |= run.places(keys)[1]
        return found

    def marks_of(self, keys: Ids) -> Marks:
        """The mark of each key, ``GONE`` where it is not in."""
        marks = np.empty(len(keys), dtype=np.int32)
        marks.fill(GONE)
        for run in self.runs:
            places, found = run.places(keys)
            np.copyto(marks, run.marks.take(places, mode="clip"), where=found)
        return marks

    def remove(self, keys: Ids) -> None:
        """Takes out distinct keys, those that are in."""
        for run in self.runs:
            places, found = run.places(keys)
            run.mark(places[found], GONE)
            run.gone += int(np.count_nonzero(found))
        self.runs = [_compact(run) for run in self.runs if run.gone < len(run.keys)]

    def set_marks(self, keys: Ids, marks: Marks) -> None:
        """Changes the marks of keys, those that are in."""
        for run in self.runs:
            places, found = run.places(keys)
            if found.any():
                run.mark(places[found], marks[found])

    def add(self, keys: Ids, marks: Marks | int) -> None:
        """Adds keys that are sorted, distinct and not in; all of one mark, or each with its own."""
        if len(keys) == 0:
            return
        if isinstance(marks, int):
            stated = len(keys) if marks & 1 else 0
            self.runs.append(Run(keys, np.full(len(keys), marks, dtype=np.int32), stated))
        else:
            self.runs.append(Run(keys, marks))
        while len(self.runs) > 1 and len(self.runs[-2].keys) <= _MERGE * len(self.runs[-1].keys):
            newer = self.runs.pop()
            self.runs[-1] = _merged(_without_gone(self.runs[-1]), _without_gone(newer))

    def matches(self, ids: Ids, by_object: bool = False) -> tuple[Ids, Ids]:
        """For each of ``ids`` as subject (or object) its partners: row numbers in ``ids``, and partners."""
        return Reach(self, ids, by_object).matches()

    def touching(self, ids: Ids) -> Ids:
        """The keys in which one of the (sorted, distinct) ids occurs."""
        if self.unary:
            return ids[self.contains(ids)]
        rows, found = self.matches(ids)
        left = pairs(ids[rows], found)
        rows, found = self.matches(ids, by_object=True)
        return distinct(np.concatenate((left, pairs(found, ids[rows]))))


def _alive(run: Run) -> tuple[Ids, Marks]:
    alive = run.marks >= 0
    return run.keys[alive], run.marks[alive]


def _compact(run: Run) -> Run:
    return run if run.gone * 4 < len(run.keys) else _without_gone(run)


def _without_gone(run: Run) -> Run:
    return Run(*_alive(run)) if run.gone else run


def _merged(one: Run, two: Run) -> Run:
    """Two runs without common keys as one, in time linear in both where that matters."""
    if len(one.keys) == 0:
        return two
    size = len(one.keys) + len(two.keys)
    stated = one.stated() + two.stated()
    if size < _SHORT:
        both = np.concatenate((one.keys, two.keys))
        order = both.argsort()
        return Run(both[order], np.concatenate((one.marks, two.marks))[order], stated)
    places = np.searchsorted(one.keys, two.keys) + np.arange(len(two.keys))
    keys, marks = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int32)
    rest = np.ones(size, dtype=np.bool_)
    rest[places] = False
    keys[places], marks[places] = two.keys, two.marks
    keys[rest], marks[rest] = one.keys, one.marks
    return Run(keys, marks, stated)


class Reach:
    """The partners that ids have in a relation, counted before they are listed.

    ``size`` is how many rows ``matches`` gives, or a few more.
    """

    __slots__ = ("_by_object", "_found", "size")

    def __init__(self, relation: Relation, ids: Ids, by_object: bool) -> None:
        self._by_object = by_object
        self._found: list[tuple[Run, Ids, Ids, int]] = []
        self.size = 0
        for run in relation.runs:
            low, high = run.spans(ids, by_object)
            counts = high - low
            total = int(np.add.reduce(counts))
            if total:
                self._found.append((run, low, counts, total))
                self.size += total

    def matches(self) -> tuple[Ids, Ids]:
        """Row numbers in the ids, and partners."""
        parts = [self._expanded(*found) for found in self._found]
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return EMPTY, EMPTY
        return np.concatenate([rows for rows, _ in parts]), np.concatenate([found for _, found in parts])

    def _expanded(self, run: Run, low: Ids, counts: Ids, total: int) -> tuple[Ids, Ids]:
        rows = np.arange(len(counts)).repeat(counts)
        places = (low - counts.cumsum() + counts)[rows]
        places += np.arange(total)
        column, order = run.by_object() if self._by_object else (run.keys, None)
        found = column[places] & LOW
        if not run.gone:
            return rows, found
        alive = run.marks[places if order is None else order[places]] >= 0
        return rows[alive], found[alive]
