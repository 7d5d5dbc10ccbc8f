"""Memory that the server and one reader share: which commit must be known, and what was answered.

Each number is written by one side and is eight bytes that processors write whole.
"""

from __future__ import annotations

import mmap
import tempfile
from bisect import bisect_left
from collections.abc import Sequence
from typing import IO, Final

_STATUSES: Final = (200, 304)
_WANTED, _ENDED, _BYTES, _NANOSECONDS, _FIRST = 0, 1, 2, 3, 4
_SLOTS: Final = 64
NEVER: Final = 2**62
"""A version that no reader ever has, so that it answers nothing more."""


class Board:
    """A row of numbers in a file that both sides have mapped."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._file: IO[bytes] | None = None
        if descriptor is None:
            self._file = tempfile.TemporaryFile(prefix="communique-")  # noqa: SIM115 - it lives as long as the board
            self._file.truncate(_SLOTS * 8)
            descriptor = self._file.fileno()
        self._numbers = memoryview(mmap.mmap(descriptor, _SLOTS * 8)).cast("q")

    def sent(self) -> None:
        """The other side has the file; the memory stays."""
        if self._file:
            self._file.close()

    def fileno(self) -> int:
        """The file, to be sent to the other side."""
        assert self._file is not None
        return self._file.fileno()

    @property
    def wanted(self) -> int:
        """The commit that whoever answers must know."""
        return self._numbers[_WANTED]

    @wanted.setter
    def wanted(self, version: int) -> None:
        self._numbers[_WANTED] = version

    @property
    def ended(self) -> int:
        """How many connections the reader has passed back or lost."""
        return self._numbers[_ENDED]

    @ended.setter
    def ended(self, count: int) -> None:
        self._numbers[_ENDED] = count

    def count(self, status: int, sent: int, seconds: float, bounds: Sequence[float]) -> None:
        """Counts an answer, its seconds by the first of the bounds that they are within."""
        numbers = self._numbers
        numbers[_BYTES] += sent
        numbers[_NANOSECONDS] += int(seconds * 1e9)
        numbers[_FIRST + _STATUSES.index(status)] += 1
        numbers[_FIRST + len(_STATUSES) + bisect_left(bounds, seconds)] += 1

    def counted(self, bounds: Sequence[float]) -> tuple[dict[int, int], int, float, list[int]]:
        """Answers by status, their bytes, their seconds, and how many were within each of the bounds and above."""
        first = _FIRST + len(_STATUSES)
        statuses = {status: self._numbers[_FIRST + at] for at, status in enumerate(_STATUSES)}
        spread = list(self._numbers[first : first + len(bounds) + 1])
        return statuses, self._numbers[_BYTES], self._numbers[_NANOSECONDS] / 1e9, spread
