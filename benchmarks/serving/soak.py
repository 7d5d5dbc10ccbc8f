"""``python -m benchmarks.serving.soak STORE``: many clients do everything at once, and a checker counts the writes.

Queries of every kind, time-outs, cancels, updates and clients that hang up, against a server of its own. It fails on a
status that is not documented, on a write that is lost, on a worker that stays busy, and on memory that keeps growing.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median

import click
import httpx

from benchmarks.serving.generate import queries
from benchmarks.serving.processes import memory
from tests.server.conftest import TOKEN
from tests.server.running import kg_serve

_AUTH = {"Authorization": f"Bearer {TOKEN}"}
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_GRAPH = f"urn:x:soak:{time.time_ns()}"
_COUNT = f"SELECT (COUNT(?n) AS ?count) {{ GRAPH <{_GRAPH}> {{ ?s <urn:x:n> ?n }} }}"
_DOCUMENTED = {200, 204, 304, 503}


class Soak:
    """What the clients share: where the server is, what happened, which writes were acknowledged."""

    def __init__(self, url: str, scale: float, seconds: float) -> None:
        self.url = url
        self.end = time.monotonic() + seconds
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.written = 0
        self._lock = threading.Lock()
        self._texts = [text for kind in queries(scale, each=20).values() for text in kind]

    def client(self, number: int) -> None:
        """One client's life."""
        chance = random.Random(number)
        acts: list[tuple[int, Callable[[httpx.Client, random.Random, int], None]]] = [
            (60, self._ask),
            (15, self._write),
            (10, self._time_out),
            (5, self._cancel),
            (10, self._hang_up),
        ]
        with httpx.Client(base_url=self.url, timeout=60) as http:
            turn = 0
            while time.monotonic() < self.end:
                turn += 1
                act = chance.choices([a for _, a in acts], [weight for weight, _ in acts])[0]
                try:
                    act(http, chance, number * 1_000_000 + turn)
                except httpx.HTTPError as error:
                    self._wrong(f"{act.__name__}: {error!r}")

    def _note(self, what: str, status: int) -> None:
        with self._lock:
            self.seen[f"{what} {status}"] += 1
        if status not in _DOCUMENTED:
            self._wrong(f"{what}: {status}")

    def _wrong(self, what: str) -> None:
        with self._lock:
            self.wrong.append(what)

    def _ask(self, http: httpx.Client, chance: random.Random, number: int) -> None:
        text = chance.choice(self._texts) + (f" #{number}" if chance.random() < 0.5 else "")
        self._note("ask", http.get("/sparql", params={"query": text}).status_code)

    def _write(self, http: httpx.Client, chance: random.Random, number: int) -> None:
        update = f"INSERT DATA {{ GRAPH <{_GRAPH}> {{ <urn:x:s{number}> <urn:x:n> {number} }} }}"
        status = http.post("/update", data={"update": update}, headers=_AUTH).status_code
        self._note("write", status)
        if status == 204:
            with self._lock:
                self.written += 1

    def _time_out(self, http: httpx.Client, chance: random.Random, number: int) -> None:
        query = {"query": f"{_ENDLESS} #{number}", "timeout": "0.5"}
        self._note("time out", http.get("/sparql", params=query).status_code)

    def _cancel(self, http: httpx.Client, chance: random.Random, number: int) -> None:
        for running in http.get("/queries", headers=_AUTH).json()["queries"][:1]:
            status = http.delete(f"/queries/{running['id']}", headers=_AUTH).status_code
            self._note("cancel", 200 if status == 404 else status)  # it may have ended by itself

    def _hang_up(self, http: httpx.Client, chance: random.Random, number: int) -> None:
        try:
            httpx.get(f"{self.url}/sparql", params={"query": f"{_ENDLESS} #{number}", "timeout": "2"}, timeout=0.2)
        except httpx.TimeoutException:
            self._note("hang up", 200)


def grows(sizes: list[int]) -> bool:
    """Whether memory is a quarter above what it was before, in the last third of the time; the first is to warm up."""
    third = len(sizes) // 3
    return third > 0 and median(sizes[-third:]) > 1.25 * median(sizes[third : 2 * third])


def counted(http: httpx.Client) -> int:
    """How many writes the graph holds."""
    rows = http.get("/sparql", params={"query": _COUNT}).json()["results"]["bindings"]
    return int(rows[0]["count"]["value"])


@click.command()
@click.argument("store", type=click.Path(path_type=Path, exists=True))
@click.option("--scale", default=1.0, help="The scale the store was generated at.")
@click.option("--clients", default=32)
@click.option("--seconds", default=600.0)
def main(store: Path, scale: float, clients: int, seconds: float) -> None:
    """Runs the soak and prints what happened; the exit status is 1 where something was wrong."""
    log = store.with_name("soak.log")
    with (
        kg_serve(store, log, KG_WORKERS="4", KG_TIMEOUT="20") as running,
        httpx.Client(base_url=running.url, timeout=120) as http,
    ):
        before = counted(http)
        soak = Soak(running.url, scale, seconds)
        threads = [threading.Thread(target=soak.client, args=(n + 1,)) for n in range(clients)]
        for thread in threads:
            thread.start()
        sizes = []
        while any(thread.is_alive() for thread in threads):
            sizes.append(memory(running.process.pid))
            time.sleep(seconds / 20)
        for thread in threads:
            thread.join()
        time.sleep(4)
        busy = http.get("/queries", headers=_AUTH).json()["queries"]
        after = counted(http)
    lost = soak.written - (after - before)
    for what, count in sorted(soak.seen.items()):
        click.echo(f"{what}: {count}")
    click.echo(f"memory in MB over time: {[size // 1024 for size in sizes]}")
    click.echo(f"acknowledged writes: {soak.written}, lost: {lost}, still busy: {len(busy)}, wrong: {soak.wrong[:10]}")
    click.echo(f"memory grows: {grows(sizes)}")
    raise SystemExit(1 if lost or busy or soak.wrong or grows(sizes) else 0)


if __name__ == "__main__":
    main()
