"""Queries that filter text with CONTAINS, helped by the word index.

``?report kg:quote ?q FILTER(CONTAINS(LCASE(?q), "peace plan"))`` has to look at every quote. With the index, the things
that can match are known beforehand, and are put in front as ``VALUES ?report { … }``. The filter stays, so the answer
is the same; where this module is not sure of what it reads, the query stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kg.graph.store.sparql import Token, closing, read_tokens
from kg.graph.terms import PREFIXES, unescape
from kg.graph.textindex import WordIndex

_CONTAINS: Final = re.compile(r'CONTAINS\(((?:(?:STR|LCASE|UCASE)\()*)\?(\)*),"\)\Z')
_ELSEWHERE: Final = frozenset({"EXISTS", "MINUS", "SERVICE"})


class _Asked(NamedTuple):
    """A variable and a substring that its value must contain."""

    variable: str
    needle: str


def with_index(text: str, index: WordIndex) -> str:
    """The query, or an equivalent one that asks only of the things that the index found."""
    if "CONTAINS" not in text.upper() or not index.ready:
        return text
    tokens = read_tokens(text)
    names = _prefixes(tokens)
    inserted = []
    for opening in _groups(tokens):
        pieces = list(_pieces(tokens, opening))
        asked = [found for piece in pieces for found in _conjuncts(piece)]
        for subject, name, variable in _statements(pieces, names):
            needles = [found.needle for found in asked if found.variable == variable]
            things = index.containing(name, needles) if needles else None
            if things is not None and all(thing.startswith("<") for thing in things):
                inserted.append((tokens[opening].end, f" VALUES {subject} {{ {' '.join(things)} }} "))
                break
    for place, values in sorted(inserted, reverse=True):
        text = text[:place] + values + text[place:]
    return text


def _groups(tokens: Sequence[Token]) -> Iterator[int]:
    """Where groups open whose solutions are wanted, and come from this store."""
    for position, token in enumerate(tokens):
        before = {found.word for found in tokens[max(0, position - 3) : position]}
        inside = [found.word for found in tokens[position + 1 : position + 2]]
        if token.text == "{" and not before & _ELSEWHERE and inside != ["SELECT"]:
            yield position


def _pieces(tokens: Sequence[Token], opening: int) -> Iterator[list[Token]]:
    """The parts of a group that stand directly in it: filters, and the tokens of triples between dots.

    What is in braces or behind another keyword is left out; parentheses are kept whole in filters.
    """
    end, position = closing(tokens, opening), opening + 1
    piece: list[Token] = []
    while position < end:
        token = tokens[position]
        if token.word == "FILTER":
            yield piece
            begin = position
            position = _past(tokens, position + (1 if tokens[position + 1].text == "(" else 2))
            yield list(tokens[begin:position])
            piece = []
        elif token.text in ("{", "("):
            piece, position = [], _past(tokens, position)
        elif token.text == ".":
            yield piece
            piece, position = [], position + 1
        else:
            piece.append(token)
            position += 1
    yield piece


def _past(tokens: Sequence[Token], position: int) -> int:
    """The position after the brace or parenthesis that closes the one here; the next where there is none."""
    if tokens[position].text == "{":
        return closing(tokens, position) + 1
    depth = 0
    for place in range(position, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[place].text, 0)
        if depth == 0:
            return place + 1
    return len(tokens)


def _conjuncts(piece: Sequence[Token]) -> Iterator[_Asked]:
    """What a filter demands of values: each CONTAINS that must be true for the filter to be."""
    if not piece or piece[0].word != "FILTER":
        return
    inside = list(piece[2:-1] if piece[1].text == "(" else piece[1:])
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in inside:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0 and token.text == "|":
            return
        if depth == 0 and token.text == "&":
            parts.append([])
        else:
            parts[-1].append(token)
    for part in parts:
        asked = _contains(part)
        if asked:
            yield asked


def _contains(part: Sequence[Token]) -> _Asked | None:
    """``CONTAINS(?v, "…")``, the variable perhaps within STR, LCASE or UCASE, and nothing else."""
    shape = "".join({"variable": "?", "string": '"'}.get(token.kind, token.word or token.text) for token in part)
    match = _CONTAINS.match(shape)
    if not match or match[1].count("(") != len(match[2]):
        return None
    (variable,) = (token.text for token in part if token.kind == "variable")
    return _Asked(variable, _plain(part[-2].text))


def _plain(string: str) -> str:
    size = 3 if string[:3] in ('"""', "'''") and len(string) >= 6 else 1
    return unescape(string[size:-size])


def _statements(pieces: Sequence[Sequence[Token]], names: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """The triples of variable, property and variable in a group: subject, IRI of the property, object."""
    for piece in pieces:
        nested = any(token.text in ("[", "]") or token.word not in ("", "A") for token in piece)
        if nested or not piece or piece[0].kind != "variable":
            continue
        subject = piece[0].text
        for before, name, obj in zip(piece, piece[1:], piece[2:], strict=False):
            starts = before is piece[0] or before.text == ";"
            if starts and name.kind in ("iri", "name") and obj.kind == "variable":
                yield subject, _iri(name, names), obj.text


def _prefixes(tokens: Sequence[Token]) -> dict[str, str]:
    own = {
        name.text[:-1]: namespace.text[1:-1]
        for token, name, namespace in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token.word == "PREFIX" and namespace.kind == "iri"
    }
    return {**PREFIXES, **own}


def _iri(token: Token, names: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text
    prefix, _, local = token.text.partition(":")
    plain = re.sub(r"\\(.)", r"\1", local)
    return f"<{names.get(prefix, '')}{plain}>"
