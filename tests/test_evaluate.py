"""Scoring against gold files: what counts as found, right, extra and neutral."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import evaluate
from kg.errors import InputError
from kg.evaluate import gold as gold_files
from kg.evaluate.score import Score
from kg.model import Article, Entity, Event, Evidence, Identity, Membership, Reading, Relation, Role, Tenure

TEXT = (
    "Ruritania's president, Rudolf Elphberg, met the Duke of Strelsau in Zenda on Monday.\n\n"
    "Ruritania voted against the motion of the Assembly. Rebels killed more than 40 soldiers, the Red Star said."
)
MEETING = "Rudolf Elphberg, met the Duke of Strelsau in Zenda"
GOLD: dict[str, Any] = {
    "article": {"title": "", "published": "1894-05-01"},
    "entities": [
        {"name": "Rudolf Elphberg", "type": "Person", "aliases": ["The King"], "wikidata": "Q1"},
        {"name": "Duke of Strelsau", "type": "Person", "aliases": []},
        {"name": "Ruritania", "type": "State", "aliases": [], "wikidata": "Q2"},
        {"name": "Assembly", "type": "IntergovernmentalOrganisation", "aliases": []},
        {"name": "rebels", "type": "ArmedGroup", "aliases": []},
        {"name": "Red Star", "type": "Organisation", "aliases": []},
        {"name": "Zenda", "type": "Place", "aliases": []},
    ],
    "positions": [
        {"person": "Rudolf Elphberg", "role": "President", "of": "Ruritania", "former": False, "evidence": "president"}
    ],
    "memberships": [
        {"member": "Ruritania", "organisation": "Assembly", "kind": "member", "evidence": "x", "optional": True}
    ],
    "relations": [{"type": "allyOf", "a": "Ruritania", "b": "Assembly", "evidence": "x"}],
    "events": [
        {"types": ["Meeting"], "agents": ["Rudolf Elphberg", "Duke of Strelsau"], "targets": [], "place": "Zenda",
         "date": "1894-04-30", "evidence": MEETING},
        {"types": ["Vote"], "agents": ["Ruritania"], "targets": [], "place": None, "date": None,
         "votes": {"choice": "Against"}, "evidence": "Ruritania voted against the motion"},
        {"types": ["Killing", "Attack"], "agents": ["rebels"], "targets": [], "place": None, "date": None,
         "victims": {"killed": 40, "at_least": True}, "attributed_to": "Red Star",
         "evidence": "Rebels killed more than 40 soldiers"},
        {"types": ["Accusation"], "agents": ["Red Star"], "targets": ["rebels"], "place": None, "date": None,
         "optional": True, "evidence": "the Red Star said"},
    ],
}  # fmt: skip

ENTITIES = (
    Entity(
        key="person/r",
        kind="Person",
        name="Rudolf Elphberg",
        identities=(Identity(iri="http://www.wikidata.org/entity/Q1"),),
    ),
    Entity(key="person/s", kind="Person", name="Black Michael", aliases=("The duke of Strelsau",)),
    Entity(key="state/r", kind="State", name="Ruritania"),
    Entity(key="organisation/a", kind="IntergovernmentalOrganisation", name="Assembly"),
    Entity(key="armed-group/r", kind="ArmedGroup", name="Rebels"),
    Entity(key="organisation/s", kind="Organisation", name="The Red Star"),
    Entity(key="place/z", kind="Place", name="Zenda"),
)


def said(words: str, *sources: str) -> Evidence:
    begin = TEXT.index(words)
    return Evidence(article="story", begin=begin, finish=begin + len(words), quote=words, attributed_to=sources)


def roles(**keys: str) -> tuple[Role, ...]:
    return tuple(Role(name=name.rstrip("_"), key=key) for name, key in keys.items())


MET = Event(
    kind="Meeting",
    roles=roles(agent="person/r", agent_="person/s", place="place/z"),
    date="1894-04-30",
    evidence=said(MEETING),
)
VOTED = Event(kind="Vote", roles=roles(voter="state/r"), choice="Against", evidence=said("Ruritania voted against"))
KILLED = Event(
    kind="Killing",
    roles=roles(agent="armed-group/r"),
    killed=40,
    at_least=True,
    evidence=said("Rebels killed more than 40 soldiers", "organisation/s"),
)
OFFICE = Tenure(
    holder="person/r", organisation="state/r", title="president", role="HeadOfState", evidence=said("president")
)
ALLIES = Relation(kind="allyOf", subject="organisation/a", object="state/r", evidence=said("Ruritania"))
FACTS = (MET, VOTED, KILLED, OFFICE, ALLIES)


@pytest.fixture
def golds(tmp_path: Path) -> list[gold_files.Gold]:
    (tmp_path / "story.txt").write_text(TEXT)
    (tmp_path / "story.gold.json").write_text(json.dumps(GOLD))
    return [gold_files.load(path) for path in gold_files.find([tmp_path])]


def scored(golds: list[gold_files.Gold], *facts: Any) -> Score:
    article = Article(slug="story", title="", text=TEXT, source="story.txt", published="1894-05-01")
    return evaluate.score(golds, [Reading(article=article, entities=ENTITIES, facts=facts)])


def test_a_perfect_reading_scores_one_everywhere(golds: list[gold_files.Gold]) -> None:
    score = scored(golds, *FACTS)
    for name in ("events", "roles", "positions", "memberships", "relations"):
        assert score.tally(name).f1 == 1, (name, score.errors)
    for name in ("date", "place", "choice", "victims", "evidence", "attribution", "not planned"):
        assert score.tally(name).recall == 1, (name, score.errors)
    assert score.tally("events").gold == 3, "the optional event is not asked for"


def test_a_missed_event_costs_recall_and_an_extra_one_precision(golds: list[gold_files.Gold]) -> None:
    extra = replace(KILLED, kind="Visit")
    events = scored(golds, MET, VOTED, extra).tally("events")
    assert (events.found, events.gold, events.right, events.predicted) == (2, 3, 2, 3)


def test_unmatched_statements_and_optional_events_count_neither_way(golds: list[gold_files.Gold]) -> None:
    statement = replace(KILLED, kind="Statement", roles=roles(speaker="person/s"))
    optional = replace(KILLED, kind="Accusation", roles=roles(accuser="organisation/s", target="armed-group/r"))
    events = scored(golds, *FACTS, statement, optional).tally("events")
    assert (events.precision, events.recall, events.predicted) == (1, 1, 3)


def test_a_subclass_of_an_acceptable_class_counts_and_a_superclass_does_not(golds: list[gold_files.Gold]) -> None:
    assert scored(golds, replace(MET, kind="Summit")).tally("events").found == 1
    assert scored(golds, replace(MET, kind="Consultation")).tally("events").found == 0


def test_matching_is_one_to_one_and_the_best_overlap_wins(golds: list[gold_files.Gold]) -> None:
    poor = replace(MET, roles=roles(agent="person/r"), date="", evidence=said("Ruritania's president"))
    score = scored(golds, poor, MET)
    assert score.tally("date").recall == 1
    assert (score.tally("events").predicted, score.tally("events").right) == (2, 1)


def test_without_shared_participants_events_do_not_match(golds: list[gold_files.Gold]) -> None:
    assert scored(golds, replace(MET, roles=roles(agent="state/r", place="place/z"))).tally("events").found == 0


def test_agents_and_targets_are_one_set_in_a_meeting_only(golds: list[gold_files.Gold]) -> None:
    assert scored(golds, replace(MET, roles=roles(agent="person/r", target="person/s"))).tally("roles").found == 2
    assert scored(golds, replace(VOTED, roles=roles(target="state/r"))).tally("events").found == 0


def test_a_role_too_many_costs_precision_of_roles(golds: list[gold_files.Gold]) -> None:
    roles_ = scored(golds, replace(VOTED, roles=roles(voter="state/r", agent="person/s"))).tally("roles")
    assert (roles_.precision, roles_.recall) == (0.5, 1)


def test_an_event_without_participants_asks_for_class_and_sentence(tmp_path: Path) -> None:
    data = {**GOLD, "events": [{"types": ["Killing"], "agents": [], "targets": [], "evidence": "Rebels killed"}]}
    (tmp_path / "story.txt").write_text(TEXT)
    (tmp_path / "story.gold.json").write_text(json.dumps(data))
    golds = [gold_files.load(tmp_path / "story.gold.json")]
    assert scored(golds, KILLED).tally("events").found == 1
    assert scored(golds, replace(KILLED, evidence=said(MEETING))).tally("events").found == 0


def test_a_list_within_a_list_means_any(tmp_path: Path) -> None:
    vote = {**GOLD["events"][1], "agents": [["Assembly", "Ruritania"]]}
    (tmp_path / "story.txt").write_text(TEXT)
    (tmp_path / "story.gold.json").write_text(json.dumps({**GOLD, "events": [vote]}))
    golds = [gold_files.load(tmp_path / "story.gold.json")]
    both = scored(golds, replace(VOTED, roles=roles(voter="state/r", agent="organisation/a"))).tally("roles")
    assert (both.precision, both.recall, both.gold) == (1, 1, 1)


@pytest.mark.parametrize(
    ("measure", "change"),
    [
        ("date", {"date": "1894-04"}),
        ("date", {"date": "1894-04-30", "end_date": "1894-05-01"}),
        ("place", {"roles": roles(agent="person/r", place="state/r")}),
    ],
)
def test_wrong_details_of_a_match_are_counted(golds: list[gold_files.Gold], measure: str, change: Any) -> None:
    score = scored(golds, replace(MET, **change))
    assert score.tally("events").found == 1 and score.tally(measure).recall == 0


@pytest.mark.parametrize("change", [{"killed": 41}, {"at_least": False}, {"killed": None}])
def test_wrong_figures_are_counted(golds: list[gold_files.Gold], change: Any) -> None:
    assert scored(golds, replace(KILLED, **change)).tally("victims").recall == 0


def test_positions_match_by_words_or_by_concept(golds: list[gold_files.Gold]) -> None:
    assert scored(golds, replace(OFFICE, title="King", role="HeadOfState")).tally("positions").found == 1
    assert scored(golds, replace(OFFICE, title="Presidents", role="")).tally("positions").found == 0
    assert scored(golds, replace(OFFICE, organisation="organisation/a")).tally("positions").found == 0


def test_positions_of_the_reference_data_are_not_predictions(golds: list[gold_files.Gold]) -> None:
    assert scored(golds, replace(OFFICE, evidence=None)).tally("positions").predicted == 0


def test_optional_memberships_are_neutral_and_others_extra(golds: list[gold_files.Gold]) -> None:
    neutral = Membership(member="state/r", organisation="organisation/a", evidence=said("Ruritania"))
    score = scored(golds, neutral, replace(neutral, member="person/s"))
    assert (score.tally("memberships").gold, score.tally("memberships").predicted) == (0, 1)


def test_wikidata_right_wrong_and_missing(golds: list[gold_files.Gold]) -> None:
    wrong = replace(ENTITIES[2], identities=(Identity(iri="http://www.wikidata.org/entity/Q9"),))
    article = Article(slug="story", title="", text=TEXT, source="story.txt")
    score = evaluate.score(golds, [Reading(article=article, entities=(ENTITIES[0], wrong))])
    assert (score.tally("wikidata right").found, score.tally("wikidata wrong").found) == (1, 1)
    assert score.tally("wikidata right").gold == 2


def test_a_capital_and_its_state_are_not_taken_for_each_other(golds: list[gold_files.Gold]) -> None:
    """The state may be called by its capital, as Moscow stands for Russia; that is no wrong link of the city."""
    data = [
        gold_files.GoldEntity(name="Zenda", kind="Place", names=frozenset(["Zenda"]), wikidata="Q5"),
        gold_files.GoldEntity(name="Ruritania", kind="State", names=frozenset(["Ruritania"]), wikidata="Q2"),
    ]
    state = replace(ENTITIES[2], aliases=("Zenda",), identities=(Identity(iri="http://www.wikidata.org/entity/Q2"),))
    city = replace(ENTITIES[6], identities=(Identity(iri="http://www.wikidata.org/entity/Q5"),))
    article = Article(slug="story", title="", text=TEXT, source="story.txt")
    score = evaluate.score(
        [replace(golds[0], entities=tuple(data))], [Reading(article=article, entities=(state, city))]
    )
    assert (score.tally("wikidata right").found, score.tally("wikidata wrong").found) == (2, 0)


def test_events_with_one_key_in_two_articles_share_their_roles(golds: list[gold_files.Gold]) -> None:
    article = Article(slug="story", title="", text=TEXT, source="story.txt")
    half = replace(MET, key="event/1", roles=roles(agent="person/r"))
    rest = replace(MET, key="event/1", roles=roles(agent="person/s", place="place/z"))
    readings = [Reading(article=article, entities=ENTITIES, facts=(event,)) for event in (half, rest)]
    assert evaluate.score(golds * 2, readings).tally("roles").recall == 1


def test_errors_tell_what_and_where(golds: list[gold_files.Gold]) -> None:
    errors = scored(golds, MET, VOTED).errors
    missed = [error for error in errors if error.measure == "events"]
    assert [(error.kind, error.sentence) for error in missed] == [("Killing", "Rebels killed more than 40 soldiers")]


@pytest.mark.parametrize(
    ("content", "says"),
    [("{", ":1: not JSON"), ('{"article": {}, "events": [{}]}', "not a gold file"), ("[]", "not a gold file")],
)
def test_bad_gold_file_is_one_clear_error(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    path = tmp_path / "a.gold.json"
    path.write_text(content)
    with pytest.raises(InputError, match=says):
        gold_files.load(path)


def test_paths_may_be_folders_gold_files_or_articles(golds: list[gold_files.Gold], tmp_path: Path) -> None:
    expected = [tmp_path / "story.gold.json"]
    for path in (tmp_path, tmp_path / "story.gold.json", tmp_path / "story.txt"):
        assert list(gold_files.find([path])) == expected
    with pytest.raises(InputError, match="no such file"):
        list(gold_files.find([tmp_path / "missing"]))
