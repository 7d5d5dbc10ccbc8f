"""How much of what the graph holds, counted once for each version of the store."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from kg.graph.store import Store
from kg.graph.terms import value

_PER_GRAPH = "SELECT ?key (COUNT(*) AS ?n) WHERE { GRAPH ?key { ?s ?p ?o } } GROUP BY ?key ORDER BY ?key"
_PER_CLASS = (
    "SELECT ?key (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?key FILTER(isIRI(?key)) } GROUP BY ?key ORDER BY ?key"
)
_PER_PROPERTY = "SELECT ?key (COUNT(*) AS ?n) WHERE { ?s ?key ?o } GROUP BY ?key ORDER BY ?key"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"
_OBJECTS = "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Triples in all and per graph, things per class, triples per property; the keys are terms, in order."""

    triples: int
    subjects: int
    objects: int
    graphs: dict[str, int]
    classes: dict[str, int]
    properties: dict[str, int]


def count(store: Store) -> Statistics:
    """Counts a store."""
    properties = _counts(store, _PER_PROPERTY)
    return Statistics(
        triples=sum(properties.values()),
        subjects=_number(store, _SUBJECTS),
        objects=_number(store, _OBJECTS),
        graphs=_counts(store, _PER_GRAPH),
        classes=_counts(store, _PER_CLASS),
        properties=properties,
    )


def _counts(store: Store, query: str) -> dict[str, int]:
    return {row["key"]: int(value(row["n"])) for row in store.rows(query)}


def _number(store: Store, query: str) -> int:
    return int(value(store.rows(query)[0]["n"]))


class Counted:
    """The statistics of a store's latest version, counted when first asked for."""

    def __init__(self, store: Store, counter: Callable[[Store], Statistics] = count) -> None:
        self._store = store
        self._counter = counter
        self._lock = threading.RLock()
        self._kept: tuple[int, Statistics] | None = None
        self._written: dict[str, bytes] = {}

    def __call__(self) -> Statistics:
        """The statistics now."""
        with self._lock:
            version = self._store.version
            if self._kept is None or self._kept[0] != version:
                self._kept = version, self._counter(self._store)
                self._written = {}
            return self._kept[1]

    def written(self, name: str, write: Callable[[Statistics], bytes]) -> bytes:
        """What ``write`` makes of the statistics now; it is called once for each name and version."""
        with self._lock:
            now = self()
            if name not in self._written:
                self._written[name] = write(now)
            return self._written[name]
