"""Which shapes of query are answered so quickly that others may wait for them."""

from __future__ import annotations

import time
from typing import Final

from server.sparql.walk import Walk

_QUICK: Final = 0.0005
_WEIGHT: Final = 0.1
_MOST: Final = 4
_WATCHED: Final = 64
_AGAIN_AFTER: Final = 60.0
_MOST_SHAPES: Final = 2048


class Pace:
    """Watches shapes that took long: while the mean of their processor time is above ``quick`` seconds they rest.

    To read the clock costs less than to read the processor's. So a shape is timed by the clock until it takes long by
    that, as it may because others had the processor, and then by the processor for some queries.
    """

    def __init__(self, quick: float = _QUICK) -> None:
        self._quick = quick
        self._watched: dict[Walk, list[float]] = {}
        self._resting: dict[Walk, float] = {}

    def is_quick(self, shape: Walk) -> bool:
        """Whether queries of this shape have been quick of late."""
        return not self._resting or self._resting.get(shape, 0.0) < time.monotonic()

    def begin(self, shape: Walk) -> float:
        """What ``end`` is to be told of a query that begins."""
        return time.thread_time() if shape in self._watched else time.perf_counter()

    def end(self, shape: Walk, began: float) -> None:
        """Takes the time of a query of this shape that is answered."""
        watched = self._watched.get(shape)
        if watched is not None:
            self._weigh(shape, watched, time.thread_time() - began)
        elif time.perf_counter() - began > self._quick:
            if len(self._watched) >= _MOST_SHAPES:
                self._watched.clear()
            self._watched[shape] = [_WATCHED, 0.0]

    def _weigh(self, shape: Walk, watched: list[float], taken: float) -> None:
        left, mean = watched
        taken = min(taken, _MOST * self._quick)  # what is more is the collector's
        mean = mean * (1 - _WEIGHT) + taken * _WEIGHT
        watched[:] = left - 1, mean
        if mean > self._quick:
            if len(self._resting) >= _MOST_SHAPES:
                self._resting.clear()
            self._resting[shape] = time.monotonic() + _AGAIN_AFTER
        if mean > self._quick or left <= 1:
            del self._watched[shape]
