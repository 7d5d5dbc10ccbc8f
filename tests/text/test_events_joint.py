"""Deeds done together with others, and deeds that somebody is accused of."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

VOTE = "Peru and Bolivia joined Brazil in voting against the resolution in the Security Council on Friday."
BLAME = "Western governments blame Bolivia for a massacre of 41 people in Arica."


def test_those_joined_do_it_too() -> None:
    [vote] = [event for event in extract(VOTE) if event.kind == "Vote"]
    assert vote.choice == "Against"
    assert keys(vote, "agent") == {"peru", "bolivia", "brazil"}


def test_that_the_accused_did_it_is_the_word_of_the_accuser() -> None:
    [killing] = [event for event in extract(BLAME) if event.kind == "Killing"]
    assert killing.evidence.attributed_to == ("group/western-governments",)


TOGETHER = [
    (
        "Vote",
        "Benin could have killed the text; Togo abstained together with Ghana, Poland and Spain.",
        "togo ghana poland spain",
    ),
    ("Sanction", "Along with Ghana, Togo recalled its ambassador from Quito on Friday.", "togo ghana"),
    (
        "Visit",
        "Mary Hill said that she would land in Accra on Sunday together with Tom Ross, her deputy.",
        "mary-hill tom-ross",
    ),
    ("Appeal", "Norway applied together with Sweden to join the European Union.", "norway sweden"),
    ("Appeal", "Mary Hill joined Tom Ross in a letter urging Peru to pay.", "mary-hill tom-ross"),
    ("Visit", "Mary Hill, who had travelled to Accra with Tom Ross, met the press.", "mary-hill tom-ross"),
    ("Visit", "Mary Hill arrived in Accra with a letter from Tom Ross.", "mary-hill"),
]


@pytest.mark.parametrize(("kind", "text", "agents"), TOGETHER)
def test_what_is_done_with_others_is_theirs_too(kind: str, text: str, agents: str) -> None:
    [found] = [event for event in extract(text) if event.kind == kind]
    assert keys(found, "agent") == set(agents.split())


def test_one_suffers_it_with_others() -> None:
    [found] = extract("Mary Hill was arrested in Accra along with Tom Ross.")
    assert keys(found, "target") == {"mary-hill", "tom-ross"}


def test_a_charge_is_no_part_of_the_name_before() -> None:
    [found] = extract("Kenya and Uganda fought in May. Kenya suspects its neighbour of arming rebels.")[1:]
    assert (found.kind, keys(found, "target")) == ("Accusation", {"uganda"})


NEIGHBOURS = [
    ("Two wars were fought by Kenya and Uganda. Kenya accuses its neighbour of lying.", "uganda"),
    ("Chad bombed Niger. President Ali Hassan of Niger expelled his neighbour's ambassador.", "chad"),
    ("Soldiers seized power in Mali. Mali is alone. Togo and Benin closed their borders with their neighbour.", "mali"),
    ("Kenya and Uganda fought a war. Mary Hill urged the neighbours to respect the truce.", "kenya uganda"),
    ("Kenya fought Uganda. Kenya accused its neighbour, Somalia, of lying.", "somalia"),
    ("Kenya fought Uganda. Kenya accused its northern neighbour Ethiopia of lying.", "ethiopia"),
]


@pytest.mark.parametrize(("text", "targets"), NEIGHBOURS)
def test_a_neighbour_is_the_other_state_of_the_story(text: str, targets: str) -> None:
    found = extract(text)[-1]
    assert keys(found, "target") == set(targets.split())
