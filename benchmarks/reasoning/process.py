"""Measurements in processes of their own, stopped when they take too long or too much memory."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_LOOK = 0.2
"""Seconds between two looks at a process's memory."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds of wall clock and GiB after which a measurement is stopped."""

    seconds: float
    memory: float


@dataclass(slots=True)
class Result:
    """Figures by name; ``stopped`` says why there are not all of them, and ``after`` how long that took."""

    figures: dict[str, float] = field(default_factory=dict)
    stopped: str = ""
    seconds: float = 0.0
    cpu: float = 0.0

    def __bool__(self) -> bool:
        return not self.stopped

    def __getitem__(self, name: str) -> float:
        return self.figures[name]

    def at_least(self, *names: str, cpu: bool = False) -> float:
        """The sum of figures; where one is missing because of a stop, the time until then less what is not asked for.

        What is known of a process that was stopped is a lower bound.
        """
        if not self.stopped:
            return sum(self.figures[name] for name in names)
        kind = "cpu" if cpu else ""
        rest = sum(t for name, t in self.figures.items() if name not in names and name.endswith("cpu") == bool(kind))
        return max(0.0, (self.cpu if cpu else self.seconds) - rest)


def measured(runs: int, bounds: Bounds, kind: str, *files: Path) -> Result:
    """The median of each figure over runs; a run that is stopped or fails is the only one."""
    done: list[Result] = []
    for _ in range(runs):
        done.append(_run(bounds, kind, *files))
        if done[-1].stopped:
            return done[-1]
    names = done[0].figures
    return Result({name: statistics.median(each[name] for each in done) for name in names})


def _run(bounds: Bounds, kind: str, *files: Path) -> Result:
    command = [sys.executable, "-m", "benchmarks.reasoning.worker", kind, *map(str, files)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    environment = os.environ | {"BENCHMARK_BEGUN": str(time.time())}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=environment)
        stopped = _watched(process, bounds, begun)
        seconds = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if process.returncode and not stopped:
            stopped = f"failed: {_last(errors) or f'exit status {process.returncode}'}"
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Result(_figures(out), stopped, seconds, cpu)


def _watched(process: subprocess.Popen[bytes], bounds: Bounds, begun: float) -> str:
    """Waits for a process, and kills it at a bound; says which."""
    while True:
        try:
            process.wait(_LOOK)
            return ""
        except subprocess.TimeoutExpired:
            over = _over(process.pid, bounds, time.perf_counter() - begun)
            if over:
                process.kill()
                process.wait()
                return over


def _over(pid: int, bounds: Bounds, seconds: float) -> str:
    if seconds > bounds.seconds:
        return f"did not finish in {bounds.seconds:,.0f} s"
    try:
        held = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return ""  # not Linux, or just ended
    return f"took more than {bounds.memory:g} GiB after {seconds:,.0f} s" if held > bounds.memory * 2**30 else ""


def _figures(out: IO[str]) -> dict[str, float]:
    """What the worker printed, a line of JSON whenever it knew more."""
    out.seek(0)
    found: dict[str, float] = {}
    for line in out.read().splitlines():
        found |= json.loads(line)
    return found


def _last(errors: IO[str]) -> str:
    errors.seek(0)
    return next(iter(reversed(errors.read().strip().splitlines())), "")
