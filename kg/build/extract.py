"""From an article to what it says: the flow's language half, a pure function of article and read-only tools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.config import Settings
from kg.errors import UsageError
from kg.link import reference, resolve
from kg.model import Article, Fact, Mention, Reading
from kg.text import alliances, annotate, events, positions, relations

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.link.reference import Reference
    from kg.text.document import Document
    from kg.text.llm import Client

EXTRACTORS = ("rules", "llm", "both")


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading needs besides the article; loaded once in a process, never changed.

    ``client`` asks a language model; ``rules`` is false where it alone is to find facts.
    """

    nlp: Language
    reference: Reference
    client: Client | None = None
    rules: bool = True


@cache
def load_tools(settings: Settings) -> Tools:
    """The parser and the reference data, loaded once in this process. Raises UsageError for an unknown extractor."""
    if settings.extractor not in EXTRACTORS:
        raise UsageError(f"there is no extractor {settings.extractor!r}; known: {', '.join(EXTRACTORS)}")
    client = None
    if settings.extractor != "rules":
        from kg.text.llm import Client

        client = Client.from_settings(settings)
    rules = settings.extractor != "llm"
    return Tools(annotate.load_pipeline(settings), reference.load_reference(), client, rules)


def read_article(article: Article, tools: Tools) -> Reading:
    """All that one article says: entities, where they are mentioned, and facts with their sentences."""
    document = annotate.annotate(article, tools.reference, tools.nlp)
    facts = _by_rules(document) if tools.rules else []
    entities = resolve.entities(document, tools.reference)
    if tools.client:
        from kg.text import llm

        facts += llm.beside(facts, llm.propose(document, tools.client))
    return Reading(article=article, entities=tuple(entities), mentions=tuple(_mentions(document)), facts=tuple(facts))


def _by_rules(document: Document) -> list[Fact]:
    return [
        *events.events(document),
        *positions.positions(document),
        *relations.memberships(document),
        *alliances.alliances(document),
    ]


def _mentions(document: Document) -> Iterable[Mention]:
    for span in document.spans:
        begin, finish = document.doc[span.start].idx, document.doc[span.end - 1].idx + len(document.doc[span.end - 1])
        for referent in span.referents:
            if referent.key:
                yield Mention(key=referent.key, begin=begin, finish=finish, form=span.form)
