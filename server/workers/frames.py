"""Messages between the server and its workers: a kind, a length, and that many bytes, over a socket pair."""

from __future__ import annotations

import socket
import struct
import time
from typing import Final

_HEAD = struct.Struct("!cQ")

LOAD: Final = b"L"
CHANGE: Final = b"C"
UPDATE: Final = b"U"
FORK: Final = b"F"
QUERY: Final = b"Q"
DONE: Final = b"Z"
DATA: Final = b"D"
ERROR: Final = b"E"


def send(to: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    """Sends one message; raises OSError where the other side is gone."""
    head = _HEAD.pack(kind, len(payload))
    if len(payload) < 2**14:
        to.sendall(head + payload)
    else:
        to.sendall(head)
        to.sendall(payload)


def receive(source: socket.socket, deadline: float | None = None) -> tuple[bytes, bytes]:
    """The next message; raises EOFError where the other side is gone, TimeoutError after ``deadline`` (monotonic)."""
    kind, length = _HEAD.unpack(_exactly(source, _HEAD.size, deadline))
    return kind, _exactly(source, length, deadline) if length else b""


def _exactly(source: socket.socket, count: int, deadline: float | None) -> bytes:
    held = bytearray()
    while len(held) < count:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            source.settimeout(left)
        try:
            piece = source.recv(min(count - len(held), 2**20))
        except ConnectionError:
            piece = b""
        if not piece:
            raise EOFError
        held += piece
    return bytes(held)
