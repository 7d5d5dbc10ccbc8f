"""What an engine knows at a moment: facts with rounds, equal terms, the compiled program, contradictions."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import LimitError
from kg.graph.reason.axioms import Problem
from kg.graph.reason.compile import Program
from kg.graph.reason.dictionary import Dictionary, Ids
from kg.graph.reason.facts import Facts, Name
from kg.graph.reason.journal import Journal
from kg.graph.reason.relations import SHIFT, Mask
from kg.graph.reason.rules import Rule
from kg.graph.reason.sameas import Clusters
from kg.graph.reason.vocabulary import EXPRESSIONS, USER

if TYPE_CHECKING:
    from kg.graph.reason.backward import Support


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds after which a run ends with LimitError: derived facts, and seconds."""

    derived: int = 100_000_000
    seconds: float = 3600.0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A rule with head ``false`` and what its variables stood for."""

    rule: Rule
    binding: tuple[tuple[int, int], ...]

    def premises(self) -> tuple[tuple[int, int, int], ...]:
        """The facts that contradict each other, then the axioms that say so."""
        values = dict(self.binding)
        return (*(atom.bound(values) for atom in self.rule.body), *self.rule.axioms)


@dataclass(slots=True)
class State:
    """Facts are of representatives only; ``history`` has those that another representative took over.

    ``round`` is a clock: a fact is derived only from facts of earlier rounds. ``shadows`` are facts that differ from a
    stated one only in how a literal is written.
    """

    dictionary: Dictionary = field(default_factory=Dictionary)
    facts: Facts = field(default_factory=Facts)
    history: Facts = field(default_factory=Facts)
    shadows: dict[Name, Ids] = field(default_factory=dict)
    program: Program = field(default_factory=Program)
    contradictions: dict[Contradiction, None] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    everything: bool = False
    round: int = 0
    derived: int = 0
    deadline: float = 0.0
    journal: Journal | None = None
    clusters: Clusters = field(init=False)
    datatypes_read: set[int] = field(default_factory=set)
    """Datatypes whose members rules read, so that new literals must be sorted into them."""
    supports: dict[Name, list[Support]] = field(default_factory=dict)
    """What facts of each relation can follow from, as long as the schema stays as it is."""
    _expressions: Mask | None = None
    _unfit: Mask = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    _literals: Mask = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def __post_init__(self) -> None:
        self.clusters = Clusters(self.dictionary)

    @property
    def problems(self) -> list[Problem]:
        """Axioms that are not reasoned with."""
        return self.program.problems

    def literals(self) -> Mask:
        """Which terms are literals, by identifier."""
        known = len(self._literals)
        if known < len(self.dictionary):
            terms = self.dictionary.terms[known:]
            fresh = np.fromiter(map(itemgetter(0), terms), np.uint8, len(terms)) == 34
            self._literals = np.concatenate((self._literals, fresh))
        return self._literals

    def note(self, name: Name, keys: Ids) -> None:
        """Tells the journal, where one is kept, that facts are about to change."""
        if self.journal is not None:
            self.journal.note(name, keys)

    def note_new(self, name: Name, keys: Ids) -> None:
        """Tells the journal, where one is kept, that facts were added."""
        if self.journal is not None:
            self.journal.note_new(name, keys)

    def merges_things(self) -> bool:
        """Whether anything but literals of one value is merged."""
        literals = self.literals()
        return any(not literals[term] for term in self.clusters.members)

    def expressions(self) -> Mask:
        """Which terms are blank nodes and the subject of a part of an axiom: class expressions and lists."""
        if self._expressions is None or len(self._expressions) < len(self.dictionary):
            found = np.zeros(len(self.dictionary), dtype=np.bool_)
            for name in EXPRESSIONS:
                relation = self.facts.relations.get((name, -1))
                if relation:
                    found[relation.keys() >> SHIFT] = True
            for term in np.flatnonzero(found).tolist():
                found[term] = self.dictionary.terms[term][0] == 95
            self._expressions = found
            self._unfit = found | self.literals()
            self._unfit[:USER] = True
        return self._expressions

    def unfit(self) -> Mask:
        """Which terms are not shown as subjects of inferred triples: expressions, literals, the language's own."""
        self.expressions()
        return self._unfit

    def forget(self) -> None:
        """Drops what was remembered of the schema, because it changed."""
        self._expressions = None
        self.supports = {}

    def start(self) -> None:
        """Starts the clock of the limits."""
        self.derived = 0
        self.deadline = time.monotonic() + self.limits.seconds

    def check(self, rows: int = 0) -> None:
        """Raises LimitError if time is up, or if so many rows can only be an explosion."""
        if time.monotonic() > self.deadline:
            raise LimitError(f"inference took more than {self.limits.seconds:g} s")
        if rows > 200 * self.limits.derived:
            raise LimitError(f"inference would join {rows:,} rows")

    def count(self, derived: int) -> None:
        """Adds to the number of derived facts; raises LimitError beyond the bound."""
        self.derived += derived
        if self.derived > self.limits.derived:
            raise LimitError(f"inference derived more than {self.limits.derived:,} triples")
