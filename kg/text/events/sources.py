"""Who the text says tells of an event: reporting verbs, quotations, "according to", "citing", an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.conjuncts import CHARGING
from kg.text.events.participants import PLACES, participants
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import subjects, surface_subjects
from kg.text.events.unnamed import cited
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene

_BY_STATES = frozenset({"Attack", "Killing", "Mobilisation", "WeaponsTest", "Sanction", "Retreat"})
_COUNTED = frozenset({"Killing", "Attack"})
_CITING = frozenset({"cite", "quote"})
_ACCOUNTS = frozenset({"account", "version", "telling", "estimate", "reckoning", "count", "admission", "description"})


def sources(scene: Scene, frame: Frame) -> list[Referent]:
    """To whom the text ascribes the event: subjects of reporting verbs above it, "according to", the quoted speaker."""
    found = [one for verb in frame.judgement.reports for one in _tellers(scene, verb)]
    if not found and scene.quotes.at(scene.parse.doc[frame.token].idx) is not None:
        found = list(scene.story.speaker)
    return (
        found
        or _accusers(scene, frame)
        or _counters(scene, frame)
        or _beside(scene, frame)
        or answering(scene, frame.token)
    )


def first_person(scene: Scene, frame: Frame, heads: list[int]) -> list[Referent]:
    """Whom "I" and "we" in a quotation mean: whoever is quoted, or his state where force is used on "us"."""
    said = {scene.parse.word[head] for head in heads}
    if not said & {"i", "we", "us", "me", "my", "our"}:
        return []
    found = speakers(scene, frame)
    if frame.kind not in _BY_STATES or said & {"i", "me", "my"}:
        return found
    offices = (told for told in scene.document.holdings if told.organisation.kind == "State")
    states = {told.holder.id: told.organisation for told in offices}
    return list(dict.fromkeys(states.get(one.id, one) for one in found))


def speakers(scene: Scene, frame: Frame) -> list[Referent]:
    """Who says the words in which the trigger stands: the reporting verbs above, else whoever was quoted last."""
    parse = scene.parse
    for verb in frame.judgement.reports:
        found = participants(scene.document, parse, surface_subjects(parse, verb))
        if found:
            return [one for one in found if one.kind not in PLACES]
    if scene.quotes.at(parse.doc[frame.token].idx) is not None:
        return scene.story.speaker
    return answering(scene, frame.token)


def answering(scene: Scene, token: int) -> list[Referent]:
    """Who gives the answer in which a token stands."""
    place = scene.parse.doc[token].idx
    return [answer.speaker for answer in scene.answers if answer.begin <= place < answer.finish]


def _tellers(scene: Scene, verb: int) -> list[Referent]:
    """Who reports, and whom he cites: "the agency said, *citing officials*"."""
    parse, document = scene.parse, scene.document
    heads = surface_subjects(parse, verb) if not parse.is_passive(verb) else subjects(parse, verb)
    named = [
        noun
        for clause in parse.children(verb, "advcl", "prep")
        if parse.lemma[clause] in _CITING
        for noun in parse.children(clause, "dobj", "pobj")
    ]
    return [one for one in cited(document, parse, [*named, *heads]) if one.kind not in PLACES]


def _beside(scene: Scene, frame: Frame) -> list[Referent]:
    """Who stands after "according to", "by the account of" or "citing" in the sentence."""
    parse = scene.parse
    start, end = parse.sentences[parse.sentence[frame.token]]
    heads: list[int] = []
    for index in range(start, end):
        if parse.word[index] == "according":
            heads += prepositional(parse, index, "to") or [
                filler for kid in range(index + 1, min(end, index + 2)) for filler in parse.children(kid, "pobj")
            ]
        elif parse.word[index] == "citing" and parse.dep[index] in ("advcl", "prep", "acl"):
            heads += parse.children(index, "dobj", "pobj")
        elif parse.lemma[index] in _ACCOUNTS and parse.word[parse.head[index]] in ("by", "in", "on"):
            heads += [*parse.children(index, "poss"), *prepositional(parse, index, "of")]
    return [one for one in cited(scene.document, parse, heads) if one.kind not in PLACES]


def _accusers(scene: Scene, frame: Frame) -> list[Referent]:
    """Who says that it was the accused who did it: "Peru blames rebels *for the attack*"."""
    parse, preposition = scene.parse, scene.parse.head[frame.token]
    verb = parse.head[preposition]
    if CHARGING.get(parse.lemma[verb]) != parse.word[preposition] or not parse.is_verb(verb):
        return []
    return [one for one in participants(scene.document, parse, subjects(parse, verb)) if one.kind not in PLACES]


def _counters(scene: Scene, frame: Frame) -> list[Referent]:
    """Who gives a number of victims: "Chad *puts* its dead at 40", "officials *confirmed* 30 deaths"."""
    parse, token = scene.parse, frame.token
    verb = token if parse.is_verb(token) and parse.dep[token] != "acl" else parse.head[token]
    if parse.dep[token] == "acl" and parse.dep[verb] == "dobj":  # "reported four *killed*"
        verb = parse.head[verb]
    if (
        frame.kind not in _COUNTED
        or parse.lemma[verb] not in words("events", "counting", "verbs")
        or parse.is_passive(verb)
    ):
        return []
    return [one for one in cited(scene.document, parse, surface_subjects(parse, verb)) if one.kind not in PLACES]
