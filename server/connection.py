"""One connection: HTTP/1.1 as uvicorn has it, with answers that need no waiting given where they are asked for.

A client sends the same head with every query. Once a head was read with all care, and asks for nothing unusual, later
requests with the same bytes after their first line are not read again, and offered to the front before a task is made
for them; and what is asked again byte for byte gets the bytes it got, for as long as the store is the same.

Bounded are the bytes of a request's head, the seconds it may take to arrive, and those in which nothing of a body comes
or nothing of an answer is taken.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from server.answer import ADMITTED
from server.readers.passing import Passed
from server.readers.readers import Readers
from server.reception import Reception, Reply, sent
from server.sparql.begun import BEGUN, Begun

PATIENCE: Final = 16
"""Queries in a row that are answered at once before a connection may be passed on to a reader."""
SECONDS_IDLE: Final = 75.0
_LONGEST_PASSED: Final = 2**13
_LONGEST_HEAD: Final = 2**20
_SECONDS_FOR_HEAD: Final = 30.0
_SECONDS_FOR_BODY: Final = 60.0


class Connection(HttpToolsProtocol):
    """A connection of uvicorn's whose requests are looked at before they become tasks."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._reception: Reception = self.app.reception
        self._readers: Readers = self.app.readers
        self._patience = PATIENCE
        self._row = 0
        self._eager = False
        self._held = b""
        self._query: Begun | None = None
        self._waits = False
        self._last = False
        self._open = False
        self._whole = b""
        self._admitted = False
        self._head = 0
        self._in_head = False
        self._unsent = 0
        self._begun = self._since = self.loop.time()
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begins to watch the time."""
        super().connection_made(transport)
        self._watch = self.loop.call_later(_SECONDS_FOR_HEAD, self._look_at_the_clock)
        data, self._held = self._held, b""
        if data:
            self.data_received(data)

    def adopt(self, passed: Passed) -> Connection:
        """Takes what a reader has read, before the connection is made."""
        self._held, self._patience = passed.data, passed.patience
        return self

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends what watched it."""
        if self._watch:
            self._watch.cancel()
        self._set_eager(False)
        if self._query and self._waits:
            self._query.close()
        super().connection_lost(exc)

    def _look_at_the_clock(self) -> None:
        """Closes a connection on which a request or the taking of an answer gets nowhere, or that nobody has used."""
        now = self.loop.time()
        unsent = self.transport.get_write_buffer_size() if self.flow.write_paused else 0
        if self._in_head:
            left = _SECONDS_FOR_HEAD - (now - self._begun)
        elif self._open:
            left = _SECONDS_FOR_BODY - (now - self._since)
        elif not self._is_answered():
            left = 0.0 if unsent and unsent == self._unsent else _SECONDS_FOR_HEAD
        else:
            left = SECONDS_IDLE - (now - self._since)
        self._unsent = unsent
        if left > 0:
            self._watch = self.loop.call_later(min(left, _SECONDS_FOR_HEAD), self._look_at_the_clock)
        else:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Answers what can be answered at once, and reads the rest."""
        self._since = self.loop.time()
        at_rest = not self._open and not self.flow.write_paused and self._is_answered()
        if self._waits:
            self._held += data
            if len(self._held) > _LONGEST_HEAD:
                self.transport.pause_reading()
            return
        if at_rest and (self._answer_at_once(data) or self._begin(data)):
            return
        self._whole = data if at_rest and data.find(b"\r\n\r\n") == len(data) - 4 else b""
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > _LONGEST_HEAD and not self.transport.is_closing():
                self._refuse()

    def _is_answered(self) -> bool:
        return not self._waits and (self.cycle is None or self.cycle.response_complete)

    def _answer_at_once(self, data: bytes) -> bool:
        """Whether these bytes are one request that was answered here, or passed on."""
        if self._eager and self._pass_on(data):
            return True
        reply = self._reception.reply(data, self.client[0] if self.client else "")
        if reply is None:
            self._admitted = self._reception.admitted
            self._row = 0
            self._set_eager(False)
            return False
        self._write(reply)
        if reply.fresh:
            self._row += 1
            if self._row >= self._patience:
                self._set_eager(True)
        return True

    def _write(self, reply: Reply) -> None:
        self._unset_keepalive_if_required()
        self.transport.write(sent(reply, self.server_state.default_headers))
        self.server_state.total_requests += 1

    def _begin(self, data: bytes) -> bool:
        """Whether these bytes are one request that a worker answers now; what comes meanwhile waits."""
        query = self._reception.begin()
        if query is None or not query.watch(self.loop, partial(self._finish, data)):
            return False
        self._unset_keepalive_if_required()
        self._query, self._waits = query, True
        return True

    def _finish(self, data: bytes, query: Begun) -> None:
        """Sends what a worker answered, or leaves that to a thread; goes on with what came meanwhile."""
        self._waits = False
        if self.transport.is_closing():
            query.close()
            return
        self.transport.resume_reading()
        self._since = self.loop.time()
        late, self._held = self._held, b""
        reply = self._reception.finish(query, data)
        if reply is None:
            self._admitted = True  # and the thread finds what was begun
            self._query = query if query.has_begun else None
            super().data_received(data + late)
            if self._last:
                self.shutdown()
            return
        self._query = None
        self._write(reply)
        if self._last:
            self.transport.close()
        elif late:
            self.data_received(late)

    def shutdown(self) -> None:
        """Closes the connection, after what is under way is answered."""
        if self._waits:
            self._last = True
        else:
            super().shutdown()

    def _set_eager(self, eager: bool) -> None:
        """Says whether the connection asks one thing after the other that is answered at once."""
        if eager != self._eager:
            self._eager = eager
            self._readers.eager += 1 if eager else -1

    def _pass_on(self, data: bytes) -> bool:
        """Gives the connection with what was just read to a reader, if there is one with less to do."""
        if not self._readers.has_room() or len(data) > _LONGEST_PASSED or self.transport.get_write_buffer_size():
            return False
        head = data.partition(b"\r\n")[2]
        passed = Passed(data, self._patience, head.decode("latin-1"), self._reception.memory.head(head) or {})
        if not self._readers.give(self.transport.get_extra_info("socket").fileno(), passed):
            return False
        self._set_eager(False)
        self.transport.abort()  # here; who has the socket now goes on
        return True

    def _refuse(self) -> None:
        self.transport.write(STATUS_LINE[431] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._open, self._in_head, self._head, self._begun = True, True, 0, self.loop.time()

    def on_headers_complete(self) -> None:
        """The head of a request is there."""
        self._in_head = False
        if self._admitted:
            self.scope[ADMITTED] = True  # type: ignore[typeddict-unknown-key]  # ASGI lets servers add what is theirs
            self._admitted = False
            if self._query:
                self.scope[BEGUN], self._query = self._query, None  # type: ignore[typeddict-unknown-key]  # likewise
        elif self._whole and self.parser.get_http_version() == "1.1":
            self._reception.memory.learn(self._whole.partition(b"\r\n")[2], self.headers)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is complete."""
        self._open = False
        super().on_message_complete()
