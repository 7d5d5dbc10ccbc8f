"""A deadline for pages: what a thread computes for longer is broken off, and answered with 503.

The exception is raised in the thread from outside, between two steps of Python. A single call of the engine is not
broken off, but what follows it is; the pages ask small questions.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from server.problems import HttpProblem

_TICK: Final = 0.25


class TookTooLong(HttpProblem):
    """A page was not ready in time."""

    def __init__(self) -> None:
        super().__init__(503, "This page took too long and was given up; try again later.", {"Retry-After": "5"})


class Deadlines:
    """Watches threads; one thread of its own looks at them four times a second while there are any."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends: dict[int, float] = {}
        self._some = threading.Condition()
        threading.Thread(target=self._watch, daemon=True, name="page-deadlines").start()

    @contextmanager
    def within(self) -> Iterator[None]:
        """Raises TookTooLong in the block when it takes longer than it may, and never after it."""
        thread = threading.get_ident()
        with self._some:
            self._ends[thread] = time.monotonic() + self._seconds
            self._some.notify()
        try:
            yield
        finally:
            with self._some:
                late = self._ends.pop(thread, None) is None
            if late:
                _await_it()

    def _watch(self) -> None:
        while True:
            with self._some:
                while not self._ends:
                    self._some.wait()
                now = time.monotonic()
                for thread in [thread for thread, end in self._ends.items() if end < now]:
                    del self._ends[thread]
                    _raise(thread, TookTooLong)
            time.sleep(_TICK)


def _raise(thread: int, kind: type[BaseException]) -> None:
    """Has a thread raise an exception at its next step.

    It is never taken back: Python would then go on looking for it at every step of every thread.
    """
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(kind))


def _await_it() -> None:
    """Takes steps enough for an exception that is on its way to be raised here, not in what the thread does next."""
    for _ in range(1000):
        pass
