"""FILTERs over columns: each term, or combination of terms, is looked at once."""

from __future__ import annotations

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.graph.columns.own import Terms
from kg.graph.columns.table import Table, codes, keys_of
from kg.graph.columns.values import MOST_COMPARED, MOST_LOOKED_AT, nodes_of, places_in_order, spellings_of, values_of
from kg.graph.reason.dictionary import Ids
from kg.graph.store.compiled import decider
from kg.graph.store.joined import Compared, Filter, Given
from kg.graph.store.known import Known
from kg.graph.store.values import Node, TooMuch, Value

_MOST_SEARCHED: Final = 1000
"""Terms that are looked at where a text is sought in them."""
_SIGNS: Final[dict[str, Callable[[Any, Any], Any]]] = {"=": eq, "!=": ne, "<": lt, ">": gt, "<=": le, ">=": ge}


class Condition:
    """A FILTER, and the variables that it reads."""

    def __init__(self, terms: Terms, condition: Filter, given: Given) -> None:
        """Raises TooMuch for a condition that reads no variable."""
        if not condition.reads:
            raise TooMuch
        self.reads = condition.reads
        self.early = condition.early
        self._places = sorted(condition.reads)
        self._terms = terms
        self._compares = condition.compares
        self._known: dict[bool, dict[int, Value | None]] = {False: {}, True: {}}
        self._decide = decider(condition)(given)
        self._left = _MOST_SEARCHED if condition.seeks else MOST_LOOKED_AT

    def holds(self, table: Table) -> NDArray[np.bool_]:
        """For which rows it holds; raises TooMuch where the store is to decide."""
        compared = self._compared(table, self._compares) if self._compares else None
        return self._decided(table) if compared is None else compared

    def _compared(self, table: Table, compares: Compared) -> NDArray[np.bool_] | None:
        """How two variables compare, each term looked at once; None where values are of several kinds."""
        left, left_own = codes(table.column(compares.left), len(self._terms))
        right, right_own = codes(table.column(compares.right), len(self._terms))
        known = self._values(left, spelled=compares.left_spelled) + self._values(right, spelled=compares.right_spelled)
        kinds = {found[0] for found in known if found}
        if len(kinds) > 1 or ("iri" in kinds and compares.sign not in ("=", "!=")):
            return None
        places = np.full(len(known), -1)
        bound = [at for at, found in enumerate(known) if found]
        places[bound] = places_in_order([found[1] for found in known if found])
        one, two = places[: len(left)][left_own], places[len(left) :][right_own]
        holds: NDArray[np.bool_] = _SIGNS[compares.sign](one, two) & (one >= 0) & (two >= 0)
        return holds

    def _values(self, numbers: Ids, *, spelled: bool) -> list[Value | None]:
        """The values of different terms, or what STR makes of them; None where there are none."""
        known = self._known[spelled]
        new = np.array([number for number in numbers.tolist() if number not in known], dtype=np.int64)
        if len(known) + len(new) > MOST_COMPARED:
            raise TooMuch
        known.update(zip(new.tolist(), (spellings_of if spelled else values_of)(self._terms, new), strict=True))
        return [known[number] for number in numbers.tolist()]

    def _decided(self, table: Table) -> NDArray[np.bool_]:
        """For which rows it holds, by each combination of terms."""
        own = [table.column(place) for place in self._places]
        _, first, inverse = np.unique(keys_of(own), return_index=True, return_inverse=True)
        self._left -= len(first)
        if self._left < 0:
            raise TooMuch
        terms = [map(_known, nodes_of(self._terms, column[first])) for column in own]
        decided = [self._decide(*values) for values in zip(*terms, strict=True)]
        holds: NDArray[np.bool_] = np.array(decided, dtype=np.bool_)[inverse]
        return holds


def _known(node: Node | None) -> Known | None:
    return None if node is None else Known(node)
