"""What an endpoint answers, and the headers that every answer carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server.guard.headers import CROSS_ORIGIN, SECURITY
from server.sparql.environ import Headers

ADMITTED: Final = "communique.admitted"
"""In the environ of a request that the rate limit has let pass."""
EVERYWHERE: Final = (*SECURITY, *CROSS_ORIGIN)
"""The headers that every answer carries."""


class Answer:
    """What an endpoint answers: status, headers and a body that is complete bytes or a stream of them."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Headers, body: bytes | Iterator[bytes] = b"") -> None:
        self.status = status
        self.headers = headers
        self.body = body


class Complete(Answer):
    """An answer whose body is there; ``fresh`` if it was found for this request and not kept from another."""

    __slots__ = ("fresh",)
    body: bytes

    def __init__(self, status: int, headers: Headers, body: bytes = b"", *, fresh: bool = False) -> None:
        super().__init__(status, headers, body)
        self.fresh = fresh
