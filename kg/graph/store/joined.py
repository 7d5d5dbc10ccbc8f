"""What a small join asks: its triples, OPTIONALs and filters, and in which order the triples are best taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

import pyoxigraph as ox

from kg.graph.store.values import Node, TooMuch

_MOST_ORDERS: Final = 64

Place: TypeAlias = int | str
"""A variable by its number, or a term; an IRI of the query itself is its number in angle brackets."""
Pattern: TypeAlias = tuple[Place, str, Place]
Row: TypeAlias = list[Node | None]
Truth: TypeAlias = bool | None
"""None is an error, as SPARQL has it (SPARQL 1.1 Query, section 17.2)."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a query has in place of the numbers: its IRIs as terms, and its strings with their quotes."""

    constants: Sequence[str]
    strings: Sequence[str]

    def node(self, term: str) -> ox.NamedNode:
        """The node of a term or of a number; raises TooMuch for what is no IRI."""
        return named_node(self.constants[int(term[1:-1])] if term[1].isdigit() else term)


Decide: TypeAlias = Callable[[Row], Truth]
Find: TypeAlias = Callable[[str, str, int], Sequence[str] | None]
"""The objects of a property that may hold a text in any case, as terms, so many at least where there are more; None
where that is not known."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition, once a query gives its constants, and the variables it reads; ``early`` before the OPTIONALs.

    ``seeks`` is the text that the one variable it reads must hold, in any case, where it asks for that.
    """

    with_given: Callable[[Given], Decide]
    reads: frozenset[int]
    early: bool
    seeks: Callable[[Given], str] | None = None


class Step(NamedTuple):
    """One triple to extend solutions by: from its subject or its object, or only to ``check`` it; then some filters."""

    forward: bool
    check: bool
    pattern: Pattern
    predicate: ox.NamedNode | None
    then: tuple[int, ...]


@dataclass(slots=True, eq=False)
class Join:
    """A query: its triples, those of each OPTIONAL after them, filters, and what is made of the solutions.

    ``columns`` are the variables that are asked for, by name and number; ``order`` has variables, and if they descend.
    A CONSTRUCT has a ``template`` of triples instead of columns.
    """

    size: int
    triples: list[Pattern]
    optional: list[list[Pattern]]
    filters: list[Filter]
    columns: list[tuple[str, int]]
    distinct: bool = False
    order: Sequence[tuple[int, bool]] = ()
    limit: int | None = None
    offset: int = 0
    template: Sequence[Pattern] = ()
    understood: bool = False
    """Whether the engine has accepted a query of this shape; only then is another not wrong."""
    orders: dict[tuple[int, tuple[int, ...], frozenset[int]], list[Step]] = field(default_factory=dict)
    """In which order triples are taken: by OPTIONAL (-1 for none), those that are left, and the variables known."""

    @property
    def enough(self) -> int | None:
        """How many solutions do, whichever they are; None where all have to be seen."""
        return None if self.limit is None or self.order or self.distinct else self.offset + self.limit

    @staticmethod
    def variables(patterns: Iterable[Pattern]) -> frozenset[int]:
        """The variables of some triples."""
        return frozenset(place for pattern in patterns for place in pattern if isinstance(place, int))

    @property
    def certain(self) -> frozenset[int]:
        """The variables that every solution has."""
        return self.variables(self.triples)

    @property
    def bound(self) -> frozenset[int]:
        """The variables that a solution may have."""
        return self.certain.union(*map(self.variables, self.optional))

    @property
    def seeks_text(self) -> bool:
        """Whether a text is sought, so that it may start at what an index of texts has."""
        return any(condition.seeks for condition in self.filters)


def order_of(join: Join, optional: int, left: tuple[int, ...], known: frozenset[int]) -> list[Step]:
    """The order in which triples are taken, found once for a query's shape; raises TooMuch where none leads on."""
    key = optional, left, known
    steps = join.orders.get(key)
    if steps is None:
        triples = join.triples if optional < 0 else join.optional[optional]
        early = [number for number, condition in enumerate(join.filters) if condition.early and optional < 0]
        waiting = [number for number in early if not join.filters[number].reads <= known]
        if len(join.orders) >= _MOST_ORDERS:
            join.orders.clear()
        steps = join.orders[key] = _ordered_steps(join, [triples[number] for number in left], set(known), waiting)
    return steps


def _ordered_steps(join: Join, left: list[Pattern], known: set[int], waiting: list[int]) -> list[Step]:
    steps: list[Step] = []
    while left:
        reads = frozenset().union(*[join.filters[number].reads for number in waiting])
        pattern = min(left, key=lambda pattern, reads=reads: _rank(pattern, known, reads))  # type: ignore[misc]  # bound here
        left.remove(pattern)
        s, p, o = pattern
        s_known, o_known = isinstance(s, str) or s in known, isinstance(o, str) or o in known
        if not (s_known or o_known):
            raise TooMuch
        known |= {place for place in pattern if isinstance(place, int)}
        then = tuple(number for number in waiting if join.filters[number].reads <= known)
        waiting = [number for number in waiting if number not in then]
        steps.append(Step(s_known, s_known and o_known, pattern, None if p[1].isdigit() else named_node(p), then))
    return steps


def _rank(pattern: Pattern, known: set[int], reads: frozenset[int]) -> int:
    """What is done first: what only checks, then what leads to a filter, then from subjects, then from objects."""
    s, _, o = pattern
    s_known, o_known = isinstance(s, str) or s in known, isinstance(o, str) or o in known
    if s_known and o_known:
        return 0
    if s_known:
        return 1 if o in reads else 2
    return 3 if o_known else 4


@lru_cache(maxsize=4096)
def named_node(term: str) -> ox.NamedNode:
    """The node of an IRI in angle brackets; raises TooMuch for one that the engine should look into."""
    if "/." in term:
        raise TooMuch  # segments that a base would take away
    try:
        return ox.NamedNode(term[1:-1])
    except ValueError:
        raise TooMuch from None  # the engine says what is wrong with it
