"""Events as lists show them: one row an event, filters as links, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kg.graph.terms import KG
from server.pages.index import Happening, Index

PER_PAGE = 20
_FACET_LINKS = 8
Row = dict[str, Any]  # plain data for a template or JSON


def link(index: Index, iri: str) -> Row:
    """A thing as a link: IRI, label, kind; for one that was merged, the one that stands for both."""
    iri = index.same.get(iri, iri)
    thing = index.things.get(iri)
    return {"iri": iri, "label": index.label(iri), "kind": thing.kind if thing else ""}


def row(index: Index, happening: Happening) -> Row:
    """One event of a list."""
    schema = index.schema
    parties: dict[str, list[Row]] = {"agent": [], "target": [], "place": []}
    for role, party in happening.general:
        for general, listed in parties.items():
            if role == general and len(listed) < 8:
                listed.append(link(index, party))
    return {
        "iri": happening.iri,
        "label": happening.label,
        "kind": happening.kind,
        "kind_label": schema.label(KG + happening.kind),
        "tone": happening.tone,
        "date": happening.date,
        "end": happening.end,
        "planned": happening.planned,
        "agents": parties["agent"],
        "targets": parties["target"],
        "places": parties["place"],
        "about": happening.about,
        "topics": [link(index, party) for role, party in happening.general if role in ("motion", "topic")][:4],
        "reports": len(happening.articles),
    }


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to: an event class, another party, a period; all may be empty."""

    kind: str = ""
    party: str = ""
    since: str = ""
    until: str = ""
    page: int = 1

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Filters:
        """Reads them from a query string; what is not a page number is page 1."""
        number = arguments.get("page", "1")
        return cls(
            kind=arguments.get("class", "")[:80],
            party=arguments.get("with", "")[:500],
            since=arguments.get("from", "")[:10],
            until=arguments.get("to", "")[:10],
            page=max(1, int(number)) if number.isdigit() and len(number) < 7 else 1,
        )

    def query(self, **changed: str | int) -> str:
        """The query string of these filters with some changed; a change goes back to page 1."""
        named = {"class": self.kind, "with": self.party, "from": self.since, "to": self.until, "page": 1} | changed
        return "?" + urlencode({name: given for name, given in named.items() if given and (name, given) != ("page", 1)})

    def admits(self, index: Index) -> Callable[[Happening], bool]:
        """A test whether an event passes."""

        def passes(happening: Happening) -> bool:
            if self.kind and not index.schema.is_a(happening.kind, self.kind):
                return False
            if self.party and not any(party == self.party for _, party in happening.parties):
                return False
            return within(happening.date, self.since, self.until)

        return passes

    def describe(self) -> dict[str, str]:
        """The filters as plain data."""
        return {"class": self.kind, "with": self.party, "from": self.since, "to": self.until}


def within(date: str, since: str, until: str) -> bool:
    """Whether a date, as precise as it is, lies in a period that may be open at both ends; undated only if both are."""
    if not since and not until:
        return True
    return bool(date) and (not since or date >= since[: len(date)]) and (not until or date[: len(until)] <= until)


def listing(index: Index, events: Sequence[Happening], filters: Filters, about: str = "") -> Row:
    """A page of events that pass the filters, newest first, with the facets that could narrow it further."""
    passing = admitted(index, events, filters, about)
    key = ("facets", about, len(events), *filters.describe().values())
    counted = index.memo(key, lambda: _count(index, passing, about))
    last = max(1, -(-len(passing) // PER_PAGE))
    page = min(filters.page, last)
    return {
        "total": len(passing),
        "events": [row(index, happening) for happening in passing[(page - 1) * PER_PAGE : page * PER_PAGE]],
        "page": page,
        "pages": last,
        "previous": filters.query(page=page - 1) if page > 1 else "",
        "next": filters.query(page=page + 1) if page < last else "",
        "filters": filters.describe(),
        "facets": [
            facet("Kind", "class", filters, counted["class"]),
            facet("With", "with", filters, counted["with"]),
            facet("Year", "from", filters, counted["from"]),
        ],
    }


def admitted(index: Index, events: Sequence[Happening], filters: Filters, about: str = "") -> Sequence[Happening]:
    """The events that pass the filters, of a sequence that is all events or those of ``about``."""
    if not any(filters.describe().values()):
        return events
    key = ("passing", about, len(events), *filters.describe().values())
    return index.memo(key, lambda: list(filter(filters.admits(index), events)))


def _count(index: Index, events: Sequence[Happening], about: str) -> dict[str, list[tuple[str, str, int]]]:
    return {"class": _kinds(index, events), "with": _others(index, events, about), "from": _years(events)}


def facet(title: str, name: str, filters: Filters, counted: Iterable[tuple[str, str, int]]) -> Row:
    """A facet: its most frequent choices as links that set it, and the link that takes it back."""
    chosen = filters.describe()[name]
    clear = {"from": "", "to": ""} if name == "from" else {name: ""}
    links = [
        {"label": label, "count": count, "query": filters.query(**_setting(name, key)), "on": key == chosen}
        for key, label, count in counted
    ]
    return {"title": title, "name": name, "links": links, "clear": filters.query(**clear) if chosen else ""}


def _setting(name: str, key: str) -> dict[str, str | int]:
    return {"from": key, "to": key} if name == "from" else {name: key}


def _kinds(index: Index, events: Sequence[Happening]) -> list[tuple[str, str, int]]:
    counts = Counter(happening.kind for happening in events).most_common(_FACET_LINKS)
    return [(kind, index.schema.label(KG + kind), count) for kind, count in counts]


def _others(index: Index, events: Sequence[Happening], about: str) -> list[tuple[str, str, int]]:
    counts = Counter(party for happening in events for _, party in happening.general)
    counts.pop(about, None)
    return [(party, index.label(party), count) for party, count in counts.most_common(_FACET_LINKS)]


def _years(events: Sequence[Happening]) -> list[tuple[str, str, int]]:
    counts = Counter(happening.date[:4] for happening in events if happening.date)
    return [(year, year, count) for year, count in sorted(counts.items(), reverse=True)[:12]]
