"""The engine behind the reasoner interface: reads a store's assertions, writes the difference to its inferred graph.

A reasoner that is kept follows its store: it listens to commits, and the next ``infer`` derives only what they changed.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from kg.graph.infer import Inconsistency, InferenceReport
from kg.graph.reason.engine import Engine
from kg.graph.reason.following import Follower
from kg.graph.reason.proofs import Proof
from kg.graph.reason.state import Contradiction, Limits
from kg.graph.store import Quad, Store
from kg.graph.terms import Minter

_LARGE = 1_000
"""More triples than these are written in bulk."""


class NativeReasoner:
    """Closes the graph with the project's own engine."""

    name = "native"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._follower: Follower | None = None
        self._engine: Engine | None = None
        self._written = False
        self._derived = 0
        self._lock = threading.Lock()

    def infer(self, store: Store, minter: Minter) -> InferenceReport:
        """Derives what is new, or everything where that is not known, and writes the difference.

        LimitError leaves the inferred graph as it was.
        """
        with self._lock, _without_collector():
            return self._infer(store, minter)

    def foresee(self, store: Store, added: Sequence[Quad], removed: Sequence[Quad]) -> tuple[bytes, bytes]:
        """What to add to the inferred graph, and to remove from it, together with changes about to be committed.

        N-Triples; to be asked only where the reasoner is not ``behind``. LimitError changes nothing in the store.
        """
        with self._lock:
            assert self._follower is not None and not self.behind(store), "infer first"
            self._written = False
            change = self._follower.foresee(added, removed)
            self._written = True
            self._derived += len(change.added) - len(change.removed)
            return _ended(change.added), _ended(change.removed)

    def behind(self, store: Store) -> bool:
        """Whether the inferred graph of a store is not known to be what follows from it now."""
        follower = self._follower
        return not (self._written and follower and follower.store is store) or follower.behind or follower.disturbed

    def writing(self) -> bool:
        """Whether this thread is writing the inferred graph."""
        return self._follower is not None and self._follower.writing

    def _infer(self, store: Store, minter: Minter) -> InferenceReport:
        begun = time.perf_counter()
        follower = self._following(store, minter)
        whole, self._written = not self._written or follower.disturbed, False
        follower.disturbed = False
        self._engine, change = follower.update(empty=whole and not _holds(store, minter.inferred))
        if isinstance(change, int):
            gained, lost = change, 0
            self._derived = 0
        else:
            added, removed = (
                self._compared(self._engine, store, minter.inferred)
                if change is None or whole
                else (change.added, change.removed)
            )
            self._write(follower, minter.inferred, added, removed)
            gained, lost = len(added), len(removed)
        self._written = True
        self._derived += gained - lost
        return InferenceReport(
            reasoner=self.name,
            asserted=self._engine.asserted,
            derived=self._derived,
            added=gained,
            removed=lost,
            rounds=self._engine.state.round,
            seconds=time.perf_counter() - begun,
            inconsistencies=tuple(inconsistency(self._engine, found) for found in self._engine.contradictions),
            problems=tuple(map(str, self._engine.problems)),
        )

    def engine(self, store: Store, minter: Minter) -> Engine:
        """The closed graph of a store, to be asked for proofs and rules; derives it if that was not done yet."""
        if self._engine is None or self._follower is None or self._follower.store is not store:
            self.infer(store, minter)
        assert self._engine is not None
        return self._engine

    def prove(self, subject: str, predicate: str, obj: str) -> Proof:
        """A proof in the graph that was last derived; raises NotFoundError."""
        assert self._engine is not None, "infer first"
        return self._engine.prove(subject, predicate, obj)

    def _following(self, store: Store, minter: Minter) -> Follower:
        follower = self._follower
        if follower is None or follower.store is not store or follower.inferred != minter.inferred:
            follower, self._written = Follower(store, minter, self._limits), False
            self._follower = follower
        return follower

    def _compared(self, engine: Engine, store: Store, graph: str) -> tuple[list[bytes], list[bytes]]:
        """The inferred statements to add to the graph, and those to remove from it."""
        out = BytesIO()
        store.dump(out, "ntriples", graph=graph)
        before = out.getvalue()
        self._derived = before.count(b"\n")
        if not before:
            return list(engine.statements(expand=True)), []
        change = engine.compared(before)
        return change.added, change.removed

    def _write(self, follower: Follower, graph: str, added: list[bytes], removed: list[bytes]) -> None:
        with follower.unheard():
            large = len(added) > _LARGE
            if removed or not large:
                with follower.store.transaction() as transaction:
                    transaction.remove(_ended(removed), graph)
                    transaction.add(b"" if large else _ended(added), graph)
            if large:
                follower.store.extend(graph, added)


def _holds(store: Store, graph: str) -> bool:
    return any(True for _ in store.quads(graph=graph))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keeps Python's collector from looking for cycles among very many new objects, of which none is in one."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _ended(statements: list[bytes]) -> bytes:
    """Statements as N-Triples."""
    return b" .\n".join([*statements, b""])


def inconsistency(engine: Engine, found: Contradiction) -> Inconsistency:
    """A contradiction as those who check a graph show it."""
    premises = [premise.triple for premise in engine.refute(found).premises]
    terms = tuple(dict.fromkeys(term for triple in premises for term in triple))
    said = "; ".join(" ".join(triple) for triple in premises)
    return Inconsistency(f"{found.rule.name}: {said}", rule=found.rule.name, terms=terms)
