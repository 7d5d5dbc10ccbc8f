"""Runs all measurements: ``python -m benchmarks.reasoning [--sizes 7000 60000] [--peers owlrl] [--markdown]``.

Figures are printed as they come, targets at the end. Processor time stands beside the wall clock, as that of a busy
machine says little.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from benchmarks.reasoning.generate import graph
from benchmarks.reasoning.process import Bounds, Result, measured
from kg.config import data_dir
from kg.graph.store import open_store

SIZES = (7_000, 60_000, 600_000, 6_000_000)
PEERS = ("owlrl", "reasonable")
_MANY, _LARGE = 100_000, 1_000_000
_PATIENCE = 3600.0
"""Seconds for our own measurements."""
Pair = tuple[float, float]
"""Seconds of wall clock, and of the processor."""


class Target(NamedTuple):
    """How many times faster, at which size."""

    times: int
    size: int


@dataclass(slots=True)
class Row:
    """One finding: what it is, what is wanted, what was found, and whether it is of the size that the target is for."""

    what: str
    target: str
    found: str
    counts: bool


@dataclass(slots=True)
class Report:
    """The targets, and what the closure cost at each size."""

    rows: list[Row] = field(default_factory=list)
    each: dict[int, float] = field(default_factory=dict)

    def add(self, what: str, target: str, found: str, counts: bool = True) -> None:
        """Notes and prints a finding."""
        self.rows.append(Row(what, target, found, counts))
        print(f"  → {what}: {found} (target {target})", flush=True)

    def ratio(self, what: str, target: Target, size: int, slow: Pair, fast: Pair, bound: str = "") -> None:
        """Notes how many times faster we are: by wall clock, and by processor time; ``bound`` says why at least."""
        least, why = ("at least ", f"; the peer {bound}") if bound else ("", "")
        found = f"{least}{slow[0] / fast[0]:,.0f} × ({least}{slow[1] / fast[1]:,.0f} × by processor time{why})"
        self.add(f"{what}, {size:,}", f"≥ {target.times} × at {target.size:,}", found, size == target.size)

    def markdown(self) -> str:
        """What there are targets for as a table; all findings where no size was one that has targets."""
        rows = [row for row in self.rows if row.counts] or self.rows
        lines = ["| what | target | found |", "|---|---|---|"]
        return "\n".join([*lines, *(f"| {row.what} | {row.target} | {row.found} |" for row in rows)])


def ontology() -> bytes:
    """The ontology as N-Triples."""
    with open_store(None) as store:
        store.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle")
        out = BytesIO()
        store.dump(out, "ntriples")
        return out.getvalue()


def written(folder: Path, size: int, axioms: bytes) -> tuple[Path, Path, list[Path]]:
    """The news alone, the news with the ontology, and a few more articles, as N-Triples files."""
    reference, articles = graph(size, axioms)
    news, whole = folder / f"{size}.nt", folder / f"{size}-whole.ttl"
    with news.open("wb") as out:
        for part in (reference, *articles[:-6]):
            out.writelines(f"{line} .\n".encode() for line in dict.fromkeys(part))
    with whole.open("wb") as out:
        out.write(axioms)
        out.write(news.read_bytes())
    more = []
    for number, article in enumerate(articles[-6:]):
        more.append(folder / f"{size}-{number}.nt")
        more[-1].write_text("".join(f"{line} .\n" for line in article))
    return news, whole, more


def line(what: str, result: Result) -> None:
    """Prints a row: seconds as milliseconds where short, memory in MiB."""
    cells = []
    for name, value in result.figures.items():
        if name in ("derived", "memory"):
            cells.append(f"{name} {value:,.0f}{' MiB' if name == 'memory' else ''}")
        elif not name.startswith("before"):
            cells.append(f"{name} {value:.2f} s" if value >= 1 else f"{name} {1000 * value:.1f} ms")
    cells += [result.stopped] if result.stopped else []
    print(f"{what:<34} {' · '.join(cells)}", flush=True)


def measure(folder: Path, size: int, axioms: bytes, options: argparse.Namespace, report: Report) -> None:
    """All measurements of one size."""
    news, whole, more = written(folder, size, axioms)
    runs, bounds = options.runs if size < _LARGE else 1, Bounds(_PATIENCE, options.memory)
    print(f"\n{size:,} stated triples of news, and the ontology", flush=True)
    engine = measured(runs, bounds, "engine", whole)
    line("engine, N-Triples to N-Triples", engine)
    if engine:
        report.each[size] = 1e6 * engine["closure_cpu"] / engine["derived"]
    if size >= _LARGE:
        said = f"{engine['total']:,.0f} s, {engine['memory'] / 1024:.1f} GiB" if engine else engine.stopped
        report.add(f"closure of {size:,} stated triples", "≤ 8 GiB", said)
        return
    stored = measured(runs, bounds, "native", news)
    line("store closed and written back", stored)
    if engine and stored:
        _compare(options, size, (news, whole), engine, stored, report)
    _follow(bounds, size, news, whole, more, report)


def _compare(
    options: argparse.Namespace, size: int, files: tuple[Path, Path], engine: Result, stored: Result, report: Report
) -> None:
    """Our closure of a store against the peers'."""
    ours, bounds = (stored["seconds"], stored["cpu"]), Bounds(options.seconds, options.memory)
    if "owlrl" in options.peers and size <= options.owlrl_most:
        peer = measured(options.runs, bounds, "owlrl", files[0])
        line("owlrl, the same", peer)
        theirs = peer.at_least("seconds"), peer.at_least("cpu", cpu=True)
        report.ratio("loaded store closed, against owlrl", Target(300, 7_000), size, theirs, ours, peer.stopped)
    if "reasonable" in options.peers:
        runs = options.runs if size < _MANY else min(options.runs, options.long_runs)
        peer = measured(runs, bounds, "reasonable", files[1])
        line("reasonable, load and reason", peer)
        theirs = peer.at_least("load", "reason"), peer.at_least("load_cpu", "reason_cpu", cpu=True)
        alone = peer.at_least("reason"), peer.at_least("reason_cpu", cpu=True)
        closure = engine["closure"], engine["closure_cpu"]
        report.ratio("the same, against reasonable", Target(5, 600_000), size, theirs, ours, peer.stopped)
        report.ratio("closure alone", Target(30, 600_000), size, alone, closure, peer.stopped)


