"""The ontology as shipped, and its closure over small examples by owlrl."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import Graph

from kg.config import data_dir

PREFIXES = """
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix : <http://example.org/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""


def parse(*names: str) -> Graph:
    """Turtle files of the ontology folder as one graph."""
    graph = Graph()
    for name in names:
        graph.parse(data_dir("ontology") / name, format="turtle")
    return graph


def closed(graph: Graph) -> Graph:
    """The graph closed under OWL 2 RL by owlrl."""
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return graph


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The vocabulary without the alignments."""
    return parse("communique.ttl")


@pytest.fixture(scope="session")
def aligned() -> Graph:
    """The vocabulary with the alignments."""
    return parse("communique.ttl", "alignments.ttl")


@pytest.fixture(scope="session")
def infer() -> Callable[..., Graph]:
    """Closes an example in Turtle together with the ontology."""

    def close(turtle: str, *names: str) -> Graph:
        graph = parse("communique.ttl", *names)
        graph.parse(data=PREFIXES + turtle, format="turtle")
        return closed(graph)

    return close
