"""What runs in a reader: an event loop that answers on the connections it was passed, and follows every commit."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, Final

import uvloop

from kg.graph.store import Joins
from server.desk import Desk
from server.guard.rate import RateLimit
from server.observe import BUCKETS, access_line, access_log, log_access, unforeseen
from server.readers.board import Board
from server.readers.passing import Passed, hand, take
from server.reception import Reception, sent
from server.remembered import Memory
from server.sparql.bounded import Fans
from server.sparql.quickly import Quickly
from server.workers import frames

if TYPE_CHECKING:
    from server.workers.process import Replica

_LARGE: Final = 2**16
"""Bytes of a change that takes so long that the connections are passed back before."""
_SECONDS_IDLE: Final = 3.0
_SECONDS_STUCK: Final = 30.0
_SECONDS_TO_END: Final = 5.0
_LONGEST_PATIENCE: Final = 2**14


class Witness:
    """Counts on the board, and logs as the server does."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def at_once(self, client: str, status: int, sent: int, began: float) -> None:
        """Counts and logs a query that was answered."""
        seconds = time.perf_counter() - began
        self._board.count(status, sent, seconds, BUCKETS)
        if access_log.isEnabledFor(logging.INFO):
            access_log.info(access_line(client, "GET", "/sparql", status, seconds, sent))

    def unforeseen(self, path: str, error: BaseException) -> None:
        """Logs an error that nobody foresaw."""
        unforeseen(path, error)


class Room:
    """A reader: its copy of the graph, its connections, and the way back to the server."""

    def __init__(self, replica: Replica, about: Mapping[str, Any], back: socket.socket, board: Board) -> None:
        self._replica = replica
        self._version = int(about["version"])
        self._back = back
        self._board = board
        joins = Joins(replica.store, alone=True)
        quick = Quickly(replica.store, about["base"], Fans(replica.store, about["fans"]), joins)
        desk = Desk(quick, replica.store, RateLimit(0, 1), Witness(board))
        self.reception = Reception(desk, Memory(about["kept"]))
        self.general = [(b"date", b"")]
        self.open: set[Reading] = set()
        self.coming = 0
        self.ending = False

    def is_current(self) -> bool:
        """Whether every commit that anybody may know of is known here."""
        return self._board.wanted <= self._version

    def follow(self, kind: bytes, payload: bytes) -> None:
        """Takes in a commit; first passes the connections back where that takes long."""
        if len(payload) > _LARGE:
            self.pass_all_back()
        self._replica.follow(kind, payload)
        self._version += 1

    def came(self, connection: Reading) -> None:
        """A connection is open."""
        self.coming -= 1
        self.open.add(connection)

    def left(self, connection: Reading) -> None:
        """A connection is passed back, or closed."""
        if connection in self.open:
            self.open.remove(connection)
            self._board.ended += 1

    def pass_back(self, connection: Reading, passed: Passed) -> None:
        """Gives a connection to the server."""
        with suppress(OSError):  # the server is gone, and so will be the connection
            hand(self._back, connection.transport.get_extra_info("socket").fileno(), passed, wait=True)
        self.left(connection)
        connection.transport.abort()

    def pass_all_back(self) -> None:
        """Gives all connections to the server."""
        for connection in list(self.open):
            connection.leave()

    def tick(self) -> None:
        """Every second: tells the date, and looks who is idle."""
        self.general = [(b"date", formatdate(time.time(), usegmt=True).encode())]
        now = time.monotonic()
        for connection in list(self.open):
            connection.look_at_the_clock(now)


