from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from kg.graph.map import article_quads, link_quads, reference_quads
from kg.graph.roles import RoleTable, load_roles
from kg.graph.schema import install_ontology
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import KG, Minter, kg, value
from kg.model import Event, Membership, Reading, Tenure
from tests.graph import samples

MINTER = Minter("http://example.org/")


@pytest.fixture(scope="module")
def roles() -> RoleTable:
    with open_store(None) as store:
        install_ontology(store, MINTER)
        return load_roles(store)


def graph_of(reading: Reading, roles: RoleTable) -> OxigraphStore:
    store = open_store(None)
    store.replace_graph(MINTER.article_graph(reading.article.slug), article_quads(reading, MINTER, roles))
    return store


def properties(store: OxigraphStore, node: str) -> dict[str, set[str]]:
    """Local names of our properties to what they hold, keys for things."""
    found: dict[str, set[str]] = {}
    for _, predicate, obj in store.triples(node):
        name = value(predicate).removeprefix(KG)
        found.setdefault(name, set()).add(MINTER.key(obj) or value(obj).removeprefix(KG))
    return found


def only(store: OxigraphStore, kind: str) -> str:
    (row,) = store.rows(f"SELECT ?s WHERE {{ ?s a kg:{kind} }}")
    return row["s"]


@given(samples.READINGS)
@settings(max_examples=60, deadline=None)
def test_same_reading_gives_the_same_lines_and_they_are_good_rdf(reading: Reading) -> None:
    lines = article_quads(reading, MINTER, RoleTable())
    assert lines == article_quads(replace(reading), MINTER, RoleTable()) == sorted(set(lines))
    store = open_store(None)
    store.replace_graph(MINTER.article_graph("any"), lines)
    assert len(list(store.quads())) == len(lines)


@given(samples.READINGS)
@settings(max_examples=40, deadline=None)
def test_order_of_facts_and_entities_does_not_matter(reading: Reading) -> None:
    turned = replace(reading, facts=reading.facts[::-1], entities=reading.entities[::-1])
    assert article_quads(reading, MINTER, RoleTable()) == article_quads(turned, MINTER, RoleTable())


@given(samples.READINGS)
@settings(max_examples=40, deadline=None)
def test_everything_described_has_a_label(reading: Reading) -> None:
    store = graph_of(reading, RoleTable())
    assert not store.rows("SELECT ?s WHERE { ?s a ?t FILTER NOT EXISTS { ?s rdfs:label ?l } }")


def test_event_has_general_and_specific_roles(roles: RoleTable) -> None:
    veto = properties(graph_of(samples.first(), roles), MINTER.id("event/veto"))
    voters = {"state/norland", "state/sudria"}
    assert veto["agent"] == veto["vetoer"] == veto["voterAgainst"] == voters
    assert veto["motion"] == {"document/fishing-motion"} and veto["body"] == {"organisation/harbour-council"}
    assert veto["choice"] == {"Against"} and veto["date"] == {"2031-05-02"}


def test_planned_event_has_general_roles_only(roles: RoleTable) -> None:
    store = graph_of(samples.first(), roles)
    summit = properties(store, only(store, "Summit"))
    assert summit["planned"] == {"true"} and summit["agent"] == {"state/norland"}
    assert "meetingParticipant" not in summit


def test_target_that_is_a_document_gets_the_role_for_documents(roles: RoleTable) -> None:
    assert "supportedDocument" in roles.roles("Support", "target", planned=False, of="Document")
    assert "supported" in roles.roles("Support", "target", planned=False, of="State")


def test_content_is_a_proposition_without_roles(roles: RoleTable) -> None:
    store = graph_of(samples.first(), roles)
    content = properties(store, only(store, "Proposition"))
    assert content["describes"] == {"Attack"} and content["mentions"] == {"state/estra"}
    assert not set(content) & {"agent", "target", "involves", "date"}
    assert not store.ask("ASK { ?s a kg:Attack }")


def test_report_quotes_the_text_it_points_to(roles: RoleTable) -> None:
    store = graph_of(samples.first(), roles)
    query = """SELECT ?quote ?begin ?finish ?text WHERE {
      ?r a kg:Report ; kg:quote ?quote ; kg:begin ?begin ; kg:finish ?finish ; kg:article/kg:text ?text }"""
    rows = store.rows(query)
    assert len(rows) == 6
    for row in rows:
        begin, finish = int(value(row["begin"])), int(value(row["finish"]))
        assert value(row["text"])[begin:finish] == value(row["quote"])


def test_two_articles_share_one_event_with_two_reports(roles: RoleTable) -> None:
    store = open_store(None)
    for reading in (samples.first(), samples.second()):
        store.replace_graph(MINTER.article_graph(reading.article.slug), article_quads(reading, MINTER, roles))
    assert len(store.rows("SELECT DISTINCT ?s WHERE { ?s a kg:Veto }")) == 1
    assert len(store.rows("SELECT ?r WHERE { ?s a kg:Veto ; kg:report ?r }")) == 2


