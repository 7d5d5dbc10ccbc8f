"""Runs the application under uvicorn, in this process, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from flask import Flask

from kg.config import Settings
from kg.errors import UsageError
from kg.graph.store import Store
from server.app import create_app
from server.connection import SECONDS_IDLE, Connection
from server.gateway import Gateway
from server.limits import Limits
from server.observe import log_access
from server.readers.passing import Passed
from server.readers.readers import GARBAGE, Readers

_THREADS = 4
"""Threads that answer what needs no worker, however many queries wait for one."""
_BACKLOG = 1024
_LAST_SECONDS = 30
_TURNS_TO_COME_BACK = 100
_SWITCH = 0.001
"""Seconds after which a thread lets another have Python: the event loop must not wait five times as long for a page."""


class Server(uvicorn.Server):
    """Uvicorn's server around our application; stops at SIGINT and SIGTERM, and does not send them on when it has."""

    def __init__(self, app: Flask, limits: Limits, host: str, port: int) -> None:
        threads = _THREADS + limits.workers + limits.waiting
        self._readers: Readers = app.extensions["readers"]
        self._gateway = Gateway(app.extensions["front"], self._readers, threads, limits.cache_bytes // 4)
        config = uvicorn.Config(
            self._gateway,
            host=host,
            port=port,
            http=Connection,
            ws="none",
            lifespan="off",
            interface="asgi3",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            backlog=_BACKLOG,
            timeout_keep_alive=int(SECONDS_IDLE),
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        super().__init__(config)
        self._adopting: set[asyncio.Task[Any]] = set()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serves until told to stop; requests under way are finished first."""
        try:
            super().run(sockets)
        finally:
            self._gateway.close()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listens; from now on readers may be given connections."""
        await super().startup(sockets)
        self._readers.attach(asyncio.get_running_loop(), self._adopt)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes all connections back, and lets requests under way finish."""
        self._readers.close()
        for _ in range(_TURNS_TO_COME_BACK):
            if not self._readers.having and not self._adopting:
                break
            await asyncio.sleep(0.01)
        await super().shutdown(sockets)

    def _adopt(self, connection: socket.socket, passed: Passed) -> None:
        """Takes a connection from a reader."""
        ours = Connection(self.config, self.server_state, self.lifespan.state).adopt(passed)
        loop = asyncio.get_running_loop()
        task = loop.create_task(loop.connect_accepted_socket(lambda: ours, connection))
        self._adopting.add(task)
        task.add_done_callback(self._adopted)

    def _adopted(self, task: asyncio.Task[Any]) -> None:
        self._adopting.discard(task)
        task.exception()  # who went away meanwhile is not missed

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stops at the signals while the block lasts; only the main thread of a process is told of any."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        former = {sign: signal.signal(sign, self.handle_exit) for sign in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sign, handler in former.items():
                signal.signal(sign, handler)


def free_port(host: str, port: int) -> int:
    """The port, or any free one for 0; raises UsageError where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as probe:
            return int(probe.getsockname()[1])
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"cannot listen on {host}:{port}: {reason}") from None


def listen(
    store: Store, settings: Settings, limits: Limits, host: str, port: int, *, announce: Callable[[int], None]
) -> None:
    """Serves a store; ``announce`` is told the port. Returns after SIGINT or SIGTERM, requests under way finished."""
    port = free_port(host, port)
    log_access(limits.access_log)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # strangers' broken requests are no news
    app = create_app(store, settings, limits)
    app.extensions["pages"].warm()
    if "keeper" in app.extensions:
        app.extensions["keeper"].warm()
        app.extensions["rules"].start()
    sys.setswitchinterval(_SWITCH)
    gc.freeze()
    gc.set_threshold(GARBAGE)
    announce(port)
    try:
        Server(app, limits, host, port).run()
    finally:
        if "rules" in app.extensions:
            app.extensions["rules"].close()
        if app.extensions["workers"]:
            app.extensions["workers"].close()
