"""The page of an event: its class, who did what to whom, and each report of it side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flask import Response

from kg.graph.store.protocol import Store
from kg.graph.terms import KG, is_iri, value
from server.pages import queries
from server.pages.evidence import FIGURES, reports_of
from server.pages.index import GENERAL_ROLES, Happening, Index
from server.pages.judgements import verdicts
from server.pages.listing import Row, link, row
from server.pages.naming import local_name
from server.pages.present import pages as shared
from server.pages.present import show

_PLAIN = ("killed", "injured", "atLeast", "dateText", "quotation", "choice")
_FIGURE_NAMES = {"killed": "killed", "injured": "injured", "dateText": "in its words"}


def event_page(happening: Happening) -> Response:
    """The page of one event."""
    page = shared()
    index = page.index()
    reports = reports_of(page.store, index, [happening.iri]).get(happening.iri, [])
    said = plain(page.store, happening.iri)
    view: Row = row(index, happening) | {
        "classes": classes(index, happening.kind),
        "roles": roles(index, happening),
        "choice": index.label(said["choice"]) if said.get("choice") else "",
        "quotation": said.get("quotation", ""),
        "reports": reports,
        "differences": differences(reports),
        "propositions": propositions(page.store, index, happening.iri),
        "around": around(index, happening),
        "figure_names": _FIGURE_NAMES,
        "verdict": verdicts()[happening.iri].verdict if happening.iri in verdicts() else "",
    }
    return show("event.html", view)


def plain(store: Store, iri: str) -> dict[str, str]:
    """The literals of an event, and its choice, by local name of the property."""
    query = queries.fill(queries.RELATIONS, thing=iri, properties=[KG + name for name in _PLAIN])
    return {local_name(value(found["p"])): value(found["o"]) for found in store.rows(query)}


def classes(index: Index, kind: str) -> list[Row]:
    """The class and those above it, the nearest first."""
    above = [iri for iri in index.schema.ancestors(KG + kind) if iri.startswith(KG)]
    ordered = sorted(above, key=lambda iri: (-len(index.schema.ancestors(iri)), iri))
    return [{"iri": iri, "label": index.schema.label(iri)} for iri in ordered]


def roles(index: Index, happening: Happening) -> list[Row]:
    """Each general role that somebody has, with the most specific name of it and those who have it."""
    specific: dict[str, set[str]] = defaultdict(set)
    for name, party in happening.parties:
        specific[party].add(KG + name)
    found = []
    for general in (*GENERAL_ROLES, "participant"):
        parties = [party for name, party in happening.general if name == general]
        if parties:
            below = {iri for iri in specific[parties[0]] if KG + general in index.schema.ancestors(iri)}
            named = index.schema.most_specific(below) or KG + general
            listed = [link(index, party) | {"states": states(index, party)} for party in parties]
            found.append({"name": general, "iri": named, "label": index.schema.label(named), "parties": listed})
    return found


def states(index: Index, party: str) -> list[Row]:
    """The states that an actor belongs to or acts for."""
    thing = index.things.get(party)
    return [link(index, state) for state in thing.states[:3]] if thing else []


def differences(reports: Sequence[Row]) -> list[Row]:
    """The figures that reports give differently, each value with those who give it."""
    found = []
    for name in FIGURES:
        given: dict[str, list[str]] = defaultdict(list)
        for report in reports:
            if name in report["figures"]:
                who = report["article"]["publisher"] or report["article"]["title"]
                if who not in given[report["figures"][name]]:
                    given[report["figures"][name]].append(who)
        if len(given) > 1 and name != "dateText":
            values = [{"value": said, "by": by} for said, by in given.items()]
            found.append({"name": name, "label": _FIGURE_NAMES[name], "values": values})
    return found


def propositions(store: Store, index: Index, iri: str) -> list[Row]:
    """What is urged, feared, denied or demanded in an event."""
    found: dict[str, Row] = {}
    for each in store.rows(queries.fill(queries.PROPOSITIONS, thing=iri)):
        proposition = found.setdefault(
            value(each["content"]), {"iri": value(each["content"]), "text": "", "describes": None, "mentions": []}
        )
        name, said = local_name(value(each["p"])), each["value"]
        if name == "text":
            proposition["text"] = value(said)
        elif name == "describes" and is_iri(said):
            proposition["describes"] = {"iri": value(said), "label": index.schema.label(value(said))}
        elif name == "mentions" and is_iri(said):
            proposition["mentions"].append(link(index, value(said)))
    return list(found.values())


def around(index: Index, happening: Happening) -> list[Row]:
    """Other events that share two parties with this one, the nearest in time first."""
    parties = {party for name, party in happening.general if name in ("agent", "target")}
    shared_by: dict[str, int] = defaultdict(int)
    for party in parties:
        for other in index.events_of.get(party, [])[:2000]:
            shared_by[other.iri] += 1
    enough = [index.events[iri] for iri, count in shared_by.items() if count > 1 and iri != happening.iri]
    enough.sort(key=lambda other: (not other.date, abs(_days(other.date) - _days(happening.date)), other.iri))
    return [row(index, other) for other in enough[:6]]


def _days(date: str) -> int:
    year, month, day = (*(int(part) for part in date[:10].split("-") if part.isdigit()), 0, 1, 1)[:3]
    return year * 372 + month * 31 + day
