"""Look-ups answered without the engine's planner, and queries that are sure to be little, against the engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph.store import Joins, OxigraphStore, open_store, read_lookup
from server.sparql.bounded import Fans
from server.sparql.inspect import inspect, recall

GRAPH = """
@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:mira a :Person ; rdfs:label "Mira \\"M.\\" L\\u00f6w\\n"@sv , "Mira" ; :age 41 ; :knows :odd , [ :named "blank" ] .
:odd a :Person ; rdfs:label "tab\\there" ; :when "2024-03-02"^^<http://www.w3.org/2001/XMLSchema#date> .
:quiet rdfs:label "no one" .
"""
EX = "PREFIX : <http://example.org/> PREFIX ex: <http://example.org/> "


@pytest.fixture(scope="module")
def store() -> Iterator[OxigraphStore]:
    """A small graph with terms of every kind."""
    with open_store(None) as opened:
        opened.load(GRAPH.encode(), "turtle", graph="<urn:x:g>")
        yield opened


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?p ?o { <http://example.org/mira> ?p ?o }",
        "SELECT ?o WHERE { <http://example.org/mira> <http://example.org/knows> ?o . } # why",
        "PREFIX ex: <http://example.org/> SELECT ?s { ?s a ex:Person }",
        "PREFIX ex: <http://example.org/> SELECT ?name ?o { ex:odd rdfs:label ?o }",
        "select ?s ?p{?s ?p <http://example.org/odd>}",
        "ASK { <http://example.org/mira> a <http://example.org/Person> }",
        "ASK { <http://example.org/mira> a <http://example.org/State> }",
        "SELECT ?p ?o { <http://example.org/nobody> ?p ?o }",
        "PREFIX : <http://example.org/>\nSELECT ?p ?o WHERE { :mira ?p ?o }",
        "PREFIX : <http://example.org/> PREFIX ex: <http://example.com/> ASK { ?who :knows :odd }",
    ],
)
def test_a_look_up_says_what_the_engine_says(store: OxigraphStore, query: str) -> None:
    lookup = read_lookup(query)
    assert lookup is not None
    mine, engines = (json.loads(answer or b"") for answer in (store.look_up(lookup, "json"), serialized(store, query)))
    assert mine["head"] == engines["head"]
    assert mine.get("boolean") == engines.get("boolean")
    rows = [sorted(map(repr, answer.get("results", {}).get("bindings", []))) for answer in (mine, engines)]
    assert [list(map(sorted, rows[0]))] == [list(map(sorted, rows[1]))]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?p ?o { <> ?p ?o }",
        "SELECT ?o ?p ?none WHERE{ <> ?p ?o . } # why",
        "SELECT * { ?s ?p <> }",
        "SELECT ?none { ?s ?p <> }",
        "PREFIX ex: <http://example.org/> SELECT ?s { ?s a <Person> }",
        "SELECT ?who { <> <knows> ?who }",
        "SELECT ?who { ?who <knows> <> }",
    ],
)
def test_a_look_up_that_is_recalled_says_what_the_engine_says(store: OxigraphStore, query: str) -> None:
    joins = Joins(store, alone=True)
    answered = 0
    for name in ("nobody", "mira", "odd", "quiet", "mira", "x/../mira"):
        text = query.replace("<>", f"<{name}>")
        text = text.replace("Person", "Person" if len(name) == 3 else "State")
        text = re.sub(r"<(?!http)", "<http://example.org/", text)
        inspect(text)
        recalled = recall(text)
        if not recalled:
            continue
        assert recalled[0].sought
        body = joins.look_up(recalled[0].sought, recalled[1])
        assert (body is None) is ("/../" in text)
        if body is not None:
            mine, engines = json.loads(body), json.loads(serialized(store, text))
            assert mine["head"] == engines["head"]
            rows, wanted = (
                sorted(json.dumps(row, sort_keys=True) for row in answer["results"]["bindings"])
                for answer in (mine, engines)
            )
            assert rows == wanted
            answered += 1
    assert answered > 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o { ex:mira <http://example.org/knows> ?o }",
        "ASK { <http://example.org/mira> ?p ?o }",
        "DESCRIBE <http://example.org/mira>",
        "SELECT ?p ?o { <http://example.org/mira> ?p ?o } ORDER BY ?o",
    ],
)
def test_look_ups_of_other_kinds_are_not_recalled(query: str) -> None:
    for _ in range(4):
        inspect(EX + query)
    recalled = recall(EX + query)
    assert recalled is None or recalled[0].sought is None


def serialized(store: OxigraphStore, query: str) -> bytes:
    return store.query(query).serialize("json")


def test_a_description_says_what_the_engine_says(store: OxigraphStore) -> None:
    query = "DESCRIBE <http://example.org/odd>"
    lookup = read_lookup(query)
    assert lookup is not None
    for fmt in ("ntriples", "turtle"):
        mine = store.look_up(lookup, fmt) or b""
        assert sorted(mine.splitlines()) == sorted(store.query(query).serialize(fmt).splitlines())


def test_a_description_with_a_blank_node_is_left_to_the_engine(store: OxigraphStore) -> None:
    lookup = read_lookup("DESCRIBE <http://example.org/mira>")
    assert lookup is not None
    assert store.look_up(lookup, "ntriples") is None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?p ?o { ?s ?p ?o }",
        "SELECT ?x { <http://example.org/mira> ?x ?x }",
        "SELECT ?p ?p { <http://example.org/mira> ?p ?o }",
        "SELECT DISTINCT ?p { <http://example.org/mira> ?p ?o }",
        "SELECT ?o { <http://example.org/mira> <http://example.org/knows>/a ?o }",
        "SELECT ?o { <http://example.org/mira> <http://example.org/knows>* ?o }",
        "SELECT ?p ?o FROM <urn:x:g> { <http://example.org/mira> ?p ?o }",
        "SELECT ?p ?o { <http://example.org/mira> ?p ?o } LIMIT 1",
        "SELECT ?p ?o { <http://example.org/mira> ?p ?o . ?o ?q ?r }",
        "SELECT ?p ?o { <mira> ?p ?o }",
        "SELECT ?p ?o { unknown:mira ?p ?o }",
        "SELECT ?p ?o { <http://example.org/a/../mira> ?p ?o }",
        "BASE <http://example.org/> DESCRIBE <mira>",
        "DESCRIBE <http://example.org/mira> <http://example.org/odd>",
    ],
)
def test_everything_else_is_no_look_up(query: str) -> None:
    assert read_lookup(query) is None


def test_an_image_answers_like_the_disk_and_follows_commits(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.load(GRAPH.encode(), "turtle", graph="<urn:x:g>")
        store.image.begin()
        store.save_image(tmp_path / "image.nt", named=False)
        store.replace_graph("<urn:x:meanwhile>", "<http://example.org/quiet> <http://example.org/age> <urn:x:7> .")
        assert store.image.fill(tmp_path / "image.nt")
        everything = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
        on_disk = "SELECT * FROM <https://w3id.org/communique/graph/default> { ?s ?p ?o }"
        assert store.rows(on_disk) == []
        for change in (
            lambda: store.replace_graph("<urn:x:h>", "_:new <http://example.org/age> <urn:x:8> ."),
            lambda: store.clear("<urn:x:meanwhile>"),
            lambda: store.update("DELETE { GRAPH ?g { ?s a ?c } } WHERE { GRAPH ?g { ?s a ?c } }"),
            lambda: store.replace_graph("<urn:x:h>", ""),
        ):
            change()
            in_memory = store.rows(everything)
            engine, store.image.engine = store.image.engine, None
            assert engine is not None
            assert store.rows(everything) == in_memory
            store.image.engine = engine
        assert len(in_memory) == 9


def test_an_image_is_given_up_when_nobody_knows_what_changed(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.image.begin()
        store.save_image(tmp_path / "image.nt", named=False)
        store.extend("<urn:x:g>", b"<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n")
        assert not store.image.fill(tmp_path / "image.nt")
        assert store.size() == 1


HUB = "\n".join(f"<http://example.org/s{i}> <http://example.org/of> <http://example.org/hub> ." for i in range(300))


@pytest.fixture(scope="module")
def fans() -> Iterator[Fans]:
    """The fans of a small graph with a hub that many things point to."""
    with open_store(None) as opened:
        opened.load(GRAPH.encode(), "turtle", graph="<urn:x:g>")
        opened.replace_graph("<urn:x:hub>", HUB)
        known = Fans(opened)
        known.read()
        yield known


@pytest.mark.parametrize(
    ("query", "little"),
    [
        ("SELECT ?n { :mira :knows ?x . ?x rdfs:label ?n }", True),
        ("SELECT ?n ?w { ?x a :Person ; rdfs:label ?n OPTIONAL { ?x :when ?w } FILTER(?n != <urn:x>) } LIMIT 3", True),
        ("CONSTRUCT { ?x :known true } { :mira :knows ?x . ?x a :Person }", False),
        ("CONSTRUCT { ?x a :Known ; :by :mira } WHERE { :mira :knows ?x . ?x a :Person }", True),
        ("CONSTRUCT WHERE { :mira :knows ?x . ?x a :Person } LIMIT 3", True),
        ("CONSTRUCT { ?s :of ?o } { ?s :of ?o }", False),
        ("SELECT * { ?s :of :hub }", False),
        ("SELECT * { :mira :knows ?x . ?y :knows ?z }", False),
        ("SELECT * { :mira :knows ?x . ?y :of ?x }", False),
        ("SELECT * { :mira :knows+ ?x }", False),
        ("SELECT * { :mira ?p ?x . ?x ?q ?y }", False),
        ("SELECT * { { :mira :knows ?x } UNION { ?x a ?y } }", False),
        ("SELECT * { :mira :knows ?x FILTER NOT EXISTS { ?a ?b ?c } }", False),
        ("SELECT (COUNT(*) AS ?n) { :mira :knows ?x . ?x a ?t }", True),
        ("SELECT * { :mira :knows ?x . ?x a ?t BIND(1 AS ?y) }", False),
        ("SELECT * { :mira :knows ?x OPTIONAL { ?x a ?t OPTIONAL { ?a ?b ?c } } }", False),
        ("SELECT * { :mira :knows ?x . GRAPH ?g { ?x a ?t } }", False),
        ("SELECT * { <http://example.org/x/../mira> :knows ?x . ?x a ?t }", False),
        ("BASE <http://example.org/> SELECT * { <mira> :knows ?x . ?x a ?t }", False),
    ],
)
def test_only_what_starts_at_a_thing_and_fans_out_little_is_little(fans: Fans, query: str, little: bool) -> None:
    seen = inspect(f"{EX}{query}")
    assert bool(seen.walk and fans.bounded(seen.walk, seen.constants)) is little


def test_fans_grow_with_what_is_added() -> None:
    with open_store(None) as opened:
        opened.load(GRAPH.encode(), "turtle", graph="<urn:x:g>")
        fans = Fans(opened)
        fans.read()
        seen = inspect(f"{EX}SELECT * {{ :mira :knows ?x . ?x :of ?y }}")
        assert seen.walk
        assert fans.bounded(seen.walk, seen.constants)
        lines = "\n".join(f"<http://example.org/odd> <http://example.org/of> <urn:x:{i}> ." for i in range(300))
        opened.replace_graph("<urn:x:many>", lines)
        assert not fans.bounded(seen.walk, seen.constants)
