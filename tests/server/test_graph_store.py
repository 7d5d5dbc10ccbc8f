"""The graph store and the update endpoint: who may write, what happens, what is refused."""

from __future__ import annotations

import gzip

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from kg.config import Settings
from kg.graph.store import open_store
from server import create_app
from tests.server.conftest import BASE, TOKEN, Served

AUTH = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = {**AUTH, "Content-Type": "text/turtle"}
GRAPH = {"graph": "urn:x:tests"}
WRITES = [("PUT", "/store"), ("POST", "/store"), ("DELETE", "/store"), ("PATCH", "/store"), ("POST", "/update")]


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic Zm9vOmJhcg==", f"Bearer {TOKEN}x", "Bearer é"])
def test_writes_without_the_right_token_are_401(client: httpx.Client, method: str, path: str, header: str) -> None:
    headers = {"Authorization": header.encode()} if header else {}
    answer = client.request(method, path, params=GRAPH, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_server_without_token_takes_no_writes(method: str, path: str) -> None:
    with open_store(None) as store:
        app = create_app(store, Settings(base=BASE))
        answer = app.test_client().open(path, method=method, headers=AUTH)
        assert answer.status_code == 403


def test_put_replaces_post_adds_delete_removes(client: httpx.Client) -> None:
    put = client.put("/store", params=GRAPH, headers=TURTLE, content="<urn:a> <urn:p> 1, 2 .")
    assert put.status_code == 201
    assert client.put("/store", params=GRAPH, headers=TURTLE, content="<urn:a> <urn:p> 3 .").status_code == 204
    assert client.post("/store", params=GRAPH, headers=TURTLE, content="<urn:a> <urn:p> 4 .").status_code == 204
    graph = rdflib.Graph().parse(data=client.get("/store", params=GRAPH).text, format="turtle")
    assert {int(o) for o in graph.objects()} == {3, 4}
    assert client.delete("/store", params=GRAPH, headers=AUTH).status_code == 204
    assert client.get("/store", params=GRAPH).status_code == 404


def test_patch_sees_and_changes_its_graph_alone(client: httpx.Client) -> None:
    client.put("/store", params=GRAPH, headers=TURTLE, content="<urn:a> <urn:p> 1 .")
    patch = {**AUTH, "Content-Type": "application/sparql-update"}
    update = "DELETE { ?s ?p ?o } INSERT { ?s ?p 7 } WHERE { ?s ?p ?o }"
    assert client.patch("/store", params=GRAPH, headers=patch, content=update).status_code == 204
    graph = rdflib.Graph().parse(data=client.get("/store", params=GRAPH).text, format="turtle")
    assert [int(o) for o in graph.objects()] == [7]
    elsewhere = "INSERT DATA { GRAPH <urn:x:other> { <urn:a> <urn:p> 1 } }"
    assert client.patch("/store", params=GRAPH, headers=patch, content=elsewhere).status_code == 422
    assert client.get("/store", params={"graph": "urn:x:other"}).status_code == 404


def test_relative_names_are_below_the_graph(client: httpx.Client) -> None:
    name = f"{BASE}store/folder/list"
    client.put("/store/folder/list", headers=TURTLE, content="<#one> <urn:p> <item> .")
    graph = rdflib.Graph().parse(data=client.get("/store", params={"graph": name}).text, format="turtle")
    assert (rdflib.URIRef(f"{name}#one"), None, rdflib.URIRef(f"{BASE}store/folder/item")) in graph


@pytest.mark.parametrize(
    ("params", "content_type", "body", "status"),
    [
        ({}, "text/turtle", b"", 400),
        ({"graph": "urn:x:a", "default": ""}, "text/turtle", b"", 400),
        ({"graph": "relative"}, "text/turtle", b"", 400),
        (GRAPH, "", b"<urn:a> <urn:p> 1 .", 400),
        (GRAPH, "image/png", b"x", 415),
        (GRAPH, "text/turtle", b"<urn:a> <urn:p>", 400),
        (GRAPH, "text/turtle", b"\xff\xfe", 400),
        (GRAPH, "application/ld+json", b'{"@id":"urn:g","@graph":[{"@id":"urn:a","urn:p":"x"}]}', 400),
        (GRAPH, "application/n-quads", b"<urn:a> <urn:p> <urn:o> <urn:g> .", 415),
    ],
)
def test_bad_writes_are_refused_and_change_nothing(
    served: Served, params: dict[str, str], content_type: str, body: bytes, status: int
) -> None:
    before = served.store.version
    headers = {**AUTH, **({"Content-Type": content_type} if content_type else {})}
    assert served.client.put("/store", params=params, headers=headers, content=body).status_code == status
    assert served.store.version == before


def test_a_form_with_one_bad_file_changes_nothing(served: Served) -> None:
    before = served.store.version
    files = [
        ("f", (name, text, "text/turtle"))
        for name, text in (("a.ttl", "<urn:a> <urn:p> 1"), ("b.ttl", "<urn:b> <urn:p> 1 ."))
    ]
    assert served.client.post("/store", params=GRAPH, headers=AUTH, files=files).status_code == 400
    assert served.store.version == before


NESTED = '<!ENTITY e0 "x">' + "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 9))


@pytest.mark.parametrize(
    ("entities", "text", "status"),
    [
        ('<!ENTITY e "plain">', "&e;", 201),
        (NESTED, "&e8;", 400),
        (f'<!ENTITY e "{"x" * 100_000}">', "&e;" * 10_000, 400),
        ('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;", 400),
        ('<!ENTITY % e SYSTEM "http://127.0.0.1/x"> %e;', "", 400),
    ],
    ids=["plain", "nested", "long", "file", "parameter"],
)
def test_an_entity_bomb_does_not_go_off(client: httpx.Client, entities: str, text: str, status: int) -> None:
    client.delete("/store", params=GRAPH, headers=AUTH)
    document = f"""<?xml version="1.0"?><!DOCTYPE r [{entities}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">
<rdf:Description rdf:about="urn:s"><e:p>{text}</e:p></rdf:Description></rdf:RDF>"""
    headers = {**AUTH, "Content-Type": "application/rdf+xml"}
    assert client.put("/store", params=GRAPH, headers=headers, content=document).status_code == status


def test_a_zip_bomb_is_413_and_a_broken_zip_400(client: httpx.Client) -> None:
    headers = {**TURTLE, "Content-Encoding": "gzip"}
    bomb = gzip.compress(b" " * (65 * 2**20))
    assert client.put("/store", params=GRAPH, headers=headers, content=bomb).status_code == 413
    assert client.put("/store", params=GRAPH, headers=headers, content=b"not gzip").status_code == 400
    good = gzip.compress(b"<urn:a> <urn:p> 5 .")
    assert client.put("/store", params=GRAPH, headers=headers, content=good).status_code in (201, 204)


def test_update_commits_all_or_nothing(client: httpx.Client) -> None:
    headers = {**AUTH, "Content-Type": "application/sparql-update"}
    good = "INSERT DATA { GRAPH <urn:x:u> { <urn:u> <urn:p> 1 } }"
    assert client.post("/update", headers=headers, content=good).status_code == 204
    bad = f"{good.replace('1', '2')} ; INSERT DATA {{ GRAPH <urn:x:u> {{ <urn:u> <urn:p> }} }}"
    assert client.post("/update", headers=headers, content=bad).status_code == 400
    rows = client.get("/sparql", params={"query": "SELECT ?o { <urn:u> ?p ?o }"}).json()["results"]["bindings"]
    assert [row["o"]["value"] for row in rows] == ["1"]


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1/x>",
        "LOADSILENT<file:///etc/passwd>",
        "PREFIX : <http://127.0.0.1/> LOAD:x",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { ?s ?p trueSERVICE<http://127.0.0.1/x> { ?s ?p ?o } }",
    ],
)
def test_updates_do_not_reach_out(client: httpx.Client, update: str) -> None:
    assert client.post("/update", data={"update": update}, headers=AUTH).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://127.0.0.1/x>{ ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1/x>{ ?s ?p ?o } }",
        'SELECT * { ?s ?p "a\\u0022#" SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }',
        "SELECT * { # comment\rSERVICE <http://127.0.0.1/x> { ?s ?p ?o } }",
        "SELECT * { service ?anywhere { ?s ?p ?o } }",
    ],
)
def test_queries_do_not_reach_out(client: httpx.Client, query: str) -> None:
    assert client.get("/sparql", params={"query": query}).status_code == 403


