"""Where the story stands: the dateline, and the place its main clauses told of last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import actors
from kg.text.events.places import SPOKEN, is_of_object
from kg.text.events.sites import places_under
from kg.text.events.subjects import surface_subjects
from kg.text.lexicon import event_lexicon

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Scene

_DASHES = frozenset({"—", "–", "-", "--"})
_LONGEST = 9


def note_place(scene: Scene, start: int, end: int) -> None:
    """Tells the story where the main clause of a sentence takes place, for what is said there next."""
    parse = scene.parse
    for index in range(start, end):
        if parse.head[index] == index and parse.is_verb(index):
            spoken = [
                kid for kid in parse.children(index, "advcl", "nsubj") for kid in (kid, *parse.children(kid, "acl"))
            ]
            for token in (index, *(kid for kid in spoken if parse.lemma[kid] == "speak")):
                if _speaks(parse.lemma[token]) and is_of_object(parse, token):
                    continue
                found = [one for one in places_under(scene, token) if one.kind != "State"]
                if found:
                    scene.story.place, scene.story.place_sentence = found[0], parse.sentence[index]
                    scene.story.there = actors(scene.document, parse, surface_subjects(parse, index))


def _speaks(lemma: str) -> bool:
    return any(trigger.kind in SPOKEN for trigger in event_lexicon().verbs.get(lemma, ()))


def find_dateline(scene: Scene) -> None:
    """Reads "LIMA, Peru —" at the head of the article: where its first sentence happens."""
    parse = scene.parse
    for number, (start, end) in enumerate(parse.sentences[:4]):
        for index in range(start, min(end, start + _LONGEST)):
            if parse.word[index] in _DASHES and str(parse.doc[start]).isupper():
                place = _dateline_place(scene, start, index)
                if place is not None:
                    scene.dateline = place
                    scene.dateline_end = number if end - index > 3 else number + 1
                return


def _dateline_place(scene: Scene, start: int, end: int) -> Referent | None:
    """The city of a dateline, of a body that sits there ("UNITED NATIONS"), else its state."""
    atlas = scene.document.atlas
    spans = [span for span in scene.document.spans if start <= span.start < end]
    named = [one for span in spans for one in span.referents]
    for one in named:
        if one.kind == "Place":
            return one
        city = atlas.city(start) if atlas is not None and one.kind == "State" else None
        seat = atlas.seat(one) if atlas is not None and one.kind == "IntergovernmentalOrganisation" else None
        if city is not None or seat is not None:
            return city or seat
    return next((one for one in named if one.kind == "State"), None)
