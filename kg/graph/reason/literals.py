"""What the engine itself knows of literals: equal ones, ill-typed ones, members of datatypes (dt-*)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from kg.graph.reason.datatypes import Value, inside, value
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.facts import Name
from kg.graph.reason.relations import EMPTY, distinct
from kg.graph.reason.rules import Rule
from kg.graph.reason.state import Contradiction, State
from kg.graph.reason.vocabulary import DATATYPES, LITERAL, TYPE, XSD

SUPPORTED = frozenset({LITERAL, *DATATYPES.values()})
_NAMES = frozenset(f"<{name}>".encode() for name in DATATYPES)


_NUMBERS: Final = (f"^^<{XSD}integer>".encode(), f"^^<{XSD}decimal>".encode())
_CANONICAL: Final = re.compile(
    rb'"(?:(?:0|-?[1-9][0-9]*)"\^\^<[^>]*integer>|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]"\^\^<[^>]*decimal>)'
)
"""Whole numbers, and others with a fraction, each written in the one way that is canonical: no two are equal."""


class Literals:
    """The literals seen so far, by value.

    Plain strings, and numbers written canonically, differ whenever they are written differently. They wait until a
    literal comes that could have the value of one of them.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._by_value: dict[Value, int] = {}
        self._seen = 0
        self._spaces: dict[bytes, str] = {}
        self._waiting: dict[str, list[int] | None] = {"plain": [], "number": []}

    def take_in(self) -> Ids:
        """Looks at literals that are new: reports ill-typed ones, gives links between those of one value (dt-eq)."""
        terms = self._state.dictionary.terms
        mask = self._state.literals()
        links: list[int] = []
        plain, spaces = self._waiting["plain"], self._spaces
        for number in (np.flatnonzero(mask[self._seen :]) + self._seen).tolist():
            if plain is not None and terms[number][-1] == 34:
                plain.append(number)
                continue
            term = terms[number]
            suffix = term[term.rindex(b'"') + 1 :]
            space = spaces.get(suffix)
            if space is None:
                space = spaces[suffix] = _space(suffix)
            if space == "number" and not _CANONICAL.match(term):
                space = ""
            waiting = self._waiting.get(space) if space else None
            if waiting is not None:
                waiting.append(number)
            elif space != _UNKNOWN:
                self._value_of(number, links)
                plain = self._waiting["plain"]
        self._seen = len(mask)
        return np.array(sorted(links), dtype=np.int64)

    def _value_of(self, number: int, links: list[int]) -> None:
        term = self._state.dictionary.terms[number]
        found = value(term.decode())
        if found is None:
            report(self._state, number, _datatype_of(self._state, term))
            return
        waiting = self._waiting.get(found[0])
        if waiting is not None:
            self._waiting[found[0]] = None
            for one in waiting:
                self._value_of(one, links)
        first = self._by_value.setdefault(found, number)
        if first != number:
            links.append((first << 32) | number)


_UNKNOWN: Final = "unknown"


def _space(suffix: bytes) -> str:
    """The value space in which literals with this tag or datatype differ from all others written otherwise.

    Empty if each has to be looked at; of numbers, those not written canonically do.
    """
    if suffix[:1] != b"^":
        return "plain" if suffix.islower() or not suffix else ""
    if suffix in _NUMBERS:
        return "number"
    return "" if suffix[2:] in _NAMES else _UNKNOWN


def _datatype_of(state: State, term: bytes) -> int:
    return state.dictionary.id(term[term.rindex(b"^^") + 2 :]) if term.endswith(b">") else DATATYPES_PLAIN


DATATYPES_PLAIN = DATATYPES["http://www.w3.org/1999/02/22-rdf-syntax-ns#PlainLiteral"]


def report(state: State, literal: int, datatype: int) -> None:
    """Notes that a literal is said to be in a datatype that it is not in (dt-not-type)."""
    premises = ((literal, TYPE, datatype),)
    state.contradictions[Contradiction(Rule("dt-not-type", None, (), premises), ())] = None


def ill_typed(state: State, name: Name, keys: Ids) -> None:
    """Notes literals among (or equal to) new members of a datatype that do not lie in its value space."""
    if name[0] != TYPE or name[1] not in SUPPORTED:
        return
    equal = [state.clusters.members[term] for term in set(keys.tolist()) & state.clusters.members.keys()]
    terms = np.concatenate((keys, *equal)) if equal else keys
    for literal in terms[state.literals()[terms]].tolist():
        if inside(state.dictionary.text(literal), name[1]) is False:
            report(state, literal, name[1])


def equal_to_literals(state: State, representatives: Ids) -> None:
    """Checks terms that became equal to literals against the datatypes that they are said to be in."""
    for datatype in SUPPORTED:
        relation = state.facts.relations.get((TYPE, datatype))
        if relation and relation.runs:
            ill_typed(state, (TYPE, datatype), representatives[relation.contains(representatives)])


def datatype_facts(state: State, rules: Iterable[Rule]) -> Iterator[tuple[Name, Ids]]:
    """The literals of each datatype that one of the rules reads (dt-type2)."""
    wanted = {atom.object for rule in rules for atom in rule.body if atom.unary and atom.object in SUPPORTED}
    state.datatypes_read |= wanted
    for datatype in sorted(wanted):
        keys = members(state, datatype, np.flatnonzero(state.literals()))
        if len(keys):
            yield (TYPE, datatype), keys


def members(state: State, datatype: int, literals: Ids) -> Ids:
    """Those of the literals that lie in a datatype's value space."""
    text = state.dictionary.text
    found = [number for number in literals.tolist() if inside(text(number), datatype)]
    return distinct(state.clusters.of(np.array(found, dtype=np.int64))) if found else EMPTY
