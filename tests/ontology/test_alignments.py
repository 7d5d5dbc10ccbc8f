"""A query in another vocabulary finds what ours says, and nothing flows back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rdflib import Graph, URIRef, Variable

EXAMPLE = """
:e a kg:Meeting ; rdfs:label "Meeting in Velm" ; kg:agent :a , :b ; kg:place :velm ; kg:topic :trade ;
    kg:date "2031-05-03"^^xsd:date ; kg:endDate "2031-05-04"^^xsd:date ; kg:report :r .
:a a kg:Person ; rdfs:label "Ada Brandt" ; skos:altLabel "Brandt" .
:b a kg:State . :velm a kg:Place ; kg:locatedIn :b . :g a kg:Group . :party a kg:PoliticalParty . :topic a kg:Topic .
:t a kg:Tenure ; kg:holder :a ; kg:position :post ; kg:start "2030"^^xsd:gYear .
:post a kg:Position ; kg:positionIn :b ; kg:role kg:HeadOfState .
:m a kg:Membership ; kg:member :b ; kg:organisation :club . :club a kg:IntergovernmentalOrganisation .
:organ a kg:Organisation ; kg:partOf :club .
:r a kg:Report ; kg:article :paper ; kg:quote "They met." ; kg:attributedTo :a .
:paper a kg:Article ; dcterms:title "They met" ; dcterms:issued "2031-05-05"^^xsd:date .
:plan a kg:Document ; kg:author :a .
:b skos:exactMatch <http://www.wikidata.org/entity/Q999001> .
"""

FOUND = """
:e a schema:Event
:e schema:name "Meeting in Velm"
:e schema:location :velm
:e schema:startDate "2031-05-03"^^xsd:date
:e schema:endDate "2031-05-04"^^xsd:date
:e schema:actor :a
:e schema:attendee :b
:e schema:about :trade
:a a schema:Person
:a schema:name "Ada Brandt"
:a schema:alternateName "Brandt"
:a schema:hasOccupation :post
:b a schema:Organization
:b a schema:Country
:b schema:memberOf :club
:b schema:sameAs <http://www.wikidata.org/entity/Q999001>
:organ schema:parentOrganization :club
:velm schema:containedInPlace :b
:party a schema:PoliticalParty
:paper a schema:NewsArticle
:paper schema:headline "They met"
:r schema:text "They met."
:e a <http://schema.org/Event>
:e <http://schema.org/attendee> :a
:e <http://schema.org/startDate> "2031-05-03"^^xsd:date
:a <http://schema.org/name> "Ada Brandt"
:a a foaf:Person
:a a foaf:Agent
:a foaf:name "Ada Brandt"
:b a foaf:Organization
:g a foaf:Group
:plan foaf:maker :a
:club foaf:member :b
:t a org:Membership
:t org:member :a
:t org:organization :b
:t org:role kg:HeadOfState
:a org:holds :post
:post org:heldBy :a
:post a org:Post
:post org:postIn :b
:b org:hasPost :post
:b org:memberOf :club
:m org:organization :club
:a org:hasMembership :t
:organ org:subOrganizationOf :club
:e a sem:Event
:e sem:hasActor :a
:e sem:hasPlace :velm
:e sem:hasTimeStamp "2031-05-03"^^xsd:date
:a a sem:Actor
:velm a sem:Place
:e prov:wasDerivedFrom :r
:r prov:wasQuotedFrom :paper
:e prov:hadPrimarySource :paper
:r prov:wasAttributedTo :a
:r prov:value "They met."
:a skos:prefLabel "Ada Brandt"
:b skos:closeMatch <http://www.wikidata.org/entity/Q999001>
:topic a skos:Concept
kg:HeadOfState skos:broaderTransitive kg:OfficeHolder
kg:Leader skos:narrower kg:HeadOfState
""".strip().splitlines()

PREFIXES = """
PREFIX kg: <https://w3id.org/communique/ontology#>
PREFIX : <http://example.org/id/>
PREFIX schema: <https://schema.org/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@pytest.fixture(scope="module")
def closure(infer: Callable[..., Graph]) -> Graph:
    return infer(EXAMPLE, "alignments.ttl")


@pytest.mark.parametrize("pattern", FOUND)
def test_is_found_in_their_words(closure: Graph, pattern: str) -> None:
    assert closure.query(f"{PREFIXES} ASK {{ {pattern} }}").askAnswer


def test_what_they_say_does_not_become_ours(infer: Callable[..., Graph]) -> None:
    theirs = "@prefix schema: <https://schema.org/> . :x a schema:Event ; schema:actor :y ; schema:location :z ."
    told = {(s, p, o) for s, p, o in infer(theirs, "alignments.ttl") if s == URIRef("http://example.org/id/x")}
    assert not [t for t in told if "communique/ontology#" in str(t[1]) + str(t[2])]


def test_nothing_contradicts(closure: Graph) -> None:
    assert not list(closure.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("schema:Person", "kg:Person"),
        ("foaf:Person", "kg:Person"),
        ("schema:Organization", "kg:Organisation"),
        ("foaf:Organization", "kg:Organisation"),
        ("org:Organization", "kg:Organisation"),
        ("schema:Event", "kg:Event"),
        ("sem:Event", "kg:Event"),
        ("sem:Actor", "kg:Actor"),
        ("foaf:Agent", "kg:Actor"),
    ],
)
def test_their_classes_hold_the_same_things_as_ours(closure: Graph, theirs: str, ours: str) -> None:
    def things(name: str) -> set[str]:
        found = closure.query(f"{PREFIXES} SELECT ?x {{ ?x a {name} FILTER (isIRI(?x)) }}")
        return {str(binding[Variable("x")]) for binding in found.bindings}

    assert things(theirs) == things(ours) != set()
