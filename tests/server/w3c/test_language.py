"""SPARQL 1.1 Query, Update and their result formats: the W3C suites, each case through the HTTP endpoints."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.query import Result

from kg.config import Settings
from kg.graph.store import OxigraphStore, format_of, open_store
from tests.server.conftest import BASE, TOKEN, Served, serve
from tests.server.w3c.manifest import MF, QT, RDFS, UT, Case, cases
from tests.server.w3c.solutions import expected, of_result, same, table

AUTH = {"Authorization": f"Bearer {TOKEN}"}
MANIFESTS = (
    "sparql11/manifest-sparql11-query.ttl",
    "sparql11/manifest-sparql11-update.ttl",
    "sparql11/csv-tsv-res/manifest.ttl",
    "sparql11/json-res/manifest.ttl",
    "sparql11/syntax-fed/manifest.ttl",
)
_SCOPE = "the engine does not bind the variable of GRAPH inside its pattern before VALUES, MINUS or aggregation see it"
_ZERO = "the engine finds no zero-length path from a term that the data does not have"
KNOWN = {
    "aggregates/agg-groupconcat-04": "the engine keeps a common language tag in GROUP_CONCAT, as SPARQL 1.2 wants it",
    "aggregates/agg-groupconcat-06": "the engine keeps a common language tag in GROUP_CONCAT, as SPARQL 1.2 wants it",
    "aggregates/agg-empty-group-count-graph": _SCOPE,
    "bindings/graph": _SCOPE,
    "negation/graph-minus": _SCOPE,
    "functions/bnode01": "the engine gives BNODE of one text the same node in every solution",
    "property-path/zero_or_more_set_start": _ZERO,
    "property-path/zero_or_more_set_end": _ZERO,
    "property-path/zero_or_one_set_start": _ZERO,
    "property-path/zero_or_one_set_end": _ZERO,
    "csv-tsv-res/csv03": "the engine keeps numbers by value: 1.0E6 is written 1000000",
    "csv-tsv-res/tsv03": "the engine keeps xsd:negativeInteger as xsd:integer",
}
REFUSED = "LOAD and SERVICE reach out to other hosts, which this server refuses (403) whatever the syntax"


@pytest.fixture(scope="module")
def plain() -> Iterator[Served]:
    """A server whose default graph is an ordinary one, as the suites assume."""
    with open_store(None, merged=False) as store:
        yield from serve(store, Settings(base=BASE, token=TOKEN))


def every_case() -> list[object]:
    """The cases as parameters, those known to fail marked with the reason."""
    found = []
    for manifest in MANIFESTS:
        for case in cases(manifest):
            reason = KNOWN.get(case.name, "")
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            found.append(pytest.param(case, id=case.name, marks=marks))
    return found


@pytest.mark.parametrize("case", every_case())
def test_case(case: Case, plain: Served) -> None:
    run = {
        "QueryEvaluationTest": check_query,
        "CSVResultFormatTest": check_csv,
        "UpdateEvaluationTest": check_update,
        "PositiveSyntaxTest11": check_syntax,
        "NegativeSyntaxTest11": check_syntax,
        "PositiveUpdateSyntaxTest11": check_syntax,
        "NegativeUpdateSyntaxTest11": check_syntax,
    }
    clear(plain)
    run[case.kind](case, plain)


def clear(served: Served) -> None:
    for graph in served.store.graphs():
        served.store.clear(graph)
    served.store.update("CLEAR ALL")


def path_of(node: object) -> Path:
    return Path(str(node).removeprefix("file://"))


def load(served: Served, node: object, name: str | None) -> None:
    file = path_of(node)
    store = served.store
    assert isinstance(store, OxigraphStore)
    known = format_of(file.name)
    assert known
    graph = f"<{name}>" if name else None
    store.load(file.read_bytes(), known.name, graph=graph, base=file.as_uri())


def prepare(case: Case, served: Served) -> tuple[str, Path]:
    """Loads the data of a query test; gives the query with its base, and the file of the result."""
    graph, action = case.manifest, case.manifest.value(case.node, MF.action)
    for node in graph.objects(action, QT.data):
        load(served, node, None)
    for node in graph.objects(action, QT.graphData):
        load(served, node, str(node))
    file = path_of(graph.value(action, QT.query))
    return f"BASE <{file.as_uri()}>\n{file.read_text()}", path_of(graph.value(case.node, MF.result))


def check_query(case: Case, served: Served) -> None:
    query, result = prepare(case, served)
    wanted = expected(result)
    accept = {".tsv": "text/tab-separated-values", ".srx": "application/sparql-results+xml"}.get(result.suffix)
    accept = accept or ("application/sparql-results+json, text/turtle")
    answer = served.client.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    media_type = answer.headers["Content-Type"].partition(";")[0]
    if media_type == "text/turtle":
        got: rdflib.Graph | bool = rdflib.Graph().parse(data=answer.content, format="turtle")
    else:
        got = of_result(Result.parse(io.BytesIO(answer.content), content_type=media_type))
    assert same(got, wanted), answer.text


def check_csv(case: Case, served: Served) -> None:
    query, result = prepare(case, served)
    answer = served.client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert table(answer.text) == table(result.read_text())


def check_update(case: Case, served: Served) -> None:
    graph = case.manifest
    action, result = graph.value(case.node, MF.action), graph.value(case.node, MF.result)
    for node in graph.objects(action, UT.data):
        load(served, node, None)
    for node in graph.objects(action, UT.graphData):
        load(served, graph.value(node, UT.graph), str(graph.value(node, RDFS.label)))
    file = path_of(graph.value(action, UT.request))
    update = f"BASE <{file.as_uri()}>\n{file.read_text()}"
    answer = served.client.post("/update", data={"update": update}, headers=AUTH)
    if answer.status_code == 403:
        pytest.skip(REFUSED)
    assert answer.status_code == 204, answer.text
    wanted = {str(graph.value(n, RDFS.label)): graph.value(n, UT.graph) for n in graph.objects(result, UT.graphData)}
    wanted = {name: node for name, node in wanted.items() if len(parsed([node]))}
    got = {name.strip("<>") for name in served.store.graphs()}
    assert got == set(wanted)
    assert same(content(served, ""), parsed(graph.objects(result, UT.data)))
    for name, node in wanted.items():
        assert same(content(served, name), parsed([node])), name


def parsed(nodes: object) -> rdflib.Graph:
    graph = rdflib.Graph()
    for node in nodes:  # type: ignore[attr-defined]  # any iterable of nodes
        graph.parse(path_of(node), publicID=str(node))
    return graph


def content(served: Served, name: str) -> rdflib.Graph:
    triples = served.store.quads(graph=f"<{name}>") if name else ((*t, "") for t in served.store.triples())
    return rdflib.Graph().parse(data="\n".join(f"{s} {p} {o} ." for s, p, o, _ in triples), format="nt")


def check_syntax(case: Case, served: Served) -> None:
    file = path_of(case.manifest.value(case.node, MF.action))
    is_update = "Update" in case.kind
    path, name, headers = ("/update", "update", AUTH) if is_update else ("/sparql", "query", {})
    answer = served.client.post(path, data={name: file.read_text()}, headers=headers)
    if case.kind.startswith("Positive"):
        assert answer.status_code != 400 or "does not exist" in answer.json()["detail"], answer.text
        if answer.status_code == 403:
            pytest.skip(REFUSED)
    elif answer.status_code == 403:
        pytest.skip(REFUSED)
    else:
        assert answer.status_code == 400
