"""``python -m benchmarks.serving``: ours beside other servers, medians over several runs, peers taking turns."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks.serving.generate import Graph, queries
from benchmarks.serving.measure import Figure, Plan, measure
from benchmarks.serving.peers import Peer, peers, running
from benchmarks.serving.report import HEAD, lines, markdown


@click.command()
@click.option("--size", default=1_000_000, help="Triples, about.", show_default=True)
@click.option("--clients", default="1,8,32", help="Numbers of clients.", show_default=True)
@click.option("--minutes", default=12.0, help="How long to measure in all, loading not counted.", show_default=True)
@click.option("--runs", default=5, help="Runs of which the median counts, where there is time.", show_default=True)
@click.option("--seconds", default=0.7, help="Seconds a run.", show_default=True)
@click.option("--patience", default=30.0, help="Seconds that what all clients ask once may take.", show_default=True)
@click.option("--settle", default=0.0, help="Seconds to wait once all answer, for what they make in the background.")
@click.option("--only", default="", help="Kinds of query, separated by commas.")
@click.option("--graph", type=click.Path(exists=True, path_type=Path), help="Another graph than ours, as N-Triples.")
@click.option("--queries", "asked", type=click.Path(exists=True, path_type=Path), help="Queries by kind, as JSON.")
@click.option("--against", default="", help="Servers, separated by commas; all that are installed if empty.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keeps graph and stores there, and uses them again.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Tables in Markdown at the end.")
@click.option("--output", type=click.Path(path_type=Path), help="Where the figures go as JSON, as they come.")
def main(
    size: int,
    clients: str,
    minutes: float,
    runs: int,
    seconds: float,
    patience: float,
    settle: float,
    only: str,
    graph: Path | None,
    asked: Path | None,
    against: str,
    folder: Path | None,
    as_markdown: bool,
    output: Path | None,
) -> None:
    """Measures throughput and latency of each kind of query, asked for the first time and again."""
    scale, numbers = size / 1e6, [int(n) for n in clients.split(",")]
    given: dict[str, list[str]] = json.loads(asked.read_text(encoding="utf-8")) if asked else queries(scale)
    kinds = {kind: texts for kind, texts in given.items() if not only or kind in only.split(",")}
    figures: list[Figure] = []
    with ExitStack() as stack:
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="communique-bench-")))
        place.mkdir(parents=True, exist_ok=True)
        fill(place, scale, graph)
        chosen = [p for p in peers(place, size) if not against or p.name in against.split(",")]
        ports = {peer: stack.enter_context(running(peer, place)) for peer in chosen}
        click.echo(f"{', '.join(map(named, ports))} answer\n{HEAD}", err=True)
        time.sleep(settle)
        for _, found in measure(ports, kinds, numbers, Plan(minutes, seconds, runs, patience)):
            figures += found
            for line in lines(found):
                click.echo(line)
            sys.stdout.flush()
            if output:
                output.write_text(json.dumps([asdict(figure) for figure in figures], indent=1))
    if as_markdown:
        click.echo("\n" + "\n".join(markdown(figures, list(kinds), numbers)))


def named(peer: Peer) -> str:
    """What to call a server."""
    return peer.name


def fill(place: Path, scale: float, given: Path | None) -> None:
    """Makes the graph, or copies one that is given, unless it is there already; whole or not at all."""
    graph, partial = place / "graph.nt", place / "graph.part"
    if graph.exists():
        return
    if given:
        shutil.copyfile(given, partial)
    else:
        with partial.open("w", encoding="utf-8") as out:
            out.writelines(Graph(scale).lines())
    partial.rename(graph)


if __name__ == "__main__":
    main()
