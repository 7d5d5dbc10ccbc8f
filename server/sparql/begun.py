"""Queries that workers answer while an event loop goes on: read as they arrive, by a thread where they are unusual."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Final

from kg.errors import KgError
from server.negotiate import Format
from server.workers.stream import Stream

BEGUN: Final = "communique.begun"
"""In the environ of a request whose query has begun: a thread reads on, and says what is wrong."""
MEDIUM: Final = 2**18
"""Bytes of an answer that are collected and sent in the event loop."""


class Line:
    """Those who wait for a worker in an event loop, at most so many, while others of the loop are being answered."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: deque[Begun] = deque()
        self.running = 0

    def join(self, begun: Begun) -> bool:
        """Waits, if somebody is being answered, after whom it goes on, and not too many wait."""
        if not self.running or len(self._waiting) >= self._most:
            return False
        self._waiting.append(begun)
        return True

    def leave(self, begun: Begun) -> None:
        """Waits no more."""
        if begun in self._waiting:
            self._waiting.remove(begun)

    def go_on(self) -> None:
        """Begins those for whom there are workers; leaves the rest to threads when nobody is answered here."""
        while self._waiting and self._waiting[0].start():
            self._waiting.popleft()
        while self._waiting and not self.running:
            self._waiting.popleft().give_up()


class Begun:
    """An answer on its way; complete in :attr:`body`, or to be iterated by a thread, which may wait for the rest."""

    def __init__(
        self,
        begin: Callable[[], Stream | None],
        line: Line,
        environ: dict[str, Any],
        key: Hashable,
        format: Format,
        version: int,
    ) -> None:
        """``begin`` has an idle worker begin, if there is one."""
        self.environ = environ
        self.key = key
        self.format = format
        self.version = version
        self.began = 0.0
        self._begin = begin
        self._line = line
        self._stream: Stream | None = None
        self._pieces: list[bytes] = []
        self._error: KgError | None = None
        self._stop: Callable[[], None] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: Callable[[Begun], None] = lambda _: None

    def watch(self, loop: asyncio.AbstractEventLoop, ended: Callable[[Begun], None]) -> bool:
        """Reads what arrives; calls ``ended`` when all of it has, or when a thread should. False where nobody is idle.

        ``ended`` is called from the loop, not from here.
        """
        self._loop, self._ended = loop, ended
        return self.start() or self._line.join(self)

    def start(self) -> bool:
        """Begins, if a worker is idle."""
        assert self._loop is not None
        loop, stream = self._loop, self._begin()
        if stream is None:
            return False
        self._stream, descriptor = stream, stream.fileno()
        timer = loop.call_later(stream.job.seconds, self._end)
        self._line.running += 1

        def stop() -> None:
            timer.cancel()
            loop.remove_reader(descriptor)
            self._line.running -= 1
            self._stop = lambda: None

        self._stop = stop
        loop.add_reader(descriptor, self._read)
        return True

    def _read(self) -> None:
        assert self._stream is not None
        try:
            pieces = self._stream.arrived()
        except KgError as error:
            self._error, pieces = error, None
        self._pieces += pieces or ()
        if pieces is None or self._stream.is_over() or sum(map(len, self._pieces)) > MEDIUM:
            self._end()

    def _end(self) -> None:
        self._stop()
        self._line.go_on()
        self._ended(self)

    def give_up(self) -> None:
        """A thread is to begin."""
        self._ended(self)

    @property
    def has_begun(self) -> bool:
        """Whether there is something for a thread to read on."""
        return self._stream is not None

    @property
    def body(self) -> bytes | None:
        """The answer, if it is complete."""
        is_complete = self._stream is not None and self._stream.is_over() and not self._error
        return b"".join(self._pieces) if is_complete else None

    def __iter__(self) -> Iterator[bytes]:
        """All pieces, waiting for those that are missing; raises what is wrong."""
        yield from self._pieces
        if self._error:
            raise self._error
        yield from self._stream or ()

    def close(self) -> None:
        """Gives the answer up, as nobody wants it any more."""
        was_running = self.has_begun
        self._stop()
        self._line.leave(self)
        if self._stream:
            self._stream.close()
        if was_running:
            self._line.go_on()
