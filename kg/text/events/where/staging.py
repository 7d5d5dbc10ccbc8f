"""Where the story stands: the dateline, and the place its main clauses told of last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.datelines import DATELINE, LONGEST
from kg.text.dates import find_dates
from kg.text.events.frames import Dateline
from kg.text.events.kinds import SPOKEN
from kg.text.events.participants import actors
from kg.text.events.subjects import surface_subjects
from kg.text.events.where.places import is_of_object
from kg.text.events.where.sites import places_under
from kg.text.lexicon import event_lexicon

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse


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


def find_datelines(scene: Scene) -> None:
    """Reads "LIMA, Peru, May 3 (PNA) —" at the head of paragraphs: where and when what follows is told."""
    doc, parse = scene.document.doc, scene.parse
    published = scene.document.article.published
    for begin in parse.paragraphs:
        match = DATELINE.match(doc[begin : begin + LONGEST].text)
        span = doc[begin:].char_span(0, match.end()) if match else None
        if match is None or span is None or begin + len(span) >= parse.size:
            continue
        end = begin + len(span)
        place = _dateline_place(scene, begin, end)
        if place is not None:
            when = next((found.past for found in find_dates(match.group(), published) if found.past), None)
            when = when if when is not None and len(when.start) == len("2012-06-05") else None
            scene.datelines[parse.sentence[begin]] = Dateline(place, when, _placed_sentence(parse, parse.sentence[end]))


def _placed_sentence(parse: Parse, number: int) -> int:
    """The sentence that a dateline places: the first with a verb, where the parser has cut the words before it off."""
    for later in range(number, min(number + 3, len(parse.sentences))):
        if any(parse.is_verb(index) for index in range(*parse.sentences[later])):
            return later
    return number


def enter_dateline(scene: Scene, number: int) -> None:
    """Goes on to the section that a dateline opens at the sentence ``number``."""
    dateline = scene.datelines.get(number)
    if dateline is not None:
        scene.dateline, scene.dateline_end = dateline.place, dateline.last
        scene.story.open(dateline.when)


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
