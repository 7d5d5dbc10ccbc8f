"""From complete frames to events: dates, places, figures, quotations, sources, confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Event, Evidence, Role
from kg.text.events.addressed import addressed
from kg.text.events.affected import affected, punished, represented
from kg.text.events.completeness import MUTUAL
from kg.text.events.filling import is_suffered, part_sides
from kg.text.events.hosts import hosts
from kg.text.events.participants import DOCUMENTS, participants
from kg.text.events.propositions import content_of, proposition, quotation_of
from kg.text.events.reciprocal import is_reciprocal
from kg.text.events.sources import sources
from kg.text.events.spoken_of import spoken_of
from kg.text.events.victims import victims_of
from kg.text.events.votes import bodies_of, choice_of, motion_of
from kg.text.events.when.times import date_of
from kg.text.events.where.places import place_of
from kg.text.factuality import PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.text.document import Document, Referent
    from kg.text.events.frames import Frame, Scene


def build(scene: Scene, frame: Frame) -> Event:
    """The event that a complete frame with a factual judgement stands for."""
    parse = scene.parse
    planned = frame.judgement.mood == PLANNED
    when, told = date_of(scene, frame, planned) if frame.dated else (None, "")
    choice, content = "", content_of(scene, frame)
    if "vote" in frame.trigger.flags:
        motion = motion_of(parse, frame)
        choice = choice_of(parse, frame)
        _take_voters(scene, frame, motion)
        if motion is not None:
            content = proposition(scene, *parse.subtree(motion))
            if not told and parse.tag[motion] in ("NNS", "NNPS"):
                when = None  # "vetoed two resolutions": not on the one day that the story is at
    counts = victims_of(parse, frame) if "victim" in frame.trigger.flags else None
    _settle(scene, frame)
    return Event(
        kind=frame.kind,
        evidence=report(scene, frame),
        roles=_roles(scene, frame),
        date=when.start if when else "",
        end_date=when.end if when else "",
        date_text=told,
        choice=choice,
        killed=counts.killed.number if counts and counts.killed else None,
        injured=counts.injured.number if counts and counts.injured else None,
        at_least=bool(
            counts
            and (
                (counts.killed and counts.killed.at_least)
                or (not counts.killed and counts.injured and counts.injured.at_least)
            )
        ),
        planned=planned,
        quotation=quotation_of(scene, frame),
        content=content,
    )


def _take_voters(scene: Scene, frame: Frame, motion: int | None) -> None:
    """Fills body, agent and motion of a vote."""
    if not frame.roles.get("body"):
        frame.roles["body"] = bodies_of(scene, frame, motion)
    if not frame.roles.get("agent"):
        frame.roles["agent"] = frame.roles["body"]
    if motion is not None:
        papers = participants(scene.document, scene.parse, [motion])
        frame.roles["motion"] = [one for one in papers if one.kind in DOCUMENTS]


def _settle(scene: Scene, frame: Frame) -> None:
    """Fills from the context who acts, whom it concerns and where, as far as the slots told nobody."""
    document, parse = scene.document, scene.parse
    if frame.kind not in MUTUAL and not is_reciprocal(scene, frame):
        part_sides(frame, suffered=is_suffered(parse, frame.token))
    if not frame.roles.get("target"):
        reached = addressed(document, parse, frame)
        frame.roles["target"] = reached or affected(document, parse, frame) or spoken_of(document, parse, frame)
    frame.roles["target"] = [represented(one) for one in frame.roles["target"]]
    if not frame.roles.get("agent"):
        frame.roles["agent"] = hosts(document, parse, frame) or _striker(scene, frame)
    if frame.kind == "Sanction":
        frame.roles["target"] = punished(scene, frame)
    if not frame.roles.get("place") and not _is_press(frame):
        frame.roles["place"] = place_of(scene, frame)
    if frame.kind in _STRIKING and not frame.roles.get("target") and _is_told_of(frame):
        states = [one if one.kind == "State" else one.state for one in frame.roles["place"]]
        frame.roles["target"] = [one for one in states if one is not None and one not in frame.roles.get("agent", [])]
        frame.roles["target"] = frame.roles["target"] or _other_side(scene, frame)


def _other_side(scene: Scene, frame: Frame) -> list[Referent]:
    """Whom one of the two sides of the article strikes where nobody is named: the other."""
    agents = [one.state or one if one.kind == "GovernmentBody" else one for one in frame.roles.get("agent", [])]
    if frame.kind != "Attack" or len(agents) != 1 or not scene.parse.is_verb(frame.token):
        return []
    rivals = scene.document.belligerents
    return [one for one in rivals if one not in agents] if agents[0] in rivals else []


def _striker(scene: Scene, frame: Frame) -> list[Referent]:
    """Who struck one of the two sides of the article where the passive names nobody: the other."""
    struck = {one.state or one if one.kind != "State" else one for one in frame.roles.get("target", [])}
    rivals = scene.document.belligerents
    if frame.kind != "Attack" or len(struck) != 1 or not scene.parse.is_passive(frame.token):
        return []
    return [one for one in rivals if one not in struck] if struck <= set(rivals) else []


def _is_press(frame: Frame) -> bool:
    """Whether only the press speaks, which is not where it tells of."""
    agents = frame.roles.get("agent", [])
    return frame.kind == "Statement" and bool(agents) and all(one.kind == "MediaOrganisation" for one in agents)


def _is_told_of(frame: Frame) -> bool:
    """Whether a protest is told of somebody: rallies abroad are not against the state where they are held."""
    return frame.kind != "Protest" or bool(frame.roles.get("agent"))


# what strikes a place strikes its state, where nobody else is named
_STRIKING = frozenset({"Protest", "Attack", "Coercion", "Mobilisation"})


def _imply(document: Document, told: Iterable[Referent]) -> None:
    """Makes people without a name entities of the article."""
    crowds = {crowd.key: crowd for crowd in (*document.crowds.values(), *document.cited.values())}
    meant = (crowds.get(one.key) for one in told)
    document.implied.extend(one for one in meant if one is not None and one not in document.implied)


def _roles(scene: Scene, frame: Frame) -> tuple[Role, ...]:
    _imply(scene.document, (one for found in frame.roles.values() for one in found))
    roles = {
        Role(name=name, key=referent.key)
        for name, referents in frame.roles.items()
        for referent in referents
        if referent.key
    }
    return tuple(sorted(roles, key=lambda role: (role.name, role.key)))


def report(scene: Scene, frame: Frame) -> Evidence:
    """The sentence of the trigger, with who says so and how sure we are."""
    parse = scene.parse
    start, end = parse.sentences[parse.sentence[frame.token]]
    while start < end - 1 and parse.doc[start].is_space:
        start += 1
    span = parse.doc[start:end]
    begin = span.start_char
    quote = scene.document.article.text[begin : span.end_char].rstrip()
    tellers = sources(scene, frame)
    _imply(scene.document, tellers)
    return Evidence(
        article=scene.document.article.slug,
        begin=begin,
        finish=begin + len(quote),
        quote=quote,
        attributed_to=tuple(dict.fromkeys(referent.key for referent in tellers if referent.key)),
        confidence=_confidence(frame),
    )


def _confidence(frame: Frame) -> float:
    score = frame.trigger.weight
    if not frame.roles.get("agent"):
        score -= 0.1
    if frame.judgement.reports:
        score -= 0.05
    return round(max(0.3, min(0.99, score)), 2)
