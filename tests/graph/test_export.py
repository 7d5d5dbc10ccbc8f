from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.errors import NotFoundError, UsageError
from kg.graph.export import EXPORTS, export
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter, literal, value
from tests.graph.conftest import fill

MINTER = Minter("http://example.org/")
RDFLIB_NAMES = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}


def exported(store: OxigraphStore, fmt: str, graph: str | None = None) -> bytes:
    out = io.BytesIO()
    export(store, out, fmt, graph=graph, base=MINTER.base)
    return out.getvalue()


def canonical(store: OxigraphStore) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(store, "ntriples"), format="nt")


@pytest.mark.parametrize("fmt", ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"])
def test_export_loaded_again_is_the_same_graph(filled: OxigraphStore, fmt: str) -> None:
    again = open_store(None)
    again.load(exported(filled, fmt), fmt)
    assert again.size() == filled.size()
    assert {t for t in again.triples() if "_:" not in t[0] + t[2]} == {
        t for t in filled.triples() if "_:" not in t[0] + t[2]
    }


@pytest.mark.parametrize("fmt", ["trig", "nquads"])
def test_named_graphs_survive(filled: OxigraphStore, fmt: str) -> None:
    again = open_store(None)
    again.load(exported(filled, fmt), fmt)
    assert again.graphs() == filled.graphs()
    assert all(again.size(graph) == filled.size(graph) for graph in filled.graphs())


@pytest.mark.parametrize("fmt", RDFLIB_NAMES)
def test_rdflib_reads_it_too(filled: OxigraphStore, fmt: str) -> None:
    graph = rdflib.Graph().parse(data=exported(filled, fmt), format=RDFLIB_NAMES[fmt])
    assert len(graph) == filled.size()


@pytest.mark.parametrize("fmt", ["turtle", "trig"])
def test_two_builds_give_the_same_bytes(filled: OxigraphStore, tmp_path: Path, fmt: str) -> None:
    from kg.graph.infer import reasoner

    with open_store(tmp_path / "again") as again:
        fill(again)
        reasoner().infer(again, MINTER)
        assert exported(again, fmt) == exported(filled, fmt)


TERMS = st.sampled_from(["http://example.org/id/a/b", "http://example.org/x#1", "http://other.example/é"]).map(
    lambda text: f"<{text}>"
)
TRIPLES = st.lists(st.tuples(TERMS, TERMS, TERMS | st.text(max_size=12).map(literal)), max_size=8)


@given(TRIPLES)
@settings(max_examples=60, deadline=None)
def test_turtle_of_anything_is_read_back_by_two_parsers(triples: list[tuple[str, str, str]]) -> None:
    store = open_store(None)
    store.replace_graph(MINTER.graph("x"), [f"{s} {p} {o} ." for s, p, o in triples])
    data = exported(store, "turtle")
    again = open_store(None)
    again.load(data, "turtle")
    assert set(again.triples()) == set(store.triples())
    assert isomorphic(rdflib.Graph().parse(data=data, format="turtle"), canonical(store))


def test_turtle_groups_by_subject_with_prefixes(filled: OxigraphStore) -> None:
    text = exported(filled, "turtle", MINTER.article_graph("one")).decode()
    assert "\n<id/event/veto> a kg:Veto ;\n    rdfs:label " in text
    assert text.count("\n<id/event/veto> ") == 1
    assert '    kg:date "2031-05-02"^^xsd:date ;\n' in text


def test_one_graph_is_only_that_graph(filled: OxigraphStore) -> None:
    lines = exported(filled, "ntriples", MINTER.article_graph("two")).splitlines()
    assert len(lines) == filled.size(MINTER.article_graph("two"))


def test_csv_has_a_row_a_quad(filled: OxigraphStore) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(filled, "csv").decode(), newline="")))
    assert len(rows) == len(list(filled.quads()))
    (quote,) = {r["object"] for r in rows if r["predicate"].endswith("#quote") and "raid" in r["object"]}
    assert quote.startswith("Relief workers")


def test_graphml_has_things_as_nodes_and_properties_as_edges(filled: OxigraphStore) -> None:
    root = ElementTree.fromstring(exported(filled, "graphml"))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = {node.get("id") for node in root.iterfind(".//g:node", space)}
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iterfind(".//g:edge", space)]
    assert value(MINTER.id("state/norland")) in nodes
    assert edges and all(source in nodes and target in nodes for source, target in edges)


def test_control_characters_do_not_break_graphml() -> None:
    store = open_store(None)
    label = literal("a\x01<&b")
    store.replace_graph(
        MINTER.graph("x"),
        [
            f"{MINTER.id('x/a')} <http://example.org/p> {MINTER.id('x/b')} .",
            f"{MINTER.id('x/a')} <http://www.w3.org/2000/01/rdf-schema#label> {label} .",
        ],
    )
    ElementTree.fromstring(exported(store, "graphml"))


def test_unknown_format_and_graph_say_what_there_is(filled: OxigraphStore) -> None:
    with pytest.raises(UsageError, match="turtle, trig"):
        exported(filled, "docx")
    with pytest.raises(NotFoundError, match="graph/ontology"):
        exported(filled, "turtle", "<http://example.org/graph/none>")


def test_every_format_is_for_an_empty_graph_too() -> None:
    for fmt in EXPORTS:
        exported(open_store(None), fmt)
