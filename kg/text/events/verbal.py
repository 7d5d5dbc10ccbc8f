"""Verbs, adjectives and phrases that name events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.events.conditions import has_clause
from kg.text.events.deadlines import is_until
from kg.text.events.frames import Frame
from kg.text.events.matching import matches
from kg.text.events.nominal import noun_trigger
from kg.text.events.participants import actors
from kg.text.events.subjects import subjects
from kg.text.lexicon import event_lexicon

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.lexicon import Trigger
    from kg.text.parse import Parse


_TALKING = frozenset({"Negotiation", "Meeting", "Consultation"})


def verbal_frames(document: Document, parse: Parse, start: int, end: int) -> list[Frame]:
    """Frames evoked by the verbs and predicative adjectives of one sentence."""
    lexicon = event_lexicon()
    found = []
    for index in range(start, end):
        tag = parse.tag[index]
        if tag.startswith("VB"):
            table = lexicon.verbs
        elif tag.startswith("JJ") or tag == "IN":
            table = lexicon.adjectives
        else:
            continue
        if _is_part_of_name(document, parse, index):
            continue
        triggers = table.get(parse.lemma[index], ())
        if parse.dep[index] == "acomp" and tag == "VBN":
            triggers = (*lexicon.adjectives.get(parse.word[index], ()), *triggers)
        matches = [_match(document, parse, index, trigger) for trigger in triggers]
        frames = [frame for frame in matches if frame is not None]
        frames = [*_finer(parse, frames), *frames]
        if frames:
            frames[0].others = frames[1:]
            found.append(frames[0])
    return found


def _finer(parse: Parse, frames: list[Frame]) -> list[Frame]:
    """What kind of talk is held where the noun tells more than the verb: "held a telephone conversation"."""
    if not frames or frames[0].kind not in _TALKING or frames[0].companion is None:
        return []
    trigger = noun_trigger(parse, frames[0].companion)
    if trigger is None or trigger.kind not in ("PhoneCall", "Summit") or not trigger.modifiers:
        return []
    return [Frame(frames[0].token, replace(frames[0].trigger, kind=trigger.kind), frames[0].companion)]


def _is_part_of_name(document: Document, parse: Parse, index: int) -> bool:
    """Whether a verb stands in a name: "*Save* the Children"."""
    return parse.doc[index].text[:1].isupper() and bool(document.refer(parse.doc[index]))


def _match(document: Document, parse: Parse, index: int, trigger: Trigger) -> Frame | None:
    if parse.dep[index] in ("aux", "auxpass", "amod", "compound"):
        return None
    if "doer" in trigger.flags and parse.is_passive(index) and not actors(document, parse, subjects(parse, index)):
        return None  # "was forced to flee": by what happened, not by anybody
    fits, companion = matches(parse, index, trigger)
    if not fits:
        return None
    if trigger.clause and not has_clause(document, parse, index, trigger.clause, companion):
        return None
    dated = trigger.clause != "deadline" or not is_until(parse, index)
    return Frame(index, trigger, companion, dated=dated)
