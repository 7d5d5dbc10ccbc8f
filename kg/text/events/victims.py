"""Counts of the dead and injured, as the text gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.text.dates import NUMBERS
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, surface_subjects
from kg.text.events.tallies import tally_at

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
_LIFE_VERBS = frozenset({"claim", "take", "cost", "end", "lose"})
_HURT = frozenset({"wounded", "injured", "hurt", "maimed"})
_VAGUE = frozenset({"number", "handful", "group", "majority", "series", "string", "couple", "lot", "total"})
_WHOLES = frozenset({"total", "group", "number", "team", "convoy", "crew", "family"})
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
    token = frame.token
    killed, injured = _of_verb(parse, frame) if parse.is_verb(token) else _of_noun(parse, frame)
    if frame.kind != "Killing":
        for verb in _consequences(parse, token):
            if parse.lemma[verb] in _INJURING:
                injured = injured or _harmed(parse, verb)
            else:
                killed = killed or _harmed(parse, verb)
    return Victims(killed, injured or (_told_hurt(parse, token) if killed else None))


def _of_verb(parse: Parse, frame: Frame) -> tuple[Count | None, Count | None]:
    token, killed, injured = frame.token, None, None
    if "tallied" in frame.trigger.flags:
        number = tally_at(parse, token)
        return (count_at(parse, number) if number is not None else None), None
    if "bodies" in frame.trigger.flags:
        lost = objects(parse, token)
        owners = [token, *(noun for head in lost for noun in prepositional(parse, head, "in"))]
        told = [*lost, *(n for owner in owners for word in ("at", "to") for n in prepositional(parse, owner, word))]
        return _counted(parse, told), None
    if _takes_life(parse, token):
        counted = _harmed(parse, token)
    elif frame.kind != "Killing" or not _is_dying(parse, frame):
        counted = _counted(parse, objects(parse, token))
    else:
        losses = objects(parse, token) if parse.lemma[token] == "lose" else []
        counted = _counted(parse, losses or surface_subjects(parse, token))
    if parse.lemma[token] in _INJURING:
        injured = counted
    elif frame.kind == "Killing" or parse.lemma[token] in _DYING:
        killed = counted
    for kid in parse.children(token, "conj", "advcl"):
        if parse.lemma[kid] in _INJURING:
            injured = injured or _counted(parse, objects(parse, kid))
        elif parse.lemma[kid] in _DYING and frame.kind != "Killing":
            killed = killed or _counted(parse, objects(parse, kid))
    return killed, injured


def _of_noun(parse: Parse, frame: Frame) -> tuple[Count | None, Count | None]:
    token = frame.token
    killed = _counted(parse, prepositional(parse, token, "of")) if frame.kind == "Killing" else None
    if frame.kind == "Killing" and parse.lemma[token] in ("death", "fatality"):
        killed = killed or count_at(parse, token)
    return killed, None


def _consequences(parse: Parse, token: int) -> list[int]:
    """Verbs of dying and injuring that tell how an attack ended: "the raid, in which six died", "hurt when it hit"."""
    start, end = parse.sentences[parse.sentence[token]]
    harmful = [i for i in range(start, end) if parse.is_verb(i) and _is_harmful(parse, i)]
    found = []
    for verb in harmful:
        below = parse.dep[verb] in ("relcl", "acl", "advcl") and token < verb and _under(parse, verb, token)
        above = verb < token and parse.is_passive(verb) and _when(parse, token, verb)
        if verb != token and (below or above):
            found.append(verb)
    return found


def _when(parse: Parse, token: int, verb: int) -> bool:
    """Whether a deed stands in the adverbial clause of a verb: "were hurt when their car hit a mine laid by rebels"."""
    here = token
    for _ in range(4):
        head = parse.head[here]
        if head == verb:
            return parse.dep[here] == "advcl"
        here = head
    return False


def _under(parse: Parse, verb: int, token: int) -> bool:
    """Whether a clause belongs to a noun or verb, or to something within its phrase."""
    head = parse.head[verb]
    if parse.is_noun(token):
        clause = parse.head[token]
        relative = any(parse.word[kid] in ("in", "during") for kid in parse.children(verb, "prep"))
        if parse.dep[verb] == "relcl" and relative and parse.is_verb(clause):
            return parse.subtree(clause)[0] <= head < parse.subtree(clause)[1]
        started = parse.is_verb(clause) and head == clause and parse.dep[token] in ("nsubj", "dobj", "nsubjpass")
        return started or parse.subtree(token)[0] <= head < parse.subtree(token)[1]
    return head == token


def _is_harmful(parse: Parse, verb: int) -> bool:
    return parse.lemma[verb] in _INJURING or parse.lemma[verb] in _DYING or _takes_life(parse, verb)


def _takes_life(parse: Parse, verb: int) -> bool:
    """ "claimed the life of", "lost their lives"."""
    objective = parse.children(verb, "dobj", "nsubjpass")
    return parse.lemma[verb] in _LIFE_VERBS and any(parse.lemma[kid] in ("life", "live") for kid in objective)


def _harmed(parse: Parse, verb: int) -> Count | None:
    """How many a verb of dying or injuring is about."""
    if _takes_life(parse, verb) and parse.lemma[verb] != "lose":
        lives = [kid for kid in parse.children(verb, "dobj", "nsubjpass") if parse.lemma[kid] in ("life", "live")]
        owners = [owner for life in lives for owner in prepositional(parse, life, "of")]
        return _counted(parse, lives if any(count_at(parse, life) for life in lives) else owners)
    own = parse.lemma[verb] in ("die", "perish", "drown") or _takes_life(parse, verb)
    return _counted(parse, surface_subjects(parse, verb) if own else objects(parse, verb))


def _told_hurt(parse: Parse, token: int) -> Count | None:
    """The number before "wounded" or "injured" where it goes with the dead: "left 20 dead and 45 wounded"."""
    _, end = parse.sentences[parse.sentence[token]]
    for index in range(token + 1, end - 1):
        if parse.word[index] not in ("and", ","):
            continue
        ahead = index + 1 + (parse.word[index + 1] == "at") * 2
        after = [parse.word[i] for i in range(ahead + 1, min(ahead + 4, end))]
        hurt = next((place for place, word in enumerate(after) if word in _HURT), -1)
        if ahead < end and parse.tag[ahead] == "CD" and hurt >= 0 and not set(after[:hurt]) & {",", "and", "killed"}:
            number = _number(parse, ahead)
            return Count(number, _is_lower_bound(parse, ahead)) if number else None
    return None


def _is_dying(parse: Parse, frame: Frame) -> bool:
    return dict(frame.trigger.roles).get("target") == (("subj",),)


def _counted(parse: Parse, heads: list[int]) -> Count | None:
    for head in heads:
        count = count_at(parse, head)
        if count:
            others = _others(parse, head)
            least = count.at_least or any(other.at_least for other in others)
            return Count(count.number + sum(other.number for other in others), least)
    return None


def _others(parse: Parse, head: int) -> list[Count]:
    """How many more are coordinated with the first: "four soldiers and a nurse", "Ann Lee and Tom Hill"."""
    more = parse.conjuncts(head)[1:]
    people = (one for one in more if parse.tag[one] in ("NN", "NNS", "CD") or parse.entity[one] == "PERSON")
    counts = (count_at(parse, one) for one in people)
    return [count for count in counts if count]


def count_at(parse: Parse, head: int) -> Count | None:
    """The number in the noun phrase headed by ``head``: "at least 12 people", "more than 100", "one soldier"."""
    if parse.tag[head] == "CD":
        number = _number(parse, head)
        return Count(number, _is_lower_bound(parse, head)) if number else None
    if parse.lemma[head] in _WHOLES:
        parts = [part for part in prepositional(parse, head, "of") if count_at(parse, part)]
        if parts:
            return count_at(parse, parts[0])
    for index in _before(parse, head):
        if parse.tag[index] == "CD" or (parse.word[index] in NUMBERS and parse.word[index] not in ("a", "an")):
            number = _number(parse, index)
            if number:
                return Count(number, _is_lower_bound(parse, index))
    if parse.word[head] in ("dozen", "dozens", "scores", "hundreds", "thousands"):
        return None
    if parse.lemma[head] in _VAGUE:
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
