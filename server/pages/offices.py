"""Offices and memberships as pages list and draw them; what articles and reference data say of one term is one row."""

from __future__ import annotations

from kg.graph.store.protocol import Store
from kg.graph.terms import value
from server.pages import queries
from server.pages.evidence import reports_of
from server.pages.index import Index
from server.pages.listing import Row, link, within
from server.pages.naming import local_name


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
    return joined(ordered, ("holder", "position"))


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
            "former": False,
            "reports": [],
        }
        _note_dates(found.setdefault(value(row["membership"]), empty), row)
    reports = reports_of(store, index, list(found)[:200])
    for membership in found.values():
        membership["reports"] = reports.get(membership["iri"], [])
    ordered = sorted(found.values(), key=lambda m: (m["organisation"]["label"], m["member"]["label"], m["start"]))
    listed = joined(ordered, ("member", "organisation"))
    return {
        "of": [row for row in listed if row["member"]["iri"] == iri],
        "in": [row for row in listed if row["organisation"]["iri"] == iri],
    }


def joined(listed: list[Row], same: tuple[str, str]) -> list[Row]:
    """Offices or memberships, what articles show to have held at some day as part of the term that has that day.

    ``same`` names the two ends by which two are of one holder and office, or member and organisation.
    """
    kept: list[Row] = []
    for row in sorted(listed, key=lambda each: not (each["start"] or each["end"])):
        into = None if row["start"] or row["end"] else next((k for k in kept if _part_of(row, k, same)), None)
        if into is None:
            kept.append(row)
            continue
        into["as_of"] = sorted({*into["as_of"], *row["as_of"]})
        into["reports"] = [*into["reports"], *row["reports"]]
    places = {row["iri"]: number for number, row in enumerate(listed)}
    return sorted(kept, key=lambda row: places[row["iri"]])


def _part_of(row: Row, term: Row, same: tuple[str, str]) -> bool:
    """Whether a row without dates of its own speaks of a term: both or neither are over, and its days lie within."""
    if any(row[end]["iri"] != term[end]["iri"] for end in same) or row["kind"] != term["kind"]:
        return False
    if row["former"]:
        return bool(term["former"] or (term["end"] and all(term["end"] <= day for day in row["as_of"])))
    return all(within(day, term["start"], term["end"]) for day in row["as_of"]) and not term["former"]


def _empty_tenure(index: Index, row: dict[str, str]) -> Row:
    return {
        "iri": value(row["tenure"]),
        "holder": link(index, value(row["holder"])),
        "position": link(index, value(row["position"])),
        "kind": "",
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
