"""Who speaks or negotiates without a name: an entity of the article under the words that the text has for him."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

SPEAKERS = [
    ("A Nordic banker said that the loan was lost.", "test-nordic-banker"),
    (
        "The pipeline was safe, a junior Ghanaian official in Accra said on Monday.",
        "test-junior-ghanaian-official-in-accra",
    ),
    ('"We are tired," said one aide at the treaty secretariat.', "test-aide-at-the-treaty-secretariat"),
    ("Advisers to both candidates said that the debate was off.", "test-advisers-to-both-candidates"),
    (
        "A source close to the Bolivian delegation said Chile had yielded.",
        "test-source-close-to-the-bolivian-delegation",
    ),
    ("A midwife in Gitega said that she had counted nine graves.", "test-midwife-in-gitega"),
    ("Economists said that the ban would fail.", "test-economists"),
    ("A leaked memo said that the ban would fail.", ""),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_who_speaks_without_a_name(text: str, speaker: str) -> None:
    said = [event for event in extract(text) if event.kind == "Statement"]
    assert {key for event in said for key in keys(event, "agent")} == ({speaker} - {""})


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("An aide, Ann Lee, said that it was late.", "ann-lee"),
        ("Ghanaian officials said that it was late.", "ghanaian-officials"),
    ],
)
def test_who_has_a_name_keeps_it(text: str, speaker: str) -> None:
    [said] = [event for event in extract(text) if event.kind == "Statement"]
    assert keys(said, "agent") == {speaker}


def test_the_same_source_is_one() -> None:
    first, second = extract("A Fijian trader said that prices had doubled. The trader said that nobody would sell.")
    assert keys(first, "agent") == keys(second, "agent") == {"test-fijian-trader"}


@pytest.mark.parametrize(
    ("kind", "text", "taking_part"),
    [
        (
            "Summit",
            "Leaders of 31 island states opened a summit in Apia on Monday.",
            {"test-leaders-of-31-island-states"},
        ),
        ("Meeting", "Negotiators for the two clans met in Garowe.", {"test-negotiators-for-the-two-clans"}),
        ("Agreement", "The feuding factions signed a pact in Garowe.", {"test-feuding-factions"}),
        ("Meeting", "Envoys from Peru and Chile met in Oslo.", {"peru", "chile"}),
    ],
)
def test_who_negotiates_without_a_name(kind: str, text: str, taking_part: set[str]) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert {key for event in found for key in keys(event, "agent")} == taking_part


def test_what_they_say_is_ascribed_to_them() -> None:
    found = extract("Ghana had recalled its ambassador from Togo, a port official said.")
    recalled = [event for event in found if event.kind != "Statement"]
    assert recalled
    assert all(key.endswith("test-port-official") for event in recalled for key in event.evidence.attributed_to)


def test_talks_with_those_who_have_no_name() -> None:
    [talks] = [
        event
        for event in extract("Talks with eleven island producers were held in Lome.")
        if event.kind == "Negotiation"
    ]
    assert keys(talks, "agent") == {"test-island-producers"}
