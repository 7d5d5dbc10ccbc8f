"""Solutions as a table: a column of numbers for each variable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.graph.reason.dictionary import Ids
from kg.graph.reason.relations import pairs

UNBOUND: Final = -1
"""Stands where a solution has no value for a variable."""
_DENSE: Final = 16
"""Rows are sorted to find what they have in common, unless a number in so many may be among them."""


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions: for each variable that is still of use a column, of ``size`` numbers."""

    columns: Mapping[int, Ids]
    size: int

    def take(self, rows: Ids | NDArray[np.bool_] | slice, size: int, keep: Iterable[int] | None = None) -> Table:
        """These rows; where it is said which, only of some columns."""
        names = self.columns.keys() if keep is None else self.columns.keys() & keep
        return Table({name: self.columns[name][rows] for name in names}, size)

    def column(self, place: int) -> Ids:
        """The values of a variable, which may be nowhere bound; below 0 the complement of a number in every row."""
        if place in self.columns:
            return self.columns[place]
        return np.full(self.size, UNBOUND if place >= 0 else ~place, dtype=np.int64)


def together(tables: Sequence[Table]) -> Table:
    """Tables of the same columns as one."""
    if len(tables) == 1:
        return tables[0]
    names = tables[0].columns.keys() if tables else ()
    columns = {name: np.concatenate([table.columns[name] for table in tables]) for name in names}
    return Table(columns, sum(table.size for table in tables))


def keys_of(columns: Sequence[Ids]) -> Ids:
    """A number for each row, the same for rows that have the same in all columns."""
    key, *rest = columns
    for column in rest:
        key = pairs(np.unique(key, return_inverse=True)[1].astype(np.int64), column - UNBOUND)
    return key


def codes(numbers: Ids, size: int) -> tuple[Ids, Ids]:
    """The different numbers, all of them below ``size``, and for each row the place of its own among them."""
    if len(numbers) * _DENSE < size:
        once, places = np.unique(numbers, return_inverse=True)
        return once, places
    marked = np.zeros(size + 1, dtype=np.bool_)
    marked[numbers] = True  # what is unbound, -1, marks the last
    once = marked.nonzero()[0]
    places = np.empty(size + 1, dtype=np.int64)
    places[once] = np.arange(len(once))
    if marked[-1]:
        once[-1] = UNBOUND
    return once, places[numbers]


def distinct_rows(table: Table, variables: Sequence[int]) -> Table:
    """The first of all rows that have the same for some variables, and these alone."""
    first = np.unique(keys_of([table.column(name) for name in variables]), return_index=True)[1]
    first.sort()
    return table.take(first, len(first), variables)


def cut(tables: Iterable[Table], offset: int, limit: int | None) -> Iterator[Table]:
    """The tables without the rows before an offset and those beyond a limit."""
    left = limit
    for table in tables:
        begin, offset = min(offset, table.size), max(0, offset - table.size)
        end = table.size if left is None else min(table.size, begin + left)
        if end > begin:
            yield table.take(slice(begin, end), end - begin)
        if left is not None:
            left -= end - begin
            if not left:
                return
