"""Rules read backwards: which facts a fact follows from in one step, alone or for many facts at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from kg.graph.reason.dictionary import Ids
from kg.graph.reason.facts import ALL_TYPES, Facts, Name, located
from kg.graph.reason.joins import Table, solve, table_of
from kg.graph.reason.literals import members
from kg.graph.reason.relations import Mask, Relation, flipped, pairs
from kg.graph.reason.rules import Atom, Rule, Triple
from kg.graph.reason.state import State
from kg.graph.reason.vocabulary import TYPE

_ROW: Final = -999_999
"""The column that remembers which fact a row of bindings is about."""
EVER: Final = 2**30
"""A round after all others."""


class Step(NamedTuple):
    """One application of a rule: the facts that match its body, and the axioms that made it."""

    rule: Rule
    premises: tuple[Triple, ...]
    round: int
    """The latest round of a premise."""


class Support(NamedTuple):
    """A rule as the support of a relation's facts: the latest round of its axioms, and the relations it reads.

    ``copied`` says how the premise of a rule that copies is found, without a join.
    """

    rule: Rule
    latest: int
    reads: tuple[Name, ...]
    copied: bool | None


class Past(Facts):
    """Facts and history together: all that ever held of whatever term stood for it then."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._now = state.facts
        self._then = state.history

    def relation(self, name: Name) -> Relation:
        """The relation of that name with its history."""
        now = self._now.relation(name)
        then = self._then.relations.get(name)
        if not then or not then.runs:
            return now
        both = Relation(now.unary)
        both.runs = [*now.runs, *then.runs]
        return both

    def mark(self, triple: Triple) -> int:
        """The mark of a triple, now or then."""
        return max(self._now.mark(triple), self._then.mark(triple))


def heads(state: State, name: Name) -> list[Rule]:
    """The rules that can add to a relation."""
    found = state.program.heads.get(name, [])
    if name[0] == TYPE:
        return [*found, *state.program.heads.get(ALL_TYPES, [])]
    return found


def steps(state: State, triple: Triple, before: int, most: int = 50) -> Iterator[Step]:
    """The ways in which a fact follows from facts of rounds earlier than ``before``; at most ``most`` for each rule."""
    past = Past(state)
    for rule in heads(state, located(triple)[0]):
        yield from _steps_of(state, past, rule, triple, before, most)


def _steps_of(state: State, past: Past, rule: Rule, triple: Triple, before: int, most: int) -> Iterator[Step]:
    latest = axioms_round(past, rule)
    if latest >= before:
        return
    binding = _unified(rule, triple)
    if binding is None:
        return
    if all(term in binding for atom in rule.body for term in atom.variables()):
        found = [atom.bound(binding) for atom in rule.body]
        rounds = [past.mark(premise) >> 1 for premise in found]
        if all(0 <= round_ < before for round_ in rounds):
            yield Step(rule, (*found, *rule.axioms), max([latest, *rounds]))
        return
    table = solve(Table({name: np.array([term]) for name, term in binding.items()}, 1), rule.body, past)
    if not table.size:
        return
    rounds_ = _rounds(table, rule, past)
    order = np.argsort(rounds_, kind="stable")
    for row in order[: most if before == EVER else 1].tolist():
        if rounds_[row] < before:
            bound = {name: int(column[row]) for name, column in table.columns.items()}
            premises = (*(atom.bound(bound) for atom in rule.body), *rule.axioms)
            yield Step(rule, premises, max(latest, int(rounds_[row])))


def axioms_round(facts: Facts, rule: Rule) -> int:
    """The latest round of a rule's axioms; ``EVER`` if one of them no longer holds."""
    latest = 0
    for axiom in rule.axioms:
        mark = facts.mark(axiom)
        if mark < 0:
            return EVER
        latest = max(latest, mark >> 1)
    return latest


def _unified(rule: Rule, triple: Triple) -> dict[int, int] | None:
    """What the head's variables must stand for, or None if the head is another triple."""
    assert rule.head is not None
    binding: dict[int, int] = {}
    for term, value in ((rule.head.subject, triple[0]), (rule.head.object, triple[2])):
        if term >= 0:
            if term != value:
                return None
        elif binding.setdefault(term, value) != value:
            return None
    return binding


