"""What a query or update asks for, seen from its words: form, remote access, volatility, and how much work.

The words are found in a *skeleton*: the text with comments, strings and IRIs taken out by one expression.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.errors import QueryError
from kg.graph.store import Lookup, Sought, names_graphs, read_lookup
from kg.graph.store.sparql import reaches_out
from server.sparql.forms import Forms, hollow, split
from server.sparql.walk import Walk, read_walk

_FORM = re.compile(r"(?<![\w:?$@.-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])", re.IGNORECASE)
_UPDATE = re.compile(r"(?<![\w:?$@.-])(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)(?![\w:-])", re.IGNORECASE)
_VOLATILE = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*\(", re.IGNORECASE)
_PROLOGUE = re.compile(
    r"""(?:[ \t\r\n]*+PREFIX[ \t\r\n]++[\w-]*+:[ \t\r\n]*+<[^<>"{}|^`\\\x00-\x20]*+>)*+""", re.IGNORECASE
)
_IRI = re.compile("<[^<>]*>")
_LONGEST_KEPT = 8000
_MOST_SHAPES = 2048
_LIKELY_LOOKUP = 250
"""Characters of what is first taken for a look-up, as it may well be one."""
_LOOKUP = re.compile(
    r"""(?:\s*(?:PREFIX\s+[\w-]*:|BASE)\s*<\d*>)*\s*
    (?:DESCRIBE(?!.*\bFROM\b)[\s<>:\w-]*
      |(?:SELECT|ASK)\b[^{}()<:]*\{\s*(?:<\d*>|[\w-]*:[\w-]*)\s(?:[^][{}()|/+^!.*?$;,]|[?$]\w)*\.?\s*\}\s*(?:LIMIT\s+\d+)?)\s*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""DESCRIBE of named things, or one triple pattern without a path whose subject is a named thing, in a skeleton."""


@dataclass(slots=True)
class Inspection:
    """What was seen: ``form`` of a query, whether it ``updates``, ``lookup`` if it is sure to be little work.

    ``named`` says that it may read other graphs than the default graph.
    ``found`` is the look-up itself where the store can answer it without reading the query again, ``sought`` what all
    look-ups of its shape have in common, where that is told of a text that is recalled; ``walk`` the triples
    of a query that may be bounded by what it starts at, its IRIs and strings by their places among the ``constants``.
    """

    form: str
    updates: bool
    reaches_out: bool
    volatile: bool
    lookup: bool
    named: bool = False
    found: Lookup | None = None
    sought: Sought | None = None
    walk: Walk | None = None
    constants: Sequence[str] = ()


def inspect(text: str) -> Inspection:
    """Inspects a query or update; texts that differ only in IRIs, strings and comments are looked at once."""
    recalled = recall(text)
    if recalled and recalled[0].sought is None:
        return _with(*recalled)
    if recalled or len(text) < _LIKELY_LOOKUP:
        found = look_up_in(text)
        if found:
            return found
    prologue, parts = _split(text)
    shape = _shape(prologue, parts)
    seen = _shapes.get(shape)
    if seen is None:
        found = look_up_in(text)
        if found:
            return found
        seen = _seen(prologue, hollow(parts))
        if len(text) < _LONGEST_KEPT:
            _keep(shape, seen)
    elif seen.walk:
        _forms.add(prologue, parts, seen)
    return _with(seen, _constants(parts)) if seen.walk else seen


def _split(text: str) -> tuple[str, list[str]]:
    """The prefixes a text begins with, and the parts of the rest."""
    opening = _PROLOGUE.match(text)
    prologue = opening[0] if opening else ""
    return prologue, split(text[len(prologue) :])


def _shape(prologue: str, parts: list[str]) -> tuple[str, ...]:
    return prologue, "".join([part[0] for part in parts[1::2]]), *parts[::2]


def _constants(parts: list[str]) -> list[str]:
    return [part for part in parts[1::2] if part[0] != "#"]


def _with(seen: Inspection, constants: Sequence[str]) -> Inspection:
    """What was seen in all texts of a shape, and the constants of one."""
    return Inspection(
        form=seen.form,
        updates=seen.updates,
        reaches_out=seen.reaches_out,
        volatile=seen.volatile,
        lookup=seen.lookup,
        walk=seen.walk,
        constants=constants,
    )


def look_up_in(text: str) -> Inspection | None:
    """What is seen in a look-up that the store can answer itself; None for any other text."""
    found = read_lookup(text)
    if found is None:
        return None
    seen = Inspection(found.form, updates=False, reaches_out=False, volatile=False, lookup=True, found=found)
    if "<" in text[text.rfind("{") :]:
        _note(text, found, seen)
    return seen


def _note(text: str, found: Lookup, seen: Inspection) -> None:
    """Keeps the form of a look-up that comes more than once, if its terms are IRIs."""
    prologue, parts = _split(text)
    sought = None if any(":" in part for part in parts[::2]) else Sought.among(found, _constants(parts))
    if sought is None:
        return
    shape = _shape(prologue, parts)
    if shape in _shapes:
        _forms.add(prologue, parts, replace(seen, found=None, sought=sought))
    else:
        _keep(shape, replace(seen, found=None))


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


_shapes: dict[tuple[str, ...], Inspection] = {}
_forms: Forms[Inspection] = Forms()
recall = _forms.recall
"""What was seen in texts that have in common with one all but their IRIs and strings, if that came twice, and those."""


def _keep(shape: tuple[str, ...], seen: Inspection) -> None:
    if len(_shapes) >= _MOST_SHAPES:
        _shapes.clear()
    _shapes[shape] = seen


def require_query(text: str) -> Inspection:
    """Inspects a query; raises QueryError where it has none of the four forms."""
    seen = inspect(text)
    if not seen.form:
        raise QueryError("there is no SELECT, ASK, CONSTRUCT or DESCRIBE in the query")
    return seen
