"""What is told in the present with a day to come: "The council meets on Friday", "Kenya votes in June"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.factuality import ASSERTED, PLANNED, Judgement

if TYPE_CHECKING:
    from kg.text.events.frames import Frame, Scene

# what is arranged for a day; nobody condemns by appointment
_ARRANGED = frozenset({"Meeting", "Summit", "Negotiation", "Visit", "Vote", "Election", "Consultation", "Cooperation"})
_PRESENT = frozenset({"VBZ", "VBP"})
_DONE = frozenset({"have", "has", "had", "did", "was", "were"})


def scheduled(scene: Scene, frame: Frame, judgement: Judgement) -> Judgement:
    """The judgement of a frame, planned where the present tense and a date make it a schedule."""
    parse, token = scene.parse, frame.token
    if judgement.mood == ASSERTED and "convenes" in frame.trigger.flags:
        return replace(judgement, mood=PLANNED)  # "has summoned its leaders to": they are yet to meet
    if judgement.mood != ASSERTED or frame.kind not in _ARRANGED or parse.tag[token] not in _PRESENT:
        return judgement
    if any(parse.word[kid] in _DONE for kid in parse.children(token, "aux", "auxpass")):
        return judgement
    published = scene.document.article.published[:10]
    days = [time.coming.start for time in scene.times.get(token, ()) if time.coming is not None and not time.since]
    if not published or not any(day >= published[: len(day)] for day in days):
        return judgement
    return replace(judgement, mood=PLANNED)
