"""Terms of the store with what was made of them once: their JSON, their value, and their neighbours.

There is one object for each term, so that terms are compared and found by identity; the engine's own compare texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from itertools import islice
from typing import Any, Final, NoReturn, TypeAlias, TypeVar

import pyoxigraph as ox

from kg.graph.store.changes import DEFAULT
from kg.graph.store.joined import named_node
from kg.graph.store.lookup import WRITERS
from kg.graph.store.values import Node, TooMuch, value

LONGEST: Final = 600
"""Longer rows of neighbours are not read."""
_MOST_KEPT: Final = 200_000
"""Terms and neighbours that are kept, about; then they are read anew."""

_K = TypeVar("_K")
_V = TypeVar("_V")


class Known:
    """A term, its SPARQL 1.1 Query Results JSON, and kind and key of its value; either raises TooMuch if not plain."""

    __slots__ = ("json", "key", "kind", "node")
    json: str
    key: Any
    kind: str

    def __init__(self, node: Node) -> None:
        self.node = node

    def __getattr__(self, name: str) -> Any:
        """Makes what is asked for the first time."""
        if name == "json":
            try:
                self.json = WRITERS[type(self.node)](self.node)
            except KeyError:
                raise TooMuch from None  # the engine writes those
        elif name in ("kind", "key"):
            self.kind, self.key = value(self.node)
        else:
            raise AttributeError(name)
        return getattr(self, name)


class Row(tuple[Known, ...]):
    """Neighbours in a row, and as a set."""

    @cached_property
    def members(self) -> frozenset[Known]:
        """All of them."""
        return frozenset(self)


class _Long(Row):
    """More neighbours than are read: whoever looks at them leaves the query to the engine."""

    def __iter__(self) -> Iterator[Known]:
        raise TooMuch

    def __len__(self) -> int:
        raise TooMuch

    @property
    def members(self) -> NoReturn:
        """None that are known."""
        raise TooMuch


LONG: Final = _Long()


class _Made(dict[_K, _V]):
    """Makes what is not there when it is asked for."""

    def __init__(self, make: Callable[[_K], _V]) -> None:
        self._make = make

    def __missing__(self, key: _K) -> _V:
        made = self[key] = self._make(key)
        return made


Pattern: TypeAlias = tuple[str | None, ...]
"""Three terms, None for any."""
Around: TypeAlias = list[tuple[Known | None, ...]]
"""Triples, where they have what is not known already."""
Beside: TypeAlias = dict[Known, Row]
"""The neighbours of terms by one property in one direction."""


class Neighbours:
    """What was read of a store as it is: terms by their text, and their neighbours by the property's, either way."""

    def __init__(self) -> None:
        self._engine: ox.Store | None = None
        self._at: object = None
        self._known: dict[Node, Known] = {}
        self._held = 0
        self.named: dict[str, Known] = _Made(self._named)
        self.ahead: dict[str, Beside] = _Made(partial(self._beside, ahead=True))
        self.around: dict[Pattern, Around] = _Made(self._around)
        self.behind: dict[str, Beside] = _Made(partial(self._beside, ahead=False))

    def renew(self, engine: ox.Store, at: object) -> None:
        """Forgets all where the store is another, or too much is kept; only between queries, as terms are made anew."""
        if at == self._at and engine is self._engine and self._held <= _MOST_KEPT:
            return
        self._engine, self._at, self._held = engine, at, 0
        for kept in (self._known, self.named, self.ahead, self.behind, self.around):
            kept.clear()

    def known(self, node: Node) -> Known:
        """The one object for a term."""
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = Known(node)
            self._held += 1
        return found

    def _named(self, text: str) -> Known:
        return self.known(named_node(text))

    def _beside(self, predicate: str, *, ahead: bool) -> Beside:
        self._held += 1
        return _Made(partial(self._read, named_node(predicate), ahead))

    def _around(self, pattern: Pattern) -> Around:
        assert self._engine is not None
        s, p, o = (None if text is None else named_node(text) for text in pattern)
        quads = list(islice(self._engine.quads_for_pattern(s, p, o, DEFAULT), LONGEST + 1))
        if len(quads) > LONGEST:
            raise TooMuch
        self._held += 1 + len(quads)
        places = [place for place, text in enumerate(pattern) if text is None]
        return [tuple(self.known(quad[place]) if place in places else None for place in range(3)) for quad in quads]

    def _read(self, predicate: ox.NamedNode, ahead: bool, known: Known) -> Row:
        assert self._engine is not None
        node = known.node
        self._held += 1
        if ahead and isinstance(node, ox.Literal | ox.Triple):
            return Row()
        quads = self._engine.quads_for_pattern(
            node if ahead else None,  # type: ignore[arg-type]  # no literal, as was seen
            predicate,
            None if ahead else node,
            DEFAULT,
        )
        place = 2 if ahead else 0
        nodes: list[Node] = [quad[place] for quad in islice(quads, LONGEST + 1)]
        if len(nodes) > LONGEST:
            return LONG
        self._held += len(nodes)
        return Row(map(self.known, nodes))
