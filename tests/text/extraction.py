"""Reads sentences with the real pipeline and reference data, loaded once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.config import Settings
from kg.link.reference import load_reference
from kg.model import Article, Event
from kg.text.annotate import annotate, load_pipeline
from kg.text.events import events

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.link.reference import Reference


@lru_cache(maxsize=1)
def _tools() -> tuple[Language, Reference]:
    return load_pipeline(Settings()), load_reference()


def extract(text: str, published: str = "2016-05-12") -> list[Event]:
    """The events of a text as of a day (a Thursday)."""
    nlp, reference = _tools()
    article = Article(slug="test", title="", text=text, source="test", published=published)
    return events(annotate(article, reference, nlp))


def keys(event: Event, role: str) -> set[str]:
    """The keys in one role, without their folder."""
    return {item.key.rpartition("/")[2] for item in event.roles if item.name == role}
