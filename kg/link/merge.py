"""Decides which events, of one article or of many, are one happening, and gives them its key.

Interface (all events are ``kg.model.Event`` with evidence; ``key`` is ignored on input and set on output):

``merge(events, published=…, located=…) -> tuple[Event, ...]``
    From scratch: the same events in the same order, each with its key. Independent of the order of events and articles.
``Merger(published=…, located=…)``
    The same, incrementally: ``add(article, events) -> Change`` and ``remove(article) -> Change``. A ``Change`` holds
    ``events`` (those of the article, keyed, in the order given) and ``rekeyed`` (events of *other* articles whose key
    changed because of it: their graphs must be written anew). After any sequence of additions and removals the keys
    equal those of ``merge`` over the events that are in.
``assign(new, candidates, …) -> Change``
    One step of the above for a caller that keeps no ``Merger``: ``candidates`` are the known events, at least all that
    are reachable by sharing one of their ``blocks``.

``published`` maps an article's slug to its date (an event without a date happened, if anything, shortly before that);
``located`` maps a place key to the key of the place or state in which it lies.

Two events are one happening when their classes are on one branch of the hierarchy, and participants, place, date and
choice agree as far as both are told: dates of different precision agree when one lies within the other. Where nobody
is named, the place must be the same, or the number of many dead alike. Figures of the dead may differ between articles,
since that is what conflicting reports are; within one article different figures, dates or choices tell events apart. A
group never holds two events that disagree, and the most precise events form groups first, so that a vague report joins
a precise one and never bridges two.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import yaml

from kg.config import data_dir
from kg.model import Event

_UNDATED = timedelta(days=4)
_MANY = 10
_NEAR = 0.75
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Change:
    """What one step changed: the article's ``events`` with keys, and events of other articles that were ``rekeyed``."""

    events: tuple[Event, ...] = ()
    rekeyed: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Branches:
    """The class hierarchy as merging needs it."""

    parents: Mapping[str, str]
    symmetric: frozenset[str]
    spoken: frozenset[str]

    def root(self, kind: str) -> str:
        """The topmost class above ``kind``."""
        while kind in self.parents:
            kind = self.parents[kind]
        return kind

    def on_one_branch(self, one: str, other: str) -> bool:
        """Whether one class is the other or above it."""
        return self._above(one, other) or self._above(other, one)

    def _above(self, upper: str, lower: str) -> bool:
        while lower != upper and lower in self.parents:
            lower = self.parents[lower]
        return lower == upper


@lru_cache(maxsize=1)
def load_branches() -> Branches:
    """The hierarchy of ``ontology/lexicon/branches.yaml``."""
    data: dict[str, Any] = yaml.safe_load(
        (data_dir("ontology") / "lexicon" / "branches.yaml").read_text(encoding="utf-8")
    )
    return Branches(data["parents"], frozenset(data["symmetric"]), frozenset(data["spoken"]))


@dataclass(frozen=True, slots=True)
class _Happening:
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


@dataclass(slots=True)
class Merger:
    """Keeps events by article and the groups that they form; see the top of this module."""

    published: Mapping[str, str] = field(default_factory=dict)
    located: Mapping[str, str] = field(default_factory=dict)
    _articles: dict[str, list[_Happening]] = field(default_factory=dict)
    _blocks: dict[str, dict[str, _Happening]] = field(default_factory=lambda: defaultdict(dict))
    _keys: dict[str, str] = field(default_factory=dict)

    def add(self, article: str, events: Sequence[Event]) -> Change:
        """Adds an article's events, replacing those it had."""
        before = self.remove(article) if article in self._articles else Change()
        happenings = [prepare(event, self.published) for event in events]
        self._articles[article] = happenings
        for happening in happenings:
            for block in blocks_of(happening):
                self._blocks[block][happening.id] = happening
        changed = self._regroup(happenings)
        rekeyed = {h.id: h for h in (*changed, *(prepare(e, self.published) for e in before.rekeyed))}
        own = {h.id for h in happenings}
        return Change(
            tuple(self._keyed(h) for h in happenings),
            tuple(self._keyed(rekeyed[i]) for i in sorted(rekeyed) if i not in own and i in self._keys),
        )

    def remove(self, article: str) -> Change:
        """Takes an article's events out."""
        happenings = self._articles.pop(article, [])
        neighbours: dict[str, _Happening] = {}
        for happening in happenings:
            for block in blocks_of(happening):
                self._blocks[block].pop(happening.id, None)
            self._keys.pop(happening.id, None)
        for happening in happenings:
            for block in blocks_of(happening):
                neighbours |= self._blocks[block]
        changed = self._regroup(
            [n for n in neighbours.values() if any(compatible(n, h, self.located) for h in happenings)]
        )
        return Change((), tuple(self._keyed(h) for h in sorted(changed, key=lambda h: h.id)))

    def _keyed(self, happening: _Happening) -> Event:
        return replace(happening.event, key=self._keys[happening.id])

    def _regroup(self, seeds: Iterable[_Happening]) -> list[_Happening]:
        """Groups anew everything that is connected with ``seeds``; returns those whose key changed."""
        changed = []
        for group in group_up(self._connected(seeds), self.located):
            key = f"event/{group[0].id[:12]}"
            for happening in group:
                if self._keys.get(happening.id) != key:
                    self._keys[happening.id] = key
                    changed.append(happening)
        return changed

    def _connected(self, seeds: Iterable[_Happening]) -> list[_Happening]:
        """Everything reachable from ``seeds`` by pairs that could be one happening."""
        reached = {seed.id: seed for seed in seeds}
        frontier = list(reached.values())
        while frontier:
            happening = frontier.pop()
            for block in blocks_of(happening):
                for other in self._blocks[block].values():
                    if other.id not in reached and compatible(happening, other, self.located):
                        reached[other.id] = other
                        frontier.append(other)
        return list(reached.values())


