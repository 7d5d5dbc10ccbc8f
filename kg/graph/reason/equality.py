"""What an equality does to facts: the terms that are no longer representatives are replaced (eq-rep-*)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from kg.graph.reason.datatypes import different
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.facts import Name
from kg.graph.reason.literals import equal_to_literals
from kg.graph.reason.relations import EMPTY, LOW, SHIFT, Relation, distinct, pairs
from kg.graph.reason.rules import Rule
from kg.graph.reason.state import Contradiction, State
from kg.graph.reason.vocabulary import DIFFERENT_FROM, SAME_AS

LINKS: Name = (SAME_AS, -1)


def absorb(state: State, links: Ids) -> Ids:
    """Merges the clusters of new equalities; gives the terms that another one now stands for."""
    if len(links) == 0:
        return EMPTY
    gone = state.clusters.merge(links)
    merged = distinct(state.clusters.of(gone))
    for term in merged.tolist():
        _unequal_literals(state, term)
    equal_to_literals(state, merged)
    return gone


def _unequal_literals(state: State, representative: int) -> None:
    """Literals of one cluster that differ in value: eq-diff1 by dt-diff."""
    mask = state.literals()
    found = [i for i in state.clusters.members[representative].tolist() if mask[i]]
    for one, two in combinations(found[:50], 2):
        if different(state.dictionary.text(one), state.dictionary.text(two)):
            premises = ((one, SAME_AS, two), (one, DIFFERENT_FROM, two))
            state.contradictions[Contradiction(Rule("eq-diff1", None, (), premises), ())] = None
            return


def rewritten(state: State, gone: Ids) -> Iterator[tuple[Name, Ids]]:
    """Moves every fact about one of ``gone`` to history and gives it as one about the representative."""
    if len(gone) == 0:
        return
    replaced = set(gone.tolist())
    for name, relation in list(state.facts.relations.items()):
        if name == LINKS or not relation.runs:
            continue
        moved = bool(replaced.intersection(name))
        keys = distinct(relation.keys()) if moved else relation.touching(gone)
        if len(keys) == 0:
            continue
        target, mapped = canonical(state, name, keys)
        _retire(state, name, relation, keys, target, mapped)
        yield target, distinct(mapped)


def canonical(state: State, name: Name, keys: Ids) -> tuple[Name, Ids]:
    """The same facts in terms of representatives."""
    clusters = state.clusters
    target = (clusters.one(name[0]), clusters.one(name[1]) if name[1] >= 0 else -1)
    if name[1] >= 0:
        return target, clusters.of(keys)
    return target, pairs(clusters.of(keys >> SHIFT), clusters.of(keys & LOW))


def _retire(state: State, name: Name, relation: Relation, keys: Ids, target: Name, mapped: Ids) -> None:
    marks = relation.marks_of(keys)
    state.note(name, keys)
    state.facts.remove(name, keys)
    remember(state, name, keys, marks, target, mapped)


def remember(
    state: State, name: Name, keys: Ids, marks: np.ndarray[tuple[int], np.dtype[np.int32]], target: Name, mapped: Ids
) -> None:
    """Keeps facts that are no longer about representatives, as premises of those that are."""
    past = state.history.relation(name)
    past_marks = past.marks_of(keys)
    new = past_marks < 0
    past.set_marks(keys[~new], past_marks[~new] | (marks[~new] & 1))
    state.history.add(name, keys[new], marks[new])
    if name[1] >= 0 or name != target:
        return
    literals = state.literals()
    same_subject = (keys >> SHIFT) == (mapped >> SHIFT)
    only_literal = same_subject & literals[keys & LOW] & literals[mapped & LOW] & ((marks & 1) == 1)
    if only_literal.any():
        known = state.shadows.get(target, EMPTY)
        state.shadows[target] = distinct(np.concatenate((known, mapped[only_literal])))
