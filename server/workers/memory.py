"""How much memory the machine has, and whether the graph fits a share of it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_COPIES: Final = 2
_PER_BYTE: Final = 3.0
"""Bytes in memory for each of N-Triples: 0.37 GB for 137 MB, measured, and a little more."""

_COLUMNS: Final = 2.1
"""The same for columns: 0.09 GB, and 0.05 in each of four workers once they have written all terms, measured."""


def total() -> int:
    """Bytes of memory of this machine, or of the container where that has less."""
    most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for name in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):
            most = min(most, int(Path(name).read_text()))
    return most


def fits(file: Path, share: float, *, columns: bool = False) -> bool:
    """Whether a graph of that many N-Triples fits a share of the memory twice: here, and in the workers together.

    With ``columns``, whether these fit there, too.
    """
    per_byte = _COPIES * _PER_BYTE + (_COLUMNS if columns else 0)
    return file.stat().st_size * per_byte <= share * total()
