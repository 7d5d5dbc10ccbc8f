"""Requests that are answered from their bytes: known heads around a query that needs no waiting."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from server.answer import ADMITTED, EVERYWHERE, Complete
from server.desk import Desk
from server.remembered import Memory

_LINE: Final = re.compile(rb"GET /sparql\?([!\"$-~]*) HTTP/1\.1")
_EVERYWHERE: Final = "".join(f"{name.lower()}: {value}\r\n" for name, value in EVERYWHERE).encode("latin-1")


class Reply(NamedTuple):
    """An answer: its status, what is sent of it after the date, and whether it was found for this request."""

    status: int
    after_date: bytes
    fresh: bool


class Reception:
    """Answers what the desk knows, and what came before in the same bytes for as long as the store is the same."""

    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self.memory = memory
        self.admitted = False
        """Whether the rate has let the last request pass that was not answered."""

    def reply(self, data: bytes, client: str) -> Reply | None:
        """The answer where these bytes are one request that needs no waiting."""
        version = self._desk.version
        kept = self.memory.answer(data, version)
        if kept and self._desk.again(client, kept[0], len(kept[1])):
            return Reply(*kept, fresh=False)
        self.admitted = False
        line, _, rest = data.partition(b"\r\n")
        headers = self.memory.head(rest)
        target = _LINE.fullmatch(line) if headers is not None else None
        if target is None or headers is None:
            return None
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/sparql",
            "QUERY_STRING": target[1].decode(),
            "REMOTE_ADDR": client,
            **headers,
        }
        answer = self._desk.at_once(environ)
        if answer is None:
            self.admitted = ADMITTED in environ
            return None
        written = _written(answer)
        self.memory.keep(data, version, answer.status, written)
        return Reply(answer.status, written, answer.fresh)


def sent(reply: Reply, general: list[tuple[bytes, bytes]]) -> bytes:
    """A reply as it is sent, with the general headers, the date among them."""
    return b"".join((STATUS_LINE[reply.status], *[b"%b: %b\r\n" % header for header in general], reply.after_date))


def _written(answer: Complete) -> bytes:
    """An answer as it is sent, but for its first line and its date."""
    head = "".join([f"{name}: {value}\r\n" for name, value in answer.headers])
    return b"%b%b\r\n%b" % (head.encode("latin-1"), _EVERYWHERE, answer.body)
