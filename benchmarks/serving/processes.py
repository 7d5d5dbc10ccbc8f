"""What the system tells of a process and of all that it started."""

from __future__ import annotations

import time
from pathlib import Path


def family(process: int) -> set[int]:
    """A process and those that it or its descendants started."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, size = {process}, 0
    while size != len(found):
        size = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def memory(process: int) -> int:
    """Kilobytes of a process and of all it started; what they share counts once."""
    total = 0
    for member in family(process):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def left_after(members: set[int], seconds: float = 10) -> set[int]:
    """Those that still run after that long; one that only waits to be collected does not run."""
    end = time.monotonic() + seconds
    while left := {member for member in members if _runs(member)}:
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return left


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
