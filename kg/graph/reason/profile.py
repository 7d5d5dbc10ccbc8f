"""Axioms that OWL 2 RL does not have rules for, found so that a user learns what is not reasoned with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.graph.reason import vocabulary as v
from kg.graph.reason.axioms import Axioms, Problem

_OUTSIDE_PREDICATES: Final = frozenset(
    {
        *("minCardinality", "cardinality", "minQualifiedCardinality", "qualifiedCardinality", "hasSelf"),
        *("disjointUnionOf", "onDatatype", "withRestrictions", "onProperties", "datatypeComplementOf"),
    }
)
_OUTSIDE_CLASSES: Final = ("ReflexiveProperty",)


def profile_problems(axioms: Axioms) -> list[Problem]:
    """One problem for each axiom outside the profile, OWL 2 Profiles, section 4.2; deterministic order."""
    return sorted(set(_outside(axioms)), key=str)


def _outside(axioms: Axioms) -> Iterator[Problem]:
    for name, relation in axioms.facts.relations.items():
        local = _owl_name(axioms.text(name[1] if name[0] == v.TYPE else name[0]))
        if name[0] == v.TYPE and local in _OUTSIDE_CLASSES:
            for p in relation.keys().tolist():
                yield Problem(axioms.text(p), f"owl:{local} is outside OWL 2 RL")
        elif local in _OUTSIDE_PREDICATES:
            for key in relation.keys().tolist():
                yield Problem(axioms.text(key >> 32), f"owl:{local} is outside OWL 2 RL")
    yield from _superclasses(axioms)
    yield from _subclasses(axioms)


def _superclasses(axioms: Axioms) -> Iterator[Problem]:
    """Existentials, unions and enumerations may stand below a class, not above it."""
    stated = axioms.stated(v.SUB_CLASS)
    for predicate, name in [
        (v.SOME_VALUES_FROM, "owl:someValuesFrom"),
        (v.UNION_OF, "owl:unionOf"),
        (v.ONE_OF, "owl:oneOf"),
    ]:
        anonymous = {c for c, _ in axioms.pairs(predicate) if axioms.text(c).startswith("_:")}
        for c, d in stated:
            if d in anonymous:
                yield Problem(axioms.text(c), f"{name} as a superclass is outside OWL 2 RL")


def _subclasses(axioms: Axioms) -> Iterator[Problem]:
    """Universals and complements may stand above a class, not below it."""
    stated = axioms.stated(v.SUB_CLASS)
    for predicate, name in [(v.ALL_VALUES_FROM, "owl:allValuesFrom"), (v.COMPLEMENT_OF, "owl:complementOf")]:
        anonymous = {c for c, _ in axioms.pairs(predicate) if axioms.text(c).startswith("_:")}
        for c, d in stated:
            if c in anonymous and d != v.THING:
                yield Problem(axioms.text(d), f"{name} as a subclass is outside OWL 2 RL")


def _owl_name(term: str) -> str:
    prefix = f"<{v.OWL}"
    return term[len(prefix) : -1] if term.startswith(prefix) else ""
