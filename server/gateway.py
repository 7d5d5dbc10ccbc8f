"""Between the sockets and the server: what needs no waiting is answered where it arrives, all else by threads (WSGI).

Many threads that each have little to do spend more time handing Python's lock to one another than answering. So answers
that are kept, and look-ups, are given by the event loop itself; whatever may wait, for a worker, a page, a body or a
disk, goes to a thread, and its body is taken from there piece by piece.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from server.answer import ADMITTED
from server.front import Front
from server.problems import HttpProblem
from server.readers.readers import Readers
from server.reception import Reception
from server.remembered import Memory, add_headers
from server.sparql.begun import BEGUN
from server.sparql.environ import Headers

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, HTTPScope

_PIECE = 2**18
_FIXED: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}
Environ: TypeAlias = dict[str, Any]


class Gateway:
    """An ASGI application that gives each request to a thread, where a WSGI application answers it."""

    def __init__(self, front: Front, readers: Readers, threads: int, kept_bytes: int) -> None:
        self.front = front
        self.readers = readers
        self.reception = Reception(front.desk, Memory(kept_bytes))
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Answers one request."""
        loop = asyncio.get_running_loop()
        environ = environ_of(scope)
        environ["wsgi.input"] = io.BufferedReader(Body(receive, loop))
        environ["wsgi.errors"] = sys.stderr
        status, headers, body = await loop.run_in_executor(self._threads, self._wait_for, environ)
        encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": encoded})
        if isinstance(body, bytes):
            await send({"type": "http.response.body", "body": body, "more_body": False})
            return
        try:
            while piece := await loop.run_in_executor(self._threads, joined, body):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            close = getattr(body, "close", None)
            if close:
                await loop.run_in_executor(self._threads, close)

    def _wait_for(self, environ: Environ) -> tuple[int, Headers, bytes | Iterator[bytes]]:
        """What the WSGI side answers: a complete body, or one that is still to be made."""
        started: list[tuple[int, Headers]] = []

        def start(status: str, headers: Headers, _exc_info: object = None) -> Any:
            started.append((int(status[:3]), headers))

        answer = self.front(environ, start)
        return *started[-1], b"".join(answer) if isinstance(answer, list) else iter(answer)

    def close(self) -> None:
        """Lets go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Body(io.RawIOBase):
    """The body of a request, read in a thread while the event loop receives it; what nobody reads is never fetched."""

    def __init__(self, receive: ASGIReceiveCallable, loop: asyncio.AbstractEventLoop) -> None:
        self._receive = receive
        self._loop = loop
        self._held = b""
        self._more = True

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with what there is, 0 at the end; raises HttpProblem where the client left before it."""
        while self._more and not self._held:
            message = cast("Any", asyncio.run_coroutine_threadsafe(self._next(), self._loop).result())
            if message["type"] == "http.disconnect":
                raise HttpProblem(400, "the body ended before it was complete")
            self._held, self._more = message.get("body", b""), message.get("more_body", False)
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size

    async def _next(self) -> MutableMapping[str, Any]:
        return cast("MutableMapping[str, Any]", await self._receive())


def environ_of(scope: HTTPScope) -> Environ:
    """The request as WSGI has it (PEP 3333): the text of path and query is bytes in Latin-1."""
    client, server = scope["client"] or ("", 0), scope["server"] or ("localhost", 0)
    environ = {
        **_FIXED,
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REMOTE_ADDR": client[0],
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "wsgi.url_scheme": scope["scheme"],
    }
    if ADMITTED in scope:
        environ[ADMITTED] = True
    if BEGUN in scope:
        environ[BEGUN] = scope[BEGUN]  # type: ignore[typeddict-item]  # as above: what is ours
    add_headers(environ, scope["headers"])
    return environ


def joined(chunks: Iterator[bytes]) -> bytes:
    """The next chunks, together large enough to be worth a turn of the loop; empty at the end."""
    held, size = list[bytes](), 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _PIECE:
            break
    return b"".join(held)
