"""Queries that workers answer while the event loop goes on: in turn, within bounds, as threads would answer."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from kg.graph.store import open_store
from tests.server.conftest import BASE, TOKEN, filled, wait_until
from tests.server.running import Running, kg_serve
from tests.server.test_connection import LOOK_UP, Wire, get

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with two workers over the small graph."""
    folder = tmp_path_factory.mktemp("begun")
    with open_store(folder / "store") as store:
        filled(store)
    with kg_serve(folder / "store", folder / "log", KG_WORKERS="2", KG_TIMEOUT="2") as server:
        yield server


@pytest.fixture
def wire(running: Running) -> Iterator[Wire]:
    """A connection whose head is known, so that its queries are begun in the loop."""
    with Wire(running.url) as opened:
        opened.send(get(LOOK_UP))
        opened.answer()
        yield opened


def fresh(query: str) -> bytes:
    """A request that never came before."""
    return get(f"{query} #{time.monotonic_ns()}")


def test_answers_are_those_of_threads(running: Running, wire: Wire) -> None:
    construct = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    for query, accept in ((COUNT, "application/sparql-results+json"), (MANY, "text/csv"), (construct, "text/turtle")):
        by_post = httpx.post(
            f"{running.url}/sparql",
            content=query,
            headers={"Content-Type": "application/sparql-query", "Accept": accept, "Accept-Encoding": "identity"},
        )
        for _ in range(3):
            wire.send(fresh(query).replace(b"application/sparql-results+json", accept.encode()))
            status, headers, body = wire.answer()
            assert (status, sorted(body.splitlines())) == (200, sorted(by_post.content.splitlines()))
            assert headers["content-type"] == by_post.headers["content-type"]
            assert headers["etag"]


def test_what_comes_while_a_worker_answers_is_answered_after_it(wire: Wire) -> None:
    wire.send(fresh(COUNT))
    wire.send(fresh(LOOK_UP) + fresh(COUNT))
    wire.send(fresh("SELECT nonsense") + fresh(COUNT)[:40])
    assert b'"n"' in wire.answer()[2]
    assert b'"p"' in wire.answer()[2]
    assert b'"n"' in wire.answer()[2]
    assert wire.answer()[0] == 400


def test_more_queries_than_workers_wait_in_line(running: Running) -> None:
    counts: list[bytes] = []

    def ask() -> None:
        with Wire(running.url) as own:
            for _ in range(30):
                own.send(fresh(COUNT))
                status, _, body = own.answer()
                assert status == 200
                counts.append(body)

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == 360
    assert len(set(counts)) == 1


def test_a_query_past_its_deadline_is_stopped_and_said_so(running: Running, wire: Wire) -> None:
    began = time.monotonic()
    wire.send(fresh(SLOW))
    status, headers, body = wire.answer()
    assert status == 503
    assert "longer than 2 s" in json.loads(body)["detail"]
    assert headers["retry-after"]
    assert time.monotonic() - began < 4
    wire.send(fresh(COUNT))
    assert wire.answer()[0] == 200
    wait_until(lambda: not httpx.get(f"{running.url}/queries", headers=token()).json()["queries"])


def token() -> dict[str, str]:
    """The header of who may write."""
    return {"Authorization": f"Bearer {TOKEN}"}


def test_a_query_that_was_begun_can_be_cancelled(running: Running, wire: Wire) -> None:
    text = f"{SLOW} # to be cancelled"
    wire.send(get(text))
    found: list[str] = []

    def is_listed() -> bool:
        listed = httpx.get(f"{running.url}/queries", headers=token()).json()["queries"]
        found[:] = [query["id"] for query in listed if query["query"] == text]
        return bool(found)

    wait_until(is_listed)
    assert httpx.delete(f"{running.url}/queries/{found[0]}", headers=token()).status_code == 204
    status, _, body = wire.answer()
    assert (status, "cancelled" in json.loads(body)["detail"]) == (503, True)


def test_a_client_that_leaves_ends_its_query(running: Running) -> None:
    text = f"{SLOW} # nobody waits for it"
    with Wire(running.url) as leaving:
        leaving.send(get(LOOK_UP))
        leaving.answer()
        leaving.send(get(text))
        wait_until(lambda: text in httpx.get(f"{running.url}/queries", headers=token()).text)
    wait_until(lambda: text not in httpx.get(f"{running.url}/queries", headers=token()).text, seconds=1.5)


def test_large_answers_are_whole(running: Running, wire: Wire) -> None:
    big = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 4000"
    wire.send(fresh(big))
    status, headers, body = wire.answer()
    assert (status, int(headers["content-length"])) == (200, len(body))
    assert len(body) > 2**20
    assert len(json.loads(body)["results"]["bindings"]) == 4000
    wire.send(fresh(COUNT))
    assert wire.answer()[0] == 200


def test_what_was_written_is_in_the_next_answer(running: Running, wire: Wire) -> None:
    counts = []
    for number in range(20):
        text = f"INSERT DATA {{ GRAPH <{BASE}graph/w> {{ <{BASE}id/w> kg:note {number} }} }}"
        headers = {**token(), "Content-Type": "application/sparql-update"}
        assert httpx.post(f"{running.url}/update", content=text, headers=headers).status_code == 204
        wire.send(get(COUNT))
        counts.append(int(json.loads(wire.answer()[2])["results"]["bindings"][0]["n"]["value"]))
    assert counts == list(range(counts[0], counts[0] + 20))


def test_a_begun_query_is_answered_before_the_server_ends(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        filled(store)
    with kg_serve(tmp_path / "store", tmp_path / "log", KG_TIMEOUT="2") as server, Wire(server.url) as opened:
        opened.send(get(LOOK_UP))
        opened.answer()
        opened.send(get(SLOW))
        time.sleep(0.3)
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        assert opened.answer()[0] == 503
        stopping.join()
        assert server.process.returncode == 0


def test_names_in_the_address_are_not_mistaken(wire: Wire) -> None:
    wire.send(get(f"{COUNT} # é {quote('&')} +"))
    assert wire.answer()[0] == 200