def merge(
    events: Iterable[Event], published: Mapping[str, str] | None = None, located: Mapping[str, str] | None = None
) -> tuple[Event, ...]:
    """The same events in the same order, each with the key of its happening."""
    happenings = [prepare(event, published or {}) for event in events]
    keys: dict[str, str] = {}
    for group in group_up(happenings, located or {}):
        keys.update((happening.id, f"event/{group[0].id[:12]}") for happening in group)
    return tuple(replace(happening.event, key=keys[happening.id]) for happening in happenings)


def names_happening(event: Event) -> bool:
    """Whether an event that was merged is the one, most precise of all, that its happening has its key from."""
    return event.key == f"event/{_identity(event)[:12]}"


def assign(
    new: Sequence[Event],
    candidates: Iterable[Event],
    published: Mapping[str, str] | None = None,
    located: Mapping[str, str] | None = None,
) -> Change:
    """Keys for the events of one new article, given the known events reachable from them by shared blocks."""
    known = tuple(candidates)
    merged = merge((*known, *new), published, located)
    rekeyed = (after for before, after in zip(known, merged, strict=False) if before.key != after.key)
    return Change(merged[len(known) :], tuple(rekeyed))


def blocks(event: Event, published: Mapping[str, str] | None = None) -> frozenset[str]:
    """Strings of which two events share one if they can be one happening; an index over them finds candidates."""
    return frozenset(blocks_of(prepare(event, published or {})))


def prepare(event: Event, published: Mapping[str, str]) -> _Happening:
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
    return _Happening(
        event=event,
        id=_identity(event),
        root=load_branches().root(event.kind),
        agents=frozenset(keys["agent"]),
        targets=frozenset(keys["target"]),
        places=frozenset(keys["place"]),
        bodies=frozenset(keys["body"]),
        days=days,
        dated=bool(event.date),
        words=frozenset(w for w in said.lower().split() if len(w) > 3),
    )


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


def _identity(event: Event) -> str:
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


def blocks_of(happening: _Happening) -> list[str]:
    """The blocks of a prepared event: its branch, each participant or place, each month it may lie in."""
    anchors = happening.everybody | happening.places or {"-"}
    if (happening.event.killed or 0) >= _MANY:
        anchors |= {"dead"}
    if happening.days is None or happening.days[1] - happening.days[0] > _LONGEST:
        times = [happening.event.evidence.article]
    else:
        first, last = happening.days
        times = sorted({date.fromordinal(day).isoformat()[:7] for day in (*range(first, last, 28), last)})
    return [f"{happening.root}|{anchor}|{time}" for anchor in sorted(anchors) for time in times]


def compatible(one: _Happening, other: _Happening, located: Mapping[str, str]) -> bool:
    """Whether two events can be one happening."""
    if not load_branches().on_one_branch(one.event.kind, other.event.kind):
        return False
    return (
        _time_agrees(one, other)
        and one.event.planned == other.event.planned
        and one.event.choice == other.event.choice
        and not (one.bodies and other.bodies and not one.bodies & other.bodies)
        and _places_agree(one, other, located)
        and _people_agree(one, other)
        and _words_agree(one, other)
        and _figures_agree(one, other)
    )


def _time_agrees(one: _Happening, other: _Happening) -> bool:
    if one.days is None or other.days is None:
        return one.event.evidence.article == other.event.evidence.article and one.days == other.days
    return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]


def _places_agree(one: _Happening, other: _Happening, located: Mapping[str, str]) -> bool:
    if not one.places or not other.places:
        return True
    around = {above for place in one.places for above in _upward(place, located)}
    beyond = {above for place in other.places for above in _upward(place, located)}
    return bool(around & other.places or beyond & one.places)


