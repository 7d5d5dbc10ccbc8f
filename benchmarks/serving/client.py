"""A load of queries over kept connections, light enough that what is measured is mostly the server."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
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


def request(path: str, query: str) -> bytes:
    """A query as the bytes of a request; JSON or N-Triples is what every peer can answer."""
    graph = "CONSTRUCT" in query or "DESCRIBE" in query
    accept = "application/n-triples" if graph else "application/sparql-results+json"
    line = f"GET {path}?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n"
    return line.encode()


def load(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Measured:
    """Asks the requests in turn from that many clients, for that long, at least once each client."""
    taken = iter(range(10**9))
    lock, latencies, failures = threading.Lock(), list[float](), [0]
    end = time.perf_counter() + seconds

    def run() -> None:
        connection = Connection(port)
        own: list[float] = []
        bad = 0
        while True:
            with lock:
                at = next(taken)
            began = time.perf_counter()
            bad += connection.ask(requests[at % len(requests)]) != 200
            now = time.perf_counter()
            own.append(now - began)
            if now > end:
                break
        connection.close()
        with lock:
            latencies.extend(own)
            failures[0] += bad

    began = time.perf_counter()
    threads = [threading.Thread(target=run) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    ordered = sorted(latencies)
    tail = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return Measured(len(ordered) / elapsed, statistics.median(ordered) * 1000, tail * 1000, failures[0])
