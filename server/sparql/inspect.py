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
from server.sparql.walk import Walk, read_walk

_OPAQUE = re.compile(
    r"""(<(?:[^<>"{}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>
    |\#[^\n\r]*+
    |\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*+(?:\"\"\")?|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?
    |"(?:[^"\\\n\r]++|\\.)*+"?|'(?:[^'\\\n\r]++|\\.)*+'?)""",
    re.VERBOSE | re.DOTALL,
)
"""An IRI, a comment or a string: a text is split into these and what is between them."""
_FORM = re.compile(r"(?<![\w:?$@.-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])", re.IGNORECASE)
_UPDATE = re.compile(r"(?<![\w:?$@.-])(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)(?![\w:-])", re.IGNORECASE)
_VOLATILE = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*\(", re.IGNORECASE)
_PROLOGUE = re.compile(
    r"""(?:[ \t\r\n]*+PREFIX[ \t\r\n]++[\w-]*+:[ \t\r\n]*+<[^<>"{}|^`\\\x00-\x20]*+>)*+""", re.IGNORECASE
)
_IRI = re.compile("<[^<>]*>")
_LONGEST_KEPT = 8000
_LOOKUP = re.compile(
    r"""(?:\s*(?:PREFIX\s+[\w-]*:|BASE)\s*<\d*>)*\s*
    (?:DESCRIBE(?!.*\bFROM\b)[\s<>:\w-]*
      |(?:SELECT|ASK)\b[^{}()<:]*\{\s*(?:<\d*>|[\w-]*:[\w-]*)\s(?:[^][{}()|/+^!.*?$;,]|[?$]\w)*\.?\s*\}\s*(?:LIMIT\s+\d+)?)\s*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""DESCRIBE of named things, or one triple pattern without a path whose subject is a named thing, in a skeleton."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen: ``form`` of a query, whether it ``updates``, ``lookup`` if it is sure to be little work.

    ``named`` says that it may read other graphs than the default graph.
    ``found`` is the look-up itself where the store can answer it without reading the query again; ``walk`` the triples
    of a query that may be bounded by what it starts at, its IRIs by their places among the ``constants``, and what it
    compares with by its place among the ``strings``.
    """

    form: str
    updates: bool
    reaches_out: bool
    volatile: bool
    lookup: bool
    named: bool = False
    found: Lookup | None = None
    walk: Walk | None = None
    constants: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()


def inspect(text: str) -> Inspection:
    """Inspects a query or update; texts that differ only in IRIs, strings and comments are looked at once."""
    found = look_up_in(text)
    if found:
        return found
    opening = _PROLOGUE.match(text)
    begin = opening.end() if opening else 0
    body, constants, strings = _hollow(text[begin:])
    seen = (_kept if len(text) < _LONGEST_KEPT else _seen)(text[:begin], body)
    if seen.walk is None:
        return seen
    return Inspection(
        form=seen.form,
        updates=seen.updates,
        reaches_out=seen.reaches_out,
        volatile=seen.volatile,
        lookup=seen.lookup,
        walk=seen.walk,
        constants=tuple(constants),
        strings=tuple(strings),
    )


def _hollow(text: str) -> tuple[str, list[str], list[str]]:
    """The text with numbers for its IRIs and strings, and without comments; the IRIs, and the strings."""
    parts, constants, strings = _OPAQUE.split(text), list[str](), list[str]()
    for at in range(1, len(parts), 2):
        part = parts[at]
        if part[0] == "<":
            parts[at] = f"<{len(constants)}>"
            constants.append(part)
        elif part[0] == "#":
            parts[at] = " "
        else:
            parts[at] = f'"{len(strings)}"'
            strings.append(part)
    return "".join(parts), constants, strings


def look_up_in(text: str) -> Inspection | None:
    """What is seen in a look-up that the store can answer itself; None for any other text."""
    found = read_lookup(text)
    if found is None:
        return None
    return Inspection(found.form, updates=False, reaches_out=False, volatile=False, lookup=True, found=found)


def _seen(prologue: str, body: str) -> Inspection:
    """What is seen in a text whose IRIs, strings and comments are taken out, but for the prefixes it begins with."""
    skeleton = _IRI.sub("<>", prologue) + body
    form, named = _FORM.search(skeleton), names_graphs(skeleton)
    volatile, outside = _VOLATILE.search(skeleton) is not None, reaches_out(skeleton)
    little = len(skeleton) < 1000 and _LOOKUP.fullmatch(skeleton) is not None
    return Inspection(
        form=form[1].upper() if form else "",
        updates=_UPDATE.search(skeleton) is not None,
        reaches_out=outside,
        named=named,
        volatile=volatile,
        lookup=little,
        walk=None if little or named or outside else read_walk(prologue, body),
    )


_kept = lru_cache(maxsize=2048)(_seen)


def require_query(text: str) -> Inspection:
    """Inspects a query; raises QueryError where it has none of the four forms."""
    seen = inspect(text)
    if not seen.form:
        raise QueryError("there is no SELECT, ASK, CONSTRUCT or DESCRIBE in the query")
    return seen
