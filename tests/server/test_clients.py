"""Ordinary clients, as people install them, work with the server as it is."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pyoxigraph as ox
import pytest

from kg.config import Settings
from kg.graph.store import open_store
from tests.server.conftest import BASE, TOKEN, Served, filled, serve

EVENT = f"{BASE}id/event/e1"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
MEETINGS = f"PREFIX kg: <https://w3id.org/communique/ontology#> SELECT ?e ?l {{ ?e a kg:Meeting ; {LABEL} ?l }}"
COMUNICA = "4.5.0"
"""The last release that runs on the Node.js of Debian."""


@pytest.fixture(scope="module")
def bounded() -> Iterator[Served]:
    """The small graph, its queries answered by a worker."""
    from server import Limits

    with open_store(None) as store:
        yield from serve(filled(store), Settings(base=BASE, token=TOKEN), Limits(workers=1), ready=True)


def curl(*arguments: str, sent: bytes = b"") -> bytes:
    """What curl prints; it fails for a status of 400 and above."""
    if shutil.which("curl") is None:
        pytest.skip("there is no curl here")
    done = subprocess.run(["curl", "-sS", "--fail", *arguments], input=sent, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl_asks(bounded: Served) -> None:
    asked = ["--data-urlencode", f"query={MEETINGS}", f"{bounded.url}/sparql"]
    assert f"{EVENT},Talks in Harbour City" in curl("-H", "Accept: text/csv", *asked).decode()
    assert f"{EVENT},Talks in Harbour City" in curl("-G", "-H", "Accept: text/csv", "--compressed", *asked).decode()
    posted = ["-H", "Content-Type: application/sparql-query", "--data-binary", "@-"]
    assert json.loads(curl(*posted, f"{bounded.url}/sparql", sent=b"ASK { ?s ?p ?o }"))["boolean"] is True
    assert curl("-I", "-G", *asked).startswith(b"HTTP/1.1 200")


def test_curl_follows_a_name_to_its_data(bounded: Served) -> None:
    data = curl("-L", "-H", "Accept: text/turtle", f"{bounded.url}/id/event/e1")
    assert b"Talks in Harbour City" in data


def test_curl_writes_graphs(bounded: Served) -> None:
    address = f"{bounded.url}/store?graph=urn:x:curl"
    token = ["-H", f"Authorization: Bearer {TOKEN}"]
    turtle = ["-H", "Content-Type: text/turtle", "--data-binary", "@-", address]
    curl("-X", "PUT", *token, *turtle, sent=b"<urn:a> <urn:p> 1 .")
    curl("-X", "POST", *token, "-H", "Content-Encoding: gzip", *turtle, sent=gzip.compress(b"<urn:a> <urn:p> 2 ."))
    curl(*token, "-F", "file=@-;filename=more.ttl;type=text/turtle", address, sent=b"<urn:a> <urn:p> 3 .")
    curl(
        *token,
        "--data-urlencode",
        "update=DELETE DATA { GRAPH <urn:x:curl> { <urn:a> <urn:p> 1 } }",
        f"{bounded.url}/update",
    )
    assert curl("-H", "Accept: application/n-triples", address).count(b"\n") == 2
    curl("-X", "DELETE", *token, address)


def test_another_engine_federates(bounded: Served) -> None:
    own = ox.Store()
    own.add(ox.Quad(ox.NamedNode(EVENT), ox.NamedNode("urn:x:note"), ox.Literal("noted here")))
    query = f"SELECT ?note ?l {{ ?e <urn:x:note> ?note SERVICE <{bounded.url}/sparql> {{ ?e {LABEL} ?l }} }}"
    assert [row["l"].value for row in own.query(query)] == ["Talks in Harbour City"]
    loaded = ox.Store()
    loaded.update(f"LOAD <{bounded.url}/data/event/e1.ttl>")
    assert ox.NamedNode(EVENT) in {quad.subject for quad in loaded}


@pytest.fixture(scope="session")
def comunica() -> Path:
    """The query engine of npm's @comunica/query-sparql, installed once beside the other test dependencies."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("there is no Node.js here")
    folder = Path(sys.prefix) / f"comunica-{COMUNICA}"
    if not folder.exists():
        fresh = folder.with_name(f"{folder.name}-{uuid4().hex[:8]}")
        fresh.mkdir()
        (fresh / "package.json").write_text('{"private": true}')
        wanted = [
            "--no-audit",
            "--no-fund",
            "--no-package-lock",
            "--ignore-scripts",
            f"@comunica/query-sparql@{COMUNICA}",
        ]
        try:
            subprocess.run(["npm", "install", *wanted], cwd=fresh, check=True, capture_output=True, timeout=400)
            fresh.rename(folder)
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"npm cannot install Comunica: {error}")
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return folder / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"


def ask_comunica(comunica: Path, *arguments: str) -> list[dict[str, str]]:
    """The rows that it prints."""
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(["node", str(comunica), *arguments], capture_output=True, timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, str]] = json.loads(done.stdout)
    return rows


def test_comunica_asks_the_endpoint(bounded: Served, comunica: Path) -> None:
    rows = ask_comunica(comunica, f"{bounded.url}/sparql", MEETINGS)
    assert rows == [{"e": EVENT, "l": '"Talks in Harbour City"'}]


def test_comunica_joins_the_endpoint_with_linked_data(bounded: Served, comunica: Path) -> None:
    query = f"SELECT ?l ?who {{ ?e {LABEL} ?l ; <https://w3id.org/communique/ontology#agent> ?a . ?a {LABEL} ?who }}"
    sources = [f"{bounded.url}/sparql", f"{bounded.url}/data/person/mira-lindqvist.ttl"]
    rows = ask_comunica(comunica, *sources, query)
    assert {(row["l"], row["who"]) for row in rows} == {('"Talks in Harbour City"', '"Mira Lindqvist"')}
