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

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.link.agree import compatible
from kg.link.branches import Branches, load_branches
from kg.link.happening import Happening, blocks_of, identity, prepare, span_of
from kg.model import Event


@dataclass(frozen=True, slots=True)
class Change:
    """What one step changed: the article's ``events`` with keys, and events of other articles that were ``rekeyed``."""

    events: tuple[Event, ...] = ()
    rekeyed: tuple[Event, ...] = ()


@dataclass(slots=True)
class Merger:
    """Keeps events by article and the groups that they form; see the top of this module."""

    published: Mapping[str, str] = field(default_factory=dict)
    located: Mapping[str, str] = field(default_factory=dict)
    _articles: dict[str, list[Happening]] = field(default_factory=dict)
    _blocks: dict[str, dict[str, Happening]] = field(default_factory=lambda: defaultdict(dict))
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
        neighbours: dict[str, Happening] = {}
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

    def _keyed(self, happening: Happening) -> Event:
        return replace(happening.event, key=self._keys[happening.id])

    def _regroup(self, seeds: Iterable[Happening]) -> list[Happening]:
        """Groups anew everything that is connected with ``seeds``; returns those whose key changed."""
        changed = []
        for group in group_up(self._connected(seeds), self.located):
            key = f"event/{group[0].id[:12]}"
            for happening in group:
                if self._keys.get(happening.id) != key:
                    self._keys[happening.id] = key
                    changed.append(happening)
        return changed

    def _connected(self, seeds: Iterable[Happening]) -> list[Happening]:
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
    return event.key == f"event/{identity(event)[:12]}"


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


@dataclass(slots=True)
class _Group:
    """Events taken to be one happening; ``alike`` keeps two of each likeness: large groups stay cheap to ask."""

    members: list[Happening] = field(default_factory=list)
    alike: dict[tuple[Any, ...], list[Happening]] = field(default_factory=dict)
    by_article: dict[str, list[Happening]] = field(default_factory=lambda: defaultdict(list))

    def add(self, happening: Happening) -> None:
        """Takes an event in."""
        self.members.append(happening)
        article = happening.event.evidence.article
        self.by_article[article].append(happening)
        same = self.alike.setdefault(happening.likeness(), [])
        if len(same) < 2 and all(other.event.evidence.article != article for other in same):
            same.append(happening)

    def admits(self, happening: Happening, located: Mapping[str, str]) -> bool:
        """Whether an event agrees with every member: those of its own article, and one of each likeness of others."""
        article = happening.event.evidence.article
        own = self.by_article.get(article, ())
        others = (next((o for o in a if o.event.evidence.article != article), None) for a in self.alike.values())
        return all(compatible(happening, member, located) for member in own) and all(
            compatible(happening, other, located) for other in others if other is not None
        )


def group_up(happenings: Iterable[Happening], located: Mapping[str, str]) -> list[list[Happening]]:
    """Groups of events that are one happening each, the most precise event of each first."""
    groups: list[_Group] = []
    by_block: dict[str, dict[int, None]] = defaultdict(dict)
    for happening in sorted({h.id: h for h in happenings}.values(), key=Happening.rank):
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


def _closeness(one: Happening, other: Happening) -> tuple[int, int, int]:
    shared = len(one.everybody & other.everybody)
    return shared, len(one.places & other.places), int(one.event.kind == other.event.kind)


__all__ = ["Branches", "Change", "Merger", "assign", "blocks", "load_branches", "merge", "names_happening", "span_of"]
