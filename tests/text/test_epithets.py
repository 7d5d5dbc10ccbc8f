"""Who is meant by a rank, a calling or a region alone, and who marches for somebody without being he."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Gen. Ana Ruiz seized power in Chad. Tom Hill was in Oslo. The general accused Mali of murder.", "ana-ruiz"),
        ("Archbishop Ana Ruiz spoke in Lima. Tom Hill was in Oslo. The archbishop accused Mali of murder.", "ana-ruiz"),
        ("Colonel Tom Hill fled. Ana Ruiz was in Oslo. The burly colonel accused Mali of murder.", "tom-hill"),
        ("Tom Hill, a lawyer, visited Chad. Ana Ruiz was in Oslo. The lawyer accused Mali of murder.", "tom-hill"),
        ("Oil tycoon Tom Hill fled to Chad. Ana Ruiz was in Oslo. The tycoon accused Mali of murder.", "tom-hill"),
    ],
)
def test_a_rank_or_calling_means_whom_the_text_gave_it(text: str, person: str) -> None:
    assert [keys(event, "agent") for event in extract(text) if event.kind == "Accusation"] == [{person}]


def test_a_rank_told_before_the_name_means_the_only_one_who_bears_it() -> None:
    found = extract("The general was arrested in Oslo. Spain accused General Tom Hill of murder.")
    assert [keys(event, "target") for event in found if event.kind == "Detention"] == [{"hill"}] or [
        keys(event, "target") for event in found if event.kind == "Detention"
    ] == [{"tom-hill"}]


def test_a_nation_of_a_region_is_the_state_told_of() -> None:
    found = extract(
        "Togo has two rival presidents. Togo expelled an envoy. The west African nation accused Peru of murder."
    )
    assert [keys(event, "agent") for event in found if event.kind == "Accusation"] == [{"togo"}]


@pytest.mark.parametrize(
    "text",
    [
        "Youths loyal to Ali Bongo burned tyres in Oyem.",
        "In Oyem hundreds of people led by Ali Bongo marched on Monday.",
        "Students faithful to Ali Bongo protested in Oyem.",
    ],
)
def test_those_who_march_for_somebody_are_not_he(text: str) -> None:
    (protest,) = [event for event in extract(text) if event.kind == "Protest"]
    (crowd,) = keys(protest, "agent")
    assert crowd.startswith("test-")


@pytest.mark.parametrize(
    "text",
    [
        "Thousands marched to the Peruvian embassy in Oslo.",
        "Students threw stones at the embassy of Peru in Oslo.",
        "Students threw stones at the Peruvian Embassy in Oslo.",
        "On Monday hundreds of miners marched to the Peruvian embassy.",
    ],
)
def test_a_protest_at_an_embassy_is_against_its_state(text: str) -> None:
    (protest,) = [event for event in extract(text) if event.kind == "Protest"]
    assert keys(protest, "target") == {"peru"}


@pytest.mark.parametrize(
    ("before", "noun", "person"),
    [
        ("Foreign Minister Pavel Ruza of Slovakia arrived in Accra.", "visitor", "pavel-ruza"),
        ("The United Nations envoy, Ruth Adler, flew to Chad.", "mediator", "ruth-adler"),
        ("Ali Hamad, the Chadian ambassador to France, spoke on Monday.", "diplomat", "ali-hamad"),
        ("Japan's foreign minister, Emi Sato, flew to Seoul.", "Japanese diplomat", "emi-sato"),
        ("General Omar Sani seized power in Niger.", "coup leader", "omar-sani"),
        ("General Omar Sani seized power in Niger.", "new strongman", "omar-sani"),
        ("Gambia's ruler, Yaya Colley, lost the vote.", "autocrat", "yaya-colley"),
        ("The opposition candidate, Ana Lobo, won in Honduras.", "winner", "ana-lobo"),
        ("The opposition candidate, Ana Lobo, won in Honduras.", "president-elect", "ana-lobo"),
        ("Police arrested Ana Lobo in Honduras. Tom Hill left.", "detainee", "ana-lobo"),
        ("Ana Lobo spoke in Lima.", "dissident", "ana-lobo"),
        ("Ana Lobo spoke in Lima.", "former paratrooper", "ana-lobo"),
        ("Ana Lobo, 54, met Tom Hill, 60.", "54-year-old lawyer", "ana-lobo"),
        ("Ana Lobo, a 54-year-old lawyer, met Tom Hill.", "54-year-old", "ana-lobo"),
        ("Ana Lobo and Tom Hill, the presidents of Honduras and Peru, met in Lima.", "latter", "tom-hill"),
    ],
)
def test_people_are_called_by_what_they_did_or_are(before: str, noun: str, person: str) -> None:
    found = extract(f"{before} The {noun} blamed Mali for the murder.")
    assert {person} in [keys(event, "agent") for event in found if event.kind == "Accusation"]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lobo met Tom Hill in Lima. The dissident blamed Mali for the murder.",  # either
        "Ana Lobo spoke in Lima. The visitor blamed Mali for the murder.",  # nobody has come
        "Ana Lobo visited Lima. The visitor, Tom Hill, blamed Mali for the murder.",
    ],
)
def test_an_epithet_that_does_not_tell_whom_means_none_of_them(text: str) -> None:
    (event,) = [event for event in extract(text) if event.kind == "Accusation"] or [None]
    assert event is None or "ana-lobo" not in keys(event, "agent")
