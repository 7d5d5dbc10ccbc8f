"""Home, the search page, and suggestions as one types."""

from __future__ import annotations

import heapq
from collections import Counter
from itertools import islice
from typing import Any

from flask import Blueprint, Response, request

from kg.graph.query import query_library
from kg.graph.terms import KG
from server.pages.index import Index
from server.pages.listing import row
from server.pages.names import Found
from server.pages.naming import page_of
from server.pages.present import day, show
from server.pages.present import pages as shared

pages = Blueprint("home", __name__)
_LATEST, _NEWEST = 14, 6
_QUESTIONS = (
    "alignments",
    "at-odds",
    "who-met-whom",
    "who-backs-and-who-opposes",
    "casualties-by-source",
    "events-on-a-map",
)


@pages.get("/")
def home() -> Response:
    """What the graph holds, its latest events, its newest articles, and questions to start with."""
    index = shared().index()
    return show("home.html", index.memo("home", lambda: view_of(index)))


def view_of(index: Index) -> dict[str, Any]:
    """All that the home page shows."""
    dated = (happening for happening in index.latest() if happening.date and not happening.planned)
    newest = heapq.nlargest(_NEWEST, index.pieces.values(), key=lambda piece: (piece.issued, piece.iri))
    library = query_library()
    return {
        "counts": counts(index),
        "latest": [row(index, happening) for happening in islice(dated, _LATEST)],
        "articles": [article_row(piece.iri, index) for piece in newest],
        "questions": [
            {"name": name, "title": library[name].title, "answers": library[name].answers}
            for name in _QUESTIONS
            if name in library
        ],
        "most_seen": most_seen(index),
    }


@pages.get("/search")
def search() -> Response:
    """Everything whose name fits ``q``."""
    text = request.args.get("q", "")[:200]
    index = shared().index()
    return show("search.html", {"q": text, "results": [result(found, index) for found in index.names.find(text, 40)]})


@pages.get("/suggest")
def suggest() -> Response:
    """The few best of what ``q`` may become; JSON for scripts, the search page's list for readers."""
    text = request.args.get("q", "")[:200]
    index = shared().index()
    return show("search.html", {"q": text, "results": [result(found, index) for found in index.names.find(text, 8)]})


def result(found: Found, index: Index) -> dict[str, Any]:
    """A thing found, as plain data."""
    iri = found.thing
    if iri in index.things:
        kind = index.things[iri].kind
    elif iri in index.pieces:
        kind = "Article"
    else:
        kind = index.events[iri].kind
    detail = index.events[iri].date if iri in index.events else index.pieces[iri].issued if iri in index.pieces else ""
    label = index.pieces[iri].title if iri in index.pieces else index.label(iri)
    matched = found.name if found.name != label else ""
    href = page_of(iri, index.minter.base)
    kind_label = index.schema.label(KG + kind)
    return {"iri": iri, "href": href, "label": label, "kind": kind, "kind_label": kind_label, "matched": matched} | {
        "detail": day(detail)
    }


def counts(index: Index) -> dict[str, int]:
    """How much of what the graph holds."""
    by_kind = {"people": "Person", "states": "State", "organisations": "Organisation", "places": "Place"}
    found = {"events": len(index.events), "articles": len(index.pieces)}
    kinds = Counter(thing.kind for thing in index.things.values())
    for name, kind in by_kind.items():
        within = [each for each in kinds if index.schema.is_a(each, kind) and (kind == "State" or each != "State")]
        found[name] = sum(kinds[each] for each in within)
    return found


def most_seen(index: Index) -> list[dict[str, Any]]:
    """The actors with most events."""
    ranked = heapq.nsmallest(40, index.events_of.items(), key=lambda item: (-len(item[1]), item[0]))
    actors = [(iri, events) for iri, events in ranked if iri in index.things and index.things[iri].kind != "Place"][:12]
    return [{"iri": iri, "label": index.label(iri), "events": len(events)} for iri, events in actors]


def article_row(iri: str, index: Index) -> dict[str, Any]:
    """An article as lists show it."""
    piece = index.pieces[iri]
    return {
        "iri": iri,
        "title": piece.title,
        "publisher": piece.publisher,
        "issued": piece.issued,
        "facts": piece.facts,
    }
