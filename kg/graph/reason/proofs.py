"""Proofs, found when asked for: each step takes facts of earlier rounds, so proofs are short and never circular."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from kg.errors import NotFoundError
from kg.graph.reason import vocabulary as v
from kg.graph.reason.backward import EVER, Past, steps
from kg.graph.reason.datatypes import different, inside, value
from kg.graph.reason.equality import LINKS
from kg.graph.reason.literals import SUPPORTED
from kg.graph.reason.rules import Triple
from kg.graph.reason.schema_rules import AXIOMS
from kg.graph.reason.state import Contradiction, State

Texts: TypeAlias = tuple[str, str, str]

STATED: Final = ""
_AXIOMATIC: Final = {triple: name for name, triples in AXIOMS.items() for triple in triples}


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple of terms, and why it holds: ``rule`` applied to ``premises``, or stated where ``rule`` is empty."""

    triple: Texts
    rule: str = STATED
    premises: tuple[Proof, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether it is a leaf that was stated."""
        return self.rule == STATED

    def leaves(self) -> Iterator[Texts]:
        """The stated triples that it rests on; one may come more than once."""
        if self.stated:
            yield self.triple
        for premise in self.premises:
            yield from premise.leaves()

    def depth(self) -> int:
        """Rules on the longest way down."""
        return 0 if not self.rule else 1 + max((premise.depth() for premise in self.premises), default=0)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One last step: the rule and the triples it takes."""

    rule: str
    premises: tuple[Texts, ...]


def _straightened(proof: Proof) -> Proof:
    """The proof without circles: a triple that comes again further down is proved there, once.

    Circles come by equality alone: on the way to a representative and back, or from one member of a cluster to another,
    a fact of a later round may be met again.
    """
    known: dict[int, Proof] = {}

    def straight(node: Proof) -> Proof:
        found = known.get(id(node))
        if found is None:
            inner = _below(node)
            premises = tuple(map(straight, node.premises)) if inner is None else ()
            found = known[id(node)] = straight(inner) if inner else Proof(node.triple, node.rule, premises)
        return found

    return straight(proof)


def _below(proof: Proof) -> Proof | None:
    """A proof of the same triple further down."""
    seen: set[int] = set()
    left = list(proof.premises)
    while left:
        node = left.pop()
        if node.triple == proof.triple:
            return node
        if id(node) not in seen:
            seen.add(id(node))
            left.extend(node.premises)
    return None


class Prover:
    """Finds proofs in a closed graph; one is good until the graph changes."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._past = Past(state)
        self._proved: dict[tuple[Triple, int], Proof] = {}

    def prove(self, subject: str, predicate: str, obj: str) -> Proof:
        """A proof of a triple of terms; raises NotFoundError, which says that it is not derivable, if there is none."""
        triple = self._ids(subject, predicate, obj)
        proof = self._any(triple, EVER) if triple else None
        if proof is None:
            raise NotFoundError(f"not derivable: {subject} {predicate} {obj}")
        return _straightened(proof) if self._state.clusters else proof

    def derivations(self, subject: str, predicate: str, obj: str, most: int = 50) -> list[Derivation]:
        """All ways in which a triple follows in one step from others that hold; at most ``most`` for each rule."""
        triple = self._ids(subject, predicate, obj)
        if triple is None:
            return []
        found: dict[Derivation, None] = {}
        for step in steps(self._state, self._canonical(triple), EVER, most):
            found[Derivation(step.rule.name, tuple(map(self._texts, step.premises)))] = None
        if self._canonical(triple) != triple or triple[1] == v.SAME_AS:
            proof = self._any(triple, EVER)
            if proof is not None and not proof.stated:
                found[Derivation(proof.rule, tuple(premise.triple for premise in proof.premises))] = None
        return list(found)

    def contradiction(self, found: Contradiction) -> Proof:
        """A proof of ``false`` from a contradiction: its premises, each with its proof."""
        if found.rule.name == "eq-diff1" and found.binding:
            premises = self._differing(found.binding[0][1])
        else:
            premises = [self._premise(triple) for triple in found.premises()]
        return Proof(("", "", ""), found.rule.name, tuple(map(_straightened, premises)))

    def _differing(self, term: int) -> list[Proof]:
        """An equality and a difference of the same two terms, as they were stated or derived."""
        members = self._state.clusters.cluster(term).tolist()
        for one in members:
            for other in members:
                difference = (one, v.DIFFERENT_FROM, other)
                mark = self._past.mark(difference)
                equal = self._equal(one, other, EVER) if mark >= 0 and (one != other or len(members) == 1) else None
                if equal is not None:
                    return [equal, self._fact(difference, mark)]
        return [self._premise((term, v.DIFFERENT_FROM, term))]

    def _ids(self, subject: str, predicate: str, obj: str) -> Triple | None:
        find = self._state.dictionary.find
        found = find(subject.encode()), find(predicate.encode()), find(obj.encode())
        return None if -1 in found else found

    def _texts(self, triple: Triple) -> Texts:
        text = self._state.dictionary.text
        return text(triple[0]), text(triple[1]), text(triple[2])

    def _canonical(self, triple: Triple) -> Triple:
        one = self._state.clusters.one
        return one(triple[0]), one(triple[1]), one(triple[2])

    def _premise(self, triple: Triple) -> Proof:
        return self._any(triple, EVER) or Proof(self._texts(triple))

    def _any(self, triple: Triple, before: int) -> Proof | None:
        """A proof of a triple in whatever terms it is, from facts of rounds before ``before``."""
        if triple[1] == v.SAME_AS:
            return self._equal(triple[0], triple[2], before)
        if triple[1] == v.DIFFERENT_FROM and self._past.mark(triple) < 0:
            return self._different(triple)
        mark = self._past.mark(triple)
        if mark >= 0 and mark >> 1 < before:
            return self._fact(triple, mark)
        if before != EVER:
            return None
        canonical = self._canonical(triple)
        mark = self._past.mark(canonical)
        if mark < 0:
            return self._virtual(triple)
        return self._renamed(self._fact(canonical, mark), canonical, triple, EVER)

    def _fact(self, triple: Triple, mark: int) -> Proof:
        """A proof of a fact of a round, from facts of earlier ones."""
        if mark & 1:
            return Proof(self._texts(triple))
        round_ = mark >> 1
        known = self._proved.get((triple, round_))
        if known is None:
            known = self._proved[triple, round_] = self._derived(triple, round_)
        return known

    def _derived(self, triple: Triple, round_: int) -> Proof:
        found = self._by_rule(triple, round_) or self._from_history(triple, round_) or self._virtual(triple)
        found = found or self._by_rule_of_others(triple, round_)
        assert found is not None, f"no step to {self._texts(triple)} of round {round_}"
        return found

    def _by_rule(self, triple: Triple, round_: int) -> Proof | None:
        best = min(
            steps(self._state, triple, round_, 1), key=lambda step: (len(step.premises), step.round), default=None
        )
        if best is None:
            return None
        premises = tuple(self._earlier(premise, round_) for premise in best.premises)
        return Proof(self._texts(triple), best.rule.name, premises)

    def _earlier(self, triple: Triple, before: int) -> Proof:
        proof = self._any(triple, before)
        assert proof is not None
        return proof

    def _virtual(self, triple: Triple) -> Proof | None:
        """What holds without premises, or of what literals mean."""
        subject, predicate, obj = triple
        if triple in _AXIOMATIC:
            return Proof(self._texts(triple), _AXIOMATIC[triple])
        text = self._state.dictionary.text(subject)
        if predicate == v.TYPE and obj in SUPPORTED and text.startswith('"') and inside(text, obj):
            return Proof(self._texts(triple), "dt-type2")
        if predicate == v.TYPE and obj == v.THING:
            return self._thing(subject)
        return None

    def _thing(self, subject: int) -> Proof | None:
        """owl:Thing by cax-sco from any declared class."""
        subject = self._state.clusters.one(subject)
        for class_ in self._state.facts.classes():
            above = (class_, v.SUB_CLASS, v.THING)
            member = (subject, v.TYPE, class_)
            if class_ != v.THING and self._past.mark(above) >= 0 and self._past.mark(member) >= 0:
                premises = (self._premise(member), self._premise(above))
                return Proof(self._texts((subject, v.TYPE, v.THING)), "cax-sco", premises)
        return None

    # Equality

    def _from_history(self, triple: Triple, before: int) -> Proof | None:
        """A fact that was one about other members of its terms' clusters, by eq-rep-*."""
        for other in self._others(triple):
            mark = self._past.mark(other)
            if mark >= 0 and mark >> 1 < before:
                found = self._renamed(self._fact(other, mark), other, triple, before)
                if found is not None:
                    return found
        return None

    def _by_rule_of_others(self, triple: Triple, before: int) -> Proof | None:
        """A fact that a rule gave of a term for which another stood by then: it never was in the graph as derived."""
        for other in self._others(triple):
            proof = self._by_rule(other, before)
            found = self._renamed(proof, other, triple, before) if proof else None
            if found is not None:
                return found
        return None

    def _others(self, triple: Triple) -> Iterator[Triple]:
        """The same triple about other members of its terms' clusters."""
        cluster = self._state.clusters.cluster
        for predicate in cluster(triple[1]).tolist():
            for subject in cluster(triple[0]).tolist():
                for obj in cluster(triple[2]).tolist():
                    if (subject, predicate, obj) != triple:
                        yield subject, predicate, obj

    def _renamed(self, proof: Proof, one: Triple, other: Triple, before: int) -> Proof | None:
        """From a proof of ``one`` a proof of ``other``, whose terms are equal to it, place by place."""
        now = list(one)
        for place, rule in enumerate(("eq-rep-s", "eq-rep-p", "eq-rep-o")):
            if now[place] == other[place]:
                continue
            equal = self._equal(now[place], other[place], before)
            if equal is None:
                return None
            now[place] = other[place]
            proof = Proof(self._texts((now[0], now[1], now[2])), rule, (equal, proof))
        return proof

    def _equal(self, one: int, other: int, before: int) -> Proof | None:
        """That two terms are equal, along links of earlier rounds."""
        triple = (one, v.SAME_AS, other)
        if one == other:
            return Proof(self._texts(triple), "eq-ref")
        path = self._path(one, other, before)
        if path is None:
            return None
        proof = path[0]
        for step in path[1:]:
            joined = (proof.triple[0], proof.triple[1], step.triple[2])
            proof = Proof(joined, "eq-trans", (proof, step))
        return proof

    def _path(self, one: int, other: int, before: int) -> list[Proof] | None:
        """Links from one term to another, each turned the right way; breadth first."""
        came: dict[int, tuple[int, Proof]] = {one: (one, Proof(("", "", "")))}
        front = [one]
        while front and other not in came:
            following = []
            for term in front:
                for neighbour, forward, mark in self._links(term):
                    if neighbour not in came and mark >> 1 < before:
                        came[neighbour] = (term, self._link(term, neighbour, forward, mark))
                        following.append(neighbour)
            front = following
        if other not in came:
            return None
        path = []
        while other != one:
            other, proof = came[other]
            path.append(proof)
        return path[::-1]

    def _links(self, term: int) -> Iterator[tuple[int, bool, int]]:
        relation = self._state.facts.relation(LINKS)
        for forward in (True, False):
            for partner in relation.matches(np.array([term]), by_object=not forward)[1].tolist():
                link = (term, v.SAME_AS, partner) if forward else (partner, v.SAME_AS, term)
                yield partner, forward, self._state.facts.mark(link)

    def _link(self, one: int, other: int, forward: bool, mark: int) -> Proof:
        link = (one, v.SAME_AS, other) if forward else (other, v.SAME_AS, one)
        proof = self._stated_or_derived_link(link, mark)
        return proof if forward else Proof(self._texts((one, v.SAME_AS, other)), "eq-sym", (proof,))

    def _stated_or_derived_link(self, link: Triple, mark: int) -> Proof:
        texts = self._texts(link)
        if mark & 1:
            return Proof(texts)
        if texts[0].startswith('"') and texts[2].startswith('"') and value(texts[0]) == value(texts[2]):
            return Proof(texts, "dt-eq")
        return self._fact(link, mark)

    def _different(self, triple: Triple) -> Proof | None:
        """A difference stated of equal terms, or of literals with different values."""
        texts = self._texts(triple)
        if texts[0].startswith('"') and texts[2].startswith('"') and different(texts[0], texts[2]):
            return Proof(texts, "dt-diff")
        return self._from_history(triple, EVER)
