"""The servers that are compared: how each is loaded and started."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

GRAPH = "<http://localhost:8000/graph/benchmark>"
OURS, NATIVE, FUSEKI, RDFLIB = "communique", "oxigraph-disk", "fuseki", "rdflib-endpoint"
_MANY = 10**9


@dataclass(frozen=True, slots=True)
class Peer:
    """A server: its name, the path of its endpoint, the commands that load and serve the graph, how much it can take.

    ``clients`` and ``triples`` are the most it is measured with; ``caches`` if what is asked again is of interest.
    """

    name: str
    path: str
    load: tuple[str, ...]
    serve: tuple[str, ...]
    ready: str
    clients: int = _MANY
    triples: int = _MANY
    caches: bool = True


def peers(folder: Path, triples: int) -> list[Peer]:
    """Those that are installed: ourselves, Oxigraph's own server and rdflib-endpoint if they are on the PATH, Fuseki.

    That is the jar of ``jena-fuseki-server`` that the environment variable FUSEKI_JAR names.
    """
    known = [_ours(folder), _native(folder), *_fuseki(folder), _rdflib(folder)]
    return [peer for peer in known if shutil.which(peer.serve[0]) and triples <= peer.triples]


def _ours(folder: Path) -> Peer:
    store, here = folder / OURS, sys.executable
    return Peer(
        OURS,
        "/sparql",
        (here, "-m", "benchmarks.serving.fill", str(folder / "graph.nt"), str(store)),
        (here, "-c", "from kg.cli import main; main()", "serve", "-s", str(store), "-p", "{port}"),
        "/ready",
    )


def _native(folder: Path) -> Peer:
    place = ("--location", str(folder / "oxigraph"))
    return Peer(
        NATIVE,
        "/query",
        ("oxigraph", "load", *place, "--file", str(folder / "graph.nt")),
        ("oxigraph", "serve", *place, "--bind", "127.0.0.1:{port}"),
        "/",
    )


def _fuseki(folder: Path) -> Iterator[Peer]:
    jar, place = os.environ.get("FUSEKI_JAR", ""), str(folder / "fuseki")
    java = ("java", "-Xmx2g", "-cp", jar)
    if jar:
        yield Peer(
            FUSEKI,
            "/graph/sparql",
            (*java, "tdb2.tdbloader", "--loc", place, str(folder / "graph.nt")),
            (
                *java,
                "org.apache.jena.fuseki.main.cmds.FusekiMainCmd",
                "--port",
                "{port}",
                "--tdb2",
                "--loc",
                place,
                "/graph",
            ),
            "/graph/sparql?query=ASK%7B%7D",
            clients=8,
            caches=False,
        )


def _rdflib(folder: Path) -> Peer:
    command = ("rdflib-endpoint", "serve", "--port", "{port}", str(folder / "graph.nt"))
    return Peer(RDFLIB, "/", (), command, "/?query=ASK%7B%7D", clients=8, triples=2_000_000, caches=False)


@contextmanager
def running(peer: Peer, folder: Path) -> Iterator[int]:
    """Loads the graph once, serves it, gives the port, stops it."""
    loaded = folder / f"{peer.name}.loaded"
    if peer.load and not loaded.exists():
        subprocess.run(peer.load, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        loaded.touch()
    port = _free()
    command = [part.replace("{port}", str(port)) for part in peer.serve]
    with (folder / f"{peer.name}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "KG_TIMEOUT": "120"})
        try:
            _wait(port, peer.ready, process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait(port: int, path: str, process: subprocess.Popen[bytes], seconds: float = 900) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{process.args!r} did not answer")
