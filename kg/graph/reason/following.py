"""An engine that follows a store: closed over what is stated there, and brought up to date by what commits changed."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from typing import Final

from kg.errors import LimitError
from kg.graph.reason.dictionary import Dictionary, Ids
from kg.graph.reason.engine import Difference, Engine
from kg.graph.reason.state import Limits
from kg.graph.reason.telling import Unsteady
from kg.graph.store import Delta, Quad, Store, two_processors
from kg.graph.terms import Minter

_FEW: Final = 30_000
"""More stated triples than these are closed before anything is written, as that is little of the whole then."""
_MOST: Final = 300_000
_SOON: Final = 1.0
"""Derived facts, and seconds, after which what is written while it is derived is given up: a wait without an end could
not be interrupted while the engine below reads."""


class Follower:
    """Listens to the commits of a store from its first update on; the derived graphs are not what it reads.

    ``disturbed`` says that the inferred graph was written by somebody else since it was set to False.
    """

    def __init__(self, store: Store, minter: Minter, limits: Limits | None = None) -> None:
        self.store = store
        self.inferred = minter.inferred
        self.disturbed = False
        self._derived = minter.derived
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

    def update(self, *, empty: bool = False) -> tuple[Engine, Difference | int | None]:
        """The engine as of now, and how that changed the inferred triples; no difference where it started anew.

        Where the inferred graph is ``empty`` it may have been filled at once, and then that is with how many triples.
        LimitError ends following; the next update starts anew.
        """
        engine, self._engine, self._missed = self._engine, None, False
        if self._foreseen:  # what was foreseen never was committed
            engine, self._foreseen = None, False
        difference: Difference | int | None = None
        if engine is None:
            self._added, self._removed = {}, {}
            engine, difference = self._anew(empty)
        else:
            difference = self._follow(engine)
        self._engine = None if self._missed else engine
        return engine, difference

    def _anew(self, empty: bool) -> tuple[Engine, int | None]:
        """A closed engine, and how many triples were written into an empty graph meanwhile, where that was tried."""
        dictionary = Dictionary()
        stated = columns(dictionary, self.store, self._derived)
        if empty and len(stated[0]) <= _FEW and two_processors():
            bounds = Limits(min(self._limits.derived, _MOST), min(self._limits.seconds, _SOON))
            engine = Engine(limits=bounds, dictionary=dictionary)
            try:
                with self.unheard():
                    told = self.store.extend_as_told(self.inferred, lambda tell: engine.close(*stated, tell=tell))
                engine.state.limits = self._limits
                return engine, told
            except (Unsteady, LimitError):
                pass  # nothing was written; it is done again, and written when it is over
        engine = Engine(limits=self._limits, dictionary=dictionary)
        engine.close(*stated)
        return engine, None

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


def columns(dictionary: Dictionary, store: Store, derived: tuple[str, ...]) -> tuple[Ids, Ids, Ids]:
    """Every triple of every graph but the derived ones, as columns of the dictionary's identifiers."""
    graphs = store.graphs()
    stated = [graph for graph in graphs if graph not in derived]
    if len(stated) == len(graphs):
        return dictionary.encode_pieces(store.dumped())
    out = BytesIO()
    for graph in stated:  # of which there may be very many, too small to be read while they are written
        store.dump(out, "ntriples", graph=graph)
    return dictionary.encode(out.getvalue())
