"""Answers compared as the suites want it: as bags of solutions or as graphs, blank nodes by structure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, XSD
from rdflib.query import Result

_ROW = rdflib.Namespace("urn:row:")
_RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_RESULTS = {".srx": "xml", ".srj": "json", ".tsv": "tsv", ".csv": "csv"}
_EXACT = frozenset({XSD.decimal, XSD.double, XSD.float})


def expected(file: Path) -> rdflib.Graph | bool:
    """The answer in a file of the suite: a boolean, or a graph (of solutions, where it is a table)."""
    if file.suffix in _RESULTS:
        return of_result(Result.parse(io.BytesIO(file.read_bytes()), format=_RESULTS[file.suffix]))
    graph = rdflib.Graph().parse(file, publicID=file.as_uri())
    sets = list(graph.subjects(RDF.type, _RS.ResultSet))
    return _of_result_set(graph, sets[0]) if sets else graph


def of_result(result: Result) -> rdflib.Graph | bool:
    """A parsed answer as a boolean or a graph of its solutions."""
    if result.type == "ASK":
        return bool(result.askAnswer)
    return _solutions({str(k): v for k, v in binding.items()} for binding in result.bindings)


def _of_result_set(graph: rdflib.Graph, node: rdflib.term.Node) -> rdflib.Graph | bool:
    boolean = graph.value(node, _RS.boolean)
    if boolean is not None:
        return bool(boolean.toPython())
    rows = []
    for solution in graph.objects(node, _RS.solution):
        bindings = graph.objects(solution, _RS.binding)
        rows.append({str(graph.value(b, _RS.variable)): graph.value(b, _RS.value) for b in bindings})
    return _solutions(rows)


def _solutions(rows: Iterable[Mapping[str, rdflib.term.Node]]) -> rdflib.Graph:
    """Rows as a graph, one node each, so that equal bags of rows are isomorphic graphs."""
    graph = rdflib.Graph()
    for row in rows:
        node = rdflib.BNode()
        graph.add((node, RDF.type, _ROW.Row))
        for name, term in row.items():
            graph.add((node, _ROW[name], _by_value(term)))
    return graph


def _by_value(term: rdflib.term.Node) -> rdflib.term.Node:
    """Numbers by value, so that 2.0 and 2 as decimals are the same; language tags in lower case (RDF 1.1, 3.3)."""
    if isinstance(term, rdflib.Literal) and term.language:
        return rdflib.Literal(str(term), lang=term.language.lower())
    if isinstance(term, rdflib.Literal) and term.datatype in _EXACT and term.value is not None:
        return rdflib.Literal(str(float(term.value)), datatype=term.datatype)
    return term


def same(left: rdflib.Graph | bool, right: rdflib.Graph | bool) -> bool:
    """Whether two answers say the same."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return isomorphic(_valued(left), _valued(right))


def _valued(graph: rdflib.Graph) -> rdflib.Graph:
    copy = rdflib.Graph()
    for s, p, o in graph:
        copy.add((s, p, _by_value(o)))
    return copy


def table(text: str) -> list[list[str]]:
    """A CSV answer with columns (``SELECT *`` has them in any order) and rows sorted, blank nodes without labels."""
    rows = list(csv.reader(io.StringIO(text)))
    plain = [["_:" if cell.startswith("_:") else cell for cell in row] for row in rows]
    columns = sorted(zip(*plain, strict=True))
    turned = [list(row) for row in zip(*columns, strict=True)]
    return [*turned[:1], *sorted(turned[1:])]
