"""How often each combination of the values of some variables comes, over blocks of solutions."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Final

import numpy as np

from kg.graph.columns.table import Table, codes, together
from kg.graph.reason.dictionary import Ids
from kg.graph.store.values import TooMuch

_MOST: Final = 2_000_000
"""Combinations that are held."""
_TOGETHER: Final = 1 << 19
"""Combinations of some blocks that are put together."""
_WIDEST: Final = 1 << 62
_SPARSE: Final = 4
"""Combinations are counted each in its place, where there may be no more than so many times those there are."""
_FEW: Final = 1 << 12
_COUNT: Final = -2
"""The column that has how often a combination comes."""


class Tally:
    """Counts the combinations; raises TooMuch where they are too many."""

    def __init__(self, names: Sequence[int], size: int) -> None:
        """``size`` is above the number of any term."""
        self._names = names
        self._size = size
        self._held: list[Table] = []
        self._weight = 0

    def add(self, table: Table) -> None:
        """Counts some solutions."""
        self._held.append(self._counted(table))
        self._weight += self._held[-1].size
        if self._weight > _TOGETHER:
            self._merge()

    def counts(self) -> tuple[Table, Ids]:
        """The combinations, each once, and how often each came; without variables there is one, if it came at all."""
        if len(self._held) > 1:
            self._merge()
        table = self._held[0] if self._held else self._counted(Table({}, 0))
        return table.take(slice(None), table.size, self._names), table.columns[_COUNT]

    def _merge(self) -> None:
        self._held = [self._counted(together(self._held))]
        self._weight = 0
        if self._held[0].size > _MOST:
            raise TooMuch

    def _counted(self, table: Table) -> Table:
        code, read = coded(table, self._names, self._size)
        weights = table.columns.get(_COUNT)
        if len(read) <= max(_FEW, _SPARSE * table.size):
            counts = np.bincount(code, weights, len(read)).astype(np.int64)
            found = counts.nonzero()[0]
            counts = counts[found]
        elif weights is None:
            found, counts = np.unique(code, return_counts=True)
        else:
            order = code.argsort()
            code = code[order]
            begin = np.concatenate(([0], np.flatnonzero(np.diff(code)) + 1))
            found, counts = code[begin], np.add.reduceat(weights[order], begin)
        return Table({**read.columns(found), _COUNT: counts}, len(found))


class Read:
    """Combinations as numbers, which can be read again; its length is above all of them."""

    def __init__(self, names: Sequence[int], values: Sequence[Ids]) -> None:
        self._names = names
        self._values = values
        self._length = prod(map(len, values))
        if self._length > _WIDEST:
            raise TooMuch

    def __len__(self) -> int:
        return self._length

    def columns(self, found: Ids) -> dict[int, Ids]:
        """The values of the variables in some combinations."""
        read = dict[int, Ids]()
        for name, values in zip(reversed(self._names), reversed(self._values), strict=True):
            found, places = np.divmod(found, len(values))
            read[name] = values[places]
        return read


def coded(table: Table, names: Sequence[int], size: int) -> tuple[Ids, Read]:
    """A number for the combination of values that each row has, and how to read it."""
    code, values = np.zeros(table.size, dtype=np.int64), list[Ids]()
    parts = [codes(table.column(name), size) for name in names]
    read = Read(names, [once for once, _ in parts])
    for once, places in parts:
        code = code * len(once) + places if values else places
        values.append(once)
    return code, read