def _follow(bounds: Bounds, size: int, news: Path, whole: Path, more: list[Path], report: Report) -> None:
    """Changes and proofs."""
    changed = measured(1, bounds, "changes", news, *more)
    line("articles added and retracted", changed)
    if changed:
        anew = changed["recomputed"], changed["recomputed_cpu"]
        for what in ("added", "retracted"):
            once = changed[what], changed[f"{what}_cpu"]
            report.ratio(f"one article {what}, against recomputing", Target(100, 600_000), size, anew, once)
    proofs = measured(1, bounds, "proofs", whole)
    line("proofs", proofs)
    if proofs:
        found = f"{1000 * proofs['median']:.1f} ms median, {1000 * proofs['p95']:.1f} ms for 95 %"
        report.add(f"proof of an inferred triple, {size:,}", "≤ 50 ms at 600,000", found, size == 600_000)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reasoning")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="stated triples")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS)
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median counts; 1 from a million on")
    parser.add_argument("--long-runs", type=int, default=1, help="runs of reasonable from 100,000 on")
    parser.add_argument("--owlrl-most", type=int, default=10_000, help="the largest size for owlrl")
    parser.add_argument("--seconds", type=float, default=300, help="after which a peer is stopped")
    parser.add_argument("--memory", type=float, default=16, help="GiB beyond which a run is stopped")
    parser.add_argument("--markdown", action="store_true", help="print the targets as a Markdown table, too")
    return parser.parse_args()


def main() -> None:
    """Measures each size, and how time per derived triple grows."""
    options, report = _options(), Report()
    axioms = ontology()
    with tempfile.TemporaryDirectory() as name:
        for size in options.sizes:
            measure(Path(name), size, axioms, options, report)
    print("\nclosure, µs of processor time for each derived triple")
    print(" · ".join(f"{size:,}: {t:.2f}" for size, t in report.each.items()))
    if 60_000 in report.each and 6_000_000 in report.each:
        grown = report.each[6_000_000] / report.each[60_000]
        report.add("time per derived triple, from 60 k to 6 M", "grows ≤ 1.5 ×", f"{grown:.2f} ×")
    if options.markdown:
        print(f"\n{report.markdown()}")


if __name__ == "__main__":
    main()
