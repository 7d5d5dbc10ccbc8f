"""What runs in the zygote and in its workers; started as ``python -m server.workers.process FD MEMORY [network]``."""

from __future__ import annotations

import ctypes
import gc
import io
import json
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from kg import errors
from kg.graph.store import Dataset, OxigraphStore, open_store
from server.readers.board import Board
from server.workers import frames

if TYPE_CHECKING:
    from server.workers.joining import Joining

_CHUNK = 2**17
_GRACE = 2.0
_NEW_USER_AND_NET = 0x10000000 | 0x40000000
_DIE_WITH_PARENT = 1


class Replica:
    """A copy of the graph in memory that follows the messages of the server."""

    def __init__(self, store: OxigraphStore | None = None) -> None:
        self.store: OxigraphStore = store or open_store(None)
        self._joining: Joining | None = None

    def follow(self, kind: bytes, payload: bytes) -> None:
        """Applies one change: an image to load, quads that came and went, or an update to repeat."""
        if kind == frames.LOAD:
            image = json.loads(payload)
            self.store = open_store(None, merged=image["merged"])
            self.store.load_image(Path(image["path"]))
            self._joining = _joining(Path(image["path"])) if image["columns"] else None
            gc.freeze()
        elif kind == frames.OPEN:
            self.store = open_store(payload.decode(), read_only=True)
        elif kind == frames.CHANGE:
            change = json.loads(payload)
            with self.store.transaction() as changes:
                changes.remove(change["removed"])
                changes.add(change["added"])
            if self._joining:
                self._joining.columns.follow(change["removed"], change["added"])
        elif kind == frames.UPDATE:
            update = json.loads(payload)
            self.store.update(update["text"], base=update["base"])

    def answer(self, question: dict[str, Any], out: BinaryIO) -> None:
        """Evaluates a query and writes its answer."""
        default, named = question["default"], question["named"]
        dataset = None if default is None and named is None else Dataset(_graphs(default), _graphs(named))
        text, base, service, plain = question["text"], question["base"], question["service"], question["plain"]
        if plain and self._joining and self._joining.answer(text, base, question["format"], out):
            return
        results = self.store.query(text, dataset=dataset, base=base, service=service, plain=plain)
        results.write(out, question["format"])


def _joining(image: Path) -> Joining:
    from kg.graph.columns import Columns  # here, as only the zygote of the graph in memory has need of it
    from server.workers.joining import Joining

    return Joining(Columns.read(image))


def _graphs(names: list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)


class _Frames(io.RawIOBase):
    """A file whose writes are collected and sent as messages; what is left at the end comes with the last of them."""

    def __init__(self, to: socket.socket) -> None:
        self._to = to
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:  # Buffer has no public name before Python 3.12
        if not self._held and len(data) >= _CHUNK:
            frames.send(self._to, frames.DATA, data)
            return len(data)
        self._held += data
        if len(self._held) >= _CHUNK:
            frames.send(self._to, frames.DATA, self._held)
            self._held = bytearray()
        return len(data)

    def finish(self) -> None:
        """Sends the rest."""
        frames.send(self._to, frames.DONE, self._held)


def work(replica: Replica, talk: socket.socket, memory: int) -> None:
    """A worker's life: follow changes and answer queries until the server is gone.

    An alarm, which Python does not handle and so ends the process, sees to it that no query outlives a killed server.
    """
    _limit_memory(memory)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with suppress(EOFError):
        while True:
            kind, payload = frames.receive(talk)
            if kind != frames.QUERY:
                replica.follow(kind, payload)
                continue
            question = json.loads(payload)
            signal.setitimer(signal.ITIMER_REAL, question["seconds"] + _GRACE)
            _answer(replica, talk, question)
            signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(replica: Replica, talk: socket.socket, question: dict[str, Any]) -> None:
    try:
        out = _Frames(talk)
        replica.answer(question, cast("BinaryIO", out))
        out.finish()
    except errors.KgError as error:
        frames.send(talk, frames.ERROR, json.dumps([type(error).__name__, str(error)]).encode())


def _limit_memory(more: int) -> None:
    """Ends the process where it takes more than this beyond what it has; the engine aborts when it gets no memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    if pages and more:
        most = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def zygote(control: socket.socket, memory: int) -> None:
    """The zygote's life: follow changes, fork when told to, until the server is gone."""
    replica = Replica()
    with suppress(EOFError):
        while True:
            kind, payload = frames.receive(control)
            if kind == frames.FORK:
                _fork(replica, control, memory)
            elif kind == frames.READ:
                _fork_reader(replica, control, json.loads(payload))
            else:
                replica.follow(kind, payload)
                frames.send(control, frames.DONE)


def _fork(replica: Replica, control: socket.socket, memory: int) -> None:
    """Forks a worker that talks over the socket that comes with the message; answers with its process id."""
    _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    with socket.socket(fileno=descriptors[0]) as talk:
        child = os.fork()
        if child == 0:
            control.close()
            try:
                work(replica, talk, memory)
            finally:
                os._exit(0)
    frames.send(control, frames.DONE, str(child).encode())


def _fork_reader(replica: Replica, control: socket.socket, about: dict[str, Any]) -> None:
    """Forks a reader over the sockets and the board that come with the message."""
    from server.readers.process import read  # here, as only the zygote of the graph in memory has need of it

    _, descriptors, _, _ = socket.recv_fds(control, 1, 3)
    talk, connections = (socket.socket(fileno=descriptor) for descriptor in descriptors[:2])
    child = os.fork()
    if child == 0:
        control.close()
        try:
            read(Replica(replica.store), about, talk, connections, Board(descriptors[2]))
        finally:
            os._exit(0)
    talk.close()
    connections.close()
    os.close(descriptors[2])
    frames.send(control, frames.DONE, str(child).encode())


def _die_with_parent() -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _leave_the_network() -> None:
    """Gives up the network where the system allows it, so that no query reaches out whatever it says."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER_AND_NET)


def main(arguments: list[str]) -> None:
    """Runs the zygote over the inherited socket ``arguments[0]``, workers bounded by ``arguments[1]`` bytes.

    With ``network`` as third argument its workers may reach the relay for SERVICE, otherwise nothing.
    """
    _die_with_parent()
    if arguments[2:] != ["network"]:
        _leave_the_network()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=int(arguments[0])) as control:
        zygote(control, int(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
