"""The HTTP interface as an OpenAPI 3.1 document, at ``/openapi.json``."""

from __future__ import annotations

from typing import Any, TypeAlias

from flask import Blueprint, Response, jsonify

from kg import __version__
from server.negotiate import GRAPHS, RESULTS, Format

Json: TypeAlias = dict[str, Any]  # JSON has no narrower type

_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
    "required": ["type", "title", "status"],
}
_DETAILS = {
    400: "Malformed: query, update, RDF, parameter or encoding",
    401: "The token is missing or wrong",
    403: "Not allowed: writing without a configured token, or SERVICE and LOAD",
    404: "Nothing of that name",
    405: "Not a method of this path",
    406: "No format that the Accept header takes",
    413: "Too large",
    415: "A Content-Type or charset that is not understood",
    416: "No such part",
    422: "A patch of one graph that writes to another",
    429: "Too many requests; see Retry-After",
    503: "A bound was reached: time, memory, rows, bytes or waiting queries; see Retry-After",
}


def blueprint(base: str) -> Blueprint:
    """``/openapi.json``."""
    routes = Blueprint("openapi", __name__)

    @routes.get("/openapi.json")
    def document() -> Response:
        """The document."""
        return jsonify(openapi(base))

    return routes


def openapi(base: str) -> Json:
    """The document for a server at ``base``."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Communiqué", "version": __version__, "license": {"name": "Apache-2.0"}},
        "servers": [{"url": base.rstrip("/")}],
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "paths": {**_sparql(), **_graphs(), **_linked_data(), **_operations()},
    }


def _sparql() -> Json:
    dataset = [_query(name, "Graph of the dataset", many=True) for name in ("default-graph-uri", "named-graph-uri")]
    asked = [*dataset, _query("format", "Wanted format"), _query("timeout", "Seconds", kind="number")]
    asked.append(_query("infer", "Whether what was inferred is asked, too", kind="boolean"))
    answer = _responses({200: _content("The answer", (*RESULTS, *GRAPHS))}, 400, 403, 406, 413, 415, 429, 503)
    answer["304"] = {"description": "The client has it already"}
    update = _responses({204: {"description": "Committed"}}, 400, 401, 403, 405, 413, 415, 429, 503)
    return {
        "/sparql": {
            "get": _operation("Query, or describe the service", [_query("query", "SPARQL 1.1 query"), *asked], answer),
            "post": _operation("Query", asked, answer, body=_sparql_body("query")),
        },
        "/update": {"post": _operation("Update", [], update, body=_sparql_body("update"), token=True)},
    }


def _sparql_body(name: str) -> Json:
    form = {"type": "object", "properties": {name: {"type": "string"}}, "required": [name]}
    return {
        "application/x-www-form-urlencoded": {"schema": form},
        f"application/sparql-{name}": {"schema": {"type": "string"}},
    }


def _graphs() -> Json:
    named = [_query("graph", "IRI of the graph"), _query("default", "The default graph itself")]
    body = {f.media_type: {"schema": {"type": "string"}} for f in GRAPHS if f.name not in ("trig", "nquads")}
    written = {201: {"description": "Created"}, 204: {"description": "Written"}}
    errors = (400, 401, 403, 413, 415, 429, 503)
    gone = _responses({204: {"description": "Removed"}}, 400, 401, 403, 404, 429, 503)
    patch = {"application/sparql-update": {"schema": {"type": "string"}}}
    read = _responses({200: _content("The graph", GRAPHS)}, 400, 404, 406, 429)
    return {
        "/store": {
            "get": _operation("Read a graph", named, read),
            "put": _operation("Replace a graph", named, _responses(written, *errors), body=body, token=True),
            "post": _operation("Add to a graph", named, _responses(written, *errors), body=body, token=True),
            "delete": _operation("Remove a graph", named, gone, token=True),
            "patch": _operation("Update a graph", named, _responses(written, *errors, 422), body=patch, token=True),
        }
    }


def _linked_data() -> Json:
    key = {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}
    suffix = {"name": "suffix", "in": "path", "required": True, "schema": {"enum": ["ttl", "jsonld", "rdf", "nt"]}}
    dump = {**suffix, "schema": {"enum": ["ttl", "trig", "nt", "nq", "jsonld", "rdf"]}}
    see = _responses({303: {"description": "See the page or the data"}}, 404, 406, 429)
    rdf = {200: _content("RDF", GRAPHS)}
    part = {**rdf, 206: _content("A part, by Range", GRAPHS)}
    proof = {"description": "Proof", "content": {"application/json": {}, "text/html": {}}}
    terms = [_query(name, "A term, as N-Triples writes it", required=True) for name in "spo"]
    return {
        "/id/{key}": {"get": _operation("Dereference a thing", [key], see)},
        "/data/{key}.{suffix}": {"get": _operation("Describe a thing", [key, suffix], _responses(rdf, 404, 429))},
        "/ontology": {"get": _operation("The ontology", [], _responses(rdf, 400, 406, 429))},
        "/.well-known/void": {"get": _operation("The dataset", [], _responses(rdf, 400, 406, 429))},
        "/export.{suffix}": {"get": _operation("Everything", [dump], _responses(part, 404, 416, 429))},
        "/explain": {"get": _operation("Why a fact holds", terms, _responses({200: proof}, 400, 404, 429))},
    }


def _operations() -> Json:
    number = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    listed = _responses({200: _json("Running queries")}, 401, 403)
    stopped = _responses({204: {"description": "Stopped"}}, 401, 403, 404)
    return {
        "/health": {"get": _operation("Alive?", [], _responses({200: _json("Yes")}))},
        "/ready": {"get": _operation("Ready?", [], _responses({200: _json("Yes"), 503: _json("Loading")}))},
        "/metrics": {"get": _operation("Counters", [], _responses({200: {"description": "Prometheus text"}}))},
        "/queries": {"get": _operation("Running queries", [], listed, token=True)},
        "/queries/{id}": {"delete": _operation("Stop a query", [number], stopped, token=True)},
    }


def _query(name: str, about: str, *, kind: str = "string", many: bool = False, required: bool = False) -> Json:
    schema: Json = {"type": "array", "items": {"type": kind}} if many else {"type": kind}
    return {"name": name, "in": "query", "description": about, "required": required, "schema": schema}


def _operation(
    summary: str, parameters: list[Json], responses: Json, *, body: Json | None = None, token: bool = False
) -> Json:
    found: Json = {"summary": summary, "parameters": parameters, "responses": responses}
    if body:
        found["requestBody"] = {"required": True, "content": body}
    return found | {"security": [{"token": []}]} if token else found


def _responses(good: dict[int, Json], *errors: int) -> Json:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    bad = {str(status): {"description": _DETAILS[status], "content": problem} for status in errors}
    return {str(status): answer for status, answer in good.items()} | bad


def _content(about: str, formats: tuple[Format, ...]) -> Json:
    return {"description": about, "content": {f.media_type: {} for f in formats}}


def _json(about: str) -> Json:
    return {"description": about, "content": {"application/json": {}}}
