"""What the server says about itself: a structured access log and counters for Prometheus."""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate

from server.readers.board import Board
from server.sparql.environ import Environ

BUCKETS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 120.0)
_LANES = frozenset(
    (
        *("sparql", "update", "store", "id", "page", "data", "ontology", "export", "explain"),
        *("health", "ready", "metrics", "static", "search", "queries"),
    )
)
access_log = logging.getLogger("communique.access")
error_log = logging.getLogger("communique.error")


class Observer:
    """Counts requests by lane and status and their seconds, and writes one JSON line for each to the access log."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._sums: dict[str, float] = defaultdict(float)
        self._bytes = 0
        self._running = 0
        self._boards: list[Board] = []

    def include(self, board: Board) -> None:
        """Counts what is on the board of a reader as well."""
        with self._lock:
            self._boards.append(board)

    def settle(self, board: Board) -> None:
        """Takes over what is on the board of a reader that has ended."""
        with self._lock:
            self._boards.remove(board)
            self._add(board, self._requests, self._seconds, self._sums)
            self._bytes += board.counted(BUCKETS)[1]

    @staticmethod
    def _add(
        board: Board, requests: Counter[tuple[str, str, int]], seconds: dict[str, list[int]], sums: dict[str, float]
    ) -> None:
        statuses, _, taken, spread = board.counted(BUCKETS)
        for status, count in statuses.items():
            if count:
                requests["sparql", "GET", status] += count
        if any(spread):
            known = seconds.get("sparql", [0] * len(spread))
            seconds["sparql"] = [a + b for a, b in zip(known, spread, strict=True)]
            sums["sparql"] = sums.get("sparql", 0.0) + taken

    def at_once(self, client: str, status: int, sent: int, began: float) -> None:
        """Counts and logs a query that was answered where it arrived."""
        seconds = time.perf_counter() - began
        with self._lock:
            self._count("sparql", "GET", status, seconds, sent)
        if access_log.isEnabledFor(logging.INFO):
            access_log.info(access_line(client, "GET", "/sparql", status, seconds, sent))

    def _count(self, lane: str, method: str, status: int, seconds: float, sent: int) -> None:
        self._requests[lane, method, status] += 1
        self._bytes += sent
        self._sums[lane] += seconds
        self._seconds[lane][bisect_left(BUCKETS, seconds)] += 1

    def begin(self, environ: Environ, path: str, status: int, began: float) -> Record:
        """Starts the record of one request whose answer is about to be sent."""
        with self._lock:
            self._running += 1
        return Record(self, environ, path, status, began)

    def unforeseen(self, path: str, error: BaseException) -> None:
        """Logs an error that nobody foresaw, with its traceback."""
        unforeseen(path, error)

    def finished(self, record: Record, sent: int) -> None:
        """Counts and logs a request that is answered; what the client sent is JSON-escaped, so no line is forged."""
        seconds = time.perf_counter() - record.began
        lane = lane_of(record.path)
        with self._lock:
            self._running -= 1
            self._count(lane, record.method, record.status, seconds, sent)
        if access_log.isEnabledFor(logging.INFO):
            access_log.info(access_line(record.client, record.method, record.path, record.status, seconds, sent))

    def metrics(self) -> list[str]:
        """The counters in the Prometheus text format."""
        with self._lock:
            requests, sums = Counter(self._requests), dict(self._sums)
            seconds = {lane: list(buckets) for lane, buckets in self._seconds.items()}
            running, sent = self._running, self._bytes
            for board in self._boards:
                self._add(board, requests, seconds, sums)
                sent += board.counted(BUCKETS)[1]
        totals: Counter[str] = Counter()
        lines = ["# TYPE kg_http_requests_total counter"]
        for (lane, method, status), count in sorted(requests.items()):
            totals[lane] += count
            lines.append(f'kg_http_requests_total{{lane="{lane}",method="{method}",status="{status}"}} {count}')
        lines.append("# TYPE kg_http_request_seconds histogram")
        for lane, buckets in sorted(seconds.items()):
            for bound, count in zip(BUCKETS, accumulate(buckets), strict=False):
                lines.append(f'kg_http_request_seconds_bucket{{lane="{lane}",le="{bound}"}} {count}')
            lines.append(f'kg_http_request_seconds_bucket{{lane="{lane}",le="+Inf"}} {totals[lane]}')
            lines.append(f'kg_http_request_seconds_sum{{lane="{lane}"}} {sums[lane]:.6f}')
            lines.append(f'kg_http_request_seconds_count{{lane="{lane}"}} {totals[lane]}')
        lines += ["# TYPE kg_http_sent_bytes_total counter", f"kg_http_sent_bytes_total {sent}"]
        return [*lines, "# TYPE kg_http_requests_running gauge", f"kg_http_requests_running {running}"]


class Record:
    """One request under way."""

    __slots__ = ("_done", "_observer", "began", "client", "method", "path", "status")

    def __init__(self, observer: Observer, environ: Environ, path: str, status: int, began: float) -> None:
        method = environ["REQUEST_METHOD"]
        self._observer = observer
        self.client = environ.get("REMOTE_ADDR") or ""
        self._done = False
        self.method = method if method in ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS") else "other"
        self.path = path
        self.status = status
        self.began = began

    def finish(self, sent: int) -> None:
        """Ends the record, once."""
        if not self._done:
            self._done = True
            self._observer.finished(self, sent)

    def watch(self, chunks: Iterator[bytes]) -> Iterable[bytes]:
        """The chunks as they pass, the record ended when they end or the client goes away."""
        sent = 0
        try:
            for chunk in chunks:
                sent += len(chunk)
                yield chunk
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
            self.finish(sent)


def access_line(client: str, method: str, path: str, status: int, seconds: float, sent: int) -> str:
    """A request as a line of JSON; the query string is left out, as it may hold what is nobody's business."""
    return json.dumps(
        {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": client,
            "method": method,
            "path": path[:500],
            "status": status,
            "bytes": sent,
            "ms": round(seconds * 1000, 2),
        }
    )


def unforeseen(path: str, error: BaseException) -> None:
    """Logs an error that nobody foresaw, with its traceback."""
    error_log.error("unforeseen error at %s", json.dumps(path[:200]), exc_info=error)


def log_access(where: str) -> None:
    """The access log as JSON lines, to a file or (for ``-``) to stderr; errors always go to stderr."""
    logging.getLogger("communique").addHandler(logging.StreamHandler(sys.stderr))
    if where:
        access_log.propagate = False
        access_log.setLevel(logging.INFO)
        access_log.addHandler(logging.StreamHandler(sys.stderr) if where == "-" else logging.FileHandler(where))


def lane_of(path: str) -> str:
    """The first segment of a path where it is one of ours, so that strangers cannot make endless label values."""
    first = path.lstrip("/").partition("/")[0].partition(".")[0]
    return first if first in _LANES else "home" if not first else "other"
