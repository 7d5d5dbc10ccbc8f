"""The closure equals that of owlrl on generated ontologies with data."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from owlrl.OWLRL import OWLRL_Semantics
from rdflib import Graph, Literal

from kg.graph.reason import Engine
from tests.graph.reason.ontologies import Statement, equalities, facts, ntriples, ontologies, owl


class Oracle(OWLRL_Semantics):  # type: ignore[misc]  # owlrl has no types
    """owlrl's rules alone, without axiomatic triples."""

    def __init__(self, graph: Any) -> None:
        super().__init__(graph, axioms=False, daxioms=False, rdfs=False)


def closure_by_owlrl(stated: list[Statement]) -> set[str]:
    graph = Graph().parse(data=ntriples(stated).decode(), format="nt")
    Oracle(graph).closure()
    return {
        f"{s.n3()} {p.n3()} {o.n3()}"
        for s, p, o in graph
        if not isinstance(s, Literal) and "http://www.daml.org/" not in str(s) and "ErrorMessage" not in str(o)
    }


def closure(stated: list[Statement]) -> set[str]:
    engine = Engine(everything=True)
    engine.load(ntriples(stated))
    lines = {line.decode() for line in engine.statements(trivial=True, expand=True)}
    return lines | {f"{s} {p} {o}" for s, p, o in stated}


def comparable(triples: set[str]) -> set[str]:
    """Without what is about the built-in vocabulary itself, which owlrl states of more datatypes, and x sameAs x."""
    same = f" {owl('sameAs')} "
    return {
        line
        for line in triples
        if line.startswith("<http://e/") and (same not in line or line.split(same)[0] != line.split(same)[1])
    }


@settings(max_examples=60, deadline=None)
@given(ontologies(), facts)
def test_closure_equals_that_of_owlrl(ontology: list[Statement], data: list[Statement]) -> None:
    stated = [*ontology, *data]
    assert comparable(closure(stated)) == comparable(closure_by_owlrl(stated))


@settings(max_examples=40, deadline=None)
@given(ontologies(), facts, equalities)
def test_equalities_say_everything_of_every_member(
    ontology: list[Statement], data: list[Statement], equal: list[Statement]
) -> None:
    stated = [*ontology, *data, *equal]
    assert comparable(closure(stated)) == comparable(closure_by_owlrl(stated))
