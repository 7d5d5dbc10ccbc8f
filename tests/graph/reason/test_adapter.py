"""The engine as the reasoner of a store: reads assertions, writes differences, follows commits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import data_dir
from kg.errors import LimitError
from kg.graph.infer import reasoner
from kg.graph.reason import Limits
from kg.graph.reason.adapter import NativeReasoner
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter

MINTER = Minter("http://localhost:8000/")
FIRST = MINTER.graph("article/harbour-talks")
SECOND = MINTER.graph("article/harbour-talks-again")
NEWS = """
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix : <http://localhost:8000/id/> .
:talks a kg:Meeting ; kg:agent :norland, :sudria ; kg:meetingParticipant :norland, :sudria .
:norland a kg:State . :sudria a kg:State .
"""
MORE = """
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix : <http://localhost:8000/id/> .
:talks a kg:Meeting ; kg:agent :estia ; kg:meetingParticipant :estia , :norland . :estia a kg:State ; kg:iso3 "EST" .
_:note kg:mentions :estia .
"""


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OxigraphStore]:
    with open_store(tmp_path / "store" if request.param == "disk" else None) as opened:
        opened.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
        opened.load(NEWS.encode(), "turtle", graph=FIRST)
        yield opened


def inferred(store: OxigraphStore) -> set[tuple[str, ...]]:
    return {quad[:3] for quad in store.quads(graph=MINTER.inferred)}


def recomputed(store: OxigraphStore) -> set[tuple[str, ...]]:
    with open_store(None) as fresh:
        for graph in store.graphs():
            if graph != MINTER.inferred:
                fresh.replace_graph(graph, (f"{s} {p} {o} ." for s, p, o, _ in store.quads(graph=graph)))
        NativeReasoner().infer(fresh, MINTER)
        return inferred(fresh)


def test_it_is_the_default_reasoner() -> None:
    assert reasoner().name == "native"


def test_what_it_writes_is_what_owlrl_writes(store: OxigraphStore) -> None:
    reasoner("native").infer(store, MINTER)
    ours = inferred(store)
    report = reasoner("owlrl").infer(store, MINTER)
    assert inferred(store) == ours
    assert report.added == report.removed == 0


def test_inferring_again_changes_nothing(store: OxigraphStore) -> None:
    first = NativeReasoner().infer(store, MINTER)
    assert first.added == first.derived > 0
    again = NativeReasoner().infer(store, MINTER)
    assert (again.added, again.removed, again.derived, again.asserted) == (0, 0, first.derived, first.asserted)


def test_a_kept_reasoner_follows_articles_that_come_and_go(store: OxigraphStore) -> None:
    kept = NativeReasoner()
    kept.infer(store, MINTER)
    before = inferred(store)
    store.load(MORE.encode(), "turtle", graph=SECOND)
    report = kept.infer(store, MINTER)
    assert report.added
    assert inferred(store) == recomputed(store) > before
    store.clear(SECOND)
    kept.infer(store, MINTER)
    assert inferred(store) == before


def test_what_two_articles_say_stays_when_one_is_retracted(store: OxigraphStore) -> None:
    kept = NativeReasoner()
    kept.infer(store, MINTER)
    store.load(NEWS.encode(), "turtle", graph=SECOND)
    kept.infer(store, MINTER)
    store.clear(FIRST)
    report = kept.infer(store, MINTER)
    assert report.removed == 0
    assert inferred(store) == recomputed(store)


def test_an_article_that_states_what_was_inferred_takes_it_out_of_the_inferred_graph(store: OxigraphStore) -> None:
    kept = NativeReasoner()
    kept.infer(store, MINTER)
    triple = next(iter(sorted(inferred(store))))
    store.replace_graph(SECOND, f"{' '.join(triple)} .")
    kept.infer(store, MINTER)
    assert triple not in inferred(store)
    assert inferred(store) == recomputed(store)


def test_an_update_of_the_ontology_is_followed(store: OxigraphStore) -> None:
    kept = NativeReasoner()
    kept.infer(store, MINTER)
    store.update(
        f"INSERT DATA {{ GRAPH {MINTER.ontology} {{ kg:Meeting rdfs:subClassOf <http://example.org/Gathering> }} }}"
    )
    kept.infer(store, MINTER)
    assert any(obj == "<http://example.org/Gathering>" for _, _, obj in inferred(store))
    assert inferred(store) == recomputed(store)


def test_a_limit_leaves_the_inferred_graph_as_it_was(store: OxigraphStore) -> None:
    NativeReasoner().infer(store, MINTER)
    before = inferred(store)
    store.load(MORE.encode(), "turtle", graph=SECOND)
    with pytest.raises(LimitError, match="more than 10 triples"):
        NativeReasoner(Limits(derived=10)).infer(store, MINTER)
    assert inferred(store) == before


def test_an_axiom_outside_the_profile_is_reported_and_the_rest_is_used(store: OxigraphStore) -> None:
    assert NativeReasoner().infer(store, MINTER).problems == ()
    said = "kg:alike a owl:ReflexiveProperty . kg:Meeting rdfs:subClassOf <http://e/Gathering>"
    store.update(f"INSERT DATA {{ GRAPH {SECOND} {{ {said} }} }}")
    report = NativeReasoner().infer(store, MINTER)
    (problem,) = report.problems
    assert "alike" in problem and "owl:ReflexiveProperty is outside OWL 2 RL" in problem
    assert any(obj == "<http://e/Gathering>" for _, _, obj in inferred(store))


def test_an_inferred_graph_that_somebody_else_changed_is_mended(store: OxigraphStore) -> None:
    kept = NativeReasoner()
    kept.infer(store, MINTER)
    with store.transaction() as transaction:
        transaction.remove(b"".join(f"{' '.join(t)} .\n".encode() for t in inferred(store)), MINTER.inferred)
    assert not inferred(store)
    kept.infer(store, MINTER)
    assert inferred(store) == recomputed(store) != set()


def test_a_contradiction_names_rule_and_terms(store: OxigraphStore) -> None:
    said = "kg:alike a owl:IrreflexiveProperty . <http://e/a> kg:alike <http://e/a>"
    store.update(f"INSERT DATA {{ GRAPH {SECOND} {{ {said} }} }}")
    (found,) = NativeReasoner().infer(store, MINTER).inconsistencies
    assert found.rule == "prp-irp"
    assert "<http://e/a>" in found.terms
