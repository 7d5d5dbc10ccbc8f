"""The changes that the copies of the graph have to follow, in order, each with the version it leads to."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.graph.store import Delta, Quad
from server.sparql.inspect import inspect
from server.workers import frames

_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """One commit as a message."""

    version: int
    kind: bytes
    payload: bytes


class ChangeLog:
    """Collects commits as messages; ``broken`` says that one cannot be followed, so copies must be made anew.

    Copies have all graphs, or (``named`` false) the default graph alone.
    """

    def __init__(self, version: int, *, named: bool) -> None:
        self._named = named
        self._recent: deque[Change] = deque(maxlen=_KEPT)
        self._thread = threading.local()
        self.version = version
        self.broken = False
        self._copying = False

    def begin_copy(self, version: int) -> None:
        """Starts over: a copy is being made, of the store at ``version`` or somewhat later.

        Quads that came and went may be applied twice, an update may not: one that comes before ``end_copy`` breaks it.
        """
        self._recent.clear()
        self.version, self.broken, self._copying = version, False, True

    def end_copy(self) -> None:
        """The copy is made; later commits are not in it."""
        self._copying = False

    @contextmanager
    def repeatable(self, text: str, base: str) -> Iterator[None]:
        """Says that what this thread commits in the block is an update; copies repeat it if it always does the same.

        It is not where it makes blank nodes, whose labels would differ, or asks for chance or the time.
        """
        fresh = "_:" in text or "[" in text or inspect(text).volatile
        self._thread.update = None if fresh else json.dumps({"text": text, "base": base}).encode()
        try:
            yield
        finally:
            self._thread.update = None

    def note(self, delta: Delta | None, version: int) -> None:
        """Adds the commit that led to ``version``."""
        update = getattr(self._thread, "update", None)
        if delta is not None:
            removed, added = (delta.removed, delta.added) if self._named else (delta.lost, delta.gained)
            self._recent.append(Change(version, frames.CHANGE, _message(removed, added)))
        elif update and self._named and not self._copying:
            self._recent.append(Change(version, frames.UPDATE, update))
        else:
            self.broken = True
        self.version = version

    def since(self, version: int) -> list[Change] | None:
        """The changes after a version in order; None where they are not all kept."""
        missing = [change for change in self._recent if change.version > version]
        return missing if len(missing) == self.version - version else None


def _message(removed: Iterable[Quad], added: Iterable[Quad]) -> bytes:
    return json.dumps({"removed": _lines(removed), "added": _lines(added)}).encode()


def _lines(quads: Iterable[Quad]) -> str:
    return "\n".join(f"{s} {p} {o} {g} ." for s, p, o, g in sorted(quads))
