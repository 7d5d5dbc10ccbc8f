"""Reads the W3C's test manifests: the entries of each, and the HTTP requests that protocol tests consist of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS

from tests.conftest import SHARED

SUITES = SHARED / "suites" / "w3c-rdf-tests" / "sparql"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
DAWGT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")


@dataclass(frozen=True)
class Case:
    """One entry of a manifest: its short name ``folder/name``, its kind, and the graph that describes it."""

    name: str
    kind: str
    node: rdflib.term.Node
    manifest: rdflib.Graph


@dataclass(frozen=True)
class Exchange:
    """A request of a protocol test with what is expected of its response."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    format: str
    location: str
    content: str
    content_type: str


def cases(path: str) -> list[Case]:
    """The entries of a manifest and of those it includes, in order; none where the suites are absent."""
    file = SUITES / path
    return list(_entries(file)) if file.is_file() else []


def _entries(file: Path) -> Iterator[Case]:
    graph = rdflib.Graph().parse(file, format="turtle", publicID=file.as_uri())
    for included in graph.objects(None, MF.include):
        for node in Collection(graph, included):
            yield from _entries(Path(str(node).removeprefix("file://")))
    for entries in graph.objects(None, MF.entries):
        for node in Collection(graph, entries):
            kind = next((str(k) for k in graph.objects(node, RDF.type)), "")
            yield Case(f"{file.parent.name}/{_local(node)}", _local(kind), node, graph)


def file_of(node: object) -> Path:
    """The file that an IRI of a manifest names."""
    return Path(str(node).removeprefix("file://"))


def _local(node: object) -> str:
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def exchanges(case: Case) -> list[Exchange]:
    """The requests of a protocol or graph store test, in order."""
    graph = case.manifest
    action = graph.value(case.node, MF.action)
    return [_exchange(graph, node) for node in Collection(graph, graph.value(action, HT.requests))]


def _exchange(graph: rdflib.Graph, node: rdflib.term.Node) -> Exchange:
    body, response = graph.value(node, HT.body), graph.value(node, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    content = graph.value(response, HT.body)
    answered = _headers(graph, response)
    return Exchange(
        method=str(graph.value(node, HT.methodName)),
        path=str(graph.value(node, HT.absolutePath)),
        headers=_headers(graph, node),
        body=_bytes(graph, body) if body else None,
        statuses=frozenset(_local(s) for s in graph.objects(response, MF.expectedStatus)),
        boolean=None if boolean is None else bool(boolean.toPython()),
        format=str(graph.value(response, MF.expectedFormat) or ""),
        location=str(graph.value(response, MF.expectedLocation) or ""),
        content=str(graph.value(content, CNT.chars)) if content else "",
        content_type=answered.get("content-type", ""),
    )


def _headers(graph: rdflib.Graph, node: rdflib.term.Node) -> dict[str, str]:
    listed = graph.value(node, HT.headers)
    if listed is None:
        return {}
    pairs = ((graph.value(h, HT.fieldName), graph.value(h, HT.fieldValue)) for h in Collection(graph, listed))
    return {str(name).lower(): str(value) for name, value in pairs}


def _bytes(graph: rdflib.Graph, body: rdflib.term.Node) -> bytes:
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8")
    return str(graph.value(body, CNT.chars)).encode(encoding)


def graph_data(case: Case) -> list[tuple[str, Path]]:
    """The named graphs that a protocol test wants to be there: IRI and file."""
    graph = case.manifest
    return [
        (str(graph.value(node, RDFS.label)), Path(str(graph.value(node, UT.graph)).removeprefix("file://")))
        for node in graph.objects(case.node, UT.graphData)
    ]


STATUS = {
    "OK": 200,
    "Created": 201,
    "NoContent": 204,
    "BadRequest": 400,
    "NotFound": 404,
}


def fits(status: int, expected: frozenset[str]) -> bool:
    """Whether a status is one of those expected, by name or by class (``StatusCode4xx``)."""
    return any(
        status // 100 == int(name[10]) if name.startswith("StatusCode") else STATUS[name] == status for name in expected
    )