def test_the_word_service_is_no_offence(client: httpx.Client) -> None:
    query = 'SELECT * { ?service <urn:x:service> "SERVICE LOAD" } # SERVICE'
    assert client.get("/sparql", params={"query": query}).status_code == 200


def test_rdflib_reads_and_writes_as_it_is(served: Served) -> None:
    writing = SPARQLUpdateStore(
        query_endpoint=f"{served.url}/sparql", update_endpoint=f"{served.url}/update", headers=AUTH, autocommit=True
    )
    name = rdflib.URIRef("urn:x:rdflib")
    graph = rdflib.Graph(writing, identifier=name)
    graph.add((rdflib.URIRef("urn:r"), rdflib.RDFS.label, rdflib.Literal("from rdflib", lang="en")))
    reading = rdflib.Graph(SPARQLStore(f"{served.url}/sparql"), identifier=name)
    assert list(reading.objects(rdflib.URIRef("urn:r"))) == [rdflib.Literal("from rdflib", lang="en")]
    graph.remove((rdflib.URIRef("urn:r"), None, None))
    assert client_rows(served, "SELECT ?o { <urn:r> ?p ?o }") == []


def client_rows(served: Served, query: str) -> list[dict[str, dict[str, str]]]:
    rows: list[dict[str, dict[str, str]]] = served.client.get("/sparql", params={"query": query}).json()["results"][
        "bindings"
    ]
    return rows


def test_a_large_graph_comes_whole(served: Served) -> None:
    text = "z" * 1000
    served.store.replace_graph("<urn:x:large>", "\n".join(f'<urn:l{i}> <urn:p> "{text}" .' for i in range(18_000)))
    answer = served.client.get("/store", params={"graph": "urn:x:large"}, headers={"Accept": "application/n-triples"})
    assert answer.text.count("\n") == 18_000
    served.store.clear("<urn:x:large>")
