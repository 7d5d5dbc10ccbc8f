"""Weapons by what is said of them: bombs that go off, devices that are nuclear, missiles fired at nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import actors
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, subjects, surface_subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

_TOWARDS = frozenset({"at", "on", "against", "upon", "into", "towards", "toward"})


def is_blast(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether the subject is what explodes or is fired: "a car bomb went off", "shells hit the port"."""
    heads = subjects(parse, verb) or surface_subjects(parse, verb)
    return any(parse.lemma[head] in words("events", "sets", "explosives") for head in heads)


def is_nuclear(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether a test goes off, not an attack: "set off a nuclear device", "detonated its first hydrogen bomb"."""
    nuclear = words("events", "sets", "nuclear")
    return any(
        parse.word[kid] in nuclear for head in objects(parse, verb) for kid in parse.children(head, "amod", "compound")
    )


def is_aimless(document: Document, parse: Parse, verb: int) -> bool:
    """Whether a state fires a missile at nobody: for show, unlike "fired rockets at Lima"."""
    if not any(one.kind == "State" for one in actors(document, parse, subjects(parse, verb))):
        return False
    below = (verb, *objects(parse, verb))
    return not any(
        parse.word[kid] in _TOWARDS and not _is_open(parse, kid)
        for owner in below
        for kid in parse.children(owner, "prep", "prt")
    )


def _is_open(parse: Parse, preposition: int) -> bool:
    """Whether a phrase names the sea or a day."""
    fillers = list(parse.children(preposition, "pobj"))
    wide = words("events", "sets", "open") | words("naming", "calendar")
    return any(parse.lemma[filler] in wide for filler in fillers)


def is_toll(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether the number of the dead is told: "the death toll rose to 40", "put the number of dead at 40"."""
    return any(
        parse.lemma[head] == "toll" or (parse.lemma[head] == "number" and _is_of_dead(parse, head))
        for head in (*subjects(parse, verb), *objects(parse, verb))
    )


def _is_of_dead(parse: Parse, head: int) -> bool:
    return any(parse.lemma[one] in ("dead", "death", "fatality", "victim") for one in prepositional(parse, head, "of"))
