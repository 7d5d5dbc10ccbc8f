"""Places that no phrase of the trigger itself names: of the clause, of those who act, of what was told before."""

from __future__ import annotations

import pytest

from kg.model import Event
from tests.text.extraction import extract, keys


def last(kind: str, text: str) -> Event:
    """The last event of a kind in a text read on Thursday 12 May 2016."""
    return [event for event in extract(text) if event.kind == kind][-1]


def placed(kind: str, text: str) -> set[str]:
    """The keys of its places."""
    return keys(last(kind, text), "place")


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "Then, on Monday afternoon, before the cameras in a hotel in Santiago, Alan Garcia of Peru walked around "
            "a table and shook hands with Rafael Correa of Ecuador.",
            "Meeting",
            "santiago",
        ),
        (
            "Peruvian jets bombed a rebel camp a mile inside Ecuador and killed the rebel commander Juan Reyes.",
            "Killing",
            "ecuador",
        ),
        ("The accord was brokered by Norway in Oslo in 1993.", "Mediation", "oslo"),
        ("On the sidelines of a conference in Munich, Angela Merkel met Li Keqiang.", "Meeting", "munich"),
        ("Pirates seized a Danish tanker off the coast of Somalia on Monday.", "Coercion", "somalia"),
        ("Turkish troops killed 12 rebels across the border in Syria on Monday.", "Killing", "syria"),
        ("In the 1990s in Bosnia, Serb forces killed thousands.", "Killing", "bosnia-and-herzegovina"),
    ],
)
def test_a_phrase_deep_in_the_clause(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "Mark Rutte, who was in Warsaw for a summit with Andrzej Duda, told reporters that the pact was dead.",
            "Statement",
            "warsaw",
        ),
        (
            "Angela Merkel, on a visit to Ankara, criticised the arrest of a journalist in Moscow.",
            "Accusation",
            "ankara",
        ),
        ("Addressing parliament in Ottawa, Volodymyr Zelensky accused Russia of genocide.", "Accusation", "ottawa"),
        ("Rafael Correa cautioned on his return to Quito that it would take time.", "Statement", "quito"),
        ("Ulf Larsen flew to Oslo on Monday and pledged support for Norway.", "Support", "oslo"),
    ],
)
def test_where_those_are_who_act(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


def test_a_journey_to_two_cities_leads_to_both() -> None:
    text = "Boris Johnson flew to Lima and Quito last week and signed declarations with Peru and Ecuador."
    assert placed("Agreement", text) == {"lima", "quito"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Beijing, foreign ministry spokeswoman Hua Chunying said that China supported the talks.", "beijing"),
        ("Speaking in Lima, Ollanta Humala said that Peru supported the talks.", "lima"),
    ],
)
def test_a_stance_is_taken_where_it_is_reported(text: str, place: str) -> None:
    assert placed("Support", text) == {place}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Peru invaded Chile on Monday.", "Attack", "chile"),
        ("Peru's occupation of the island of Morlund began in 1995.", "Coercion", "morlund"),
        ("Chadian troops seized the town of Barevna in western Niger on Monday.", "Detention", "barevna"),
    ],
)
def test_what_is_taken_is_where_that_happens(text: str, kind: str, place: str) -> None:
    event = [event for event in extract(text) if event.kind in (kind, "Attack", "Coercion", "Detention")][-1]
    assert keys(event, "place") == {place}


@pytest.mark.parametrize(
    "text",
    [
        "Idriss Sado, who led the overthrow of President Paul Biya of Cameroon in August, called for calm.",
        "Soldiers led by Colonel Idriss Sado toppled President Paul Biya in Cameroon on Monday.",
    ],
)
def test_power_is_seized_in_the_state_of_who_loses_it(text: str) -> None:
    assert placed("Coercion", text) == {"cameroon"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Antony Blinken flew to Nairobi on Monday. A bomb killed 12 in the city's main market.", "nairobi"),
        ("Fighting raged around Aleppo on Monday. Rebels killed nine soldiers in the city.", "aleppo"),
        (
            "Rebels attacked the village of Tarvina in northern Mali on Monday. "
            "At least 31 people have been killed in the area since March.",
            "tarvina",
        ),
    ],
)
def test_the_city_is_the_one_named_before(text: str, place: str) -> None:
    assert placed("Killing", text) == {place}


