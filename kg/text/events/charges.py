"""Wrongs told of others are charges by whoever tells: "told him that Chad had broken the truce"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.events.participants import actors
from kg.text.events.subjects import subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene


def as_charge(scene: Scene, frame: Frame) -> Frame:
    """The frame, or the accusation that it amounts to where a rival says that something was broken or defied."""
    parse = scene.parse
    wrong = words("events", "sets", "wrongs")
    if frame.kind != "Rejection" or parse.lemma[frame.token] not in wrong or not frame.judgement.reports:
        return frame
    verb = frame.judgement.reports[-1]
    accused = frame.roles.get("agent", [])
    accusers = actors(scene.document, parse, subjects(parse, verb))
    if not accusers or not accused or _sides(accusers) & _sides(accused):
        return frame
    trigger = replace(frame.trigger, kind="Accusation")
    judgement = replace(frame.judgement, reports=())
    return replace(
        frame, token=verb, trigger=trigger, judgement=judgement, roles={"agent": accusers, "target": accused}
    )


def _sides(people: list[Referent]) -> set[str]:
    """Whoever they are, and the states that they are of."""
    return {one.key for one in people} | {one.state.key for one in people if one.state is not None}