class Reading(asyncio.Protocol):
    """One connection while a reader has it."""

    transport: asyncio.Transport

    def __init__(self, room: Room, client: str, passed: Passed) -> None:
        self._room = room
        self._client = client
        self._held = passed.data
        self._patience = passed.patience
        self._paused = False
        self._leaves = False
        self._since = time.monotonic()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as asyncio has it
        """Answers what came with the connection."""
        self.transport = transport
        transport.set_write_buffer_limits(0)
        self._room.came(self)
        data, self._held = self._held, b""
        self.data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets it."""
        self._room.left(self)

    def data_received(self, data: bytes) -> None:
        """Answers a request, or passes it back with the connection."""
        self._since = time.monotonic()
        room = self._room
        if self._paused or room.ending or not room.is_current():
            self.leave(data)
            return
        reply = room.reception.reply(data, self._client)
        if reply:
            self.transport.write(sent(reply, room.general))
        else:
            self._patience = min(2 * self._patience, _LONGEST_PATIENCE)
            self.leave(data)

    def leave(self, data: bytes = b"") -> None:
        """Goes back to the server, once all that was answered is sent."""
        self._held += data
        self._leaves = True
        if self._paused:
            self.transport.pause_reading()
        else:
            self._room.pass_back(self, Passed(self._held, self._patience))

    def pause_writing(self) -> None:
        """The client takes less than it is sent."""
        self._paused = True

    def resume_writing(self) -> None:
        """The client has taken all."""
        self._paused = False
        if self._leaves:
            self.leave()

    def look_at_the_clock(self, now: float) -> None:
        """Goes back when it is idle, for the server to watch it; is closed when nothing is taken of an answer."""
        idle = now - self._since
        if self._paused and idle > _SECONDS_STUCK:
            self.transport.abort()
        elif not self._paused and idle > _SECONDS_IDLE:
            self.leave()


class Life:
    """What a reader does from its beginning, when it is forked, to its end."""

    def __init__(self, room: Room, talk: socket.socket, connections: socket.socket) -> None:
        self._room = room
        self._talk = talk
        self._connections = connections
        self._loop = uvloop.new_event_loop()

    def run(self) -> None:
        """Answers until told to end, or the server is gone."""
        self._tick()
        self._loop.add_reader(self._talk, self._follow)
        self._loop.add_reader(self._connections, self._welcome)
        self._loop.run_forever()

    def _tick(self) -> None:
        self._room.tick()
        self._loop.call_later(1.0, self._tick)

    def _follow(self) -> None:
        try:
            kind, payload = frames.receive(self._talk)
        except EOFError:
            self._loop.stop()
            return
        if kind == frames.DONE:
            self._loop.remove_reader(self._talk)
            self._room.ending = True
            self._room.pass_all_back()
            self._end(time.monotonic() + _SECONDS_TO_END)
        else:
            self._room.follow(kind, payload)

    def _end(self, latest: float) -> None:
        """Ends when all connections are passed back, those too that were on their way here."""
        self._welcome()
        if time.monotonic() > latest or not (self._room.open or self._room.coming):
            self._loop.stop()
        else:
            self._loop.call_later(0.01, self._end, latest)

    def _welcome(self) -> None:
        """Takes the connections that are passed here."""
        try:
            while True:
                self._seat(*take(self._connections))
        except BlockingIOError:
            return
        except (EOFError, OSError):
            self._loop.stop()

    def _seat(self, connection: socket.socket, passed: Passed) -> None:
        room = self._room
        if passed.head:
            room.reception.memory.know(passed.head.encode("latin-1"), dict(passed.headers))
        try:
            client = str(connection.getpeername()[0])
        except OSError:
            client = ""  # it is closed, as will be seen
        room.coming += 1
        reading = Reading(room, client, passed)
        self._loop.create_task(self._loop.connect_accepted_socket(lambda: reading, connection))


def read(
    replica: Replica, about: Mapping[str, Any], talk: socket.socket, connections: socket.socket, board: Board
) -> None:
    """A reader's life, in a process of its own."""
    log_access(about["access_log"])
    gc.freeze()
    gc.set_threshold(about["garbage"])
    Life(Room(replica, about, connections, board), talk, connections).run()
