"""Frames over the parse: what an article says happened, is planned, or was said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.events.anaphora import Told, told, unite
from kg.text.events.avowed import is_only_said, without_explained
from kg.text.events.ballots import tallied, without_echoes
from kg.text.events.brokered import brokered
from kg.text.events.build import build
from kg.text.events.causes import without_causes
from kg.text.events.charges import as_charge
from kg.text.events.commitments import commitment_of, refusals
from kg.text.events.completeness import is_complete
from kg.text.events.distinct import distinct
from kg.text.events.filling import fill_roles
from kg.text.events.frames import Scene
from kg.text.events.gapped import gapped
from kg.text.events.kinds import SPOKEN
from kg.text.events.likewise import likewise
from kg.text.events.nominal import nominal_frames, noun_trigger
from kg.text.events.parties import known_parties, note_parties
from kg.text.events.retold import retold
from kg.text.events.rollcall import roll_call
from kg.text.events.statements import note_speaker, quoted_on, quoting, statement_of
from kg.text.events.verbal import verbal_frames
from kg.text.events.votes import has_tally
from kg.text.events.when.afterthoughts import complete
from kg.text.events.when.expressions import lags_by_token, occasions, spells_by_token, times_by_token
from kg.text.events.when.schedule import scheduled, without_decisions
from kg.text.events.when.story import Story, note_dates
from kg.text.events.where.staging import enter_dateline, find_datelines, note_place
from kg.text.factuality import PLANNED, POSSIBLE, judge
from kg.text.interviews import find_answers
from kg.text.lexicon import words
from kg.text.parse import Parse
from kg.text.quotes import QuoteIndex, find_quotes

if TYPE_CHECKING:
    from kg.model import Event
    from kg.text.document import Document
    from kg.text.events.frames import Frame


# "ended the bombing", "defied calls by", "dropped its demand": the noun tells of something that did happen
_PRESUPPOSING = frozenset({"Retreat", "Concession", "Rejection"})
_UTTERED = frozenset({"Accusation", "Threat", "Statement", "Demand", "Rejection"})
_CONATIVE = frozenset({"Mediation", "Negotiation"})


def events(document: Document) -> list[Event]:
    """All events of an annotated article, in the order of the text; a pure function of the document."""
    parse = document.parse or Parse(document.doc)
    times = times_by_token(document, parse)
    scene = Scene(
        document,
        parse,
        QuoteIndex(find_quotes(document.article.text)),
        times,
        Story(),
        lags=lags_by_token(document, parse),
        spells=spells_by_token(document, parse),
        occasions=occasions(parse, times),
        answers=find_answers(document),
    )
    find_datelines(scene)
    found: list[Told] = []
    for number, (start, end) in enumerate(parse.sentences):
        enter_dateline(scene, number)
        scene.story.enter(document.article.text.count("\n\n", 0, document.doc[start].idx + 1))
        note_dates(scene, start, end)
        note_place(scene, start, end)
        if _is_sentence(parse, start, end):
            told_here = _sentence_events(scene, start, end)
            found.extend([*told_here, *gapped(scene, told_here)])
            found.extend(likewise(scene, start, end, found))
    found = without_explained(scene, found)
    complete(scene, found)
    once = unite(found)
    again = retold(scene, found)
    return distinct(sorted([*once, *again], key=lambda event: event.evidence.begin) if again else once)


def _sentence_events(scene: Scene, start: int, end: int) -> list[Told]:
    verbal: list[Frame] = []
    for evoked in verbal_frames(scene.document, scene.parse, start, end):
        chosen = _chosen(scene, evoked)
        if chosen is not None:
            verbal.append(chosen)
            note_parties(scene, chosen)
            verbal.extend(_said_in(scene, chosen, evoked))
    taken = {
        token
        for frame in verbal
        if frame.companion is not None and (frame.kind not in _PRESUPPOSING or _is_undone(scene, frame.companion))
        for token in scene.parse.conjuncts(frame.companion)
    }
    told_of = {(frame.companion, frame.kind) for frame in verbal}
    nominal = [
        frame
        for frame in (_chosen(scene, frame) for frame in nominal_frames(scene.parse, start, end, taken))
        if frame and (frame.token, frame.kind) not in told_of  # "offered a compromise" is one concession
    ]
    refused = refusals(scene, start, end, {frame.token for frame in verbal if frame.kind == "Rejection"})
    found: list[Told] = []
    known: list[Frame] = [*verbal, *refused, *nominal]
    known.extend(roll_call(scene, start, end, known))
    known.extend(tallied(scene, start, end, known))
    known.extend(brokered(scene, start, end))
    known = without_causes(scene.parse, sorted(without_echoes(scene.parse, known), key=lambda frame: frame.token))
    for frame in without_decisions(scene.parse, known):
        if frame.kind != "Nothing":
            found.extend(_told_by(scene, as_charge(scene, frame)))
    going_on = [] if found else [Told(event, token=start) for event in quoted_on(scene, start, end)]
    if going_on:
        return going_on
    said = quoting(scene, start, end, {one.event.kind for one in found})
    return [*found, Told(said, token=start)] if said else found


def _is_undone(scene: Scene, noun: int) -> bool:
    """Whether what is lifted or eased was in force for long: "lifted its embargo", "dropped its objections"."""
    trigger = noun_trigger(scene.parse, noun)
    return trigger is not None and trigger.kind in ("Sanction", "Coercion", "Agreement", "Rejection", "Veto")


def _chosen(scene: Scene, frame: Frame) -> Frame | None:
    """The most specific reading of a trigger that is a fact and has the roles it needs."""
    judgement = judge(scene.parse, frame.token)
    for candidate in (frame, *frame.others):
        if candidate.kind == "Nothing":
            return candidate
        candidate.judgement = scheduled(scene, candidate, judgement)
        if candidate.kind in _UTTERED and candidate.judgement.mood == PLANNED:
            continue  # nobody blames or threatens by appointment
        if candidate.kind == "Killing" and candidate.judgement.mood == PLANNED and _is_quoted(scene, frame.token):
            continue  # "we will kill them": a threat
        if candidate.judgement.is_event or _is_attempt(scene.parse, candidate):
            fill_roles(scene, candidate)
            candidate.roles["agent"] = known_parties(scene, candidate)
            if is_complete(scene, candidate) and not is_only_said(scene, candidate):
                return candidate
    return None


def _said_in(scene: Scene, call: Frame, evoked: Frame) -> list[Frame]:
    """What somebody is urged, warned or told in a call that the same verb tells: "*urged* him in a call to go"."""
    if call.kind != "PhoneCall":
        return []
    spoken = next((one for one in (evoked, *evoked.others) if one.kind in SPOKEN), None)
    said = None if spoken is None else _chosen(scene, replace(spoken, others=[]))
    return [said] if said is not None else []


def _is_quoted(scene: Scene, token: int) -> bool:
    return scene.quotes.at(scene.parse.doc[token].idx) is not None


def _told_by(scene: Scene, frame: Frame) -> list[Told]:
    """The event of a frame, with what else saying it amounts to."""
    found = [told(scene, frame.token, build(scene, frame))]
    note_parties(scene, frame)
    said = statement_of(scene, frame)
    others = (other for other in (said, commitment_of(scene, frame)) if other is not None)
    found.extend(Told(build(scene, other), token=frame.token) for other in others)
    note_speaker(scene, said or frame)
    return found


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
    """Whether it has a finite verb, or the tally of a vote: headlines, datelines and bylines tell no other events."""
    if end - start < 3:
        return False
    return any(
        parse.tag[index] in ("VBD", "VBZ", "VBP", "MD")
        or (parse.tag[index] in ("VBN", "VB") and parse.child(index, "nsubj") is not None)
        or (parse.tag[index] == "VBN" and has_tally(parse, index))
        for index in range(start, end)
    )
