"""Validating only the nodes that may violate a shape finds exactly what validating all of them finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph

from kg.config import data_dir
from kg.graph import check, suspects
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter

MINTER = Minter("http://localhost:8000/")
SHAPES = data_dir("ontology") / "shapes.ttl"
GRAPH = "<urn:x:news>"


@pytest.fixture(scope="module")
def axioms() -> Iterator[OxigraphStore]:
    with open_store(None) as store:
        store.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
        yield store


def said(rng: random.Random) -> str:
    """Statements about few things, most of them as no shape wants them."""
    things = [f"<http://e/{name}>" for name in "abcdefgh"]
    classes = ["Person", "State", "Report", "Article", "Event", "Vote", "Proposition", "Tenure", "Position"]
    classes += ["Membership", "Meeting", "Place"]
    literals = ['"x"', '""', "1", "-1", "0.5", "7.5", "true", '"NLD"', '"nld"', '"2012-02-30"^^xsd:date']
    literals += [
        '"2012-05"^^xsd:gYearMonth',
        '"2012"^^xsd:gYear',
        '"soon"@en',
        '"a"^^xsd:integer',
        '"0000-01-01"^^xsd:date',
    ]
    literals += ['"2012-05-31"^^xsd:date', '"TRUE"^^xsd:boolean', "1e0", '"1"^^<urn:x:type>']
    names = "iso3 article quote begin finish confidence text date endDate report agent place content killed planned"
    names += " choice involves holder position former positionIn role member organisation"
    lines = [f"{thing} a kg:{rng.choice(classes)} ." for thing in things for _ in range(rng.randint(0, 2))]
    for thing in things:
        lines += [f'{thing} rdfs:label "it" .'] if rng.random() < 0.5 else []
        for _ in range(9):
            value = rng.choice([rng.choice(things), rng.choice(literals), rng.choice(literals), "kg:For", "<urn:x:y>"])
            lines.append(f"{thing} kg:{rng.choice(names.split())} {value} .")
    return " ".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_the_report_is_the_same(axioms: OxigraphStore, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    axioms.clear(GRAPH)
    axioms.update(f"INSERT DATA {{ GRAPH {GRAPH} {{ {said(random.Random(seed))} }} }}")
    quick = list(check.violations(axioms, MINTER, SHAPES))
    with monkeypatch.context() as patch:
        patch.setattr(suspects, "suspects", lambda *_: None)
        assert quick == list(check.violations(axioms, MINTER, SHAPES))
    assert quick


def test_the_shapes_of_the_ontology_are_understood_and_what_conforms_is_no_suspect(axioms: OxigraphStore) -> None:
    axioms.clear(GRAPH)
    good = '<http://e/a> a kg:State ; rdfs:label "A" ; kg:iso3 "AAA"'
    bad = '<http://e/b> a kg:State ; rdfs:label "B" ; kg:iso3 7'
    axioms.update(f"INSERT DATA {{ GRAPH {GRAPH} {{ {good} . {bad} }} }}")
    assert suspects.suspects(axioms, Graph().parse(SHAPES)) == {"<http://e/b>"}


def test_shapes_that_queries_cannot_tell_are_left_to_the_validator(axioms: OxigraphStore, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/communique/ontology#> .\n"
        "kg:S a sh:NodeShape ; sh:targetClass kg:State ; sh:closed true ; sh:ignoredProperties () ."
    )
    assert suspects.suspects(axioms, Graph().parse(path)) is None
    axioms.update(f"INSERT DATA {{ GRAPH {GRAPH} {{ <http://e/z> a kg:State }} }}")
    assert any(found.node == "http://e/z" for found in check.violations(axioms, MINTER, path))
