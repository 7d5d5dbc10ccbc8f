"""How an actor stands to others: stated and derived, each with the way to its proof."""

from __future__ import annotations

from collections import Counter, defaultdict
from urllib.parse import urlencode

from kg.graph.store.protocol import Store
from kg.graph.terms import KG
from server.pages import queries
from server.pages.index import Index
from server.pages.listing import Row, link
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
_SHOWN = 6


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
