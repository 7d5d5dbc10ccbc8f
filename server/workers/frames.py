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


def receive(source: socket.socket, deadline: float | None = None) -> tuple[bytes, bytes]:
    """The next message; raises EOFError where the other side is gone, TimeoutError after ``deadline`` (monotonic).

    A message that has arrived in full is read by two calls of the system.
    """
    kind, length = _HEAD.unpack(_exactly(source, _HEAD.size, deadline))
    return kind, _exactly(source, length, deadline) if length else b""


def _exactly(source: socket.socket, count: int, deadline: float | None) -> bytes:
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
