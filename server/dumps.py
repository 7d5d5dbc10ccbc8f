"""Dumps that can be asked for in parts: each is written to a file once for a version of the store (RFC 9110, 14)."""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from flask import Request, Response

from kg.graph.store import Store
from server.problems import HttpProblem

Write: TypeAlias = Callable[[BinaryIO], None]
_TRIES = 3
_PIECE = 2**18


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump on disk: a descriptor of its own, how many bytes it has, and its entity tag."""

    descriptor: int
    size: int
    tag: str

    def pieces(self, begin: int, end: int) -> Iterator[bytes]:
        """The bytes from ``begin`` up to ``end``; the descriptor is closed after them, or when the reader leaves."""
        try:
            while begin < end and (piece := os.pread(self.descriptor, min(_PIECE, end - begin), begin)):
                yield piece
                begin += len(piece)
        finally:
            os.close(self.descriptor)


class Dumps:
    """The last dump of each format, as a file that has no name and goes with the process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._run = secrets.token_hex(4)
        self._files: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()
        weakref.finalize(self, _close, self._files)

    def tag(self, suffix: str) -> str:
        """The strong entity tag of a dump as of now: the version of the store, which counts from the start of a run.

        A stream that began at one version and saw a commit keeps the tag of the first, of which no part is served then.
        """
        return f"{self._run}-{self._store.version}-{suffix}"

    def get(self, suffix: str, write: Write) -> Dump | None:
        """The dump of now; None while the store changes all the time."""
        with self._lock:
            for _ in range(_TRIES):
                version, held = self._files.get(suffix) or self._written(suffix, write)
                if version == self._store.version:
                    return Dump(os.dup(held), os.fstat(held).st_size, f"{self._run}-{version}-{suffix}")
                os.close(self._files.pop(suffix)[1])
        return None

    def _written(self, suffix: str, write: Write) -> tuple[int, int]:
        version = self._store.version
        with tempfile.TemporaryFile(prefix="communique-") as file:
            write(file)
            file.flush()
            self._files[suffix] = version, os.dup(file.fileno())
        return self._files[suffix]


def _close(files: dict[str, tuple[int, int]]) -> None:
    for _, held in files.values():
        os.close(held)


def known(request: Request, tag: str) -> bool:
    """Whether the client has what the tag names, in whatever content coding."""
    return any(given == tag or given.startswith(f"{tag}-") for given in request.if_none_match)


def part_of(dump: Dump, request: Request, content_type: str) -> Response:
    """The part that a request asks for (206), or all of it where If-Range names another or it asks for several parts.

    Raises HttpProblem 416 where there is no such part.
    """
    headers = {"ETag": f'"{dump.tag}"', "Accept-Ranges": "bytes"}
    wanted, condition = request.range, request.if_range
    current = condition.etag == dump.tag if condition.etag or condition.date else True
    if wanted is None or not current or wanted.units != "bytes" or len(wanted.ranges) != 1:
        headers["Content-Length"] = str(dump.size)
        return Response(dump.pieces(0, dump.size), 200, headers, content_type=content_type)
    span = wanted.range_for_length(dump.size)
    if span is None:
        os.close(dump.descriptor)
        raise HttpProblem(416, f"there are {dump.size:,} bytes", {"Content-Range": f"bytes */{dump.size}"})
    begin, end = span
    headers |= {"Content-Range": f"bytes {begin}-{end - 1}/{dump.size}", "Content-Length": str(end - begin)}
    return Response(dump.pieces(begin, end), 206, headers, content_type=content_type)
