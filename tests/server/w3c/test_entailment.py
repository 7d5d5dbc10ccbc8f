"""Entailment: the W3C's cases whose profiles name OWL 2 RL, put, reasoned over and asked through HTTP.

The answers want what ``kg infer`` leaves out as trivial (every class is below itself), so all that follows is put.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.plugins.sparql import prepareQuery
from rdflib.query import Result

from kg.config import Settings
from kg.graph.reason import Engine
from kg.graph.store import open_store
from tests.server.conftest import BASE, TOKEN, Served, serve
from tests.server.w3c.manifest import MF, QT, Case, cases, file_of
from tests.server.w3c.solutions import expected, of_result, same

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
RL = rdflib.URIRef("http://www.w3.org/ns/owl-profile/RL")
LINES = "application/n-triples"
RESULTS = "application/sparql-results+xml"


@pytest.fixture
def empty() -> Iterator[Served]:
    """An empty server."""
    with open_store(None) as store:
        yield from serve(store, Settings(base=BASE, token=TOKEN))


def named_rl(case: Case) -> bool:
    """Whether the profiles that a case is for have RL among them."""
    action = case.manifest.value(case.node, MF.action)
    profiles = case.manifest.value(action, SD.EntailmentProfile)
    return profiles is not None and (profiles == RL or RL in Collection(case.manifest, profiles))


def rl_cases() -> list[Case]:
    """The cases that name RL."""
    return [case for case in cases("sparql11/entailment/manifest.ttl") if named_rl(case)]


def expressions_of(query: str) -> str:
    """The class expressions that a query speaks of: triples of blank nodes without variables, as N-Triples."""
    found = rdflib.Graph()
    waiting: list[object] = [prepareQuery(query).algebra]
    while waiting:
        part = waiting.pop()
        for triple in part.get("triples") or () if isinstance(part, dict) else ():
            if isinstance(triple[0], rdflib.BNode) and not any(isinstance(term, rdflib.Variable) for term in triple):
                found.add(triple)
        waiting += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return found.serialize(format="nt")


@pytest.mark.parametrize("case", rl_cases(), ids=lambda case: case.name)
def test_case(case: Case, empty: Served) -> None:
    graph, action = case.manifest, case.manifest.value(case.node, MF.action)
    query = file_of(graph.value(action, QT.query)).read_text()
    engine, stated = Engine(everything=True), b""
    for node in graph.objects(action, QT.data):
        put(empty, str(node), file_of(node).read_bytes())
        stated += empty.client.get("/store", params={"graph": str(node)}, headers={"Accept": LINES}).content
    asked = expressions_of(query).encode()
    engine.load(stated + asked)
    put(empty, f"{BASE}graph/inferred", asked + engine.inferred(trivial=True, expand=True))
    answer = empty.client.post("/sparql", data={"query": query}, headers={"Accept": RESULTS})
    assert answer.status_code == 200, answer.text
    got = of_result(Result.parse(io.BytesIO(answer.content), content_type=RESULTS))
    assert same(got, expected(file_of(graph.value(case.node, MF.result)))), answer.text


def put(served: Served, name: str, data: bytes) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
    answer = served.client.put("/store", params={"graph": name}, headers=headers, content=data)
    assert answer.status_code == 201, answer.text
