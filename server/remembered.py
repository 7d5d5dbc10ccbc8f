"""What connections learn together, so that what comes again in the same bytes is not read again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

_UNUSUAL: Final = frozenset({b"content-length", b"transfer-encoding", b"upgrade", b"expect"})
_LONGEST_KNOWN: Final = 2**12
_MOST_KNOWN: Final = 512
_MOST_ONCE: Final = 2**15


class Memory:
    """What connections have learnt together: heads that ask for nothing unusual, and answers, up to ``most`` bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heads: dict[bytes, dict[str, Any]] = {}
        self._answers: dict[bytes, tuple[int, bytes]] = {}
        self._version = -1
        self._held = 0
        self._once: set[int] = set()

    def head(self, rest: bytes) -> dict[str, Any] | None:
        """The headers, as an environ has them, of what comes after the first line of a request."""
        return self._heads.get(rest)

    def learn(self, rest: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        """Takes in a head that was read, unless it is unusual."""
        if len(rest) > _LONGEST_KNOWN or any(map(_is_unusual, headers)):
            return
        environ: dict[str, Any] = {}
        add_headers(environ, headers)
        self.know(rest, environ)

    def know(self, rest: bytes, environ: dict[str, Any]) -> None:
        """Takes in a head and what an environ has of it; when there are too many they are learnt anew."""
        if len(self._heads) >= _MOST_KNOWN:
            self._heads.clear()
        self._heads[rest] = environ

    def answer(self, request: bytes, version: int) -> tuple[int, bytes] | None:
        """Status and bytes after the date of the answer to the same request at the same version."""
        return self._answers.get(request) if version == self._version else None

    def is_new(self, request: bytes) -> bool:
        """Whether a request did not come lately; of those that never come again no answer need be kept."""
        mark = hash(request)
        if mark in self._once:
            return False
        if len(self._once) >= _MOST_ONCE:
            self._once.clear()
        self._once.add(mark)
        return True

    def keep(self, request: bytes, version: int, status: int, answer: bytes) -> None:
        """Keeps an answer; a new version, or too many bytes, empty the memory."""
        size = len(request) + len(answer)
        if version != self._version or self._held + size > self._most:
            self._answers.clear()
            self._version, self._held = version, 0
        if size <= self._most:
            self._answers[request] = status, answer
            self._held += size


def _is_unusual(header: tuple[bytes, bytes]) -> bool:
    name, value = header
    return name in _UNUSUAL or (name == b"connection" and value.lower() != b"keep-alive")


@lru_cache(maxsize=512)
def _key(name: bytes) -> str:
    """The name of a header in an environ."""
    upper = name.decode("latin-1").upper().replace("-", "_")
    return upper if upper in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{upper}"


def add_headers(environ: dict[str, Any], headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Puts headers into an environ, those of the same name as one."""
    for name, value in headers:
        key, text = _key(name), value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
