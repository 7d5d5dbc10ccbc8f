"""``python -m benchmarks.serving``: medians over several runs, peers interleaved, as a table and as JSON."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from itertools import count, product
from pathlib import Path

import click

from benchmarks.serving.client import Connection, Measured, load, request
from benchmarks.serving.generate import Graph, queries
from benchmarks.serving.peers import Peer, peers, running

_REFERENCE = "oxigraph-disk"


@click.command()
@click.option("--scale", default=1.0, help="Millions of triples, about.")
@click.option("--clients", default="1,8,32", help="Numbers of clients.")
@click.option("--runs", default=5, help="Runs of which the median counts.")
@click.option("--seconds", default=2.0, help="Seconds a run.")
@click.option("--only", default="", help="Kinds of query, separated by commas.")
@click.option("--against", default="", help="Peers, separated by commas; all that are installed if empty.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keeps graph and stores there.")
@click.option("--output", type=click.Path(path_type=Path), help="Where the JSON goes.")
def main(
    scale: float,
    clients: str,
    runs: int,
    seconds: float,
    only: str,
    against: str,
    folder: Path | None,
    output: Path | None,
) -> None:
    """Measures throughput and latency of each kind of query, asked for the first time and repeatedly."""
    place = folder or Path(tempfile.mkdtemp(prefix="communique-bench-"))
    place.mkdir(parents=True, exist_ok=True)
    graph = place / "graph.nt"
    if not graph.exists():
        with graph.open("w", encoding="utf-8") as out:
            out.writelines(Graph(scale).lines())
    kinds = {k: q for k, q in queries(scale).items() if not only or k in only.split(",")}
    chosen = [p for p in peers(place) if not against or p.name in against.split(",")]
    numbers = [int(n) for n in clients.split(",")]
    with ExitStack() as stack:
        ports = {peer: stack.enter_context(running(peer, place)) for peer in chosen}
        results = list(measure(ports, kinds, numbers, runs, seconds))
    show(results)
    if output:
        output.write_text(json.dumps(results, indent=1))


def measure(
    ports: dict[Peer, int], kinds: dict[str, list[str]], clients: list[int], runs: int, seconds: float
) -> Iterator[dict[str, object]]:
    """Every kind of query, first-time (each text differs by a comment) and repeated (ten texts), peers taking turns."""
    fresh = count()
    for kind, number, repeated in product(kinds, clients, (False, True)):
        done: dict[Peer, list[Measured]] = {peer: [] for peer in ports}
        for turn, (peer, port) in product(range(runs), ports.items()):
            if repeated:
                asked = [request(peer.path, text) for text in kinds[kind][:10]]
            else:
                asked = [request(peer.path, f"{text} #{next(fresh)}") for text in kinds[kind] * 40]
            if repeated and not turn:
                warm(port, asked)
            done[peer].append(load(port, asked, number, seconds))
        for peer, measured in done.items():
            row = asdict(median(measured)) | {"peer": peer.name, "kind": kind, "clients": number, "repeated": repeated}
            click.echo(json.dumps(row), err=True)
            yield row


def warm(port: int, asked: list[bytes]) -> None:
    """Asks each query once."""
    connection = Connection(port)
    for each in asked:
        connection.ask(each)
    connection.close()


def median(done: list[Measured]) -> Measured:
    """The median of each figure; failures are summed."""
    return Measured(
        statistics.median(m.throughput for m in done),
        statistics.median(m.median for m in done),
        statistics.median(m.tail for m in done),
        sum(m.failures for m in done),
    )


def show(results: list[dict[str, object]]) -> None:
    """A table: throughput of each peer, and the ratio to the durable native server."""
    by_key = {(r["kind"], r["clients"], r["repeated"], r["peer"]): r for r in results}
    click.echo(
        f"{'query':10} {'clients':>7} {'asked':>6} {'peer':>16} {'q/s':>10} {'p50 ms':>9} {'p99 ms':>9} {'ratio':>7}"
    )
    for (kind, clients, repeated, peer), row in by_key.items():
        reference = by_key.get((kind, clients, repeated, _REFERENCE))
        ratio = f"{float(str(row['throughput'])) / float(str(reference['throughput'])):.2f}" if reference else ""
        asked = "again" if repeated else "first"
        figures = [float(str(row[name])) for name in ("throughput", "median", "tail")]
        failed = f"  {row['failures']} failed" if row["failures"] else ""
        click.echo(
            f"{kind:10} {clients:>7} {asked:>6} {peer:>16} {figures[0]:>10.1f} {figures[1]:>9.2f} {figures[2]:>9.2f}"
            f" {ratio:>7}{failed}"
        )


if __name__ == "__main__":
    main()
