"""What has been read so far, kept beside the graph so that a build can go on where the last one stopped.

The graph says what articles say; the ledger says which text and which version of extraction that came from, and keeps
each reading, since events of one article can change their key when another article comes. It is a SQLite file in the
store's folder, and may be lost: then articles are read again.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from weakref import WeakKeyDictionary

from kg.build import codec
from kg.errors import StoreError
from kg.graph.store import OxigraphStore
from kg.model import Entity, Event, Reading

FILE = "readings.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS article (
    slug TEXT PRIMARY KEY, content TEXT NOT NULL, extraction TEXT NOT NULL,
    reading BLOB NOT NULL, events BLOB NOT NULL, entities BLOB NOT NULL,
    keys TEXT, written INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as it was last read: digests of its text and of what read it, and whether its graph is written."""

    content: str
    extraction: str
    written: bool


@contextmanager
def ledger_of(store: OxigraphStore) -> Iterator[Ledger]:
    """The ledger of a store: in its folder, or for a store in memory as long as that lives."""
    if store.path is None:
        yield _IN_MEMORY.setdefault(store, Ledger(None))
        return
    ledger = Ledger(store.path)
    try:
        yield ledger
    finally:
        ledger.close()


class Ledger:
    """Readings by slug; every change is durable when its call returns."""

    def __init__(self, folder: Path | None) -> None:
        place = ":memory:" if folder is None else str(folder / FILE)
        try:
            self._db = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(f"{place}: the record of articles cannot be opened: {error}") from error

    def close(self) -> None:
        """Releases the file."""
        self._db.close()

    def entry(self, slug: str) -> Entry | None:
        """What is known of an article; None where it was never read."""
        row = self._db.execute("SELECT content, extraction, written FROM article WHERE slug=?", (slug,)).fetchone()
        return Entry(row[0], row[1], bool(row[2])) if row else None

    def put(self, reading: Reading, *, content: str, extraction: str) -> None:
        """Keeps a reading in place of the article's last one; its graph is to be written."""
        events = [codec.plain(_slim(fact)) for fact in reading.facts if isinstance(fact, Event)]
        entities = [codec.plain(entity) for entity in reading.entities]
        self._db.execute(
            "INSERT OR REPLACE INTO article (slug, content, extraction, reading, events, entities, keys, written)"
            " VALUES (?, ?, ?, ?, ?, ?, NULL, 0)",
            (
                reading.article.slug,
                content,
                extraction,
                _pack(codec.encode(reading)),
                _pack(codec.dumps([reading.article.published, events])),
                _pack(codec.dumps([reading.article.published, entities])),
            ),
        )

    def published(self, slug: str) -> str:
        """The date of an article as it was last read; empty where it has none or was never read."""
        row = self._db.execute("SELECT entities FROM article WHERE slug=?", (slug,)).fetchone()
        return str(json.loads(_unpack(row[0]))[0]) if row else ""

    def remove(self, slug: str) -> None:
        """Forgets an article."""
        self._db.execute("DELETE FROM article WHERE slug=?", (slug,))

    def slugs(self, *, written: bool | None = None) -> list[str]:
        """All articles in order of slug, or those whose graph is written or is not."""
        where = "" if written is None else f" WHERE written={int(written)}"
        return [slug for (slug,) in self._db.execute(f"SELECT slug FROM article{where} ORDER BY slug")]

    def events(self) -> Iterator[tuple[str, str, list[Event], list[str]]]:
        """For each article its slug, its date, its events without keys and quotes, and their keys as last given."""
        for slug, events, keys in self._db.execute("SELECT slug, events, keys FROM article ORDER BY slug"):
            published, values = json.loads(_unpack(events))
            yield slug, published, [codec.loads(Event, value) for value in values], json.loads(keys or "[]")

    def entities(self) -> Iterator[tuple[str, list[Entity]]]:
        """For each article its date and its entities."""
        for (entities,) in self._db.execute("SELECT entities FROM article ORDER BY slug"):
            published, values = json.loads(_unpack(entities))
            yield published, [codec.loads(Entity, value) for value in values]

    def set_keys(self, slug: str, keys: Sequence[str]) -> None:
        """Gives the article's events their keys; its graph is to be written."""
        self._db.execute("UPDATE article SET keys=?, written=0 WHERE slug=?", (json.dumps(list(keys)), slug))

    def reading(self, slug: str) -> Reading:
        """An article's reading, its events with their keys."""
        row = self._db.execute("SELECT reading, keys FROM article WHERE slug=?", (slug,)).fetchone()
        reading, keys = codec.decode(_unpack(row[0])), iter(json.loads(row[1] or "[]"))
        facts = [replace(f, key=next(keys, "")) if isinstance(f, Event) else f for f in reading.facts]
        return replace(reading, facts=tuple(facts))

    def mark_written(self, slug: str) -> None:
        """Notes that the article's graph is in the store."""
        self._db.execute("UPDATE article SET written=1 WHERE slug=?", (slug,))

    def get(self, name: str) -> str:
        """A note of the last build; empty where there is none."""
        row = self._db.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set(self, name: str, value: str) -> None:
        """Notes something for the next build."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def _slim(event: Event) -> Event:
    """An event without the words of its sentence, of which merging makes no use."""
    return replace(event, evidence=replace(event.evidence, quote=""), date_text="")


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode(), 6)


def _unpack(data: bytes) -> str:
    return zlib.decompress(data).decode()


_IN_MEMORY: WeakKeyDictionary[OxigraphStore, Ledger] = WeakKeyDictionary()
