"""The rules of OWL 2 Profiles, table 9 (semantics of schema vocabulary): they read and add axioms only."""

from __future__ import annotations

from typing import Final

from kg.graph.reason import vocabulary as v
from kg.graph.reason.rules import Atom, Rule, X, Y, Z

_C1, _C2, _I, _P1, _P2, _Y1, _Y2 = -11, -12, -13, -14, -15, -16, -17


def _sub(one: int, two: int) -> Atom:
    return Atom(v.SUB_CLASS, one, two)


def _subp(one: int, two: int) -> Atom:
    return Atom(v.SUB_PROPERTY, one, two)


def _restriction(class_: int, kind: int, filler: int, property_: int) -> tuple[Atom, Atom]:
    return Atom(kind, class_, filler), Atom(v.ON_PROPERTY, class_, property_)


def _declared(name: str, kind: int, below: int, same: int) -> list[Rule]:
    body = (Atom(v.TYPE, X, kind),)
    return [Rule(name, Atom(below, X, X), body), Rule(name, Atom(same, X, X), body)]


def _comparisons() -> list[Rule]:
    """scm-hv, scm-svf and scm-avf: restrictions compared by filler and by property."""
    rules = [
        Rule(
            "scm-hv",
            _sub(_C1, _C2),
            (*_restriction(_C1, v.HAS_VALUE, _I, _P1), *_restriction(_C2, v.HAS_VALUE, _I, _P2), _subp(_P1, _P2)),
        )
    ]
    for name, kind, by_property in [
        ("scm-svf", v.SOME_VALUES_FROM, _sub(_C1, _C2)),
        ("scm-avf", v.ALL_VALUES_FROM, _sub(_C2, _C1)),
    ]:
        fillers = (*_restriction(_C1, kind, _Y1, _P1), *_restriction(_C2, kind, _Y2, _P1), _sub(_Y1, _Y2))
        properties = (*_restriction(_C1, kind, _Y1, _P1), *_restriction(_C2, kind, _Y1, _P2), _subp(_P1, _P2))
        rules += [Rule(name + "1", _sub(_C1, _C2), fillers), Rule(name + "2", by_property, properties)]
    return rules


SCHEMA_RULES: Final[tuple[Rule, ...]] = (
    *_declared("scm-cls", v.CLASS, v.SUB_CLASS, v.EQUIVALENT_CLASS),
    Rule("scm-cls", _sub(X, v.THING), (Atom(v.TYPE, X, v.CLASS),)),
    Rule("scm-cls", _sub(v.NOTHING, X), (Atom(v.TYPE, X, v.CLASS),)),
    *_declared("scm-op", v.OBJECT_PROPERTY, v.SUB_PROPERTY, v.EQUIVALENT_PROPERTY),
    *_declared("scm-dp", v.DATATYPE_PROPERTY, v.SUB_PROPERTY, v.EQUIVALENT_PROPERTY),
    Rule("scm-sco", _sub(X, Z), (_sub(X, Y), _sub(Y, Z))),
    Rule("scm-eqc1", _sub(X, Y), (Atom(v.EQUIVALENT_CLASS, X, Y),)),
    Rule("scm-eqc1", _sub(Y, X), (Atom(v.EQUIVALENT_CLASS, X, Y),)),
    Rule("scm-eqc2", Atom(v.EQUIVALENT_CLASS, X, Y), (_sub(X, Y), _sub(Y, X))),
    Rule("scm-spo", _subp(X, Z), (_subp(X, Y), _subp(Y, Z))),
    Rule("scm-eqp1", _subp(X, Y), (Atom(v.EQUIVALENT_PROPERTY, X, Y),)),
    Rule("scm-eqp1", _subp(Y, X), (Atom(v.EQUIVALENT_PROPERTY, X, Y),)),
    Rule("scm-eqp2", Atom(v.EQUIVALENT_PROPERTY, X, Y), (_subp(X, Y), _subp(Y, X))),
    Rule("scm-dom1", Atom(v.DOMAIN, X, Z), (Atom(v.DOMAIN, X, Y), _sub(Y, Z))),
    Rule("scm-dom2", Atom(v.DOMAIN, X, Z), (Atom(v.DOMAIN, Y, Z), _subp(X, Y))),
    Rule("scm-rng1", Atom(v.RANGE, X, Z), (Atom(v.RANGE, X, Y), _sub(Y, Z))),
    Rule("scm-rng2", Atom(v.RANGE, X, Z), (Atom(v.RANGE, Y, Z), _subp(X, Y))),
    *_comparisons(),
)
"""scm-int and scm-uni are not here: they read lists, so each axiom gets rules of its own."""

AXIOMS: Final[dict[str, tuple[tuple[int, int, int], ...]]] = {
    "cls-thing": ((v.THING, v.TYPE, v.CLASS),),
    "cls-nothing1": ((v.NOTHING, v.TYPE, v.CLASS),),
    "prp-ap": tuple((p, v.TYPE, v.ANNOTATION_PROPERTY) for p in v.ANNOTATION_PROPERTIES),
    "dt-type1": tuple((d, v.TYPE, v.DATATYPE) for d in (v.LITERAL, *v.DATATYPES.values())),
}
"""What the tables state without premises."""

AXIOM_RULES: Final[tuple[Rule, ...]] = tuple(
    Rule(name, Atom(predicate, subject, object_), ())
    for name, triples in AXIOMS.items()
    for subject, predicate, object_ in triples
)

__all__ = ["AXIOMS", "AXIOM_RULES", "SCHEMA_RULES"]
