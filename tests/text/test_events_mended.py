"""Who is meant, and what is told: mistakes that a reader of a first graph would stumble over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document
from kg.text.relations import memberships
from tests.text.extraction import extract, keys

Annotate = Callable[..., Document]


@pytest.mark.parametrize(
    ("text", "kind", "agents"),
    [
        ("Norway and Spain closed the port. The two governments blamed smugglers.", "Accusation", {"norway", "spain"}),
        ("The Arab League imposed sanctions on Mali and Chad. They condemned the coup.", "Accusation", set()),
        ("Peru and Chile signed a pact. The latter imposed a tariff on sugar.", "Sanction", {"chile"}),
        ("Angela Merkel met Barack Obama. The former praised the latter.", "Support", {"angela-merkel"}),
        ("North and South Korea resumed talks on Friday.", "Negotiation", {"north-korea", "south-korea"}),
        ("The Group of 20 condemned Togo.", "Accusation", {"group-of-twenty"}),
        ("The Obama administration warned Togo on Monday.", "Threat", {"united-states"}),
        ("The Abe cabinet approved sanctions on North Korea.", "Sanction", {"japan"}),
        ("The cabinet of Prime Minister Shinzo Abe condemned North Korea.", "Accusation", {"japan"}),
        ("The Hartwell administration warned Togo on Monday.", "Threat", set()),
        ("Kenya closed its border. The country's army shelled a Somali village.", "Attack", {"kenyan-army"}),
    ],
)
def test_who_is_meant(text: str, kind: str, agents: set[str]) -> None:
    assert {key for event in extract(text) if event.kind == kind for key in keys(event, "agent")} == agents


def test_the_government_is_that_of_the_scene() -> None:
    told = "The United States was worried. The United States urged calm. Marchers in Harare accused the government."
    [accusation] = [event for event in extract(told) if event.kind == "Accusation"]
    assert keys(accusation, "target") == {"zimbabwe"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Unlike in 1974, when Turkey invaded Cyprus, the council was divided.", "Attack"),
        ("As in 1956, when Soviet troops crushed the uprising in Hungary, nobody came to help.", "Coercion"),
        ("The envoy shouted, like Nikita Khrushchev denouncing the United States.", "Accusation"),
        ('Angela Merkel called Boris Johnson "reckless" on Monday.', "PhoneCall"),
        ('John Kerry called Iran "a threat to the region" on Monday.', "Appeal"),
        ("The bloc suspended Zimbabwe from its councils.", "OfficeChange"),
        ("UN observers in Homs reported shelling.", "Attack"),
    ],
)
def test_it_is_not_told(text: str, kind: str) -> None:
    assert [event for event in extract(text) if event.kind == kind] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mali suspended the governor of Gao.", "Expulsion"),
        ("Paul Kagame praised his country's vast neighbour.", "Support"),
        ("Margaret Beckett thanked Spain's friends in the region.", "Support"),
    ],
)
def test_nobody_does_it_to_himself_or_to_his_neighbour(text: str, kind: str) -> None:
    [event] = [event for event in extract(text) if event.kind == kind]
    assert keys(event, "target") == set()


@pytest.mark.parametrize("text", ["Barack Obama rejected it on Monday.", "Kenya, which Uganda condemned, protested."])
def test_no_day_and_no_pronoun_is_what_was_said(text: str) -> None:
    assert [event.content.text for event in extract(text) if event.content] == []


def test_who_reports_a_meeting_takes_no_part() -> None:
    told = "Chinese state television reported a setback after a meeting between Hu Jintao and Vladimir Putin."
    [meeting] = [event for event in extract(told, "2010-05-12") if event.kind == "Meeting"]
    assert keys(meeting, "agent") == {"hu-jintao", "vladimir-putin"}


def test_observers_near_a_town_make_it_no_member(annotate: Annotate) -> None:
    assert memberships(annotate("UN observers near Goma reported shelling.")) == []


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Togo turned on Ghana, accusing it of spying.", "Accusation", "ghana"),
        (
            "Togo brought a case against Ghana before the International Court of Justice, accusing it of theft.",
            "Accusation",
            "ghana",
        ),
        ("Barack Obama received the envoy, Ahmet Davutoglu, and urged him to wait.", "Appeal", "ahmet-davutoglu"),
        (
            "Barack Obama spoke of Dmitry Medvedev, whom until this week he had accused of fraud.",
            "Accusation",
            "dmitry-medvedev",
        ),
    ],
)
def test_a_pronoun_means_whom_the_clause_before_did_something_to(text: str, kind: str, target: str) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert {key for event in found for key in keys(event, "target")} == {target}


def test_nobody_demands_something_of_himself() -> None:
    found = extract("Chad denied it on Monday. The Security Council unanimously demanded that it withdraw.")
    [demand] = [event for event in found if event.kind == "Demand"]
    assert keys(demand, "target") == {"chad"}


def test_a_club_suspends_whoever_is_suspended_from_it() -> None:
    [event] = [one for one in extract("Fiji was suspended from the Commonwealth on Friday.") if one.kind == "Sanction"]
    assert keys(event, "agent") == {"commonwealth-of-nations"}
    assert keys(event, "target") == {"fiji"}
