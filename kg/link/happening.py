"""An event prepared for comparison with others: who, where, on which days, and where to look for its like."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kg.link.branches import load_branches
from kg.model import Event

_UNDATED = timedelta(days=4)
MANY = 10
_LONGEST = 400
_SLOTS = {
    "agent": "agent",
    "voter": "agent",
    "speaker": "agent",
    "supporter": "agent",
    "attacker": "agent",
    "accuser": "agent",
    "target": "target",
    "victim": "target",
    "place": "place",
    "body": "body",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event prepared for comparison: its participants, days (ordinals, inclusive) and identity."""

    event: Event
    id: str
    root: str
    agents: frozenset[str]
    targets: frozenset[str]
    places: frozenset[str]
    bodies: frozenset[str]
    days: tuple[int, int] | None
    dated: bool
    words: frozenset[str]

    @property
    def everybody(self) -> frozenset[str]:
        return self.agents | self.targets

    def likeness(self) -> tuple[Any, ...]:
        """All that decides whether it agrees with an event of another article."""
        what = (self.event.kind, self.event.choice, self.event.planned, self.event.killed, self.words)
        return (*what, self.agents, self.targets, self.places, self.bodies, self.days, self.dated)

    def rank(self) -> tuple[Any, ...]:
        """Precise events first; the identity makes the order total."""
        span = self.days[1] - self.days[0] if self.days else 10_000
        return (not self.dated, span, -len(self.everybody), not self.places, self.id)


def prepare(event: Event, published: Mapping[str, str]) -> Happening:
    """An event ready for comparison."""
    keys: dict[str, set[str]] = defaultdict(set)
    for role in event.roles:
        keys[_SLOTS.get(role.name, "other")].add(role.key)
    days = span_of(event.date, event.end_date)
    article = event.evidence.article
    if days is None and published.get(article):
        day = span_of(published[article], "")
        days = (day[0] - _UNDATED.days, day[1]) if day else None
    said = event.quotation or (event.content.text if event.content else "")
    return Happening(
        event=event,
        id=identity(event),
        root=load_branches().root(event.kind),
        agents=frozenset(keys["agent"]),
        targets=frozenset(keys["target"]),
        places=frozenset(keys["place"]),
        bodies=frozenset(keys["body"]),
        days=days,
        dated=bool(event.date),
        words=frozenset(w for w in said.lower().split() if len(w) > 3),
    )


def identity(event: Event) -> str:
    """What tells an event from all others: a digest of what is said of it and where."""
    roles = sorted((role.name, role.key) for role in event.roles)
    evidence = event.evidence
    parts = (
        evidence.article,
        event.kind,
        evidence.begin,
        evidence.finish,
        roles,
        event.date,
        event.choice,
        event.killed,
    )
    more = (event.injured, event.planned, event.quotation, event.content.text if event.content else "", event.end_date)
    return hashlib.sha256(repr((parts, more)).encode()).hexdigest()


@lru_cache(maxsize=8192)
def span_of(start: str, end: str) -> tuple[int, int] | None:
    """The days, as ordinals, from the first day of ``start`` to the last of ``end`` (or of ``start``)."""
    if not start:
        return None
    try:
        return _edge(start, False), max(_edge(end or start, True), _edge(start, True) if not end else 0)
    except ValueError:
        return None


def _edge(text: str, last: bool) -> int:
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 3:
        return date(numbers[0], numbers[1], numbers[2]).toordinal()
    if len(numbers) == 2:
        year, month = numbers
        following = date(year + month // 12, month % 12 + 1, 1)
        return following.toordinal() - 1 if last else date(year, month, 1).toordinal()
    return date(numbers[0], 12, 31).toordinal() if last else date(numbers[0], 1, 1).toordinal()


def blocks_of(happening: Happening) -> list[str]:
    """The blocks of a prepared event: its branch, each participant or place, each month it may lie in."""
    anchors = happening.everybody | happening.places or {"-"}
    if (happening.event.killed or 0) >= MANY:
        anchors |= {"dead"}
    if happening.days is None or happening.days[1] - happening.days[0] > _LONGEST:
        times = [happening.event.evidence.article]
    else:
        first, last = happening.days
        times = sorted({date.fromordinal(day).isoformat()[:7] for day in (*range(first, last, 28), last)})
    return [f"{happening.root}|{anchor}|{time}" for anchor in sorted(anchors) for time in times]
