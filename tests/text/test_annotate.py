"""Annotation as a whole: sentences, offsets, very long and very short texts, the model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from kg.config import Settings
from kg.errors import UsageError
from kg.link.reference import Reference
from kg.link.resolve import entities
from kg.text.alliances import alliances
from kg.text.annotate import load_pipeline
from kg.text.document import Document
from kg.text.positions import positions
from kg.text.relations import memberships

Annotate = Callable[..., Document]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "—", "(", "’s", "of the", "THE", "1", "President", "his", "🙂 🙂"]
)
def test_texts_that_say_nothing_are_read(annotate: Annotate, reference: Reference, text: str) -> None:
    document = annotate(text, "")
    assert positions(document) == []
    assert memberships(document) == []
    assert alliances(document) == []
    assert not [e for e in entities(document, reference) if e.identities]


def test_headline_and_paragraph_are_separate_sentences(annotate: Annotate) -> None:
    document = annotate("Ministers meet in Lima\n\nThe ministers of Peru met on Monday.")
    assert [s.text.strip() for s in document.doc.sents][-1] == "The ministers of Peru met on Monday."


def test_every_mention_lies_in_the_text(annotate: Annotate) -> None:
    text = "President Jacques Chirac and his German counterpart, Gerhard Schroeder, met. The two leaders agreed."
    document = annotate(text, "2003-01-01")
    for span in document.spans:
        assert 0 <= span.start < span.end <= len(document.doc)
        assert span.start <= span.root < span.end or span.form != "name"
        assert span.referents
    assert document.doc.text == text


def test_very_long_text_keeps_its_offsets(annotate: Annotate) -> None:
    paragraph = "Juma Otieno, Kenya's interior minister, spoke in Nairobi on Monday about the border with Uganda.\n\n"
    document = annotate(paragraph * 1100, "2013-05-01")
    assert document.doc.text == document.article.text
    assert len(document.article.text) > 100_000
    assert {t.holder for t in positions(document)} == {"person/juma-otieno"}


def test_everything_mentioned_has_a_key(annotate: Annotate) -> None:
    text = (
        "Juma Otieno, Kenya's interior minister, met rebels of the Free Lakes Army in the village of Kalombo. "
        "The Harbour Gazette said that the Lakes Treaty was signed; Western governments welcomed it."
    )
    document = annotate(text, "2013-05-01")
    assert all(r.key for span in document.spans for r in span.referents)


def test_unknown_model_is_told() -> None:
    with pytest.raises(UsageError, match="xx_no_such_model"):
        load_pipeline(Settings(model="xx_no_such_model"))


def test_pipeline_parses_tags_and_lemmatises(nlp: Language) -> None:
    assert {"tagger", "parser", "ner", "lemmatizer", "paragraphs"} <= set(nlp.pipe_names)
