"""The drafted suite for SPARQL 1.2, each case through the HTTP endpoints, answers read by a reader of triple terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Settings
from kg.graph.store import OxigraphStore, format_of, open_store
from tests.server.conftest import BASE, TOKEN, Served, serve
from tests.server.w3c.manifest import MF, QT, UT, Case, cases, file_of
from tests.server.w3c.test_language import clear

AUTH = {"Authorization": f"Bearer {TOKEN}"}
_BY_VALUE = "the engine keeps numbers by value: 001 is 1, and 123.0 is 123"
_SUBJECT = "the engine takes a triple term or a literal for the subject of a triple term, and finds no solution"
KNOWN = {
    "grouping/group01": _BY_VALUE,
    "eval-triple-terms/op-2": _BY_VALUE,
    "grouping/select-variable-reuse": "the engine does not let SELECT use the name of an aggregate in the same SELECT",
    "syntax-triple-terms-negative/tripleterm-subject-03": _SUBJECT,
    "syntax-triple-terms-negative/tripleterm-subject-06": _SUBJECT,
    "syntax/nested-aggregate-functions": "the engine takes an aggregate inside an aggregate",
}
ROW, BINDING = ox.NamedNode("urn:row:row"), "urn:row:"
RESULTS = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON}
TYPES = {".srx": "application/sparql-results+xml", ".srj": "application/sparql-results+json"}


@pytest.fixture(scope="module")
def plain() -> Iterator[Served]:
    """A server whose default graph is an ordinary one, as the suites assume."""
    with open_store(None, merged=False) as store:
        yield from serve(store, Settings(base=BASE, token=TOKEN))


def every_case() -> Sequence[object]:
    """The cases as parameters, those known to fail marked with the reason."""
    found = []
    for case in cases("sparql12/manifest.ttl"):
        reason = KNOWN.get(case.name, "")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        found.append(pytest.param(case, id=case.name, marks=marks))
    return found


@pytest.mark.parametrize("case", every_case())
def test_case(case: Case, plain: Served) -> None:
    clear(plain)
    if case.kind == "QueryEvaluationTest":
        check_query(case, plain)
    elif case.kind == "UpdateEvaluationTest":
        check_update(case, plain)
    else:
        check_syntax(case, plain)


def load(served: Served, file: Path) -> None:
    assert isinstance(served.store, OxigraphStore)
    known = format_of(file.name)
    assert known
    served.store.load(file.read_bytes(), known.name, base=file.as_uri())


def check_query(case: Case, served: Served) -> None:
    graph, action = case.manifest, case.manifest.value(case.node, MF.action)
    for node in graph.objects(action, QT.data):
        load(served, file_of(node))
    query, result = file_of(graph.value(action, QT.query)), file_of(graph.value(case.node, MF.result))
    headers = {"Accept": TYPES.get(result.suffix, "application/n-triples")}
    text = f"BASE <{query.as_uri()}>\n{query.read_text()}"
    answer = served.client.post("/sparql", data={"query": text}, headers=headers)
    assert answer.status_code == 200, answer.text
    if result.suffix in RESULTS:
        kind = RESULTS[result.suffix]
        assert solutions(answer.content, kind) == solutions(result.read_bytes(), kind), answer.text
    else:
        got = ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)
        assert canonical(got) == canonical(ox.parse(path=result, base_iri=result.as_uri())), answer.text


def solutions(data: bytes, kind: ox.QueryResultsFormat) -> bool | ox.Dataset:
    """An answer as a boolean, or as a graph of its rows, so that equal bags of rows are equal graphs."""
    results = ox.parse_query_results(data, format=kind)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    quads = []
    for row in results:
        node = ox.BlankNode()
        quads.append(ox.Quad(node, ROW, ROW))
        for name in names:
            term = row[name]
            if term is not None:
                quads.append(ox.Quad(node, ox.NamedNode(BINDING + name), term))
    return canonical(quads)


def canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """The quads with blank nodes named by their place, so that isomorphic ones are equal."""
    found = ox.Dataset(quads)
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def check_update(case: Case, served: Served) -> None:
    graph, action = case.manifest, case.manifest.value(case.node, MF.action)
    for node in graph.objects(action, UT.data):
        load(served, file_of(node))
    file = file_of(graph.value(action, UT.request))
    update = f"BASE <{file.as_uri()}>\n{file.read_text()}"
    answer = served.client.post("/update", data={"update": update}, headers=AUTH)
    assert answer.status_code == 204, answer.text
    result = file_of(graph.value(graph.value(case.node, MF.result), UT.data))
    got = served.client.get("/export.nq").content
    assert canonical(ox.parse(got, format=ox.RdfFormat.N_QUADS)) == canonical(ox.parse(path=result))


def check_syntax(case: Case, served: Served) -> None:
    text = file_of(case.manifest.value(case.node, MF.action)).read_text()
    path, name = ("/update", "update") if "Update" in case.kind else ("/sparql", "query")
    answer = served.client.post(path, data={name: text}, headers=AUTH)
    if case.kind.startswith("Positive"):
        assert answer.status_code in (200, 204), answer.text
    else:
        assert answer.status_code == 400
