"""The engine: stated triples in, inferred triples out, with the state kept for proofs and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from kg.graph.reason.axioms import Problem
from kg.graph.reason.changes import add, must_rebuild, recheck, retract
from kg.graph.reason.compile import fixed_rules, shown
from kg.graph.reason.dictionary import Dictionary, Ids, lines
from kg.graph.reason.evaluate import LINKS, Evaluation
from kg.graph.reason.export import Columns, Keyed, beyond, difference, exported, keyed, stated_facts
from kg.graph.reason.facts import Name, grouped
from kg.graph.reason.journal import Journal
from kg.graph.reason.literals import Literals
from kg.graph.reason.proofs import Derivation, Proof, Prover
from kg.graph.reason.relations import EMPTY, distinct, without
from kg.graph.reason.state import Contradiction, Limits, State
from kg.graph.reason.telling import Tell, Teller


@dataclass(frozen=True, slots=True)
class Difference:
    """Inferred triples that a change brought and took away, as ``s p o`` texts, sorted."""

    added: list[bytes]
    removed: list[bytes]

    def then(self, other: Difference) -> Difference:
        """This difference and another one after it as one."""
        added, removed = set(self.added) - set(other.removed), set(self.removed) - set(other.added)
        gone, new = set(other.removed) - set(self.added), set(other.added) - set(self.removed)
        return Difference(sorted(added | new), sorted(removed | gone))


class Engine:
    """Holds a closed graph.

    With ``everything`` the closure has the trivial entailments too (members of owl:Thing, reflexive axioms). Raises
    LimitError when ``limits`` are reached; the engine is then of no further use.

    >>> engine = Engine()
    >>> engine.load(
    ...     b"<http://e/p> <http://www.w3.org/2000/01/rdf-schema#domain> <http://e/C> .\\n"
    ...     b"<http://e/a> <http://e/p> <http://e/b> .\\n"
    ... )
    >>> print(engine.inferred().decode(), end="")
    <http://e/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/C> .
    """

    def __init__(
        self, *, limits: Limits | None = None, everything: bool = False, dictionary: Dictionary | None = None
    ) -> None:
        self.state = State(limits=limits or Limits(), everything=everything, dictionary=dictionary or Dictionary())
        self._literals = Literals(self.state)

    def load(self, data: bytes, *, quads: bool = False) -> None:
        """Takes the stated triples, as canonical N-Triples (or N-Quads, graphs left out), and closes them."""
        self.close(*self.state.dictionary.encode(data, quads=quads))

    def close(self, subjects: Ids, predicates: Ids, objects: Ids, *, tell: Tell | None = None) -> int:
        """Takes the stated triples as columns of term identifiers, and derives all that follows.

        With ``tell`` the inferred triples are told meanwhile; gives how many. Unsteady says that what was told does not
        count, and that the engine is of no further use.
        """
        teller = Teller(self.state, tell) if tell else None
        self._close(_grouped((subjects, predicates, objects)), teller)
        return teller.told if teller else 0

    def _close(self, groups: dict[Name, Ids], teller: Teller | None = None) -> None:
        state = self.state
        state.start()
        delta = self._state_facts(groups)
        schema = state.program.extend(fixed_rules())
        axioms = [rule for rule in schema if not rule.body]
        evaluation = Evaluation(state, teller)
        for rule in axioms:
            evaluation.run_fully(rule)
        links = self._literals.take_in()
        if len(links):
            evaluation.collect(LINKS, links)
        evaluation.run(delta, compile_first=True)

    def add(self, data: bytes, *, quads: bool = False) -> Difference:
        """Takes further stated triples and closes the graph again; gives what that changed among the inferred ones."""
        state = self.state
        state.start()
        known = len(state.dictionary)
        groups = _grouped(state.dictionary.encode(data, quads=quads))
        before = self._all() if state.merges_things() else None
        state.journal = Journal(state.facts)
        fresh = np.flatnonzero(state.literals()[known:]) + known
        add(state, groups, self._literals.take_in(), fresh)
        journal, state.journal = state.journal, None
        if before is None and state.merges_things():
            before = self._without(groups)._all()
        return self._difference(journal) if before is None else self._between(before, self._all())

    def remove(self, data: bytes, *, quads: bool = False) -> Difference:
        """Takes back stated triples (others are ignored) and what followed from them only."""
        state = self.state
        state.start()
        groups = _grouped(state.dictionary.encode(data, quads=quads))
        if must_rebuild(state, groups):
            before, rebuilt = self._all(), self._without(groups)
            self.state, self._literals = rebuilt.state, rebuilt._literals
            return self._between(before, self._all())
        state.journal = Journal(state.facts)
        retract(state, groups)
        journal, state.journal = state.journal, None
        return self._difference(journal)

    def compared(self, data: bytes) -> Difference:
        """What has to be added to, and removed from, inferred triples of before, given as N-Triples."""
        subjects, predicates, objects = self.state.dictionary.encode(data)
        order = predicates.argsort(kind="stable")
        cuts = np.flatnonzero(np.diff(predicates[order])) + 1
        rows = np.split(order, cuts) if len(order) else []
        return self._between(
            keyed((int(predicates[part[0]]), subjects[part], objects[part]) for part in rows), self._all()
        )

    def _all(self) -> Keyed:
        return keyed(exported(self.state, False, True))

    def _between(self, before: Keyed, after: Keyed) -> Difference:
        return self._told(beyond(after, before), beyond(before, after))

    def _difference(self, journal: Journal) -> Difference:
        return self._told(*difference(self.state, journal))

    def _told(self, gained: Iterable[Columns], lost: Iterable[Columns]) -> Difference:
        dictionary = self.state.dictionary
        return Difference(
            sorted(line for found in gained for line in lines(dictionary, *found)),
            sorted(line for found in lost for line in lines(dictionary, *found)),
        )

    def _without(self, groups: dict[Name, Ids]) -> Engine:
        """A new engine, of the same dictionary, for what was stated but for these facts."""
        engine = Engine(limits=self.state.limits, everything=self.state.everything, dictionary=self.state.dictionary)
        parts: dict[Name, list[Ids]] = {}
        for name, keys in stated_facts(self.state):
            parts.setdefault(name, []).append(keys)
        found = {name: without(distinct(np.concatenate(keys)), groups.get(name, EMPTY)) for name, keys in parts.items()}
        engine._close({name: keys for name, keys in found.items() if len(keys)})
        recheck(engine.state)  # literals that only the removed facts had
        return engine

    def _state_facts(self, groups: dict[Name, Ids]) -> dict[Name, Ids]:
        """Puts stated facts in; gives those of them that are new."""
        for name, keys in groups.items():
            self.state.facts.add(name, keys, 2 * self.state.round + 1)
        return dict(groups)

    def inferred(self, *, trivial: bool = False, expand: bool = False) -> bytes:
        """The inferred triples as N-Triples, in no particular order.

        ``trivial`` adds members of owl:Thing, reflexive axioms and what the tables state without premises; ``expand``
        says all of every member of a sameAs cluster, not of its representative only.
        """
        return b" .\n".join([*self.statements(trivial=trivial, expand=expand), b""])

    def statements(self, *, trivial: bool = False, expand: bool = False) -> Iterator[bytes]:
        """The inferred triples as ``s p o`` texts."""
        found = exported(self.state, trivial, expand)
        return chain.from_iterable(lines(self.state.dictionary, *columns) for columns in found)

    def prove(self, subject: str, predicate: str, obj: str) -> Proof:
        """A proof of a triple of terms, down to stated ones; NotFoundError says that it is not derivable."""
        return Prover(self.state).prove(subject, predicate, obj)

    def derivations(self, subject: str, predicate: str, obj: str) -> list[Derivation]:
        """All ways in which a triple follows in one step."""
        return Prover(self.state).derivations(subject, predicate, obj)

    def refute(self, found: Contradiction) -> Proof:
        """The proof of a contradiction."""
        return Prover(self.state).contradiction(found)

    @property
    def asserted(self) -> int:
        """How many different triples were stated."""
        return sum(
            run.stated()
            for facts in (self.state.facts, self.state.history)
            for relation in facts.relations.values()
            for run in relation.runs
        )

    @property
    def problems(self) -> list[Problem]:
        """Axioms that no rule was made of, and why."""
        return self.state.problems

    @property
    def contradictions(self) -> list[Contradiction]:
        """Every way in which the graph contradicts itself (at most a thousand of one rule)."""
        return list(self.state.contradictions)

    def show_rules(self) -> list[str]:
        """The compiled rules as text, one a line: W3C name, body, head."""
        text: Callable[[int], str] = self.state.dictionary.text
        return [shown(rule, text) for rule in self.state.program.rules]


def _grouped(columns: tuple[Ids, Ids, Ids]) -> dict[Name, Ids]:
    subjects, predicates, objects = columns
    return grouped(predicates, subjects, objects)
