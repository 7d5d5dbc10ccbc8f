"""Whether a query is sure to be little work, so that it needs no worker.

For each property it is known how many values a subject has at most. Triples that are walked from a named thing, each
step from a subject that is known to its values, can then match no more often than the product of these.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence

from kg.errors import KgError
from kg.graph import terms
from kg.graph.store import Delta, OxigraphStore
from server.sparql.walk import Triple, Walk

_MOST_WORK = 120
_PROPERTIES = "SELECT DISTINCT ?p { ?s ?p ?o }"


class Fans:
    """How many values a subject has at most, by property; known once it was read, and never too low."""

    def __init__(self, store: OxigraphStore, known: Mapping[str, int] | None = None) -> None:
        self._store = store
        self._most: dict[str, int] = dict(known or {})
        self._lock = threading.Lock()
        self._changes = 0
        store.subscribe(self._follow)

    def known(self) -> dict[str, int]:
        """What is known now, for whoever has the same store."""
        with self._lock:
            return dict(self._most)

    def read(self) -> None:
        """Counts, in some seconds for a million triples; a commit meanwhile makes it start over, twice at most."""
        for _ in range(3):
            changes, most = self._changes, dict(self._counted())
            with self._lock:
                if changes == self._changes:
                    self._most = most
                    return

    def _counted(self) -> Iterator[tuple[str, int]]:
        for row in self._store.rows(_PROPERTIES):
            counted = f"SELECT (COUNT(*) AS ?n) {{ ?s {row['p']} ?o }} GROUP BY ?s"
            (most,) = self._store.rows(f"SELECT (MAX(?n) AS ?most) {{ {{ {counted} }} }}")
            yield row["p"], int(terms.value(most["most"]))

    def _follow(self, delta: Delta | None) -> None:
        """Each triple that came may be one more value of the subject that has the most."""
        with self._lock:
            self._changes += 1
            if delta is None:
                self._most = {}
            elif self._most:
                for _, p, _, _ in delta.gained:
                    self._most[p] = self._most.get(p, 0) + 1

    def bounded(self, walk: Walk, constants: Sequence[str]) -> bool:
        """Whether a query that reads the default graph alone is sure to be little work."""
        if not self._most or any(
            "/." in text and text[0] == "<" for text in constants
        ):  # a base would take such segments away
            return False
        try:
            known: set[str] = set()
            rows, work = self._walked(walk.triples, known, constants, 1)
            for triples in walk.optional:
                if work <= _MOST_WORK:
                    rows, more = self._walked(triples, set(known), constants, max(rows, 1))
                    work += more
        except KgError:
            return False  # a term that is none: the engine says so
        return work <= _MOST_WORK

    def _walked(
        self, triples: Sequence[Triple], known: set[str], constants: Sequence[str], rows: int
    ) -> tuple[int, int]:
        """How many rows there are at the end, and in all on the way; more than there may be where it is not known."""
        left, work = list(triples), 0
        while left and work <= _MOST_WORK:
            at, fan = 0, _MOST_WORK + 1
            most = (_MOST_WORK - work) // len(left) + 1
            for i, triple in enumerate(left):
                this = self._fan(triple, known, constants, most)
                if this < fan:
                    at, fan = i, this
                if fan <= 1:
                    break
            rows *= fan
            work += max(rows, 1)
            known.update(term for term in left.pop(at) if term[0] == "?")
        return rows, work

    def _fan(self, triple: Triple, known: set[str], constants: Sequence[str], most: int) -> int:
        """How often a triple matches at most for one row, counted up to ``most``; a number stands for a constant."""
        s, p, o = triple
        p = constants[int(p[1:-1])] if p[1].isdigit() else p
        if s in known:
            return 1 if o in known or o[0] == "<" else self._most.get(p, 0)
        subject, obj = (None if t[0] == "?" else constants[int(t[1:-1])] if t[1].isdigit() else t for t in (s, o))
        if known or (subject is None and obj is None):
            return _MOST_WORK + 1
        counted = self._store.count(subject, p, obj, most)
        return counted if counted < most else _MOST_WORK + 1
