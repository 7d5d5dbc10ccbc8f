"""Finds literals by any part of their text: an index of the words of what people search (names, titles, sentences).

The index only ever grows while the store changes: a literal that is gone is found in vain, one that came is there
before its commit returns. Whoever asks joins what is found with the graph and filters it, so that this is no mistake.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from kg.errors import StoreError
from kg.graph import terms
from kg.graph.store import Delta, Store
from server.sparql.words import Words

INDEXED = tuple(
    terms.curie(name)
    for name in ("rdfs:label", "skos:altLabel", "dcterms:title", "kg:quote", "kg:text", "kg:dateText", "kg:quotation")
)
_PLACES = {predicate: place for place, predicate in enumerate(INDEXED)}
_SHORTEST = 3
_MOST = 2000
_MANY_NEW = 5000
"""New texts that are looked through one by one; more become a part of their own."""
_FEW = 50_000
"""Texts that may come before all are read again, however few there were, to be rid of those that are gone."""


Text: TypeAlias = tuple[str, str]
"""A predicate of INDEXED, and a term beside it."""


class _Part:
    """Some of the texts, which do not change: terms, the place of each one's predicate in INDEXED, their words."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._terms = [term for _, term in texts]
        self._predicates = np.fromiter((_PLACES[predicate] for predicate, _ in texts), np.uint8, len(texts))
        self._words = Words(map(terms.value, self._terms))

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Text]:
        return zip((INDEXED[place] for place in self._predicates), self._terms, strict=True)

    def find(self, predicate: str, text: str, most: int) -> list[str] | None:
        """As that of the index."""
        found = self._words.find(text)
        if found is None:
            return None
        return [self._terms[at] for at in found[self._predicates[found] == _PLACES[predicate]][:most]]


class TextIndex:
    """Built in the background, then kept up to date with every commit; until it is built it knows nothing.

    What comes makes new parts, and parts of about one size are joined, so that what is read again follows what came.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._parts: tuple[_Part, ...] = ()
        self._new: dict[Text, str] = {}
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
            parts, sought = self._parts, text.lower()
            found = [term for (p, term), lowered in self._new.items() if p == predicate and sought in lowered]
        for part in parts:
            more = part.find(predicate, text, most)
            if more is None:
                return None
            found += more
        return list(dict.fromkeys(found)) if parts else None

    def _follow(self, delta: Delta | None) -> None:
        """Adds what a commit added; a commit that is not known in detail means reading everything again."""
        with self._lock:
            if delta is None:
                self._parts = ()
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
                self._renew()
            except StoreError:
                return  # the store was closed, so nobody asks any more

    def _renew(self) -> None:
        """Makes a part of what is new, or of everything; what is committed meanwhile is kept beside it."""
        with self._lock:
            before, unknown, parts = list(self._new), self._unknown, self._parts
        kept = parts
        if parts and sum(map(len, parts[1:])) < max(_FEW, len(parts[0])):
            texts = before
            while len(kept) > 1 and len(kept[-1]) < 2 * len(texts):
                texts = [*kept[-1], *texts]
                kept = kept[:-1]
        else:
            kept, texts = (), list(self._all())
        part = _Part(texts)
        with self._lock:
            if unknown == self._unknown:
                self._parts = (*kept, part)
                for text in before:
                    del self._new[text]

    def _all(self) -> Iterator[Text]:
        """All texts in the store."""
        for predicate in INDEXED:
            yield from {(predicate, o) for _, _, o in self._store.triples(None, predicate) if _is_text(o)}


def _is_text(term: str) -> bool:
    """Whether STR makes a text of it."""
    return terms.is_literal(term) or terms.is_iri(term)
