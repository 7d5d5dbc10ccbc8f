"""Finds literals by any part of their text: an index of the words of what people search (names, titles, sentences).

Beside the properties that we write texts with, those of others are indexed whose values are seen to be sentences. The
index only ever grows while the store changes: a literal that is gone is found in vain, one that came is there
before its commit returns. Whoever asks joins what is found with the graph and filters it, so that this is no mistake.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

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
"""New texts that are looked through one by one; more become a part of their own."""
_FEW = 50_000
"""Texts that may come before all are read again, however few there were, to be rid of those that are gone."""
_WORDS = 3
"""Words that make a literal more than a name or a code."""
_MOST_OTHERS = 2**28
"""Bytes of the texts of all properties that are not ours; properties beyond them are not indexed."""
_PREDICATES = "SELECT DISTINCT ?p { ?s ?p ?o }"
_SOME = (
    "SELECT ?o {{ {{ SELECT ?o {{ ?s {} ?o }} LIMIT 20000 }} FILTER(isLiteral(?o) && STRLEN(STR(?o)) > 12) }} LIMIT 100"
)
_COUNT = "SELECT (COUNT(*) AS ?n) {{ ?s {} ?o }}"
_ALL = "SELECT DISTINCT ?o {{ ?s {} ?o }}"
_BARE = f"SELECT DISTINCT ?o {{{{ ?s {{}} ?o FILTER(isNumeric(?o) || DATATYPE(?o) = <{terms.XSD}boolean>) }}}}"
"""Literals that TSV writes without quotation marks."""


Text: TypeAlias = tuple[str, str]
"""An indexed predicate, and a term beside it."""


class _Part:
    """Some of the texts, which do not change: terms, the number of each one's predicate, their words."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._names = list(dict.fromkeys(predicate for predicate, _ in texts))
        numbers = {name: number for number, name in enumerate(self._names)}
        self._terms = [term for _, term in texts]
        self._predicates = np.fromiter((numbers[predicate] for predicate, _ in texts), np.uint16, len(texts))
        self._words = Words(map(terms.value, self._terms))

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Text]:
        return zip((self._names[number] for number in self._predicates), self._terms, strict=True)

    def find(self, predicate: str, text: str) -> Iterator[str] | None:
        """As that of the index."""
        found = self._words.find(text)
        if found is None:
            return None
        return self._with(self._names.index(predicate), found) if predicate in self._names else iter(())

    def _with(self, number: int, found: Iterable[NDArray[np.int32]]) -> Iterator[str]:
        """The terms beside one predicate."""
        for some in found:
            for at in some[self._predicates[some] == number].tolist():
                yield self._terms[at]


class TextIndex:
    """Built in the background, then kept up to date with every commit; until it is built it knows nothing.

    What comes makes new parts, and parts of about one size are joined, so that what is read again follows what came.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._parts: tuple[_Part, ...] = ()
        self._indexed: frozenset[str] = frozenset()
        self._followed = frozenset(INDEXED)
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
        some = self.some(predicate, text)
        found = None if some is None else list(islice(some, _MOST + 1))
        return found if found is None or len(found) <= _MOST else None

    def some(self, predicate: str, text: str) -> Iterator[str] | None:
        """As :meth:`find`, but however many there are, as they are asked for."""
        if len(text) < _SHORTEST or not text.isascii():
            return None
        with self._lock:
            if predicate not in self._indexed:
                return None
            parts, sought = self._parts, text.lower()
            new = [term for (p, term), lowered in self._new.items() if p == predicate and sought in lowered]
        found: list[Iterable[str]] = [new]
        for part in parts:
            more = part.find(predicate, text)
            if more is None:
                return None
            found.append(more)
        return _once(chain.from_iterable(found))

    def _follow(self, delta: Delta | None) -> None:
        """Adds what a commit added; a commit that is not known in detail means reading everything again."""
        with self._lock:
            if delta is None:
                self._parts, self._indexed = (), frozenset()
                self._unknown += 1
            else:
                for _, p, o, _ in delta.added:
                    if p in self._followed and _is_text(o):
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
            indexed = self._indexed
        kept = parts
        if parts and sum(map(len, parts[1:])) < max(_FEW, len(parts[0])):
            texts = before
            while len(kept) > 1 and len(kept[-1]) < 2 * len(texts):
                texts = [*kept[-1], *texts]
                kept = kept[:-1]
        else:
            indexed = frozenset((*INDEXED, *self._sentences()))
            with self._lock:
                self._followed |= indexed
            kept, texts = (), [text for predicate in sorted(indexed) for text in self._all(predicate)]
        part = _Part(texts)
        with self._lock:
            if unknown == self._unknown:
                self._parts, self._indexed = (*kept, part), indexed
                for text in before:
                    del self._new[text]

    def _sentences(self) -> Iterator[str]:
        """The predicates that are not ours, and stand before literals that read like sentences."""
        room = _MOST_OTHERS
        for row in self._store.rows(_PREDICATES):
            if row["p"] in INDEXED:
                continue
            texts = [terms.value(found["o"]) for found in self._store.rows(_SOME.format(row["p"]))]
            if not any(len(text.split()) >= _WORDS for text in texts):
                continue
            (counted,) = self._store.rows(_COUNT.format(row["p"]))
            size = int(terms.value(counted["n"])) * sum(map(len, texts)) // len(texts)
            if size <= room:
                room -= size
                yield row["p"]

    def _all(self, predicate: str) -> Iterator[Text]:
        """All texts beside a predicate, read in a format that the engine writes while others work."""
        bare = False
        for term in self._store.query(_ALL.format(predicate)).serialize("tsv").decode().split("\n")[1:]:
            if _is_text(term):
                yield predicate, term
            else:
                bare = bare or term[:1] not in ("", "_")
        if bare:
            for row in self._store.rows(_BARE.format(predicate)):
                yield predicate, row["o"]


def _once(found: Iterable[str]) -> Iterator[str]:
    """What is found, nothing twice."""
    seen = set[str]()
    for term in found:
        if term not in seen:
            seen.add(term)
            yield term


def _is_text(term: str) -> bool:
    """Whether STR makes a text of it."""
    return terms.is_literal(term) or terms.is_iri(term)
