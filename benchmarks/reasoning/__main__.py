"""Runs all measurements and prints them: ``python -m benchmarks.reasoning [--sizes 7000 60000] [--runs 5]``.

Processor time stands beside the wall clock, as that of a busy machine says little.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from benchmarks.reasoning.generate import graph
from kg.config import data_dir
from kg.graph.store import open_store

SIZES = (7_000, 60_000, 600_000, 6_000_000)
Result = dict[str, float]


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


def measured(runs: int, kind: str, *files: Path) -> Result:
    """The median of each figure over runs, each in a process of its own; empty if a run fails."""
    results: list[Result] = []
    for _ in range(runs):
        command = [sys.executable, "-m", "benchmarks.reasoning.worker", kind, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"  {kind} failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            return {}
        results.append(json.loads(done.stdout))
    return {name: statistics.median(result[name] for result in results) for name in results[0]}


def line(what: str, result: Result) -> None:
    """Prints a row: seconds as milliseconds where short, memory in MiB."""
    cells = []
    for name, value in result.items():
        if name in ("derived", "memory"):
            cells.append(f"{name} {value:,.0f}{' MiB' if name == 'memory' else ''}")
        else:
            cells.append(f"{name} {value:.2f} s" if value >= 1 else f"{name} {1000 * value:.1f} ms")
    print(f"{what:<34} {' · '.join(cells)}", flush=True)


def ratio(what: str, peer: float, ours: float, target: str) -> None:
    """Prints how many times faster we are."""
    print(f"{'  → ' + what:<34} {peer / ours:,.0f} × (target {target})", flush=True)


def measure(folder: Path, size: int, runs: int, axioms: bytes) -> Result:
    """All measurements of one size; gives the engine's figures."""
    news, whole, more = written(folder, size, axioms)
    print(f"\n{size:,} stated triples of news, and the ontology")
    ours = measured(runs if size < 1_000_000 else 1, "engine", whole)
    line("engine, N-Triples to N-Triples", ours)
    if size > 1_000_000:
        return ours
    stored = measured(runs, "native", news)
    line("store closed and written back", stored)
    if size <= 10_000:
        peer = measured(runs, "owlrl", news)
        line("owlrl, the same", peer)
        ratio("owlrl / ours", peer["seconds"], stored["seconds"], "≥ 300")
        ratio("the same in processor time", peer["cpu"], stored["cpu"], "≥ 300")
    peer = measured(runs, "reasonable", whole)
    line("reasonable, load and reason", peer)
    if peer:
        ratio("reasonable / ours, all", peer["load"] + peer["reason"], stored["seconds"], "≥ 5 at 600 k")
        ratio("the same in processor time", peer["cpu"], stored["cpu"], "≥ 5 at 600 k")
        ratio("reasonable / ours, closure alone", peer["reason"], ours["closure"], "≥ 30 at 600 k")
        ratio("the same in processor time", peer["reason_cpu"], ours["closure_cpu"], "≥ 30 at 600 k")
    changed = measured(1, "changes", news, *more)
    line("articles added and retracted", changed)
    ratio("recomputing / adding", changed["recomputed"], changed["added"], "≥ 100 at 600 k")
    ratio("recomputing / retracting", changed["recomputed"], changed["retracted"], "≥ 100 at 600 k")
    line("proofs", measured(1, "proofs", whole))
    return ours


def main() -> None:
    """Measures each size and how time per derived triple grows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reasoning")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    axioms = ontology()
    each: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        for size in options.sizes:
            found = measure(Path(name), size, options.runs, axioms)
            each[size] = 1e6 * found["closure_cpu"] / found["derived"]
    print(
        "\nclosure, µs of processor time for each derived triple: "
        + ", ".join(f"{size:,}: {t:.2f}" for size, t in each.items())
    )
    if 60_000 in each and 6_000_000 in each:
        print(f"growth from 60 k to 6 M: {each[6_000_000] / each[60_000]:.2f} × (target ≤ 1.5)")


if __name__ == "__main__":
    main()
