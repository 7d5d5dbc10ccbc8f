"""Runs the application under Granian, in this process, until it is told to stop."""

from __future__ import annotations

import gc
import logging
import socket
import sys
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mt import MTServer

from kg.config import Settings
from kg.errors import UsageError
from kg.graph.store import Store
from server.app import create_app
from server.limits import Limits

_THREADS = 4
"""Threads that answer what needs no worker, however many queries wait for one."""
_BACKLOG = 1024
_GARBAGE = 20_000


class OneProcess(MTServer):
    """Granian with its worker in a thread, so that the store has one owner."""

    def _check_gil(self) -> None:
        """Several workers would need it; there is one."""


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
    server = OneProcess(
        "server",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS + limits.workers + limits.waiting,
        backlog=_BACKLOG,
        websockets=False,
        log_level=LogLevels.error,
    )
    gc.freeze()
    gc.set_threshold(_GARBAGE)  # a request makes hundreds of objects and no cycles, and many answers are kept
    announce(port)
    try:
        server.serve(target_loader=_loader(app.wsgi_app), wrap_loader=False)
    finally:
        if app.extensions["workers"]:
            app.extensions["workers"].close()


def _loader(application: Any) -> Callable[[], Any]:  # WSGI callables have many types
    return lambda: application


def _log(where: str) -> None:
    """The access log as JSON lines, to a file or (for ``-``) to stderr; errors always go to stderr."""
    errors = logging.getLogger("communique")
    errors.addHandler(logging.StreamHandler(sys.stderr))
    if where:
        access = logging.getLogger("communique.access")
        access.propagate = False
        access.setLevel(logging.INFO)
        access.addHandler(logging.StreamHandler(sys.stderr) if where == "-" else logging.FileHandler(where))
