"""What a worker joins from columns, without the engine."""

from __future__ import annotations

import time
from typing import BinaryIO, Final

from kg.graph.columns import Columns, answer
from kg.graph.store import Given, Join, open_store
from server.sparql.inspect import inspect

_IN_VAIN: Final = 0.001
_REST: Final = 60.0
_MOST_SHAPES: Final = 2048


class Joining:
    """Answers queries of the default graph that columns can join; the engine reads the first of each shape.

    A shape that was tried for more than a millisecond and then left to the engine is its for a minute.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._nothing = open_store(None)
        self._resting: dict[Join, float] = {}

    def answer(self, text: str, base: str | None, fmt: str, out: BinaryIO) -> bool:
        """Writes the answer; False where the engine is to. Raises QueryError for what is wrong with the query."""
        seen = inspect(text)
        join = seen.walk.join if seen.walk else None
        began = time.monotonic()
        if join is None or seen.volatile or self._resting.get(join, 0.0) > began:
            return False
        if not join.understood:
            self._nothing.query(text, base=base, plain=True)
            join.understood = True
        answered = answer(self.columns, join, Given(seen.constants), fmt, out)
        if not answered and time.monotonic() - began > _IN_VAIN:
            if len(self._resting) >= _MOST_SHAPES:
                self._resting.clear()
            self._resting[join] = began + _REST
        return answered
