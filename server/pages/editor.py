"""``/sparql`` for readers: the editor, example queries, and (without scripts) the answer as a table."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.test import create_environ, run_wsgi_app

from kg.errors import NotFoundError
from kg.graph.query import query_library
from kg.graph.terms import PREFIXES, is_iri, value
from server.pages.index import Index
from server.pages.listing import Row
from server.pages.present import pages as shared
from server.pages.present import show
from server.sparql.inspect import inspect

pages = Blueprint("editor", __name__)
FORMATS = {
    "SELECT": (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML")),
    "CONSTRUCT": (("turtle", "Turtle"), ("jsonld", "JSON-LD"), ("rdfxml", "RDF/XML"), ("ntriples", "N-Triples")),
}
_ROWS, _MOST_LABELS = 200, 1000
_START = """\
PREFIX kg: <https://w3id.org/communique/ontology#>

SELECT ?who (COUNT(DISTINCT ?event) AS ?events) WHERE {
  ?event a kg:Event ; kg:agent ?who .
}
GROUP BY ?who
ORDER BY DESC(?events)
LIMIT 20
"""


@pages.get("/sparql")
def editor() -> Response:
    """The editor with the query of ``query`` or the example of ``example``; ``run`` asks it here and shows a table."""
    library = query_library()
    example = library.get(request.args.get("example", ""))
    text = request.args.get("query", "") or (example.text if example else _START)
    index = shared().index()
    view: Row = {
        "query": text,
        "example": example.name if example else "",
        "examples": [
            {"name": each.name, "title": each.title, "answers": each.answers, "view": each.view}
            for each in library.values()
        ],
        "downloads": downloads(text),
        "base": index.minter.base,
        "answer": answer(index, text) if request.args.get("run") else None,
        "asked": "query" in request.args or bool(example),
        "prefixes": PREFIXES,
    }
    return show("sparql.html", view)


def downloads(text: str) -> list[dict[str, str]]:
    """Links to the answer of a query in every format that it comes in."""
    form = "SELECT" if inspect(text).form in ("SELECT", "ASK", "") else "CONSTRUCT"
    return [
        {"name": title, "href": "/sparql?" + urlencode({"query": text, "format": name})}
        for name, title in FORMATS[form]
    ]


def answer(index: Index, text: str) -> Row:
    """The first rows of a query's answer, asked of this server's own endpoint so that its bounds hold here, too."""
    graph = inspect(text).form in ("CONSTRUCT", "DESCRIBE")
    asked = {"query": text, "format": "ntriples" if graph else "tsv"}
    environ = create_environ(
        "/sparql", method="POST", data=asked, environ_overrides={"REMOTE_ADDR": request.remote_addr or ""}
    )
    body, status, _ = run_wsgi_app(current_app.wsgi_app, environ)
    with closing(_closable(body)) as pieces:
        if not status.startswith("200"):
            problem = b"".join(itertools.islice(pieces, 50)).decode("utf-8", "replace")
            return {"error": _detail(problem), "columns": [], "rows": [], "more": False}
        lines = list(itertools.islice(_lines(pieces), _ROWS + 2))
    if graph:
        columns, found = ["subject", "predicate", "object"], [_triple(line) for line in lines]
    else:
        columns = [name.lstrip("?") for name in lines[0].split("\t")] if lines else []
        found = [line.split("\t") for line in lines[1:]]
    if columns == ["true"] or columns == ["false"]:
        columns, found = ["answer"], [["yes" if columns == ["true"] else "no"]]
    rows = [[_cell(index, term) for term in row] for row in found[:_ROWS]]
    return {"error": "", "columns": columns, "rows": rows, "more": len(found) > _ROWS}


def _closable(body: Iterable[bytes]) -> Any:
    """The body as a generator, which can be closed before its end."""
    return (piece for piece in body)


def _lines(pieces: Iterable[bytes]) -> Iterable[str]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line.decode("utf-8", "replace") for line in whole)
    if rest:
        yield rest.decode("utf-8", "replace")


def _triple(line: str) -> list[str]:
    subject, predicate, obj = line.split(" ", 2)
    return [subject, predicate, obj.rstrip(" .")]


def _cell(index: Index, term: str) -> dict[str, str]:
    if is_iri(term):
        return {"iri": value(term), "label": index.label(value(term)) or value(term)}
    return {"iri": "", "label": value(term) if term.startswith('"') else term}


def _detail(problem: str) -> str:
    try:
        return str(json.loads(problem).get("detail", problem))
    except ValueError:
        return problem[:500]


@pages.get("/examples/<name>.rq")
def example_text(name: str) -> Response:
    """One of the example queries as text; raises NotFoundError where there is none of that name."""
    found = query_library().get(name)
    if found is None:
        raise NotFoundError(f"there is no example {name}")
    return Response(found.text, content_type="application/sparql-query; charset=utf-8")


@pages.post("/labels")
def labels() -> Response:
    """What to call the things of an answer: a JSON object ``{"iris": […]}`` in, ``{"labels": {iri: label}}`` out."""
    asked = request.get_json(silent=True)
    iris = asked.get("iris", []) if isinstance(asked, dict) else []
    index = shared().index()
    known = [iri for iri in iris[:_MOST_LABELS] if isinstance(iri, str) and iri]
    return jsonify({"labels": {iri: index.label(iri) for iri in known}})
