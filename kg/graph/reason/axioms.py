"""The axioms as a compiler reads them: pairs by predicate, instances by class, lists, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.graph.reason import vocabulary as v
from kg.graph.reason.facts import Facts
from kg.graph.reason.rules import Triple


@dataclass(frozen=True, slots=True)
class Problem:
    """An axiom that no rule was made of: the term it is about, and why; the rest of the ontology is used."""

    subject: str
    reason: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Members:
    """A list read from first and rest, and the triples that it was read from."""

    items: tuple[int, ...]
    triples: tuple[Triple, ...]


@dataclass(slots=True)
class Axioms:
    """A read-only look at the schema part of ``facts``; problems are collected on the way."""

    facts: Facts
    text: Callable[[int], str]
    problems: list[Problem] = field(default_factory=list)
    _pairs: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _first: dict[int, list[int]] | None = None
    _rest: dict[int, list[int]] = field(default_factory=dict)

    def pairs(self, predicate: int) -> list[tuple[int, int]]:
        """Subject and object of all statements of a predicate."""
        found = self._pairs.get(predicate)
        if found is None:
            relation = self.facts.relations.get((predicate, -1))
            keys = relation.keys().tolist() if relation else []
            found = self._pairs[predicate] = [(key >> 32, key & 0xFFFFFFFF) for key in keys]
        return found

    def stated(self, predicate: int) -> list[tuple[int, int]]:
        """The same, of what was stated only."""
        keys, marks = self.facts.relation((predicate, -1)).marked()
        return [(key >> 32, key & 0xFFFFFFFF) for key in keys[(marks & 1) == 1].tolist()]

    def instances(self, class_: int) -> list[int]:
        """The members of a class of axioms, such as owl:TransitiveProperty."""
        relation = self.facts.relations.get((v.TYPE, class_))
        return relation.keys().tolist() if relation else []

    def objects(self, subject: int, predicate: int) -> list[int]:
        """What a subject has under a predicate."""
        return [o for s, o in self.pairs(predicate) if s == subject]

    def listed(self, predicate: int) -> Iterator[tuple[int, Triple, Members]]:
        """Subject, axiom and members for each statement whose object is a list; faulty lists are reported."""
        for subject, head in self.pairs(predicate):
            members = self.members(subject, predicate, head)
            if members is not None:
                yield subject, (subject, predicate, head), members

    def members(self, subject: int, predicate: int, head: int) -> Members | None:
        """The list at ``head``, or None and a problem if it is malformed or comes back to itself."""
        if self._first is None:
            self._first = _index(self.pairs(v.FIRST))
            self._rest = _index(self.pairs(v.REST))
        items: list[int] = []
        triples: list[Triple] = []
        node, seen = head, set[int]()
        while node != v.NIL:
            first, rest = self._first.get(node, []), self._rest.get(node, [])
            fault = _fault(node in seen, first, rest)
            if fault:
                self.problem(subject, f"its {self.text(predicate)} is {fault}")
                return None
            seen.add(node)
            items.append(first[0])
            triples += [(node, v.FIRST, first[0]), (node, v.REST, rest[0])]
            node = rest[0]
        return Members(tuple(items), tuple(triples))

    def problem(self, subject: int, reason: str) -> None:
        """Notes that an axiom cannot be used."""
        found = Problem(self.text(subject), reason)
        if found not in self.problems:
            self.problems.append(found)


def _index(pairs: list[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for subject, object_ in pairs:
        found.setdefault(subject, []).append(object_)
    return found


def _fault(again: bool, first: list[int], rest: list[int]) -> str:
    if again:
        return "a list that comes back to itself"
    if len(first) != 1:
        return f"a list with a node that has {len(first)} first values"
    if len(rest) != 1:
        return f"a list with a node that has {len(rest)} rests"
    return ""
