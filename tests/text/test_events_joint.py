"""Deeds done together with others, and deeds that somebody is accused of."""

from __future__ import annotations

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
