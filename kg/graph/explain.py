"""Why a fact holds: a proof tree down to what is stated, and to the sentences that state it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Protocol

from kg.errors import LimitError, NotFoundError
from kg.graph.derivations import Derivation, Derivations
from kg.graph.evidence import Report, reports_for
from kg.graph.proof import Proof, Triple
from kg.graph.reason.beyond import derivations, rules_graph
from kg.graph.store import Store
from kg.graph.terms import Minter, shorten

_DEEPEST = 12
_MOST_STEPS = 20_000


class Deriver(Protocol):
    """Whatever knows from which triples a triple follows in one step; an engine that remembers rounds knows best."""

    def of(self, triple: Triple) -> Iterator[Derivation]:
        """The derivations of a triple, most telling first."""
        ...


def explain(store: Store, minter: Minter, triple: Triple, deriver: Deriver | None = None) -> Proof:
    """A proof of least depth for a triple of terms.

    Raises NotFoundError when the graph does not hold it, LimitError when the search for a proof is given up.
    """
    if not store.contains(*triple):
        said = " ".join(shorten(term, minter.base) for term in triple)
        raise NotFoundError(f"neither stated nor derived: {said}")
    search = _Search(store, minter, deriver or Derivations(store))
    for depth in range(_DEEPEST):
        proof = search.prove(triple, depth, frozenset())
        if proof is not None:
            return proof
    raise LimitError(f"no proof of at most {_DEEPEST} steps; was the graph inferred since it changed?")


class _Search:
    """Depth-first to a bound that grows: the first proof found is of least depth, and none is circular."""

    def __init__(self, store: Store, minter: Minter, deriver: Deriver) -> None:
        self._store = store
        self._minter = minter
        self._deriver = deriver
        self._steps = 0
        self._proved: dict[Triple, tuple[int, Proof]] = {}
        self._failed: dict[Triple, int] = {}

    def prove(self, triple: Triple, depth: int, path: frozenset[Triple]) -> Proof | None:
        """A proof of at most ``depth`` rules that does not use what is on the way to it."""
        known = self._proved.get(triple)
        if known is not None and known[0] <= depth:
            return known[1]
        graphs = self._stated(triple)
        if graphs:
            return self._keep(0, Proof(triple, graphs, self._reports(triple, graphs)))
        if depth == 0 or triple in path or self._failed.get(triple, -1) >= depth:
            return None
        for derivation in chain(self._deriver.of(triple), derivations(self._store, self._minter, triple)):
            self._count()
            proof = self._apply(triple, derivation, depth, path | {triple})
            if proof is not None:
                return self._keep(depth, proof)
        if not path:
            self._failed[triple] = depth
        return None

    def _apply(self, triple: Triple, derivation: Derivation, depth: int, path: frozenset[Triple]) -> Proof | None:
        premises = []
        for premise in derivation.premises:
            proof = self.prove(premise, depth - 1, path)
            if proof is None:
                return None
            premises.append(proof)
        return Proof(triple, rule=derivation.rule, premises=tuple(premises))

    def _keep(self, depth: int, proof: Proof) -> Proof:
        self._proved[proof.triple] = (depth, proof)
        return proof

    def _count(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise LimitError(f"no proof found within {_MOST_STEPS:,} steps")

    def _stated(self, triple: Triple) -> tuple[str, ...]:
        graphs = {graph for _, _, _, graph in self._store.quads(*triple)}
        return tuple(sorted(graphs - {self._minter.inferred, rules_graph(self._minter)}))

    def _reports(self, triple: Triple, graphs: tuple[str, ...]) -> tuple[Report, ...]:
        articles = (graph for graph in graphs if graph.startswith(self._minter.graph("article/")[:-1]))
        return reports_for(self._store, triple, articles)
