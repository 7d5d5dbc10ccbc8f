"""Scoring against PLOVER records and PIKES graphs: what counts as right, and what is not judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import pikes, plover
from kg.model import Article, Entity, Event, Evidence, Mention, Reading, Role, Tenure

TEXT = "Norwegian envoys accused Chad of fraud."
NORWAY = Entity(key="state/norway", kind="State", name="Norway", iso3="NOR")
CHAD = Entity(key="state/chad", kind="State", name="Chad", iso3="TCD")
ENVOYS = Entity(key="group/envoys", kind="Group", name="Norwegian envoys", of_state="state/norway")
MINISTER = Entity(key="person/minister", kind="Person", name="Ola Ask")
MINISTRY = Entity(key="body/ministry", kind="GovernmentBody", name="Ministry", of_state="state/norway")
TOWN = Entity(key="place/abeche", kind="Place", name="Abéché", located_in="state/chad")
UNION = Entity(key="organisation/union", kind="IntergovernmentalOrganisation", name="Union")
ENTITIES = (NORWAY, CHAD, ENVOYS, MINISTER, MINISTRY, TOWN, UNION)
EVIDENCE = Evidence(article="a", begin=0, finish=len(TEXT), quote=TEXT)


def event(kind: str, **roles: str) -> Event:
    return Event(kind=kind, evidence=EVIDENCE, roles=tuple(Role(name=name, key=key) for name, key in roles.items()))


def reading(*facts: Event | Tenure, mentions: tuple[Mention, ...] = (), text: str = TEXT) -> Reading:
    article = Article(slug="a", title="", text=text, source="a.jsonl")
    return Reading(article=article, entities=ENTITIES, mentions=mentions, facts=facts)


def record(root: str = "DISAPPROVE", source: str = "NOR", target: str = "TCD") -> plover.Record:
    sides = {"source": frozenset({source} - {""}), "target": frozenset({target} - {""})}
    return plover.Record(identifier="r", text=TEXT, root=root, **sides)


def shares(wanted: plover.Record, *facts: Event | Tenure) -> dict[str, tuple[int, int]]:
    result = plover.score([wanted], [reading(*facts)])
    return {name: (share.right, share.total) for name, share in result.shares.items()}


@pytest.mark.parametrize(
    ("kind", "root", "right"),
    [
        ("Accusation", "DISAPPROVE", 1),
        ("Veto", "REJECT", 1),
        ("Summit", "CONSULT", 1),
        ("Appeal", "DEMAND", 1),
        ("Killing", "FIGHT", 1),
        ("Killing", "ASSAULT", 1),
        ("Meeting", "AGREE", 0),
        ("Statement", "CONSULT", 0),
    ],
)
def test_root_is_that_of_the_class_or_one_above(kind: str, root: str, right: int) -> None:
    assert shares(record(root), event(kind))["root"] == (right, 1)


@pytest.mark.parametrize(
    ("agent", "right"),
    [
        ("state/norway", 1),
        ("group/envoys", 1),
        ("body/ministry", 1),
        ("person/minister", 1),
        ("state/chad", 0),
        ("organisation/union", 0),
    ],
)
def test_source_country_is_the_agents_or_that_of_his_state_or_office(agent: str, right: int) -> None:
    office = Tenure(holder="person/minister", organisation="body/ministry", title="minister", evidence=EVIDENCE)
    assert shares(record(), event("Accusation", agent=agent), office)["source country"] == (right, 1)


def test_country_of_a_place_under_attack_is_where_it_lies() -> None:
    found = shares(record("FIGHT"), event("Attack", agent="state/norway", target="place/abeche"))
    assert found["target country"] == (1, 1)


def test_sides_are_kept_apart_unless_the_event_is_mutual() -> None:
    reverse = {"agent": "state/chad", "target": "state/norway"}
    assert shares(record(), event("Accusation", **reverse))["source country"] == (0, 1)
    assert shares(record("CONSULT"), event("Meeting", **reverse))["source country"] == (1, 1)


def test_countries_are_taken_from_events_with_the_root_before_others() -> None:
    wrong = event("Statement", agent="state/norway")
    found = shares(record(), wrong, event("Accusation", agent="state/chad"))
    assert found["source country"] == (0, 1)
    found = shares(record(), wrong)
    assert (found["source country"], found["source country and root"]) == ((1, 1), (0, 1))


def test_organisation_codes_are_no_countries() -> None:
    found = shares(record(source="IGO", target=""), event("Accusation", agent="organisation/union"))
    assert found == {"root": (1, 1), "source of any kind": (1, 1)}


def test_records_are_read_with_misspelt_codes_put_right(tmp_path: Path) -> None:
    actor = {"text": "x", "code": "JAP", "sector": "GOV"}
    line: dict[str, Any] = {"id": "1", "text": TEXT, "event": "AID", "source": [actor], "target": []}
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(line) + "\n")
    (found,) = plover.records(path)
    assert (found.source, found.target, found.root) == (frozenset({"JPN"}), frozenset(), "AID")


@pytest.mark.parametrize(("line", "reason"), [("{", "not JSON"), ('{"id": "1"}', "not a PLOVER record")])
def test_bad_record_is_named_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(line)
    with pytest.raises(InputError, match=f"records.jsonl:1: {reason}"):
        list(plover.records(path))


def test_every_root_of_the_records_belongs_to_a_class() -> None:
    known = frozenset().union(*plover.roots().values())
    assert {"AGREE", "AID", "COERCE", "CONCEDE", "INVESTIGATE", "MOBILIZE", "PROTEST", "RETREAT", "THREATEN"} <= known


GRAPH = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dbpedia: <http://dbpedia.org/resource/> .
@prefix pb: <eval:propbank#> .
@prefix nb: <eval:nombank#> .
@prefix fn: <eval:framenet#> .
@prefix eval: <eval:schema#> .
@prefix : <file:///1.ttl/> .
:said a pb:say.01 ; pb:a0 :envoys ; pb:a1 :sold ; pb:am-tmp :today .
:envoys_v a nb:official.01 ; nb:a3 :deputy ; nb:a0 :envoys ; nb:a2 :norwegian .
:sold a pb:sell.01 ; pb:a0 :chad_1 ; pb:a1 :boats .
:it owl:sameAs :chad_1 .
:chad_1 owl:sameAs dbpedia:Chad .
:said eval:associableTo :boats .
"""


