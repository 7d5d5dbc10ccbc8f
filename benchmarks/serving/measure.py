"""What is asked of whom, how often: as many runs as there is time for, the peers taking turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from benchmarks.serving.client import Measured, Questions, load, once
from benchmarks.serving.peers import OURS, Peer

_CORES = 2
ONLY_OURS = "contains"
"""The same as ``text`` without the index, for the comparison with it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of query, asked by so many clients, for the first time or again."""

    kind: str
    clients: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of all runs of a peer in a cell; failures are summed."""

    cell: Cell
    peer: str
    runs: int
    figures: Measured


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure: in all, each run, and how many runs at most.

    A server is passed over that would need more seconds than ``patience`` for what so many clients ask at once.
    """

    minutes: float
    seconds: float
    runs: int
    patience: float


def cells(kinds: dict[str, list[str]], clients: list[int]) -> list[Cell]:
    """All there is to measure; what matters most comes first, should time run out."""
    return [
        Cell(kind, number, repeated)
        for repeated, kind, number in product((False, True), kinds, clients)
        if kind != ONLY_OURS or not repeated
    ]


def measure(
    ports: dict[Peer, int], kinds: dict[str, list[str]], clients: list[int], plan: Plan
) -> Iterator[tuple[Cell, list[Figure]]]:
    """The cells one after the other; each gets its share of the time that is left, and every peer at least one run."""
    end = time.monotonic() + plan.minutes * 60
    alone = {(peer, kind): _alone(peer, port, texts) for kind, texts in kinds.items() for peer, port in ports.items()}
    todo = cells(kinds, clients)
    for done, cell in enumerate(todo):
        share = max(0.0, end - time.monotonic()) / (len(todo) - done)
        asked = {
            peer: port for peer, port in ports.items() if _wanted(peer, cell, alone[peer, cell.kind], plan.patience)
        }
        yield cell, list(_cell(cell, asked, kinds[cell.kind], plan, time.monotonic() + share))


def _alone(peer: Peer, port: int, texts: list[str]) -> float:
    """Seconds that a query of a kind takes when nothing else is asked; the first one warms up."""
    questions = Questions(peer.path, texts, repeated=False)
    first = once(port, questions.next())
    return first if first > 2 else min(once(port, questions.next()) for _ in range(3))


def _wanted(peer: Peer, cell: Cell, alone: float, patience: float) -> bool:
    """Whether a peer is measured in a cell: it is made for so many clients, and answers them within patience."""
    if cell.kind == ONLY_OURS and peer.name != OURS:
        return False
    patient = alone * max(1, cell.clients / _CORES) <= patience
    return patient and cell.clients <= peer.clients and (peer.caches or not cell.repeated)


def _cell(cell: Cell, asked: dict[Peer, int], texts: list[str], plan: Plan, end: float) -> Iterator[Figure]:
    questions = {peer: Questions(peer.path, texts, repeated=cell.repeated) for peer in asked}
    done: dict[Peer, list[Measured]] = {peer: [] for peer in asked}
    for turn in range(plan.runs):
        for peer, port in asked.items():
            if cell.repeated and not turn:
                load(port, questions[peer], 1, 0.2)
            done[peer].append(load(port, questions[peer], cell.clients, plan.seconds))
        if time.monotonic() > end:
            break
    for peer, measured in done.items():
        yield Figure(cell, peer.name, len(measured), _median(measured))


def _median(done: list[Measured]) -> Measured:
    return Measured(
        statistics.median(m.throughput for m in done),
        statistics.median(m.median for m in done),
        statistics.median(m.tail for m in done),
        sum(m.failures for m in done),
    )
