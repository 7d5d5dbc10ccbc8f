"""A happening told before and named again: "the blast on May 3", "the talks", "her expulsion".

A definite noun that names no participants of its own is often too little to tell an event. Where the article has told
one of its class before, with which nothing in the phrase is at odds, its sentence is one more report of that event.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.events.build import report
from kg.text.events.frames import Frame
from kg.text.events.nominal import noun_trigger
from kg.text.factuality import judge
from kg.text.lexicon import event_lexicon, load, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Event
    from kg.text.document import Referent
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Scene
    from kg.text.lexicon import Trigger
    from kg.text.parse import Parse

_POINTING = frozenset({"the", "this", "that", "these", "those", "both"})
_MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod", "advmod", "intj", "poss"})
_FAR = 6
_PHRASE = frozenset({"poss", "amod", "compound", "nmod", "prep", "pobj", "agent", "conj", "appos", "nummod", "pcomp"})
# classes that one noun may name: an attack may have been told as a killing
_FAMILIES = (
    frozenset({"Attack", "Killing"}),
    frozenset({"Meeting", "Negotiation", "Summit", "Consultation"}),
    frozenset({"Sanction", "Expulsion"}),
    frozenset({"Detention", "Coercion"}),
    frozenset({"Vote", "Veto"}),
    frozenset({"Appeal", "Demand"}),
)
_SITING = frozenset({"in", "at", "near", "inside", "across", "outside", "off", "around"})
_SPOKEN = frozenset({"Appeal", "Demand", "Accusation", "Threat", "Support", "Rejection", "Concession"})
_MANY = 60
_UTTERED = frozenset({"Statement"})
_OCCURRING = frozenset({"take", "occur", "happen", "come", "begin", "open", "start"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A definite noun at ``token`` that may name an event of one of ``kinds`` told before."""

    token: int
    kinds: frozenset[str]


@lru_cache(maxsize=1)
def _listed() -> dict[str, frozenset[str]]:
    """The classes that nouns can name again which may be no triggers themselves."""
    found: dict[str, set[str]] = {}
    for kind in load("events")["retold"]["kinds"]:
        for noun in words("events", "retold", "kinds", kind):
            found.setdefault(noun, set()).add(kind)
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


def _kinds(parse: Parse, token: int) -> frozenset[str]:
    """The classes that the noun at ``token`` can name, by its triggers and the lexicon's list for second tellings."""
    listed = _listed().get(parse.lemma[token], frozenset())
    trigger = noun_trigger(parse, token)
    kinds = listed | {trigger.kind} if trigger is not None else listed
    if not kinds or (trigger is not None and trigger.kind == "Nothing"):
        return frozenset()
    return kinds.union(*(family for family in _FAMILIES if family & kinds)) - _UTTERED


def retold(scene: Scene, mentions: list[Told]) -> list[Event]:
    """One more report of an event for each definite noun that names it again, in the order of the text."""
    told = sorted((one for one in mentions if one.token >= 0), key=lambda one: one.token)
    taken = {one.token for one in told}
    by_sentence: dict[int, list[Told]] = {}
    for one in told:
        by_sentence.setdefault(scene.parse.sentence[one.token], []).append(one)
    cast = {one.key: one for one in scene.document.referents if one.key}
    found = []
    for mention in _mentions(scene):
        if mention.token in taken:
            continue
        antecedent = _antecedent(scene, mention, told, cast)
        beside = by_sentence.get(scene.parse.sentence[mention.token], ())
        if antecedent is not None and not any(_alike(one.event, antecedent.event) for one in beside):
            found.append(_again(scene, mention, antecedent))
    return found


def _mentions(scene: Scene) -> Iterator[Mention]:
    parse = scene.parse
    for token in range(parse.size):
        if parse.tag[token] in ("NN", "NNS") and parse.dep[token] not in _MODIFYING and _is_definite(scene, token):
            kinds = _kinds(parse, token)
            if kinds:
                yield Mention(token, kinds)


def _is_definite(scene: Scene, token: int) -> bool:
    """Whether the noun phrase points back, and to nothing new, further or alleged."""
    parse, fresh = scene.parse, words("events", "retold", "fresh")
    kids = parse.kids[token]
    if any(parse.lemma[kid] in fresh or parse.word[kid] in fresh for kid in kids if kid < token):
        return False
    if parse.lemma[token] in words("events", "retold", "documents") and not _is_dated(scene, token):
        return False
    return any(
        (parse.dep[kid] in ("det", "predet") and parse.word[kid] in _POINTING) or parse.dep[kid] == "poss"
        for kid in kids
    )


