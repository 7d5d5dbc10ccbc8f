"""The ontology lies within OWL 2 RL, and the checker that says so sees what does not."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef

from tests.ontology.conftest import PREFIXES, closed
from tests.ontology.profile import offences

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def test_the_vocabulary_is_within_the_profile(ontology: Graph) -> None:
    assert offences(ontology) == []


def test_with_the_alignments_it_still_is(aligned: Graph) -> None:
    assert offences(aligned) == []


OUTSIDE = {
    "hasSelf": "kg:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:p ; owl:hasSelf true ] .",
    "disjoint union": "kg:A owl:disjointUnionOf ( kg:B kg:C ) .",
    "reflexive property": "kg:p a owl:ObjectProperty , owl:ReflexiveProperty .",
    "existential above": "kg:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:p ; owl:someValuesFrom kg:B ] .",
    "union above": "kg:A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( kg:B kg:C ) ] .",
    "universal below": "[ a owl:Restriction ; owl:onProperty kg:p ; owl:allValuesFrom kg:B ] rdfs:subClassOf kg:A .",
    "cardinality two": "kg:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:p ; owl:maxCardinality 2 ] .",
    "minimum": "kg:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:p ; owl:minCardinality 1 ] .",
    "Thing below": "owl:Thing rdfs:subClassOf kg:A .",
    "xsd:date as range": "kg:p a owl:DatatypeProperty ; rdfs:range xsd:date .",
    "chain over data": "kg:q a owl:ObjectProperty ; owl:propertyChainAxiom ( kg:q kg:d ) .",
    "transitive data": "kg:d a owl:DatatypeProperty , owl:TransitiveProperty .",
    "two kinds": "kg:d a owl:DatatypeProperty , owl:ObjectProperty .",
    "equivalent existential": "kg:A owl:equivalentClass [ owl:onProperty kg:p ; owl:someValuesFrom kg:B ] .",
    "facets": "kg:p rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions () ] .",
}


@pytest.mark.parametrize("axiom", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_the_checker_sees_what_is_outside(axiom: str) -> None:
    assert offences(Graph().parse(data=PREFIXES + axiom, format="turtle"))


INSIDE = {
    "existential below": "[ owl:onProperty kg:p ; owl:someValuesFrom kg:B ] rdfs:subClassOf kg:A .",
    "universal above": "kg:A rdfs:subClassOf [ owl:onProperty kg:p ; owl:allValuesFrom kg:B ] .",
    "at most one": "kg:A rdfs:subClassOf [ owl:onProperty kg:p ; owl:maxCardinality 1 ] .",
    "value above": "kg:A rdfs:subClassOf [ owl:onProperty kg:p ; owl:hasValue kg:x ] .",
    "complement above": "kg:A rdfs:subClassOf [ a owl:Class ; owl:complementOf kg:B ] .",
    "union below": "[ a owl:Class ; owl:unionOf ( kg:B kg:C ) ] rdfs:subClassOf kg:A .",
    "chain with inverse": "kg:p a owl:ObjectProperty ; owl:propertyChainAxiom ( [ owl:inverseOf kg:p ] kg:p ) .",
}


@pytest.mark.parametrize("axiom", INSIDE.values(), ids=INSIDE.keys())
def test_the_checker_lets_pass_what_is_inside(axiom: str) -> None:
    assert offences(Graph().parse(data=PREFIXES + axiom, format="turtle")) == []


def test_the_ontology_contradicts_nothing(aligned: Graph) -> None:
    closure = closed(Graph() + aligned)
    errors = [str(message) for message in closure.objects(None, ERROR)]
    assert errors == []
