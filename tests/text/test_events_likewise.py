"""Deeds told by likening them to others, by papers, by members of a crowd; and possessors who do not act."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys


@pytest.mark.parametrize(
    ("text", "kind", "agents"),
    [
        ("Boris Johnson called for calm on Monday. Angela Merkel did the same.", "Appeal", {"angela-merkel"}),
        ("Kenya expelled the Sudanese envoy on Monday. Uganda followed suit.", "Expulsion", {"uganda"}),
        ("Kenya has recognised Kosovo. So has Ghana.", "Recognition", {"ghana"}),
        ("Kenya recognised Kosovo in May. So, less loudly, did Ghana.", "Recognition", {"ghana"}),
    ],
)
def test_the_same_is_told_of_another(text: str, kind: str, agents: set[str]) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert agents in [keys(event, "agent") for event in found]
    assert len({tuple(sorted(keys(event, "target"))) for event in found}) == 1


def test_a_day_later_is_a_day_later() -> None:
    told = "Kenya expelled the Sudanese envoy on Monday. Uganda followed suit a day later."
    assert {event.date for event in extract(told) if event.kind == "Expulsion"} == {"2016-05-09", "2016-05-10"}


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("Russia expelled two Dutch envoys on Monday. The Netherlands responded in kind.", "Expulsion",
         {"netherlands"}, {"russia"}),
        ("Kenya banned Ugandan airlines on Monday. Uganda reciprocated on Tuesday.", "Sanction", {"uganda"}, {"kenya"}),
        ("Peru expelled two Chilean diplomats. Ana Soto, Chile's foreign minister, answered in kind.", "Expulsion",
         {"ana-soto"}, {"peru"}),
    ],
)  # fmt: skip
def test_what_is_answered_in_kind_is_done_to_whoever_began(
    text: str, kind: str, agents: set[str], targets: set[str]
) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert (agents, targets) in [(keys(event, "agent"), keys(event, "target")) for event in found]


@pytest.mark.parametrize(
    "text", ["Kenya has a problem. So has Ghana.", "Angela Merkel did the same.", "Kenya did not follow suit."]
)
def test_nothing_is_told_where_there_is_no_model(text: str) -> None:
    assert extract(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "agents"),
    [
        ("Vladimir Putin issued a declaration calling for restraint.", "Appeal", {"vladimir-putin"}),
        ("Kenya issued a statement condemning the raid.", "Accusation", {"kenya"}),
        ("Sixty countries abstained, among them Brazil, Japan and Chile.", "Vote", {"brazil", "japan", "chile"}),
        ("Nine countries, including Kenya and Ghana, backed the text.", "Support", {"kenya", "ghana"}),
        ("Vladimir Putin's spokesman denied the report.", "Rejection", {"russia"}),
        ("In Lima the OPEC cartel, after hearing an envoy, Musa Chambas, urged calm.", "Appeal", {"opec"}),
        ("Peru signed side letters with Chile and Bolivia.", "Agreement", {"peru", "chile", "bolivia"}),
    ],
)
def test_who_does_it(text: str, kind: str, agents: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind == kind]
    assert keys(event, "agent") == agents


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vladimir Putin's police commissioner resigned.", "Resignation"),
        ("Kenya's police commissioner resigned.", "Resignation"),
        ("The European Union promised to hit back.", "Accusation"),
        ("Kenya went back to voting no.", "Visit"),
        ("Adama Barrow beat Yahya Jammeh at the polls.", "Attack"),
    ],
)
def test_it_is_not_told(text: str, kind: str) -> None:
    assert [event for event in extract(text) if event.kind == kind] == []


def test_what_is_looked_into_is_not_done_by_those_who_look() -> None:
    found = extract("Kenyan detectives have launched an inquiry into the hijacking of a bus.")
    assert [event.kind for event in found] == ["Investigation"]


def test_a_concession_offered_is_one() -> None:
    assert [event.kind for event in extract("The rebels returned when Iraq offered a compromise.")] == ["Concession"]


@pytest.mark.parametrize(
    ("text", "kind", "agents"),
    [
        ("Kenya called for restraint and Uganda for talks.", "Appeal", [{"kenya"}, {"uganda"}]),
        ("Kenya condemned the raid and Denmark the reprisals.", "Accusation", [{"denmark"}, {"kenya"}]),
        ("Kenya agreed to the plan, its envoy, Ann Lee, saying that it was fair.", "Statement", [{"ann-lee"}]),
    ],
)
def test_a_second_speaker_shares_the_verb_or_has_his_own(text: str, kind: str, agents: list[set[str]]) -> None:
    assert sorted((keys(event, "agent") for event in extract(text) if event.kind == kind), key=str) == agents
