"""Joins of rule bodies over sorted relations: a table of bindings is filtered or extended, an atom at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.graph.reason.dictionary import Ids
from kg.graph.reason.facts import Facts, Name
from kg.graph.reason.relations import EMPTY, LOW, SHIFT, Mask, Reach, Relation, distinct, flipped, pairs
from kg.graph.reason.rules import Atom, Rule

CHUNK: Final = 8_000_000
"""A table that would become longer than this is worked off in halves."""


@dataclass(slots=True)
class Table:
    """Bindings: a column for each variable, all of ``size`` rows."""

    columns: dict[int, Ids]
    size: int

    def take(self, rows: Ids | Mask, size: int) -> Table:
        """The table with only these rows (or with rows repeated)."""
        return Table({name: column[rows] for name, column in self.columns.items()}, size)

    def halves(self) -> tuple[Table, Table]:
        """The first half of the rows, and the rest."""
        middle = self.size // 2
        one, two = (
            {name: column[part] for name, column in self.columns.items()}
            for part in (slice(middle), slice(middle, None))
        )
        return Table(one, middle), Table(two, self.size - middle)

    def column(self, term: int) -> Ids:
        """The values of a variable, or a constant in every row."""
        return self.columns[term] if term < 0 else np.full(self.size, term, dtype=np.int64)

    def knows(self, term: int) -> bool:
        """Whether a term is a constant or a variable that has a column."""
        return term >= 0 or term in self.columns


def table_of(atom: Atom, keys: Ids) -> Table:
    """The bindings of one atom's variables for facts of its relation."""
    if atom.unary:
        if atom.subject >= 0:
            hits = int(np.count_nonzero(keys == atom.subject))
            return Table({}, hits)
        return Table({atom.subject: keys}, len(keys))
    subjects, objects = keys >> SHIFT, keys & LOW
    keep: Mask | None = None
    if atom.subject >= 0:
        keep = subjects == atom.subject
    if atom.object >= 0:
        right = objects == atom.object
        keep = right if keep is None else keep & right
    elif atom.object == atom.subject:
        keep = subjects == objects
    if keep is not None:
        subjects, objects = subjects[keep], objects[keep]
    columns = {}
    if atom.object < 0:
        columns[atom.object] = objects
    if atom.subject < 0:
        columns[atom.subject] = subjects
    return Table(columns, len(subjects))


def solve(table: Table, atoms: Sequence[Atom], facts: Facts) -> Table:
    """The table joined with all the atoms, those with the fewest matches first."""
    left = list(atoms)
    while left and table.size:
        atom = _next(table, left, facts)
        left.remove(atom)
        table = _joined(table, atom, facts.relation(atom.relation))
    return table if table.size or not left else Table({}, 0)


def _next(table: Table, atoms: list[Atom], facts: Facts) -> Atom:
    """The atom to join next: a filter, else the smaller of those that share a variable, else the smallest."""
    if len(atoms) == 1:
        return atoms[0]
    known = [atom for atom in atoms if table.knows(atom.subject) and table.knows(atom.object)]
    if known:
        return known[0]
    half = [atom for atom in atoms if table.knows(atom.subject) or (not atom.unary and table.knows(atom.object))]
    if len(half) == 1:
        return half[0]
    return (
        min(half, key=lambda atom: _cost(table, atom, facts))
        if half
        else min(atoms, key=lambda atom: len(facts.relation(atom.relation)))
    )


def _cost(table: Table, atom: Atom, facts: Facts) -> int:
    return _reach(table, atom, facts.relation(atom.relation)).size


def _reach(table: Table, atom: Atom, relation: Relation) -> Reach:
    """What an atom, one of whose terms is known, has for each row."""
    by_object = not table.knows(atom.subject)
    return Reach(relation, table.column(atom.object if by_object else atom.subject), by_object)


def _joined(table: Table, atom: Atom, relation: Relation) -> Table:
    subject, object_ = table.knows(atom.subject), table.knows(atom.object)
    if not relation.runs:
        return Table({}, 0)
    if subject and (object_ or atom.unary):
        keys = table.column(atom.subject)
        keep = relation.contains(keys if atom.unary else pairs(keys, table.column(atom.object)))
        hits = int(np.count_nonzero(keep))
        return table if hits == table.size else table.take(keep, hits)
    if subject or (object_ and not atom.unary):
        return _extended(table, atom, _reach(table, atom, relation))
    return _product(table, table_of(atom, relation.keys()))


