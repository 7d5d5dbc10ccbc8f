"""The outermost callable: routes the SPARQL endpoints past Flask, and puts on every answer what all of them carry."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from kg.errors import KgError
from server.answer import ADMITTED, EVERYWHERE, Answer
from server.compress import compress_body, compressible, encoding_for
from server.deadline import Deadlines
from server.desk import Desk
from server.guard.headers import preflight
from server.guard.rate import RateLimit
from server.negotiate import HTML, PROBLEM, choose
from server.problems import HttpProblem, problem_bytes, title_of
from server.sparql.environ import Environ, Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

    from server.observe import Observer

Render: TypeAlias = Callable[[int, str], bytes]


class Endpoint(Protocol):
    """Anything that answers a request without Flask; errors are raised as KgError."""

    def answer(self, environ: Environ) -> Answer:
        """The answer to a request."""
        ...


class Front:
    """The WSGI callable of the server: fast lane for the endpoints given by first path segment, else the pages."""

    def __init__(
        self,
        pages: WSGIApplication,
        endpoints: dict[str, Endpoint],
        rate: RateLimit,
        observer: Observer,
        error_page: Render,
        seconds: float = 30.0,
        *,
        desk: Desk,
    ) -> None:
        """``seconds`` is what a page may take that is only read; the ``desk`` answers what needs no waiting."""
        self.desk = desk
        self._deadlines = Deadlines(seconds)
        self._pages = pages
        self._endpoints = endpoints
        self._rate = rate
        self._observer = observer
        self._error_page = error_page

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        path = environ.get("PATH_INFO") or "/"
        answer = self._answer(environ, path)
        if environ["REQUEST_METHOD"] == "HEAD":
            answer = without_body(answer)
        answer.headers += EVERYWHERE
        start_response(
            "200 OK" if answer.status == 200 else f"{answer.status} {title_of(answer.status)}", answer.headers
        )
        record = self._observer.begin(environ, path, answer.status, began)
        if isinstance(answer.body, bytes):
            record.finish(len(answer.body))
            return [answer.body]
        return record.watch(answer.body)

    def _answer(self, environ: dict[str, Any], path: str) -> Answer:
        """The answer to a request, errors included; only what Flask answers is compressed here."""
        try:
            if path not in ("/health", "/ready") and ADMITTED not in environ:
                self._rate.admit(environ.get("REMOTE_ADDR") or "")
            if environ["REQUEST_METHOD"] == "OPTIONS":
                return Answer(204, preflight(path, environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "")))
            endpoint = self._endpoints.get(path.lstrip("/").partition("/")[0])
            if endpoint:
                return endpoint.answer(environ)
            return compressed(self._page(environ), environ.get("HTTP_ACCEPT_ENCODING", ""))
        except KgError as error:
            return self._problem(environ, path, error)
        except Exception as error:  # the last line before the socket: it must answer, and say nothing of the cause
            self._observer.unforeseen(path, error)
            return self._problem(environ, path, KgError("Something failed that should not have; the log says what."))

    def _page(self, environ: dict[str, Any]) -> Answer:
        """What Flask answers, in time; what is written is never broken off."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.page_of(self._pages, environ)
        with self._deadlines.within():
            return self.page_of(self._pages, environ)

    def _problem(self, environ: Environ, path: str, error: KgError) -> Answer:
        status, detail = error.http_status, str(error)
        extra = list(error.headers.items()) if isinstance(error, HttpProblem) else []
        if status == 503 and "Retry-After" not in dict(extra):
            extra.append(("Retry-After", "5"))
        if choose(environ.get("HTTP_ACCEPT", ""), (PROBLEM, HTML)) is HTML:
            body, content_type = self._error_page(status, detail), HTML.content_type
        else:
            body, content_type = problem_bytes(status, detail, path), PROBLEM.media_type
        headers = [("Content-Type", content_type), ("Content-Length", str(len(body))), ("Vary", "Accept"), *extra]
        return Answer(status, [*headers, ("Cache-Control", "no-store")], body)

    @staticmethod
    def page_of(pages: WSGIApplication, environ: dict[str, Any]) -> Answer:
        """What a WSGI application answers."""
        started: list[tuple[int, Headers]] = []

        def start(status: str, headers: Headers, _exc_info: object = None) -> Callable[[bytes], object]:
            started.append((int(status[:3]), list(headers)))
            return lambda _data: None

        body = pages(environ, start)
        status, headers = started[-1]
        if dict(headers).get("Content-Length") is None:
            return Answer(status, headers, _closing(body))
        return Answer(status, headers, b"".join(_closing(body)))


def _closing(body: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks of a WSGI body, which is closed at the end, whatever the end is."""
    try:
        yield from body
    finally:
        close = getattr(body, "close", None)
        if close:
            close()


def without_body(answer: Answer) -> Answer:
    """The answer to HEAD: the headers of GET and nothing else (RFC 9110, section 9.3.2)."""
    if not isinstance(answer.body, bytes):
        close = getattr(answer.body, "close", None)
        if close:
            close()
    return Answer(answer.status, answer.headers)


def compressed(answer: Answer, accepted: str) -> Answer:
    """The answer in a content coding that the client accepts, where that is worth it."""
    names = {name.lower(): value for name, value in answer.headers}
    if not compressible(names.get("content-type", "")) or "content-encoding" in names:
        return answer
    vary = ", ".join(filter(None, (names.get("vary", ""), "Accept-Encoding")))
    headers = [h for h in answer.headers if h[0].lower() != "vary"] + [("Vary", vary)]
    coding = encoding_for(accepted)
    small = isinstance(answer.body, bytes) and len(answer.body) < 1024
    if not coding or small or answer.status in (204, 206, 304):
        return Answer(answer.status, headers, answer.body)
    body = compress_body(answer.body, coding)
    kept = [h for h in headers if h[0].lower() not in ("content-length", "etag")]
    if "etag" in names:
        kept.append(("ETag", f'{names["etag"][:-1]}-{coding}"'))
    if isinstance(body, bytes):
        kept.append(("Content-Length", str(len(body))))
    return Answer(answer.status, [*kept, ("Content-Encoding", coding)], body)
