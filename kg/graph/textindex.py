"""A word index over labels, titles, quotes and texts, for search and for CONTAINS; SQLite's FTS5.

It is made from the store when a server starts, follows every commit, and keeps no text: what it finds are things and
the property by which they say it. It is not kept from run to run, as another process may have written meanwhile.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.graph.store import Delta, Store
from kg.graph.terms import curie, datatype, digest, is_literal, kg, value

INDEXED: Final = (
    curie("rdfs:label"),
    curie("skos:altLabel"),
    curie("dcterms:title"),
    kg("quote"),
    kg("quotation"),
    kg("text"),
)
"""The properties whose values are indexed."""
_BATCH: Final = 10_000
_MOST_WORDS: Final = 300
_SCHEMA: Final = """
CREATE TABLE said (id INTEGER PRIMARY KEY, thing TEXT NOT NULL, property INTEGER NOT NULL, mark TEXT NOT NULL);
CREATE UNIQUE INDEX said_once ON said (thing, property, mark);
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0', prefix='3');
"""
_VOCABULARY: Final = """
CREATE VIRTUAL TABLE temp.fresh USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE temp.fresh_vocabulary USING fts5vocab(temp, fresh, 'row');
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that says the words by a property; a lower ``rank`` is a better match (BM25)."""

    thing: str
    property: str
    rank: float


class Vocabulary:
    """All words that were ever indexed, in one text, which is the fastest thing there is to look for a part in."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._text = "\n"

    def add(self, words: set[str]) -> None:
        """Adds words."""
        new = sorted(words - self._words)
        self._words.update(new)
        self._text += "".join(f"{word}\n" for word in new)

    def with_part(self, part: str, *, within: bool, limit: int) -> list[str] | None:
        """The words that end with ``part``, or have it ``within``; None where they are more than ``limit``."""
        found: dict[str, None] = {}
        sought = part if within else f"{part}\n"
        place = self._text.find(sought)
        while place >= 0:
            end = self._text.index("\n", place)
            found[self._text[self._text.rindex("\n", 0, place) + 1 : end]] = None
            if len(found) > limit:
                return None
            place = self._text.find(sought, end + 1 if within else end)
        return list(found)


