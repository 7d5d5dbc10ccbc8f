"""Renews the graph of the rules beyond OWL after writes, in a thread, so that no writer waits for it.

Rules count and compare over the whole graph, so what they make is not followed change by change: it is made anew a
while after commits of which a rule reads something, and no more often than takes a tenth of the time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Final

from kg.errors import KgError
from kg.graph.reason.beyond import apply_rules, load_rules
from kg.graph.store import Delta, Store
from kg.graph.terms import PREFIXES, RDF, Minter, iri

log = logging.getLogger("communique.inference")
_TYPE: Final = iri(RDF + "type")
_SHARE: Final = 9
"""Times as long as a renewal took that nothing is renewed after it."""


class Renewal:
    """Listens to a store from ``start`` on, until it is closed; ``wanted`` is asked before each renewal."""

    def __init__(
        self,
        store: Store,
        minter: Minter,
        folder: Path | None = None,
        *,
        wanted: Callable[[], bool] = lambda: True,
        patience: float = 2.0,
    ) -> None:
        self._store = store
        self._minter = minter
        self._folder = folder
        self._wanted = wanted
        self._patience = patience
        self._graph = minter.rules
        self._reads: frozenset[str] = frozenset()
        self._due = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rules", daemon=True)

    def start(self) -> None:
        """Listens from now on, for what the rules read."""
        names = [name.partition(":") for rule in load_rules(self._folder) for name in rule.reads]
        self._reads = frozenset(iri(PREFIXES[prefix] + local) for prefix, _, local in names)
        self._store.subscribe(self._heard)
        self._thread.start()

    def close(self) -> None:
        """Ends the thread, after the renewal that may be under way."""
        self._closed.set()
        self._due.set()
        if self._thread.is_alive():
            self._thread.join()

    def _heard(self, delta: Delta | None) -> None:
        if not self._due.is_set() and (delta is None or self._read(delta)):
            self._due.set()

    def _read(self, delta: Delta) -> bool:
        """Whether a rule reads anything of a commit."""
        return any(
            graph != self._graph and (predicate in self._reads or (predicate == _TYPE and obj in self._reads))
            for _, predicate, obj, graph in chain(delta.added, delta.removed)
        )

    def _run(self) -> None:
        pause = self._patience
        while self._due.wait() and not self._closed.wait(pause):
            self._due.clear()
            begun = time.monotonic()
            if self._wanted():
                self._renew()
            pause = max(self._patience, _SHARE * (time.monotonic() - begun))

    def _renew(self) -> None:
        try:
            apply_rules(self._store, self._minter, self._folder)
        except KgError as error:  # the store was closed meanwhile, or cannot be written: a write would tell
            log.warning("the graph of the rules is not renewed: %s", error)
