"""Passing a connection to another process: its socket, who is at the other end, and what was read of it already."""

from __future__ import annotations

import json
import socket
import struct
from array import array
from dataclasses import dataclass, field
from typing import Final

_SIZES: Final = struct.Struct("!III")
_RIGHTS: Final = array("i").itemsize


@dataclass(frozen=True, slots=True)
class Passed:
    """What goes with a socket: bytes that were read and not answered, and a head that its client has used.

    ``head`` is all of a request after its first line, ``headers`` what an environ has of it. ``patience`` is how many
    queries in a row are to be answered at once before the connection is passed on again.
    """

    data: bytes = b""
    patience: int = 0
    head: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def hand(to: socket.socket, connection: int, passed: Passed, *, wait: bool) -> None:
    """Passes a connection on; raises OSError where the other side is gone, or would have to be waited for."""
    about = json.dumps({"head": passed.head, "headers": passed.headers}).encode() if passed.head else b""
    message = _SIZES.pack(len(about), len(passed.data), passed.patience) + about + passed.data
    rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array("i", [connection]))
    sent = to.sendmsg([message], [rights], 0 if wait else socket.MSG_DONTWAIT)
    if sent < len(message):
        to.sendall(message[sent:])


def take(source: socket.socket) -> tuple[socket.socket, Passed]:
    """The next connection; raises EOFError where the other side is gone, BlockingIOError where there is none now."""
    sizes, rights, _, _ = source.recvmsg(_SIZES.size, socket.CMSG_SPACE(_RIGHTS), socket.MSG_DONTWAIT)
    if len(sizes) < _SIZES.size or not rights:
        raise EOFError
    connection = socket.socket(fileno=array("i", rights[0][2])[0])
    about, data, patience = _SIZES.unpack(sizes)
    try:
        connection.setblocking(False)
        known = _exactly(source, about)
        return connection, Passed(_exactly(source, data), patience, **(json.loads(known) if known else {}))
    except (EOFError, OSError):
        connection.close()
        raise EOFError from None


def _exactly(source: socket.socket, count: int) -> bytes:
    """So many bytes, which the other side is sending."""
    held = bytearray(count)
    view, at = memoryview(held), 0
    while at < count:
        read = source.recv_into(view[at:])
        if not read:
            raise EOFError
        at += read
    return bytes(held)
