"""What terms are worth: the plain values of many numbers, each looked at once, and their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from kg.graph.columns.own import Terms
from kg.graph.columns.table import UNBOUND, Table, codes
from kg.graph.reason.dictionary import Ids
from kg.graph.store.parse import known_term
from kg.graph.store.values import Node, TooMuch, Value, literal_value, spelling, value

MOST_LOOKED_AT: Final = 25_000
"""Terms or combinations of them a condition looks at, which costs the engine less beyond that."""
MOST_COMPARED: Final = 200_000
"""Terms that are put in order, or compared with others; the engine takes longer, but what is made of them is held."""
_DATE: Final = b"^^<http://www.w3.org/2001/XMLSchema#date>"
_DAY_LENGTH: Final = len(b'"2012-06-01"' + _DATE)
_LEAP: Final = rb"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_DAY: Final = (
    rb"[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_DAYS: Final = re.compile(rb'(?:"(?:%b|%b)"%b)*+' % (_DAY, _LEAP, re.escape(_DATE)))
_LESS_THAN, _QUOTE = b'<"'


def nodes_of(terms: Terms, numbers: Ids) -> list[Node | None]:
    """The terms as the store has them."""
    texts = terms.terms(numbers.clip(0))
    return [
        None if number == UNBOUND else known_term(text.decode())
        for number, text in zip(numbers.tolist(), texts, strict=True)
    ]


def values_of(terms: Terms, numbers: Ids) -> list[Value | None]:
    """Their kinds and what they are compared by, None for what is unbound; raises TooMuch where one is not plain."""
    return [
        None if number == UNBOUND else ("iri", text[1:-1]) if text[0] == _LESS_THAN else _value(text)
        for number, text in zip(numbers.tolist(), terms.terms(numbers.clip(0)), strict=True)
    ]


def _value(text: bytes) -> Value:
    """What a term that is no IRI is compared with others by: texts and days are UTF-8, which is in their order.

    The store's term is made only of what has escapes.
    """
    if text[:1] != b'"' or b"\\" in text:
        kind, found = value(known_term(text.decode()))
        return (kind, found.encode()) if kind == "string" else (kind, found)
    spelled, _, datatype = text[1:].rpartition(b'"')
    if not datatype:
        return "string", spelled
    if datatype == _DATE and len(spelled) == 10 and spelled[4:8:3] == b"--":
        try:
            date.fromisoformat(spelled.decode())
        except ValueError:
            raise TooMuch from None
        return "date", spelled
    if datatype[:1] == b"@":
        raise TooMuch
    return literal_value(spelled.decode(), datatype[3:-1].decode())


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
    if len(numbers) > MOST_COMPARED or UNBOUND in numbers:
        raise TooMuch
    texts = terms.terms(numbers)
    if all(text[0] == _LESS_THAN for text in texts):
        return "iri", [text[1:-1] for text in texts]
    if all(text[-1] == text[0] == _QUOTE for text in texts) and b"\\" not in b"".join(texts):
        return "string", [text[1:-1] for text in texts]
    if all(len(text) == _DAY_LENGTH for text in texts) and _DAYS.fullmatch(b"".join(texts)):
        return "date", [text[1:11] for text in texts]
    found = values_of(terms, numbers)
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
