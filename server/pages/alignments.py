"""States × states: on how many grounds each two stand together or against one another, and each of these grounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from kg.graph.store.protocol import Store
from kg.graph.terms import KG
from server.pages import queries
from server.pages.grounds import AGAINST, TOGETHER, Ground, Pair, read_grounds
from server.pages.index import Index
from server.pages.listing import Row, link, row
from server.pages.present import pages as shared
from server.pages.present import show
from server.pages.rows import rows

pages = Blueprint("alignments", __name__)
RELATIONS = {"allyOf": TOGETHER, "alignedWith": TOGETHER, "atOddsWith": AGAINST}
KINDS = {
    "vetoed": "Vetoed together",
    "voted": "Voted together",
    "declared": "Declared allies",
    "allied": "One defence alliance",
    "supported": "Mutual support",
    "accused": "Accused",
    "opposed": "Opposed",
    "threatened": "Threatened",
    "sanctioned": "Sanctioned",
    "attacked": "Attacked",
}
_SHOWN, _MOST, _LISTED = 20, 80, 100


@pages.get("/alignments")
def alignments() -> Response:
    """The matrix of a period, of the states with most grounds or of those chosen, and the grounds of one pair."""
    page = shared()
    index = page.index()
    since, until = request.args.get("from", "")[:10], request.args.get("to", "")[:10]
    pair = (request.args.get("a", "")[:500], request.args.get("b", "")[:500])
    found = [ground for ground in page.remembered("grounds", read_grounds) if ground.holds(since, until)]
    held = page.remembered("held", relations_of)
    ranked = by_grounds(index, found)
    wanted = chosen_states(index, request.args.getlist("state"))
    everything = bool(request.args.get("all"))
    states = shown_states(index, ranked, wanted, found, _MOST if everything else _SHOWN)
    view: Row = {
        "states": [link(index, state) for state in states],
        "rows": matrix(index, states, found, since, until, pair, [*wanted, *(["all"] if everything else [])]),
        "since": since,
        "to": until,
        "pair": grounds_page(index, pair, found, held) if all(pair) else None,
        "total": len(ranked),
        "chosen": [link(index, state) for state in wanted],
        "all": everything,
        "others": [link(index, state) for state in sorted(ranked, key=index.label) if state not in wanted],
    }
    return show("alignments.html", view)


def chosen_states(index: Index, asked: Iterable[str]) -> list[str]:
    """The states asked for by IRI or by name, each once; what is no state is passed over."""
    found: dict[str, None] = {}
    for text in list(asked)[:_SHOWN]:
        iris = [text] if text in index.things else [each.thing for each in index.names.find(text[:200], 5)]
        state = next((iri for iri in iris if iri in index.things and index.things[iri].kind == "State"), "")
        if state:
            found[state] = None
    return list(found)


def by_grounds(index: Index, found: Iterable[Ground]) -> list[str]:
    """The states that have grounds with others, those with most first; what happened tells more than an alliance."""
    acted, allied = Counter[str](), Counter[str]()
    for ground in found:
        (allied if ground.lasting else acted).update(ground.pair)
    known = [state for state in {**acted, **allied} if state in index.things]
    return sorted(known, key=lambda state: (-acted[state], -allied[state], state))


def shown_states(
    index: Index, ranked: Sequence[str], wanted: Sequence[str], found: Iterable[Ground], most: int
) -> list[str]:
    """The states of the matrix by name: those wanted; of one wanted alone also its partners; else the first."""
    if len(wanted) == 1:
        partners = {state for ground in found if wanted[0] in ground.pair for state in ground.pair}
        ranked = [*wanted, *(state for state in ranked if state in partners and state not in wanted)]
    elif wanted:
        ranked = wanted
    return sorted(ranked[:most], key=index.label)


def relations_of(index: Index, store: Store) -> dict[Pair, dict[str, bool]]:
    """Alliances, alignments and oppositions between states: the property, and whether it is stated."""
    found: dict[Pair, dict[str, bool]] = defaultdict(dict)
    for a, relation, b, graph in rows(store, queries.BETWEEN_STATES):
        one, other = sorted(index.same.get(each, each) for each in (a, b))
        if one != other:
            names, name = found[one, other], relation[len(KG) :]
            names[name] = names.get(name, False) or graph != index.inferred
    return dict(found)


def matrix(
    index: Index,
    states: Sequence[str],
    found: Iterable[Ground],
    since: str,
    until: str,
    opened: Pair,
    kept: Sequence[str] = (),
) -> list[Row]:
    """A row a state, a cell for each other: grounds for and against, a look, and the address that lists them.

    ``kept`` are the states chosen, or ``all``, which that address keeps.
    """
    counts: dict[Pair, Counter[str]] = defaultdict(Counter)
    for ground in found:
        counts[ground.pair][ground.side] += 1
    more = [("all", "1") if each == "all" else ("state", each) for each in kept]
    listed = []
    for a in states:
        cells = []
        for b in states:
            tally = counts.get((min(a, b), max(a, b)), Counter())
            query = [("a", a), ("b", b), ("from", since), ("to", until), *more]
            cells.append(
                {
                    "other": b,
                    "together": tally[TOGETHER],
                    "against": tally[AGAINST],
                    "look": "self" if a == b else look(tally),
                    "query": "?" + urlencode([(name, said) for name, said in query if said]),
                    "chosen": {a, b} == set(opened),
                }
            )
        listed.append({"state": link(index, a), "cells": cells})
    return listed


def look(tally: Mapping[str, int]) -> str:
    """How a cell looks: with, against, mixed or none, stronger from three grounds on."""
    with_, against = tally[TOGETHER], tally[AGAINST]
    if not with_ and not against:
        return "none"
    if min(with_, against) * 2 >= max(with_, against):
        return "mixed"
    return f"with{1 + (with_ >= 3)}" if with_ > against else f"against{1 + (against >= 3)}"


def grounds_page(index: Index, pair: Pair, found: Collection[Ground], held: Mapping[Pair, Mapping[str, bool]]) -> Row:
    """The grounds between two states by side and kind, and the relations that follow, each with its proof."""
    a, b = pair
    ordered = (min(pair), max(pair))
    own = [ground for ground in found if ground.pair == ordered]
    sides = {side for ground in own for side in (ground.side,)}
    relations = [
        {
            "name": name,
            "label": index.schema.label(KG + name),
            "stated": stated,
            "why": "/explain?" + urlencode({"s": a, "p": KG + name, "o": b}),
        }
        for name, stated in sorted(held.get(ordered, {}).items())
        if RELATIONS[name] in sides
    ]
    return {"a": link(index, a), "b": link(index, b), "relations": relations} | {
        side: ground_rows(index, [ground for ground in own if ground.side == side]) for side in (TOGETHER, AGAINST)
    }


def ground_rows(index: Index, grounds: Iterable[Ground]) -> list[Row]:
    """Grounds as the page lists them, the latest first: each with its kind, and its event or when it held."""
    ordered = sorted(grounds, key=lambda ground: (ground.since, ground.iri), reverse=True)[:_LISTED]
    return [
        link(index, ground.iri)
        | {"ground": KINDS[ground.kind], "since": ground.since, "until": ground.until, "lasting": ground.lasting}
        | {"event": row(index, index.events[ground.iri]) if ground.iri in index.events else None}
        for ground in ordered
    ]
