"""The pipeline and reference data, loaded once for all tests of text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from kg.config import Settings
from kg.link.reference import Reference, load_reference
from kg.model import Article
from kg.text.annotate import annotate as annotate_article
from kg.text.annotate import load_pipeline
from kg.text.document import Document


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The small English pipeline."""
    return load_pipeline(Settings())


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The reference data that ships."""
    return load_reference()


@pytest.fixture(scope="session")
def annotate(nlp: Language, reference: Reference) -> Callable[..., Document]:
    """Annotates a text as an article of a given date."""

    def run(text: str, published: str = "2012-06-05") -> Document:
        article = Article(slug="x", title="", text=text, source="test", published=published)
        return annotate_article(article, reference, nlp)

    return run
