"""The SPARQL that the pages ask, in one place; ``[name]`` is filled in by :func:`fill` with IRIs made safe."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph.terms import iri

TYPES = """
SELECT ?thing ?type WHERE { VALUES ?type { [types] } GRAPH ?g { ?thing a ?type } FILTER(?g != [inferred]) }"""
"""The asserted classes of things, so that the most specific is what is seen."""

ROLES = """
SELECT ?event ?role ?party WHERE {
  VALUES ?role { [roles] } GRAPH ?g { ?event ?role ?party } FILTER(?g != [inferred])
}"""
"""The asserted roles in all events, without the general ones that follow from them."""

LABELS = "SELECT DISTINCT ?thing ?label WHERE { GRAPH ?g { ?thing rdfs:label ?label } FILTER(?g != [inferred]) }"
"""What everything is called, without the labels of what it is the same as."""

OTHER_NAMES = "SELECT ?thing ?name WHERE { ?thing skos:altLabel ?name }"
"""The other names of everything."""

COORDINATES = "SELECT ?thing ?lat ?long WHERE { ?thing geo:lat ?lat ; geo:long ?long }"
"""Where things are."""

PARTICULARS = """
SELECT ?event ?p ?value WHERE {
  VALUES ?p { kg:date kg:endDate kg:planned kg:choice kg:content } ?event ?p ?value
}"""
"""What lists of events show besides who takes part."""

IMPRINTS = """
SELECT ?article ?p ?value WHERE {
  VALUES ?p { dcterms:title dcterms:publisher dcterms:issued } ?article ?p ?value
}"""
"""Title, publisher and date of articles, and of whatever else has them."""

REFERENCES = "SELECT ?article ?thing WHERE { ?article dcterms:references ?thing }"
"""Which article speaks of what."""

REPORTED = "SELECT ?fact ?article WHERE { ?fact kg:report ?report . ?report kg:article ?article }"
"""Which fact is reported in which article."""

MERGED = """
SELECT ?one ?other ?link WHERE {
  GRAPH [judgements] { ?judgement kg:verdict "merge" ; kg:judged ?one ; kg:judgedWith ?other }
  OPTIONAL { ?link kg:linkOf ?other }
}"""
"""Entities that were judged to be one, and the links of the second to other knowledge bases."""

REPRESENTED = (
    "SELECT ?actor ?state WHERE { VALUES ?p { kg:ofState kg:represents } ?actor ?p ?state . ?state a kg:State }"
)
"""The states that actors belong to or act for."""

STATEMENTS = "SELECT ?p ?o ?g WHERE { GRAPH ?g { [thing] ?p ?o } } LIMIT 4000"
"""All that is said of one thing, and in which graph."""

RELATIONS = "SELECT ?p ?o WHERE { VALUES ?p { [properties] } [thing] ?p ?o } LIMIT 2000"
"""What is said of one thing by some properties; each once, however many articles say so."""

STANCES = """
SELECT ?p ?s ?o WHERE {
  VALUES ?p { [properties] } { [thing] ?p ?o } UNION { ?s ?p [thing] }
} LIMIT 6000"""
"""How an actor stands to others (``o``) and others to it (``s``); each once, however many articles say so."""

DERIVED_STANCES = """
SELECT ?p ?s ?o WHERE {
  VALUES ?p { [properties] } GRAPH [inferred] { { [thing] ?p ?o } UNION { ?s ?p [thing] } }
} LIMIT 6000"""
"""Those of them that are nowhere stated: the inferred graph holds nothing that is."""

BETWEEN_STATES = """
SELECT DISTINCT ?a ?p ?b ?g WHERE {
  VALUES ?p { kg:allyOf kg:alignedWith kg:atOddsWith } GRAPH ?g { ?a ?p ?b } ?a a kg:State . ?b a kg:State
} LIMIT 500000"""
"""Alliances, alignments and oppositions between states, and in which graph."""

GROUNDS_TOGETHER = """
SELECT DISTINCT ?a ?b ?ground ?kind ?date WHERE {
  {
    ?ground kg:vetoer|(kg:vetoer/kg:represents) ?a, ?b BIND("vetoed" AS ?kind)
  } UNION {
    ?ground kg:voter|(kg:voter/kg:represents) ?a, ?b BIND("voted" AS ?kind)
    FILTER NOT EXISTS { ?ground a kg:Veto }
  } UNION {
    ?ground kg:relation ?stated ; kg:subject|kg:object ?a, ?b
    FILTER(?stated IN (kg:allyOf, kg:mutuallySupports, kg:alignedWith)) BIND("declared" AS ?kind)
    OPTIONAL { ?ground kg:asOf ?date }
  } UNION {
    ?a kg:alliedThrough ?ground . ?b kg:alliedThrough ?ground BIND("allied" AS ?kind)
  } UNION {
    ?a kg:mutuallySupports ?b . BIND("supported" AS ?kind)
    { ?ground kg:supporter ?a ; kg:supported ?b } UNION { ?ground kg:supporter ?b ; kg:supported ?a }
  }
  FILTER(STR(?a) < STR(?b))
  ?a a kg:State . ?b a kg:State . FILTER EXISTS { ?a kg:alignedWith ?b }
} LIMIT 500000"""
"""The grounds on which states are aligned, as ``queries/alignments.rq`` has them for all actors."""

GROUNDS_AGAINST = """
SELECT DISTINCT ?a ?b ?ground ?kind ?date WHERE {
  VALUES (?by ?of ?kind) {
    (kg:accuser kg:accused "accused") (kg:opponent kg:opposed "opposed") (kg:protester kg:protestTarget "opposed")
    (kg:threatener kg:threatened "threatened") (kg:sanctioner kg:sanctioned "sanctioned")
    (kg:attacker kg:attacked "attacked")
  }
  ?ground ?by ?x ; ?of ?y . ?x kg:represents? ?a . ?y kg:represents? ?b . FILTER(?a != ?b)
  ?a a kg:State . ?b a kg:State . FILTER EXISTS { ?a kg:atOddsWith ?b }
} LIMIT 500000"""
"""The events behind the relations between states that ``queries/at-odds.rq`` lists."""

ALLIANCE_TERMS = """
SELECT ?member ?alliance ?start ?end WHERE {
  ?alliance a kg:DefenceAlliance . ?membership kg:organisation ?alliance ; kg:member ?member .
  OPTIONAL { ?membership kg:start ?start } OPTIONAL { ?membership kg:end ?end }
}"""
"""Since when and until when which state is in which defence alliance."""

SPOKEN_OF = "SELECT DISTINCT ?g WHERE { GRAPH ?g { [thing] a ?type } } LIMIT 2000"
"""The graphs that describe a thing; those of articles speak of it."""

TENURES = """
SELECT ?tenure ?holder ?position ?organisation ?role ?p ?value WHERE {
  { ?tenure kg:holder [thing] } UNION { ?tenure kg:position [thing] }
  UNION { ?at kg:positionIn [thing] . ?tenure kg:position ?at }
  ?tenure kg:holder ?holder ; kg:position ?position .
  OPTIONAL { ?position kg:positionIn ?organisation }
  OPTIONAL { ?position kg:role ?role }
  OPTIONAL { VALUES ?p { kg:start kg:end kg:asOf kg:former } ?tenure ?p ?value }
} LIMIT 3000"""
"""Offices held by a person, in an organisation, or in one position."""

MEMBERSHIPS = """
SELECT ?membership ?member ?organisation ?p ?value WHERE {
  { ?membership kg:member [thing] } UNION { ?membership kg:organisation [thing] }
  ?membership kg:member ?member ; kg:organisation ?organisation .
  OPTIONAL { VALUES ?p { kg:start kg:end kg:asOf kg:membershipKind } ?membership ?p ?value }
} LIMIT 3000"""
"""Memberships of an actor, and those in an organisation."""

REPORTS = """
SELECT ?fact ?report ?p ?value WHERE {
  VALUES ?fact { [facts] }
  ?fact kg:report ?report . ?report ?p ?value .
  FILTER(?p IN (kg:article, kg:quote, kg:begin, kg:finish, kg:attributedTo, kg:confidence, kg:killed, kg:injured,
                kg:atLeast, kg:dateText))
}"""
"""The reports of some facts."""

UNSURE = """
SELECT ?fact WHERE { ?fact kg:report ?report . ?report kg:confidence ?confidence }
ORDER BY ?confidence ?fact LIMIT 400"""
"""The reported facts, those of least confidence first."""

PROPOSITIONS = """
SELECT ?content ?p ?value WHERE {
  [thing] kg:content ?content . ?content ?p ?value FILTER(?p IN (kg:text, kg:describes, kg:mentions))
}"""
"""What somebody urges, fears, denies or demands in an event."""

ARTICLE_FACTS = """
SELECT ?fact ?report ?p ?value WHERE {
  ?report kg:article [thing] . ?fact kg:report ?report . ?report ?p ?value .
  FILTER(?p IN (kg:quote, kg:begin, kg:finish, kg:attributedTo, kg:confidence, kg:killed, kg:injured, kg:atLeast,
                kg:dateText))
}"""
"""The reports that one article gives, with the fact that each is for."""

FACT_STATEMENTS = """
SELECT ?fact ?p ?o WHERE { VALUES ?fact { [facts] } GRAPH ?g { ?fact ?p ?o } FILTER(?g != [inferred]) }"""
"""What is asserted of some facts."""

TERMS = """
SELECT ?term ?type ?label ?comment WHERE {
  GRAPH [ontology] { ?term a ?type . OPTIONAL { ?term rdfs:label ?label } OPTIONAL { ?term rdfs:comment ?comment } }
  FILTER(isIRI(?term))
}"""
"""The terms of the ontology."""

ABOVE = """
SELECT ?term ?relation ?above WHERE {
  VALUES ?relation { rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range owl:inverseOf skos:broader
                     skos:definition owl:equivalentClass owl:equivalentProperty kg:ploverType kg:cameoCode }
  GRAPH [ontology] { ?term ?relation ?above }
  FILTER(isIRI(?term) && !isBlank(?above))
}"""
"""How the terms of the ontology hang together."""


def fill(query: str, **names: str | Iterable[str]) -> str:
    """The query with each ``[name]`` replaced by one IRI or by several, written so that none can end its brackets."""
    for name, given in names.items():
        several = [given] if isinstance(given, str) else given
        query = query.replace(f"[{name}]", " ".join(iri(each) for each in several))
    return query