@pytest.mark.parametrize(
    "text",
    [
        "Sergei Lavrov met John Kerry at the Belgian embassy in Cairo on Monday.",
        "CAIRO (PNA) — Gunmen attacked the Belgian embassy. Sergei Lavrov met John Kerry at the embassy on Tuesday.",
    ],
)
def test_an_embassy_is_in_its_host_city(text: str) -> None:
    assert placed("Meeting", text) == {"cairo"}


def test_talks_that_continue_are_where_they_began() -> None:
    text = (
        "Sergei Lavrov arrived in New York on Wednesday and had dinner with John Kerry. "
        "Their talks continued on Thursday."
    )
    assert placed("Negotiation", text) == {"new-york-city"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The UN Security Council will discuss the crisis on Saturday at the request of the United States.", "Meeting"),
        ("Peru on Monday expelled the ambassador of Chile.", "Expulsion"),
        ("Donald Trump, who visited Riyadh last month, took the side of the Saudis on Monday.", "Support"),
        ("John Kerry visited Lima on Monday. Kerry condemned the attack in a radio address.", "Accusation"),
        ("Barack Obama met Raúl Castro after the earthquake in Nepal.", "Meeting"),
    ],
)
def test_names_that_are_no_place_of_it(text: str, kind: str) -> None:
    assert placed(kind, text) == set()


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "Peru struck a deal on Monday, when its envoys sat down with Chile in an office in Arequipa.",
            "Agreement",
            "arequipa",
        ),
        ("Ana Moya promised help when Juan Rojas came to Lima on Monday.", "Statement", "lima"),
        (
            "Received by Viktor Orban in Budapest on Friday, Ulf Larsen agreed to sell Hungary four jets.",
            "Agreement",
            "budapest",
        ),
        (
            "The test may be Strasbourg, where the Council of Europe is to vote on the treaty.",
            "Vote",
            "strasbourg",
        ),
        (
            "Ana Moya told a rally at Churvi in Rajasthan that Peru was safe.",
            "Statement",
            "churvi",
        ),
        ("From the palace in Jakarta, Joko Widodo telephoned Barack Obama on Monday.", "PhoneCall", "jakarta"),
        (
            "Rebels stormed the town of Kidova in Mali and took soldiers hostage in its hospital.",
            "Detention",
            "kidova",
        ),
    ],
)
def test_clauses_that_tell_where(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


def test_violence_told_on_is_where_it_was() -> None:
    text = "On Monday rebels stormed the town of Kidova in Mali. Officials said that 23 people had been killed."
    assert placed("Killing", text) == {"kidova"}


def test_persons_who_sign_after_the_opening_do_so_at_the_dateline() -> None:
    text = (
        "HELSINKI — Peru and Chile on Monday put an end to their war.\n\n"
        "Ana Moya and Juan Rojas signed the memorandum in the presence of the king."
    )
    assert placed("Agreement", text) == {"helsinki"}


def test_troops_sent_elsewhere_are_not_where_an_embassy_was_shut() -> None:
    text = "Hugo Moya shut the embassy in Bogota on Sunday and sent troops to the frontier."
    assert placed("Mobilisation", text) == set()


def test_the_province_is_the_part_of_a_state_spoken_of_most() -> None:
    text = (
        "Aceh voted on Monday. The people of Aceh were tired of war.\n\nIn Jakarta officials were silent.\n\n"
        "The army said nothing.\n\nNobody was surprised.\n\nPresident Joko Widodo declared martial law in the province."
    )
    assert placed("Coercion", text) == {"aceh"}
