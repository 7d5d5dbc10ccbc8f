"""The figures as lines while they come, and as tables in Markdown at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.serving.measure import ONLY_OURS, Cell, Figure
from benchmarks.serving.peers import FUSEKI, NATIVE, OURS, RDFLIB

_HEADS = ("query", "asked", "clients", "peer", "q/s", "p50 ms", "p99 ms", "runs", "ours")
HEAD = "{:10} {:>6} {:>7} {:>16} {:>10} {:>9} {:>9} {:>4} {:>7}".format(*_HEADS)


def lines(figures: list[Figure]) -> Iterator[str]:
    """One line for each peer of a cell; the last column is how many times its throughput ours is."""
    by_peer = {figure.peer: figure for figure in figures}
    for figure in figures:
        cell, m = figure.cell, figure.figures
        times = ratio(by_peer.get(OURS), figure) if figure.peer != OURS else ""
        failed = f"  {m.failures} failed" if m.failures else ""
        yield (
            f"{cell.kind:10} {'again' if cell.repeated else 'first':>6} {cell.clients:>7} {figure.peer:>16}"
            f" {m.throughput:>10.1f} {m.median:>9.2f} {m.tail:>9.2f} {figure.runs:>4} {times:>7}{failed}"
        )


def ratio(ours: Figure | None, other: Figure | None) -> str:
    """How many times as many queries a second we answer; a dash where one of both is not known."""
    if ours is None or other is None:
        return "–"
    times = ours.figures.throughput / other.figures.throughput
    return (
        "> 1000"
        if times > 1000
        else f"{times:.0f}"
        if times >= 10
        else f"{times:.1f}"
        if times >= 2
        else f"{times:.2f}"
    )


def markdown(figures: Iterable[Figure], kinds: list[str], clients: list[int]) -> Iterator[str]:
    """Tables: our throughput as a multiple of each peer's, and the throughput and latency of each."""
    known = {(figure.cell, figure.peer): figure for figure in figures}
    shown = [kind for kind in kinds if kind != ONLY_OURS]
    for peer in (NATIVE, FUSEKI, RDFLIB):
        columns = [
            (repeated, number)
            for repeated in (False, True)
            for number in clients
            if any((Cell(kind, number, repeated), peer) in known for kind in shown)
        ]
        if columns:
            yield f"Throughput of Communiqué as a multiple of {peer}'s:\n"
            yield from _table(
                ["query", *(f"{'repeated' if again else 'first'}, {_clients(n)}" for again, n in columns)],
                [[kind, *(_times(known, Cell(kind, n, again), peer) for again, n in columns)] for kind in shown],
            )
    indexed = [(number, known.get((Cell("text", number, False), OURS))) for number in clients]
    scanned = {number: known.get((Cell(ONLY_OURS, number, False), OURS)) for number in clients}
    found = [f"{ratio(text, scanned[n])} with {_clients(n)}" for n, text in indexed if text and scanned[n]]
    if found:
        yield f"Text by the index, as a multiple of CONTAINS on the same server: {', '.join(found)}.\n"
    yield "Queries a second, and the latency in milliseconds at the median and at 99 of 100:\n"
    yield from _table(
        ["query", "asked", "clients", "peer", "q/s", "p50", "p99", "runs"],
        [
            [c.kind, "again" if c.repeated else "first", str(c.clients), peer, *_figures(figure)]
            for (c, peer), figure in known.items()
        ],
    )


def _clients(number: int) -> str:
    return "1 client" if number == 1 else f"{number} clients"


def _times(known: dict[tuple[Cell, str], Figure], cell: Cell, peer: str) -> str:
    return ratio(known.get((cell, OURS)), known.get((cell, peer)))


def _figures(figure: Figure) -> list[str]:
    m = figure.figures
    return [f"{m.throughput:.1f}", f"{m.median:.2f}", f"{m.tail:.2f}", str(figure.runs)]


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
