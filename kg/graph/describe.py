"""What the graph knows of one thing: names, identifiers, offices, memberships, relations and events, with sentences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from kg.errors import NotFoundError
from kg.graph.evidence import Report, label_of, reports_of
from kg.graph.find import known
from kg.graph.store import Store
from kg.graph.terms import KG, Minter, curie, kg, shorten, value

_TYPE = curie("rdf:type")
_EVENT = kg("Event")
_NODES = frozenset(kg(name) for name in ("Tenure", "Membership", "Report", "StatedRelation", "Link", "Article"))
_WIDER_THAN_A_RELATION = frozenset(
    kg(name) for name in ("involves", "participant", "participatesIn", "holdsPosition", "reportedBy", "happenedIn")
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact about the thing: what it says, when, whether it is inferred, and the sentences for it."""

    iri: str
    says: str
    date: str = ""
    inferred: bool = False
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """All of it; ``identifiers`` are the same thing elsewhere, ``properties`` what is said of it in plain values."""

    iri: str
    label: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    identifiers: tuple[str, ...]
    properties: tuple[tuple[str, str], ...]
    positions: tuple[Statement, ...]
    memberships: tuple[Statement, ...]
    relations: tuple[Statement, ...]
    events: tuple[Statement, ...]
    reports: tuple[Report, ...]

    def as_json(self) -> str:
        """Everything as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def describe(store: Store, minter: Minter, term: str) -> Description:
    """Describes the thing that ``term`` names; raises NotFoundError when no triple has it."""
    if not known(store, term):
        raise NotFoundError(f"the graph knows nothing of {shorten(term, minter.base)}")
    outgoing = [(predicate, obj) for _, predicate, obj in store.triples(term)]
    by_property: dict[str, list[str]] = defaultdict(list)
    for predicate, obj in sorted(outgoing):
        by_property[predicate].append(obj)
    label = label_of(store, term)
    return Description(
        iri=value(term),
        label=label,
        types=tuple(_types(store, term)),
        names=tuple(sorted({value(o) for o in by_property[curie("skos:altLabel")]} - {label})),
        identifiers=tuple(value(obj) for obj in by_property[curie("skos:exactMatch")]),
        properties=tuple(_plain(by_property)),
        positions=tuple(_dated(store, _pointing(store, "holder", term), "start", "asOf", "end")),
        memberships=tuple(_dated(store, _pointing(store, "member", term), "start", "asOf", "end")),
        relations=tuple(_relations(store, minter, term)),
        events=tuple(_dated(store, _events(store, term), "date", "endDate")),
        reports=tuple(reports_of(store, term)),
    )


def _types(store: Store, term: str) -> list[str]:
    """The classes of our ontology that the thing is in, stated ones before wider ones."""
    found = [obj for _, _, obj in store.triples(term, _TYPE) if obj.startswith(f"<{KG}")]
    return sorted((label_of(store, kind) for kind in found if not _has_narrower(store, kind, found)), key=str.casefold)


def _has_narrower(store: Store, kind: str, kinds: Iterable[str]) -> bool:
    below = curie("rdfs:subClassOf")
    return any(other != kind and store.contains(other, below, kind) for other in kinds)


def _plain(by_property: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for predicate, values in by_property.items():
        if predicate.startswith(f"<{KG}") and predicate != kg("text"):
            for obj in values:
                if obj.startswith('"'):
                    yield shorten(predicate), value(obj)


def _pointing(store: Store, role: str, term: str) -> set[str]:
    return {subject for subject, _, _ in store.triples(None, kg(role), term)}


def _events(store: Store, term: str) -> set[str]:
    """Events in which the thing has any role, by inference or not."""
    found = {
        subject
        for subject, _, _ in store.triples(None, None, term)
        if store.contains(subject, _TYPE, _EVENT) or store.contains(subject, kg("agent"), term)
    }
    return {node for node in found if not any(store.contains(node, _TYPE, kind) for kind in _NODES)}


def _dated(store: Store, nodes: Iterable[str], *dates: str) -> list[Statement]:
    found = []
    for node in nodes:
        when = [min((value(o) for _, _, o in store.triples(node, kg(name))), default="") for name in dates]
        says, shown = label_of(store, node), [date for date in when if date]
        found.append(Statement(value(node), says, " to ".join(shown), reports=tuple(reports_of(store, node))))
    return sorted(found, key=lambda statement: (statement.date or "~", statement.says, statement.iri))


def _relations(store: Store, minter: Minter, term: str) -> Iterator[Statement]:
    """Relations to other things; those of the thing to itself, which chains give, are left out."""
    for _, predicate, obj in sorted(store.triples(term)):
        if not predicate.startswith(f"<{KG}") or predicate in _WIDER_THAN_A_RELATION or obj == term:
            continue
        if not minter.key(obj) or any(store.contains(obj, _TYPE, kind) for kind in (*_NODES, _EVENT)):
            continue
        stated = [graph for _, _, _, graph in store.quads(term, predicate, obj) if graph != minter.inferred]
        nodes = _pointing(store, "subject", term) & _pointing(store, "object", obj)
        nodes = {node for node in nodes if store.contains(node, kg("relation"), predicate)}
        reports = tuple(report for node in sorted(nodes) for report in reports_of(store, node))
        says = f"{label_of(store, predicate)} {label_of(store, obj)}"
        yield Statement(value(obj), says, inferred=not stated, reports=reports)


def render(description: Description) -> str:
    """The description as text for a terminal."""
    lines = [description.label, f"  {description.iri}"]
    for title, values in (
        ("is", description.types),
        ("also called", description.names),
        ("same as", description.identifiers),
    ):
        if values:
            lines.append(f"  {title}: {', '.join(values)}")
    lines += [f"  {name}: {text}" for name, text in description.properties]
    for title, statements in (
        ("Positions", description.positions),
        ("Memberships", description.memberships),
        ("Relations", description.relations),
        ("Events", description.events),
    ):
        if statements:
            lines += ["", title]
            for statement in statements:
                lines += _statement(statement)
    if description.reports:
        lines += ["", "Reports", *(f"    {report.line()}" for report in description.reports)]
    return "\n".join([*lines, ""])


def _statement(statement: Statement) -> list[str]:
    date = f" ({statement.date})" if statement.date and statement.date not in statement.says else ""
    derived = " [inferred]" if statement.inferred else ""
    return [f"  {statement.says}{date}{derived}", *(f"    {report.line()}" for report in statement.reports)]
