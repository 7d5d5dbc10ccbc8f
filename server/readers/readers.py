"""The server's side of its readers: who has which connection, and who knows which commit."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from server.observe import Observer
from server.readers.board import NEVER, Board
from server.readers.passing import Passed, hand, take
from server.workers import frames
from server.workers.changes import Change

log = logging.getLogger("communique.workers")
GARBAGE: Final = 20_000
"""Objects before Python looks for cycles: a request makes hundreds and no cycles, and many answers are kept."""
Adopt: TypeAlias = Callable[[socket.socket, Passed], None]
"""Takes a connection that comes back from a reader."""


class Reader:
    """One reader; whoever calls sees to it that no two threads do at once."""

    def __init__(self, version: int) -> None:
        self.talk, self._their_talk = socket.socketpair()
        self.connections, self._their_connections = socket.socketpair()
        self.board = Board()
        self.board.wanted = self.version = version
        self.given = 0
        self.open = True

    @property
    def has(self) -> int:
        """How many connections it has, and those on their way to it."""
        return self.given - self.board.ended

    def theirs(self) -> tuple[int, int, int]:
        """What the other side is given when it is forked."""
        return self._their_talk.fileno(), self._their_connections.fileno(), self.board.fileno()

    def forked(self) -> None:
        """The other side has its own now."""
        self._their_talk.close()
        self._their_connections.close()
        self.board.sent()

    def close(self) -> None:
        """Closes what is left of it here."""
        self.open = False
        self.forked()
        self.talk.close()
        self.connections.close()

    def follow(self, changes: list[Change]) -> None:
        """Sends it the commits that it has missed; raises OSError where it is gone."""
        for change in changes:
            frames.send(self.talk, change.kind, change.payload)
            self.version = change.version

    def end(self) -> None:
        """Has it pass back what it has, and end."""
        self.open, self.board.wanted = False, NEVER
        try:
            frames.send(self.talk, frames.DONE)
        except OSError:
            return  # it has ended by itself


class Readers:
    """All readers of a server: at most ``most``, and none before an event loop takes back what they pass back."""

    def __init__(self, most: int, observer: Observer, about: Callable[[], dict[str, Any]]) -> None:
        """``about`` gives what a reader is told when it begins."""
        self._most = most
        self._observer = observer
        self._lock = threading.Lock()
        self._all: list[Reader] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._adopt: Adopt | None = None
        self.about = about
        self.changed: Callable[[], None] = lambda: None
        """Called when more readers are wanted than before."""
        self.eager = 0
        """Connections in the server that ask one thing after the other that is answered at once."""

    # In the event loop

    def attach(self, loop: asyncio.AbstractEventLoop, adopt: Adopt) -> None:
        """From now on there may be readers, whose connections come back to ``adopt``."""
        self._loop, self._adopt = loop, adopt
        self.changed()

    def has_room(self) -> bool:
        """Whether a reader has fewer connections than the server, so that one may well be given to it."""
        for reader in self._all:  # noqa: SIM110 - a generator would cost as much again, at every query
            if reader.open and reader.has + 1 < self.eager:
                return True
        return False

    def give(self, connection: int, passed: Passed) -> bool:
        """Passes a connection to the reader that has the fewest, if that has fewer than the server; whether it did."""
        with self._lock:
            reader = min((reader for reader in self._all if reader.open), key=lambda reader: reader.has, default=None)
            if reader is None or reader.has + 1 >= self.eager:
                return False
            try:
                hand(reader.connections, connection, passed, wait=False)
            except OSError:
                return False
            reader.given += 1
            return True

    def _take(self, reader: Reader) -> None:
        """Takes back what a reader passes back; forgets a reader that has ended."""
        assert self._loop is not None and self._adopt is not None
        try:
            while True:
                self._adopt(*take(reader.connections))
        except BlockingIOError:
            return
        except (EOFError, OSError):
            self._loop.remove_reader(reader.connections)
            self._forget(reader)

    def _forget(self, reader: Reader) -> None:
        with self._lock:
            was_open = reader.open
            reader.close()
            if reader in self._all:
                self._all.remove(reader)
                self._observer.settle(reader.board)
        if was_open:
            log.warning("a reader ended by itself; another takes its place")
            self.changed()

    def close(self) -> None:
        """There are to be no readers any more; what they have is passed back."""
        self._most = 0
        self.end_all()

    def release(self) -> None:
        """Lets go of the readers, where no event loop is left that takes anything back."""
        self.close()
        for reader in list(self._all):
            self._forget(reader)

    # In the thread that keeps the workers

    @property
    def missing(self) -> int:
        """How many are to be forked."""
        with self._lock:
            return max(0, self._most - sum(reader.open for reader in self._all)) if self._loop else 0

    def behind(self, version: int) -> list[Reader]:
        """Those who have not been told of all commits."""
        with self._lock:
            return [reader for reader in self._all if reader.open and reader.version < version]

    def add(self, reader: Reader, version: int) -> None:
        """A reader was forked; it answers from now on, as soon as it knows ``version``."""
        with self._lock:
            reader.board.wanted = version
            self._all.append(reader)
            self._observer.include(reader.board)
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._loop.add_reader, reader.connections, self._take, reader)

    def end(self, reader: Reader) -> None:
        """Has one pass back what it has, and end."""
        with self._lock:
            reader.end()

    def end_all(self) -> None:
        """Has all pass back what they have, and end."""
        with self._lock:
            for reader in self._all:
                if reader.open:
                    reader.end()

    # In the thread that commits

    def note(self, version: int) -> None:
        """There is a commit that every answer is to know from now on."""
        with self._lock:
            for reader in self._all:
                if reader.open:
                    reader.board.wanted = version

    # For operators

    @property
    def having(self) -> int:
        """How many connections the readers have."""
        with self._lock:
            return sum(reader.has for reader in self._all)

    def metrics(self) -> Iterator[str]:
        """Lines for Prometheus."""
        with self._lock:
            running = sum(reader.open for reader in self._all)
        yield "# TYPE kg_readers gauge"
        yield f"kg_readers {running}"
        yield "# TYPE kg_readers_connections gauge"
        yield f"kg_readers_connections {self.having}"