def _upward(place: str, located: Mapping[str, str]) -> set[str]:
    seen: set[str] = set()
    while place and place not in seen:
        seen.add(place)
        place = located.get(place, "")
    return seen


def _people_agree(one: _Happening, other: _Happening) -> bool:
    """Participants overlap, or place and date do, and none contradicts: of two full lists one holds the other."""
    if one.event.kind in load_branches().symmetric or other.event.kind in load_branches().symmetric:
        a, b = one.everybody, other.everybody
        return bool(a & b) and (a <= b or b <= a)
    if not one.everybody or not other.everybody:
        return one.dated and other.dated and (bool(one.places & other.places) or _same_toll(one.event, other.event))
    if one.agents and other.agents and not _nested(one.agents, other.agents):
        return False
    if one.targets and other.targets and not _nested(one.targets, other.targets):
        return False
    if one.agents & other.agents or one.targets & other.targets:
        return True
    return bool(one.places & other.places) and one.dated and other.dated


def _same_toll(one: Event, other: Event) -> bool:
    """Whether two counts of many dead are near enough to be of one happening: 108, and more than 100."""
    if one.killed is None or other.killed is None or min(one.killed, other.killed) < _MANY:
        return False
    return min(one.killed, other.killed) >= _NEAR * max(one.killed, other.killed)


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _words_agree(one: _Happening, other: _Happening) -> bool:
    """Two utterances are one when they say much the same words; deeds need no words."""
    if one.event.kind not in load_branches().spoken and other.event.kind not in load_branches().spoken:
        return True
    if one.event.evidence.article != other.event.evidence.article and not (one.words and other.words):
        return bool(one.targets & other.targets)
    shared, fewest = len(one.words & other.words), min(len(one.words), len(other.words))
    return fewest > 0 and shared >= 0.5 * fewest


def _figures_agree(one: _Happening, other: _Happening) -> bool:
    """Within one article different figures or dates tell events apart; between articles figures may conflict."""
    a, b = one.event, other.event
    if a.evidence.article != b.evidence.article:
        return True
    figures = all(x is None or y is None or x == y for x, y in ((a.killed, b.killed), (a.injured, b.injured)))
    return figures and (not a.date or not b.date or a.date == b.date)


@dataclass(slots=True)
class _Group:
    """Events taken to be one happening; ``alike`` keeps two of each likeness: large groups stay cheap to ask."""

    members: list[_Happening] = field(default_factory=list)
    alike: dict[tuple[Any, ...], list[_Happening]] = field(default_factory=dict)
    by_article: dict[str, list[_Happening]] = field(default_factory=lambda: defaultdict(list))

    def add(self, happening: _Happening) -> None:
        """Takes an event in."""
        self.members.append(happening)
        article = happening.event.evidence.article
        self.by_article[article].append(happening)
        same = self.alike.setdefault(happening.likeness(), [])
        if len(same) < 2 and all(other.event.evidence.article != article for other in same):
            same.append(happening)

    def admits(self, happening: _Happening, located: Mapping[str, str]) -> bool:
        """Whether an event agrees with every member: those of its own article, and one of each likeness of others."""
        article = happening.event.evidence.article
        own = self.by_article.get(article, ())
        others = (next((o for o in a if o.event.evidence.article != article), None) for a in self.alike.values())
        return all(compatible(happening, member, located) for member in own) and all(
            compatible(happening, other, located) for other in others if other is not None
        )


def group_up(happenings: Iterable[_Happening], located: Mapping[str, str]) -> list[list[_Happening]]:
    """Groups of events that are one happening each, the most precise event of each first."""
    groups: list[_Group] = []
    by_block: dict[str, dict[int, None]] = defaultdict(dict)
    for happening in sorted({h.id: h for h in happenings}.values(), key=_Happening.rank):
        own = blocks_of(happening)
        near = {index for block in own for index in by_block[block]}
        fits = [i for i in sorted(near) if groups[i].admits(happening, located)]
        if fits:
            best = max(fits, key=lambda i: (_closeness(happening, groups[i].members[0]), -i))
        else:
            best = len(groups)
            groups.append(_Group())
        groups[best].add(happening)
        for block in own:
            by_block[block][best] = None
    return [group.members for group in groups]


def _closeness(one: _Happening, other: _Happening) -> tuple[int, int, int]:
    shared = len(one.everybody & other.everybody)
    return shared, len(one.places & other.places), int(one.event.kind == other.event.kind)


__all__ = ["Branches", "Change", "Merger", "assign", "blocks", "load_branches", "merge", "names_happening", "span_of"]
