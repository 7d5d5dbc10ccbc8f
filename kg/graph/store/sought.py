"""Look-ups as small joins are answered: by what is kept of a thing, for all queries of a shape."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.store.known import Around, Pattern
from kg.graph.store.lookup import Lookup
from kg.graph.store.writer import Writer, bindings


class Sought:
    """A SELECT of one triple pattern, whose terms are those of a query by their places among its constants."""

    def __init__(self, lookup: Lookup, at: Sequence[int | None]) -> None:
        """``at`` has the places of constants; None for a variable, and for a term that a shape's queries have all."""
        self._at = [(place, number) for place, number in enumerate(at) if number is not None]
        self._fixed = [None if node is None else str(node) for node in lookup.pattern]
        columns = [(name, place) for place, name in enumerate(lookup.places) if name and name in lookup.variables]
        self._writer = Writer(lookup.variables, bindings(columns, frozenset(range(3)), range(3)))

    @classmethod
    def among(cls, lookup: Lookup, constants: Sequence[str]) -> Sought | None:
        """A look-up that has these constants and no other terms but ``a``; None for any that is not so."""
        if lookup.form != "SELECT":
            return None
        named = [place for place, node in enumerate(lookup.pattern) if node is not None]
        if len(named) > len(constants):
            named = [place for place in named if place != 1]
        if [str(lookup.pattern[place]) for place in named] != list(constants):
            return None
        return cls(lookup, [named.index(place) if place in named else None for place in range(3)])

    def pattern(self, constants: Sequence[str]) -> Pattern:
        """The terms of the triples that are sought, None for any."""
        pattern = self._fixed[:]
        for place, number in self._at:
            pattern[place] = constants[number]
        return tuple(pattern)

    def written(self, around: Around) -> bytes:
        """Triples as SPARQL 1.1 Query Results JSON."""
        return self._writer.written(around)
