"""Terms that a query makes, numbered after those of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from kg.graph.columns.columns import Columns
from kg.graph.reason.dictionary import Ids


class Terms(Protocol):
    """Whatever knows the terms of numbers below a size."""

    def terms(self, numbers: Ids) -> Sequence[bytes]:
        """The terms as N-Triples has them."""
        ...

    def __len__(self) -> int: ...


class Own:
    """The terms of the graph, and those of a query; these must be different from each other.

    A column has terms of the one kind or of the other.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._size = len(columns)
        self._own: list[bytes] = []

    def add(self, terms: Iterable[bytes]) -> Ids:
        """Numbers for new terms."""
        begin = len(self)
        self._own += terms
        return np.arange(begin, len(self))

    def terms(self, numbers: Ids) -> Sequence[bytes]:
        """The terms as N-Triples has them; for numbers of the graph in a column of others any term."""
        if not len(numbers) or numbers.max() < self._size:
            return self._columns.terms(numbers)
        return [self._own[number] for number in (numbers - self._size).clip(0).tolist()]

    def __len__(self) -> int:
        return self._size + len(self._own)
