"""Answers kept for repeated queries: bounded by bytes, valid for one version of the store."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from server.compress import compress
from server.negotiate import Format

_OVERHEAD = 512
_SMALL = 1024
_REQUESTS = 8192


@dataclass(slots=True)
class Entry:
    """A complete answer, its strong entity tag, and its compressed forms as they are first asked for."""

    body: bytes
    tag: str
    packed: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, body: bytes) -> Entry:
        """An entry whose tag is a hash of the bytes, so that equal answers have equal tags."""
        return cls(body, hashlib.blake2b(body, digest_size=12).hexdigest())

    def encoded(self, coding: str) -> tuple[bytes, str]:
        """The body in a content coding and its tag (a coding is another representation, RFC 9110, 8.8.3)."""
        if not coding or len(self.body) < _SMALL:
            return self.body, f'"{self.tag}"'
        packed = self.packed.get(coding)
        if packed is None:
            packed = self.packed[coding] = compress(self.body, coding)
        return packed, f'"{self.tag}-{coding}"'

    @property
    def weight(self) -> int:
        """Bytes that the entry may come to hold."""
        return _OVERHEAD + 2 * len(self.body)


class ResultCache:
    """Least recently used answers go first; a new version of the store empties it."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self._held = 0
        self._version = -1
        self._lock = threading.Lock()
        self._known: OrderedDict[Hashable, tuple[Hashable, Format]] = OrderedDict()
        self.hits = 0
        self.misses = 0

    def get(self, version: int, key: Hashable) -> Entry | None:
        """The answer kept for a key at a version, or None."""
        with self._lock:
            entry = self._entries.get(key) if version == self._version else None
            if entry is None:
                self.misses += 1
                return None
            self.hits += 1
            self._entries.move_to_end(key)
            return entry

    def recall(self, version: int, request: Hashable) -> tuple[Entry, Format] | None:
        """The answer to a request that came before, as it was written, without reading it again."""
        known = self._known.get(request)
        entry = self.get(version, known[0]) if known else None
        return (entry, known[1]) if entry and known else None

    def remember(self, request: Hashable, key: Hashable, format: Format) -> None:
        """Remembers which answer a request as it was written had."""
        with self._lock:
            self._known[request] = key, format
            if len(self._known) > _REQUESTS:
                self._known.popitem(last=False)

    def put(self, version: int, key: Hashable, entry: Entry) -> None:
        """Keeps an answer that was evaluated at a version, unless it is too large or already out of date."""
        if entry.weight > self._most // 4:
            return
        with self._lock:
            if version > self._version:
                self._entries.clear()
                self._held, self._version = 0, version
            if version < self._version or key in self._entries:
                return
            self._entries[key] = entry
            self._held += entry.weight
            while self._held > self._most:
                self._held -= self._entries.popitem(last=False)[1].weight

    @property
    def held(self) -> int:
        """Bytes held now, at most."""
        return self._held


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names a tag (weak comparison, RFC 9110, section 13.1.2)."""
    if not header:
        return False
    named = [part.strip().removeprefix("W/") for part in header.split(",")]
    return tag in named or "*" in named
