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


@dataclass(frozen=True, slots=True)
class Peer:
    """A server: its name, the path of its endpoint, and the commands that load and serve the graph."""

    name: str
    path: str
    load: tuple[str, ...]
    serve: tuple[str, ...]
    ready: str


def peers(folder: Path) -> list[Peer]:
    """Those that are installed: ourselves, and Oxigraph's own server and rdflib-endpoint if found on the PATH."""
    store, graph = folder / "communique", folder / "graph.nt"
    here = sys.executable
    known = [
        Peer(
            "communique",
            "/sparql",
            (here, "-m", "benchmarks.serving.fill", str(graph), str(store)),
            (here, "-c", "from kg.cli import main; main()", "serve", "-s", str(store), "-p", "{port}"),
            "/ready",
        ),
        Peer(
            "oxigraph-disk",
            "/query",
            ("oxigraph", "load", "--location", str(folder / "oxigraph"), "--file", str(graph)),
            ("oxigraph", "serve", "--location", str(folder / "oxigraph"), "--bind", "127.0.0.1:{port}"),
            "/",
        ),
        Peer(
            "rdflib-endpoint",
            "/",
            (),
            ("rdflib-endpoint", "serve", "--port", "{port}", str(graph)),
            "/?query=ASK%7B%7D",
        ),
    ]
    return [peer for peer in known if shutil.which(peer.serve[0])]


@contextmanager
def running(peer: Peer, folder: Path) -> Iterator[int]:
    """Loads the graph once, serves it, gives the port, stops it."""
    loaded = folder / f"{peer.name}.loaded"
    if peer.load and not loaded.exists():
        subprocess.run(peer.load, check=True, stdout=subprocess.DEVNULL)
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
