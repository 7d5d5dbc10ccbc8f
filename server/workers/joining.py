"""What a worker joins from columns, without the engine."""

from __future__ import annotations

from typing import BinaryIO

from kg.graph.columns import Columns, answer
from kg.graph.store import Given, open_store
from server.sparql.inspect import inspect


class Joining:
    """Answers queries of the default graph that columns can join; the engine reads the first of each shape."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._nothing = open_store(None)

    def answer(self, text: str, base: str | None, fmt: str, out: BinaryIO) -> bool:
        """Writes the answer; False where the engine is to. Raises QueryError for what is wrong with the query."""
        seen = inspect(text)
        join = seen.walk.join if seen.walk else None
        if join is None or seen.volatile:
            return False
        if not join.understood:
            self._nothing.query(text, base=base, plain=True)
            join.understood = True
        return answer(self.columns, join, Given(seen.constants, seen.strings), fmt, out)
