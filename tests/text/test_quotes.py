"""Quotations, whatever the marks, and who said them."""

from __future__ import annotations

import pytest

from kg.text.quotes import find_quotes
from tests.text.extraction import extract, keys


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"We are ready," she said.', ["We are ready,"]),
        ("“We are ready,” she said.", ["We are ready,"]),
        ("‘We are ready,’ she said. It was Peru’s turn.", ["We are ready,"]),
        ("“He told us ‘go home’ twice,” she said.", ["He told us ‘go home’ twice,"]),
        ('"We are ready," she said. "We leave now."', ["We are ready,", "We leave now."]),
        ("``We are ready,'' she said.", ["We are ready,"]),
        ("Nothing is quoted in Peru's plan.", []),
    ],
)
def test_quotations_are_found(text: str, inner: list[str]) -> None:
    assert [quote.text for quote in find_quotes(text)] == inner


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    text = '"We are ready.\n\n"We leave now," she said.'
    assert [quote.text for quote in find_quotes(text)] == ["We are ready.", "We leave now,"]


def test_offsets_point_between_the_marks() -> None:
    text = 'She said "never again" twice.'
    (quote,) = find_quotes(text)
    assert text[quote.begin : quote.finish] == "never again"


@pytest.mark.parametrize(
    "text",
    [
        '"Our patience has run out," Barack Obama said on Tuesday.',
        '"Our patience has run out," said Barack Obama.',
        'Barack Obama said: "Our patience has run out."',
        '"Our patience," Barack Obama said, "has run out."',
        'Barack Obama warned Sudan that "patience has run out".',
    ],
)
def test_the_speaker_is_the_agent_of_the_statement(text: str) -> None:
    statements = [event for event in extract(text) if event.kind == "Statement"]
    assert [keys(event, "agent") for event in statements] == [{"barack-obama"}]
    assert "run out" in statements[0].quotation


def test_a_quotation_that_runs_on_has_the_same_speaker() -> None:
    text = '"Our patience has run out," said Barack Obama. "We shall act before the winter comes."'
    statements = [event for event in extract(text) if event.kind == "Statement"]
    assert [keys(event, "agent") for event in statements] == [{"barack-obama"}] * 2
    assert statements[1].quotation == "We shall act before the winter comes."


def test_what_is_reported_is_ascribed() -> None:
    found = extract("Ethiopia said on Monday that Eritrea had attacked Sudan.")
    attack = next(event for event in found if event.kind == "Attack")
    assert attack.evidence.attributed_to == ("state/ethiopia",)
    assert keys(attack, "agent") == {"eritrea"}
    assert "Statement" in [event.kind for event in found]


def test_according_to_ascribes() -> None:
    (attack,) = (e for e in extract("According to Ethiopia, Eritrea attacked Sudan.") if e.kind == "Attack")
    assert attack.evidence.attributed_to == ("state/ethiopia",)
