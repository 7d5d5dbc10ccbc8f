"""SPARQL 1.1 Protocol, Graph Store HTTP Protocol and Service Description: every case of the W3C suites passes."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.config import Settings
from kg.graph.store import open_store
from tests.server.conftest import TOKEN, Served, serve
from tests.server.w3c.manifest import Case, Exchange, cases, exchanges, fits, graph_data

SITE = "http://www.example/"
FORMATS = {
    "boolean": ("application/sparql-results+json",),
    "tabular": ("application/sparql-results+json",),
    "RDF": ("text/turtle",),
}
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture
def site() -> Iterator[Served]:
    """An empty server that thinks it is www.example."""
    with open_store(None) as store:
        yield from serve(store, Settings(base=SITE, token=TOKEN))


def send(client: httpx.Client, exchange: Exchange, path: str) -> httpx.Response:
    headers = {**exchange.headers, "authorization": f"Bearer {TOKEN}"}
    return client.request(exchange.method, path, headers=headers, content=exchange.body)


def endpoint_of(exchange: Exchange) -> str:
    """The manifest sends queries and updates to one address; here they have one each."""
    body = exchange.body or b""
    update = (
        "sparql-update" in exchange.headers.get("content-type", "")
        or body.startswith(b"update=")
        or b"CLEAR" in body
        or "update=" in exchange.path
    )
    return exchange.path.replace("/sparql/", "/update" if update else "/sparql", 1)


@pytest.mark.parametrize("case", cases("sparql11/protocol/manifest.ttl"), ids=lambda c: c.name)
def test_protocol(case: Case, site: Served) -> None:
    for name, file in graph_data(case):
        site.store.load(file.read_bytes(), "ntriples", graph=f"<{name}>")
    for exchange in exchanges(case):
        answer = send(site.client, exchange, endpoint_of(exchange))
        assert fits(answer.status_code, exchange.statuses), answer.text
        if exchange.format:
            assert answer.headers["Content-Type"].partition(";")[0] in FORMATS[exchange.format]
        if exchange.boolean is not None:
            assert answer.json()["boolean"] is exchange.boolean


@pytest.mark.parametrize("case", cases("sparql11/graph-store-protocol/manifest.ttl"), ids=lambda c: c.name)
def test_graph_store_protocol(case: Case, site: Served) -> None:
    known: dict[str, str] = {}
    for exchange in exchanges(case):
        path = exchange.path
        for name, place in known.items():
            path = path.replace(name, quote(place, safe=""))
        path = path.replace("/gsp", "/store", 1).replace("%2Fgsp%2F", "%2Fstore%2F").replace("/gsp/", "/store/")
        answer = send(site.client, exchange, path)
        assert fits(answer.status_code, exchange.statuses), answer.text
        if exchange.location:
            known[exchange.location] = answer.headers["Location"]
        if exchange.content_type:
            assert answer.headers["Content-Type"] == exchange.content_type
        if exchange.content:
            expected = rdflib.Graph().parse(data=exchange.content, format="turtle", publicID=SITE)
            assert isomorphic(rdflib.Graph().parse(data=answer.text, format="turtle"), expected)


@pytest.fixture
def description(site: Served) -> rdflib.Graph:
    """What the endpoint says of itself."""
    site.store.replace_graph("<urn:x:g>", '<urn:x:s> <urn:x:p> "o" .')
    answer = site.client.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["Content-Type"].startswith("text/turtle")
    return rdflib.Graph().parse(data=answer.text, format="turtle")


def test_returns_rdf(description: rdflib.Graph) -> None:
    assert len(description) > 0


def test_has_endpoint_triple(description: rdflib.Graph) -> None:
    assert (None, SD.endpoint, rdflib.URIRef(f"{SITE}sparql")) in description


def test_conforms_to_schema(description: rdflib.Graph) -> None:
    """The shapes of the vocabulary: one endpoint a service, named graphs with names, classes where they belong."""
    for service in description.subjects(rdflib.RDF.type, SD.Service):
        assert len(list(description.objects(service, SD.endpoint))) == 1
    for dataset in description.objects(None, SD.defaultDataset):
        assert (dataset, rdflib.RDF.type, SD.Dataset) in description
        assert (description.value(dataset, SD.defaultGraph), rdflib.RDF.type, SD.Graph) in description
    named = list(description.objects(None, SD.namedGraph))
    assert named
    assert all(isinstance(description.value(node, SD.name), rdflib.URIRef) for node in named)
    languages = set(description.objects(None, SD.supportedLanguage))
    assert languages <= {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update}
