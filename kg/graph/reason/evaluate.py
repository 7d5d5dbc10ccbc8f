"""Semi-naive evaluation in rounds: each round runs the rules whose relations changed, on what is new in them only."""

from __future__ import annotations

import numpy as np

from kg.graph.reason.compile import compiled, is_schema, simplest
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.equality import absorb, rewritten
from kg.graph.reason.facts import ALL_TYPES, Name, by_class
from kg.graph.reason.joins import derive, derive_star, others, solve, table_of
from kg.graph.reason.literals import datatype_facts, ill_typed
from kg.graph.reason.relations import EMPTY, Relation, distinct, flipped, pairs
from kg.graph.reason.rules import Rule
from kg.graph.reason.state import Contradiction, State
from kg.graph.reason.telling import Teller
from kg.graph.reason.vocabulary import SAME_AS

Delta = dict[Name, Ids]
LINKS: Name = (SAME_AS, -1)
_MOST_KEPT = 1000
"""Contradictions kept of one rule; one is enough to know, a thousand enough to look for the cause."""


class Evaluation:
    """One run from what is new to the fixed point; ``teller`` is told what it finds."""

    def __init__(self, state: State, teller: Teller | None = None) -> None:
        self._state = state
        self._teller = teller
        self._found: dict[Name, list[Ids]] = {}
        self._copied: dict[Name, list[Ids]] = {}

    def run(self, delta: Delta, *, compile_first: bool, collected: bool = False) -> None:
        """Derives all that follows.

        ``delta`` are facts already in; ``compile_first`` says that axioms are among them, ``collected`` that there is
        something collected to take in first.
        """
        state, teller = self._state, self._teller
        dirty, fresh = compile_first, list[Rule]()
        moved = delta
        gone = absorb(state, delta.get(LINKS, EMPTY))
        if teller and not self._found.get(LINKS):
            teller.begin()
            delta, moved = self._by_stated_axioms(delta)
            teller.ended(merging=LINKS in delta)
            fresh = [rule for rule in self._recompile() if not rule.body]
        while delta or fresh or dirty or len(gone) or collected:
            collected = False
            state.round += 1
            state.check()
            for rule in fresh:
                self.run_fully(rule)
            self._run_changed(delta, moved)
            for name, keys in rewritten(state, gone):
                self.collect(name, keys)
            delta, moved = self._take_in()
            gone = absorb(state, delta.get(LINKS, EMPTY))
            changed = any(map(is_schema, delta))
            dirty = dirty or changed
            if teller:
                teller.ended(merging=len(gone) > 0)
            fresh = []
            if dirty and not changed and not len(gone):
                if teller:
                    teller.begin()
                fresh, dirty = self._recompile(), False

    def _by_stated_axioms(self, delta: Delta) -> tuple[Delta, Delta]:
        """A round of the simplest rules before the schema is closed, so that there is something to tell meanwhile."""
        state = self._state
        state.round += 1
        for rule in simplest(state.facts, state.dictionary.text):
            self.run_fully(rule)
        new, moved = self._take_in()
        return _both(delta, new), _both(delta, moved)

    def _recompile(self) -> list[Rule]:
        state = self._state
        state.forget()
        rules, state.program.problems = compiled(state.facts, state.dictionary.text, state.everything)
        fresh = state.program.extend(rules)
        for name, keys in datatype_facts(state, fresh):
            self.collect(name, keys)
        return fresh

    def _run_changed(self, delta: Delta, moved: Delta) -> None:
        program, state = self._state.program, self._state
        if program.reads_all_types():
            delta, moved = with_all_types(delta), with_all_types(moved)
        for name, keys in moved.items():
            for target in program.copies.get(name, ()):
                self._copied.setdefault(target, []).append(keys)
        whole = {name for name, keys in delta.items() if len(keys) == len(state.facts.relation(name))}
        for name, keys in delta.items():
            for rule, position in program.triggers.get(name, ()):
                if not (position and any(atom.relation in whole for atom in rule.body[:position])):
                    self._run(rule, position, keys)
            ill_typed(state, name, keys)

    def run_fully(self, rule: Rule) -> None:
        if not rule.body:
            if rule.head is None:
                self._contradict(rule, 0, EMPTY)
            else:
                key = np.array([rule.head.subject], dtype=np.int64)
                self.collect(rule.head.relation, key if rule.head.unary else pairs(key, np.array([rule.head.object])))
            return
        facts, relations = self._state.facts, list[Relation]()
        for atom in rule.body:
            relation = facts.held(atom.relation)
            if relation is None:
                return
            relations.append(relation)
        if rule.copies and rule.head is not None:
            self.collect(rule.head.relation, relations[0].keys())
            return
        least = min(range(len(relations)), key=lambda i: len(relations[i])) if len(relations) > 1 else 0
        self._run(rule, least, relations[least].keys())

    def _run(self, rule: Rule, position: int, keys: Ids) -> None:
        state = self._state
        if rule.head is None:
            self._contradict(rule, position, keys)
        elif rule.star:
            self.collect(rule.head.relation, derive_star(rule, position, keys, state.facts))
        else:
            state.check()
            self.collect(rule.head.relation, derive(rule, position, keys, state.facts, state.check))

    def collect(self, name: Name, keys: Ids) -> None:
        if len(keys):
            self._found.setdefault(name, []).append(keys)

    def _contradict(self, rule: Rule, position: int, keys: Ids) -> None:
        if not rule.body:
            self._state.contradictions[Contradiction(rule, ())] = None
            return
        rest = others(rule, position, self._state.facts)
        if not rest and len(rule.body) > 1:
            return
        table = solve(table_of(rule.body[position], keys), rest, self._state.facts)
        if not table.size:
            return
        names = list(table.columns)
        rows = zip(*(table.columns[name][:_MOST_KEPT].tolist() for name in names), strict=True) if names else [()]
        for row in rows:
            self._state.contradictions[Contradiction(rule, tuple(zip(names, row, strict=True)))] = None

    def _take_in(self) -> tuple[Delta, Delta]:
        """Adds what the rules found and was not known: all of it, and what did not come by copying only."""
        new: Delta = {}
        moved: Delta = {}
        copied = self._canonical(self._copied)
        for name, parts in self._canonical(self._found).items():
            keys = self._unknown(name, parts)
            if len(keys):
                self._add(name, keys)
                new[name] = moved[name] = keys
        for name, parts in copied.items():
            keys = self._unknown(name, parts)
            if len(keys):
                self._add(name, keys)
                new[name] = distinct(np.concatenate((new[name], keys))) if name in new else keys
        self._found, self._copied = {}, {}
        return new, moved

    def _unknown(self, name: Name, parts: list[Ids]) -> Ids:
        keys = distinct(np.concatenate(parts)) if len(parts) > 1 else distinct(parts[0])
        if name == LINKS:
            keys = keys[(keys >> 32) != (keys & 0xFFFFFFFF)]
        relation = self._state.facts.relations.get(name)
        return keys[~relation.contains(keys)] if relation and relation.runs else keys

    def _add(self, name: Name, keys: Ids) -> None:
        state = self._state
        state.count(len(keys))
        state.facts.add(name, keys, 2 * state.round)
        state.note_new(name, keys)
        if self._teller:
            self._teller.found(name, keys)

    def _canonical(self, found: dict[Name, list[Ids]]) -> dict[Name, list[Ids]]:
        """What was found, by the relations of representatives, with rdf:type pairs sorted into classes."""
        if ALL_TYPES in found:
            for name, keys in by_class(flipped(np.concatenate(found.pop(ALL_TYPES)))).items():
                found.setdefault(name, []).append(keys)
        clusters = self._state.clusters
        if not clusters:
            return found
        result: dict[Name, list[Ids]] = {}
        for name, parts in found.items():
            if name == LINKS:
                result[name] = parts
                continue
            target = (clusters.one(name[0]), clusters.one(name[1]) if name[1] >= 0 else -1)
            for keys in parts:
                mapped = (
                    clusters.of(keys)
                    if name[1] >= 0
                    else pairs(clusters.of(keys >> 32), clusters.of(keys & 0xFFFFFFFF))
                )
                result.setdefault(target, []).append(mapped)
        return result


def _both(one: Delta, other: Delta) -> Delta:
    shared = one.keys() & other.keys()
    return one | other | {name: distinct(np.concatenate((one[name], other[name]))) for name in shared}


def with_all_types(delta: Delta) -> Delta:
    """The new facts with the new class members also as pairs of member and class."""
    parts = [pairs(keys, np.full(len(keys), name[1])) for name, keys in delta.items() if name[0] == ALL_TYPES[0]]
    return {**delta, ALL_TYPES: distinct(np.concatenate(parts))} if parts else delta
