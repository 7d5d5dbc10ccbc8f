"""FILTERs and ORDER BY over columns: each term, or pair of terms, is looked at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.graph.columns.columns import Columns
from kg.graph.columns.table import UNBOUND, Table, keys_of
from kg.graph.reason.dictionary import Ids
from kg.graph.store.compiled import decider
from kg.graph.store.joined import Filter, Given
from kg.graph.store.known import Known
from kg.graph.store.parse import known_term
from kg.graph.store.values import Node, TooMuch, value

_MOST_LOOKED_AT: Final = 25_000
"""Terms or pairs of them a query looks at, which costs the engine less beyond that."""

_MOST_SEARCHED: Final = 1000
"""The same where a text is sought in them."""


class Condition:
    """A FILTER, and the variables that it reads."""

    def __init__(self, columns: Columns, condition: Filter, given: Given) -> None:
        self.reads = condition.reads
        self.early = condition.early
        self._places = sorted(condition.reads)
        self._columns = columns
        self._decide = decider(condition)(given)
        self._left = _MOST_SEARCHED if condition.seeks else _MOST_LOOKED_AT

    def holds(self, table: Table) -> NDArray[np.bool_]:
        """For which rows it holds; raises TooMuch where the store is to decide."""
        own = [table.column(place) for place in self._places]
        _, first, inverse = np.unique(keys_of(own), return_index=True, return_inverse=True)
        self._left -= len(first)
        if self._left < 0:
            raise TooMuch
        terms = [map(_known, nodes_of(self._columns, column[first])) for column in own]
        decided = [self._decide(*values) for values in zip(*terms, strict=True)]
        holds: NDArray[np.bool_] = np.array(decided, dtype=np.bool_)[inverse]
        return holds


def _known(node: Node | None) -> Known | None:
    return None if node is None else Known(node)


def nodes_of(columns: Columns, numbers: Ids) -> list[Node | None]:
    """The terms as the store has them."""
    texts = columns.terms(numbers.clip(0))
    return [
        None if number == UNBOUND else known_term(text.decode())
        for number, text in zip(numbers.tolist(), texts, strict=True)
    ]


def ordered(columns: Columns, table: Table, order: Sequence[tuple[int, bool]]) -> Table:
    """The rows by variables, which may descend; raises TooMuch where values of several kinds are compared."""
    keys = [_ranks(columns, table.columns[name]) * (-1 if descends else 1) for name, descends in reversed(order)]
    return table.take(np.lexsort(keys), table.size)


def _ranks(columns: Columns, numbers: Ids) -> Ids:
    """Numbers in the order of the values of terms."""
    once, inverse = np.unique(numbers, return_inverse=True)
    nodes = nodes_of(columns, once) if len(once) <= _MOST_LOOKED_AT else [None]
    if None in nodes:
        raise TooMuch
    values = [value(node) for node in nodes if node is not None]
    if len({kind for kind, _ in values}) > 1:
        raise TooMuch
    places = {found: rank for rank, found in enumerate(sorted(set(values)))}
    return np.array([places[found] for found in values], dtype=np.int64)[inverse]
