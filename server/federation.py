"""SERVICE to allowed hosts (SPARQL 1.1 Federated Query), through a relay that looks where each request goes.

The engine asks whatever address a query names, follows redirects and resolves names itself. So its requests are sent to
a relay on this machine instead, which checks the URL, connects to the very address it checked, follows no redirect, and
bounds time and size. The relay's path holds a secret, so nobody else can use it.
"""

from __future__ import annotations

import http.client
import secrets
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

from kg.errors import ForbiddenError, KgError
from kg.graph.store.sparql import read_tokens
from server.guard.addresses import Target, check_url

_PASSED = ("Accept", "Content-Type", "User-Agent")
_SECONDS = 30.0
_MOST_BYTES = 64 * 2**20


class Relay:
    """Forwards what the engine asks to the endpoints that are allowed."""

    def __init__(self, hosts: Sequence[str], check: Callable[[str], Target] | None = None) -> None:
        self._check = check or (lambda url: check_url(url, hosts))
        self._secret = secrets.token_urlsafe(16)
        relay = self

        class Handler(BaseHTTPRequestHandler):
            """One request of the engine."""

            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                relay.forward(self)

            def do_POST(self) -> None:
                relay.forward(self)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing: the access log has the query."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True, name="service-relay").start()

    def redirected(self, text: str) -> str:
        """The query with its SERVICE endpoints replaced by the relay's; raises ForbiddenError for any not allowed."""
        found = read_tokens(text)
        for i in range(len(found) - 1, -1, -1):
            if found[i].kind in ("word", "name") and "SERVICE" in found[i].text.upper().partition(":")[0]:
                rest = [token for token in found[i + 1 : i + 3] if token.word != "SILENT"]
                if found[i].word != "SERVICE" or not rest or rest[0].kind != "iri":
                    raise ForbiddenError("SERVICE must be followed by the full IRI of an endpoint here")
                endpoint = rest[0].text[1:-1]
                self._check(endpoint)
                text = f"{text[: rest[0].begin]}<{self._address(endpoint)}>{text[rest[0].end :]}"
        return text

    def _address(self, endpoint: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{self._secret}/{quote(endpoint, safe='')}"

    def forward(self, request: BaseHTTPRequestHandler) -> None:
        """Answers one request of the engine with what the endpoint answers."""
        secret, _, rest = request.path.lstrip("/").partition("/")
        endpoint, _, query = rest.partition("?")
        if not secrets.compare_digest(secret.encode(), self._secret.encode()):
            return _answer(request, 404, b"", "text/plain")
        length = int(request.headers.get("Content-Length") or 0)
        body = request.rfile.read(min(length, _MOST_BYTES))
        try:
            target = self._check(unquote(endpoint))
            status, answer, media_type = _ask(target, request, query, body)
        except (KgError, OSError, http.client.HTTPException) as error:
            status, answer, media_type = 502, str(error).encode(), "text/plain"
        return _answer(request, status, answer, media_type)

    def close(self) -> None:
        """Stops relaying."""
        self._server.shutdown()
        self._server.server_close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, with the host's name for TLS and for the Host header."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=_SECONDS)
        self._target = target

    def connect(self) -> None:
        plain = socket.create_connection((self._target.address, self._target.port), _SECONDS)
        if self._target.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._target.host)
        else:
            self.sock = plain


def _ask(target: Target, request: BaseHTTPRequestHandler, query: str, body: bytes) -> tuple[int, bytes, str]:
    path = target.path + (("&" if "?" in target.path else "?") + query if query else "")
    headers = {name: request.headers[name] for name in _PASSED if request.headers.get(name)}
    connection = _Pinned(target)
    try:
        connection.request(request.command, path, body or None, headers)
        answer = connection.getresponse()
        if 300 <= answer.status < 400:
            raise ForbiddenError("the endpoint redirects, and redirects are not followed")
        content = answer.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise ForbiddenError("the endpoint's answer is too large")
        return answer.status, content, answer.headers.get("Content-Type", "application/octet-stream")
    finally:
        connection.close()


def _answer(request: BaseHTTPRequestHandler, status: int, body: bytes, media_type: str) -> None:
    request.send_response(status)
    request.send_header("Content-Type", media_type)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
