"""Finds literals by any part of their text: an index of the words of what people search (names, titles, sentences).

The index only ever grows while the store changes: a literal that is gone is found in vain, one that came is there
before its commit returns. Whoever asks joins what is found with the graph and filters it, so that this is no mistake.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from kg.errors import StoreError
from kg.graph import terms
from kg.graph.store import Delta, Store
from server.sparql.words import Words

INDEXED = tuple(
    terms.curie(name)
    for name in ("rdfs:label", "skos:altLabel", "dcterms:title", "kg:quote", "kg:text", "kg:dateText", "kg:quotation")
)
_SHORTEST = 3
_MOST = 2000
_MANY_NEW = 5000


@dataclass(frozen=True, slots=True)
class _Read:
    """What was in the store when it was read: terms, the place of each one's predicate in INDEXED, and their words."""

    terms: list[str]
    predicates: np.ndarray[tuple[int], np.dtype[np.uint8]]
    words: Words

    def find(self, predicate: str, text: str, most: int) -> list[str] | None:
        found = self.words.find(text)
        if found is None:
            return None
        return [self.terms[at] for at in found[self.predicates[found] == INDEXED.index(predicate)][:most]]


class TextIndex:
    """Built in the background, then kept up to date with every commit; until it is built it knows nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._read: _Read | None = None
        self._new: dict[tuple[str, str], str] = {}
        self._unknown = 0
        self._wanted = threading.Event()
        store.subscribe(self._follow)
        self._wanted.set()
        threading.Thread(target=self._keep, daemon=True, name="text-index").start()

    def find(self, predicate: str, text: str) -> list[str] | None:
        """The IRIs and literals beside ``predicate`` that may hold ``text`` in any case; None where it cannot tell.

        It cannot where there are too many, or no word in the text. Only ASCII letters are the same in any case for
        this index and for SPARQL.
        """
        found = self.some(predicate, text, _MOST + 1)
        return found if found is None or len(found) <= _MOST else None

    def some(self, predicate: str, text: str, most: int) -> list[str] | None:
        """As :meth:`find`, but not all of them where there are more than so many."""
        if len(text) < _SHORTEST or not text.isascii() or predicate not in INDEXED:
            return None
        with self._lock:
            read, sought = self._read, text.lower()
            new = [term for (p, term), lowered in self._new.items() if p == predicate and sought in lowered]
        found = read.find(predicate, text, most) if read else None
        return None if found is None else list(dict.fromkeys(new + found))

    def _follow(self, delta: Delta | None) -> None:
        """Adds what a commit added; a commit that is not known in detail means reading everything again."""
        with self._lock:
            if delta is None:
                self._read = None
                self._unknown += 1
            else:
                for _, p, o, _ in delta.added:
                    if p in INDEXED and _is_text(o):
                        self._new[p, o] = terms.value(o).lower()
            if delta is None or len(self._new) > _MANY_NEW:
                self._wanted.set()

    def _keep(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                self._build()
            except StoreError:
                return  # the store was closed, so nobody asks any more

    def _build(self) -> None:
        """Reads all literals; what is committed meanwhile is kept beside them."""
        with self._lock:
            before, unknown = list(self._new), self._unknown
        found: list[str] = []
        places = bytearray()
        for place, predicate in enumerate(INDEXED):
            objects = {o for _, _, o in self._store.triples(None, predicate) if _is_text(o)}
            found.extend(objects)
            places += bytes([place]) * len(objects)
        read = _Read(found, np.frombuffer(bytes(places), np.uint8), Words(map(terms.value, found)))
        with self._lock:
            if unknown == self._unknown:
                self._read = read
                for key in before:
                    del self._new[key]


def _is_text(term: str) -> bool:
    """Whether STR makes a text of it."""
    return terms.is_literal(term) or terms.is_iri(term)