def _rounds(table: Table, rule: Rule, facts: Facts) -> Ids:
    """The latest round of the body's facts in each row."""
    latest = np.zeros(table.size, dtype=np.int64)
    for atom in rule.body:
        marks = facts.relation(atom.relation).marks_of(_keys(table, atom))
        np.maximum(latest, np.where(marks < 0, 2 * EVER, marks) >> 1, out=latest)
    return latest


def _keys(table: Table, atom: Atom) -> Ids:
    subjects = table.column(atom.subject)
    return subjects if atom.unary else pairs(subjects, table.column(atom.object))


def supported(state: State, name: Name, keys: Ids, rounds: Ids) -> Mask:
    """Which facts of a relation follow from facts of rounds before their own ``rounds``."""
    found = np.zeros(len(keys), dtype=np.bool_)
    if name[0] == TYPE and name[1] in state.datatypes_read:
        found |= np.isin(keys, members(state, name[1], keys[state.literals()[keys]]))
    held = state.facts.relations
    for support in _supports(state, name):
        if not all(held.get(read) or read == ALL_TYPES for read in support.reads):
            continue
        if support.copied is None:
            left = np.flatnonzero(~found)
            found[left] = _supported_by(state, support.rule, keys[left], rounds[left], support.latest, name)
        else:
            marks = held[support.reads[0]].marks_of(flipped(keys) if support.copied else keys)
            found |= (marks >= 0) & (np.maximum(marks >> 1, support.latest) < rounds)
        if found.all():
            break
    return found


def _supports(state: State, name: Name) -> list[Support]:
    """The rules that can add to a relation, as long as their axioms hold; remembered until the schema changes."""
    known = state.supports.get(name)
    if known is None:
        known = state.supports[name] = []
        for rule in heads(state, name):
            latest = axioms_round(state.facts, rule)
            if latest < EVER:
                known.append(Support(rule, latest, tuple(atom.relation for atom in rule.body), _copied(rule)))
        known.sort(key=lambda support: (support.copied is None, len(support.reads)))
    return known


def _supported_by(state: State, rule: Rule, keys: Ids, rounds: Ids, latest: int, name: Name) -> Mask:
    assert rule.head is not None
    head = rule.head
    if head.relation == ALL_TYPES:
        keys = pairs(keys, np.full(len(keys), name[1], dtype=np.int64))
    supported_ = np.zeros(len(keys), dtype=np.bool_)
    table = table_of(head, keys)
    table.columns[_ROW] = np.arange(len(keys)) if table.size == len(keys) else np.flatnonzero(_matches(head, keys))
    table = solve(table, rule.body, state.facts)
    if table.size:
        rows = table.columns[_ROW]
        good = np.maximum(_rounds(table, rule, state.facts), latest) < rounds[rows]
        supported_[rows[good]] = True
    return supported_


def _copied(rule: Rule) -> bool | None:
    """Whether the one premise of a fact is its converse (True) or has the same key (False); None for other rules."""
    head = rule.head
    if head is None or len(rule.body) != 1:
        return None
    (body,) = rule.body
    if body.unary != head.unary or (head.predicate == TYPE and not head.unary) or body.relation == ALL_TYPES:
        return None
    if body.unary:
        return False if body.subject == head.subject < 0 else None
    ends = (head.subject, head.object)
    if head.subject == head.object or max(ends) >= 0:
        return None
    if (body.subject, body.object) == ends:
        return False
    return True if (body.object, body.subject) == ends else None


def _matches(head: Atom, keys: Ids) -> Mask:
    if head.unary:
        same: Mask = keys == head.subject
        return same
    subjects, objects = keys >> 32, keys & 0xFFFFFFFF
    keep = np.ones(len(keys), dtype=np.bool_)
    if head.subject >= 0:
        keep &= subjects == head.subject
    if head.object >= 0:
        keep &= objects == head.object
    elif head.subject == head.object:
        keep &= subjects == objects
    return keep
