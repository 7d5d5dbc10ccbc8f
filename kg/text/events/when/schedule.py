"""What is planned though told in the present ("The council meets on Friday"), and what is done once it is decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.factuality import ASSERTED, PLANNED, Judgement, judge
from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

# measures that a body takes by deciding on them
_DECREED = frozenset({"Sanction", "Expulsion"})
_GIVEN = frozenset({"Aid", "Concession", "Retreat", "Cooperation", "Support", "Recognition"})
_DECIDING = frozenset({"Agreement", "Concession", "Statement"})
# what is arranged for a day; nobody condemns by appointment
_ARRANGED = frozenset({"Meeting", "Summit", "Negotiation", "Visit", "Vote", "Election", "Consultation", "Cooperation"})
_PRESENT = frozenset({"VBZ", "VBP"})
_DONE = frozenset({"have", "has", "had", "did", "was", "were"})


def scheduled(scene: Scene, frame: Frame, judgement: Judgement) -> Judgement:
    """The judgement of a frame, planned where the present tense and a date make it a schedule."""
    parse, token = scene.parse, frame.token
    if judgement.mood == PLANNED and _is_decreed(parse, frame):
        return replace(judgement, mood=ASSERTED)
    if "convenes" in frame.trigger.flags and parse.dep[token] == "relcl" and judgement.is_event:
        outer = judge(parse, parse.head[token])
        if not outer.is_event:
            return outer  # "called off the march that she had planned"
    if judgement.mood == ASSERTED and "convenes" in frame.trigger.flags and _is_under_way(parse, token):
        return judgement
    if judgement.mood == ASSERTED and "convenes" in frame.trigger.flags:
        return replace(judgement, mood=PLANNED)  # "has summoned its leaders to": they are yet to meet
    if judgement.mood == ASSERTED and parse.lemma[token] == "be" and parse.tag[token] in _PRESENT:
        below = (aux for kid in parse.children(token, "xcomp") for aux in parse.children(kid, "aux"))
        if any(parse.word[aux] == "to" for aux in below):
            return replace(judgement, mood=PLANNED)  # "are to be gone"
    if judgement.mood != ASSERTED or frame.kind not in _ARRANGED or parse.tag[token] not in _PRESENT:
        return judgement
    if any(parse.word[kid] in _DONE for kid in parse.children(token, "aux", "auxpass")):
        return judgement
    published = scene.document.article.published[:10]
    days = [time.coming.start for time in scene.times.get(token, ()) if time.coming is not None and not time.since]
    if not published or not any(day >= published[: len(day)] for day in days):
        return judgement
    return replace(judgement, mood=PLANNED)


def _is_under_way(parse: Parse, verb: int) -> bool:
    """ "A strike *called* by the unions *closed* the port": it has come about."""
    noun = parse.head[verb]
    doing = parse.head[noun]
    past = parse.is_verb(doing) and parse.tag[doing] == "VBD" and not parse.is_passive(doing)
    return past and parse.dep[verb] == "acl" and parse.dep[noun] == "nsubj"


def without_decisions(parse: Parse, frames: Sequence[Frame]) -> list[Frame]:
    """The frames of one sentence without the decisions on measures that are told themselves."""
    decisions = {parse.head[frame.token] for frame in frames if _is_decreed(parse, frame)}
    granted = {parse.head[frame.token]: frame for frame in frames if _is_granted(parse, frame)}
    told = {(frame.token, frame.kind) for frame in frames}
    return [
        frame
        for frame in frames
        if not (_is_agreed(parse, frame) and (parse.head[frame.token], frame.kind) in told)
        and not (frame.token in decisions and frame.kind in _DECIDING)
        and not (frame.kind == "Agreement" and frame.roles.get("agent") == _agents(granted.get(frame.token)))
    ]


def _agents(frame: Frame | None) -> list[Referent] | None:
    return None if frame is None else frame.roles.get("agent")


def _is_agreed(parse: Parse, frame: Frame) -> bool:
    """ "Agreed to resume ties": told already by the verb above, where that is of the same class."""
    agreeing = parse.lemma[parse.head[frame.token]] in ("agree", "consent")
    return agreeing and parse.dep[frame.token] in ("xcomp", "advcl") and frame.judgement.mood == PLANNED


def _is_granted(parse: Parse, frame: Frame) -> bool:
    """ "The fund agreed to lend Chad two billion": who alone agrees to what is told gives it."""
    agents = frame.roles.get("agent", [])
    return (
        frame.kind in _GIVEN
        and parse.dep[frame.token] == "xcomp"
        and parse.lemma[parse.head[frame.token]] in ("agree", "consent")
        and (len(agents) == 1 or frame.kind == "Cooperation")
        and frame.judgement.mood == PLANNED
    )


def _is_decreed(parse: Parse, frame: Frame) -> bool:
    """ "The bloc agreed on Monday to bar their airlines": with the decision they are barred."""
    head = parse.head[frame.token]
    deciding = parse.dep[frame.token] in ("xcomp", "advcl") and parse.lemma[head] in words("modality", "deciding")
    return deciding and frame.kind in _DECREED and judge(parse, head).mood == ASSERTED