def _is_dated(scene: Scene, token: int) -> bool:
    """Whether a paper stands for its being agreed: "after the deal", "the accord of May 3"."""
    parse = scene.parse
    occasion = parse.dep[token] == "pobj" and parse.word[parse.head[token]] in ("after", "since", "before", "following")
    return occasion or token in scene.times


def _antecedent(scene: Scene, mention: Mention, told: list[Told], cast: dict[str, Referent]) -> Told | None:
    """The event that the phrase fits best, then the one told last; nothing that the phrase says is at odds with it."""
    parse, here = scene.parse, scene.parse.sentence[mention.token]
    people, places = _named(scene, mention.token)
    best: list[tuple[int, Told]] = []
    before = bisect_left(told, mention.token, key=lambda one: one.token)
    for one in reversed(told[max(0, before - _MANY) : before]):
        if one.event.kind not in mention.kinds or not _is_tellable(one.event):
            continue
        then = _is_then(scene, mention, one)
        if then is False or not (_takes(one.event, people, cast) and _lies(one.event, places, cast)):
            continue
        if parse.sentence[one.token] == here:
            return None  # told in this very sentence
        best.append(((then is True) + bool(people), one))
    if not best:
        return None
    most = max(fit for fit, _ in best)
    fitting = [one for fit, one in best if fit == most]
    away = here - parse.sentence[fitting[0].token]
    if away > 1 and not all(_alike(fitting[0].event, other.event) for other in fitting[1:]):
        return None  # two that it could be, neither just told
    if away > _FAR and not most:
        return None
    return fitting[0] if judge(parse, mention.token).is_event else None


def _is_tellable(event: Event) -> bool:
    """Whether a second report can be known to be of the same: what is said is told apart by its words."""
    return event.kind not in _SPOKEN or bool(event.content and event.content.text)


def _named(scene: Scene, token: int) -> tuple[list[Referent], list[Referent]]:
    """The actors and the places that the noun phrase names, clauses below it left out."""
    parse, document = scene.parse, scene.document
    people: list[Referent] = []
    places: list[Referent] = []
    below = [(kid, False) for kid in parse.kids[token]]
    while below:
        kid, sited = below.pop()
        if parse.dep[kid] not in _PHRASE or parse.is_verb(kid):
            continue
        sited = sited or (parse.dep[kid] == "prep" and parse.word[kid] in _SITING)
        below.extend((inner, sited) for inner in parse.kids[kid])
        for referent in document.refer(parse.doc[kid]):
            for one in referent.members or (referent,):
                if one.kind != "Document":
                    (places if sited or one.kind == "Place" else people).append(one)
    return people, places


def _takes(event: Event, people: list[Referent], cast: dict[str, Referent]) -> bool:
    """Whether all who are named take part, or stand for those who do."""
    if not people:
        return True
    present = {role.key for role in event.roles}
    present |= {one.state.key for key in present if (one := cast.get(key)) is not None and one.state is not None}
    return all(one.key in present or (one.state is not None and one.state.key in present) for one in people)


def _lies(event: Event, places: list[Referent], cast: dict[str, Referent]) -> bool:
    """Whether it may have been where the phrase says."""
    there = [cast[role.key] for role in event.roles if role.name == "place" and role.key in cast]
    if not there:
        return True
    return all(any(one is site or one is site.state or one.state is site for one in there) for site in places)


def _is_then(scene: Scene, mention: Mention, one: Told) -> bool | None:
    """Whether it was on the day that the phrase tells; None where nothing tells."""
    event, parse = one.event, scene.parse
    times = list(scene.times.get(mention.token, ()))
    verb = parse.head[mention.token]
    if parse.dep[mention.token] == "nsubj" and parse.lemma[verb] in _OCCURRING:
        times.extend(scene.times.get(verb, ()))
    whens = [time.coming if event.planned else time.past for time in times]
    days = [(when.start, (when.end or when.start) + "~") for when in whens if when is not None]
    if not days or not event.date:
        return None
    return all(first <= (event.end_date or event.date) + "~" and event.date <= last for first, last in days)


def _alike(one: Event, other: Event) -> bool:
    """Whether two tellings before may be of one happening."""
    keys, others = {role.key for role in one.roles}, {role.key for role in other.roles}
    dates = not one.date or not other.date or one.date == other.date
    return dates and one.planned == other.planned and bool(keys & others) and one.kind == other.kind


def _again(scene: Scene, mention: Mention, antecedent: Told) -> Event:
    """The event once more, as reported by the sentence of the noun."""
    trigger: Trigger = event_lexicon().verbs["say"][-1]
    frame = Frame(mention.token, replace(trigger, weight=0.7), judgement=judge(scene.parse, mention.token))
    frame.roles["agent"] = []
    return replace(antecedent.event, evidence=report(scene, frame))
