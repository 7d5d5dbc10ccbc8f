"""Nothing is written or asked in our namespace that the ontology does not declare."""

from __future__ import annotations

import re

from rdflib import RDF, Graph, URIRef

from kg.config import data_dir
from kg.graph.map import article_quads, link_quads, reference_quads
from kg.graph.query import query_library
from kg.graph.roles import load_roles
from kg.graph.schema import install_ontology
from kg.graph.store import open_store
from kg.graph.terms import Minter
from tests.graph import samples

KG = "https://w3id.org/communique/ontology#"


def declared(ontology: Graph) -> set[str]:
    return {str(s).removeprefix(KG) for s in ontology.subjects(RDF.type) if isinstance(s, URIRef)}


def test_what_the_mapper_writes_is_declared(ontology: Graph) -> None:
    minter, readings = Minter("http://example.org/"), (samples.first(), samples.second())
    lines: list[str] = []
    with open_store(None) as store:
        install_ontology(store, minter)
        roles = load_roles(store)
        for reading in readings:
            lines += article_quads(reading, minter, roles)
            lines += link_quads(reading.entities, minter)
            lines += reference_quads(reading.entities, [], [], minter, roles=roles)
    written = {name for line in lines for name in re.findall(rf"<{KG}(\w+)>", line)}
    assert len(written) > 30
    assert written - declared(ontology) == set()


def test_what_queries_ask_is_declared(ontology: Graph) -> None:
    for name, query in query_library().items():
        asked = set(re.findall(r"\bkg:(\w+)", query.text))
        assert asked - declared(ontology) == set(), name


def test_what_rules_say_is_declared(ontology: Graph) -> None:
    for path in sorted((data_dir("ontology") / "rules").glob("*.rq")):
        said = set(re.findall(r"\bkg:(\w+)", path.read_text(encoding="utf-8")))
        assert said - declared(ontology) == set(), path.name


def test_what_shapes_check_is_declared(ontology: Graph) -> None:
    text = (data_dir("ontology") / "shapes.ttl").read_text(encoding="utf-8")
    checked = {name for name in re.findall(r"\bkg:(\w+)", text) if not name.endswith("Shape")}
    assert checked - declared(ontology) == set()
