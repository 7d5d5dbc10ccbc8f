"""Whom one blames or backs for a deed: who did it, not whom it befell.

"Condemned the *Saudi* bombing of Yemen" is said of Saudi Arabia, "condemned the bombing of Yemen" of nobody named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.contents import fillers
from kg.text.events.phrases import prepositional
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

_JUDGING = frozenset({"Accusation", "Support", "Rejection"})
_SUFFERING = ("of", "on", "against", "upon", "in")


def is_done_to(parse: Parse, noun: int) -> bool:
    """Whether a noun names what befalls somebody: a raid, an arrest."""
    return any(parse.lemma[noun] in words("events", "sets", name) for name in ("attacks", "suffered", "befalling"))


def is_judged(parse: Parse, kind: str, noun: int) -> bool:
    """Whether a noun is a deed that befell somebody, blamed, backed or opposed by an event of this class."""
    if kind not in _JUDGING or not parse.is_noun(noun) or not is_done_to(parse, noun):
        return False
    return any(prepositional(parse, noun, word) for word in _SUFFERING)


def doers(parse: Parse, noun: int) -> list[int]:
    """Who is told to have done the deed that a noun names: its owner, its adjective, the by-phrase."""
    return [head for slot in ("by", "poss", "mod") for head in fillers(parse, noun, slot)]


def answerable(parse: Parse, kind: str, heads: list[int]) -> list[int]:
    """The heads of a slot, those who did it in place of deeds that befell others."""
    return [one for head in heads for one in (doers(parse, head) if is_judged(parse, kind, head) else [head])]
