"""Running a command while watching its memory, from outside and without help of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall and processor seconds, and resident bytes over time (the whole family of processes)."""

    seconds: float
    cpu: float
    memory: tuple[tuple[float, int], ...]
    status: int
    said: str

    @property
    def peak(self) -> int:
        """The most bytes that were resident at any time."""
        return max(size for _, size in self.memory)


def watched(command: list[str]) -> Run:
    """Runs a command to its end."""
    start, before = time.monotonic(), os.times()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    memory: list[tuple[float, int]] = []
    while process.poll() is None:
        memory.append((time.monotonic() - start, sum(map(resident, family(process.pid)))))
        time.sleep(_PAUSE)
    said = process.stderr.read() if process.stderr else ""
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.monotonic() - start, cpu, tuple(memory), process.returncode, said.strip())


def stopped(command: list[str], seconds: float, sign: signal.Signals) -> str:
    """Starts a command, sends the signal to its whole group after a while, and gives what it said to its end."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, sign)
    return process.communicate()[1].strip()


def family(pid: int) -> Iterator[int]:
    """A process and its descendants (Linux)."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def resident(pid: int) -> int:
    """The resident bytes of a process, shared pages included; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
