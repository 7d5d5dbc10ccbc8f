"""What a query or update asks for, seen from its words: form, remote access, volatility, and how much work.

The words are found in a *skeleton*: the text with comments, strings and IRIs taken out by one expression.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import QueryError
from kg.graph.store import Lookup, names_graphs, read_lookup
from kg.graph.store.sparql import reaches_out

_OPAQUE = re.compile(
    r"""(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    |\#[^\n\r]*
    |(?:\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*+(?:\"\"\")?|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?
        |"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?)""",
    re.VERBOSE | re.DOTALL,
)
_FORM = re.compile(r"(?<![\w:?$@.-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])", re.IGNORECASE)
_UPDATE = re.compile(r"(?<![\w:?$@.-])(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)(?![\w:-])", re.IGNORECASE)
_VOLATILE = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*\(", re.IGNORECASE)
_LOOKUP = re.compile(
    r"""(?:\s*(?:PREFIX\s+[\w-]*:|BASE)\s*<>)*\s*
    (?:DESCRIBE(?!.*\bFROM\b)[\s<>:\w-]*
      |(?:SELECT|ASK)\b[^{}()<:]*\{\s*(?:<>|[\w-]*:[\w-]*)\s(?:[^][{}()|/+^!.*?$;,]|[?$]\w)*\.?\s*\}\s*(?:LIMIT\s+\d+)?)\s*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""DESCRIBE of named things, or one triple pattern without a path whose subject is a named thing, in a skeleton."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen: ``form`` of a query, whether it ``updates``, ``lookup`` if it is sure to be little work.

    ``named`` says that it may read other graphs than the default graph.
    ``found`` is the look-up itself where the store can answer it without reading the query again.
    """

    form: str
    updates: bool
    reaches_out: bool
    volatile: bool
    lookup: bool
    named: bool = False
    found: Lookup | None = None


@lru_cache(maxsize=2048)
def inspect(text: str) -> Inspection:
    """Inspects a query or update."""
    found = read_lookup(text)
    if found:
        return Inspection(found.form, updates=False, reaches_out=False, volatile=False, lookup=True, found=found)
    skeleton = _OPAQUE.sub(_hollow, text)
    form = _FORM.search(skeleton)
    return Inspection(
        form=form[1].upper() if form else "",
        updates=_UPDATE.search(skeleton) is not None,
        reaches_out=reaches_out(text),
        named=names_graphs(text),
        volatile=_VOLATILE.search(skeleton) is not None,
        lookup=len(skeleton) < 1000 and _LOOKUP.fullmatch(skeleton) is not None,
    )


def _hollow(match: re.Match[str]) -> str:
    if match["iri"]:
        return "<>"
    return " " if match[0].startswith("#") else '""'


def require_query(text: str) -> Inspection:
    """Inspects a query; raises QueryError where it has none of the four forms."""
    seen = inspect(text)
    if not seen.form:
        raise QueryError("there is no SELECT, ASK, CONSTRUCT or DESCRIBE in the query")
    return seen
