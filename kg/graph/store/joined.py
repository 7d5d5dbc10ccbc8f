"""What a small join asks: its triples, OPTIONALs and filters, and in which order the triples are best taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from kg.graph.store.values import TooMuch

if TYPE_CHECKING:
    from kg.graph.store.compiled import Names

Place: TypeAlias = int | str
"""A variable by its number, or a term; an IRI of the query itself is its number in angle brackets."""
Pattern: TypeAlias = tuple[Place, str, Place]


@dataclass(slots=True)
class Given:
    """What a query has in place of the numbers: its IRIs as terms, and its strings with their quotes."""

    constants: Sequence[str]

    def node(self, term: str) -> ox.NamedNode:
        """The node of a term or of a number; raises TooMuch for what is no IRI."""
        return named_node(self.text(term))

    def text(self, term: str) -> str:
        """The text of a term or of a number."""
        return self.constants[int(term[1:-1])] if term[1].isdigit() else term


Find: TypeAlias = Callable[[str, str], Iterator[str] | None]
"""The objects of a property that may hold a text in any case, as terms; None where that is not known."""


class Compared(NamedTuple):
    """Two variables that are compared; each by what STR makes of it, where that is asked."""

    sign: str
    left: int
    right: int
    left_spelled: bool
    right_spelled: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition, and the variables it reads; ``early`` before the OPTIONALs.

    ``source`` writes it as an expression of Python that is true where the condition is, or where it is false.
    ``seeks`` is the text that the one variable it reads must hold, in any case, where it asks for that; ``compares``
    says which two variables it compares, where it does nothing else.
    """

    source: Callable[[Names, bool], str]
    reads: frozenset[int]
    early: bool
    seeks: Callable[[Given], str] | None = None
    compares: Compared | None = None


class Aggregate(NamedTuple):
    """What is made of a group, by the name of its function: of a variable's values, or (None) of its solutions."""

    function: str
    of: int | None
    distinct: bool


@dataclass(frozen=True, slots=True)
class Grouping:
    """The variables by which solutions are grouped, what is made of each group, by its number, and conditions on that.

    Where there are no variables, all solutions are one group, even if there are none.
    """

    by: tuple[int, ...]
    made: Mapping[int, Aggregate]
    having: Sequence[Filter] = ()


class Step(NamedTuple):
    """One triple to extend solutions by: from its subject or its object, or only to ``check`` it; then some filters."""

    forward: bool
    check: bool
    pattern: Pattern
    then: tuple[int, ...]


class Way(NamedTuple):
    """A triple with one variable: the neighbours of a term, ``ahead`` from a subject."""

    number: int
    slot: int
    ahead: bool
    predicate: str
    term: str


@dataclass(slots=True, eq=False)
class Join:
    """A query: its triples, those of each OPTIONAL after them, filters, and what is made of the solutions.

    ``columns`` are the variables that are asked for, by name and number; ``order`` has variables, and if they descend.
    A CONSTRUCT has a ``template`` of triples instead of columns. With a ``grouping``, columns and order are of groups.
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
    grouping: Grouping | None = None
    understood: bool = False
    """Whether the engine has accepted a query of this shape; only then is another not wrong."""
    named: list[tuple[str, str, str]] = field(init=False)
    """Triples without a variable."""
    ways: list[Way] = field(init=False)
    """Triples with one."""
    open: tuple[int, ...] = field(init=False)
    """Those with two, by their numbers."""
    seeks_text: bool = field(init=False)
    """Whether a text is sought, so that it may start at what an index of texts has."""
    compiled: dict[tuple[int, tuple[int, ...]], Any] = field(default_factory=dict)
    """What was made of it, by the variable it starts at and the triples that are left."""
    writer: Any = None
    """What writes its solutions, once it was made."""

    def __post_init__(self) -> None:
        """Sees which triples the query may start at."""
        variables = [tuple(place for place in (s, o) if isinstance(place, int)) for s, _, o in self.triples]
        self.seeks_text = any(condition.seeks for condition in self.filters)
        self.named = [(s, p, o) for s, p, o in self.triples if isinstance(s, str) and isinstance(o, str)]
        self.open = tuple(number for number, has in enumerate(variables) if len(has) == 2)
        self.ways = [
            Way(number, has[0], o in has, p, str(s if o in has else o))
            for number, ((s, p, o), has) in enumerate(zip(self.triples, variables, strict=True))
            if len(has) == 1
        ]

    @property
    def enough(self) -> int | None:
        """How many solutions do, whichever they are; None where all have to be seen."""
        return None if self.order or self.distinct or self.grouping else self.most

    @property
    def most(self) -> int | None:
        """How many solutions are of use, those that are cut off by an OFFSET among them; None for all."""
        return None if self.limit is None else self.offset + self.limit

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


def order_of(join: Join, optional: int, left: tuple[int, ...], known: frozenset[int]) -> list[Step]:
    """The order in which triples of an OPTIONAL are taken, -1 for none; raises TooMuch where none leads on."""
    triples = join.triples if optional < 0 else join.optional[optional]
    early = [number for number, condition in enumerate(join.filters) if condition.early and optional < 0]
    waiting = [number for number in early if not join.filters[number].reads <= known]
    return _ordered_steps(join, [triples[number] for number in left], set(known), waiting)


def _ordered_steps(join: Join, left: list[Pattern], known: set[int], waiting: list[int]) -> list[Step]:
    steps: list[Step] = []
    while left:
        reads = frozenset().union(*[join.filters[number].reads for number in waiting])
        pattern = min(left, key=lambda pattern, reads=reads: _rank(pattern, known, reads))  # type: ignore[misc]  # bound here
        left.remove(pattern)
        s, _, o = pattern
        s_known, o_known = isinstance(s, str) or s in known, isinstance(o, str) or o in known
        if not (s_known or o_known):
            raise TooMuch
        known |= {place for place in pattern if isinstance(place, int)}
        then = tuple(number for number in waiting if join.filters[number].reads <= known)
        waiting = [number for number in waiting if number not in then]
        steps.append(Step(s_known, s_known and o_known, pattern, then))
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
