"""Frames over the parse: what an article says happened, is planned, or was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.build import build, fill_roles, is_complete
from kg.text.events.distinct import distinct
from kg.text.events.frames import Scene
from kg.text.events.nominal import nominal_frames
from kg.text.events.places import find_dateline, note_place
from kg.text.events.statements import note_speaker, quoted_on, statement_of
from kg.text.events.times import Story, note_dates, times_by_token
from kg.text.events.verbal import verbal_frames
from kg.text.factuality import POSSIBLE, judge
from kg.text.lexicon import words
from kg.text.parse import Parse
from kg.text.quotes import QuoteIndex, find_quotes

if TYPE_CHECKING:
    from kg.model import Event
    from kg.text.document import Document
    from kg.text.events.frames import Frame


# "ended the bombing", "defied calls by", "dropped its demand": the noun tells of something that did happen
_PRESUPPOSING = frozenset({"Retreat", "Concession", "Rejection"})
_CONATIVE = frozenset({"Mediation", "Negotiation"})


def events(document: Document) -> list[Event]:
    """All events of an annotated article, in the order of the text; a pure function of the document."""
    parse = Parse(document.doc)
    scene = Scene(
        document, parse, QuoteIndex(find_quotes(document.article.text)), times_by_token(document, parse), Story()
    )
    find_dateline(scene)
    found: list[Event] = []
    for start, end in parse.sentences:
        scene.story.enter(document.article.text.count("\n\n", 0, document.doc[start].idx + 1))
        note_dates(scene, start, end)
        note_place(scene, start, end)
        if _is_sentence(parse, start, end):
            found.extend(_sentence_events(scene, start, end))
    return distinct(found)


def _sentence_events(scene: Scene, start: int, end: int) -> list[Event]:
    frames = verbal_frames(scene.document, scene.parse, start, end)
    taken = {frame.companion for frame in frames if frame.companion is not None and frame.kind not in _PRESUPPOSING}
    frames.extend(nominal_frames(scene.parse, start, end, taken))
    found = []
    for frame in sorted(frames, key=lambda item: item.token):
        if frame.kind == "Nothing":
            continue
        frame.judgement = judge(scene.parse, frame.token)
        if not (frame.judgement.is_event or _is_attempt(scene.parse, frame)):
            continue
        fill_roles(scene, frame)
        if is_complete(scene, frame):
            found.append(build(scene, frame))
            said = statement_of(scene, frame)
            if said is not None:
                found.append(build(scene, said))
            note_speaker(scene, said or frame)
    return found or quoted_on(scene, start, end)


def _is_attempt(parse: Parse, frame: Frame) -> bool:
    """Whether trying is doing: an attempt to mediate is mediation."""
    governor = frame.judgement.governor
    return (
        frame.kind in _CONATIVE
        and frame.judgement.mood == POSSIBLE
        and governor >= 0
        and parse.lemma[governor] in words("modality", "conative")
    )


def _is_sentence(parse: Parse, start: int, end: int) -> bool:
    """Whether it has a finite verb and ends like a sentence: headlines, datelines and bylines tell no events."""
    return end - start > 3 and any(parse.tag[index] in ("VBD", "VBZ", "VBP", "MD") for index in range(start, end))
