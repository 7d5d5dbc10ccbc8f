"""What lets the engine work beside Python: a second processor, and files that can be opened by name."""

from __future__ import annotations

import os
from typing import Final

DESCRIPTORS: Final = "/dev/fd"
"""Where a process finds what it has open, by number."""


def opens_by_name() -> bool:
    """Whether what is open can be opened again by name, as the engine reads and writes nothing else unhindered."""
    return os.access(DESCRIPTORS, os.X_OK)


def two_processors() -> bool:
    """Whether this process may use more than one processor."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) > 1
    return (os.cpu_count() or 1) > 1
