"""The page of an entity: names, offices, memberships, stances, events, neighbours, and where it is mentioned."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from flask import Response, request

from kg.graph.store.protocol import Store
from kg.graph.terms import KG, SKOS, is_iri, value
from server.pages import drawing, queries
from server.pages.home import article_row
from server.pages.index import Index, Thing
from server.pages.listing import Filters, Row, link, listing
from server.pages.naming import local_name
from server.pages.offices import careers, read_memberships, read_tenures
from server.pages.present import pages as shared
from server.pages.present import show
from server.pages.stances import stances

_NEIGHBOURS, _MENTIONS, _BARS = 12, 12, 14
_DETAILS = ("iso3", "ofState", "represents", "locatedIn", "author", "positionIn", "role", "capital")


def entity_page(thing: Thing) -> Response:
    """The page of a thing that the graph knows by class and label."""
    page = shared()
    index = page.index()
    filters = Filters.of(request.args)
    events = index.events_of.get(thing.iri, [])
    tenures = read_tenures(page.store, index, thing.iri)
    about = details(page.store, index, thing)
    view: Row = {
        "iri": thing.iri,
        "label": thing.label,
        "kind": thing.kind,
        "kind_label": index.schema.label(KG + thing.kind),
        "names": [name for name in thing.names if name != thing.label],
        "details": about,
        "belongs": belongs(about),
        "identities": identities(page.store, thing.iri),
        "tenures": tenures,
        "tenure_drawing": drawing.spans(careers(tenures, thing.iri)[:_BARS]),
        "memberships": read_memberships(page.store, index, thing.iri),
        "stances": stances(page.store, index, thing.iri, all_of=request.args.get("all", "")),
        "listing": listing(index, events, filters, thing.iri),
        "neighbourhood": drawing.radial(neighbours(index, thing.iri, _NEIGHBOURS)),
        "mentions": mentions(index, thing.iri),
    }
    return show("entity.html", view)


def details(store: Store, index: Index, thing: Thing) -> list[Row]:
    """The plain facts about a thing: state, place, author, country code, coordinates."""
    query = queries.fill(queries.RELATIONS, thing=thing.iri, properties=[KG + name for name in _DETAILS])
    found: dict[str, list[Row]] = defaultdict(list)
    for row in store.rows(query):
        name, other = local_name(value(row["p"])), row["o"]
        shown = link(index, value(other)) if is_iri(other) else {"iri": "", "label": value(other), "kind": ""}
        if shown not in found[name] and value(other) != thing.iri:
            found[name].append(shown)
    listed = [{"name": name, "label": index.schema.label(KG + name), "values": found[name]} for name in _DETAILS]
    place = index.coordinates.get(thing.iri)
    if place:
        north, east = ("N" if place[0] >= 0 else "S"), ("E" if place[1] >= 0 else "W")
        where = f"{abs(place[0]):.2f}° {north}, {abs(place[1]):.2f}° {east}"
        listed.append({"name": "at", "label": "Coordinates", "values": [{"iri": "", "label": where, "kind": ""}]})
    return [row for row in listed if row["values"]]


def belongs(about: list[Row]) -> list[Row]:
    """What a thing is part of, each once: its state, organisation or place."""
    of = [
        each
        for row in about
        if row["name"] in ("ofState", "represents", "positionIn", "locatedIn")
        for each in row["values"]
    ]
    return list({each["iri"]: each for each in of}.values())[:4]


_BASES = {
    "www.wikidata.org": "Wikidata",
    "dbpedia.org": "DBpedia",
    "sws.geonames.org": "GeoNames",
    "www.geonames.org": "GeoNames",
    "viaf.org": "VIAF",
    "en.wikipedia.org": "Wikipedia",
}


def identities(store: Store, iri: str) -> list[Row]:
    """The same thing in other knowledge bases: IRI, the base's name, and the identifier there."""
    query = queries.fill(queries.RELATIONS, thing=iri, properties=[SKOS + "exactMatch"])
    others = sorted({value(row["o"]) for row in store.rows(query) if is_iri(row["o"])} - {iri})
    return [
        {"iri": each, "base": _BASES.get(each.split("/")[2], each.split("/")[2]), "id": local_name(each)}
        for each in others
        if each.count("/") > 2
    ]


def neighbours(index: Index, iri: str, most: int) -> list[Row]:
    """The things that share most events with one, with how many and in which tone mostly."""
    found: list[Row] = index.memo(("neighbours", iri, most), lambda: _count_neighbours(index, iri, most))
    return found


def _count_neighbours(index: Index, iri: str, most: int) -> list[Row]:
    tones: dict[str, Counter[str]] = defaultdict(Counter)
    for happening in index.events_of.get(iri, [])[:5000]:
        for party in {party for _, party in happening.parties} - {iri}:
            tones[party][happening.tone] += 1
    ranked = sorted(tones, key=lambda other: (-tones[other].total(), other))[:most]
    return [
        link(index, other) | {"count": tones[other].total(), "tone": tones[other].most_common(1)[0][0]}
        for other in ranked
    ]


def mentions(index: Index, iri: str) -> dict[str, Any]:
    """The articles that speak of a thing, newest first."""

    def read() -> dict[str, Any]:
        told = set(index.references.get(iri, ()))
        told |= {article for happening in index.events_of.get(iri, []) for article in happening.articles}
        ordered = sorted(told & index.pieces.keys(), key=lambda each: (index.pieces[each].issued, each), reverse=True)
        return {"total": len(ordered), "articles": [article_row(each, index) for each in ordered[:_MENTIONS]]}

    found: dict[str, Any] = index.memo(("mentions", iri), read)
    return found
