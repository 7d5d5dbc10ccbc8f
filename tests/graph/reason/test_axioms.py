"""Axioms: what they compile to, those that facts derive, and those that cannot be used."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.errors import LimitError
from kg.graph.reason import Engine, Limits
from tests.graph.reason.ontologies import RDF, TYPE, Statement, ntriples, owl, rdfs

A, B, C, P, Q = (f"<http://e/{name}>" for name in "ABCpq")
X, Y, Z = (f"<http://e/{name}>" for name in "xyz")
FIRST, REST, NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"


def closed(*stated: Statement, limits: Limits | None = None) -> Engine:
    engine = Engine(limits=limits)
    engine.load(ntriples(list(stated)))
    return engine


def inferred(engine: Engine) -> set[str]:
    return {line.decode() for line in engine.statements(expand=True)}


def test_rules_read_by_their_w3c_names() -> None:
    rules = closed(
        (P, rdfs("subPropertyOf"), Q), (A, rdfs("subClassOf"), B), (P, TYPE, owl("TransitiveProperty"))
    ).show_rules()
    assert "prp-spo1   <http://e/p>(?x, ?y) → <http://e/q>(?x, ?y)" in rules
    assert "cax-sco    <http://e/A>(?x) → <http://e/B>(?x)" in rules
    assert "prp-trp    <http://e/p>(?x, ?y), <http://e/p>(?y, ?z) → <http://e/p>(?x, ?z)" in rules


def test_axioms_that_nobody_stated_compile_to_nothing() -> None:
    assert not any(rule.startswith(("prp-trp", "cls-avf", "prp-key")) for rule in closed((X, P, Y)).show_rules())


def test_axioms_that_facts_derive_are_compiled_when_they_come() -> None:
    engine = closed((P, rdfs("subPropertyOf"), rdfs("subClassOf")), (A, P, B), (X, TYPE, A))
    assert inferred(engine) == {f"{A} {rdfs('subClassOf')} {B}", f"{X} {TYPE} {B}"}


def test_a_property_below_rdf_type_makes_members() -> None:
    assert f"{X} {TYPE} {A}" in inferred(closed((P, rdfs("subPropertyOf"), TYPE), (X, P, A)))


def test_a_property_above_rdf_type_is_told_of_members() -> None:
    assert f"{X} {P} {A}" in inferred(closed((TYPE, rdfs("subPropertyOf"), P), (X, TYPE, A)))


def test_a_chain_that_comes_back_to_its_property_ends() -> None:
    engine = closed(
        (P, owl("propertyChainAxiom"), "_:l"), ("_:l", FIRST, P), ("_:l", REST, "_:m"), ("_:m", FIRST, P),
        ("_:m", REST, NIL), (X, P, Y), (Y, P, Z), (Z, P, X),
    )  # fmt: skip
    assert len(inferred(engine)) == 6


FAULTS: dict[str, tuple[list[Statement], str]] = {
    "comes back to itself": (
        [(P, owl("propertyChainAxiom"), "_:l"), ("_:l", FIRST, P), ("_:l", REST, "_:l")],
        "a list that comes back to itself",
    ),
    "has no first": ([(A, owl("intersectionOf"), "_:l"), ("_:l", REST, NIL)], "0 first values"),
    "has two rests": (
        [(A, owl("unionOf"), "_:l"), ("_:l", FIRST, B), ("_:l", REST, NIL), ("_:l", REST, "_:m")],
        "2 rests",
    ),
    "is empty": ([(P, owl("propertyChainAxiom"), NIL)], "empty list"),
    "lacks its property": ([(A, owl("someValuesFrom"), B)], "no owl:onProperty"),
    "counts to five": (
        [(A, owl("onProperty"), P), (A, owl("maxCardinality"), '"5"^^<http://www.w3.org/2001/XMLSchema#integer>')],
        "outside OWL 2 RL",
    ),
    "says there is one": (
        [(A, rdfs("subClassOf"), "_:r"), ("_:r", owl("onProperty"), P), ("_:r", owl("someValuesFrom"), B)],
        "owl:someValuesFrom as a superclass",
    ),
    "is reflexive": ([(P, TYPE, owl("ReflexiveProperty"))], "owl:ReflexiveProperty is outside"),
    "has a minimum": (
        [(A, owl("minCardinality"), '"1"^^<http://www.w3.org/2001/XMLSchema#integer>')],
        "owl:minCardinality",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_axiom_that_cannot_be_used_is_named_and_the_rest_is_used(name: str) -> None:
    faulty, reason = FAULTS[name]
    engine = closed(*faulty, (B, rdfs("subClassOf"), C), (X, TYPE, B))
    assert any(reason in str(problem) for problem in engine.problems)
    assert f"{X} {TYPE} {C}" in inferred(engine)


def test_a_sound_ontology_has_no_problems() -> None:
    assert closed((A, rdfs("subClassOf"), B), (P, rdfs("domain"), A)).problems == []


def explosive() -> list[Statement]:
    things = [f"<http://e/t{i}>" for i in range(200)]
    return [(P, TYPE, owl("TransitiveProperty")), *((a, P, b) for a, b in pairwise(things))]


def test_an_explosion_is_stopped_by_the_bound_on_triples() -> None:
    with pytest.raises(LimitError, match="more than 5,000 triples"):
        closed(*explosive(), limits=Limits(derived=5000))


def test_an_explosion_is_stopped_by_the_bound_on_time() -> None:
    with pytest.raises(LimitError, match="more than 0 s"):
        closed(*explosive(), limits=Limits(seconds=0.0))


def test_literals_are_never_subjects_outside() -> None:
    engine = closed((P, owl("inverseOf"), Q), (P, rdfs("range"), A), (X, P, '"seven"'))
    assert inferred(engine) == set()


def test_trivial_entailments_come_on_request() -> None:
    engine = Engine(everything=True)
    engine.load(ntriples([(A, TYPE, owl("Class")), (X, TYPE, A)]))
    assert f"{X} {TYPE} {owl('Thing')}" not in inferred(engine)
    told = {line.decode() for line in engine.statements(trivial=True)}
    assert {f"{X} {TYPE} {owl('Thing')}", f"{A} {rdfs('subClassOf')} {A}", f"{X} {owl('sameAs')} {X}"} <= told
