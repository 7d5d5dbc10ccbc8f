"""Inferred triples told while more are derived are those of the closed graph; else that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from kg.config import data_dir
from kg.errors import LimitError
from kg.graph.reason import Engine, Limits, following
from kg.graph.reason.adapter import NativeReasoner
from kg.graph.reason.telling import Unsteady
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter
from tests.graph.reason.checker import faults
from tests.graph.reason.ontologies import TYPE, Statement, data, equalities, facts, ntriples, ontologies, owl, rdfs

MINTER = Minter("http://localhost:8000/")
STATED = MINTER.graph("article/stated")


def told(stated: list[Statement]) -> tuple[Engine, list[bytes]]:
    engine, statements = Engine(), list[bytes]()
    count = engine.close(*engine.state.dictionary.encode(ntriples(stated)), tell=statements.extend)
    assert count == len(statements)
    return engine, statements


def untold(stated: list[Statement]) -> Engine:
    engine = Engine()
    engine.load(ntriples(stated))
    return engine


def all_of(engine: Engine) -> set[bytes]:
    return set(engine.statements(expand=True))


@settings(max_examples=80, deadline=None)
@given(ontologies(), facts, st.lists(data, max_size=3), st.lists(data, max_size=3))
def test_what_is_told_is_what_the_closed_graph_holds_each_once(
    ontology: list[Statement], given_facts: list[Statement], added: list[Statement], removed: list[Statement]
) -> None:
    stated = [*ontology, *given_facts]
    engine, statements = told(stated)
    other = untold(stated)
    assert sorted(statements) == sorted(all_of(other)) == sorted(all_of(engine))
    assert sorted(engine.show_rules()) == sorted(other.show_rules())
    assert set(engine.contradictions) == set(other.contradictions) and engine.problems == other.problems
    engine.add(ntriples(added))
    engine.remove(ntriples(removed))
    assert all_of(engine) == all_of(untold(sorted({*stated, *added} - set(removed))))


@settings(max_examples=60, deadline=None)
@given(ontologies(), facts, equalities)
def test_where_things_are_merged_it_is_said_or_nothing_is_wrong(
    ontology: list[Statement], given_facts: list[Statement], equal: list[Statement]
) -> None:
    stated = [*ontology, *given_facts, *equal]
    try:
        engine, statements = told(stated)
    except Unsteady:
        event("unsteady")
        return
    event("told")
    assert sorted(statements) == sorted(all_of(untold(stated))) == sorted(all_of(engine))


@settings(max_examples=30, deadline=None)
@given(ontologies(), facts)
def test_proofs_of_what_was_told_are_sound(ontology: list[Statement], given_facts: list[Statement]) -> None:
    stated = [*ontology, *given_facts]
    engine, statements = told(stated)
    for line in statements:
        subject, predicate, obj = line.decode().split(" ", 2)
        assert not faults(engine.prove(subject, predicate, obj), set(stated))


P, Q, A, B, C = (f"<http://e/{name}>" for name in ("p", "q", "a", "b", "C"))


def test_axioms_that_facts_make_are_told_with_what_follows_from_them() -> None:
    below = "<http://e/below>"
    stated = [(below, rdfs("subPropertyOf"), rdfs("subPropertyOf")), (P, below, Q), (A, P, B)]
    _, statements = told(stated)
    assert f"{A} {Q} {B}".encode() in statements and set(statements) == all_of(untold(stated))


def test_a_class_expression_that_nobody_stated_is_not_told_of() -> None:
    stated = [
        (P, rdfs("subPropertyOf"), owl("complementOf")),
        ("_:x", P, C),
        ("_:x", Q, B),
        (Q, rdfs("subPropertyOf"), P),
    ]
    with pytest.raises(Unsteady):
        told(stated)


def test_literals_of_one_value_are_told_once() -> None:
    one, same = (f'"{text}"^^<http://www.w3.org/2001/XMLSchema#decimal>' for text in ("1.0", "1.00"))
    stated = [(A, P, one), (A, P, same), (B, P, same), (P, rdfs("subPropertyOf"), Q)]
    _, statements = told(stated)
    assert sorted(statements) == sorted(all_of(untold(stated)))


def test_what_follows_by_the_schema_alone_is_told_beside_equal_literals() -> None:
    one, same = (f'"{text}"^^<http://www.w3.org/2001/XMLSchema#decimal>' for text in ("1.0", "1.00"))
    stated = [(A, P, one), (B, P, same), (Q, rdfs("domain"), C), (C, rdfs("subClassOf"), A)]
    _, statements = told(stated)
    assert sorted(statements) == sorted(all_of(untold(stated))) != []


NEWS = f"""
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix : <{MINTER.base}id/> .
:talks a kg:Meeting ; kg:agent :norland, :sudria ; kg:meetingParticipant :norland, :sudria .
:norland a kg:State . :sudria a kg:State .
"""


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OxigraphStore:
    monkeypatch.setattr(following, "two_processors", lambda: True)
    opened = open_store(tmp_path / "store" if request.param == "disk" else None)
    opened.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
    opened.load(NEWS.encode(), "turtle", graph=STATED)
    return opened


def inferred(store: OxigraphStore) -> set[tuple[str, ...]]:
    return {quad[:3] for quad in store.quads(graph=MINTER.inferred)}


def test_the_ontology_and_news_are_written_while_they_are_closed(
    store: OxigraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "extend", None)  # what writes after the closure
    report = NativeReasoner().infer(store, MINTER)
    written = inferred(store)
    assert report.added == report.derived == len(written) and report.removed == 0
    again = NativeReasoner().infer(store, MINTER)
    assert (again.added, again.removed, again.derived) == (0, 0, len(written))
    monkeypatch.undo()
    monkeypatch.setattr(following, "two_processors", lambda: False)
    store.clear(MINTER.inferred)
    NativeReasoner().infer(store, MINTER)
    assert inferred(store) == written


def test_a_reasoner_that_wrote_at_once_follows_changes(store: OxigraphStore) -> None:
    kept = NativeReasoner()
    kept.infer(store, MINTER)
    before = inferred(store)
    store.update(f"INSERT DATA {{ GRAPH {STATED} {{ <http://e/x> a <https://w3id.org/communique/ontology#State> }} }}")
    report = kept.infer(store, MINTER)
    assert report.added and not report.removed and report.derived == len(inferred(store))
    store.update(f"DELETE DATA {{ GRAPH {STATED} {{ <http://e/x> a <https://w3id.org/communique/ontology#State> }} }}")
    kept.infer(store, MINTER)
    assert inferred(store) == before


def test_merged_things_are_written_when_all_is_over(store: OxigraphStore) -> None:
    store.load(
        f"{P} a {owl('FunctionalProperty')} . {A} {P} {B} , {C} . {B} {Q} {A} .".encode(), "turtle", graph=STATED
    )
    NativeReasoner().infer(store, MINTER)
    assert {(C, owl("sameAs"), B), (C, Q, A)} <= inferred(store)
    assert set(store.triples()) == {quad[:3] for quad in store.quads()}


def test_a_limit_that_is_reached_while_it_is_written_leaves_nothing(store: OxigraphStore) -> None:
    before = sorted(store.quads())
    with pytest.raises(LimitError):
        NativeReasoner(Limits(derived=900)).infer(store, MINTER)
    assert sorted(store.quads()) == before and set(store.triples()) == {quad[:3] for quad in before}
    report = NativeReasoner().infer(store, MINTER)
    assert report.added == len(inferred(store)) > 200


def test_what_takes_too_long_beside_the_writing_is_begun_again_without(
    store: OxigraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_SOON", 0.0)
    report = NativeReasoner().infer(store, MINTER)
    assert report.added == len(inferred(store)) > 200


def test_types_of_the_new_graph_are_in_the_merge_once(store: OxigraphStore) -> None:
    NativeReasoner().infer(store, MINTER)
    merged = list(store.triples())
    assert len(merged) == len(set(merged)) == store.size()
    assert {quad[:3] for quad in store.quads()} == set(merged)
    assert (f"<{MINTER.base}id/talks>", TYPE, "<https://w3id.org/communique/ontology#Event>") in inferred(store)