def _extended(table: Table, atom: Atom, reach: Reach) -> Table:
    """The table with a column more, for the term of an atom that was not known."""
    rows, found = reach.matches()
    joined = table.take(rows, len(rows))
    joined.columns[atom.object if table.knows(atom.subject) else atom.subject] = found
    return joined


def _product(one: Table, two: Table) -> Table:
    rows = np.repeat(np.arange(one.size), two.size)
    joined = one.take(rows, len(rows))
    for name, column in two.columns.items():
        joined.columns[name] = np.tile(column, one.size)
    return joined


def derive(rule: Rule, position: int, keys: Ids, facts: Facts, check: Callable[[int], None]) -> Ids:
    """The keys of ``rule``'s head for new facts ``keys`` of the atom at ``position``; sorted or not, may repeat.

    ``check`` is told how many rows a step is about to make and may raise LimitError.
    """
    body = rule.body
    if len(body) == 1:
        return _turned(rule, body[0], keys)
    rest = others(rule, position, facts)
    return distinct(_halved(rule, table_of(body[position], keys), rest, facts, check)) if rest else EMPTY


def _turned(rule: Rule, atom: Atom, keys: Ids) -> Ids:
    """The head's keys for a body of one atom; what most rules do, to take one column or both, needs no table."""
    head, (_, subject, object_) = rule.head, atom
    if head is not None and subject < 0 and object_ < 0 and subject != object_:
        if head.unary and head.subject in (subject, object_):
            return keys >> SHIFT if head.subject == subject else keys & LOW
        if (head.subject, head.object) == (object_, subject):
            return flipped(keys)
    return head_keys(rule, table_of(atom, keys))


def others(rule: Rule, position: int, facts: Facts) -> list[Atom]:
    """The other atoms of a body; none where one of them has no facts, so that the body has no matches."""
    rest = [*rule.body[:position], *rule.body[position + 1 :]]
    return rest if all(facts.has(atom.relation) for atom in rest) else []


def _halved(rule: Rule, table: Table, atoms: list[Atom], facts: Facts, check: Callable[[int], None]) -> Ids:
    """Joins one atom after the other, in halves where the result would be too long."""
    if not atoms or not table.size:
        return head_keys(rule, table) if table.size else EMPTY
    atom = _next(table, atoms, facts)
    rest = [other for other in atoms if other is not atom]
    subject, object_ = table.knows(atom.subject), table.knows(atom.object)
    if subject != object_ and not atom.unary:
        reach = _reach(table, atom, facts.relation(atom.relation))
        check(reach.size)
        if reach.size > CHUNK and table.size > 1:
            halves = (_halved(rule, half, atoms, facts, check) for half in table.halves())
            return np.concatenate([distinct(keys) for keys in halves])
        return _halved(rule, _extended(table, atom, reach), rest, facts, check)
    return _halved(rule, _joined(table, atom, facts.relation(atom.relation)), rest, facts, check)


def derive_star(rule: Rule, position: int, keys: Ids, facts: Facts) -> Ids:
    """For a rule of two atoms with one shared variable: matches of a new fact's group linked to the least of them."""
    atom, other = rule.body[position], rule.body[1 - position]
    shared = next(term for term in atom.variables() if term in other.variables())
    by_object = other.object == shared
    groups = distinct(table_of(atom, keys).columns[shared])
    rows, partners = facts.relation(other.relation).matches(groups, by_object)
    if len(rows) == 0:
        return EMPTY
    least = np.full(len(groups), LOW, dtype=np.int64)
    np.minimum.at(least, rows, partners)
    ends = (atom, other) if position == 0 else (other, atom)
    names = [end.subject if by_object else end.object for end in ends]
    return head_keys(rule, Table({shared: groups[rows], names[0]: partners, names[1]: least[rows]}, len(rows)))


def head_keys(rule: Rule, table: Table) -> Ids:
    """The keys that the head has under each row."""
    head = rule.head
    assert head is not None
    if rule.distinct:
        keep = table.columns[rule.distinct[0]] != table.columns[rule.distinct[1]]
        table = table.take(keep, int(np.count_nonzero(keep)))
    if head.unary:
        return table.column(head.subject)
    return pairs(table.column(head.subject), table.column(head.object))


def head_name(rule: Rule) -> Name:
    """The relation a rule adds to."""
    assert rule.head is not None
    return rule.head.relation
