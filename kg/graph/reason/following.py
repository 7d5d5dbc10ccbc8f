"""An engine that follows a store: closed over what is stated there, and brought up to date by what commits changed."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
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
        self._foreseen = False
        store.subscribe(self._changed)

    @property
    def behind(self) -> bool:
        """Whether anything was committed that the engine has not taken in."""
        return self._engine is None or self._foreseen or bool(self._added or self._removed)

    @property
    def writing(self) -> bool:
        """Whether this thread is writing the inferred graph, inside ``unheard``."""
        return self._writer == threading.get_ident()

    def update(self) -> tuple[Engine, Difference | None]:
        """The engine as of now, and how that changed the inferred triples; no difference where it started anew.

        LimitError ends following; the next update starts anew.
        """
        engine, self._engine, self._missed = self._engine, None, False
        if self._foreseen:  # what was foreseen never was committed
            engine, self._foreseen = None, False
        difference = None
        if engine is None:
            self._added, self._removed = {}, {}
            engine = Engine(limits=self._limits)
            engine.close(*columns(engine, self.store, self._derived))
        else:
            difference = self._follow(engine)
        self._engine = None if self._missed else engine
        return engine, difference

    def foresee(self, added: Sequence[Quad], removed: Sequence[Quad]) -> Difference:
        """Takes in, after an ``update``, what this thread is about to commit; how that changes the inferred triples.

        Should the commit fail, the next update starts anew. LimitError ends following.
        """
        engine, self._engine = self._engine, None
        assert engine is not None, "update first"
        going = set(removed)
        difference = self._take(engine, added, [quad for quad in removed if not self._elsewhere(quad, going)])
        self._engine, self._foreseen = engine, True
        return difference

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
        return self._take(engine, added, removed)

    @staticmethod
    def _take(engine: Engine, added: Sequence[Quad], removed: Sequence[Quad]) -> Difference:
        lost = engine.remove(_ntriples(removed)) if removed else Difference([], [])
        gained = engine.add(_ntriples(added)) if added else Difference([], [])
        return lost.then(gained)

    def _elsewhere(self, quad: Quad, going: Collection[Quad] = ()) -> bool:
        """Whether another graph states the triple, but for quads that are going."""
        found = self.store.quads(*quad[:3])
        return any(other[3] not in self._derived and other not in going for other in found)

    def _changed(self, delta: Delta | None) -> None:
        """Takes note of a commit; one that is not told in quads ends following."""
        if self.writing:
            return
        if self._foreseen and delta is not None:
            self._foreseen = False
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