def test_figures_stay_with_the_report_that_gives_them(roles: RoleTable) -> None:
    store = graph_of(samples.second(), roles)
    (row,) = store.rows("SELECT * WHERE { ?e a kg:Attack ; kg:report ?r . ?r kg:killed ?n ; kg:atLeast ?l }")
    assert value(row["n"]) == "40" and value(row["l"]) == "true"
    (row,) = store.rows("SELECT ?l WHERE { ?e a kg:Attack ; kg:report/kg:attributedTo/rdfs:label ?l }")
    assert value(row["l"]) == "relief workers"


def test_stated_relation_is_a_triple_and_a_node_with_the_report(roles: RoleTable) -> None:
    store = graph_of(samples.first(), roles)
    assert store.contains(MINTER.id("state/norland"), kg("allyOf"), MINTER.id("state/estra"))
    node = properties(store, only(store, "StatedRelation"))
    assert (node["subject"], node["relation"], node["object"]) == ({"state/norland"}, {"allyOf"}, {"state/estra"})
    assert len(node["report"]) == 1


def test_head_of_state_is_incumbent_of_an_office_of_the_state(roles: RoleTable) -> None:
    store = graph_of(samples.first(), roles)
    tenure, position = properties(store, only(store, "Tenure")), properties(store, only(store, "Position"))
    assert tenure["holder"] == tenure["incumbent"] == {"person/ada-brandt"}
    assert tenure["asOf"] == {"2031-05-04"} and tenure["title"] == {"president"}
    assert position["officeOf"] == position["positionIn"] == {"state/norland"} and position["role"] == {"HeadOfState"}


def test_former_holder_is_no_incumbent(roles: RoleTable) -> None:
    facts = [replace(fact, former=True) for fact in samples.first().facts if isinstance(fact, Tenure)]
    store = graph_of(replace(samples.first(), facts=tuple(facts)), roles)
    tenure = properties(store, only(store, "Tenure"))
    assert tenure["former"] == {"true"} and "incumbent" not in tenure


@pytest.mark.parametrize(
    ("kind", "end", "allied"), [("member", "", True), ("observer", "", False), ("member", "2030", False)]
)
def test_only_present_full_members_are_in_an_alliance(roles: RoleTable, kind: str, end: str, allied: bool) -> None:
    (fact,) = [fact for fact in samples.second().facts if isinstance(fact, Membership)]
    store = graph_of(replace(samples.second(), facts=(replace(fact, kind=kind, end=end),)), roles)
    assert ("alliance" in properties(store, only(store, "Membership"))) is allied


def test_identity_is_a_match_and_a_judgement_with_its_score() -> None:
    store = open_store(None)
    store.replace_graph(MINTER.links, link_quads([samples.LEADER], MINTER))
    match = store.rows("SELECT ?o WHERE { ?s skos:exactMatch ?o }")
    assert [value(row["o"]) for row in match] == ["http://www.wikidata.org/entity/Q999999001"]
    assert properties(store, only(store, "Link"))["confidence"] == {"0.75"}


@pytest.mark.parametrize(
    ("start", "end", "days", "incumbent"),
    [
        ("2030-01-01", "", ["2031-05-04"], True),
        ("2030", "2031", ["2031-05-04"], True),
        ("2030-01-01", "2031-05-03", ["2031-05-04"], False),
        ("2031-06-01", "", ["2031-05-04"], False),
        ("2030-01-01", "", [], False),
        ("", "", ["2031-05-04"], False),
    ],
)
def test_reference_tenure_counts_on_the_days_a_person_was_seen(
    roles: RoleTable, start: str, end: str, days: list[str], incumbent: bool
) -> None:
    tenure = Tenure(
        holder="person/ada-brandt",
        organisation="state/norland",
        title="president",
        role="HeadOfState",
        evidence=None,
        start=start,
        end=end,
    )
    store = open_store(None)
    lines = reference_quads(
        [samples.NORLAND, samples.LEADER], [tenure], [], MINTER, roles=roles, seen={"person/ada-brandt": days}
    )
    store.replace_graph(MINTER.reference, lines)
    assert ("incumbent" in properties(store, only(store, "Tenure"))) is incumbent


def test_unmerged_events_of_two_articles_are_two() -> None:
    event = next(fact for fact in samples.first().facts if isinstance(fact, Event) and fact.kind == "Meeting")
    nodes = set()
    for slug in ("one", "two"):
        reading = Reading(article=samples.article(slug, samples.FIRST_TEXT), facts=(event,))
        nodes |= {row["s"] for row in graph_of(reading, RoleTable()).rows("SELECT ?s WHERE { ?s a kg:Meeting }")}
    assert len(nodes) == 2


def test_sentence_that_states_a_fact_twice_is_one_report_with_one_confidence(roles: RoleTable) -> None:
    veto = next(fact for fact in samples.first().facts if isinstance(fact, Event) and fact.kind == "Veto")
    unsure = replace(veto, evidence=replace(veto.evidence, confidence=0.5))
    store = graph_of(replace(samples.first(), facts=(veto, unsure)), roles)
    assert properties(store, only(store, "Report"))["confidence"] == {"0.9"}
