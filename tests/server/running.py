"""The server as people run it: ``kg serve`` in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.server.conftest import TOKEN

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)/")


@dataclass(frozen=True)
class Running:
    """A server process and where it answers."""

    process: subprocess.Popen[bytes]
    url: str

    def kill(self) -> None:
        """Ends it without any warning."""
        self.process.kill()
        self.process.wait(timeout=10)

    def stop(self) -> int:
        """Asks it to end; gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


@contextmanager
def kg_serve(store: Path, log: Path, **environment: str) -> Iterator[Running]:
    """Runs ``kg serve`` on any free port until the block ends."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "-s", str(store)]
    variables = {**os.environ, "KG_TOKEN": TOKEN, "KG_WORKERS": "1", **environment}
    with log.open("wb") as out:
        process = subprocess.Popen([*command, "-h", "127.0.0.1", "-p", "0"], env=variables, stdout=out, stderr=out)
    try:
        yield Running(process, _address(process, log))
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=10)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Where the server says it is, once it answers there."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        found = _ADDRESS.search(log.read_bytes())
        if found:
            url = f"http://127.0.0.1:{found[1].decode()}"
            try:
                if httpx.get(f"{url}/ready").status_code == 200:
                    return url
            except httpx.TransportError:
                pass
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())
