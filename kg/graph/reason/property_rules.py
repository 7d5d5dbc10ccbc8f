"""Rules made of the axioms about properties: OWL 2 Profiles, table 5 (prp-*), and differences (eq-diff*)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.graph.reason import vocabulary as v
from kg.graph.reason.axioms import Axioms
from kg.graph.reason.rules import Atom, Rule, Triple, X, Y, Z

_KEY = -100
_CHAIN = -200


def property_rules(axioms: Axioms) -> Iterator[Rule]:
    """All rules that the property axioms make."""
    yield from hierarchy(axioms)
    yield from _characteristics(axioms)
    yield from _chains(axioms)
    yield from _keys(axioms)
    yield from _disjoint(axioms)
    yield from _negative(axioms)
    yield from _different(axioms)


def hierarchy(axioms: Axioms) -> Iterator[Rule]:
    """The rules of one premise: domains, ranges, properties above and inverse ones."""
    for p, c in axioms.pairs(v.DOMAIN):
        yield Rule("prp-dom", Atom(v.TYPE, X, c), (Atom(p, X, Y),), ((p, v.DOMAIN, c),))
    for p, c in axioms.pairs(v.RANGE):
        yield Rule("prp-rng", Atom(v.TYPE, Y, c), (Atom(p, X, Y),), ((p, v.RANGE, c),))
    for p, q in axioms.pairs(v.SUB_PROPERTY):
        if p != q:
            yield Rule("prp-spo1", Atom(q, X, Y), (Atom(p, X, Y),), ((p, v.SUB_PROPERTY, q),))
    for p, q in axioms.pairs(v.EQUIVALENT_PROPERTY):
        if p != q:
            axiom = ((p, v.EQUIVALENT_PROPERTY, q),)
            yield Rule("prp-eqp1", Atom(q, X, Y), (Atom(p, X, Y),), axiom)
            yield Rule("prp-eqp2", Atom(p, X, Y), (Atom(q, X, Y),), axiom)
    for p, q in axioms.pairs(v.INVERSE_OF):
        axiom = ((p, v.INVERSE_OF, q),)
        yield Rule("prp-inv1", Atom(q, Y, X), (Atom(p, X, Y),), axiom)
        yield Rule("prp-inv2", Atom(p, Y, X), (Atom(q, X, Y),), axiom)


def _characteristics(axioms: Axioms) -> Iterator[Rule]:
    def typed(kind: int) -> Iterator[tuple[int, tuple[Triple]]]:
        for p in axioms.instances(kind):
            yield p, ((p, v.TYPE, kind),)

    same = Atom(v.SAME_AS, Y, Z)
    for p, axiom in typed(v.FUNCTIONAL):
        body = (Atom(p, X, Y), Atom(p, X, Z))
        yield Rule("prp-fp", same, body, axiom, star=True, distinct=(Y, Z))
    for p, axiom in typed(v.INVERSE_FUNCTIONAL):
        body = (Atom(p, Y, X), Atom(p, Z, X))
        yield Rule("prp-ifp", same, body, axiom, star=True, distinct=(Y, Z))
    for p, axiom in typed(v.SYMMETRIC):
        yield Rule("prp-symp", Atom(p, Y, X), (Atom(p, X, Y),), axiom)
    for p, axiom in typed(v.TRANSITIVE):
        yield Rule("prp-trp", Atom(p, X, Z), (Atom(p, X, Y), Atom(p, Y, Z)), axiom)
    for p, axiom in typed(v.IRREFLEXIVE):
        yield Rule("prp-irp", None, (Atom(p, X, X),), axiom)
    for p, axiom in typed(v.ASYMMETRIC):
        yield Rule("prp-asyp", None, (Atom(p, X, Y), Atom(p, Y, X)), axiom)


def _chains(axioms: Axioms) -> Iterator[Rule]:
    for p, axiom, members in axioms.listed(v.CHAIN):
        if not members.items:
            axioms.problem(p, "its owl:propertyChainAxiom is an empty list")
            continue
        body = tuple(Atom(q, _CHAIN - i, _CHAIN - i - 1) for i, q in enumerate(members.items))
        head = Atom(p, _CHAIN, _CHAIN - len(body))
        yield Rule("prp-spo2", head, body, (axiom, *members.triples))


def _keys(axioms: Axioms) -> Iterator[Rule]:
    for c, axiom, members in axioms.listed(v.HAS_KEY):
        if not members.items:
            axioms.problem(c, "its owl:hasKey is an empty list")
            continue
        shared = [(Atom(p, X, _KEY - i), Atom(p, Y, _KEY - i)) for i, p in enumerate(members.items)]
        body = (Atom(v.TYPE, X, c), Atom(v.TYPE, Y, c), *(atom for both in shared for atom in both))
        yield Rule("prp-key", Atom(v.SAME_AS, X, Y), body, (axiom, *members.triples), distinct=(X, Y))


def _disjoint(axioms: Axioms) -> Iterator[Rule]:
    for p, q in axioms.pairs(v.PROPERTY_DISJOINT_WITH):
        yield Rule("prp-pdw", None, (Atom(p, X, Y), Atom(q, X, Y)), ((p, v.PROPERTY_DISJOINT_WITH, q),))
    disjoint = set(axioms.instances(v.ALL_DISJOINT_PROPERTIES))
    for node, axiom, members in axioms.listed(v.MEMBERS):
        if node in disjoint:
            premises = ((node, v.TYPE, v.ALL_DISJOINT_PROPERTIES), axiom, *members.triples)
            for p, q in combinations(members.items, 2):
                yield Rule("prp-adp", None, (Atom(p, X, Y), Atom(q, X, Y)), premises)


def _negative(axioms: Axioms) -> Iterator[Rule]:
    sources = axioms.pairs(v.SOURCE_INDIVIDUAL)
    for name, predicate in [("prp-npa1", v.TARGET_INDIVIDUAL), ("prp-npa2", v.TARGET_VALUE)]:
        for node, source in sources:
            for p in axioms.objects(node, v.ASSERTION_PROPERTY):
                for target in axioms.objects(node, predicate):
                    premises = (
                        (node, v.SOURCE_INDIVIDUAL, source),
                        (node, v.ASSERTION_PROPERTY, p),
                        (node, predicate, target),
                    )
                    yield Rule(name, None, (Atom(p, source, target),), premises)


def _different(axioms: Axioms) -> Iterator[Rule]:
    """eq-diff*: equal terms have one representative by now, so that a difference is of a term from itself."""
    yield Rule("eq-diff1", None, (Atom(v.DIFFERENT_FROM, X, X),))
    groups = set(axioms.instances(v.ALL_DIFFERENT))
    for name, predicate in [("eq-diff2", v.MEMBERS), ("eq-diff3", v.DISTINCT_MEMBERS)]:
        for node, axiom, members in axioms.listed(predicate):
            if node in groups and len(set(members.items)) < len(members.items):
                yield Rule(name, None, (), ((node, v.TYPE, v.ALL_DIFFERENT), axiom, *members.triples))
