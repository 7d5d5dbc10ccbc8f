"""Adding and retracting stated triples of a closed graph, to exactly what a recomputation would give.

A round makes retraction cheap: a fact whose support was lost stays if it follows from facts of rounds before
its own. Doubtful facts are looked at in the order of their rounds, each once; those that fall are then looked at again
for support of later rounds, and what that gives back is closed forward (DRed that overdeletes little).
"""

from __future__ import annotations

import numpy as np

from kg.graph.reason.backward import EVER, supported
from kg.graph.reason.compile import is_schema
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.equality import canonical, remember
from kg.graph.reason.evaluate import LINKS, Delta, Evaluation, with_all_types
from kg.graph.reason.facts import ALL_TYPES, Name, by_class
from kg.graph.reason.joins import derive, derive_star
from kg.graph.reason.journal import derived
from kg.graph.reason.literals import members
from kg.graph.reason.relations import Marks, distinct, flipped
from kg.graph.reason.state import State
from kg.graph.reason.vocabulary import TYPE


def add(state: State, groups: Delta, links: Ids, fresh_literals: Ids) -> None:
    """Puts in stated facts and closes the graph again."""
    state.round += 1
    evaluation = Evaluation(state)
    delta: Delta = {}
    for name, keys in groups.items():
        target, mapped = canonical(state, name, keys) if name != LINKS else (name, keys)
        moved = np.full(len(keys), target != name) if target != name else mapped != keys
        if moved.any():
            marks: Marks = np.full(int(moved.sum()), 2 * state.round + 1, dtype=np.int32)
            remember(state, name, keys[moved], marks, target, mapped[moved])
            evaluation.collect(target, distinct(mapped[moved]))
        _state(state, name, keys[~moved], delta)
    if len(links):
        evaluation.collect(LINKS, links)
    for datatype in sorted(state.datatypes_read):
        found = members(state, datatype, fresh_literals)
        if len(found):
            evaluation.collect((TYPE, datatype), found)
    evaluation.run(delta, compile_first=any(map(is_schema, delta)), collected=True)


def _state(state: State, name: Name, keys: Ids, delta: Delta) -> None:
    """Marks facts as stated; those that did not hold are new."""
    if len(keys) == 0:
        return
    state.note(name, keys)
    relation = state.facts.relation(name)
    marks = relation.marks_of(keys)
    known = marks >= 0
    relation.set_marks(keys[known], marks[known] | 1)
    fresh = keys[~known]
    if len(fresh):
        state.facts.add(name, fresh, 2 * state.round + 1)
        delta[name] = fresh


def must_rebuild(state: State, groups: Delta) -> bool:
    """Whether a retraction reaches what is compiled or merged, so that only a new start is exact."""
    if state.merges_things():
        return True
    if any(map(is_schema, groups)) or state.program.makes_axioms:
        return True
    if not state.clusters:
        return False
    merged = np.concatenate(list(state.clusters.members.values()))
    for name, keys in groups.items():
        objects = keys & 0xFFFFFFFF if name[1] < 0 else keys
        if np.isin(objects, merged).any():
            return True
    return LINKS in groups


def retract(state: State, groups: Delta) -> None:
    """Takes out stated facts and all that no longer follows; ``must_rebuild`` says when this is not enough."""
    doubtful = _Agenda()
    for name, keys in groups.items():
        relation = state.facts.relation(name)
        marks = relation.marks_of(keys)
        held = (marks >= 0) & (marks & 1 == 1)
        state.note(name, keys[held])
        relation.set_marks(keys[held], marks[held] & ~np.int32(1))
        doubtful.put(name, keys[held], marks[held] >> 1)
    fallen = _fall(state, doubtful)
    _return(state, fallen)
    recheck(state)


class _Agenda:
    """Facts to look at, by round."""

    def __init__(self) -> None:
        self.by_round: dict[int, dict[Name, list[Ids]]] = {}

    def put(self, name: Name, keys: Ids, rounds: Ids | Marks) -> None:
        for round_ in set(rounds.tolist()):
            self.by_round.setdefault(round_, {}).setdefault(name, []).append(keys[rounds == round_])

    def earliest(self) -> tuple[int, Delta]:
        round_ = min(self.by_round)
        groups = self.by_round.pop(round_)
        return round_, {name: distinct(np.concatenate(parts)) for name, parts in groups.items()}


def _fall(state: State, doubtful: _Agenda) -> Delta:
    """Removes doubtful facts without support from earlier rounds, and doubts what was derived from them."""
    fallen: dict[Name, list[Ids]] = {}
    while doubtful.by_round:
        round_, groups = doubtful.earliest()
        falling: Delta = {}
        for name, keys in groups.items():
            marks = state.facts.relation(name).marks_of(keys)
            keys = keys[derived(marks)]
            if len(keys):
                keys = keys[~supported(state, name, keys, np.full(len(keys), round_))]
            if len(keys):
                falling[name] = keys
        for name, keys in _consequences(state, falling):
            relation = state.facts.relations.get(name)
            if relation:
                marks = relation.marks_of(keys)
                later = derived(marks) & (marks >> 1 > round_)
                doubtful.put(name, keys[later], marks[later] >> 1)
        for name, keys in falling.items():
            state.note(name, keys)
            state.facts.remove(name, keys)
            fallen.setdefault(name, []).append(keys)
    return {name: distinct(np.concatenate(parts)) for name, parts in fallen.items()}


def _consequences(state: State, falling: Delta) -> list[tuple[Name, Ids]]:
    """What the rules derive from the falling facts with all others."""
    program, found = state.program, list[tuple[Name, Ids]]()
    if program.reads_all_types():
        falling = with_all_types(falling)
    for name, keys in falling.items():
        found += [(target, keys) for target in program.copies.get(name, ())]
        for rule, position in program.triggers.get(name, ()):
            if rule.head is None:
                continue
            heads = (
                derive_star(rule, position, keys, state.facts)
                if rule.star
                else derive(rule, position, keys, state.facts, state.check)
            )
            if len(heads):
                found.append((rule.head.relation, distinct(heads)))
    spread = [part for name, keys in found if name == ALL_TYPES for part in by_class(flipped(keys)).items()]
    return [(name, keys) for name, keys in found if name != ALL_TYPES] + spread


def _return(state: State, fallen: Delta) -> None:
    """Gives back what still follows, if only from facts of later rounds, and all that follows from it."""
    evaluation = Evaluation(state)
    for name, keys in fallen.items():
        keys = keys[supported(state, name, keys, np.full(len(keys), EVER))]
        if len(keys):
            evaluation.collect(name, keys)
    evaluation.run({}, compile_first=False, collected=True)


def recheck(state: State) -> None:
    """Forgets contradictions whose premises no longer hold."""
    for found in list(state.contradictions):
        premises = [premise for premise in found.premises() if not _of_literal(state, premise)]
        kept = all(state.facts.contains(premise) for premise in premises)
        literals = [premise[0] for premise in found.premises() if _of_literal(state, premise)]
        if not kept or not all(_in_use(state, literal) for literal in literals):
            del state.contradictions[found]


def _of_literal(state: State, premise: tuple[int, int, int]) -> bool:
    return bool(state.literals()[premise[0]])


def _in_use(state: State, literal: int) -> bool:
    ids = np.array([literal])
    return any(
        len(relation.matches(ids, by_object=True)[0])
        for name, relation in state.facts.relations.items()
        if not relation.unary
    )
