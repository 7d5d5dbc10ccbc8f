"""Where and when the story of an article stands, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.text.dates import When
from kg.text.events.when.clauses import framing_clauses, is_main, is_recent, is_simple_past, occasions_of, trailing_time

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Scene, Time
    from kg.text.parse import Parse

_AWAITING = frozenset({"expect", "schedule", "set", "slate", "plan", "intend", "bill", "design", "time"})
_DAY, _MONTH = len("2012-06-05"), len("2012-06")


@dataclass(slots=True)
class Story:
    """What day the narrative is at: of the article as a whole, and of the current paragraph."""

    lead: When | None = None
    current: When | None = None
    paragraph: int = -1
    place: Referent | None = None
    place_sentence: int = -1
    there: list[Referent] = field(default_factory=list)
    speaker: list[Referent] = field(default_factory=list)
    written: When | None = None
    punished: list[Referent] = field(default_factory=list)
    dealings: list[tuple[int, list[Referent]]] = field(default_factory=list)
    talked: bool = False
    long_ago: bool = False

    def open(self, written: When | None) -> None:
        """A dateline begins a section, written on a day that may be told."""
        self.written, self.lead, self.current = written, None, None

    def enter(self, paragraph: int) -> None:
        """A new paragraph tells of the article's day until it says otherwise."""
        if paragraph != self.paragraph:
            self.paragraph, self.current, self.place, self.long_ago = paragraph, None, None, False

    def note(self, when: When, *, recent: bool, far: bool = False) -> None:
        """A main clause was dated; a time ``far`` before publication is that of its paragraph only, a year of none."""
        if len(when.start) == _DAY and not when.end:
            self.current, self.long_ago = when, False
            self.lead = self.lead or (when if recent else None)
        elif far:
            self.current, self.long_ago = (when if len(when.start) == _MONTH and not when.end else None), True

    @property
    def day(self) -> When | None:
        """The day of what is told without a date."""
        return self.current or (None if self.long_ago else self.lead or self.written)


def note_dates(scene: Scene, start: int, end: int) -> None:
    """Tells the story which day the main clauses of a sentence are at."""
    if not any(index in scene.times for index in range(start, end)):
        return
    for index in range(start, end):
        if not (is_main(scene.parse, index) and is_simple_past(scene.parse, index)) or _is_pending(scene.parse, index):
            continue
        trailing = trailing_time(scene, index)
        if trailing is not None and index not in scene.times:
            scene.story.note(trailing[0], recent=True)
            return
        for token in (index, *occasions_of(scene.parse, index), *framing_clauses(scene.parse, index)):
            for time in scene.times.get(token, ()):
                if time.past is not None and not is_to_come(scene, time):
                    far = _is_far(scene, time.past)
                    scene.story.note(time.past, recent=is_recent(scene, time.past), far=far)
                    return


def _is_pending(parse: Parse, verb: int) -> bool:
    """Whether the past tense tells of what was yet to come: "was to meet", "were expected to return"."""
    while parse.dep[verb] in ("xcomp", "advcl") and parse.head[verb] != verb:
        verb = parse.head[verb]
    awaited = parse.lemma[verb] == "be" or (parse.lemma[verb] in _AWAITING and parse.is_passive(verb))
    return awaited and any(
        parse.word[aux] == "to" for kid in parse.children(verb, "xcomp") for aux in parse.children(kid, "aux")
    )


def is_to_come(scene: Scene, time: Time) -> bool:
    """Whether a day is "tomorrow", or after publication: "promised a reply *tomorrow*" dates the reply alone."""
    published, when = scene.document.article.published, time.past
    late = bool(published) and when is not None and when.start[:_DAY] > published[:_DAY]
    return late or "tomorrow" in time.text.lower()


def _is_far(scene: Scene, when: When) -> bool:
    """Whether a month or year is over for long when an article is published: another year, and no autumn before."""
    published = scene.document.article.published
    return len(published) == _DAY and int(when.start[:4]) < int(published[:4]) - 1
