"""What terms are worth: the plain values of many numbers, each looked at once, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kg.graph.columns.own import Terms
from kg.graph.columns.table import UNBOUND, Table, codes
from kg.graph.reason.dictionary import Ids
from kg.graph.store.parse import known_term
from kg.graph.store.values import Node, TooMuch, Value, spelling, value

MOST_LOOKED_AT: Final = 25_000
"""Terms or pairs of them a query looks at, which costs the engine less beyond that."""
_LESS_THAN: Final = ord("<")


def nodes_of(terms: Terms, numbers: Ids) -> list[Node | None]:
    """The terms as the store has them."""
    texts = terms.terms(numbers.clip(0))
    return [
        None if number == UNBOUND else known_term(text.decode())
        for number, text in zip(numbers.tolist(), texts, strict=True)
    ]


def values_of(terms: Terms, numbers: Ids) -> list[Value | None]:
    """Their values, None for what is unbound; texts as UTF-8. Raises TooMuch where one has none that is plain."""
    return [
        None if number == UNBOUND else ("iri", text[1:-1]) if text[0] == _LESS_THAN else _value(text)
        for number, text in zip(numbers.tolist(), terms.terms(numbers.clip(0)), strict=True)
    ]


def _value(text: bytes) -> Value:
    kind, found = value(known_term(text.decode()))
    return (kind, found.encode()) if kind == "string" else (kind, found)


def spellings_of(terms: Terms, numbers: Ids) -> list[Value | None]:
    """What STR makes of them, as UTF-8, whose bytes are in the order of letters; None where it makes nothing."""
    return [
        None if number == UNBOUND else ("string", text[1:-1]) if text[0] == _LESS_THAN else _spelled(text)
        for number, text in zip(numbers.tolist(), terms.terms(numbers.clip(0)), strict=True)
    ]


def _spelled(text: bytes) -> Value | None:
    spelled = spelling(known_term(text.decode()))
    return None if spelled is None else ("string", spelled.encode())


def values_of_a_kind(terms: Terms, numbers: Ids) -> tuple[str, list[Any]]:
    """The kind of all values, and these; raises TooMuch where they are of several, too many, or one is unbound."""
    found = values_of(terms, numbers) if len(numbers) <= MOST_LOOKED_AT else [None]
    kinds = {known[0] if known else "" for known in found}
    if len(kinds) > 1 or "" in kinds:
        raise TooMuch
    return "".join(kinds), [known[1] for known in found if known]


def places_in_order(values: Sequence[Any]) -> Ids:
    """For each value its place among the different ones."""
    places = {found: rank for rank, found in enumerate(sorted(set(values)))}
    return np.array([places[found] for found in values], dtype=np.int64)


def ranks(terms: Terms, numbers: Ids) -> Ids:
    """Numbers in the order of the values of terms; raises TooMuch where these are of several kinds."""
    once, own = codes(numbers, len(terms))
    found: Ids = places_in_order(values_of_a_kind(terms, once)[1])[own]
    return found


def ordered(terms: Terms, table: Table, order: Sequence[tuple[int, bool]], most: int | None = None) -> Table:
    """The rows by variables, which may descend, or at least the first of them where only so many are of use.

    Raises TooMuch where values of several kinds are compared.
    """
    (name, descends), *others = order
    key = _key(terms, table, name, descends)
    if most and most < table.size:
        rows = np.flatnonzero(key <= np.partition(key, most - 1)[most - 1])
        key, table = key[rows], table.take(rows, len(rows))
    keys = [_key(terms, table, *other) for other in others]
    return table.take(np.lexsort((*reversed(keys), key)), table.size)


def _key(terms: Terms, table: Table, name: int, descends: bool) -> Ids:
    return ranks(terms, table.column(name)) * (-1 if descends else 1)
