"""Triples that are written while they are still being found: one transaction of the engine, fed through a pipe.

The engine reads and inserts without Python's lock, so that both go on at once where there are two processors. It does
so in the thread that asks, and the triples are found in another one: memory of a program's first thread grows cheaply.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.store.bulk import add_triples, quad_lines
from kg.graph.store.parse import ENGINE_FORMATS
from kg.graph.store.processors import DESCRIPTORS, opens_by_name
from kg.graph.store.protocol import T, Tell

if sys.platform == "linux":
    import fcntl

_ROOM: Final = 2**20
"""Bytes that a pipe is asked to hold, so that whoever tells need not wait."""
_PAUSE: Final = 0.0005
"""Seconds between two looks whether there is room again."""
_JUNK: Final = b"!"
"""What no statement has here, whole or broken off."""


def add_as_told(engine: ox.Store, graph: str, produce: Callable[[Tell], T], merged: bool, folder: Path | None) -> T:
    """Adds to a graph what ``produce`` tells, and gives what it returns; where it raises, nothing is added.

    ``produce`` runs in a thread of its own. Statements with blank nodes are added after the others, as in bulk.
    """
    if not opens_by_name():
        told: list[bytes] = []
        result = produce(told.extend)
        add_triples(engine, graph, told, merged, folder)
        return result
    feed = _Feed(graph, merged)
    with ThreadPoolExecutor(1, "telling") as pool:
        produced = pool.submit(feed.run, produce)
        try:
            feed.taken_by(engine)
        except SyntaxError:
            produced.result()  # what it raised is why the feed was spoilt
            raise
        except OSError as error:
            raise StoreError(f"the store could not be written: {error}") from None
        result = produced.result()
    if feed.blank:
        add_triples(engine, graph, feed.blank, merged, folder)
    return result


class _Feed:
    """The way from who tells into a pipe; what finds no room there waits in memory."""

    def __init__(self, graph: str, merged: bool) -> None:
        self._outlet, self._inlet = os.pipe()
        self._awaited = threading.Event()
        self.blank: list[bytes] = []
        self._graph = graph
        self._merged = merged
        self._waiting: deque[memoryview] = deque()
        self._widen()

    def taken_by(self, engine: ox.Store) -> None:
        """Lets the engine read what is told, all of it, or up to an error; then nobody listens any more."""
        self._awaited.set()
        try:
            engine.load(format=ENGINE_FORMATS["nquads"], path=f"{DESCRIPTORS}/{self._outlet}", lenient=True)
        finally:
            os.close(self._outlet)  # whoever tells must not wait for room that there will never be

    def run(self, produce: Callable[[Tell], T]) -> T:
        """Lets ``produce`` tell; the end of what it told is the end of the feed, or junk where it raised."""
        self._awaited.wait()  # the engine reads by now, and needs no lock of Python's
        rest = _JUNK
        try:
            result = produce(self._tell)
            rest = b""
            return result
        finally:
            if rest:
                self._waiting.clear()
                self._push(rest)
            while self._waiting:
                time.sleep(_PAUSE)  # to be woken for every page that is read would take the engine's time
                self._pass_on()
            os.close(self._inlet)

    def _tell(self, statements: Sequence[bytes]) -> None:
        text, blank = quad_lines(self._graph, statements, self._merged)
        self.blank += blank
        if text:
            self._push(text)

    def _push(self, text: bytes) -> None:
        self._waiting.append(memoryview(text))
        self._pass_on()

    def _pass_on(self) -> None:
        """Writes what the pipe has room for."""
        waiting = self._waiting
        try:
            while waiting:
                written = os.write(self._inlet, waiting[0])
                waiting[0] = waiting[0][written:]
                if not waiting[0]:
                    waiting.popleft()
        except BlockingIOError:
            return  # no room; with the next statements, or at the end
        except BrokenPipeError:
            waiting.clear()  # the engine stopped reading, and says why

    def _widen(self) -> None:
        os.set_blocking(self._inlet, False)
        if sys.platform == "linux":
            with suppress(PermissionError):  # where it is more than the system grants
                fcntl.fcntl(self._inlet, fcntl.F_SETPIPE_SZ, _ROOM)
