"""When something is done by being said: "*welcomes* the accord, the envoy noted on Friday" was on that Friday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import SPOKEN
from kg.text.events.when.clauses import is_main, is_simple_past

if TYPE_CHECKING:
    from kg.text.dates import When
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_DONE_BY_SAYING = SPOKEN | {"Recognition", "Concession", "Expulsion", "Sanction", "Retreat", "Aid", "Agreement"}
_PRESENT = frozenset({"VBZ", "VBP"})
_TO_COME = frozenset({"will", "would", "'ll", "’ll", "wo"})


def uttered_time(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """The time of the clause that reports what is done by saying it, in the present or as yet to come."""
    parse = scene.parse
    if frame.kind not in _DONE_BY_SAYING or not frame.judgement.reports or not _is_performed(parse, frame.token):
        return None
    verb = frame.judgement.reports[0]
    for token in (verb, *(kid for kid in parse.children(verb, "conj") if parse.is_verb(kid))):
        for time in scene.times.get(token, ()):
            if time.past is not None:
                return time.past, time.text
    if scene.story.day is not None and is_main(parse, verb) and is_simple_past(parse, verb):
        return scene.story.day, ""
    return None


def _is_performed(parse: Parse, verb: int) -> bool:
    """Whether a verb stands in the present tense or tells what one will do."""
    if not parse.is_verb(verb):
        return False
    while parse.dep[verb] in ("xcomp", "conj") and parse.child(verb, "nsubj", "nsubjpass") is None:
        verb = parse.head[verb]
    auxiliaries = {parse.word[kid] for kid in parse.children(verb, "aux", "auxpass")}
    return (parse.tag[verb] in _PRESENT and not auxiliaries & {"has", "have"}) or bool(auxiliaries & _TO_COME)
