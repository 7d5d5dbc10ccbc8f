"""One step back: from which triples, by which rule of OWL 2 RL, a triple of the closure follows.

Reads axioms and facts from the store, whose inferred graph is complete. Names of rules are those of OWL 2 Profiles,
section 4.3. The ways are tried in order of how directly they explain, and lazily.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from kg.graph.store import Store
from kg.graph.terms import curie

Triple = tuple[str, str, str]

TYPE = curie("rdf:type")
SAME_AS = curie("owl:sameAs")
SUB_CLASS = curie("rdfs:subClassOf")
SUB_PROPERTY = curie("rdfs:subPropertyOf")
EQUIVALENT_CLASS = curie("owl:equivalentClass")
EQUIVALENT_PROPERTY = curie("owl:equivalentProperty")
INVERSE_OF = curie("owl:inverseOf")
DOMAIN = curie("rdfs:domain")
RANGE = curie("rdfs:range")
CHAIN = curie("owl:propertyChainAxiom")
SYMMETRIC = curie("owl:SymmetricProperty")
TRANSITIVE = curie("owl:TransitiveProperty")
ON_PROPERTY = curie("owl:onProperty")
HAS_VALUE = curie("owl:hasValue")
SOME_VALUES = curie("owl:someValuesFrom")
INTERSECTION = curie("owl:intersectionOf")
UNION = curie("owl:unionOf")
FIRST = curie("rdf:first")
REST = curie("rdf:rest")
NIL = curie("rdf:nil")
THING = curie("owl:Thing")

_WIDEST = 200
_WIDEST_STEP = 200_000


class Derivation(NamedTuple):
    """A rule and the triples that it takes to give the conclusion, axioms last."""

    rule: str
    premises: tuple[Triple, ...]


class Derivations:
    """Finds the last step of derivations in a closed graph."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lists: dict[str, tuple[str, ...]] = {}

    def of(self, triple: Triple) -> Iterator[Derivation]:
        """The ways in which a triple follows in one step from triples that hold."""
        subject, predicate, obj = triple
        if subject.startswith('"'):
            return
        if predicate == TYPE:
            yield from self._types(subject, obj)
        elif predicate in (SUB_CLASS, SUB_PROPERTY):
            yield from self._hierarchy(subject, predicate, obj)
        elif predicate in (DOMAIN, RANGE):
            yield from self._signature(subject, predicate, obj)
        else:
            yield from self._properties(subject, predicate, obj)
        yield from self._same(triple)

    def _match(self, s: str | None, p: str | None, o: str | None) -> list[Triple]:
        return sorted(islice(self._store.triples(s, p, o), _WIDEST))

    def _objects(self, subject: str, predicate: str) -> list[str]:
        return [obj for _, _, obj in self._match(subject, predicate, None)]

    def _subjects(self, predicate: str, obj: str) -> list[str]:
        return [subject for subject, _, _ in self._match(None, predicate, obj)]

    def _holds(self, triple: Triple) -> bool:
        return self._store.contains(*triple)

    # rdf:type

    def _types(self, subject: str, kind: str) -> Iterator[Derivation]:
        for below in self._subjects(SUB_CLASS, kind):
            for premises in self._instance(subject, below):
                yield Derivation("cax-sco", (*premises, (below, SUB_CLASS, kind)))
        for axiom in self._equivalents(kind):
            other = axiom[0] if axiom[2] == kind else axiom[2]
            for premises in self._instance(subject, other):
                yield Derivation("cax-eqc", (*premises, axiom))
        for prop in self._subjects(DOMAIN, kind):
            for used in self._match(subject, prop, None)[:3]:
                yield Derivation("prp-dom", (used, (prop, DOMAIN, kind)))
        for prop in self._subjects(RANGE, kind):
            for used in self._match(None, prop, subject)[:3]:
                yield Derivation("prp-rng", (used, (prop, RANGE, kind)))

    def _equivalents(self, kind: str) -> list[Triple]:
        found = [*self._match(kind, EQUIVALENT_CLASS, None), *self._match(None, EQUIVALENT_CLASS, kind)]
        return [axiom for axiom in found if axiom[0] != axiom[2]]

    def _instance(self, subject: str, kind: str) -> Iterator[tuple[Triple, ...]]:
        """What makes a thing an instance of a class or class expression (cls-hv2, cls-svf1, cls-int1, cls-uni)."""
        if not kind.startswith("_:"):
            if self._holds((subject, TYPE, kind)):
                yield ((subject, TYPE, kind),)
            return
        for prop in self._objects(kind, ON_PROPERTY):
            for wanted in self._objects(kind, HAS_VALUE):
                if self._holds((subject, prop, wanted)):
                    yield ((subject, prop, wanted),)
            for wanted in self._objects(kind, SOME_VALUES):
                for used in self._match(subject, prop, None):
                    if wanted == THING:
                        yield (used,)
                    elif self._holds((used[2], TYPE, wanted)):
                        yield (used, (used[2], TYPE, wanted))
        for members in self._objects(kind, INTERSECTION):
            parts = [next(self._instance(subject, part), None) for part in self._list(members)]
            if parts and all(parts):
                yield tuple(triple for part in parts if part for triple in part)
        for members in self._objects(kind, UNION):
            for part in self._list(members):
                yield from self._instance(subject, part)

    # Properties

    def _properties(self, subject: str, prop: str, obj: str) -> Iterator[Derivation]:
        for below in self._subjects(SUB_PROPERTY, prop):
            if below != prop and self._holds((subject, below, obj)):
                yield Derivation("prp-spo1", ((subject, below, obj), (below, SUB_PROPERTY, prop)))
        for axiom in [*self._match(prop, EQUIVALENT_PROPERTY, None), *self._match(None, EQUIVALENT_PROPERTY, prop)]:
            other = axiom[2] if axiom[0] == prop else axiom[0]
            if other != prop and self._holds((subject, other, obj)):
                yield Derivation("prp-eqp1" if axiom[2] == prop else "prp-eqp2", ((subject, other, obj), axiom))
        yield from self._inverses(subject, prop, obj)
        mirrored, symmetric = (obj, prop, subject), (prop, TYPE, SYMMETRIC)
        if not obj.startswith('"') and subject != obj and self._holds(symmetric) and self._holds(mirrored):
            yield Derivation("prp-symp", (mirrored, symmetric))
        for chain in self._objects(prop, CHAIN):
            for path in islice(self._paths(subject, self._list(chain), obj), _WIDEST):
                yield Derivation("prp-spo2", (*path, (prop, CHAIN, chain)))
        if self._holds((prop, TYPE, TRANSITIVE)):
            for _, _, middle in self._match(subject, prop, None):
                if middle not in (subject, obj) and self._holds((middle, prop, obj)):
                    premises = ((subject, prop, middle), (middle, prop, obj), (prop, TYPE, TRANSITIVE))
                    yield Derivation("prp-trp", premises)
        yield from self._values(subject, prop, obj)

    def _inverses(self, subject: str, prop: str, obj: str) -> Iterator[Derivation]:
        if obj.startswith('"'):
            return
        for rule, axioms in (
            ("prp-inv2", self._match(prop, INVERSE_OF, None)),
            ("prp-inv1", self._match(None, INVERSE_OF, prop)),
        ):
            for axiom in axioms:
                other = axiom[2] if axiom[0] == prop else axiom[0]
                if not other.startswith("_:") and self._holds((obj, other, subject)):
                    yield Derivation(rule, ((obj, other, subject), axiom))

    def _values(self, subject: str, prop: str, obj: str) -> Iterator[Derivation]:
        """cls-hv1: an instance of a class all of whose members have this value."""
        for restriction in self._subjects(HAS_VALUE, obj):
            if self._holds((restriction, ON_PROPERTY, prop)):
                for axiom in [*self._match(None, SUB_CLASS, restriction), *self._equivalents(restriction)]:
                    kind = axiom[0] if axiom[2] == restriction else axiom[2]
                    if self._holds((subject, TYPE, kind)):
                        yield Derivation("cls-hv1", ((subject, TYPE, kind), axiom))

    def _paths(self, start: str, steps: tuple[str, ...], end: str) -> Iterator[tuple[Triple, ...]]:
        """The paths along a chain of properties, some of them inverses, from ``start`` to ``end``."""
        if not steps or start.startswith('"'):
            return
        if len(steps) == 1:
            yield from ((triple,) for _, triple in self._step(start, steps[0], end))
            return
        before = dict(self._step(start, steps[0], None))
        if len(steps) == 2:
            after = dict(self._step(None, steps[1], end))
            yield from ((before[node], after[node]) for node in sorted(before.keys() & after.keys()))
            return
        for node in sorted(before):
            for rest in self._paths(node, steps[1:], end):
                yield (before[node], *rest)

    def _step(self, start: str | None, prop: str, end: str | None) -> Iterator[tuple[str, Triple]]:
        """Triples along a property or an inverse, each with the node at its open end."""
        names = [(prop, False)] if not prop.startswith("_:") else [(p, True) for p in self._objects(prop, INVERSE_OF)]
        for name, backward in names:
            subject, obj = (end, start) if backward else (start, end)
            if subject is not None and subject.startswith('"'):
                continue
            for triple in islice(self._store.triples(subject, name, obj), _WIDEST_STEP):
                first, last = (triple[2], triple[0]) if backward else (triple[0], triple[2])
                yield (first if start is None else last), triple

    def _list(self, head: str) -> tuple[str, ...]:
        """The members of an RDF list; a list that runs in a circle ends where it comes back."""
        if head not in self._lists:
            members: list[str] = []
            seen: set[str] = set()
            node = head
            while node != NIL and node not in seen:
                seen.add(node)
                members += self._objects(node, FIRST)[:1]
                node = next(iter(self._objects(node, REST)), NIL)
            self._lists[head] = tuple(members)
        return self._lists[head]

    # The schema, and equality

    def _hierarchy(self, subject: str, predicate: str, obj: str) -> Iterator[Derivation]:
        rule = "scm-sco" if predicate == SUB_CLASS else "scm-spo"
        for middle in self._objects(subject, predicate):
            if middle not in (subject, obj) and self._holds((middle, predicate, obj)):
                yield Derivation(rule, ((subject, predicate, middle), (middle, predicate, obj)))
        equivalent = EQUIVALENT_CLASS if predicate == SUB_CLASS else EQUIVALENT_PROPERTY
        for axiom in ((subject, equivalent, obj), (obj, equivalent, subject)):
            if self._holds(axiom):
                yield Derivation("scm-eqc1" if predicate == SUB_CLASS else "scm-eqp1", (axiom,))

    def _signature(self, prop: str, predicate: str, kind: str) -> Iterator[Derivation]:
        """Domains and ranges that hold of a larger class, or of a property above."""
        name = "scm-dom" if predicate == DOMAIN else "scm-rng"
        for narrower in self._objects(prop, predicate):
            if narrower != kind and self._holds((narrower, SUB_CLASS, kind)):
                yield Derivation(f"{name}1", ((prop, predicate, narrower), (narrower, SUB_CLASS, kind)))
        for above in self._objects(prop, SUB_PROPERTY):
            if above != prop and self._holds((above, predicate, kind)):
                yield Derivation(f"{name}2", ((above, predicate, kind), (prop, SUB_PROPERTY, above)))

    def _same(self, triple: Triple) -> Iterator[Derivation]:
        subject, predicate, obj = triple
        if predicate == SAME_AS:
            if subject != obj and self._holds((obj, SAME_AS, subject)):
                yield Derivation("eq-sym", ((obj, SAME_AS, subject),))
            return
        for other in self._subjects(SAME_AS, subject):
            if other != subject and self._holds((other, predicate, obj)):
                yield Derivation("eq-rep-s", ((other, predicate, obj), (other, SAME_AS, subject)))
        for other in self._subjects(SAME_AS, obj) if not obj.startswith('"') else ():
            if other != obj and self._holds((subject, predicate, other)):
                yield Derivation("eq-rep-o", ((subject, predicate, other), (other, SAME_AS, obj)))
