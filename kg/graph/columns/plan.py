"""In which order the triples of a pattern are joined, and what is of use after each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from kg.graph.columns.columns import Columns, Property
from kg.graph.columns.conditions import Condition
from kg.graph.store.joined import Given, Pattern
from kg.graph.store.values import TooMuch


class Atom(NamedTuple):
    """A triple to match; subject and object are variables, or (below 0) the complement of a term's number."""

    property: Property
    subject: int
    object: int

    def variables(self) -> set[int]:
        """Its variables."""
        return {place for place in (self.subject, self.object) if place >= 0}


class Step(NamedTuple):
    """An atom that extends a table, the conditions that can be decided then, and the variables of use after it."""

    atom: Atom
    conditions: Sequence[Condition]
    keep: frozenset[int]


def atoms_of(columns: Columns, patterns: Sequence[Pattern], given: Given) -> list[Atom] | None:
    """The triples of a pattern; None where one cannot match. Raises TooMuch where the store is to be asked."""
    atoms, possible = list[Atom](), True
    for subject, predicate, obj in patterns:
        found = columns.property(str(given.node(predicate)).encode())
        if found is None:
            raise TooMuch
        places = list[int]()
        for place in (subject, obj):
            number = place if isinstance(place, int) else columns.number(str(given.node(place)).encode())
            possible = possible and number >= 0
            places.append(number if isinstance(place, int) else ~number)
        possible = possible and len(found) > 0
        atoms.append(Atom(found, *places))
    return atoms if possible else None


def steps_of(
    atoms: Sequence[Atom], known: Iterable[int], conditions: Sequence[Condition], wanted: frozenset[int]
) -> list[Step]:
    """What multiplies rows least comes first, where nothing is known what has the fewest matches.

    Raises TooMuch where nothing joins the triples.
    """
    order = _ordered(atoms, set(known))
    steps, bound, waiting = list[Step](), set(known), list(conditions)
    for at, atom in enumerate(order):
        bound |= atom.variables()
        now = [condition for condition in waiting if condition.reads <= bound]
        later = [*(other.variables() for other in order[at + 1 :]), *(condition.reads for condition in waiting)]
        steps.append(Step(atom, now, wanted.union(*later)))
        waiting = [condition for condition in waiting if condition not in now]
    return steps


def _ordered(atoms: Sequence[Atom], known: set[int]) -> list[Atom]:
    left, order = list(atoms), list[Atom]()
    while left:
        costs = [_fan(atom, known) if known or order else _size(atom) for atom in left]
        least = min(costs)
        if least == np.inf:
            raise TooMuch
        order.append(left.pop(costs.index(least)))
        known |= order[-1].variables()
    return order


def _size(atom: Atom) -> float:
    if atom.subject < 0 and atom.object < 0:
        return 0
    if atom.subject < 0:
        return len(atom.property.beside(~atom.subject, by_object=False))
    if atom.object < 0:
        return len(atom.property.beside(~atom.object, by_object=True))
    return len(atom.property)


def _fan(atom: Atom, known: set[int]) -> float:
    """How many rows one row becomes, about; without bound where no place is known."""
    subject, obj = (place < 0 or place in known for place in (atom.subject, atom.object))
    if subject and obj:
        return 0.0
    if subject or obj:
        return atom.property.fan(by_object=not subject)
    return np.inf
