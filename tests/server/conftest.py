"""A real server on a free port, over a small graph made for these tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest

from kg.config import Settings
from kg.graph.store import Store, open_store
from server import Limits, create_app
from server.listen import Server

BASE = "http://localhost:8000/"
TOKEN = "correct-horse"
PREFIXES = f"""
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix id: <{BASE}id/> .
"""
ARTICLE = f"""{PREFIXES}
<{BASE}id/person/mira-lindqvist> a kg:Person ; rdfs:label "Mira Lindqvist" .
<{BASE}id/state/norland> a kg:State ; rdfs:label "Norland" ; kg:iso3 "NLD" .
<{BASE}id/event/e1> a kg:Meeting ; rdfs:label "Talks in Harbour City" ; kg:agent <{BASE}id/person/mira-lindqvist> ;
    kg:target <{BASE}id/state/norland> ; kg:date "2024-03-02"^^xsd:date ; kg:report <{BASE}id/report/r1> .
<{BASE}id/report/r1> a kg:Report ; kg:quote "Lindqvist met the delegation of Norland." ; kg:begin 0 ; kg:finish 40 .
"""
INFERRED = f"{PREFIXES}<{BASE}id/person/mira-lindqvist> kg:metWith <{BASE}id/state/norland> ."
ONTOLOGY = f"{PREFIXES}kg:Meeting rdfs:subClassOf kg:Event ; rdfs:label 'meeting'@en ."


def filled(store: Store) -> Store:
    """The store with the small graph in it."""
    for name, text in (("article/talks", ARTICLE), ("inferred", INFERRED), ("ontology", ONTOLOGY)):
        store.load(text.encode(), "turtle", graph=f"<{BASE}graph/{name}>")
    return store


@dataclass(frozen=True)
class Served:
    """A running server: its address, a client for it, and the store behind it."""

    url: str
    client: httpx.Client
    store: Store


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Waits for something to happen; fails where it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.02)


def serve(store: Store, settings: Settings, limits: Limits | None = None, *, ready: bool = False) -> Iterator[Served]:
    """Runs the application on a free port while the generator is held; ``ready`` waits for its workers."""
    limits = limits or Limits(workers=0)
    app = create_app(store, settings, limits)
    running = Server(app, limits, "127.0.0.1", 0)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    wait_until(lambda: running.started)
    url = f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    try:
        with httpx.Client(base_url=url, timeout=30) as client:
            if ready:
                wait_until(lambda: client.get("/ready").status_code == 200)
            yield Served(url, client, store)
    finally:
        running.should_exit = True
        thread.join()
        if app.extensions["workers"]:
            app.extensions["workers"].close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """The small graph, writable with the token; what it has as inferred is made up, and stays as it is."""
    with open_store(None) as store:
        yield from serve(filled(store), Settings(base=BASE, token=TOKEN, infer=False))


@pytest.fixture
def client(served: Served) -> httpx.Client:
    """A client of the running server; it does not follow redirects."""
    return served.client
