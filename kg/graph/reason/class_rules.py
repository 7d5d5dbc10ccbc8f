"""Rules made of the axioms about classes: OWL 2 Profiles, tables 6 (cls-*) and 7 (cax-*), and scm-int, scm-uni."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.graph.reason import vocabulary as v
from kg.graph.reason.axioms import Axioms
from kg.graph.reason.rules import Atom, Rule, Triple, X, Y, Z


def class_rules(axioms: Axioms) -> Iterator[Rule]:
    """All rules that the class axioms make."""
    yield Rule("cls-nothing2", None, (_is(X, v.NOTHING),))
    yield from subclasses(axioms)
    yield from _boolean(axioms)
    yield from _disjoint(axioms)
    yield from _restrictions(axioms)
    yield from _cardinalities(axioms)


def _is(term: int, class_: int) -> Atom:
    return Atom(v.TYPE, term, class_)


def subclasses(axioms: Axioms) -> Iterator[Rule]:
    """The rules that copy the members of classes to those above."""
    for c, d in axioms.pairs(v.SUB_CLASS):
        if c not in (d, v.NOTHING):
            yield Rule("cax-sco", _is(X, d), (_is(X, c),), ((c, v.SUB_CLASS, d),))
    for c, d in axioms.pairs(v.EQUIVALENT_CLASS):
        if c != d:
            axiom = ((c, v.EQUIVALENT_CLASS, d),)
            yield Rule("cax-eqc1", _is(X, d), (_is(X, c),), axiom)
            yield Rule("cax-eqc2", _is(X, c), (_is(X, d),), axiom)


def _boolean(axioms: Axioms) -> Iterator[Rule]:
    for c, axiom, members in axioms.listed(v.INTERSECTION_OF):
        premises = (axiom, *members.triples)
        if members.items:
            yield Rule("cls-int1", _is(X, c), tuple(_is(X, d) for d in members.items), premises)
        for d in members.items:
            yield Rule("cls-int2", _is(X, d), (_is(X, c),), premises)
            yield Rule("scm-int", Atom(v.SUB_CLASS, c, d), (), premises)
    for c, axiom, members in axioms.listed(v.UNION_OF):
        premises = (axiom, *members.triples)
        for d in members.items:
            yield Rule("cls-uni", _is(X, c), (_is(X, d),), premises)
            yield Rule("scm-uni", Atom(v.SUB_CLASS, d, c), (), premises)
    for c, axiom, members in axioms.listed(v.ONE_OF):
        for member in members.items:
            yield Rule("cls-oo", _is(member, c), (), (axiom, *members.triples))
    for c, d in axioms.pairs(v.COMPLEMENT_OF):
        yield Rule("cls-com", None, (_is(X, c), _is(X, d)), ((c, v.COMPLEMENT_OF, d),))


def _disjoint(axioms: Axioms) -> Iterator[Rule]:
    for c, d in axioms.pairs(v.DISJOINT_WITH):
        yield Rule("cax-dw", None, (_is(X, c), _is(X, d)), ((c, v.DISJOINT_WITH, d),))
    disjoint = set(axioms.instances(v.ALL_DISJOINT_CLASSES))
    for node, axiom, members in axioms.listed(v.MEMBERS):
        if node in disjoint:
            premises = ((node, v.TYPE, v.ALL_DISJOINT_CLASSES), axiom, *members.triples)
            for c, d in combinations(members.items, 2):
                yield Rule("cax-adc", None, (_is(X, c), _is(X, d)), premises)


def _fillers(axioms: Axioms, kind: int) -> Iterator[tuple[int, int, int, tuple[Triple, Triple]]]:
    """Class, property and filler of each restriction of a kind, with its two triples."""
    properties: dict[int, list[int]] = {}
    for c, p in axioms.pairs(v.ON_PROPERTY):
        properties.setdefault(c, []).append(p)
    for c, filler in axioms.pairs(kind):
        if c not in properties:
            axioms.problem(c, f"has {axioms.text(kind)} but no owl:onProperty")
        for p in properties.get(c, ()):
            yield c, p, filler, ((c, kind, filler), (c, v.ON_PROPERTY, p))


def _restrictions(axioms: Axioms) -> Iterator[Rule]:
    for c, p, d, axiom in _fillers(axioms, v.SOME_VALUES_FROM):
        if d == v.THING:
            yield Rule("cls-svf2", _is(X, c), (Atom(p, X, Y),), axiom)
        else:
            yield Rule("cls-svf1", _is(X, c), (Atom(p, X, Y), _is(Y, d)), axiom)
    for c, p, d, axiom in _fillers(axioms, v.ALL_VALUES_FROM):
        yield Rule("cls-avf", _is(Y, d), (_is(X, c), Atom(p, X, Y)), axiom)
    for c, p, value, axiom in _fillers(axioms, v.HAS_VALUE):
        yield Rule("cls-hv1", Atom(p, X, value), (_is(X, c),), axiom)
        yield Rule("cls-hv2", _is(X, c), (Atom(p, X, value),), axiom)


def _cardinalities(axioms: Axioms) -> Iterator[Rule]:
    same = Atom(v.SAME_AS, Y, Z)
    for c, p, count, axiom in _fillers(axioms, v.MAX_CARDINALITY):
        both = (_is(X, c), Atom(p, X, Y), Atom(p, X, Z))
        match _number(axioms, count):
            case 0:
                yield Rule("cls-maxc1", None, both[:2], axiom)
            case 1:
                yield Rule("cls-maxc2", same, both, axiom, distinct=(Y, Z))
            case _:
                axioms.problem(c, f"owl:maxCardinality {axioms.text(count)} is outside OWL 2 RL, which has 0 and 1")
    qualified = [(v.ON_CLASS, axioms.pairs(v.ON_CLASS))]
    for c, p, count, axiom in _fillers(axioms, v.MAX_QUALIFIED_CARDINALITY):
        for predicate, classes in qualified:
            for d in [d for c2, d in classes if c2 == c]:
                yield from _qualified(axioms, c, p, d, count, (*axiom, (c, predicate, d)))


def _qualified(axioms: Axioms, c: int, p: int, d: int, count: int, axiom: tuple[Triple, ...]) -> Iterator[Rule]:
    any_thing = d == v.THING
    one = (_is(X, c), Atom(p, X, Y)) if any_thing else (_is(X, c), Atom(p, X, Y), _is(Y, d))
    two = (*one, Atom(p, X, Z)) if any_thing else (*one, Atom(p, X, Z), _is(Z, d))
    match _number(axioms, count):
        case 0:
            yield Rule("cls-maxqc2" if any_thing else "cls-maxqc1", None, one, axiom)
        case 1:
            name = "cls-maxqc4" if any_thing else "cls-maxqc3"
            yield Rule(name, Atom(v.SAME_AS, Y, Z), two, axiom, distinct=(Y, Z))
        case _:
            text = axioms.text(count)
            axioms.problem(c, f"owl:maxQualifiedCardinality {text} is outside OWL 2 RL, which has 0 and 1")


def _number(axioms: Axioms, literal: int) -> int:
    """The value of a literal that counts, -1 if it is none."""
    lexical = axioms.text(literal).split('"')
    return int(lexical[1]) if len(lexical) > 1 and lexical[1].lstrip("+").isdigit() else -1
