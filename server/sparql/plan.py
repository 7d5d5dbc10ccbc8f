"""Rewrites what the engine plans badly, without changing what a query means.

The engine evaluates property paths where they are written, and finds text by reading all of it. So a path that ends at
a named thing is moved to the front of its group, and a search for text is given the literals that may fit, which a
:class:`Finder` knows, as VALUES; the filter stays and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from kg.graph import terms
from kg.graph.store.sparql import Token, read_tokens
from server.sparql.groups import Group, groups

_LONGEST = 20_000
_CONTAINS = re.compile(
    r"""\(CONTAINS\((?:LCASE\()?(?:STR\()?(?P<variable>[?$]\w+)\)*,(?P<text>"[^"\\]+"|'[^'\\]+')\)\)"""
)


class Finder(Protocol):
    """Whatever knows which literals hold a text."""

    def find(self, predicate: str, text: str) -> list[str] | None:
        """The objects of a predicate that hold ``text`` in any case, as terms; None where it cannot tell."""
        ...

    def some(self, predicate: str, text: str) -> Iterator[str] | None:
        """As ``find``, but however many there are, as they are asked for."""
        ...


def planned(text: str, finder: Finder | None = None) -> str:
    """The query, rewritten where that helps."""
    if len(text) > _LONGEST or not ("*" in text or "+" in text or "CONTAINS" in text.upper()):
        return text
    found = read_tokens(text)
    prefixes = prefixes_of(found)
    edits: list[tuple[int, int, str]] = []
    for group in groups(found):
        edits += _paths_first(group, text)
        if finder:
            edits += _candidates(group, prefixes, finder)
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


def _paths_first(group: Group, text: str) -> Iterator[tuple[int, int, str]]:
    """Moves paths of one property, repeated, that start or end at a named thing, before everything else."""
    for triple, (begin, end) in zip(group.triples, group.whole, strict=True):
        if end and begin > group.begin + 1 and _is_bound_path(triple):
            moved = text[begin : triple[-1].end]
            yield begin, end, " "
            yield group.begin, group.begin, f" {moved} ."


def _is_bound_path(triple: Sequence[Token]) -> bool:
    if len(triple) != 4 or triple[2].text not in ("*", "+"):
        return False
    named = [t.kind in ("iri", "name") and not t.text.startswith("_:") for t in (triple[0], triple[1], triple[3])]
    return named[1] and named[0] != named[2]


def _candidates(group: Group, prefixes: dict[str, str], finder: Finder) -> Iterator[tuple[int, int, str]]:
    """Adds the literals that may fit a filter on a text that is the object of one plain predicate."""
    for taken in group.filters:
        asked = _CONTAINS.fullmatch("".join(t.word or t.text for t in taken))
        if not asked:
            continue
        for triple in group.triples:
            predicate = iri_of(triple[1], prefixes)
            if len(triple) == 3 and triple[2].text == asked["variable"] and predicate:
                fitting = finder.find(predicate, asked["text"][1:-1])
                if fitting is not None:
                    yield group.begin, group.begin, f" VALUES {asked['variable']} {{ {' '.join(fitting)} }} "
                break


def prefixes_of(found: Sequence[Token]) -> dict[str, str]:
    """Declared prefixes, over those every query may use."""
    declared = dict(terms.PREFIXES)
    for i, token in enumerate(found[:-2]):
        if token.word == "PREFIX" and found[i + 2].kind == "iri":
            declared[found[i + 1].text.rstrip(":")] = found[i + 2].text[1:-1]
    return declared


def iri_of(token: Token, prefixes: dict[str, str]) -> str:
    """The predicate a token names, as a term; empty where it does not plainly name one."""
    if token.kind == "iri":
        return token.text
    prefix, colon, name = token.text.partition(":")
    if token.kind != "name" or not colon or prefix not in prefixes or not re.fullmatch(r"\w+", name):
        return ""
    return f"<{prefixes[prefix]}{name}>"
