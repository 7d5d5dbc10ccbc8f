"""An engine that follows a store: closed over what is stated there, and brought up to date by what commits changed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain

from kg.graph.reason.beyond import rules_graph
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.engine import Difference, Engine
from kg.graph.reason.state import Limits
from kg.graph.store import Delta, Quad, Store
from kg.graph.terms import Minter


class Follower:
    """Listens to the commits of a store from its first update on; the derived graphs are not what it reads.

    ``disturbed`` says that the inferred graph was written by somebody else since it was set to False.
    """

    def __init__(self, store: Store, minter: Minter, limits: Limits | None = None) -> None:
        self.store = store
        self.inferred = minter.inferred
        self.disturbed = False
        self._derived = (minter.inferred, rules_graph(minter))
        self._limits = limits or Limits()
        self._engine: Engine | None = None
        self._added: dict[Quad, None] = {}
        self._removed: dict[Quad, None] = {}
        self._missed = False
        self._writer = 0
        store.subscribe(self._changed)

    def update(self) -> tuple[Engine, Difference | None]:
        """The engine as of now, and how that changed the inferred triples; no difference where it started anew.

        LimitError ends following; the next update starts anew.
        """
        engine, self._engine, self._missed = self._engine, None, False
        difference = None
        if engine is None:
            self._added, self._removed = {}, {}
            engine = Engine(limits=self._limits)
            engine.close(*columns(engine, self.store, self._derived))
        else:
            difference = self._follow(engine)
        self._engine = None if self._missed else engine
        return engine, difference

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Commits of this thread inside the block are of the inferred graph, and not listened to."""
        self._writer = threading.get_ident()
        try:
            yield
        finally:
            self._writer = 0

    def _follow(self, engine: Engine) -> Difference:
        removed = [quad for quad in self._removed if not self._elsewhere(quad)]
        added, self._added, self._removed = list(self._added), {}, {}
        lost = engine.remove(_ntriples(removed)) if removed else Difference([], [])
        gained = engine.add(_ntriples(added)) if added else Difference([], [])
        return lost.then(gained)

    def _elsewhere(self, quad: Quad) -> bool:
        return any(graph not in self._derived for *_, graph in self.store.quads(*quad[:3]))

    def _changed(self, delta: Delta | None) -> None:
        """Takes note of a commit; one that is not told in quads ends following."""
        if self._writer == threading.get_ident():
            return
        if self._engine is None:
            self._missed = self.disturbed = True
            return
        if delta is None:
            self._engine, self.disturbed = None, True
            return
        self.disturbed |= any(quad[3] == self.inferred for quad in chain(delta.added, delta.removed))
        for quad in delta.removed:
            if quad[3] not in self._derived:
                self._added.pop(quad, None)
                self._removed[quad] = None
        for quad in delta.added:
            if quad[3] not in self._derived:
                self._removed.pop(quad, None)
                self._added[quad] = None


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
