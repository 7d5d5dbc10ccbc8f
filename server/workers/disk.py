"""Workers that read the store on disk: for queries of named graphs, and for all while the image is being filled.

A process cannot read a store that another writes, but it can read a copy, and a copy by hard links takes milliseconds.
So each version that is asked for is copied once, beside the files of the store, and removed when nobody reads it.
"""

from __future__ import annotations

import itertools
import os
import shutil
import threading
import time
from collections import Counter
from pathlib import Path

from kg.errors import LimitError, StoreError
from kg.graph.store import OxigraphStore
from server.limits import Limits
from server.workers.worker import Worker, Zygote

_PREFIX = "reading-"


class DiskWorkers:
    """Forked from a small process when they are needed, at most ``most`` of them."""

    def __init__(self, store: OxigraphStore, limits: Limits, most: int) -> None:
        assert store.path is not None
        self._store = store
        self._folder = store.path
        self._limits = limits
        self._most = most
        self._free = threading.Condition()
        self._zygote: Zygote | None = None
        self._idle: list[Worker] = []
        self._alive: set[Worker] = set()
        self._copy: tuple[int, Path] | None = None
        self._read: Counter[Path] = Counter()
        self._names = itertools.count()
        self._closing = False
        if store.writable:
            for left in self._folder.glob(f"{_PREFIX}*"):
                shutil.rmtree(left, ignore_errors=True)

    def acquire(self, deadline: float) -> Worker:
        """A worker that reads the latest version; raises LimitError where none comes free in time."""
        with self._free:
            while not self._idle and len(self._alive) >= self._most:
                if self._closing or not self._free.wait(deadline - time.monotonic()):
                    raise LimitError("the server is too busy for this query now; try again later")
            worker = self._idle.pop() if self._idle else self._forked()
            try:
                self._open(worker)
            except OSError:
                self._drop(worker)  # it died in idleness
                worker = self._forked()
                self._open(worker)
            return worker

    def _forked(self) -> Worker:
        for attempt in (1, 2):
            if self._zygote is None:
                self._zygote = Zygote(self._limits.max_memory, network=bool(self._limits.service_hosts))
            try:
                worker = self._zygote.fork()
            except (OSError, StoreError):
                self._zygote.close()
                self._zygote = None
                if attempt == 2:
                    raise
            else:
                self._alive.add(worker)
                return worker
        raise AssertionError

    def _open(self, worker: Worker) -> None:
        """Has a worker open the copy of the latest version, unless it has it open."""
        version, folder = self._latest()
        if worker.folder != folder:
            self._leave(worker)
            worker.open(folder)
            self._read[folder] += 1
        worker.version = version

    def _latest(self) -> tuple[int, Path]:
        """The copy of the latest version, made if need be; a store that only reads is read as it is."""
        if not self._store.writable:
            return self._store.version, self._folder
        if self._copy is None or self._copy[0] != self._store.version:
            old, folder = self._copy, self._folder / f"{_PREFIX}{os.getpid()}-{next(self._names)}"
            version = self._store.version  # what is committed meanwhile may be in the copy as well
            self._store.backup(folder)
            self._copy = version, folder
            if old:
                self._forget(old[1])
        return self._copy

    def _leave(self, worker: Worker) -> None:
        if worker.folder:
            self._read[worker.folder] -= 1
            self._forget(worker.folder)
            worker.folder = None

    def _forget(self, folder: Path) -> None:
        """Removes a copy that nobody reads and nobody will."""
        if self._store.writable and not self._read[folder] and (self._copy is None or self._copy[1] != folder):
            del self._read[folder]
            shutil.rmtree(folder, ignore_errors=True)

    def release(self, worker: Worker, healthy: bool) -> None:
        """Takes a worker back, or gives it up."""
        with self._free:
            if healthy and not self._closing:
                self._idle.append(worker)
            else:
                self._drop(worker)
            self._free.notify()

    def _drop(self, worker: Worker) -> None:
        worker.discard()
        self._alive.discard(worker)
        self._leave(worker)

    def close(self) -> None:
        """Ends all processes and removes the copies."""
        with self._free:
            self._closing = True
            for worker in list(self._alive):
                self._drop(worker)
            if self._zygote:
                self._zygote.close()
            copy, self._copy = self._copy, None
            if copy:
                self._forget(copy[1])
            self._free.notify_all()
