"""Losses by their number: "puts its own dead at 175", "suffered 200 casualties", "their losses exceeded 5,000"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.events.mentions import placed, role_keys, sentence_of
from kg.text.events.participants import actors
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, subjects, surface_subjects
from kg.text.events.victims import count_at
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.model import Event
    from kg.text.document import Document
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse

_AT = ("at", "to", "as", "of")
_FIGHTING = frozenset({"State", "ArmedGroup", "GovernmentBody", "Group", "Organisation"})


def is_losses(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether the object is the dead, told by their number: "put its losses at 106", "suffered 40 casualties"."""
    lost = [head for head in objects(parse, verb) if parse.lemma[head] in words("events", "sets", "losses")]
    counts = (count_at(parse, head) for head in lost)
    battles = [noun for head in lost for noun in prepositional(parse, head, "in")]
    told = (one for owner in (verb, *lost, *battles) for word in _AT for one in prepositional(parse, owner, word))
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


def share_tolls(scene: Scene, mentions: list[Told]) -> None:
    """Gives figures without a date the time of the toll told just before, or of the war in which they fell.

    "At least 900 have been killed *since May*, the UN says; the army acknowledges 300 deaths."
    """
    for number, mention in enumerate(mentions):
        event = mention.event
        if event.kind != "Killing" or event.killed is None or event.date or mention.token < 0:
            continue
        for earlier in reversed(mentions[:number]):
            gap = sentence_of(scene, mention) - sentence_of(scene, earlier)
            if _spans(earlier.event, event, gap):
                event = replace(event, date=earlier.event.date, end_date=earlier.event.end_date)
                places = role_keys(earlier.event, "place")
                mention.event = placed(event, places) if gap == 0 and not role_keys(event, "place") else event
                break


def _spans(earlier: Event, toll: Event, gap: int) -> bool:
    """Whether the dead may be of what was told before, which lasted."""
    if not earlier.date or not earlier.end_date or earlier.kind not in ("Killing", "Attack"):
        return False
    if earlier.kind == "Killing" and gap <= 1:
        return True
    sides = role_keys(earlier, "agent", "target")
    return bool(sides & role_keys(toll, "target"))
