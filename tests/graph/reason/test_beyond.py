"""Rules beyond OWL: counts, comparisons and strata, each conclusion with its premises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import data_dir
from kg.errors import InputError, UsageError
from kg.graph.explain import explain
from kg.graph.infer import reasoner
from kg.graph.reason.beyond import apply_rules, derivations, load_rules
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter, kg

MINTER = Minter("http://localhost:8000/")
NEWS = MINTER.graph("article/harbour-vote")
ID = "http://localhost:8000/id/"
DATA = """
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <http://localhost:8000/id/> .
:vote a kg:Vote ; kg:voter :norland, :sudria ; kg:report :r1, :r2 .
:veto a kg:Veto ; kg:vetoer :norland, :sudria ; kg:report :r3 .
:single a kg:Vote ; kg:voter :norland, :estia .
:r1 kg:article :a1 . :r2 kg:article :a2 . :r3 kg:article :a1 .
:a1 dcterms:publisher "Northern Courier" . :a2 dcterms:publisher "Estian Post" .
:raid a kg:Attack ; kg:attacker :iona ; kg:agent :iona ; kg:date "2011-06-05"^^xsd:date ; kg:report :f1, :f2, :f3 .
:f1 kg:killed 108 . :f2 kg:killed 90 . :f3 kg:killed 80 ; kg:atLeast true .
:first kg:holder :iona ; kg:start "2009"^^xsd:gYear ; kg:end "2011-06"^^xsd:gYearMonth .
:second kg:holder :iona ; kg:start "2011-07"^^xsd:gYearMonth .
:undated kg:holder :iona .
"""


@pytest.fixture
def store() -> Iterator[OxigraphStore]:
    with open_store(None) as opened:
        opened.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
        opened.load(DATA.encode(), "turtle", graph=NEWS)
        reasoner("native").infer(opened, MINTER)
        apply_rules(opened, MINTER)
        yield opened


def thing(name: str) -> str:
    return f"<{ID}{name}>"


def number(store: OxigraphStore, one: str, other: str, of: str) -> str:
    rows = store.rows(f"SELECT ?n {{ ?a kg:aligns {thing(one)}, {thing(other)} ; {of} ?n }}")
    return rows[0]["n"].split('"')[1]


def test_an_alignment_counts_grounds_and_publishers_once(store: OxigraphStore) -> None:
    assert number(store, "norland", "sudria", "kg:grounds") == "2"
    assert number(store, "norland", "sudria", "kg:sources") == "2"
    assert number(store, "estia", "norland", "kg:grounds") == "1"


def test_a_later_stratum_reads_what_an_earlier_one_made(store: OxigraphStore) -> None:
    close = {(s, o) for s, _, o, _ in store.quads(predicate=kg("closelyAlignedWith"))}
    assert close == {(thing("norland"), thing("sudria")), (thing("sudria"), thing("norland"))}


def test_figures_conflict_unless_the_smaller_is_a_lower_bound(store: OxigraphStore) -> None:
    pairs = {(s, o) for s, _, o, _ in store.quads(predicate=kg("conflictsWith"))}
    assert pairs == {(thing("f1"), thing("f2")), (thing("f2"), thing("f1"))}


def test_the_office_held_on_a_date_is_the_one_whose_dates_allow_it(store: OxigraphStore) -> None:
    assert {o for _, _, o, _ in store.quads(predicate=kg("officeThen"))} == {thing("first")}


def test_conclusions_are_in_a_graph_of_their_own_and_follow_what_is_retracted(store: OxigraphStore) -> None:
    graph = MINTER.rules
    assert store.size(graph)
    again = apply_rules(store, MINTER)
    assert (again.added, again.removed) == (0, 0)
    store.clear(NEWS)
    reasoner("native").infer(store, MINTER)
    report = apply_rules(store, MINTER)
    assert (report.derived, store.size(graph)) == (0, 0)


def test_what_rules_made_is_no_premise_of_inference(store: OxigraphStore) -> None:
    before = set(store.quads(graph=MINTER.inferred))
    reasoner("native").infer(store, MINTER)
    assert set(store.quads(graph=MINTER.inferred)) == before


def test_a_conclusion_is_explained_by_rule_and_premises(store: OxigraphStore) -> None:
    (found,) = derivations(store, MINTER, (thing("norland"), kg("closelyAlignedWith"), thing("sudria")))
    assert found.rule == "close-alignment"
    alignment = next(s for s, p, _ in found.premises if p == kg("grounds"))
    (below,) = derivations(
        store, MINTER, (alignment, kg("grounds"), next(o for _, p, o in found.premises if p == kg("grounds")))
    )
    assert (thing("vote"), kg("voter"), thing("sudria")) in below.premises
    assert (thing("a2"), "<http://purl.org/dc/terms/publisher>", '"Estian Post"') in below.premises


def test_kg_explain_goes_down_to_what_articles_state(store: OxigraphStore) -> None:
    proof = explain(store, MINTER, (thing("norland"), kg("closelyAlignedWith"), thing("sudria")))
    assert proof.rule == "close-alignment"
    leaves = {leaf.triple for leaf in proof.leaves()}
    assert (thing("veto"), kg("vetoer"), thing("norland")) in leaves
    assert all(leaf.graphs for leaf in proof.leaves())


def test_what_no_rule_made_has_no_derivation(store: OxigraphStore) -> None:
    assert not list(derivations(store, MINTER, (thing("vote"), kg("voter"), thing("sudria"))))


def test_every_rule_can_explain_itself() -> None:
    assert [rule.name for rule in load_rules() if not rule.why] == []


BAD = {
    "no header": ("CONSTRUCT { ?a kg:x ?b } WHERE { ?a kg:y ?b }", InputError, "title and a stratum"),
    "reads itself": (
        "# title: t\n# stratum: 1\nCONSTRUCT { ?a kg:x ?b } WHERE { ?a kg:y ?b FILTER NOT EXISTS { ?b kg:x ?a } }",
        UsageError,
        "reads kg:x",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_rule_that_cannot_be_run_in_order_is_refused(name: str, tmp_path: Path) -> None:
    text, error, message = BAD[name]
    (tmp_path / "bad.rq").write_text(text)
    with pytest.raises(error, match=message):
        load_rules(tmp_path)
