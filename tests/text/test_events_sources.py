"""To whom the text ascribes what it tells: speakers, those cited, whoever answers in an interview."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

INTERVIEW = """\
Paul Kagame has led Rwanda since 2000. He spoke to Ann Lee in Kigali.

Q: Has Burundi kept its word?

A: Burundi broke the truce in March. Its army shelled Bukavu.

Q: And Uganda?

A: Yoweri Museveni visited Goma. I told the African Union that we would respond in kind.
"""


def told_by(text: str, kind: str) -> set[str]:
    return {
        key.rpartition("/")[2] for event in extract(text) if event.kind == kind for key in event.evidence.attributed_to
    }


def test_force_used_on_us_is_used_on_the_state_of_who_speaks() -> None:
    (attack,) = [
        one
        for one in extract('"Burundi has shelled us," said Paul Kagame, the president of Rwanda.')
        if one.kind == "Attack"
    ]
    assert keys(attack, "target") == {"rwanda"}


@pytest.mark.parametrize(
    ("text", "kind", "source"),
    [
        ("Ugandan jets bombed Goma, Radio Okapi reported, citing Paul Kagame.", "Attack", "paul-kagame"),
        ("By Kenya's account, Ugandan jets bombed Goma.", "Attack", "kenya"),
        ("Ugandan jets bombed Goma, according to Paul Kagame.", "Attack", "paul-kagame"),
        ("Uganda puts its own dead at 175.", "Killing", "uganda"),
        ("Kenyan officials have acknowledged about 30 deaths.", "Killing", "kenyan-officials"),
        ("Kenyan officials reported four herders killed by Ugandan artillery.", "Killing", "kenyan-officials"),
        ("Paul Kagame met reporters. Yoweri Museveni had shelled Goma, he said.", "Attack", "paul-kagame"),
    ],
)
def test_who_is_cited_tells_it(text: str, kind: str, source: str) -> None:
    assert source in told_by(text, kind)


def test_an_answer_is_ascribed_to_whom_the_interview_is_with() -> None:
    assert told_by(INTERVIEW, "Attack") == {"paul-kagame"}
    assert told_by(INTERVIEW, "Visit") == {"paul-kagame"}


def test_i_in_an_answer_is_who_answers() -> None:
    threats = [event for event in extract(INTERVIEW) if event.kind == "Threat"]
    assert any("paul-kagame" in keys(event, "agent") for event in threats), threats


def test_labels_of_a_list_make_no_interview() -> None:
    text = "Key points.\n\nTrade: Ugandan jets bombed Goma.\n\nMoney: Paul Kagame visited Goma."
    assert told_by(text, "Attack") == set()
