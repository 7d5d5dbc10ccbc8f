"""Linked data: ``/id/…`` names a thing and sends on to the page about it or to data about it (303, Cool URIs)."""

from __future__ import annotations

from itertools import islice
from urllib.parse import quote

from flask import Blueprint, Response, request

from kg.errors import NotFoundError
from kg.graph import terms
from kg.graph.store import Store
from server.asked import graph_response
from server.negotiate import BY_SUFFIX, GRAPHS, HTML, choose
from server.problems import HttpProblem
from server.rdf import Row, write

MOST_OUT = 2000
MOST_IN = 500
_LABEL = terms.curie("rdfs:label")
_TYPE = terms.curie("rdf:type")
_REPORT = terms.kg("report")
_DATA = tuple(f for f in GRAPHS if f.name in ("turtle", "jsonld", "rdfxml", "ntriples"))


def blueprint(store: Store, base: str) -> Blueprint:
    """``/id/…`` and ``/data/….{ttl,jsonld,rdf,nt}``; ``/page/…`` belongs to the pages."""
    routes = Blueprint("linked_data", __name__)

    @routes.get("/id/<path:key>")
    def thing(key: str) -> Response:
        """303 to the page for readers, to the data for machines."""
        chosen = choose(request.headers.get("Accept", ""), (HTML, *_DATA))
        if chosen is None:
            raise HttpProblem(406, f"a thing comes as text/html, {', '.join(f.media_type for f in _DATA)}")
        if not known(store, terms.iri(f"{base}id/{key}")):
            raise NotFoundError(f"the graph knows nothing of {base}id/{key}")
        path = quote(key, safe="/-._~")
        where = f"/page/{path}" if chosen is HTML else f"/data/{path}.{chosen.suffix}"
        return Response(status=303, headers={"Location": where, "Vary": "Accept"})

    @routes.get("/data/<path:name>")
    def data(name: str) -> Response:
        """The description of a thing in the format of the suffix."""
        key, _, suffix = name.rpartition(".")
        chosen = BY_SUFFIX.get(suffix)
        if not key or chosen not in _DATA:
            raise HttpProblem(404, f"data ends in {', '.join('.' + f.suffix for f in _DATA)}")
        subject = terms.iri(f"{base}id/{key}")
        response = graph_response(write(describe(store, subject), chosen.name), chosen, request)
        response.headers["Link"] = f'<{base}id/{quote(key)}>; rel="describes"'
        return response

    return routes


def known(store: Store, subject: str) -> bool:
    """Whether the graph says anything of a thing."""
    return any(True for _ in store.triples(subject)) or any(True for _ in store.triples(None, None, subject))


def describe(store: Store, subject: str) -> list[Row]:
    """What the graph says of a thing: its properties, what points to it, its reports, and the names of all of these.

    At most ``MOST_OUT`` and ``MOST_IN`` triples. Raises NotFoundError where there are none.
    """
    outgoing = list(islice(store.triples(subject), MOST_OUT))
    incoming = list(islice(store.triples(None, None, subject), MOST_IN))
    if not outgoing and not incoming:
        raise NotFoundError(f"the graph knows nothing of {terms.value(subject)}")
    rows: list[Row] = [*outgoing, *incoming]
    for _, predicate, obj in outgoing:
        if predicate == _REPORT:
            rows += islice(store.triples(obj), 50)
    neighbours = {s for s, _, _ in incoming} | {o for _, _, o in rows if terms.is_iri(o)}
    for neighbour in sorted(neighbours - {subject}):
        rows += store.triples(neighbour, _LABEL)
    return rows
