"""Requests that are answered from their bytes: known heads around a query that needs no waiting."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from server.answer import ADMITTED, EVERYWHERE, Complete
from server.desk import Desk
from server.remembered import Memory
from server.sparql.begun import Begun

_BEFORE: Final = b"GET /sparql?"
_AFTER: Final = b" HTTP/1.1\r\n"
_IN_TARGET: Final = b'!"' + bytes(range(ord("$"), ord("~") + 1))
_LONGEST_KEPT: Final = 2**15
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
        self._unanswered: dict[str, Any] | None = None

    def reply(self, data: bytes, client: str) -> Reply | None:
        """The answer where these bytes are one request that needs no waiting."""
        version = self._desk.version
        kept = self.memory.answer(data, version)
        if kept and self._desk.again(client, kept[0], len(kept[1])):
            return Reply(*kept, fresh=False)
        self._unanswered = None
        end = data.find(b"\n") + 1  # two characters are found a tenth as quickly
        headers = self.memory.head(data[end:])
        target = data[len(_BEFORE) : end - len(_AFTER)]
        if headers is None or not (data.startswith(_BEFORE) and data.startswith(_AFTER, end - len(_AFTER))):
            return None
        if target.translate(None, _IN_TARGET):
            return None
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/sparql",
            "QUERY_STRING": target.decode(),
            "REMOTE_ADDR": client,
            **headers,
        }
        answer = self._desk.at_once(environ)
        if answer is None:
            self._unanswered = environ
            return None
        written = _written(answer)
        self._keep(data, version, answer.status, written)
        return Reply(answer.status, written, answer.fresh)

    def _keep(self, data: bytes, version: int, status: int, written: bytes) -> None:
        """Keeps an answer for the same bytes if they came before, unless many small ones would have to go for it."""
        if len(written) <= _LONGEST_KEPT and not self.memory.is_new(data):
            self.memory.keep(data, version, status, written)

    @property
    def admitted(self) -> bool:
        """Whether the rate has let the last request pass, which was not answered."""
        return self._unanswered is not None and ADMITTED in self._unanswered

    def begin(self) -> Begun | None:
        """Begins the last request, which was not answered, if it is for a worker that is idle."""
        return self._desk.begin(self._unanswered) if self._unanswered and self.admitted else None

    def finish(self, begun: Begun, data: bytes) -> Reply | None:
        """The answer to what these bytes began; None where a thread is to read on."""
        answer = self._desk.finish(begun)
        if answer is None:
            return None
        written = _written(answer)
        self._keep(data, begun.version, answer.status, written)
        return Reply(answer.status, written, fresh=False)


def sent(reply: Reply, general: list[tuple[bytes, bytes]]) -> bytes:
    """A reply as it is sent, with the general headers, the date among them."""
    return b"".join((STATUS_LINE[reply.status], *[b"%b: %b\r\n" % header for header in general], reply.after_date))


def _written(answer: Complete) -> bytes:
    """An answer as it is sent, but for its first line and its date."""
    head = "".join([f"{name}: {value}\r\n" for name, value in answer.headers])
    return b"%b%b\r\n%b" % (head.encode("latin-1"), _EVERYWHERE, answer.body)
