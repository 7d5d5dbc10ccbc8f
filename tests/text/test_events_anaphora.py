"""A happening spoken of again is one happening, with all that either mention tells."""

from __future__ import annotations

from kg.model import Event
from tests.text.extraction import extract, keys

TOLD = (
    "Western governments blame soldiers for a massacre of 41 people last month. "
    "Peru condemned Bolivia for the massacre in Arica."
)
APART = (
    "Western governments blame soldiers for a massacre of 41 people last month. "
    "The African Union blames soldiers for a massacre of 12 people in March. "
    "Peru condemned Bolivia for the massacre in Arica."
)


def killings(text: str) -> list[Event]:
    return [event for event in extract(text) if event.kind == "Killing"]


def test_two_mentions_of_one_happening_tell_the_same() -> None:
    found = killings(TOLD)
    assert len(found) == 2
    assert {event.killed for event in found} == {41}
    assert {event.date for event in found} == {"2016-04"}
    assert all("arica" in keys(event, "place") for event in found)


def test_definite_noun_takes_nothing_where_two_happenings_could_be_meant() -> None:
    assert [event.killed for event in killings(APART) if "arica" in keys(event, "place")] == [None]