def edges(*pairs: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in pairs)


def test_gold_graph_joins_a_nominal_frame_with_what_it_names() -> None:
    graph = pikes.parse(GRAPH)
    said = ["said envoys", "said sold", "said today"]
    assert graph.edges == edges(*said, "envoys norwegian", "envoys deputy", "sold chad_1", "sold boats")
    assert graph.links == {("chad_1", "Chad")}
    assert graph.same == edges("it chad_1")
    assert graph.ignored == edges("said boats")


def test_covered_part_leaves_out_other_frames_and_modifiers() -> None:
    assert pikes.parse(GRAPH).covered == edges("said envoys", "envoys norwegian", "envoys deputy")


@pytest.mark.parametrize("slip", [":a a nb:group.01 ; fn:Group .", ":a a nb:group.01 ; nb:a1 :b .\n   nb:a2 :c ."])
def test_slips_in_the_turtle_of_gold_graphs_are_put_right(slip: str) -> None:
    pikes.parse(f"{GRAPH}{slip}\n")


def test_graph_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.1.ttl"
    path.write_text(":a :b")
    with pytest.raises(InputError, match=r"gold\.1\.ttl: not Turtle"):
        pikes.gold(path)


def test_edges_of_a_reading_are_counted_against_gold() -> None:
    text = "Norwegian envoys said today that it sold boats to Chad."
    mentions = (
        Mention(key="state/norway", begin=0, finish=9),
        Mention(key="group/envoys", begin=0, finish=16, form="description"),
        Mention(key="state/chad", begin=text.index("Chad"), finish=len(text) - 1),
    )
    result = pikes.Result()
    told = reading(event("Statement", agent="group/envoys", target="state/chad"), mentions=mentions, text=text)
    pikes.compare(pikes.parse(GRAPH), told, result)
    covered, whole = result.figures["edges, covered part"], result.figures["edges, whole gold"]
    assert (covered.right, covered.predicted, covered.gold) == (2, 3, 3)
    assert (whole.right, whole.gold) == (2, 7)
    assert "a: missed deputy – envoys" in result.errors


def test_records_and_sentences_beside_the_project_are_read(shared: Path) -> None:
    assert len(list(plover.records(shared / "eval" / "plover_gsr_dev.jsonl"))) > 150
    folder = shared / "eval" / "pikes_syria"
    numbers = [number for number, _ in pikes.sentences(folder / "sentences.jsonl")]
    graphs = [pikes.gold(folder / "gold" / f"gold.{number}.ttl") for number in numbers]
    assert [len(graph.links) for graph in graphs] == [2, 1, 0, 0, 2, 5, 4, 5]
