"""Runs the application under uvicorn, in this process, until it is told to stop."""

from __future__ import annotations

import gc
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from flask import Flask

from kg.config import Settings
from kg.errors import UsageError
from kg.graph.store import Store
from server.app import create_app
from server.connection import Connection
from server.gateway import Gateway
from server.limits import Limits

_THREADS = 4
"""Threads that answer what needs no worker, however many queries wait for one."""
_BACKLOG = 1024
_KEEP_ALIVE = 75
_LAST_SECONDS = 30
_GARBAGE = 20_000
_SWITCH = 0.001
"""Seconds after which a thread lets another have Python: the event loop must not wait five times as long for a page."""


class Server(uvicorn.Server):
    """Uvicorn's server around our application; stops at SIGINT and SIGTERM, and does not send them on when it has."""

    def __init__(self, app: Flask, limits: Limits, host: str, port: int) -> None:
        threads = _THREADS + limits.workers + limits.waiting
        self._gateway = Gateway(app.extensions["front"], threads, limits.cache_bytes // 4)
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
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        super().__init__(config)

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serves until told to stop; requests under way are finished first."""
        try:
            super().run(sockets)
        finally:
            self._gateway.close()

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
    _log(limits.access_log)
    app = create_app(store, settings, limits)
    app.extensions["pages"].warm()
    if "keeper" in app.extensions:
        app.extensions["keeper"].warm()
        app.extensions["rules"].start()
    sys.setswitchinterval(_SWITCH)
    gc.freeze()
    gc.set_threshold(_GARBAGE)  # a request makes hundreds of objects and no cycles, and many answers are kept
    announce(port)
    try:
        Server(app, limits, host, port).run()
    finally:
        if "rules" in app.extensions:
            app.extensions["rules"].close()
        if app.extensions["workers"]:
            app.extensions["workers"].close()


def _log(where: str) -> None:
    """The access log as JSON lines, to a file or (for ``-``) to stderr; errors always go to stderr."""
    errors = logging.getLogger("communique")
    errors.addHandler(logging.StreamHandler(sys.stderr))
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # strangers' broken requests are no news
    if where:
        access = logging.getLogger("communique.access")
        access.propagate = False
        access.setLevel(logging.INFO)
        access.addHandler(logging.StreamHandler(sys.stderr) if where == "-" else logging.FileHandler(where))
