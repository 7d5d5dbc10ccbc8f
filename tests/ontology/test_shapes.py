"""The shapes accept a sound graph and name what is wrong with an unsound one."""

from __future__ import annotations

import pytest
from pyshacl import validate
from rdflib import SH, Graph, URIRef

from tests.ontology.conftest import PREFIXES, parse

SOUND = """
:paper a kg:Article ; rdfs:label "Paper" ; kg:text "They met." ; dcterms:source "p.txt" .
:r a kg:Report ; kg:article :paper ; kg:quote "They met." ; kg:begin 0 ; kg:finish 9 ; kg:confidence 0.9 .
:a a kg:Person , kg:Actor ; rdfs:label "Ada" .
:b a kg:State , kg:Organisation , kg:Actor , kg:Place ; rdfs:label "B" ; kg:iso3 "BBB" .
:e a kg:Meeting , kg:Event ; rdfs:label "Meeting" ; kg:agent :a ; kg:place :b ; kg:report :r ;
    kg:date "2031-05"^^xsd:gYearMonth .
:t a kg:Tenure ; kg:holder :a ; kg:position :p . :p a kg:Position ; rdfs:label "P" ; kg:positionIn :b .
:m a kg:Membership ; kg:member :b ; kg:organisation :b .
:v a kg:Vote , kg:Event ; rdfs:label "Vote" ; kg:choice kg:For ; kg:report :r .
"""

UNSOUND = {
    "an event without report": ":x a kg:Event ; rdfs:label 'x' .",
    "an event without label": ":x a kg:Event ; kg:report :r .",
    "a date that is a text": ":x a kg:Event ; rdfs:label 'x' ; kg:report :r ; kg:date '2031-05-03' .",
    "a negative number of dead": ":x a kg:Event ; rdfs:label 'x' ; kg:report :r ; kg:killed -1 .",
    "a vote with two choices": ":v kg:choice kg:Against .",
    "a vote with a choice of its own": ":x a kg:Vote ; kg:choice :perhaps .",
    "a report without quote": ":x a kg:Report ; kg:article :paper ; kg:begin 0 ; kg:finish 9 .",
    "a report of two": ":r kg:article :q . :q a kg:Article ; rdfs:label 'q' ; kg:text 'q' ; dcterms:source 's' .",
    "an end before the begin": ":s a kg:Report ; kg:article :paper ; kg:quote 'x' ; kg:begin 9 ; kg:finish 3 .",
    "more than certain": ":r kg:confidence 1.5 .",
    "a tenure without position": ":x a kg:Tenure ; kg:holder :a .",
    "a tenure of two people": ":t kg:holder :c . :c a kg:Person ; rdfs:label 'c' .",
    "a position in nothing": ":x a kg:Position ; rdfs:label 'x' .",
    "a proposition with a role": ":x a kg:Proposition ; kg:text 'x' ; kg:involves :a .",
    "a lower-case code": ":x a kg:State ; rdfs:label 'x' ; kg:iso3 'abc' .",
    "an article without text": ":x a kg:Article ; rdfs:label 'x' ; dcterms:source 'x' .",
}


def report(turtle: str) -> Graph:
    data = parse("communique.ttl").parse(data=PREFIXES + turtle, format="turtle")
    _, results, _ = validate(data, shacl_graph=parse("shapes.ttl"), inference="none")
    assert isinstance(results, Graph)
    return results


def test_a_sound_graph_conforms() -> None:
    assert not list(report(SOUND).objects(None, SH.resultMessage))


@pytest.mark.parametrize("flaw", UNSOUND.values(), ids=UNSOUND.keys())
def test_an_unsound_graph_is_reported_with_a_message(flaw: str) -> None:
    results = report(SOUND + flaw)
    assert list(results.objects(None, SH.resultMessage))
    assert all(isinstance(node, URIRef) for node in results.objects(None, SH.focusNode))
