"""The mood of an event word, by what governs it."""

from __future__ import annotations

import pytest
import spacy.language

from kg.text.factuality import ASSERTED, CONDITIONAL, DENIED, PLANNED, POSSIBLE, QUESTION, judge
from kg.text.parse import Parse
from tests.text.extraction import extract

CASES = [
    ("Peru attacked Chile.", "attack", ASSERTED),
    ("Peru did not attack Chile.", "attack", DENIED),
    ("Peru will attack Chile.", "attack", PLANNED),
    ("Peru is due to attack Chile on Monday.", "attack", PLANNED),
    ("Peru is scheduled to visit Chile.", "visit", PLANNED),
    ("Peru may attack Chile.", "attack", POSSIBLE),
    ("Peru would have attacked Chile.", "attack", POSSIBLE),
    ("Peru said it would visit Chile.", "visit", PLANNED),
    ("Peru said that it had attacked Chile.", "attack", ASSERTED),
    ("Peru denied that it had attacked Chile.", "attack", DENIED),
    ("Peru refused to visit Chile.", "visit", DENIED),
    ("Peru threatened to attack Chile.", "attack", POSSIBLE),
    ("Unless Peru attacks Chile, nothing will change.", "attack", CONDITIONAL),
    ("Has Peru attacked Chile?", "attack", QUESTION),
    ("Peru began to attack Chile.", "attack", ASSERTED),
    ("Peru managed to visit Chile.", "visit", ASSERTED),
    ("The army did not yield but attacked Chile.", "attack", ASSERTED),
    ("Peru, which attacked Chile, denied a report.", "attack", ASSERTED),
]


@pytest.mark.parametrize(("text", "lemma", "mood"), CASES)
def test_the_mood_follows_from_what_governs_the_word(
    text: str, lemma: str, mood: str, nlp: spacy.language.Language
) -> None:
    parse = Parse(nlp(text))
    token = next(index for index in range(parse.size) if parse.lemma[index] == lemma and parse.is_verb(index))
    assert judge(parse, token).mood == mood


def test_reports_are_listed_from_the_inside(nlp: spacy.language.Language) -> None:
    parse = Parse(nlp("Ghana announced that Peru had said that Chile attacked Bolivia."))
    token = parse.lemma.index("attack")
    assert [parse.lemma[verb] for verb in judge(parse, token).reports] == ["say", "announce"]


@pytest.mark.parametrize("text", ["Peru was too weak to attack Chile.", "Chad is too proud to apologise to Niger."])
def test_what_is_too_much_so_to_be_done_is_not_done(text: str) -> None:
    assert extract(text) == []


def test_too_is_also_likewise() -> None:
    assert [event.kind for event in extract("Qatar, too, is understood to have recognised Kosovo.")] == ["Recognition"]
