"""Losses by their number: "puts its own dead at 175", "suffered 200 casualties", "their losses exceeded 5,000"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import actors
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, subjects, surface_subjects
from kg.text.events.victims import count_at
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

_AT = ("at", "to", "as", "of")
_FIGHTING = frozenset({"State", "ArmedGroup", "GovernmentBody", "Group", "Organisation"})


def is_losses(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether the object is the dead, told by their number: "put its losses at 106", "suffered 40 casualties"."""
    lost = [head for head in objects(parse, verb) if parse.lemma[head] in words("events", "sets", "losses")]
    counts = (count_at(parse, head) for head in lost)
    told = (one for owner in (verb, *lost) for word in _AT for one in prepositional(parse, owner, word))
    return bool(lost) and (any(counts) or any(count_at(parse, one) for one in told))


def is_losses_told(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether the dead are the subject and their number follows: "Iranian losses exceeded 4,000"."""
    heads = subjects(parse, verb) or surface_subjects(parse, verb)
    if not any(parse.lemma[head] in words("events", "sets", "losses") for head in heads):
        return False
    told = [
        *objects(parse, verb),
        *parse.children(verb, "attr"),
        *(one for word in _AT for one in prepositional(parse, verb, word)),
    ]
    return any(count_at(parse, one) for one in told)


def is_lost(document: Document, parse: Parse, verb: int) -> bool:
    """Whether fighters lose a bare number: "admitted losing 41"."""
    bare = any(parse.tag[head] == "CD" and not any(parse.children(head, "prep")) for head in objects(parse, verb))
    return bare and any(one.kind in _FIGHTING for one in actors(document, parse, subjects(parse, verb)))
