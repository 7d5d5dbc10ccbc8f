"""The workers of a server: as many as allowed, kept up to date with the store, replaced when they are stopped."""

from __future__ import annotations

import itertools
import logging
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from kg.errors import KgError, LimitError
from kg.graph.store import Delta, OxigraphStore
from server.limits import Limits
from server.readers.board import NEVER
from server.readers.readers import Reader, Readers
from server.sparql.evaluate import Job
from server.workers.changes import ChangeLog
from server.workers.disk import DiskWorkers
from server.workers.memory import fits
from server.workers.stream import Stream
from server.workers.worker import Worker, Zygote

log = logging.getLogger("communique.workers")
_GRACE = 1.0


class Pool:
    """Evaluates jobs in workers; fulfils ``Evaluator`` and tells operators what runs."""

    def __init__(
        self,
        store: OxigraphStore,
        limits: Limits,
        filled: Callable[[], None] = lambda: None,
        readers: Readers | None = None,
    ) -> None:
        """``filled`` is called when the graph is in memory, before that is said; ``readers`` are kept as workers."""
        self._store = store
        self._filled = filled
        self._limits = limits
        self._disk = DiskWorkers(store, limits, max(1, limits.workers)) if store.path else None
        self._log = ChangeLog(store.version, named=self._disk is None)
        self._loads = True
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
        self._readers = readers
        if readers:
            readers.changed = self._wake
        store.subscribe(self._note)
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self._keeper.start()
        threading.Thread(target=self._reap, name="deadline-reaper", daemon=True).start()

    # Evaluating

    def run(self, job: Job) -> Iterator[bytes]:
        """The answer in pieces; raises LimitError where no worker comes free or a bound is reached."""
        deadline = time.monotonic() + job.seconds
        worker = self._acquire(deadline) if job.plain or not self._disk else None
        release = self._release
        if worker is None:
            worker, release = self._acquire_disk(deadline), self._release_disk
        return self._start(Stream(worker, job, self._limits, release))

    def begin(self, job: Job) -> Stream | None:
        """The answer where a worker is idle that knows the latest version; None where anything must be waited for."""
        if not job.plain or not self._state.acquire(blocking=False):
            return None
        try:
            if self._waiting or not self._idle or self._log.broken or self._idle[-1].version != self._log.version:
                return None
            worker = self._idle.pop()
        finally:
            self._state.release()
        worker.talk.settimeout(None)
        try:
            return self._start(Stream(worker, job, self._limits, self._release))
        except LimitError:
            return None  # it died in idleness

    def _start(self, stream: Stream) -> Stream:
        job = stream.job
        with self._state:
            self._counts["queries"] += 1
            named = job.name and job.name not in self._running
            self._running[job.name if named else str(next(self._names))] = stream
            given_up = job.name in self._given_up
        if given_up:
            stream.stop(cancelled=True)
        return stream.start()

    def _acquire(self, deadline: float) -> Worker | None:
        """An idle worker that knows the latest version; None where the disk is to answer, as memory is not ready."""
        with self._state:
            worker = self._updated()
            if worker:
                return worker
            with self._in_line():
                while not (self._disk and (self._log.broken or not self._ready)):
                    worker = self._updated()
                    if worker:
                        return worker
                    if self._closing or not self._free.wait(deadline - time.monotonic()):
                        self._counts["refused"] += 1
                        raise LimitError("the server is too busy for this query now; try again later")
        return None

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        """Counts those who wait; raises LimitError where too many do."""
        with self._state:
            if self._waiting >= self._limits.waiting:
                self._counts["refused"] += 1
                raise LimitError(f"{self._waiting} queries are waiting already; try again later")
            self._waiting += 1
        try:
            yield
        finally:
            with self._state:
                self._waiting -= 1

    def _acquire_disk(self, deadline: float) -> Worker:
        assert self._disk is not None
        with self._in_line():
            return self._disk.acquire(deadline)

    def _release_disk(self, worker: Worker, healthy: bool) -> None:
        assert self._disk is not None
        self._ended(worker)
        self._disk.release(worker, healthy)

    def _ended(self, worker: Worker) -> None:
        """Forgets what ran in a worker."""
        with self._state:
            for name in [n for n, stream in self._running.items() if stream.uses(worker)]:
                del self._running[name]

    def _updated(self) -> Worker | None:
        """An idle worker after it was sent what it missed; those that cannot follow are given up."""
        while self._idle and not self._log.broken:
            worker = self._idle.pop()  # the one whose memory is warm
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
            self._ended(worker)
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
            self._log.note(delta, self._store.version + 1)
            if self._readers:
                self._readers.note(NEVER if self._log.broken else self._log.version)
            self._work.notify()
            if self._log.broken:
                self._free.notify_all()

    def _wake(self) -> None:
        with self._state:
            self._work.notify()

    def repeatable(self, text: str, base: str) -> AbstractContextManager[None]:
        """Says that what this thread commits in the block is an update whose text the workers can repeat."""
        return self._log.repeatable(text, base)

    def _keep(self) -> None:
        """Runs in a thread of its own: makes the zygote, feeds it, forks workers; starts over where that fails."""
        while self._loads and not self._closing:
            try:
                self._keep_one()
            except Exception as error:  # whatever it was, without workers no query is answered
                if not self._closing:
                    log.warning("workers start over: %s", error, exc_info=not isinstance(error, KgError | OSError))
                    time.sleep(0.5)

    def _keep_one(self) -> None:
        zygote = Zygote(self._limits.max_memory, network=bool(self._limits.service_hosts))
        try:
            self._loads = self._load(zygote)
            while self._loads and self._wait_for_work(zygote):
                self._serve_work(zygote)
        finally:
            if self._readers:
                self._readers.end_all()
            with self._state:
                self._ready = False
                for worker in self._idle:
                    worker.discard()
                    self._alive.discard(worker)
                self._idle.clear()
            zygote.close()

    def _load(self, zygote: Zygote) -> bool:
        """Fills the zygote, and the image in this process, with the store at one version; False where it is too large.

        A store in memory is copied with all its graphs. Of one on disk the default graph is enough, as its copies
        read the rest.
        """
        self._settle()
        with tempfile.TemporaryDirectory(prefix="communique-") as folder:
            file = Path(folder) / "image.nq"
            with self._store.frozen() as version, self._state:
                self._log.begin_copy(version)
                if self._disk:
                    self._store.image.begin()
            self._store.save_image(file, named=self._disk is None)
            with self._state:
                self._log.end_copy()
            if self._disk and not fits(file, self._limits.image_share):
                log.warning("the graph does not fit the share of memory that it may have; queries read the disk")
                self._store.image.forget()
                return False
            columns = self._disk is not None and fits(file, self._limits.image_share, columns=True)
            zygote.begin_load(file, merged=self._store.merged and not self._disk, columns=columns)
            if self._disk and self._store.image.fill(file):
                self._filled()
            zygote.end_load(version)
            return True

    def _settle(self) -> None:
        """Waits for a moment without commits, as a copy made between two that cannot be followed is made in vain."""
        for _ in range(20):
            seen = self._store.version
            if not seen or self._closing:
                return
            time.sleep(0.5)
            if seen == self._store.version:
                return

    def _wait_for_work(self, zygote: Zygote) -> bool:
        """Waits until the zygote has something to follow or to fork; False where it is no longer of use."""
        with self._state:
            while True:
                if self._closing or self._log.broken or self._log.since(zygote.version) is None:
                    return False
                if zygote.version < self._log.version or len(self._alive) < self._limits.workers:
                    return True
                if self._readers and (self._readers.missing or self._readers.behind(self._log.version)):
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

        if self._readers:
            self._serve_readers(zygote, self._readers)

    def _serve_readers(self, zygote: Zygote, readers: Readers) -> None:
        """Tells readers what they missed, and forks those that are missing."""
        for reader in readers.behind(zygote.version):
            with self._state:
                missing = self._log.since(reader.version)
            try:
                if missing is None:
                    readers.end(reader)
                else:
                    reader.follow(missing)
            except OSError:
                readers.end(reader)
        for _ in range(readers.missing):
            reader = Reader(zygote.version)
            zygote.fork_reader(reader, readers.about())
            with self._state:
                readers.add(reader, NEVER if self._log.broken else self._log.version)

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
        if self._disk:
            self._disk.close()
        self._keeper.join(timeout=10)
        if self._readers:
            self._readers.release()

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
        """Whether the workers have the graph in memory, if they may."""
        return self._ready or not self._loads

    def metrics(self) -> Iterator[str]:
        """Lines for Prometheus."""
        with self._state:
            gauges: dict[str, Any] = {"idle": len(self._idle), "running": len(self._running), "waiting": self._waiting}
            counts = dict(self._counts)
        if self._readers:
            yield from self._readers.metrics()
        for name, value in gauges.items():
            yield f"# TYPE kg_workers_{name} gauge"
            yield f"kg_workers_{name} {value}"
        for name, value in counts.items():
            yield f"# TYPE kg_workers_{name}_total counter"
            yield f"kg_workers_{name}_total {value}"
