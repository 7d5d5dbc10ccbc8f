"""What leaves the engine: derived triples that are RDF, were not stated, and say something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from kg.graph.reason import vocabulary as v
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.equality import LINKS
from kg.graph.reason.facts import Name
from kg.graph.reason.journal import Journal
from kg.graph.reason.relations import EMPTY, LOW, SHIFT, Mask, Relation, distinct, pairs, without
from kg.graph.reason.state import State

Columns = tuple[int, Ids, Ids]
Keyed = dict[int, Ids]
_REFLEXIVE = frozenset({v.SUB_CLASS, v.SUB_PROPERTY, v.EQUIVALENT_CLASS, v.EQUIVALENT_PROPERTY})
_SIGNATURE = frozenset({v.DOMAIN, v.RANGE})


def exported(state: State, trivial: bool, expand: bool) -> Iterator[Columns]:
    """Predicate, subjects and objects of the inferred triples, a relation at a time."""
    for name, relation in state.facts.relations.items():
        if name != LINKS and relation.runs:
            yield from _relation(state, name, relation, trivial, expand)
    keys = _same_as(state, expand)
    if len(keys):
        yield v.SAME_AS, keys >> SHIFT, keys & LOW
    if trivial:  # eq-ref
        terms = np.flatnonzero(~state.literals())
        terms = terms[terms >= v.USER]
        yield v.SAME_AS, terms, terms


def _relation(state: State, name: Name, relation: Relation, trivial: bool, expand: bool) -> Iterator[Columns]:
    if not expand or not (state.merges_things() or (trivial and state.clusters)):
        keys = relation.derived()
        if name in state.shadows:
            keys = keys[~np.isin(keys, state.shadows[name])]
        if len(keys):
            yield from _shown(state, name[0], *columns(name, keys), trivial)
        return
    predicates = state.clusters.cluster(name[0])
    subjects, objects = _expanded(state, *columns(name, relation.marked()[0]))
    for predicate in predicates.tolist():
        keep = ~stated(state, predicate, subjects, objects)
        yield from _shown(state, predicate, subjects[keep], objects[keep], trivial)


def difference(state: State, journal: Journal) -> tuple[list[Columns], list[Columns]]:
    """The inferred triples that a change brought, and those that it took away, where no things are merged."""
    gained, lost = journal.difference()
    return list(changed(state, gained)), list(changed(state, lost))


def changed(state: State, facts: dict[Name, Ids]) -> Iterator[Columns]:
    """Which inferred triples facts stand for that came or went, where no things are merged."""
    for name, keys in facts.items():
        if name in state.shadows:
            keys = keys[~np.isin(keys, state.shadows[name])]
        if name != LINKS and len(keys):
            yield from _shown(state, name[0], *columns(name, keys), False)


def keyed(found: Iterable[Columns]) -> Keyed:
    """Triples as sorted pairs by predicate, to be compared with others of the same dictionary."""
    parts: dict[int, list[Ids]] = {}
    for predicate, subjects, objects in found:
        parts.setdefault(predicate, []).append(pairs(subjects, objects))
    return {predicate: distinct(np.concatenate(keys)) for predicate, keys in parts.items()}


def beyond(one: Keyed, other: Keyed) -> Iterator[Columns]:
    """What the one has and the other has not."""
    for predicate, keys in one.items():
        left = without(keys, other.get(predicate, EMPTY))
        if len(left):
            yield predicate, left >> SHIFT, left & LOW


def columns(name: Name, keys: Ids) -> tuple[Ids, Ids]:
    """Subjects and objects of the facts of a relation."""
    if name[1] >= 0:
        return keys, np.full(len(keys), name[1], dtype=np.int64)
    return keys >> SHIFT, keys & LOW


def _shown(state: State, predicate: int, subjects: Ids, objects: Ids, trivial: bool) -> Iterator[Columns]:
    keep = presentable(state, predicate, subjects, objects, trivial)
    shown = np.count_nonzero(keep)
    if shown == len(keep):
        yield predicate, subjects, objects
    elif shown:
        yield predicate, subjects[keep], objects[keep]


def presentable(state: State, predicate: int, subjects: Ids, objects: Ids, trivial: bool) -> Mask:
    """Which triples may be shown: RDF only (no literal subject, predicates are IRIs), and not trivial unless asked."""
    if state.dictionary.terms[predicate][0] != 60:
        return np.zeros(len(subjects), dtype=np.bool_)
    if trivial:
        return ~state.literals()[subjects]
    expressions = state.expressions()
    keep: Mask = ~(state.unfit()[subjects] | expressions[objects])
    if predicate in _SIGNATURE:
        keep &= objects != v.THING
    if predicate in _REFLEXIVE:
        keep &= (subjects != objects) & (subjects != v.NOTHING) & (objects != v.THING)
    elif predicate == v.TYPE:
        keep &= objects != v.THING
    return keep


def stated_facts(state: State) -> Iterator[tuple[Name, Ids]]:
    """What was stated, by relation, in the terms that were used."""
    for facts in (state.facts, state.history):
        for name, relation in facts.relations.items():
            keys, marks = relation.marked()
            keys = keys[(marks & 1) == 1]
            if len(keys):
                yield name, np.sort(keys)


def stated(state: State, predicate: int, subjects: Ids, objects: Ids) -> Mask:
    """Which triples were stated as they are."""
    found = np.zeros(len(subjects), dtype=np.bool_)
    for facts in (state.facts, state.history):
        for class_ in np.unique(objects).tolist() if predicate == v.TYPE else [-1]:
            relation = facts.relations.get((predicate, class_))
            if relation:
                rows = objects == class_ if class_ >= 0 else slice(None)
                keys = subjects[rows] if class_ >= 0 else pairs(subjects, objects)
                marks = relation.marks_of(keys)
                found[rows] |= (marks >= 0) & ((marks & 1) == 1)
    return found


def _expanded(state: State, subjects: Ids, objects: Ids) -> tuple[Ids, Ids]:
    """The same pairs of all members of the clusters."""
    for _ in range(2):
        parts = [(subjects, objects)]
        for representative, members in state.clusters.members.items():
            rows = np.flatnonzero(subjects == representative)
            others = members[members != representative]
            if len(rows):
                parts.append((np.repeat(others, len(rows)), np.tile(objects[rows], len(others))))
        objects, subjects = (np.concatenate([part[i] for part in parts]) for i in range(2))
    return subjects, objects


def _same_as(state: State, expand: bool) -> Ids:
    """Equalities that were not stated: of the representative to each member, or of each to each."""
    found = []
    literals = state.literals()
    for representative, members in state.clusters.members.items():
        members = members[~literals[members]] if not expand else members
        left = members if expand else np.array([representative], dtype=np.int64)
        both = np.repeat(left, len(members)), np.tile(members, len(left))
        keep = both[0] != both[1]
        if expand:
            keep &= ~(literals[both[0]])
        found.append(pairs(both[0][keep], both[1][keep]))
    if not found:
        return EMPTY
    keys = distinct(np.concatenate(found))
    marks = state.facts.relation(LINKS).marks_of(keys)
    shown: Ids = keys[(marks < 0) | ((marks & 1) == 0)]
    return shown
