"""A proof checker that knows the W3C rule table and nothing of the engine: OWL 2 Profiles, section 4.3.

Each rule says whether a conclusion follows from premises, in any order; nodes of lists must be among them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Triple = tuple[str, str, str]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
T = f"<{RDF}type>"


class Node(Protocol):
    """What a proof must look like to be checked."""

    @property
    def triple(self) -> Triple: ...
    @property
    def rule(self) -> str: ...
    @property
    def premises(self) -> tuple[Node, ...]: ...


def o(name: str) -> str:
    return f"<{OWL}{name}>"


def r(name: str) -> str:
    return f"<{RDFS}{name}>"


Pattern = tuple[str, str, str]

TABLE: dict[str, list[tuple[Pattern | None, list[Pattern]]]] = {
    "eq-sym": [(("?y", o("sameAs"), "?x"), [("?x", o("sameAs"), "?y")])],
    "eq-trans": [(("?x", o("sameAs"), "?z"), [("?x", o("sameAs"), "?y"), ("?y", o("sameAs"), "?z")])],
    "eq-rep-s": [(("?s2", "?p", "?o"), [("?s", o("sameAs"), "?s2"), ("?s", "?p", "?o")])],
    "eq-rep-p": [(("?s", "?p2", "?o"), [("?p", o("sameAs"), "?p2"), ("?s", "?p", "?o")])],
    "eq-rep-o": [(("?s", "?p", "?o2"), [("?o", o("sameAs"), "?o2"), ("?s", "?p", "?o")])],
    "prp-dom": [(("?x", T, "?c"), [("?p", r("domain"), "?c"), ("?x", "?p", "?y")])],
    "prp-rng": [(("?y", T, "?c"), [("?p", r("range"), "?c"), ("?x", "?p", "?y")])],
    "prp-fp": [
        (("?y", o("sameAs"), "?z"), [("?p", T, o("FunctionalProperty")), ("?x", "?p", "?y"), ("?x", "?p", "?z")])
    ],
    "prp-ifp": [
        (("?y", o("sameAs"), "?z"), [("?p", T, o("InverseFunctionalProperty")), ("?y", "?p", "?x"), ("?z", "?p", "?x")])
    ],
    "prp-symp": [(("?y", "?p", "?x"), [("?p", T, o("SymmetricProperty")), ("?x", "?p", "?y")])],
    "prp-trp": [(("?x", "?p", "?z"), [("?p", T, o("TransitiveProperty")), ("?x", "?p", "?y"), ("?y", "?p", "?z")])],
    "prp-spo1": [(("?x", "?q", "?y"), [("?p", r("subPropertyOf"), "?q"), ("?x", "?p", "?y")])],
    "prp-eqp1": [(("?x", "?q", "?y"), [("?p", o("equivalentProperty"), "?q"), ("?x", "?p", "?y")])],
    "prp-eqp2": [(("?x", "?p", "?y"), [("?p", o("equivalentProperty"), "?q"), ("?x", "?q", "?y")])],
    "prp-inv1": [(("?y", "?q", "?x"), [("?p", o("inverseOf"), "?q"), ("?x", "?p", "?y")])],
    "prp-inv2": [(("?y", "?p", "?x"), [("?p", o("inverseOf"), "?q"), ("?x", "?q", "?y")])],
    "cls-svf1": [
        (
            ("?u", T, "?x"),
            [("?x", o("someValuesFrom"), "?c"), ("?x", o("onProperty"), "?p"), ("?u", "?p", "?v"), ("?v", T, "?c")],
        )
    ],
    "cls-svf2": [
        (("?u", T, "?x"), [("?x", o("someValuesFrom"), o("Thing")), ("?x", o("onProperty"), "?p"), ("?u", "?p", "?v")])
    ],
    "cls-avf": [
        (
            ("?v", T, "?c"),
            [("?x", o("allValuesFrom"), "?c"), ("?x", o("onProperty"), "?p"), ("?u", T, "?x"), ("?u", "?p", "?v")],
        )
    ],
    "cls-hv1": [(("?u", "?p", "?v"), [("?x", o("hasValue"), "?v"), ("?x", o("onProperty"), "?p"), ("?u", T, "?x")])],
    "cls-hv2": [(("?u", T, "?x"), [("?x", o("hasValue"), "?v"), ("?x", o("onProperty"), "?p"), ("?u", "?p", "?v")])],
    "cax-sco": [(("?x", T, "?d"), [("?c", r("subClassOf"), "?d"), ("?x", T, "?c")])],
    "cax-eqc1": [(("?x", T, "?d"), [("?c", o("equivalentClass"), "?d"), ("?x", T, "?c")])],
    "cax-eqc2": [(("?x", T, "?c"), [("?c", o("equivalentClass"), "?d"), ("?x", T, "?d")])],
    "scm-cls": [
        (("?c", r("subClassOf"), "?c"), [("?c", T, o("Class"))]),
        (("?c", o("equivalentClass"), "?c"), [("?c", T, o("Class"))]),
        (("?c", r("subClassOf"), o("Thing")), [("?c", T, o("Class"))]),
        ((o("Nothing"), r("subClassOf"), "?c"), [("?c", T, o("Class"))]),
    ],
    "scm-op": [
        (("?p", r("subPropertyOf"), "?p"), [("?p", T, o("ObjectProperty"))]),
        (("?p", o("equivalentProperty"), "?p"), [("?p", T, o("ObjectProperty"))]),
    ],
    "scm-sco": [(("?a", r("subClassOf"), "?c"), [("?a", r("subClassOf"), "?b"), ("?b", r("subClassOf"), "?c")])],
    "scm-eqc1": [
        (("?a", r("subClassOf"), "?b"), [("?a", o("equivalentClass"), "?b")]),
        (("?b", r("subClassOf"), "?a"), [("?a", o("equivalentClass"), "?b")]),
    ],
    "scm-eqc2": [(("?a", o("equivalentClass"), "?b"), [("?a", r("subClassOf"), "?b"), ("?b", r("subClassOf"), "?a")])],
    "scm-spo": [
        (("?a", r("subPropertyOf"), "?c"), [("?a", r("subPropertyOf"), "?b"), ("?b", r("subPropertyOf"), "?c")])
    ],
    "scm-eqp1": [
        (("?a", r("subPropertyOf"), "?b"), [("?a", o("equivalentProperty"), "?b")]),
        (("?b", r("subPropertyOf"), "?a"), [("?a", o("equivalentProperty"), "?b")]),
    ],
    "scm-eqp2": [
        (("?a", o("equivalentProperty"), "?b"), [("?a", r("subPropertyOf"), "?b"), ("?b", r("subPropertyOf"), "?a")])
    ],
    "scm-dom1": [(("?p", r("domain"), "?d"), [("?p", r("domain"), "?c"), ("?c", r("subClassOf"), "?d")])],
    "scm-dom2": [(("?q", r("domain"), "?c"), [("?p", r("domain"), "?c"), ("?q", r("subPropertyOf"), "?p")])],
    "scm-rng1": [(("?p", r("range"), "?d"), [("?p", r("range"), "?c"), ("?c", r("subClassOf"), "?d")])],
    "scm-rng2": [(("?q", r("range"), "?c"), [("?p", r("range"), "?c"), ("?q", r("subPropertyOf"), "?p")])],
    "scm-hv": [
        (
            ("?c", r("subClassOf"), "?d"),
            [
                ("?c", o("hasValue"), "?i"),
                ("?c", o("onProperty"), "?p"),
                ("?d", o("hasValue"), "?i"),
                ("?d", o("onProperty"), "?q"),
                ("?p", r("subPropertyOf"), "?q"),
            ],
        )
    ],
    "cax-dw": [(None, [("?c", o("disjointWith"), "?d"), ("?x", T, "?c"), ("?x", T, "?d")])],
    "cls-com": [(None, [("?c", o("complementOf"), "?d"), ("?x", T, "?c"), ("?x", T, "?d")])],
    "cls-nothing2": [(None, [("?x", T, o("Nothing"))])],
    "prp-irp": [(None, [("?p", T, o("IrreflexiveProperty")), ("?x", "?p", "?x")])],
    "prp-asyp": [(None, [("?p", T, o("AsymmetricProperty")), ("?x", "?p", "?y"), ("?y", "?p", "?x")])],
    "prp-pdw": [(None, [("?p", o("propertyDisjointWith"), "?q"), ("?x", "?p", "?y"), ("?x", "?q", "?y")])],
    "eq-diff1": [(None, [("?x", o("sameAs"), "?y"), ("?x", o("differentFrom"), "?y")])],
}
"""Conclusion and premises of the rules that read no list; None is ``false``."""
for _kind in ("svf", "avf"):
    _predicate = o("someValuesFrom" if _kind == "svf" else "allValuesFrom")
    _one = [("?c", _predicate, "?x"), ("?c", o("onProperty"), "?p")]
    TABLE[f"scm-{_kind}1"] = [
        (
            ("?c", r("subClassOf"), "?d"),
            [*_one, ("?d", _predicate, "?y"), ("?d", o("onProperty"), "?p"), ("?x", r("subClassOf"), "?y")],
        )
    ]
    TABLE[f"scm-{_kind}2"] = [
        (
            ("?c", r("subClassOf"), "?d") if _kind == "svf" else ("?d", r("subClassOf"), "?c"),
            [*_one, ("?d", _predicate, "?x"), ("?d", o("onProperty"), "?q"), ("?p", r("subPropertyOf"), "?q")],
        )
    ]
AXIOMATIC = {"cls-thing", "cls-nothing1", "prp-ap", "dt-type1", "dt-type2", "dt-eq", "dt-diff"}


def members(premises: list[Triple], head: str) -> list[str]:
    """The items of the list at ``head``; every node must be among the premises."""
    items, node = [], head
    while node != f"<{RDF}nil>":
        (first,) = {obj for s, p, obj in premises if s == node and p == f"<{RDF}first>"}
        (rest,) = {obj for s, p, obj in premises if s == node and p == f"<{RDF}rest>"}
        items.append(first)
        node = rest
    return items


def listed(premises: list[Triple], predicate: str) -> tuple[str, list[str]]:
    """Subject and items of the one axiom with a list."""
    ((subject, head),) = {(s, obj) for s, p, obj in premises if p == predicate}
    return subject, members(premises, head)


def chain(goal: Triple, premises: list[Triple]) -> bool:
    prop, steps = listed(premises, o("propertyChainAxiom"))
    at = {goal[0]}
    for step in steps:
        at = {obj for s, p, obj in premises if p == step and s in at}
    return goal[1] == prop and goal[2] in at


def int1(goal: Triple, premises: list[Triple]) -> bool:
    class_, parts = listed(premises, o("intersectionOf"))
    return goal[1:] == (T, class_) and all((goal[0], T, part) in premises for part in parts)


def int2(goal: Triple, premises: list[Triple]) -> bool:
    class_, parts = listed(premises, o("intersectionOf"))
    return goal[1] == T and goal[2] in parts and (goal[0], T, class_) in premises


def uni(goal: Triple, premises: list[Triple]) -> bool:
    class_, parts = listed(premises, o("unionOf"))
    return goal[1:] == (T, class_) and any((goal[0], T, part) in premises for part in parts)


def oo(goal: Triple, premises: list[Triple]) -> bool:
    class_, items = listed(premises, o("oneOf"))
    return goal[1:] == (T, class_) and goal[0] in items


def scm_int(goal: Triple, premises: list[Triple]) -> bool:
    class_, parts = listed(premises, o("intersectionOf"))
    return goal[:2] == (class_, r("subClassOf")) and goal[2] in parts


def scm_uni(goal: Triple, premises: list[Triple]) -> bool:
    class_, parts = listed(premises, o("unionOf"))
    return goal[1:] == (r("subClassOf"), class_) and goal[0] in parts


LISTS: dict[str, Callable[[Triple, list[Triple]], bool]] = {
    "prp-spo2": chain,
    "cls-int1": int1,
    "cls-int2": int2,
    "cls-uni": uni,
    "cls-oo": oo,
    "scm-int": scm_int,
    "scm-uni": scm_uni,
}


def follows(rule: str, goal: Triple | None, premises: list[Triple]) -> bool:
    """Whether a conclusion follows from premises by one rule of the table."""
    if rule == "eq-ref":
        return goal is not None and goal[1] == o("sameAs") and goal[0] == goal[2] and not premises
    if rule in AXIOMATIC:
        return not premises
    if rule in LISTS:
        return goal is not None and LISTS[rule](goal, premises)
    return any(_matches(head, body, goal, premises) for head, body in TABLE[rule])


def _matches(head: Pattern | None, body: list[Pattern], goal: Triple | None, premises: list[Triple]) -> bool:
    if (head is None) != (goal is None):
        return False
    start = _bind(head, goal, {}) if head is not None and goal is not None else {}
    return start is not None and _all(body, premises, start)


def _all(patterns: list[Pattern], premises: list[Triple], binding: dict[str, str]) -> bool:
    if not patterns:
        return True
    for premise in premises:
        bound = _bind(patterns[0], premise, binding)
        if bound is not None and _all(patterns[1:], premises, bound):
            return True
    return False


def _bind(pattern: Pattern, triple: Triple, binding: dict[str, str]) -> dict[str, str] | None:
    bound = dict(binding)
    for wanted, found in zip(pattern, triple, strict=True):
        if not wanted.startswith("?"):
            if wanted != found:
                return None
        elif bound.setdefault(wanted, found) != found:
            return None
    return bound


def faults(proof: Node, stated: set[Triple], above: tuple[Triple, ...] = ()) -> list[str]:
    """What is wrong with a proof: leaves that were not stated, steps that no rule allows, circles."""
    if not proof.rule:
        return [] if proof.triple in stated else [f"not stated: {proof.triple}"]
    found = [f"circular: {proof.triple}"] if proof.triple in above else []
    goal = None if proof.triple == ("", "", "") else proof.triple
    premises = [premise.triple for premise in proof.premises]
    if not follows(proof.rule, goal, premises):
        found.append(f"{proof.rule} does not give {proof.triple} from {premises}")
    for premise in proof.premises:
        found += faults(premise, stated, (*above, proof.triple))
    return found
