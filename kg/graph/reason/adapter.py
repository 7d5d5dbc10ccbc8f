"""The engine behind the reasoner interface: reads a store's assertions, writes the difference to its inferred graph.

A reasoner that is kept follows its store: it listens to commits, and the next ``infer`` derives only what they changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain

from kg.graph.derivations import Derivation
from kg.graph.infer import Inconsistency, InferenceReport
from kg.graph.reason.beyond import rules_graph
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.engine import Difference, Engine
from kg.graph.reason.proofs import Proof
from kg.graph.reason.state import Contradiction, Limits
from kg.graph.store import Delta, Quad, Store
from kg.graph.terms import Minter

_LARGE = 100_000
"""More bytes than these are written in bulk."""


class NativeReasoner:
    """Closes the graph with the project's own engine."""

    name = "native"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._store: Store | None = None
        self._inferred = ""
        self._after = ""
        self._engine: Engine | None = None
        self._added: dict[Quad, None] = {}
        self._removed: dict[Quad, None] = {}
        self._writing = False
        self._missed = False
        self._derived = 0

    def infer(self, store: Store, minter: Minter) -> InferenceReport:
        """Derives what is new, or everything where that is not known, and writes the difference.

        LimitError leaves the inferred graph as it was.
        """
        begun = time.perf_counter()
        if self._engine is not None and self._store is store and self._inferred == minter.inferred:
            engine, self._missed = self._engine, False
            change = self._follow(engine, store)
            added, removed = _ended(change.added), change.removed
        else:
            engine, added, removed = self._start(store, minter)
        self._write(store, minter.inferred, added, removed)
        self._engine = None if self._missed else engine
        count = added.count(b"\n")
        self._derived += count - len(removed)
        return InferenceReport(
            reasoner=self.name,
            asserted=engine.asserted,
            derived=self._derived,
            added=count,
            removed=len(removed),
            rounds=engine.state.round,
            seconds=time.perf_counter() - begun,
            inconsistencies=tuple(inconsistency(engine, found) for found in engine.contradictions),
        )

    def engine(self, store: Store, minter: Minter) -> Engine:
        """The closed graph of a store, to be asked for proofs and rules; derives it if that was not done yet."""
        if self._engine is None or self._store is not store:
            self.infer(store, minter)
        assert self._engine is not None
        return self._engine

    def of(self, triple: tuple[str, str, str]) -> Iterator[Derivation]:
        """The last steps to a triple, as ``kg.graph.explain`` asks for them."""
        for found in self._engine.derivations(*triple) if self._engine else ():
            yield Derivation(found.rule, found.premises)

    def prove(self, subject: str, predicate: str, obj: str) -> Proof:
        """A proof in the graph that was last derived; raises NotFoundError."""
        assert self._engine is not None, "infer first"
        return self._engine.prove(subject, predicate, obj)

    def _start(self, store: Store, minter: Minter) -> tuple[Engine, bytes, list[bytes]]:
        """A new engine, the inferred lines to add, and those to remove."""
        self._engine, self._missed = None, False
        if self._store is not store:
            self._store = store
            store.subscribe(self._changed)
        self._inferred, self._after = minter.inferred, rules_graph(minter)
        self._added, self._removed, self._derived = {}, {}, 0
        engine = Engine(limits=self._limits)
        engine.close(*columns(engine, store, (self._inferred, self._after)))
        derived = engine.inferred(expand=True)
        if minter.inferred not in store.graphs():
            return engine, derived, []
        out = BytesIO()
        store.dump(out, "ntriples", graph=minter.inferred)
        before = set(_statements(out.getvalue()))
        self._derived = len(before)
        change = Difference.of(before, set(_statements(derived)))
        return engine, _ended(change.added), change.removed

    def _follow(self, engine: Engine, store: Store) -> Difference:
        """Derives what the commits since the last time changed; the engine is given up if a limit is reached."""
        removed = [quad for quad in self._removed if not self._elsewhere(store, quad)]
        added, self._added, self._removed, self._engine = list(self._added), {}, {}, None
        lost = engine.remove(_ntriples(removed)) if removed else Difference([], [])
        gained = engine.add(_ntriples(added)) if added else Difference([], [])
        return lost.then(gained)

    def _elsewhere(self, store: Store, quad: Quad) -> bool:
        return any(graph not in (self._inferred, self._after) for *_, graph in store.quads(*quad[:3]))

    def _changed(self, delta: Delta | None) -> None:
        """Takes note of a commit; one that is not told in quads, or is of the inferred graph, ends following."""
        if self._writing:
            return
        if self._engine is None:
            self._missed = True
            return
        if delta is None or any(quad[3] == self._inferred for quad in chain(delta.added, delta.removed)):
            self._engine = None
            return
        for quad in delta.removed:
            if quad[3] != self._after:
                self._added.pop(quad, None)
                self._removed[quad] = None
        for quad in delta.added:
            if quad[3] != self._after:
                self._removed.pop(quad, None)
                self._added[quad] = None

    def _write(self, store: Store, graph: str, added: bytes, removed: list[bytes]) -> None:
        self._writing = True
        try:
            large = len(added) > _LARGE
            if removed or not large:
                with store.transaction() as transaction:
                    transaction.remove(_ended(removed), graph)
                    transaction.add(b"" if large else added, graph)
            if large:
                store.extend(graph, added)
        finally:
            self._writing = False


def _ended(statements: list[bytes]) -> bytes:
    """Statements as N-Triples."""
    return b" .\n".join([*statements, b""])


def _statements(triples: bytes) -> list[bytes]:
    """The statements of N-Triples, without full stops."""
    return triples.split(b" .\n")[:-1]


def _ntriples(quads: Iterable[Quad]) -> bytes:
    return "".join(f"{s} {p} {o} .\n" for s, p, o, _ in quads).encode()


def columns(engine: Engine, store: Store, derived: tuple[str, ...]) -> tuple[Ids, Ids, Ids]:
    """Every triple of every graph but the derived ones, as columns of the engine's identifiers."""
    graphs, out = store.graphs(), BytesIO()
    stated = [graph for graph in graphs if graph not in derived]
    if len(stated) == len(graphs):
        store.dump(out, "ntriples")
    else:
        for graph in stated:
            store.dump(out, "ntriples", graph=graph)
    return engine.state.dictionary.encode(out.getvalue())


def inconsistency(engine: Engine, found: Contradiction) -> Inconsistency:
    """A contradiction as those who check a graph show it."""
    premises = [premise.triple for premise in engine.refute(found).premises]
    terms = tuple(dict.fromkeys(term for triple in premises for term in triple))
    said = "; ".join(" ".join(triple) for triple in premises)
    return Inconsistency(f"{found.rule.name}: {said}", rule=found.rule.name, terms=terms)
