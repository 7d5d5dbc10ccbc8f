"""Sittings of a body in the city that a report is written from: who addresses it, and whom states send to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import SPOKEN
from kg.text.events.subjects import surface_subjects
from kg.text.events.when.clauses import clause_of, is_main, is_simple_past
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.events.frames import Frame, Scene

_HEAD, _EARLY = 5, 3
_BODIES = frozenset({"IntergovernmentalOrganisation"})


def in_session(scene: Scene, frame: Frame) -> bool:
    """Whether somebody speaks at the sitting that the report is about."""
    parse, clause = scene.parse, clause_of(scene.parse, frame.token)
    if frame.kind not in SPOKEN | {"Vote"} or not (is_main(parse, clause) or parse.dep[clause] == "relcl"):
        return False
    if not is_simple_past(parse, clause) or not _sits_here(scene):
        return False
    verbs = [clause, *frame.judgement.reports]
    if any(verb in scene.times for verb in verbs):
        return False
    if frame.kind == "Vote":
        return parse.sentence[frame.token] <= scene.dateline_end + _EARLY
    return any(_is_addressed(scene, verb) for verb in verbs) or any(_is_delegate(scene, verb) for verb in verbs)


def _sits_here(scene: Scene) -> bool:
    """Whether the sentence that the dateline opens tells of a body whose seat is where it is from."""
    atlas, parse = scene.document.atlas, scene.parse
    if atlas is None or scene.dateline is None:
        return False
    end = parse.sentences[scene.dateline_end][1]
    begin = max((first for first in scene.datelines if first <= scene.dateline_end), default=0)
    start = parse.sentences[begin][0]
    spans = [span for span in scene.document.spans if start <= span.start < end]
    if not any(one.kind == "Place" for span in spans if span.start < start + _HEAD for one in span.referents):
        return False  # "UNITED NATIONS —": no city is told
    bodies = (one for span in spans for one in span.referents if one.kind in _BODIES)
    return any(atlas.seat(body) is scene.dateline for body in bodies)


def _is_addressed(scene: Scene, verb: int) -> bool:
    """Whether what is said is said to the sitting: "told *the council*", "warned *the hall*"."""
    parse = scene.parse
    return any(
        parse.lemma[kid] in words("places", "words", "sittings") for kid in parse.children(verb, "dobj", "dative")
    )


def _is_delegate(scene: Scene, verb: int) -> bool:
    """Whether the subject is somebody's delegate by what he is called there."""
    parse = scene.parse
    for subject in surface_subjects(parse, verb):
        first, last = parse.subtree(subject)
        clauses = parse.children(subject, "relcl", "acl")
        last = min((parse.subtree(kid)[0] for kid in clauses), default=last)
        if any(parse.lemma[index] in words("places", "words", "delegates") for index in range(first, last)):
            return True
    return False
