"""A store on disk behind workers: named graphs, the time before the graph is in memory, and every write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.config import Settings
from kg.graph.store import open_store
from server import Limits
from tests.server.conftest import BASE, TOKEN, Served, filled, serve, wait_until

AUTH = {"Authorization": f"Bearer {TOKEN}"}
ENDLESS = (
    f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{BASE}graph/article/talks>"
    " { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x } }"
)
LIMITS = Limits(workers=2, timeout=20, max_timeout=20)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small graph on disk, in memory as well."""
    with open_store(tmp_path_factory.mktemp("disk") / "store") as store:
        yield from serve(filled(store), Settings(base=BASE, token=TOKEN), LIMITS, ready=True)


@pytest.fixture
def never_in_memory(tmp_path: Path) -> Iterator[Served]:
    """The small graph on disk, with no memory for it."""
    with open_store(tmp_path / "store") as store:
        limits = Limits(workers=2, image_share=0.0)
        yield from serve(filled(store), Settings(base=BASE, token=TOKEN), limits, ready=True)


def values(served: Served, query: str) -> list[str]:
    rows = served.client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return [row["o"]["value"] for row in rows]


@pytest.mark.parametrize("place", ["on_disk", "never_in_memory"])
def test_every_query_sees_each_write_wherever_it_reads(place: str, request: pytest.FixtureRequest) -> None:
    served: Served = request.getfixturevalue(place)
    for i in range(4):
        update = f"""DELETE WHERE {{ GRAPH <urn:x:n> {{ ?s ?p ?o }} }} ;
            INSERT DATA {{ GRAPH <urn:x:n> {{ <urn:n> <urn:p> {i} }} }}"""
        assert served.client.post("/update", data={"update": update}, headers=AUTH).status_code == 204
        assert values(served, f"SELECT ?o {{ <urn:n> <urn:p> ?o }} #{i}") == [str(i)]
        assert values(served, f"SELECT ?o {{ ?s <urn:p> ?o FILTER(?s = <urn:n>) }} #{i}") == [str(i)]
        assert values(served, f"SELECT ?o {{ GRAPH <urn:x:n> {{ ?s <urn:p> ?o }} }} #{i}") == [str(i)]
        assert values(served, f"SELECT ?o FROM <urn:x:n> {{ ?s <urn:p> ?o }} #{i}") == [str(i)]


def test_what_only_the_engine_can_run_is_seen_at_once_and_memory_comes_back(on_disk: Served) -> None:
    update = """INSERT { GRAPH <urn:x:e> { <urn:e> <urn:chance> ?u } } WHERE { BIND(STRUUID() AS ?u) } ;
        INSERT { GRAPH <urn:x:e> { <urn:e> <urn:again> ?o } } WHERE { GRAPH <urn:x:e> { <urn:e> <urn:chance> ?o } }"""
    assert on_disk.client.post("/update", data={"update": update}, headers=AUTH).status_code == 204
    (first,) = values(on_disk, "SELECT ?o { ?s <urn:chance> ?o FILTER(?s = <urn:e>) }")
    assert values(on_disk, "SELECT ?o { ?s <urn:again> ?o FILTER(?s = <urn:e>) }") == [first]
    wait_until(lambda: on_disk.client.get("/ready").status_code == 200)
    assert values(on_disk, "SELECT ?o { ?s <urn:again> ?o FILTER(?s = <urn:e>) } #1") == [first]


def test_a_deadline_stops_what_reads_the_disk(on_disk: Served) -> None:
    answer = on_disk.client.get("/sparql", params={"query": ENDLESS, "timeout": "0.7"})
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert values(on_disk, "SELECT ?o { GRAPH ?g { ?s a ?o } } LIMIT 1")


def test_copies_that_nobody_reads_are_removed(on_disk: Served) -> None:
    for i in range(3):
        on_disk.store.replace_graph("<urn:x:copies>", f"<urn:copy> <urn:p> <urn:x:{i}> .")
        query = f"SELECT ?o {{ GRAPH <urn:x:copies> {{ ?s ?p ?o }} }} #{i}"
        assert values(on_disk, query) == [f"urn:x:{i}"]
    path = getattr(on_disk.store, "path")  # noqa: B009 - the protocol has none
    assert len(list(path.glob("reading-*"))) <= LIMITS.workers


def test_queries_are_answered_while_the_graph_is_read(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        for served in serve(filled(store), Settings(base=BASE, token=TOKEN), LIMITS):
            assert served.client.get("/ready").status_code == 503
            query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?s a ?c }"}
            answer: httpx.Response = served.client.get("/sparql", params=query)
            assert answer.status_code == 200
            assert answer.json()["results"]["bindings"]
