"""The page of an entity: names, offices, memberships, stances, events, neighbours, and where it is mentioned."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from kg.graph.store.protocol import Store
from kg.graph.terms import KG, SKOS, is_iri, value
from server.pages import drawing, queries
from server.pages.evidence import reports_of
from server.pages.home import article_row
from server.pages.index import Index, Thing
from server.pages.listing import Filters, Row, link, listing
from server.pages.naming import local_name
from server.pages.present import pages as shared
from server.pages.present import show
from server.pages.rows import rows

STANCES = (
    "allyOf",
    "alignedWith",
    "supports",
    "opposes",
    "accuses",
    "atOddsWith",
    "votedWith",
    "vetoedWith",
    "metWith",
)
SYMMETRIC = frozenset({"allyOf", "alignedWith", "atOddsWith", "votedWith", "vetoedWith", "metWith"})
_SHOWN, _NEIGHBOURS, _MENTIONS, _BARS = 6, 12, 12, 14
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


def careers(tenures: list[Row], about: str) -> list[Row]:
    """A row a person and office, with all the spans and dates known of it, as the timeline draws them.

    It is called by the office on a person's page, by the person on an office's, by both on a state's.
    """
    found: dict[tuple[str, str], Row] = {}
    for tenure in tenures:
        holder, position = tenure["holder"], tenure["position"]
        names = [each["label"] for each in (holder, position) if each["iri"] != about]
        empty: Row = {"label": ", ".join(names), "spans": [], "as_of": []}
        row = found.setdefault((holder["iri"], position["iri"]), empty)
        if tenure["start"] or tenure["end"]:
            row["spans"].append((tenure["start"], tenure["end"]))
        row["as_of"] = sorted({*row["as_of"], *tenure["as_of"]})
    return [row for row in found.values() if row["spans"] or row["as_of"]]


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


def read_tenures(store: Store, index: Index, iri: str) -> list[Row]:
    """The offices a person held, or those who held an office or one in an organisation, newest first."""
    found: dict[str, Row] = {}
    for row in store.rows(queries.fill(queries.TENURES, thing=iri)):
        tenure = found.setdefault(value(row["tenure"]), _empty_tenure(index, row))
        _note_dates(tenure, row)
    ordered = sorted(found.values(), key=lambda t: (t["end"] or "9999", t["start"], *t["as_of"][-1:]), reverse=True)
    reports = reports_of(store, index, list(found)[:200])
    for tenure in ordered:
        tenure["as_of"] = sorted(tenure["as_of"])
        tenure["reports"] = reports.get(tenure["iri"], [])
    return ordered


def _empty_tenure(index: Index, row: dict[str, str]) -> Row:
    return {
        "iri": value(row["tenure"]),
        "holder": link(index, value(row["holder"])),
        "position": link(index, value(row["position"])),
        "organisation": link(index, value(row["organisation"])) if "organisation" in row else None,
        "role": index.label(value(row["role"])) if "role" in row else "",
        "start": "",
        "end": "",
        "as_of": [],
        "former": False,
    }


def _note_dates(into: Row, row: dict[str, str]) -> None:
    name, said = local_name(value(row.get("p", ""))), value(row.get("value", ""))
    if name == "asOf" and said not in into["as_of"]:
        into["as_of"].append(said)
    elif name == "former":
        into["former"] = said in ("true", "1")
    elif name in ("start", "end"):
        into[name] = said
    elif name == "membershipKind":
        into["kind"] = said


def read_memberships(store: Store, index: Index, iri: str) -> dict[str, list[Row]]:
    """Under ``of`` the organisations that a thing belongs to, under ``in`` the members that it has."""
    found: dict[str, Row] = {}
    for row in store.rows(queries.fill(queries.MEMBERSHIPS, thing=iri)):
        empty = {
            "iri": value(row["membership"]),
            "member": link(index, value(row["member"])),
            "organisation": link(index, value(row["organisation"])),
            "kind": "member",
            "start": "",
            "end": "",
            "as_of": [],
        }
        _note_dates(found.setdefault(value(row["membership"]), empty), row)
    listed = sorted(found.values(), key=lambda m: (m["organisation"]["label"], m["member"]["label"], m["start"]))
    return {
        "of": [row for row in listed if row["member"]["iri"] == iri],
        "in": [row for row in listed if row["organisation"]["iri"] == iri],
    }


def stances(store: Store, index: Index, iri: str, *, all_of: str = "") -> list[Row]:
    """How an actor stands to others, by property and direction; each says if it is stated, and where its proof is."""
    stated = index.memo(("stances", iri), lambda: read_stances(store, index, iri))
    shared_events = index.memo(("shared", iri), lambda: shared_counts(index, iri))
    return [
        _stance_group(index, iri, name, outward, stated[name, outward], shared_events, all_of)
        for name in STANCES
        for outward in (True, False)
        if stated.get((name, outward))
    ]


def read_stances(store: Store, index: Index, iri: str) -> dict[tuple[str, bool], dict[str, bool]]:
    """By property and whether it is the thing's own stance: those concerned, and whether it is stated of them."""
    properties = [KG + name for name in STANCES]
    inferred = queries.fill(queries.DERIVED_STANCES, thing=iri, properties=properties, inferred=index.inferred)
    derived = set(rows(store, inferred))
    stated: dict[tuple[str, bool], dict[str, bool]] = defaultdict(dict)
    for found in rows(store, queries.fill(queries.STANCES, thing=iri, properties=properties)):
        relation, subject, obj = found
        name, outward, named = relation[len(KG) :], bool(obj), obj or subject
        other = index.same.get(named, named)
        if other != iri and (outward or name not in SYMMETRIC):
            stated[name, outward][other] = stated[name, outward].get(other, False) or found not in derived
    return dict(stated)


def shared_counts(index: Index, iri: str) -> Counter[str]:
    """How many events a thing shares with each other one."""
    return Counter(party for happening in index.events_of.get(iri, []) for _, party in happening.general)


def _stance_group(
    index: Index, iri: str, name: str, outward: bool, others: dict[str, bool], events: Counter[str], all_of: str
) -> Row:
    key = name if outward else f"{name}-by"
    ranked = sorted(others, key=lambda other: (-others[other], -events[other], index.label(other)))
    shown = ranked if all_of == key else ranked[:_SHOWN]
    items = []
    for other in shown:
        start, end = (iri, other) if outward else (other, iri)
        why = "/explain?" + urlencode({"s": start, "p": KG + name, "o": end})
        items.append(link(index, other) | {"stated": others[other], "why": why, "events": events[other]})
    title = index.schema.label(KG + name) if outward else f"{index.schema.label(KG + name)} (by others)"
    more = len(ranked) - len(shown)
    verb = index.schema.label(KG + name)
    return {
        "name": key,
        "property": KG + name,
        "label": title,
        "verb": verb,
        "items": items,
        "total": len(ranked),
        "more": more,
    }


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
