"""``python -m benchmarks.serving.crash``: kills builds, servers and loads in the middle of writes, again and again.

After each kill the store must open and hold exactly what was acknowledged, and of what was under way all or nothing: in
its graph and in the merge of all graphs. No process that the killed one started may live on. A build that is started
again must end with the very graph of one that was never killed.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import click
import httpx

from benchmarks.serving.processes import family, left_after
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import value
from tests.server.conftest import TOKEN
from tests.server.running import Running, kg_serve

_AUTH = {"Authorization": f"Bearer {TOKEN}"}
_SMALL, _LARGE = 200, 100_000
_AGAIN = 5
_DIFFERENCE = "the merge"
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:x:n> ?n } } GROUP BY ?g"
_MERGED = "SELECT (COUNT(*) AS ?n) { ?s <urn:x:n> ?o }"
_PLACES = ("France", "Kenya", "Chile", "Japan", "Norway", "Egypt", "Canada", "Indonesia")
_CITIES = ("Geneva", "Vienna", "Nairobi", "Lisbon", "Montevideo", "Oslo")


class Scene(Protocol):
    """Something that writes and is killed."""

    @property
    def acknowledged(self) -> int:
        """How many writes were acknowledged."""
        ...

    def kill(self, chance: random.Random) -> str:
        """Writes, is killed at some moment, and is looked at; gives what is wrong, or nothing."""
        ...


def check(store_path: Path, sizes: dict[int, int], acknowledged: set[int]) -> str:
    """What is wrong with a store of graphs of numbered triples, given how many each has when it is whole."""
    with open_store(store_path) as store:
        counts = {int(value(row["g"]).removeprefix("urn:x:g")): int(value(row["n"])) for row in store.rows(_COUNTS)}
        merged = int(value(store.rows(_MERGED)[0]["n"]))
    missing = sorted(acknowledged - counts.keys())
    partial = sorted(number for number, count in counts.items() if count != sizes.get(number, _SMALL))
    if missing or partial:
        return f"missing {missing[:5]}, partial {partial[:5]}"
    return "" if merged == sum(counts.values()) else f"the merge has {merged} of {sum(counts.values())} triples"


class Updates:
    """Updates and graphs, small and large, sent to a server."""

    def __init__(self, folder: Path) -> None:
        self._store = folder / "served"
        self._log = folder / "served.log"
        self._sizes: dict[int, int] = {}
        self._known: set[int] = set()
        self._next = 0

    @property
    def acknowledged(self) -> int:
        """How many writes were acknowledged."""
        return len(self._known)

    def kill(self, chance: random.Random) -> str:
        with kg_serve(self._store, self._log) as running:
            writer = threading.Thread(target=self._write, args=(running,))
            writer.start()
            time.sleep(chance.uniform(0.01, 1.0))
            started = family(running.process.pid)
            running.kill()
            writer.join()
        left = left_after(started)
        return f"processes live on: {sorted(left)}" if left else check(self._store, self._sizes, self._known)

    def _write(self, running: Running) -> None:
        with httpx.Client(base_url=running.url, timeout=60) as http:
            while True:
                number = self._next = self._next + 1
                size = self._sizes[number] = _LARGE if number % 7 == 0 else _SMALL
                triples = numbered(number, size)
                try:
                    if number % 2:
                        update = f"INSERT DATA {{ GRAPH <urn:x:g{number}> {{ {triples} }} }}"
                        answer = http.post("/update", data={"update": update}, headers=_AUTH)
                    else:
                        graph, headers = {"graph": f"urn:x:g{number}"}, {**_AUTH, "Content-Type": "text/turtle"}
                        answer = http.put("/store", params=graph, headers=headers, content=triples)
                except httpx.TransportError:
                    return
                if answer.status_code in (201, 204):
                    self._known.add(number)


class Loads:
    """Files of many triples, by ``kg load``; every fifth is loaded again, up to its end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = self.acknowledged = 0
        self._known: set[int] = set()
        self._seconds = 0.0

    def kill(self, chance: random.Random) -> str:
        if self._number % 10 == 0:
            self._known.clear()
        if not self._seconds:
            self._seconds = timed(self._command(0, self._folder / "timed"))
        self._number += 1
        store = self._folder / f"loaded-{(self._number - 1) // 10}"
        status = killed_after(self._command(self._number, store), chance.uniform(0, 1.1) * self._seconds)
        if status and self._number % _AGAIN == 0:
            status = subprocess.run(self._command(self._number, store), stderr=subprocess.DEVNULL).returncode
        if status == 0:
            self._known.add(self._number)
            self.acknowledged += 1
        return check(store, dict.fromkeys(range(self._number + 1), _LARGE), self._known)

    def _command(self, number: int, store: Path) -> list[str]:
        file = self._folder / "load.nt"
        file.write_text(numbered(number, _LARGE))
        return kg("load", str(file), "-s", str(store), "--graph", f"urn:x:g{number}")


