"""Linked data, dumps, descriptions and errors as machines and readers meet them."""

from __future__ import annotations

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic

from tests.server.conftest import BASE, Served

PERSON = "/id/person/mira-lindqvist"
KG = rdflib.Namespace("https://w3id.org/communique/ontology#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.mark.parametrize(
    ("accept", "where"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/page/person/mira-lindqvist"),
        ("text/turtle", "/data/person/mira-lindqvist.ttl"),
        ("application/ld+json", "/data/person/mira-lindqvist.jsonld"),
        ("application/rdf+xml", "/data/person/mira-lindqvist.rdf"),
        ("application/n-triples", "/data/person/mira-lindqvist.nt"),
        ("text/html;q=0.5, text/turtle", "/data/person/mira-lindqvist.ttl"),
    ],
)
def test_a_name_sends_on_to_what_the_client_reads(client: httpx.Client, accept: str, where: str) -> None:
    answer = client.get(PERSON, headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["Location"].removeprefix(str(client.base_url).rstrip("/")) == where
    assert "Accept" in answer.headers["Vary"]


def test_a_name_does_not_come_as_a_picture(client: httpx.Client) -> None:
    assert client.get(PERSON, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(("suffix", "parser"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml"), ("nt", "nt")])
def test_the_description_has_neighbours_names_and_reports(client: httpx.Client, suffix: str, parser: str) -> None:
    answer = client.get(f"/data/event/e1.{suffix}")
    graph = rdflib.Graph().parse(data=answer.text, format=parser)
    assert (None, KG.quote, rdflib.Literal("Lindqvist met the delegation of Norland.")) in graph
    assert (rdflib.URIRef(f"{BASE}id/state/norland"), rdflib.RDFS.label, rdflib.Literal("Norland")) in graph


@pytest.mark.parametrize(
    "path", ["/data/person/nobody.ttl", "/data/person/mira-lindqvist.exe", "/data/.ttl", "/nowhere"]
)
def test_what_is_not_there_is_404_in_the_clients_words(client: httpx.Client, path: str) -> None:
    machine = client.get(path, headers={"Accept": "application/json"})
    assert (machine.status_code, machine.headers["Content-Type"]) == (404, "application/problem+json")
    assert machine.json()["status"] == 404
    reader = client.get(path, headers={"Accept": "text/html"})
    assert reader.status_code == 404
    assert reader.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(("suffix", "parser"), [("ttl", "turtle"), ("nt", "nt")])
def test_an_export_of_triples_is_the_merge(served: Served, suffix: str, parser: str) -> None:
    graph = rdflib.Graph().parse(data=served.client.get(f"/export.{suffix}").text, format=parser)
    assert len(graph) == served.store.size()


@pytest.mark.parametrize(("suffix", "parser"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_an_export_of_quads_has_each_graph(served: Served, suffix: str, parser: str) -> None:
    dataset = rdflib.Dataset().parse(data=served.client.get(f"/export.{suffix}").text, format=parser)
    names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert names == {graph.strip("<>") for graph in served.store.graphs()}


def test_the_ontology_comes_in_equal_graphs(client: httpx.Client) -> None:
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    xml = client.get("/ontology", headers={"Accept": "application/rdf+xml"})
    parsed = [rdflib.Graph().parse(data=a.text, format=f) for a, f in ((turtle, "turtle"), (xml, "xml"))]
    assert (KG.Meeting, rdflib.RDFS.subClassOf, KG.Event) in parsed[0]
    assert isomorphic(*parsed)


def test_readers_of_the_ontology_are_sent_to_its_page(client: httpx.Client) -> None:
    answer = client.get("/ontology", headers={"Accept": "text/html,*/*;q=0.8"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/vocabulary")
    assert client.get("/ontology", headers={"Accept": "*/*"}).headers["Content-Type"].startswith("text/turtle")


def test_void_counts_what_is_there(served: Served) -> None:
    text = served.client.get("/.well-known/void").text
    graph = rdflib.Graph().parse(data=text, format="turtle")
    dataset = rdflib.URIRef(f"{BASE}.well-known/void#dataset")
    assert graph.value(dataset, VOID.triples).value == served.store.size()
    partitions = {
        graph.value(p, VOID["class"]): graph.value(p, VOID.entities) for p in graph[dataset : VOID.classPartition]
    }
    assert partitions[KG.Meeting].value == 1
    assert len(list(graph[dataset : VOID.subset])) == 3


def test_the_sitemap_lists_pages(client: httpx.Client) -> None:
    assert f"<loc>{BASE}page/person/mira-lindqvist</loc>" in client.get("/sitemap.xml").text


def test_health_and_metrics_answer(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").status_code == 200
    client.get("/sparql", params={"query": "ASK {}"})
    lines = client.get("/metrics").text.splitlines()
    assert any(line.startswith('kg_http_requests_total{lane="sparql",method="GET",status="200"}') for line in lines)


@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK{}", "/nowhere", "/export.nt"])
def test_every_answer_carries_the_security_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_preflight_allows_what_the_path_takes(client: httpx.Client) -> None:
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    answer = client.options("/store", headers=asked)
    assert answer.status_code == 204
    assert "PUT" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization, content-type"


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "*/*"])
def test_a_name_of_nothing_leads_nowhere(client: httpx.Client, accept: str) -> None:
    answer = client.get("/id/state/nowhere", headers={"Accept": accept})
    assert answer.status_code == 404 and "Location" not in answer.headers


def test_browsers_find_an_icon(client: httpx.Client) -> None:
    answer = client.get("/favicon.ico", follow_redirects=True)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("image/svg+xml")


def test_descriptions_follow_the_graph(served: Served) -> None:
    def told(path: str) -> str:
        return served.client.get(path, headers={"Accept": "application/n-triples"}).text

    paths = ("/.well-known/void", "/sparql")
    before = [told(path) for path in paths]
    assert [told(path) for path in paths] == before
    served.store.replace_graph("<urn:x:described>", '<urn:x:s> <urn:x:p> "o" .')
    assert all("<urn:x:described>" in told(path) for path in paths)
    served.store.clear("<urn:x:described>")
    assert [told(path) for path in paths] == before
