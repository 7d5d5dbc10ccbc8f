"""One answer on its way from a worker: bounded in time, bytes and rows, and stoppable."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable

from kg import errors
from kg.errors import KgError, LimitError
from server.limits import Limits
from server.sparql.evaluate import Job
from server.workers import frames
from server.workers.worker import Worker

_MOST_AT_ONCE = 2**18
_ROW_MARKS = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n", "ntriples": b"\n", "nquads": b"\n"}


class Stream:
    """The pieces of an answer; at its end, or when it is closed early, the worker is given back or given up."""

    def __init__(self, worker: Worker, job: Job, limits: Limits, done: Callable[[Worker, bool], None]) -> None:
        self._worker = worker
        self._limits = limits
        self._done = done
        self._mark = _ROW_MARKS.get(job.format, b"")
        self._bytes = 0
        self._rows = 0
        self._over = False
        self._ahead = b""
        self.job = job
        self.began = time.monotonic()
        self.deadline = self.began + job.seconds
        self.cancelled = False

    def start(self) -> Stream:
        """Asks the worker."""
        dataset = self.job.dataset
        question = {
            "text": self.job.text,
            "format": self.job.format,
            "base": self.job.base,
            "seconds": self.job.seconds,
            "service": self.job.service,
            "plain": self.job.plain,
            "default": dataset.default if dataset else None,
            "named": dataset.named if dataset else None,
        }
        try:
            frames.send(self._worker.talk, frames.QUERY, json.dumps(question).encode())
        except OSError:
            raise self._ended(EOFError()) from None
        return self

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> bytes:
        if self._over:
            raise StopIteration
        try:
            if self._ahead:
                ahead = frames.Ahead(self._ahead, self._worker.talk)
                kind, payload = frames.receive(ahead, self.deadline)
                self._ahead = ahead.left
            else:
                kind, payload = frames.receive(self._worker.talk, self.deadline)
        except (EOFError, OSError) as error:
            raise self._ended(error) from None
        return self._took(kind, payload)

    def fileno(self) -> int:
        """What is readable when there is more."""
        return self._worker.talk.fileno()

    def arrived(self) -> list[bytes] | None:
        """The pieces that have arrived, without waiting; None where reading on will tell what is wrong."""
        try:
            data = self._worker.talk.recv(_MOST_AT_ONCE, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            return None
        held, pieces = self._ahead + data, list[bytes]()
        while not self._over and (found := frames.first(held)):
            kind, payload, rest = found
            if kind == frames.ERROR:
                self._ahead = held
                return None
            pieces.append(self._took(kind, payload))
            held = rest
        self._ahead = held
        return pieces

    def is_over(self) -> bool:
        """Whether all has been read."""
        return self._over

    def _took(self, kind: bytes, payload: bytes) -> bytes:
        """A piece, counted; raises what the worker raised, or LimitError."""
        if kind == frames.ERROR:
            self._finish(healthy=True)
            name, message = json.loads(payload)
            raise _error(name, message)
        self._count(payload)
        if kind == frames.DONE:
            self._finish(healthy=True)
        return payload

    def _count(self, piece: bytes) -> None:
        self._bytes += len(piece)
        self._rows += piece.count(self._mark) if self._mark else 0
        if self._bytes > self._limits.max_result:
            self._finish(healthy=False)
            raise LimitError(f"the answer is larger than {self._limits.max_result:,} bytes; ask for less, or LIMIT it")
        if self._rows > self._limits.max_rows:
            self._finish(healthy=False)
            raise LimitError(f"the answer has more than {self._limits.max_rows:,} rows; ask for less, or LIMIT it")

    def _ended(self, error: Exception) -> KgError:
        """Why a worker fell silent."""
        self._finish(healthy=False)
        if self.cancelled:
            return LimitError("the query was cancelled")
        if isinstance(error, TimeoutError) or time.monotonic() >= self.deadline:
            return LimitError(f"the query took longer than {self.job.seconds:g} s and was stopped")
        return LimitError("the query took more memory than it may have and was stopped")

    def _finish(self, *, healthy: bool) -> None:
        if not self._over:
            self._over = True
            self._done(self._worker, healthy)

    def uses(self, worker: Worker) -> bool:
        """Whether this answer comes from that worker."""
        return self._worker is worker

    def close(self) -> None:
        """Gives up an answer that nobody reads any more."""
        self._finish(healthy=False)

    def stop(self, *, cancelled: bool = False) -> None:
        """Ends the worker's process from another thread; the reader finds out."""
        self.cancelled = cancelled
        self._worker.kill()

    def __del__(self) -> None:
        self.close()


def _error(name: str, message: str) -> KgError:
    """The error a worker raised, by name; the tree of errors is the same there."""
    kind = getattr(errors, name, KgError)
    return kind(message) if isinstance(kind, type) and issubclass(kind, KgError) else KgError(message)
