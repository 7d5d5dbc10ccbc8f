"""The query endpoint as clients use it."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from tests.server.conftest import BASE, Served

NAMES = "SELECT ?name WHERE { ?s a kg:Person ; rdfs:label ?name }"
PARSERS = {
    "application/sparql-results+json": lambda text: json.loads(text)["results"]["bindings"][0]["name"]["value"],
    "application/sparql-results+xml": lambda text: "".join(ElementTree.fromstring(text).itertext()).strip(),
    "text/csv": lambda text: next(iter(csv.DictReader(io.StringIO(text))))["name"],
    "text/tab-separated-values": lambda text: text.splitlines()[1].strip('"'),
}
RDF = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}


@pytest.mark.parametrize("media_type", PARSERS)
def test_solutions_come_in_each_format(client: httpx.Client, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": NAMES}, headers={"Accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    assert PARSERS[media_type](answer.text) == "Mira Lindqvist"


@pytest.mark.parametrize("media_type", RDF)
def test_graphs_come_in_each_format(client: httpx.Client, media_type: str) -> None:
    query = f"DESCRIBE <{BASE}id/person/mira-lindqvist>"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": media_type})
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    graph = rdflib.Dataset(default_union=True).parse(data=answer.text, format=RDF[media_type])
    assert (None, rdflib.RDFS.label, rdflib.Literal("Mira Lindqvist")) in graph


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("nonsense, text/csv", "text/csv"),
    ],
)
def test_accept_decides_by_quality(client: httpx.Client, accept: str, expected: str) -> None:
    answer = client.get("/sparql", params={"query": NAMES}, headers={"Accept": accept})
    assert answer.headers["Content-Type"].partition(";")[0] == expected
    assert "Accept" in answer.headers["Vary"]


def test_what_cannot_be_accepted_is_406(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": NAMES}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.json()["title"] == "Not Acceptable"


@pytest.mark.parametrize("name", ["csv", "text/csv"])
def test_format_parameter_wins_over_accept(client: httpx.Client, name: str) -> None:
    answer = client.get("/sparql", params={"query": NAMES, "format": name}, headers={"Accept": "application/json"})
    assert answer.headers["Content-Type"].startswith("text/csv")


def test_the_three_ways_to_send_a_query_agree(client: httpx.Client) -> None:
    answers = [
        client.get("/sparql", params={"query": NAMES}),
        client.post("/sparql", data={"query": NAMES}),
        client.post("/sparql", content=NAMES, headers={"Content-Type": "application/sparql-query"}),
    ]
    assert {a.status_code for a in answers} == {200}
    assert len({a.content for a in answers}) == 1


def test_default_graph_is_the_merge_and_can_be_chosen(client: httpx.Client) -> None:
    ask = {"query": "ASK { ?s kg:metWith ?o . ?s a kg:Person }"}
    assert client.get("/sparql", params=ask).json()["boolean"] is True
    only = {**ask, "default-graph-uri": f"{BASE}graph/inferred"}
    assert client.get("/sparql", params=only).json()["boolean"] is False
    both = {**ask, "default-graph-uri": [f"{BASE}graph/inferred", f"{BASE}graph/article/talks"]}
    assert client.get("/sparql", params=both).json()["boolean"] is True


def test_named_graphs_of_the_request_limit_what_graph_reaches(client: httpx.Client) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    named = {"query": query, "named-graph-uri": f"{BASE}graph/inferred"}
    rows = client.get("/sparql", params=named).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == [f"{BASE}graph/inferred"]
    default_only = {"query": query, "default-graph-uri": f"{BASE}graph/inferred"}
    assert client.get("/sparql", params=default_only).json()["results"]["bindings"] == []


def test_syntax_error_tells_line_and_column(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "line 2, column 1" in answer.json()["detail"]


def test_service_description_is_what_rdf_clients_get(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert (None, sd.endpoint, rdflib.URIRef(f"{BASE}sparql")) in graph
    assert len(set(graph.objects(None, sd.namedGraph))) == 3


def test_browsers_get_a_page(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<textarea" in answer.text


def test_repeated_answer_is_304_by_its_tag(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": NAMES})
    again = client.get("/sparql", params={"query": NAMES}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_write_makes_a_kept_answer_stale(served: Served) -> None:
    ask = {"query": "ASK { <urn:x:new> ?p ?o }"}
    assert served.client.get("/sparql", params=ask).json()["boolean"] is False
    served.store.replace_graph("<urn:x:g>", '<urn:x:new> <urn:x:p> "1" .')
    assert served.client.get("/sparql", params=ask).json()["boolean"] is True
    served.store.clear("<urn:x:g>")
    assert served.client.get("/sparql", params=ask).json()["boolean"] is False


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_compressed_answers_say_the_same(served: Served, coding: str) -> None:
    query = {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"}
    plain = served.client.get("/sparql", params=query, headers={"Accept-Encoding": "identity"})
    packed = served.client.get("/sparql", params=query, headers={"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert packed.headers["ETag"] != plain.headers["ETag"]
    if coding == "gzip":
        assert packed.content == plain.content


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": NAMES}, headers={"Accept-Encoding": "identity"})
    get = client.get("/sparql", params={"query": NAMES}, headers={"Accept-Encoding": "identity"})
    assert head.content == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


@pytest.mark.parametrize("return_format", [JSON, XML, CSV])
@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_works_unchanged(served: Served, return_format: str, method: str) -> None:
    wrapper = SPARQLWrapper(f"{served.url}/sparql", returnFormat=return_format)
    wrapper.setMethod(method)
    wrapper.setQuery(f"PREFIX kg: <https://w3id.org/communique/ontology#> {NAMES}")
    answer = wrapper.query()
    text = answer.response.read().decode()
    assert "Mira Lindqvist" in text


def test_sparqlwrapper_constructs(served: Served) -> None:
    wrapper = SPARQLWrapper(f"{served.url}/sparql", returnFormat=TURTLE)
    wrapper.setQuery("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    graph = rdflib.Graph().parse(data=wrapper.query().convert(), format="turtle")
    assert len(graph) == served.store.size()


def test_the_description_tells_entailment_where_there_is_an_inferred_graph(served: Served) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    regime = rdflib.Namespace("http://www.w3.org/ns/entailment/")

    def described() -> rdflib.Graph:
        answer = served.client.get("/sparql", headers={"Accept": "text/turtle"})
        return rdflib.Graph().parse(data=answer.text, format="turtle")

    before = described()
    assert set(before.objects(None, sd.defaultEntailmentRegime)) == {regime["OWL-RDF-Based"]}
    (profile,) = before.objects(None, sd.defaultSupportedEntailmentProfile)
    assert str(profile) == "http://www.w3.org/ns/owl-profile/RL"
    inferred = f"<{BASE}graph/inferred>"
    kept = [f"{s} {p} {o} ." for s, p, o, _ in served.store.quads(graph=inferred)]
    served.store.clear(inferred)
    after = described()
    served.store.replace_graph(inferred, kept)
    assert set(after.objects(None, sd.defaultEntailmentRegime)) == {regime.Simple}
    assert not list(after.objects(None, sd.defaultSupportedEntailmentProfile))


def test_a_query_chooses_what_is_stated_or_all(client: httpx.Client) -> None:
    def met(pattern: str) -> bool:
        text = f"PREFIX kg: <https://w3id.org/communique/ontology#> ASK {{ {pattern} }}"
        return bool(client.get("/sparql", params={"query": text}).json()["boolean"])

    inferred = f"<{BASE}graph/inferred>"
    assert met("?a kg:metWith ?b")
    assert not met(f"GRAPH ?g {{ ?a kg:metWith ?b }} FILTER(?g != {inferred})")
    assert not met(f"?a kg:metWith ?b FILTER NOT EXISTS {{ GRAPH {inferred} {{ ?a kg:metWith ?b }} }}")
    assert met(f"GRAPH ?g {{ ?e kg:agent ?a }} FILTER(?g != {inferred})")


def test_an_empty_query_is_400_and_none_is_the_description(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": ""}).status_code == 400
    assert client.post("/sparql", data={"query": ""}).status_code == 400
    assert client.get("/sparql").headers["Content-Type"].startswith("text/turtle")


def test_a_posted_query_has_an_answer_or_406_but_no_page(client: httpx.Client) -> None:
    ask = {"query": "ASK { ?s ?p ?o }"}
    browser = client.post("/sparql", data=ask, headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert browser.status_code == 200 and "true" in browser.text
    assert client.post("/sparql", data=ask, headers={"Accept": "text/html"}).status_code == 406
