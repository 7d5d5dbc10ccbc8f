"""What readers of lasting ties between actors have in common: whom a token and its coordination refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.parse import Parse


class Ties:
    """Looks up the referents of one parsed document."""

    def __init__(self, document: Document) -> None:
        assert document.parse is not None
        self.document = document
        self.parse: Parse = document.parse

    def _first(self, index: int) -> int:
        """The first of the coordination in which a token is."""
        while self.parse.dep[index] == "conj":
            index = self.parse.head[index]
        return index

    def _refer(self, index: int) -> tuple[Referent, ...]:
        span = self.document.by_root.get(index)
        return tuple(m for r in span.referents for m in (r.members or (r,))) if span else ()

    def _all(self, index: int) -> tuple[Referent, ...]:
        return tuple(r for item in self.parse.conjuncts(index) for r in self._refer(item))
