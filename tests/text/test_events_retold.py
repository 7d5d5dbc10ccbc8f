"""A definite noun that names again what was told before is one more report of it, and never an event of its own."""

from __future__ import annotations

import pytest

from kg.link.merge import merge
from tests.text.extraction import extract

BOMBED = "Kenyan jets bombed Kismayo on Tuesday. "
MET = "Angela Merkel met Francois Hollande in Berlin on Monday. "


def sentences(text: str, kind: str) -> list[list[str]]:
    """For each happening of a kind, the beginnings of the sentences that report it."""
    found: dict[str, list[str]] = {}
    for event in merge(extract(text), {"test": "2016-05-12"}):
        if event.kind == kind:
            found.setdefault(event.key, []).append(event.evidence.quote)
    return list(found.values())


@pytest.mark.parametrize(
    ("text", "kind", "again"),
    [
        (BOMBED + "Somalia protested. The bombing angered Ethiopia.", "Attack", "The bombing"),
        (BOMBED + "Ethiopia was warned an hour before Tuesday's raid.", "Attack", "Ethiopia was warned"),
        ("North Korea exploded a nuclear device on May 3. The blast on May 3 was deep.", "WeaponsTest", "The blast"),
        ("Peru expelled three Chilean diplomats on Monday. Chile regretted the expulsions.", "Expulsion", "Chile"),
        (MET + "The talks lasted four hours.", "Meeting", "The talks"),
        (MET + "Nothing was said after Monday's meeting in Berlin.", "Meeting", "Nothing was said"),
        ("Peru and Chile signed a border treaty on Tuesday. Crowds watched the signing.", "Agreement", "Crowds"),
        ("John Kerry visited Hanoi on Monday. During the trip he praised the army.", "Visit", "During the trip"),
        ("Russia vetoed a resolution on Syria on Friday. The veto was its fifth.", "Veto", "The veto"),
        ("Mali recalled its ambassador to France. The recall was no surprise.", "Sanction", "The recall"),
        ("Barack Obama will visit Hanoi next week. The visit was announced in March.", "Visit", "The visit"),
    ],
)
def test_a_second_telling_is_one_more_report(text: str, kind: str, again: str) -> None:
    [reports] = sentences(text, kind)
    assert len(reports) == 2
    assert reports[1].startswith(again)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (MET + "The talks in Lima lasted four hours.", "Meeting"),
        (MET + "The talks between Peru and Chile lasted four hours.", "Meeting"),
        (MET + "More talks are needed.", "Meeting"),
        (MET + "The next meeting may be in Paris.", "Meeting"),
        (BOMBED + "Bombings are common there.", "Attack"),
        (BOMBED + "A bombing can be the beginning of a war.", "Attack"),
        (BOMBED + "The Ethiopian bombing was long ago.", "Attack"),
        (BOMBED + "The bombing of May 3 two years ago angered everybody.", "Attack"),
        (BOMBED + "Uganda denied the bombing.", "Attack"),
        (BOMBED + "A second bombing would be worse.", "Attack"),
        (BOMBED + "Ugandan jets bombed Merca on Monday. Elections are near. The bombing was condemned.", "Attack"),
        (BOMBED + "The alleged raid was not confirmed.", "Attack"),
        ("Peru and Chile signed a treaty on Tuesday. The treaty has nine articles.", "Agreement"),
    ],
)
def test_what_may_be_another_happening_is_no_report(text: str, kind: str) -> None:
    assert all(len(reports) == 1 for reports in sentences(text, kind))


def test_nothing_is_told_by_a_definite_noun_alone() -> None:
    assert extract("The bombing angered everybody. The talks lasted for hours.") == []


def test_the_report_has_what_the_first_telling_told() -> None:
    first, second = (event for event in extract(BOMBED + "The bombing was unexpected.") if event.kind == "Attack")
    assert (second.roles, second.date) == (first.roles, first.date)
    assert second.evidence.begin > first.evidence.begin
