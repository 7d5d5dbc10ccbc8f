"""An answer while it is collected: in memory as long as it is small, then in a temporary file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

_IN_MEMORY = 16 * 2**20
_PIECE = 2**18


class Spool:
    """Pieces in, whole answer out; a slow reader of it holds a file and nothing else."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._file: IO[bytes] | None = None
        self.size = 0

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> Spool:
        """All pieces, collected."""
        spool = cls()
        for piece in pieces:
            spool.add(piece)
        return spool

    def add(self, piece: bytes) -> None:
        """Appends a piece."""
        self.size += len(piece)
        if self._file is None and self.size > _IN_MEMORY:
            self._file = tempfile.TemporaryFile(prefix="communique-")  # noqa: SIM115 - it outlives this call
            self._file.writelines(self._held)
            self._held.clear()
        if self._file is None:
            self._held.append(piece)
        else:
            self._file.write(piece)

    def write(self, data: bytes) -> int:
        """Appends what is written, so that a spool can be written to like a file."""
        self.add(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    @property
    def large(self) -> bool:
        """Whether it went to a file."""
        return self._file is not None

    def whole(self) -> bytes:
        """All of an answer that is not large."""
        return self._held[0] if len(self._held) == 1 else b"".join(self._held)

    def pieces(self) -> Iterator[bytes]:
        """A large answer in pieces, its file closed at the end or when the reader leaves."""
        if self._file is None:
            yield self.whole()
            return
        with self._file as file:
            file.seek(0)
            while piece := file.read(_PIECE):
                yield piece
