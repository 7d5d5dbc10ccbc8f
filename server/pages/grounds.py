"""Why two states count as standing together or against one another: the grounds that ``queries/`` count, with dates.

Together: a vote or veto cast by both, an alliance that a source declares, a defence alliance of which both are members,
an act of support where support is mutual; each event, declaration and alliance counts once for a pair, as in
``queries/alignments.rq``. Against: an event in which one accuses, opposes, threatens, sanctions or attacks the other,
the relations of ``queries/at-odds.rq``. Who represents a state acts for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.graph.store.protocol import Store
from server.pages import queries
from server.pages.index import Index
from server.pages.listing import within
from server.pages.rows import rows

TOGETHER, AGAINST = "together", "against"
Pair = tuple[str, str]
Period = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of a pair: an event, declaration or alliance, by IRI, of a kind in words, and when it held.

    ``since`` and ``until`` are the event's date twice, or the time that both were members; what is not known is empty.
    """

    pair: Pair
    side: str
    iri: str
    kind: str
    since: str = ""
    until: str = ""
    lasting: bool = False

    def holds(self, since: str, until: str) -> bool:
        """Whether it happened or held in a period that may be open at both ends; undated only if both are open."""
        if not since and not until:
            return True
        if self.lasting:
            begun = not until or self.since[: len(until)] <= until
            return begun and (not since or not self.until or self.until >= since[: len(self.until)])
        return within(self.since, since, until)


def read_grounds(index: Index, store: Store) -> list[Ground]:
    """All grounds between states, each once."""
    found: dict[tuple[Pair, str, str], Ground] = {}
    terms = membership_terms(store)
    for side, query in ((TOGETHER, queries.GROUNDS_TOGETHER), (AGAINST, queries.GROUNDS_AGAINST)):
        for a, b, iri, kind, dated in rows(store, query):
            one, other = sorted(index.same.get(each, each) for each in (a, b))
            key = (one, other), side, iri
            if one == other or (key in found and found[key].kind <= kind):
                continue
            if kind == "allied":
                periods = overlaps(terms.get((one, iri), [("", "")]), terms.get((other, iri), [("", "")]))
                if periods:
                    since, until = periods[0]
                    found[key] = Ground((one, other), side, iri, kind, since, until, lasting=True)
            else:
                date = index.events[iri].date if iri in index.events else dated
                found[key] = Ground((one, other), side, iri, kind, date, date)
    return list(found.values())


def membership_terms(store: Store) -> dict[tuple[str, str], list[Period]]:
    """The terms of membership in defence alliances by member and alliance; a dated one makes undated ones redundant."""
    found: dict[tuple[str, str], set[Period]] = defaultdict(set)
    for member, alliance, start, end in rows(store, queries.ALLIANCE_TERMS):
        found[member, alliance].add((start, end))
    return {key: sorted({each for each in terms if any(each)} or terms) for key, terms in found.items()}


def overlaps(one: list[Period], other: list[Period]) -> list[Period]:
    """The times in which both terms hold; an empty start is the beginning of time, an empty end is now."""
    shared = []
    for start, end in one:
        for begin, finish in other:
            since, until = max(start, begin), min(end or "9999", finish or "9999")
            if since[: len(until)] <= until[: len(since)] or not since:
                shared.append((since, "" if until == "9999" else until))
    return sorted(shared)
