"""The server's ends of the sockets to the zygote and to its workers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from server.readers.readers import Reader
from server.workers import frames
from server.workers.changes import Change

_SETTINGS = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=4000", "OPENBLAS_NUM_THREADS": "1"}
"""Reading a query makes and drops thousands of small pieces: a fifth faster where glibc keeps them at hand. Numpy is to
start no threads in what will be forked."""


class Worker:
    """A worker process that waits for a query, or answers one."""

    def __init__(self, talk: socket.socket, pid: int, version: int) -> None:
        self.talk = talk
        self.pid = pid
        self.version = version
        self.folder: Path | None = None
        self._dead = False

    def follow(self, changes: list[Change]) -> None:
        """Sends the changes it has missed; raises OSError where it is gone."""
        self.talk.settimeout(None)
        for change in changes:
            frames.send(self.talk, change.kind, change.payload)
            self.version = change.version

    def open(self, folder: Path) -> None:
        """Has it read a store on disk; raises OSError where it is gone."""
        self.talk.settimeout(None)
        frames.send(self.talk, frames.OPEN, str(folder).encode())
        self.folder = folder

    def kill(self) -> None:
        """Ends the process at once."""
        if not self._dead:
            self._dead = True
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def discard(self) -> None:
        """Ends the process and closes the socket."""
        self.kill()
        self.talk.close()


class Zygote:
    """The process that workers are forked from."""

    def __init__(self, memory: int, *, network: bool) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "server.workers.process", str(theirs.fileno()), str(memory)]
            command += ["network"] if network else []
            environment = {**_SETTINGS, **os.environ}
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment
            )
        self.version = -1

    def begin_load(self, image: Path, *, merged: bool, columns: bool) -> None:
        """Has it read an image of the store; ``merged`` where that has named graphs and their merge.

        One of the default graph alone may be read as ``columns`` as well.
        """
        about = {"path": str(image), "merged": merged, "columns": columns}
        frames.send(self._control, frames.LOAD, json.dumps(about).encode())

    def end_load(self, version: int) -> None:
        """Waits until it has read the image, which is of that version."""
        self._acknowledged()
        self.version = version

    def follow(self, changes: list[Change]) -> None:
        """Applies changes."""
        for change in changes:
            frames.send(self._control, change.kind, change.payload)
            self._acknowledged()
            self.version = change.version

    def fork(self) -> Worker:
        """A new worker that knows what the zygote knows."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                frames.send(self._control, frames.FORK)
                socket.send_fds(self._control, [b"x"], [theirs.fileno()])
            return Worker(ours, int(self._acknowledged()), self.version)
        except (OSError, StoreError):
            ours.close()
            raise

    def fork_reader(self, reader: Reader, about: dict[str, Any]) -> None:
        """A new reader that knows what the zygote knows."""
        try:
            frames.send(self._control, frames.READ, json.dumps({**about, "version": self.version}).encode())
            socket.send_fds(self._control, [b"x"], list(reader.theirs()))
            self._acknowledged()
        except (OSError, StoreError):
            reader.close()
            raise StoreError("the process that holds the graph in memory ended") from None
        reader.forked()

    def _acknowledged(self) -> bytes:
        try:
            return frames.receive(self._control)[1]
        except (EOFError, OSError):
            raise StoreError("the process that holds the graph in memory ended") from None

    def close(self) -> None:
        """Ends the process, and its workers with it."""
        self._control.close()
        self._process.kill()
        self._process.wait()
