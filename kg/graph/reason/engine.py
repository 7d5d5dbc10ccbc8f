"""The engine: stated triples in, inferred triples out, with the state kept for proofs and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from kg.graph.reason.axioms import Problem
from kg.graph.reason.compile import fixed_rules, shown
from kg.graph.reason.dictionary import Ids, lines
from kg.graph.reason.evaluate import LINKS, Evaluation
from kg.graph.reason.export import exported
from kg.graph.reason.facts import Name, grouped
from kg.graph.reason.literals import Literals
from kg.graph.reason.relations import Marks
from kg.graph.reason.state import Contradiction, Limits, State


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

    def __init__(self, *, limits: Limits | None = None, everything: bool = False) -> None:
        self.state = State(limits=limits or Limits(), everything=everything)
        self._literals = Literals(self.state)

    def load(self, data: bytes, *, quads: bool = False) -> None:
        """Takes the stated triples, as canonical N-Triples (or N-Quads, graphs left out), and closes them."""
        self.close(*self.state.dictionary.encode(data, quads=quads))

    def close(self, subjects: Ids, predicates: Ids, objects: Ids) -> None:
        """Takes the stated triples as columns of term identifiers, and derives all that follows."""
        state = self.state
        state.start()
        delta = self._state_facts(grouped(predicates, subjects, objects))
        schema = state.program.extend(fixed_rules())
        axioms = [rule for rule in schema if not rule.body]
        evaluation = Evaluation(state)
        for rule in axioms:
            evaluation.run_fully(rule)
        links = self._literals.take_in()
        if len(links):
            evaluation.collect(LINKS, links)
        evaluation.run(delta, compile_first=True)

    def _state_facts(self, groups: dict[Name, Ids]) -> dict[Name, Ids]:
        """Puts stated facts in; gives those of them that are new."""
        new: dict[Name, Ids] = {}
        state = self.state
        for name, keys in groups.items():
            marks: Marks = np.full(len(keys), 2 * state.round + 1, dtype=np.int32)
            state.facts.add(name, keys, marks)
            new[name] = keys
        return new

    def inferred(self, *, trivial: bool = False, expand: bool = False) -> bytes:
        """The inferred triples as N-Triples, in no particular order.

        ``trivial`` adds members of owl:Thing, reflexive axioms and what the tables state without premises; ``expand``
        says all of every member of a sameAs cluster, not of its representative only.
        """
        return b"".join(line + b" .\n" for line in self.statements(trivial=trivial, expand=expand))

    def statements(self, *, trivial: bool = False, expand: bool = False) -> Iterator[bytes]:
        """The inferred triples as ``s p o`` texts."""
        for predicate, subjects, objects in exported(self.state, trivial, expand):
            yield from lines(self.state.dictionary, predicate, subjects, objects)

    @property
    def asserted(self) -> int:
        """How many different triples were stated."""
        total = 0
        for facts in (self.state.facts, self.state.history):
            for relation in facts.relations.values():
                marks = relation.marked()[1]
                total += int(np.count_nonzero((marks >= 0) & (marks & 1 == 1)))
        return total

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
        return [shown(rule, text) for rule in self.state.program.rules.values()]
