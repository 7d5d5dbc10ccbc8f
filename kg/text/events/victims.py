"""Counts of the dead and injured, as the text gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.text.dates import NUMBERS
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, surface_subjects

if TYPE_CHECKING:
    from kg.text.events.frames import Frame
    from kg.text.parse import Parse

_AT_LEAST = re.compile(
    r"\b(?:at least|more than|over|no fewer than|no less than|upwards of|not less than|exceed\w*|minimum of|above)\s*$",
    re.I,
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_INJURING = frozenset({"injure", "wound", "hurt", "maim"})
_DYING = frozenset(
    {"kill", "die", "perish", "murder", "massacre", "execute", "assassinate", "slaughter", "slay", "drown", "behead"}
)


class Count(NamedTuple):
    """A number of people, a lower bound where ``at_least``."""

    number: int
    at_least: bool


class Victims(NamedTuple):
    """How many were killed and how many injured; None where the text gives no number."""

    killed: Count | None = None
    injured: Count | None = None


def victims_of(parse: Parse, frame: Frame) -> Victims:
    """The counts that go with an attack or killing."""
    token, killed, injured = frame.token, None, None
    if parse.is_verb(token):
        counted = _counted(
            parse,
            objects(parse, token)
            if frame.kind != "Killing" or not _is_dying(parse, frame)
            else surface_subjects(parse, token),
        )
        if parse.lemma[token] in _INJURING:
            injured = counted
        elif frame.kind == "Killing" or parse.lemma[token] in _DYING:
            killed = counted
        for kid in parse.children(token, "conj", "advcl"):
            if parse.lemma[kid] in _INJURING:
                injured = injured or _counted(parse, objects(parse, kid))
            elif parse.lemma[kid] in _DYING and frame.kind != "Killing":
                killed = killed or _counted(parse, objects(parse, kid))
    else:
        killed = _counted(parse, prepositional(parse, token, "of")) if frame.kind == "Killing" else None
        killed = killed or (
            count_at(parse, token) if frame.kind == "Killing" and parse.lemma[token] in ("death", "fatality") else None
        )
    return Victims(killed, injured)


def _is_dying(parse: Parse, frame: Frame) -> bool:
    return dict(frame.trigger.roles).get("target") == (("subj",),)


def _counted(parse: Parse, heads: list[int]) -> Count | None:
    for head in heads:
        count = count_at(parse, head)
        if count:
            return Count(count.number + _single_others(parse, head), count.at_least)
    return None


def _single_others(parse: Parse, head: int) -> int:
    """How many more are named one by one: "four soldiers and an interpreter"."""
    others = (item for item in parse.conjuncts(head)[1:] if parse.tag[item] == "NN")
    return sum(any(parse.word[kid] in ("a", "an", "one") for kid in parse.kids[item]) for item in others)


def count_at(parse: Parse, head: int) -> Count | None:
    """The number in the noun phrase headed by ``head``: "at least 12 people", "more than 100", "one soldier"."""
    if parse.tag[head] == "CD":
        number = _number(parse, head)
        return Count(number, _is_lower_bound(parse, head)) if number else None
    for index in _before(parse, head):
        if parse.tag[index] == "CD" or (parse.word[index] in NUMBERS and parse.word[index] not in ("a", "an")):
            number = _number(parse, index)
            if number:
                return Count(number, _is_lower_bound(parse, index))
    if parse.word[head] in ("dozen", "dozens", "scores", "hundreds", "thousands"):
        return None
    if parse.tag[head] in ("NNP",) or any(parse.word[kid] in ("a", "an") for kid in parse.children(head, "det")):
        return Count(1, False) if parse.tag[head] in ("NN", "NNP") else None
    return None


def _before(parse: Parse, head: int) -> list[int]:
    """The modifiers before a noun and what modifies them, nearest first ("[twelve] Chadian soldiers")."""
    near = [kid for kid in parse.children(head, "nummod", "amod", "compound", "nmod") if kid < head]
    return [*near, *(inner for kid in near for inner in parse.children(kid, "nummod", "amod"))]


def _is_lower_bound(parse: Parse, number: int) -> bool:
    first, _ = parse.subtree(number)
    return bool(_AT_LEAST.search(parse.text(max(0, first - 4), number)))


def _number(parse: Parse, index: int) -> int | None:
    """The value of a number at ``index``, with the number words that stand before it ("two hundred", "1.5 million")."""
    parts = [parse.word[index]]
    here = index - 1
    while (
        here >= 0
        and (parse.tag[here] == "CD" or parse.word[here] in ("-", "and"))
        and parse.head[here] in (index, here + 1)
    ):
        parts.insert(0, parse.word[here])
        here -= 1
    return value_of(parts)


def value_of(words: list[str]) -> int | None:
    """What number words or digits say: ``["two", "hundred"]`` → 200, ``["9,000"]`` → 9000."""
    total = 0.0
    current: float | None = None
    for word in words:
        for piece in word.split("-") if not word[0].isdigit() else [word]:
            plain = piece.replace(",", "")
            if re.fullmatch(r"\d+(?:\.\d+)?", plain):
                current = (current or 0) + float(plain)
            elif piece in _SCALE:
                current = (current or 1) * _SCALE[piece]
                if piece != "hundred":
                    total, current = total + current, None
            elif piece in _TENS:
                current = (current or 0) + _TENS[piece]
            elif NUMBERS.get(piece):
                current = (current or 0) + NUMBERS[piece]
            elif piece not in ("and", ""):
                return None
    result = total + (current or 0)
    return int(result) if result else None
