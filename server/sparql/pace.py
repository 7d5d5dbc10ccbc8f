"""Which shapes of query are answered so quickly that others may wait for them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from server.sparql.walk import Walk

_QUICK: Final = 0.0005
_WEIGHT: Final = 0.1
_MOST: Final = 4
_AGAIN_AFTER: Final = 60.0
_MOST_SHAPES: Final = 2048


class Pace:
    """Keeps a running mean of the processor time each shape takes; above ``quick`` seconds it rests for a minute."""

    def __init__(self, quick: float = _QUICK) -> None:
        self._quick = quick
        self._means: dict[Walk, float] = {}
        self._resting: dict[Walk, float] = {}

    def is_quick(self, shape: Walk) -> bool:
        """Whether queries of this shape have been quick of late."""
        return self._resting.get(shape, 0.0) < time.monotonic()

    @contextmanager
    def timed(self, shape: Walk) -> Iterator[None]:
        """Takes the time of the block, in which a query of this shape is answered."""
        began = time.thread_time()
        yield
        taken = min(time.thread_time() - began, _MOST * self._quick)  # what is more is the collector's, or others'
        mean = self._means.get(shape, 0.0) * (1 - _WEIGHT) + taken * _WEIGHT
        if len(self._means) >= _MOST_SHAPES:
            self._means.clear()
            self._resting.clear()
        self._means[shape] = mean
        if mean > self._quick:
            self._means[shape], self._resting[shape] = 0.0, time.monotonic() + _AGAIN_AFTER