class WordIndex:
    """The index of one store; may be asked from any thread."""

    def __init__(self, store: Store, properties: Sequence[str] = INDEXED) -> None:
        self._store = store
        self._properties = {name: number for number, name in enumerate(properties)}
        self._names = list(properties)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.executescript(_SCHEMA)
        self._vocabulary = Vocabulary()
        self._stale = True
        store.subscribe(self._follow)

    def fill(self) -> int:
        """Makes the index anew if it does not follow the store; returns how many values it has."""
        with self._lock:
            if self._stale:
                self._stale = False
                self._clear()
                for name in self._names:
                    self._insert(self._store.triples(None, name))
            (count,) = self._db.execute("SELECT COUNT(*) FROM said").fetchone()
            return int(count)

    @property
    def ready(self) -> bool:
        """Whether the index follows the store, so that what it does not find is not there."""
        return not self._stale

    def covers(self, name: str) -> bool:
        """Whether the values of a property are indexed."""
        return name in self._properties

    def search(self, text: str, *, limit: int = 20, properties: Iterable[str] = ()) -> list[Hit]:
        """Things that say all the words of ``text``, the last as a beginning, best first."""
        found = re.findall(r"\w+", text)
        if not found:
            return []
        match = " ".join(f'"{word}"' for word in found) + "*"
        numbers = [self._properties[name] for name in properties if name in self._properties]
        chosen = f" AND property IN ({', '.join(map(str, numbers))})" if numbers else ""
        query = (
            "SELECT thing, property, bm25(words) AS rank FROM words JOIN said ON said.id = words.rowid"
            f" WHERE words MATCH ?{chosen} ORDER BY rank, thing LIMIT ?"
        )
        with self._lock:
            rows = self._db.execute(query, (match, limit)).fetchall()
        return [Hit(thing, self._names[number], rank) for thing, number, rank in rows]

    def containing(self, name: str, needles: Iterable[str], *, limit: int = 2000) -> list[str] | None:
        """The things that may have a value of that property with all these substrings, whatever their case.

        None where the index cannot tell, or finds more than ``limit``: then every value has to be looked at.
        """
        if self._stale or name not in self._properties:
            return None
        parts = [part for needle in needles for part in self._parts(needle)]
        if not parts or None in parts:
            return None
        match = " AND ".join(f"({part})" for part in parts if part)
        query = (
            "SELECT DISTINCT thing FROM words JOIN said ON said.id = words.rowid WHERE words MATCH ? AND property = ?"
        )
        with self._lock:
            rows = self._db.execute(f"{query} LIMIT ?", (match, self._properties[name], limit + 1)).fetchall()
        return [thing for (thing,) in rows] if len(rows) <= limit else None

    def _parts(self, needle: str) -> Iterator[str | None]:
        """Queries that every value with the needle answers: its words, those at its ends as parts of words."""
        if not needle.isascii():
            yield None  # SQLite and SPARQL fold other letters differently
            return
        found = list(re.finditer(r"[0-9A-Za-z]+", needle))
        for match in found:
            word, begins, ends = match.group().lower(), match.start() == 0, match.end() == len(needle)
            if begins:
                yield self._expanded(word, within=ends)
            else:
                yield f'"{word}"*' if ends else f'"{word}"'

    def _expanded(self, word: str, *, within: bool) -> str | None:
        """The words of the vocabulary that end with, or have within, a word; None where they are too many."""
        with self._lock:
            terms = self._vocabulary.with_part(word, within=within, limit=_MOST_WORDS)
        return None if terms is None else " OR ".join(f'"{term}"' for term in terms) or '"\x01"'

    def _follow(self, delta: Delta | None) -> None:
        with self._lock:
            if delta is None or self._stale:
                self._stale = True
                return
            gone = [quad[:3] for quad in delta.removed if quad[1] in self._properties]
            self._delete(triple for triple in gone if not self._store.contains(*triple))
            self._insert(quad[:3] for quad in delta.added if quad[1] in self._properties)

    def _clear(self) -> None:
        for statement in ("DROP TABLE words", "DROP TABLE said"):
            self._db.execute(statement)
        self._db.executescript(_SCHEMA)
        self._vocabulary = Vocabulary()

    def _insert(self, triples: Iterable[tuple[str, str, str]]) -> None:
        said = (triple for triple in triples if _is_text(triple[2]))
        while batch := list(islice(said, _BATCH)):
            self._db.execute("BEGIN")
            fresh = []
            for thing, name, term in batch:
                text = value(term)
                row = (thing, self._properties[name], digest(term))
                cursor = self._db.execute("INSERT OR IGNORE INTO said (thing, property, mark) VALUES (?, ?, ?)", row)
                if cursor.rowcount:
                    self._db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (cursor.lastrowid, text))
                    fresh.append((text,))
            self._db.execute("COMMIT")
            self._vocabulary.add(self._tokens(fresh))

    def _tokens(self, texts: Sequence[tuple[str]]) -> set[str]:
        """The words of some texts as the index cuts them."""
        self._db.executescript(_VOCABULARY)
        try:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT INTO temp.fresh (text) VALUES (?)", texts)
            self._db.execute("COMMIT")
            return {term for (term,) in self._db.execute("SELECT term FROM temp.fresh_vocabulary")}
        finally:
            self._db.executescript("DROP TABLE temp.fresh_vocabulary; DROP TABLE temp.fresh;")

    def _delete(self, triples: Iterable[tuple[str, str, str]]) -> None:
        for thing, name, term in triples:
            row = (thing, self._properties[name], digest(term))
            found = self._db.execute("SELECT id FROM said WHERE thing=? AND property=? AND mark=?", row).fetchone()
            if found:
                self._db.execute(
                    "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", (*found, value(term))
                )
                self._db.execute("DELETE FROM said WHERE id=?", found)

    def close(self) -> None:
        """Gives the memory back."""
        with self._lock:
            self._stale = True
            self._db.close()


def _is_text(term: str) -> bool:
    return is_literal(term) and (datatype(term).endswith(("#string", "#langString")))
