"""What the fast lane needs of WSGI (PEP 3333): reading a body within bounds, starting a response."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any, TypeAlias, cast

from server.problems import HttpProblem, title_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

# WSGI leaves the values of an environ untyped.
Environ: TypeAlias = Mapping[str, Any]
Headers: TypeAlias = list[tuple[str, str]]


def read_body(environ: Environ, most: int) -> bytes:
    """The body of a request, unzipped if it is gzip; raises HttpProblem 413 beyond ``most`` bytes, zipped or not."""
    declared = str(environ.get("CONTENT_LENGTH") or "")
    if declared.isdigit() and int(declared) > most:
        raise too_large(most)
    stream = cast("IO[bytes]", environ["wsgi.input"])
    if declared.isdigit():
        body = stream.read(int(declared))
    elif environ.get("wsgi.input_terminated"):
        body = stream.read(most + 1)
    else:
        body = b""
    return decoded(body, str(environ.get("HTTP_CONTENT_ENCODING", "")), most)


def decoded(body: bytes, encoding: str, most: int) -> bytes:
    """The body without its content coding, read no further than the bound so that a bomb does not go off."""
    coding = encoding.strip().lower()
    if coding == "gzip":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as unzipped:
                body = unzipped.read(most + 1)
        except (OSError, EOFError, zlib.error):
            raise HttpProblem(400, "the body is not the gzip it says it is") from None
    elif coding not in ("", "identity"):
        raise HttpProblem(415, "the only Content-Encoding understood is gzip", {"Accept-Encoding": "gzip"})
    if len(body) > most:
        raise too_large(most)
    return body


def too_large(most: int) -> HttpProblem:
    """The error for a body above the bound."""
    return HttpProblem(413, f"the body is larger than {most:,} bytes")


def send(start_response: StartResponse, status: int, headers: Headers, body: Iterable[bytes]) -> Iterable[bytes]:
    """Starts a response; the body is handed back for the server to send."""
    start_response(f"{status} {title_of(status)}", headers)
    return body
