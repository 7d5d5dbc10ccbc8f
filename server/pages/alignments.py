"""States × states: how often each two acted together or against one another, and every ground for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from kg.graph.store.protocol import Store
from kg.graph.terms import KG, value
from server.pages import queries
from server.pages.index import Happening, Index
from server.pages.listing import Row, link, row, within
from server.pages.naming import local_name
from server.pages.present import pages as shared
from server.pages.present import show

pages = Blueprint("alignments", __name__)
TOGETHER, AGAINST = "together", "against"
RELATIONS = {"allyOf": TOGETHER, "alignedWith": TOGETHER, "atOddsWith": AGAINST}
_SHOWN, _MOST_AGENTS = 20, 25
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """One event that two states took part in, on one side or on opposite ones."""

    pair: Pair
    side: str
    event: str
    date: str


@pages.get("/alignments")
def alignments() -> Response:
    """The matrix of a period, and the grounds of the pair ``a``, ``b`` where one is chosen."""
    page = shared()
    index = page.index()
    since, until = request.args.get("from", "")[:10], request.args.get("to", "")[:10]
    pair = (request.args.get("a", "")[:500], request.args.get("b", "")[:500])
    found = [ground for ground in page.remembered("grounds", grounds_of) if within(ground.date, since, until)]
    held = page.remembered("held", relations_of) if not since and not until else {}
    states = most_active(index, found, held, request.args.getlist("state"))
    view: Row = {
        "states": [link(index, state) for state in states],
        "rows": matrix(index, states, found, held, since, until, pair),
        "since": since,
        "to": until,
        "pair": grounds_page(index, pair, found, page.remembered("held", relations_of)) if all(pair) else None,
        "more": request.args.getlist("state"),
    }
    return show("alignments.html", view)


def states_of(index: Index, parties: Iterable[str]) -> list[str]:
    """The states that parties are or act for, each once."""
    found: dict[str, None] = {}
    for party in parties:
        thing = index.things.get(party)
        if thing and thing.kind == "State":
            found[party] = None
        elif thing:
            found.update(dict.fromkeys(thing.states))
    return list(found)


def grounds_of(index: Index, _store: Store) -> list[Ground]:
    """All grounds in all events: acting together, acting against one another, voting apart."""
    found: list[Ground] = []
    ballots: dict[tuple[str, str], list[tuple[str, str, list[str]]]] = defaultdict(list)
    for happening in index.events.values():
        if happening.planned:
            continue
        agents = states_of(index, [p for role, p in happening.general if role == "agent"])[:_MOST_AGENTS]
        targets = states_of(index, [p for role, p in happening.general if role == "target"])[:_MOST_AGENTS]
        found += _in_event(index, happening, agents, targets)
        if happening.choice:
            motion = next((p for role, p in happening.general if role == "motion"), "")
            ballots[motion, happening.date].append((happening.choice, happening.iri, agents))
    found += _apart(ballots)
    return found


def _in_event(index: Index, happening: Happening, agents: list[str], targets: list[str]) -> Iterator[Ground]:
    """Agents of a vote, an agreement or a dispute stand together; agents of a dispute stand against its targets."""
    together = happening.tone == "agree" or index.schema.is_a(happening.kind, "Vote")
    if together or happening.tone in ("dispute", "clash"):
        for a, b in combinations(sorted(agents), 2):
            yield Ground((a, b), TOGETHER, happening.iri, happening.date)
    if happening.tone != "talk" and happening.tone != "office":
        side = TOGETHER if happening.tone == "agree" else AGAINST
        for a in agents:
            for b in targets:
                if a != b:
                    yield Ground((min(a, b), max(a, b)), side, happening.iri, happening.date)


def _apart(ballots: Mapping[tuple[str, str], list[tuple[str, str, list[str]]]]) -> Iterator[Ground]:
    """States that chose For and Against on one motion on one day."""
    for (motion, date), choices in ballots.items():
        if not motion:
            continue
        favouring = [(event, state) for choice, event, states in choices if choice == "For" for state in states]
        opposing = [(event, state) for choice, event, states in choices if choice == "Against" for state in states]
        for _, a in favouring:
            for event, b in opposing:
                if a != b:
                    yield Ground((min(a, b), max(a, b)), AGAINST, event, date)


def relations_of(index: Index, store: Store) -> dict[Pair, dict[str, bool]]:
    """Alliances, alignments and oppositions between states: the property, and whether it is stated."""
    found: dict[Pair, dict[str, bool]] = defaultdict(dict)
    for each in store.rows(queries.BETWEEN_STATES):
        a, b, name = value(each["a"]), value(each["b"]), local_name(value(each["p"]))
        if a != b:
            pair = (min(a, b), max(a, b))
            found[pair][name] = found[pair].get(name, False) or value(each["g"]) != index.inferred
    return dict(found)


def most_active(index: Index, found: list[Ground], held: Mapping[Pair, object], wanted: list[str]) -> list[str]:
    """The states with most grounds, in alphabetical order; those asked for are always among them."""
    counts: dict[str, int] = defaultdict(int)
    for ground in found:
        for state in ground.pair:
            counts[state] += 2
    for pair in held:
        for state in pair:
            counts[state] += 1
    asked = [state for state in wanted[:_SHOWN] if state in index.things]
    ranked = sorted(counts, key=lambda state: (-counts[state], state))
    chosen = list(dict.fromkeys([*asked, *ranked]))[:_SHOWN]
    return sorted(chosen, key=index.label)


def matrix(
    index: Index,
    states: list[str],
    found: list[Ground],
    held: Mapping[Pair, Mapping[str, bool]],
    since: str,
    until: str,
    chosen: Pair,
) -> list[Row]:
    """A row a state, a cell for each other: counts for and against, relations that hold, a look, and where it leads."""
    counts: dict[Pair, dict[str, int]] = defaultdict(lambda: {TOGETHER: 0, AGAINST: 0})
    for ground in found:
        counts[ground.pair][ground.side] += 1
    rows = []
    for a in states:
        cells = []
        for b in states:
            pair = (min(a, b), max(a, b))
            tally, relations = counts.get(pair, {TOGETHER: 0, AGAINST: 0}), held.get(pair, {})
            query = {"a": a, "b": b, "from": since, "to": until}
            cells.append(
                {
                    "other": b,
                    "together": tally[TOGETHER],
                    "against": tally[AGAINST],
                    "relations": sorted(relations),
                    "look": "self" if a == b else look(tally, relations),
                    "query": "?" + urlencode({key: said for key, said in query.items() if said}),
                    "chosen": {a, b} == set(chosen),
                }
            )
        rows.append({"state": link(index, a), "cells": cells})
    return rows


def look(tally: Mapping[str, int], relations: Iterable[str]) -> str:
    """How a cell looks: with, against, mixed or none, stronger from three grounds on."""
    sides = {RELATIONS[name] for name in relations}
    with_, against = tally[TOGETHER] + (TOGETHER in sides), tally[AGAINST] + (AGAINST in sides)
    if not with_ and not against:
        return "none"
    if min(with_, against) * 2 >= max(with_, against):
        return "mixed"
    return f"with{1 + (with_ >= 3)}" if with_ > against else f"against{1 + (against >= 3)}"


def grounds_page(index: Index, pair: Pair, found: list[Ground], held: Mapping[Pair, Mapping[str, bool]]) -> Row:
    """The grounds between two states: events by side, and the relations that hold, each with its proof."""
    ordered = (min(pair), max(pair))
    sides: dict[str, list[Row]] = {TOGETHER: [], AGAINST: []}
    seen = set()
    for ground in sorted(found, key=lambda each: (each.date, each.event), reverse=True):
        if ground.pair == ordered and (ground.side, ground.event) not in seen and len(sides[ground.side]) < 60:
            seen.add((ground.side, ground.event))
            sides[ground.side].append(row(index, index.events[ground.event]))
    a, b = pair
    relations = [
        {
            "name": name,
            "label": index.schema.label(KG + name),
            "stated": stated,
            "why": "/explain?" + urlencode({"s": a, "p": KG + name, "o": b}),
        }
        for name, stated in sorted(held.get(ordered, {}).items())
    ]
    return {"a": link(index, a), "b": link(index, b), "relations": relations} | sides
