"""``python -m benchmarks.serving.crash``: kills the server at any moment of a write, again and again.

After each kill the store must open, hold every write that was acknowledged, and hold of the one under way all or
nothing: in its graph and in the merge of all graphs.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from pathlib import Path

import click
import httpx

from kg.graph.store import open_store
from kg.graph.terms import value
from tests.server.conftest import TOKEN
from tests.server.running import Running, kg_serve

_AUTH = {"Authorization": f"Bearer {TOKEN}"}
_TRIPLES = 200
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:x:n> ?n } } GROUP BY ?g"
_MERGED = "SELECT (COUNT(*) AS ?n) { ?s <urn:x:n> ?o }"


def write(running: Running, first: int, acknowledged: set[int]) -> None:
    """Writes graphs of many triples, by update and by the graph store in turn, until the server is gone."""
    number = first
    with httpx.Client(base_url=running.url, timeout=30) as http:
        while True:
            triples = "\n".join(f"<urn:x:s{number}-{i}> <urn:x:n> {number} ." for i in range(_TRIPLES))
            try:
                if number % 2:
                    update = f"INSERT DATA {{ GRAPH <urn:x:g{number}> {{ {triples} }} }}"
                    answer = http.post("/update", data={"update": update}, headers=_AUTH)
                else:
                    headers = {**_AUTH, "Content-Type": "text/turtle"}
                    answer = http.put("/store", params={"graph": f"urn:x:g{number}"}, headers=headers, content=triples)
            except httpx.TransportError:
                return
            if answer.status_code in (201, 204):
                acknowledged.add(number)
            number += 1


def check(store_path: Path, acknowledged: set[int]) -> str:
    """What is wrong with the store, or nothing."""
    with open_store(store_path) as store:
        counts = {int(value(row["g"]).removeprefix("urn:x:g")): int(value(row["n"])) for row in store.rows(_COUNTS)}
        merged = int(value(store.rows(_MERGED)[0]["n"]))
    missing = sorted(acknowledged - counts.keys())
    partial = sorted(number for number, count in counts.items() if count != _TRIPLES)
    if missing or partial:
        return f"missing {missing[:5]}, partial {partial[:5]}"
    return "" if merged == sum(counts.values()) else f"the merge has {merged} of {sum(counts.values())} triples"


@click.command()
@click.option("--kills", default=200)
@click.option("--seed", default=1)
def main(kills: int, seed: int) -> None:
    """Kills that often; the exit status is 1 where a write was lost or half there."""
    chance = random.Random(seed)
    acknowledged: set[int] = set()
    wrong = []
    with tempfile.TemporaryDirectory(prefix="communique-crash-") as folder:
        store = Path(folder) / "store"
        open_store(store).close()
        for kill in range(kills):
            with kg_serve(store, Path(folder) / "log") as running:
                writer = threading.Thread(target=write, args=(running, (kill + 1) * 100_000, acknowledged))
                writer.start()
                time.sleep(chance.uniform(0.01, 0.6))
                running.kill()
                writer.join()
            found = check(store, acknowledged)
            if found:
                wrong.append(f"kill {kill}: {found}")
    click.echo(f"kills: {kills}, acknowledged writes: {len(acknowledged)}, wrong: {len(wrong)} {wrong[:5]}")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
