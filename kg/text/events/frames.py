"""A frame: one trigger found in the text, before its roles are filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.text.factuality import ASSERTED, Judgement

if TYPE_CHECKING:
    from kg.text.dates import When
    from kg.text.document import Document, Referent
    from kg.text.events.when.expressions import Occasion
    from kg.text.events.when.story import Story
    from kg.text.interviews import Answer
    from kg.text.lexicon import Trigger
    from kg.text.parse import Parse
    from kg.text.quotes import QuoteIndex
    from kg.text.spells import Lag


@dataclass(slots=True)
class Scene:
    """What every step of extraction reads: the document, its parse, its quotations, the dates by token.

    ``lags`` are clauses told as so long before or after what is above them, ``spells`` nouns of what has lasted for so
    long, ``occasions`` happenings that the text dates somewhere, by their noun, ``datelines`` those of each section by
    the number of the sentence that they open; ``dateline`` is that of the section being read; ``answers`` those of an
    interview.
    """

    document: Document
    parse: Parse
    quotes: QuoteIndex
    times: dict[int, list[Time]]
    story: Story
    dateline: Referent | None = None
    dateline_end: int = 0
    lags: dict[int, Lag] = field(default_factory=dict)
    spells: dict[int, Time] = field(default_factory=dict)
    occasions: dict[Occasion, When] = field(default_factory=dict)
    datelines: dict[int, Dateline] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Time:
    """A date expression over tokens ``first`` to ``last`` (exclusive); ``coming`` reads it as yet to come."""

    first: int
    last: int
    text: str
    past: When | None
    coming: When | None
    since: bool = False


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, and on what day, a section is written; ``last`` is the number of the sentence that it places."""

    place: Referent | None
    when: When | None
    last: int


@dataclass(slots=True)
class Frame:
    """A trigger at ``token`` (with the object noun ``companion`` of a phrase) and what has been found out about it."""

    token: int
    trigger: Trigger
    companion: int | None = None
    judgement: Judgement = field(default_factory=lambda: Judgement(ASSERTED))
    roles: dict[str, list[Referent]] = field(default_factory=dict)
    dated: bool = True
    others: list[Frame] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The event class."""
        return self.trigger.kind
