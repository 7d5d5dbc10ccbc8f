"""The address ``/page/…`` of everything under ``…/id/``: a page for each kind, and its data by Accept."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kg.errors import NotFoundError
from kg.graph.store.protocol import Store
from kg.graph.terms import KG, RDF, iri, is_iri, value
from server.negotiate import GRAPHS, HTML, choose
from server.pages.article import article_page
from server.pages.entity import entity_page
from server.pages.event import event_page
from server.pages.evidence import reports_of
from server.pages.index import Index
from server.pages.judgements import verdicts
from server.pages.listing import Row, link
from server.pages.naming import in_words, local_name, page_of
from server.pages.present import JSON, show
from server.pages.present import pages as shared

pages = Blueprint("things", __name__)
_DATA = tuple(f for f in GRAPHS if f.name in ("turtle", "jsonld", "rdfxml", "ntriples"))


@pages.get("/page/<path:key>")
def thing(key: str) -> AnyResponse:
    """The page about a thing by its kind, its view as JSON, or its triples; raises NotFoundError for the unknown."""
    wanted = choose(request.headers.get("Accept", ""), (HTML, JSON, *_DATA))
    if wanted in _DATA:
        found = redirect(f"/data/{quote(key, safe='/-._~')}.{wanted.suffix}", 303)
        found.vary.add("Accept")
        return found
    page = shared()
    index = page.index()
    named = f"{page.settings.base}id/{key}"
    if named in index.events:
        return event_page(index.events[named])
    if named in index.pieces:
        return article_page(index.pieces[named])
    if named in index.same:
        return redirect(page_of(index.same[named], page.settings.base), 301)
    if named in index.things:
        return entity_page(index.things[named])
    return node_page(page.store, index, named)


def node_page(store: Store, index: Index, named: str) -> Response:
    """The page of anything else: a tenure, a membership, a report, a proposition; what is said of it as it is said."""
    outward, inward = _statements(store, index, named), _mentions(store, index, named)
    judged = verdicts().get(named)
    if not outward and not inward:
        raise NotFoundError(f"the graph knows nothing of {named}")
    view: Row = {
        "iri": named,
        "label": judged.label if judged and judged.label else index.label(named),
        "verdict": judged.verdict if judged else "",
        "outward": outward,
        "inward": inward,
        "reports": reports_of(store, index, [named]).get(named, []),
    }
    return show("node.html", view)


def _statements(store: Store, index: Index, named: str) -> list[Row]:
    found: dict[str, list[Row]] = defaultdict(list)
    for _, predicate, obj in islice(store.triples(iri(named)), 500):
        shown = link(index, value(obj)) if is_iri(obj) else {"iri": "", "label": value(obj), "kind": ""}
        found[value(predicate)].append(shown)
    ours = {name: values for name, values in found.items() if name.startswith(KG) or name == RDF + "type"}
    return [{"iri": name, "label": _called(index, name), "values": values} for name, values in sorted(ours.items())]


def _mentions(store: Store, index: Index, named: str) -> list[Row]:
    found: dict[str, list[Row]] = defaultdict(list)
    for subject, predicate, _ in islice(store.triples(None, None, iri(named)), 200):
        if value(predicate).startswith(KG) and is_iri(subject):
            found[value(predicate)].append(link(index, value(subject)))
    return [{"iri": name, "label": _called(index, name), "values": values} for name, values in sorted(found.items())]


def _called(index: Index, predicate: str) -> str:
    return index.schema.label(predicate) if predicate.startswith(KG) else in_words(local_name(predicate))
