"""A load of queries over kept connections, light enough that what is measured is mostly the server."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: queries a second, and the latency in milliseconds at the median and at 99 of 100."""

    throughput: float
    median: float
    tail: float
    failures: int


class Connection:
    """A kept HTTP/1.1 connection that sends ready-made requests and reads whole answers."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._held = b""

    def ask(self, request: bytes) -> int:
        """Sends a request and reads its answer; gives the status."""
        self._socket.sendall(request)
        head = self._until(b"\r\n\r\n").lower()
        status = int(head[9:12])
        at = head.find(b"content-length:")
        if at >= 0:
            self._read(int(head[at + 15 : head.index(b"\r\n", at)]))
        else:
            while size := int(self._until(b"\r\n")[:-2].split(b";")[0], 16):
                self._read(size + 2)
            self._until(b"\r\n")
        return status

    def _until(self, mark: bytes) -> bytes:
        while (at := self._held.find(mark)) < 0:
            self._more()
        found, self._held = self._held[: at + len(mark)], self._held[at + len(mark) :]
        return found

    def _read(self, size: int) -> None:
        left = size - len(self._held)
        if left <= 0:
            self._held = self._held[size:]
            return
        self._held = b""
        while left > 0:
            piece = self._socket.recv(min(left, 2**20))
            if not piece:
                raise ConnectionError("the server closed the connection")
            left -= len(piece)

    def _more(self) -> None:
        piece = self._socket.recv(2**16)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self._held += piece

    def close(self) -> None:
        """Closes the connection."""
        self._socket.close()


class Questions:
    """Requests without end: always the same texts, or each with a number of its own so that none was asked before."""

    _numbers = count()

    def __init__(self, path: str, texts: Sequence[str], *, repeated: bool) -> None:
        self._parts = [_parts(path, text) for text in (texts[:10] if repeated else texts)]
        self._turns = count()
        self._repeated = repeated

    def next(self) -> bytes:
        """The next request; safe to call from any thread."""
        head, tail = self._parts[next(self._turns) % len(self._parts)]
        return head + tail if self._repeated else b"%s%%20%%23%d%s" % (head, next(self._numbers), tail)


def _parts(path: str, query: str) -> tuple[bytes, bytes]:
    """A request up to the end of its query, and the rest; every peer can answer in JSON or N-Triples."""
    graph = "CONSTRUCT" in query or "DESCRIBE" in query
    accept = "application/n-triples" if graph else "application/sparql-results+json"
    return (
        f"GET {path}?query={quote(query)}".encode(),
        f" HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n".encode(),
    )


def once(port: int, request: bytes) -> float:
    """Seconds that one request takes."""
    connection = Connection(port)
    began = time.perf_counter()
    connection.ask(request)
    taken = time.perf_counter() - began
    connection.close()
    return taken


def load(port: int, questions: Questions, clients: int, seconds: float) -> Measured:
    """Asks from that many clients for that long, at least once each."""
    latencies, failures = list[float](), [0]
    lock = threading.Lock()
    began = time.perf_counter()
    end = began + seconds

    def run() -> None:
        connection = Connection(port)
        own, bad, now = list[float](), 0, 0.0
        while now < end:
            request = questions.next()
            sent = time.perf_counter()
            bad += connection.ask(request) != 200
            now = time.perf_counter()
            own.append(now - sent)
        connection.close()
        with lock:
            latencies.extend(own)
            failures[0] += bad

    threads = [threading.Thread(target=run) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    ordered = sorted(latencies)
    tail = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return Measured(len(ordered) / elapsed, statistics.median(ordered) * 1000, tail * 1000, failures[0])
