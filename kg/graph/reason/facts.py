"""All facts: a relation for each property and each class, reached by the pair that names it."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np

from kg.errors import LimitError
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.relations import LOW, SHIFT, Marks, Relation, distinct, pairs
from kg.graph.reason.rules import Triple
from kg.graph.reason.vocabulary import TYPE

Name: TypeAlias = tuple[int, int]
"""``(property, -1)``, or ``(TYPE, class)`` for the members of a class, or ``(TYPE, -1)`` for all of them as pairs."""

ALL_TYPES = (TYPE, -1)
_BITS: Final = 63


class Facts:
    """Facts by relation; ``rdf:type`` with a variable class is put together from the classes when a rule reads it."""

    def __init__(self) -> None:
        self.relations: dict[Name, Relation] = {}
        self._all_types: Relation | None = None

    def __len__(self) -> int:
        return sum(len(relation) for relation in self.relations.values())

    def relation(self, name: Name) -> Relation:
        """The relation of that name, for reading; an empty one if there is none."""
        if name == ALL_TYPES:
            return self._types()
        found = self.relations.get(name)
        return found if found is not None else Relation(unary=name[0] == TYPE)

    def held(self, name: Name) -> Relation | None:
        """The relation of that name, where there may be facts in it."""
        found = self.relations.get(name)
        if found is not None:
            return found if found.runs else None
        return self._types() if name == ALL_TYPES else None

    def has(self, name: Name) -> bool:
        """Whether there may be facts of that name."""
        found = self.relations.get(name)
        return bool(found.runs) if found is not None else name == ALL_TYPES

    def add(self, name: Name, keys: Ids, marks: Marks | int) -> None:
        """Adds new facts to a relation; keys sorted, distinct, not in, of one mark or each with its own."""
        relation = self.relations.get(name)
        if relation is None:
            relation = self.relations[name] = Relation(unary=name[0] == TYPE)
        relation.add(keys, marks)
        if name[0] == TYPE:
            self._all_types = None

    def remove(self, name: Name, keys: Ids) -> None:
        """Takes facts out of a relation."""
        self.relation(name).remove(keys)
        if name[0] == TYPE:
            self._all_types = None

    def contains(self, triple: Triple) -> bool:
        """Whether a triple of identifiers is a fact."""
        return self.mark(triple) >= 0

    def mark(self, triple: Triple) -> int:
        """The mark of a triple, negative if it is no fact."""
        name, key = located(triple)
        relation = self.relations.get(name)
        return int(relation.marks_of(np.array([key], dtype=np.int64))[0]) if relation else -1

    def classes(self) -> list[int]:
        """All classes that have members."""
        return [name[1] for name, relation in self.relations.items() if name[0] == TYPE and len(relation)]

    def _types(self) -> Relation:
        if self._all_types is None:
            parts, marks = [], []
            for name, relation in self.relations.items():
                if name[0] == TYPE:
                    keys, marked = relation.marked()
                    parts.append(pairs(keys, np.full(len(keys), name[1], dtype=np.int64)))
                    marks.append(marked)
            self._all_types = Relation()
            if parts:
                keys, marked = np.concatenate(parts), np.concatenate(marks)
                order = np.argsort(keys)
                self._all_types.add(keys[order], marked[order])
        return self._all_types


def located(triple: Triple) -> tuple[Name, int]:
    """The relation of a triple, and its key there."""
    subject, predicate, object_ = triple
    if predicate == TYPE:
        return (TYPE, object_), subject
    return (predicate, -1), (subject << 32) | object_


def triple_of(name: Name, key: int) -> Triple:
    """The triple that a key of a relation stands for."""
    if name[0] == TYPE and name[1] >= 0:
        return (key, TYPE, name[1])
    return (key >> 32, name[0], key & 0xFFFFFFFF)


def grouped(predicates: Ids, subjects: Ids, objects: Ids) -> dict[Name, Ids]:
    """Columns of triples as keys of the relations they belong to, sorted and distinct; made by one sort of them all."""
    if len(predicates) == 0:
        return {}
    typed = predicates == TYPE
    first, second = np.where(typed, objects, subjects), np.where(typed, subjects, objects)
    predicates, first, second = _sorted(predicates, first, second)
    begin, end = (int(place) for place in predicates.searchsorted([TYPE, TYPE + 1]))
    keys = pairs(first, second)
    keys[begin:end] = second[begin:end]
    change = np.diff(predicates) != 0
    change[begin : max(end - 1, begin)] |= np.diff(first[begin:end]) != 0
    bounds = [0, *(np.flatnonzero(change) + 1).tolist(), len(keys)]
    starts = bounds[:-1]
    classes = first[starts]
    classes[predicates[starts] != TYPE] = -1
    names = zip(predicates[starts].tolist(), classes.tolist(), strict=True)
    return {name: keys[low:high] for name, (low, high) in zip(names, pairwise(bounds), strict=True)}


def _sorted(predicates: Ids, first: Ids, second: Ids) -> tuple[Ids, Ids, Ids]:
    """Rows in order, each once: packed into one integer each, with predicates counted anew where they are large."""
    bits = max(int(column.max()).bit_length() for column in (first, second))
    names: Ids | None = None
    if int(predicates.max()).bit_length() + 2 * bits > _BITS:
        used = np.zeros(int(predicates.max()) + 1, dtype=np.bool_)
        used[predicates] = True
        names = np.flatnonzero(used)
        predicates = (np.cumsum(used) - 1)[predicates]
        if len(names).bit_length() + 2 * bits > _BITS:
            raise LimitError(f"{1 << bits:,} terms are more than can be reasoned with")
    packed = distinct((predicates << 2 * bits) | (first << bits) | second)
    low = (1 << bits) - 1
    predicates = packed >> 2 * bits
    return predicates if names is None else names[predicates], (packed >> bits) & low, packed & low


def by_class(keys: Ids) -> dict[Name, Ids]:
    """Pairs of class and member as sorted members of each class."""
    keys = distinct(keys)
    classes = keys >> SHIFT
    cuts = np.flatnonzero(np.diff(classes)) + 1
    bounds = [0, *cuts.tolist(), len(keys)] if len(keys) else []
    members = keys & LOW
    return {(TYPE, int(classes[begin])): members[begin:end] for begin, end in pairwise(bounds)}
