"""Messages between the server and its workers: a kind, a length, and that many bytes, over a socket pair."""

from __future__ import annotations

import socket
import struct
import time
from typing import Final

_HEAD = struct.Struct("!cQ")
_SHORT: Final = 2**14

LOAD: Final = b"L"
OPEN: Final = b"O"
CHANGE: Final = b"C"
UPDATE: Final = b"U"
FORK: Final = b"F"
READ: Final = b"R"
QUERY: Final = b"Q"
DONE: Final = b"Z"
DATA: Final = b"D"
ERROR: Final = b"E"


def send(to: socket.socket, kind: bytes, payload: bytes | bytearray = b"") -> None:
    """Sends one message; raises OSError where the other side is gone."""
    head = _HEAD.pack(kind, len(payload))
    if len(payload) < _SHORT:
        to.sendall(head + payload)
    else:
        to.sendall(head)
        to.sendall(payload)


class Ahead:
    """A socket of which some bytes were read already."""

    def __init__(self, read: bytes, source: socket.socket) -> None:
        self._read = memoryview(read)
        self._source = source

    def settimeout(self, seconds: float | None) -> None:
        """As of a socket."""
        self._source.settimeout(seconds)

    def recv_into(self, buffer: memoryview) -> int:
        """What was read already, then what the socket has."""
        if not self._read:
            return self._source.recv_into(buffer)
        count = min(len(buffer), len(self._read))
        buffer[:count], self._read = self._read[:count], self._read[count:]
        return count

    @property
    def left(self) -> bytes:
        """What was read and not taken."""
        return bytes(self._read)


def first(held: bytes) -> tuple[bytes, bytes, bytes] | None:
    """Kind and payload of the first message in some bytes, and the bytes after it; None where it is not all there."""
    if len(held) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack_from(held)
    end = _HEAD.size + length
    return (kind, held[_HEAD.size : end], held[end:]) if len(held) >= end else None


def receive(source: socket.socket | Ahead, deadline: float | None = None) -> tuple[bytes, bytes]:
    """The next message; raises EOFError where the other side is gone, TimeoutError after ``deadline`` (monotonic).

    A message that has arrived in full is read by two calls of the system.
    """
    kind, length = _HEAD.unpack(_exactly(source, _HEAD.size, deadline))
    return kind, _exactly(source, length, deadline) if length else b""


def _exactly(source: socket.socket | Ahead, count: int, deadline: float | None) -> bytes:
    held = bytearray(count)
    view, at = memoryview(held), 0
    while at < count:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            source.settimeout(left)
        try:
            read = source.recv_into(view[at:])
        except ConnectionError:
            read = 0
        if not read:
            raise EOFError
        at += read
    return bytes(held)
