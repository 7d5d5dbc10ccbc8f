"""Keeps the inferred graph of a store true: what follows from a commit is written with it, in the same transaction.

So no reader ever sees the one without the other, and a process that is killed leaves both or neither. Only what is
streamed into a store, or cannot be told in quads, is inferred from after it (``settle``).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kg.errors import ForbiddenError, KgError, LimitError
from kg.graph.infer import InferenceReport
from kg.graph.reason.adapter import NativeReasoner
from kg.graph.reason.engine import Engine
from kg.graph.reason.state import Limits
from kg.graph.store import OxigraphStore, Store
from kg.graph.store.changes import Changes
from kg.graph.store.parse import plain
from kg.graph.terms import Minter, value

log = logging.getLogger("communique.inference")
_LARGE: Final = 50_000
"""More quads than these in one commit are inferred from after it, as what follows is written in bulk then."""


class Keeper:
    """Fulfils ``Reasoner`` for one store; a store that was never inferred is left alone until ``infer`` is called.

    The lock of the store is the only one: it is held while anything is derived, so that changes are taken in order.
    """

    name = "native"

    def __init__(self, store: OxigraphStore, minter: Minter, limits: Limits | None = None) -> None:
        self._store = store
        self._minter = minter
        self._reasoner = NativeReasoner(limits)
        self._derived = minter.derived
        self._inferred = any(True for _ in store.quads(graph=minter.inferred))
        self._gave_up = False
        store.accompany(self._complete)

    @property
    def keeps(self) -> bool:
        """Whether what follows is kept: there was an inferred graph at first, or ``infer`` was called since."""
        return self._inferred and not self._gave_up

    def infer(self, store: Store, minter: Minter) -> InferenceReport:
        """Brings the inferred graph up to date where it is not; from then on it is kept."""
        with self._store.frozen():
            report = self._reasoner.infer(store, minter)
            self._inferred, self._gave_up = True, False
            return report

    def settle(self) -> None:
        """Brings the inferred graph, if it is kept, up to date where a commit could not."""
        with self._store.frozen():
            if self.keeps and self._reasoner.behind(self._store):
                with self._bounded():
                    self._reasoner.infer(self._store, self._minter)

    def warm(self) -> None:
        """Settles in a thread, so that the first write need not wait, and what a kg load left undone is inferred."""

        def run() -> None:
            try:
                self.settle()
            except KgError as error:  # the store was closed meanwhile, or cannot be written: a write would tell
                log.warning("nothing is inferred yet: %s", error)

        threading.Thread(target=run, name="inference", daemon=True).start()

    @contextmanager
    def closed(self) -> Iterator[Engine | None]:
        """The engine as of now, for proofs, while nothing is written; None where no inferred graph is kept."""
        with self._store.frozen():
            self.settle()
            yield self._reasoner.engine(self._store, self._minter) if self.keeps else None

    def refuse(self, graph: str) -> None:
        """Raises ForbiddenError where a graph is the inferred one, and kept."""
        if graph == self._minter.inferred and self.keeps:
            raise ForbiddenError(f"{value(graph)} holds what follows from the other graphs, and nothing else")

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        """Gives up where so much follows that it cannot be derived, as nothing could be written any more."""
        try:
            yield
        except LimitError as error:
            self._gave_up = True
            log.error("the inferred graph is not kept from now on: %s", error)

    def _complete(self, changes: Changes) -> None:
        """Adds to changes what follows from them.

        Raises ForbiddenError for what is added to the inferred graph; what is removed there stays, as it follows still.
        LimitError refuses changes from which too much follows.
        """
        if self._reasoner.writing() or not self.keeps:
            return
        inferred = self._minter.inferred
        if any(str(quad.graph_name) == inferred for quad in changes.added):
            self.refuse(inferred)
        changes.removed = {quad for quad in changes.removed if str(quad.graph_name) != inferred}
        if len(changes.added) + len(changes.removed) > _LARGE:
            return
        added, removed = (
            [quad for quad in map(plain, quads) if quad[3] not in self._derived]
            for quads in (changes.added, changes.removed)
        )
        if not (added or removed):
            return
        if self._reasoner.behind(self._store):
            self.settle()
        if self.keeps:
            more, less = self._reasoner.foresee(self._store, added, removed)
            changes.remove(less, inferred)
            changes.add(more, inferred)
