"""Proofs as text, JSON, PROV-O and Mermaid say the same."""

from __future__ import annotations

import json

from kg.graph.reason import Engine
from kg.graph.reason.proofs import Proof
from kg.graph.reason.render import as_json, as_mermaid, as_prov, as_text
from kg.graph.store import open_store
from tests.graph.reason.ontologies import TYPE, ntriples, rdfs

EX = "<http://e/%s>"


def proof() -> Proof:
    engine = Engine()
    engine.load(
        ntriples(
            [
                (EX % "leads", rdfs("subPropertyOf"), EX % "serves"),
                (EX % "serves", rdfs("domain"), EX % "Servant"),
                (EX % "iona", EX % "leads", EX % "ministry"),
            ]
        )
    )
    return engine.prove(EX % "iona", TYPE, EX % "Servant")


def test_text_is_a_tree_down_to_what_was_stated() -> None:
    assert as_text(proof()).splitlines() == [
        "<http://e/iona> rdf:type <http://e/Servant>   [prp-dom]",
        "├─ <http://e/iona> <http://e/leads> <http://e/ministry>   [stated]",
        "└─ <http://e/leads> rdfs:domain <http://e/Servant>   [scm-dom2]",
        "   ├─ <http://e/serves> rdfs:domain <http://e/Servant>   [stated]",
        "   └─ <http://e/leads> rdfs:subPropertyOf <http://e/serves>   [stated]",
    ]


def test_json_nests_premises() -> None:
    tree = json.loads(as_json(proof()))
    assert tree["rule"] == "prp-dom"
    assert [premise["stated"] for premise in tree["premises"]] == [True, False]


def test_mermaid_has_one_node_a_triple_and_one_arrow_a_premise() -> None:
    lines = as_mermaid(proof()).splitlines()
    assert lines[0] == "flowchart BT"
    assert sum("[" in line for line in lines) == 5
    assert sum("-->" in line for line in lines) == 4


def test_prov_tells_what_was_derived_from_what() -> None:
    with open_store(None) as store:
        store.load(as_prov(proof()), "ntriples")
        rows = store.rows(
            "SELECT ?rule (COUNT(?used) AS ?n) WHERE { ?statement prov:wasGeneratedBy ?step . "
            "?step rdfs:label ?rule ; prov:used ?used } GROUP BY ?rule ORDER BY ?rule"
        )
    assert [(row["rule"], row["n"].split('"')[1]) for row in rows] == [('"prp-dom"', "2"), ('"scm-dom2"', "2")]
