"""Where the story stands: the place that an event takes from the dateline or from the sentence before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import GATHERING, PHYSICAL, SPOKEN
from kg.text.events.when.clauses import is_main, is_simple_past
from kg.text.events.where.afar import speaking_clauses
from kg.text.events.where.sessions import in_session
from kg.text.events.where.surroundings import is_remote
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_EARLY = 3
_AT_LEAD = SPOKEN | {"Meeting", "Summit", "Negotiation", "Agreement", "Visit", "Vote", "Veto"}
_RESOLVED = frozenset({"Sanction", "Expulsion", "Recognition", "Mobilisation", "Aid"})
_DOMESTIC = PHYSICAL | {"Resignation", "Appointment", "Election"}


def story_place(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the story is: the place its last sentence told of, or the dateline."""
    if frame.kind in SPOKEN and (is_remote(scene, frame.token) or _is_elsewhere(scene, frame)):
        return []
    if "vote" in frame.trigger.flags and scene.dateline is not None and _sits_at(scene, frame, scene.dateline):
        return [scene.dateline]
    if (
        frame.kind in SPOKEN | {"Vote", "Veto", "Agreement"}
        and scene.story.place is not None
        and _is_there(scene, frame)
    ):
        return [scene.story.place]
    if frame.kind in _AT_LEAD and scene.dateline is not None and _opens_story(scene, frame):
        return [scene.dateline]
    if frame.kind not in _AT_LEAD and scene.dateline is not None and _is_at_home(scene, frame, scene.dateline):
        return [scene.dateline]
    if scene.dateline is not None and (in_session(scene, frame) or _is_resolved(scene, frame)):
        return [scene.dateline]
    if frame.kind in GATHERING - {"Vote"} and scene.dateline is not None and _follows_opening(scene, frame):
        return [scene.dateline]
    return []


def _is_elsewhere(scene: Scene, frame: Frame) -> bool:
    """Whether a phrase tells where somebody speaks by a name that is not known: "speaking in *Tarvi Hall*"."""
    parse = scene.parse
    for token in (frame.token, *speaking_clauses(parse, frame.token)):
        for kid in parse.children(token, "prep") if parse.is_verb(token) else ():
            for noun in parse.children(kid, "pobj") if parse.word[kid] in ("in", "at") else ():
                dated = any(time.first <= noun < time.last for times in scene.times.values() for time in times)
                known = scene.document.refer(parse.doc[noun])
                if parse.tag[noun] == "NNP" and not dated and not known:
                    return True
    return False


def _follows_opening(scene: Scene, frame: Frame) -> bool:
    """Whether persons meet or sign in the sentences after the one that the dateline places, and no date is told."""
    parse, token = scene.parse, frame.token
    number = parse.sentence[token]
    if not scene.dateline_end < number <= scene.dateline_end + 2 or not parse.is_verb(token):
        return False
    start, end = parse.sentences[number]
    if any(index in scene.times for index in range(start, end)) or not is_simple_past(parse, token):
        return False
    return is_main(parse, token) and any(one.kind == "Person" for one in frame.roles.get("agent", []))


def _is_resolved(scene: Scene, frame: Frame) -> bool:
    """Whether those who met where the report is from decide on it: "Nine governments *resolved* on Friday to bar"."""
    parse, head = scene.parse, scene.parse.head[frame.token]
    if frame.kind not in _RESOLVED or parse.sentence[frame.token] > scene.dateline_end or parse.head[head] != head:
        return False
    subject = parse.child(head, "nsubj")
    several = subject is not None and parse.tag[subject] in ("NNS", "NNPS")
    return (
        several and parse.dep[frame.token] in ("xcomp", "advcl") and parse.lemma[head] in words("modality", "deciding")
    )


def _sits_at(scene: Scene, frame: Frame, place: Referent) -> bool:
    """Whether a body that votes early in the article sits where it is written."""
    atlas = scene.document.atlas
    if scene.parse.sentence[frame.token] > scene.dateline_end + _EARLY or not scene.parse.is_verb(frame.token):
        return False
    bodies = [*frame.roles.get("body", []), *frame.roles.get("agent", [])]
    return atlas is not None and any(atlas.seat(body) is place for body in bodies)


def _is_there(scene: Scene, frame: Frame) -> bool:
    """Whether who speaks is who the story placed last, or votes where it is."""
    if "vote" in frame.trigger.flags:
        sitting = {body.state for body in frame.roles.get("body", []) if body.state is not None}
        sits = scene.story.place is None or not sitting or scene.story.place.state in sitting
        return scene.parse.is_verb(frame.token) and sits
    agents = frame.roles.get("agent", [])
    there = scene.story.there
    if not there:
        near = scene.parse.sentence[frame.token] <= scene.story.place_sentence + 1
        homes = {one if one.kind == "State" else one.state for one in agents} - {None}
        story, atlas = scene.story.place, scene.document.atlas
        foreign = story is None or (story.state not in homes and not (atlas is not None and atlas.is_seat(story)))
        return near and not (homes and foreign)
    return any(one in there or (one.state is not None and one.state in there) for one in agents)


def _opens_story(scene: Scene, frame: Frame) -> bool:
    """Whether the event is of the sentence that the dateline places, and of somebody who may have been there."""
    if not scene.parse.is_verb(frame.token) or scene.parse.sentence[frame.token] > scene.dateline_end:
        return False
    if frame.kind not in SPOKEN or scene.dateline is None:
        return True
    if frame.token not in scene.parse.conjuncts(_root(scene.parse, frame.token)):
        return False  # "… hours after the colonel told the people": he is elsewhere
    perfect = any(scene.parse.word[kid] in ("have", "has", "had") for kid in scene.parse.children(frame.token, "aux"))
    home = scene.dateline.state
    agents = frame.roles.get("agent", [])
    return not perfect and any(
        home in (one, one.state) or (one.kind == "Person" and not _has_home_told(scene, frame, one)) for one in agents
    )


def _has_home_told(scene: Scene, frame: Frame, person: Referent) -> bool:
    """Whether the opening names a city of a foreigner's own country: "Ann Lee told the envoy *in Lima*"."""
    start, end = scene.parse.sentences[scene.parse.sentence[frame.token]]
    named = (scene.document.refer(scene.parse.doc[index]) for index in range(start, end))
    cities = (one for found in named for one in found if one.kind == "Place")
    return person.state is not None and any(one.state is person.state for one in cities)


def _is_at_home(scene: Scene, frame: Frame, dateline: Referent) -> bool:
    """Whether the main clause that the dateline places tells a deed among those of its state: "killed the premier"."""
    parse = scene.parse
    if frame.kind not in _DOMESTIC or not _opens_story(scene, frame):
        return False
    targets = frame.roles.get("target", [])
    states = {one if one.kind == "State" else one.state for one in (*frame.roles.get("agent", []), *targets)}
    alone = frame.kind in PHYSICAL and not targets  # "French jets fired the first shots": wherever that was
    return not alone and states == {dateline.state} and frame.token in parse.conjuncts(_root(parse, frame.token))


def _root(parse: Parse, token: int) -> int:
    here = token
    while parse.head[here] != here:
        here = parse.head[here]
    return here
