"""Finds literals by any part of their text: a trigram index over what people search (names, titles, sentences).

The index only ever grows while the store changes: a literal that is gone is found in vain, one that came is there
before its commit returns. Whoever asks joins what is found with the graph and filters it, so that this is no mistake.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable

from kg.errors import StoreError
from kg.graph import terms
from kg.graph.store import Delta, Store

INDEXED = tuple(
    terms.curie(name)
    for name in ("rdfs:label", "skos:altLabel", "dcterms:title", "kg:quote", "kg:text", "kg:dateText", "kg:quotation")
)
_SHORTEST = 3
_MOST = 2000


def searched(term: str) -> str:
    """What a literal is found by: its text, and the same in lower case where it has letters that may fold otherwise."""
    text = terms.value(term)
    return text if text.isascii() else f"{text}\n{text.lower()}"


class TextIndex:
    """Built in the background, then kept up to date with every commit; until it is built it knows nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._pending: list[tuple[str, str, str]] = []
        self._wanted = threading.Event()
        store.subscribe(self._follow)
        self._wanted.set()
        threading.Thread(target=self._keep, daemon=True, name="text-index").start()

    def find(self, predicate: str, text: str) -> list[str] | None:
        """The objects of ``predicate`` that hold ``text`` in any case, as terms; None where it cannot tell or has many.

        Trigrams need three characters, and only ASCII letters are the same in any case for this index and for SPARQL.
        """
        if len(text) < _SHORTEST or not text.isascii() or predicate not in INDEXED:
            return None
        phrase = '"' + text.replace('"', '""') + '"'
        with self._lock:
            if self._database is None:
                return None
            rows = self._database.execute(
                "SELECT DISTINCT term FROM texts WHERE texts MATCH ? AND predicate = ? LIMIT ?",
                (f"value : {phrase}", predicate, _MOST + 1),
            ).fetchall()
        return [row[0] for row in rows] if len(rows) <= _MOST else None

    def _follow(self, delta: Delta | None) -> None:
        """Adds what a commit added; a commit that is not known in detail means reading everything again."""
        if delta is None:
            with self._lock:
                self._close()
            self._wanted.set()
            return
        rows = [(p, o, searched(o)) for _, p, o, _ in delta.added if p in INDEXED and terms.is_literal(o)]
        if rows:
            with self._lock:
                self._pending += rows
                if self._database is not None:
                    self._write(self._database, self._pending)
                    self._pending.clear()

    def _keep(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                self._build()
            except StoreError:
                return  # the store was closed, so nobody asks any more

    def _build(self) -> None:
        """Reads all literals; what is committed meanwhile waits and is added at the end."""
        database = sqlite3.connect("", check_same_thread=False)
        database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(predicate UNINDEXED, term UNINDEXED, value, tokenize='trigram')"
        )
        for predicate in INDEXED:
            seen = {o for _, _, o in self._store.triples(None, predicate) if terms.is_literal(o)}
            self._write(database, ((predicate, term, searched(term)) for term in seen))
        with self._lock:
            if self._wanted.is_set():
                database.close()
                return
            self._write(database, self._pending)
            self._pending.clear()
            self._close()
            self._database = database

    @staticmethod
    def _write(database: sqlite3.Connection, rows: Iterable[tuple[str, str, str]]) -> None:
        with database:
            database.executemany("INSERT INTO texts (predicate, term, value) VALUES (?, ?, ?)", rows)

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
