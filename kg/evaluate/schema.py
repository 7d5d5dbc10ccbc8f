"""What the ontology says of classes, roles and role concepts, as plain dictionaries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from kg.config import data_dir

NAMESPACE = "https://w3id.org/communique/ontology#"


@dataclass(frozen=True, slots=True)
class Schema:
    """Superclasses and superproperties (reflexive, transitive) by local name, and words that name a role concept."""

    classes: dict[str, frozenset[str]]
    roles: dict[str, frozenset[str]]
    concepts: dict[str, frozenset[str]]
    choices: dict[str, str]

    def supers(self, kind: str) -> frozenset[str]:
        """The class with all its superclasses."""
        return self.classes.get(kind) or frozenset([kind])

    def general(self, role: str) -> frozenset[str]:
        """The role with all the roles it is a case of."""
        return self.roles.get(role) or frozenset([role])

    def concept_of(self, words: str) -> frozenset[str]:
        """The role concepts that ``words`` name."""
        return self.concepts.get(words.casefold(), frozenset())


@cache
def load() -> Schema:
    """Reads the Turtle files directly in ``ontology/``."""
    graph = Graph()
    for path in sorted(data_dir("ontology").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return Schema(
        classes=_closure(graph, RDFS.subClassOf),
        roles=_closure(graph, RDFS.subPropertyOf),
        concepts=_concepts(graph),
        choices=_choices(graph),
    )


def _local(node: Node | None) -> str:
    return str(node).removeprefix(NAMESPACE) if str(node).startswith(NAMESPACE) else ""


def _closure(graph: Graph, predicate: URIRef) -> dict[str, frozenset[str]]:
    subjects = {node for node in graph.subjects(predicate) if isinstance(node, URIRef)}
    return {
        _local(node): frozenset(filter(None, map(_local, graph.transitive_objects(node, predicate))))
        for node in subjects
        if _local(node)
    }


def _concepts(graph: Graph) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        for predicate in (RDFS.label, SKOS.prefLabel, SKOS.altLabel):
            for label in graph.objects(concept, predicate):
                if isinstance(label, Literal) and _local(concept):
                    found.setdefault(str(label).casefold(), set()).add(_local(concept))
    return {words: frozenset(names) for words, names in found.items()}


def _choices(graph: Graph) -> dict[str, str]:
    """Classes of which every instance has one choice, as a veto is a vote against."""
    found: dict[str, str] = {}
    for restriction in graph.subjects(OWL.onProperty, URIRef(NAMESPACE + "choice")):
        for value in graph.objects(restriction, OWL.hasValue):
            for cls in graph.subjects(RDFS.subClassOf, restriction):
                found[_local(cls)] = _local(value)
    return found