class Builds:
    """Articles in two versions, by ``kg build``; every fifth kill is followed by a build that is left to end."""

    def __init__(self, folder: Path) -> None:
        self._store = folder / "built"
        self._files = [folder / "first.jsonl", folder / "second.jsonl"]
        self._wanted: list[dict[str, set[str]]] = []
        self.acknowledged = self._kills = 0
        self._seconds = 0.0
        for version, file in enumerate(self._files):
            file.write_text("".join(f"{json.dumps(article)}\n" for article in articles(version)))
            store = folder / f"whole-{version}"
            self._seconds = timed(self._command(version, store))
            self._wanted.append(content(store))

    def kill(self, chance: random.Random) -> str:
        self._kills += 1
        version = chance.randrange(2)
        if killed_writing(self._command(version, self._store), self._store, chance, self._seconds) == 0:
            self.acknowledged += 1
            return self._differs(version)
        found = content(self._store)
        for graph, lines in found.items():
            if "/graph/article/" in graph and all(lines != wanted.get(graph) for wanted in self._wanted):
                return f"{graph} is that of no version, {len(lines)} triples"
        if found.get(_DIFFERENCE):
            return f"the merge differs in {len(found[_DIFFERENCE])} triples"
        if self._kills % _AGAIN:
            return ""
        timed(self._command(version, self._store))
        self.acknowledged += 1
        return self._differs(version)

    def _command(self, version: int, store: Path) -> list[str]:
        return kg("build", str(self._files[version]), "-s", str(store))

    def _differs(self, version: int) -> str:
        found, wanted = content(self._store), self._wanted[version]
        graphs = sorted(graph for graph in {*found, *wanted} if found.get(graph) != wanted.get(graph))
        return f"a build that ended differs in {graphs[:5]}" if graphs else ""


def numbered(number: int, size: int) -> str:
    """That many triples that tell which write they are of."""
    return "".join(f"<urn:x:s{number}-{i}> <urn:x:n> {_integer(number)} .\n" for i in range(size))


def _integer(number: int) -> str:
    return f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>'


def articles(version: int) -> list[dict[str, str]]:
    """Short articles of our own making; in the second version each has a sentence more."""
    found = []
    for i in range(24):
        one, two, city = _PLACES[i % 8], _PLACES[(i * 3 + 1) % 8], _CITIES[i % 6]
        text = (
            f"The foreign ministers of {one} and {two} met in {city} on Tuesday. {one} condemned the raid at the port."
        )
        if version:
            text += f" {two} later promised {one} a loan for its railways."
        found.append(
            {"id": f"crash-{i}", "title": f"Ministers in {city}", "text": text, "published": f"2024-03-{i + 1:02}"}
        )
    return found


def kg(*arguments: str) -> list[str]:
    """A command of the command line, as a process of its own."""
    return [sys.executable, "-c", "from kg.cli import main; main()", *arguments]


def timed(command: Sequence[str]) -> float:
    """Seconds that a command takes; it must succeed."""
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return time.monotonic() - began


def killed_after(command: Sequence[str], seconds: float) -> int:
    """The exit status of a command that is killed after that long, if it still runs."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        started = family(process.pid)
        process.kill()
        status = process.wait()
    left_after(started)
    return status


def killed_writing(command: Sequence[str], store: Path, chance: random.Random, seconds: float) -> int:
    """As above for a command that first reads for long: mostly killed only once it has begun to write to the store."""
    if chance.random() < 0.3:
        return killed_after(command, chance.uniform(0, seconds))
    before = _written(store)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and _written(store) == before:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.5) * seconds)
        process.kill()
        return process.wait()


def _written(store: Path) -> int:
    try:
        return (store / "readings.sqlite-wal").stat().st_mtime_ns
    except OSError:
        return 0


def content(path: Path) -> dict[str, set[str]]:
    """Every graph of a store with its triples; the merge of all must have them all, and no more."""
    if not path.exists():
        return {}
    with open_store(path) as store:
        found = {graph: {f"{s} {p} {o}" for s, p, o, _ in store.quads(graph=graph)} for graph in store.graphs()}
        return found | {_DIFFERENCE: _not_merged(store, found)}


def _not_merged(store: OxigraphStore, graphs: dict[str, set[str]]) -> set[str]:
    merged = {f"{s} {p} {o}" for s, p, o in store.triples()}
    return merged ^ set().union(*graphs.values())


@click.command()
@click.option("--kills", default=200)
@click.option("--seed", default=1)
@click.option("--only", default="", help="updates, loads or builds; all of them if empty.")
def main(kills: int, seed: int, only: str) -> None:
    """Kills that often; the exit status is 1 where a write was lost or half there."""
    chance = random.Random(seed)
    wrong = []
    with tempfile.TemporaryDirectory(prefix="communique-crash-") as folder:
        scenes: dict[str, Scene] = {
            name: make(Path(folder))
            for name, make in (("updates", Updates), ("loads", Loads), ("builds", Builds))
            if not only or name in only.split(",")
        }
        done = dict.fromkeys(scenes, 0)
        for kill in range(kills):
            name = list(scenes)[kill % len(scenes)]
            found = scenes[name].kill(chance)
            done[name] += 1
            if found:
                wrong.append(f"{name} {done[name]}: {found}")
                click.echo(wrong[-1], err=True)
            if kill % 20 == 19:
                click.echo(f"{kill + 1} kills, {len(wrong)} wrong", err=True)
    for name, scene in scenes.items():
        click.echo(f"{name}: {done[name]} kills, {scene.acknowledged} acknowledged")
    click.echo(f"kills: {kills}, wrong: {len(wrong)} {wrong[:5]}")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
