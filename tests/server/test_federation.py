"""SERVICE through the relay: to the endpoint that was checked, and nowhere else; and others' SERVICE to us."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import httpx
import pyoxigraph as ox
import pytest

from kg.config import Settings
from kg.errors import ForbiddenError
from kg.graph.store import open_store
from server import Limits, create_app
from server.federation import Relay
from server.guard.addresses import Target, check_url
from tests.server.conftest import BASE, Served

ANSWER = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"from afar"}}]}}'
ENDPOINT = "https://data.example.org/sparql"


class Elsewhere(BaseHTTPRequestHandler):
    """An endpoint of others: one answer for every query, and a redirect."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        Elsewhere.asked.append(f"{self.headers['Host']} {self.path}")
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay for data.example.org, whose address is that of a server here."""
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def check(url: str) -> Target:
        target = check_url(url, ["data.example.org"], lambda host, port: ["93.184.216.34"])
        return Target("http", target.host, server.server_port, "127.0.0.1", target.path)

    made = Relay(["data.example.org"], check)
    yield made
    made.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_allowed_endpoint_is_asked_at_the_address_that_was_checked(relay: Relay) -> None:
    Elsewhere.asked.clear()
    query = relay.redirected(f"SELECT ?n {{ SERVICE <{ENDPOINT}> {{ ?s ?p ?n }} }}")
    with open_store(None) as store:
        assert [row["n"] for row in store.query(query, service=True).rows()] == ['"from afar"']
    (asked,) = Elsewhere.asked
    assert asked.startswith("data.example.org:")
    assert asked.endswith("/sparql")


def test_redirects_are_not_followed(relay: Relay) -> None:
    address = relay.redirected("SELECT * { SERVICE <https://data.example.org/moved> { ?s ?p ?n } }").split("<")[1]
    answer = httpx.post(address.split(">")[0], content="ASK {}")
    assert answer.status_code == 502
    assert "redirect" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <https://elsewhere.example/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?anywhere { ?s ?p ?o } }",
        "PREFIX d: <https://data.example.org/> SELECT * { SERVICE d:sparql { ?s ?p ?o } }",
        f"SELECT * {{ SERVICESILENT<{ENDPOINT}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{ENDPOINT}> {{ SERVICE <http://10.0.0.1/> {{ ?s ?p ?o }} }} }}",
    ],
)
def test_other_endpoints_are_refused(relay: Relay, query: str) -> None:
    with pytest.raises(ForbiddenError):
        relay.redirected(query)


def test_nobody_else_can_use_the_relay(relay: Relay) -> None:
    address = relay.redirected(f"SELECT * {{ SERVICE <{ENDPOINT}> {{ ?s ?p ?n }} }}").split("<")[1].split(">")[0]
    secret = address.split("/")[3]
    assert httpx.post(address.replace(secret, "guess"), content="ASK {}").status_code == 404


def test_a_server_with_allowed_hosts_still_refuses_the_others() -> None:
    with open_store(None) as store:
        app = create_app(store, Settings(base=BASE), Limits(workers=0, service_hosts="data.example.org"))
        query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
        assert app.test_client().get("/sparql", query_string={"query": query}).status_code == 403


def test_others_can_federate_with_us(served: Served) -> None:
    query = f"SELECT ?name {{ SERVICE <{served.url}/sparql> {{ ?s a kg:Person ; rdfs:label ?name }} }}"
    prefixes = (
        "PREFIX kg: <https://w3id.org/communique/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    )
    rows = ox.Store().query(prefixes + query)
    assert [str(row["name"]) for row in rows] == ['"Mira Lindqvist"']  # type: ignore[union-attr, index]  # a SELECT's
