"""What a query or update asks for, seen from its words: form, remote access, volatility, and how much work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.errors import ForbiddenError, QueryError
from kg.graph.store.sparql import reaches_out, tokens

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_IN_LOOKUPS = frozenset({"SELECT", "ASK", "DESCRIBE", "WHERE", "DISTINCT", "LIMIT", "PREFIX", "BASE", "A"})
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"])
_LONG_LOOKUP = 120


class Token(NamedTuple):
    """One token: its kind, its text (words in capitals) and where it starts."""

    kind: str
    text: str
    begin: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen: ``form`` of a query, whether it ``updates``, ``lookup`` if it is sure to be little work."""

    form: str
    updates: bool
    reaches_out: bool
    has_dataset: bool
    volatile: bool
    lookup: bool


def read_tokens(text: str) -> list[Token]:
    """The tokens of a query or update without space and comments."""
    return [Token(kind, t.upper() if kind == "word" else t, begin) for kind, t, begin in tokens(text)]


@lru_cache(maxsize=2048)
def inspect(text: str) -> Inspection:
    """Inspects a query or update."""
    found = read_tokens(text)
    words = {t.text for t in found if t.kind == "word"}
    form = next((t.text for t in found if t.kind == "word" and t.text in FORMS), "")
    return Inspection(
        form=form,
        updates=bool(words & _UPDATES),
        reaches_out=reaches_out(text),
        has_dataset=bool(words & {"FROM", "USING", "WITH"}),
        volatile=bool(words & _VOLATILE),
        lookup=words <= _IN_LOOKUPS and len(found) <= _LONG_LOOKUP and _is_lookup(form, found),
    )


def require_query(text: str) -> Inspection:
    """Inspects a query; raises QueryError where it has none of the four forms, ForbiddenError where it reaches out."""
    seen = inspect(text)
    if not seen.form:
        raise QueryError("there is no SELECT, ASK, CONSTRUCT or DESCRIBE in the query")
    if seen.reaches_out:
        raise ForbiddenError("SERVICE is not allowed on this server")
    return seen


def _is_lookup(form: str, found: Sequence[Token]) -> bool:
    """Whether a query only reads the properties of one named thing: no group, or one group about one IRI."""
    opening = [i for i, token in enumerate(found) if token.text == "{"]
    if form == "DESCRIBE":
        return not opening and not any(t.kind == "variable" or t.text == "*" for t in found)
    if form not in ("SELECT", "ASK") or len(opening) != 1:
        return False
    body = found[opening[0] + 1 :]
    plain = all(t.kind != "other" or t.text in "}.;,^0123456789" for t in body)
    return plain and _one_subject(body)


def _one_subject(group: Sequence[Token]) -> bool:
    """Whether every triple of a group starts with the same IRI and has no path."""
    subjects, fresh, before = set(), True, ""
    for token in group:
        if token.text == "}":
            break
        if fresh:
            subjects.add((token.kind, token.text))
        fresh = token.text == "."
        if token.text == "^" and before not in ("string", "^"):
            return False
        before = token.text if token.text == "^" else token.kind
    return len(subjects) == 1 and all(kind in ("iri", "name") for kind, _ in subjects)
