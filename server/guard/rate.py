"""How often one client may ask: a bucket of tokens for each address, refilled steadily."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from server.problems import HttpProblem

_MOST_CLIENTS = 10_000


class RateLimit:
    """Allows ``burst`` requests at once and ``rate`` a second in the long run; a rate of 0 allows everything."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = float(max(1, burst))
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def admit(self, client: str) -> None:
        """Takes one token of the client's bucket; raises HttpProblem 429 with Retry-After where it is empty."""
        if self._rate <= 0:
            return
        with self._lock:
            wait = self._take(client)
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            raise HttpProblem(429, f"too many requests; try again in {seconds} s", {"Retry-After": str(seconds)})

    def _take(self, client: str) -> float:
        """Seconds until the client may ask again, 0 where it may now; the clients longest unseen are forgotten."""
        now = self._clock()
        level, seen = self._buckets.pop(client, (self._burst, now))
        level = min(self._burst, level + (now - seen) * self._rate)
        allowed = level >= 1
        self._buckets[client] = (level - 1 if allowed else level, now)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - level) / self._rate
