"""The workers of a server: as many as allowed, kept up to date with the store, replaced when they are stopped."""

from __future__ import annotations

import itertools
import logging
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from kg.errors import KgError, LimitError
from kg.graph.store import Delta, OxigraphStore
from server.limits import Limits
from server.sparql.evaluate import Job
from server.workers.changes import ChangeLog
from server.workers.stream import Stream
from server.workers.worker import Worker, Zygote

log = logging.getLogger("communique.workers")
_GRACE = 1.0


class Pool:
    """Evaluates jobs in workers; fulfils ``Evaluator`` and tells operators what runs."""

    def __init__(self, store: OxigraphStore, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._log = ChangeLog(store.version)
        self._state = threading.RLock()
        self._free = threading.Condition(self._state)
        self._work = threading.Condition(self._state)
        self._idle: deque[Worker] = deque()
        self._alive: set[Worker] = set()
        self._running: dict[str, Stream] = {}
        self._names = itertools.count(1)
        self._given_up: deque[str] = deque(maxlen=200)
        self._waiting = 0
        self._ready = False
        self._closing = False
        self._counts = {"queries": 0, "stopped": 0, "refused": 0, "forked": 0}
        store.subscribe(self._note)
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self._keeper.start()
        threading.Thread(target=self._reap, name="deadline-reaper", daemon=True).start()

    # Evaluating

    def run(self, job: Job) -> Iterator[bytes]:
        """The answer in pieces; raises LimitError where no worker comes free or a bound is reached."""
        worker = self._acquire(time.monotonic() + job.seconds)
        stream = Stream(worker, job, self._limits, self._release)
        with self._state:
            self._counts["queries"] += 1
            named = job.name and job.name not in self._running
            self._running[job.name if named else str(next(self._names))] = stream
            given_up = job.name in self._given_up
        if given_up:
            stream.stop(cancelled=True)
        return stream.start()

    def _acquire(self, deadline: float) -> Worker:
        """An idle worker that knows the latest version."""
        with self._state:
            if not self._idle and self._waiting >= self._limits.waiting:
                self._counts["refused"] += 1
                raise LimitError(f"{self._waiting} queries are waiting already; try again later")
            self._waiting += 1
            try:
                while True:
                    worker = self._updated()
                    if worker:
                        return worker
                    if self._closing or not self._free.wait(deadline - time.monotonic()):
                        self._counts["refused"] += 1
                        raise LimitError("the server is too busy for this query now; try again later")
            finally:
                self._waiting -= 1

    def _updated(self) -> Worker | None:
        """An idle worker after it was sent what it missed; those that cannot follow are given up."""
        while self._idle and not self._log.broken:
            worker = self._idle.popleft()
            missing = self._log.since(worker.version)
            try:
                if missing is not None:
                    worker.follow(missing)
                    return worker
            except OSError:
                pass  # it died; another takes its place
            self._drop(worker)
        return None

    def _release(self, worker: Worker, healthy: bool) -> None:
        with self._state:
            for name in [n for n, stream in self._running.items() if stream.uses(worker)]:
                del self._running[name]
            if healthy and not self._closing:
                self._idle.append(worker)
                self._free.notify()
            else:
                self._counts["stopped"] += 1
                self._drop(worker)

    def _drop(self, worker: Worker) -> None:
        worker.discard()
        self._alive.discard(worker)
        self._work.notify()

    # Keeping workers

    def _note(self, delta: Delta | None) -> None:
        """A commit was made; the thread that made it holds the store's lock, so notes come in order."""
        with self._state:
            self._log.note(delta, self._store.version)
            self._work.notify()

    def repeatable(self, text: str, base: str) -> AbstractContextManager[None]:
        """Says that what this thread commits in the block is an update whose text the workers can repeat."""
        return self._log.repeatable(text, base)

    def _keep(self) -> None:
        """Runs in a thread of its own: makes the zygote, feeds it, forks workers; starts over where that fails."""
        while not self._closing:
            try:
                self._keep_one()
            except Exception as error:  # whatever it was, without workers no query is answered
                if not self._closing:
                    log.warning("workers start over: %s", error, exc_info=not isinstance(error, KgError | OSError))
                    time.sleep(0.5)

    def _keep_one(self) -> None:
        zygote = Zygote(self._limits.max_memory, network=bool(self._limits.service_hosts))
        try:
            self._load(zygote)
            while self._wait_for_work(zygote):
                self._serve_work(zygote)
        finally:
            with self._state:
                self._ready = False
                for worker in self._idle:
                    worker.discard()
                    self._alive.discard(worker)
                self._idle.clear()
            zygote.close()

    def _load(self, zygote: Zygote) -> None:
        """Fills the zygote with the store as it is at one version."""
        with tempfile.TemporaryDirectory(prefix="communique-") as folder:
            image = Path(folder) / "image.nq"
            with self._store.frozen() as version, self._state:
                self._log.begin_copy(version)
            self._store.save_image(image)
            with self._state:
                self._log.end_copy()
            zygote.load(image, version, merged=self._store.merged)

    def _wait_for_work(self, zygote: Zygote) -> bool:
        """Waits until the zygote has something to follow or to fork; False where it is no longer of use."""
        with self._state:
            while True:
                if self._closing or self._log.broken or self._log.since(zygote.version) is None:
                    return False
                if zygote.version < self._log.version or len(self._alive) < self._limits.workers:
                    return True
                self._ready = True
                self._work.wait()

    def _serve_work(self, zygote: Zygote) -> None:
        with self._state:
            missing = self._log.since(zygote.version)
            wanted = self._limits.workers - len(self._alive)
        zygote.follow(missing or [])
        for _ in range(wanted):
            worker = zygote.fork()
            with self._state:
                self._counts["forked"] += 1
                self._alive.add(worker)
                self._idle.append(worker)
                self._free.notify()

    def _reap(self) -> None:
        """Stops what is past its deadline though nobody reads its answer."""
        while not self._closing:
            time.sleep(0.25)
            now = time.monotonic()
            with self._state:
                late = [stream for stream in self._running.values() if now > stream.deadline + _GRACE]
            for stream in late:
                stream.stop()

    def close(self) -> None:
        """Ends all processes."""
        with self._state:
            self._closing = True
            for worker in list(self._alive):
                worker.discard()
            self._free.notify_all()
            self._work.notify_all()
        self._keeper.join(timeout=10)

    # For operators

    def running(self) -> list[dict[str, object]]:
        """The queries that run now."""
        now = time.monotonic()
        with self._state:
            return [
                {"id": name, "query": s.job.text, "seconds": round(now - s.began, 3), "client": s.job.client}
                for name, s in self._running.items()
            ]

    def cancel(self, query_id: str) -> bool:
        """Stops a query; one that its client named and that still waits for a worker is not begun."""
        with self._state:
            stream = self._running.get(query_id)
            if not stream and not query_id.isdigit():
                self._given_up.append(query_id[:80])
        if stream:
            stream.stop(cancelled=True)
        return stream is not None

    def ready(self) -> bool:
        """Whether the workers have the graph in memory."""
        return self._ready

    def metrics(self) -> Iterator[str]:
        """Lines for Prometheus."""
        with self._state:
            gauges: dict[str, Any] = {"idle": len(self._idle), "running": len(self._running), "waiting": self._waiting}
            counts = dict(self._counts)
        for name, value in gauges.items():
            yield f"# TYPE kg_workers_{name} gauge"
            yield f"kg_workers_{name} {value}"
        for name, value in counts.items():
            yield f"# TYPE kg_workers_{name}_total counter"
            yield f"kg_workers_{name}_total {value}"
