"""Runs the server's application until it is told to stop."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from kg.cli import options
from kg.errors import UsageError


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; raises UsageError where the address is taken or not ours."""
    try:
        return socket.create_server((host, port), backlog=256)
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error


def announce(host: str, port: int) -> None:
    """Tells on stderr where the server is."""
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving at http://{shown}:{port}/ (Ctrl-C stops)", err=True)


def serve(store_path: Path, host: str, port: int) -> None:
    """Serves the store in a folder; returns when stopped."""
    from werkzeug.serving import make_server

    from server import create_app

    settings = options.settings()
    with bind(host, port) as listening, options.opened(store_path, writing=bool(settings.token)) as store:
        server = make_server(host, 0, create_app(store, settings), threaded=True, fd=listening.fileno())
        announce(host, listening.getsockname()[1])
        try:
            server.serve_forever()
        finally:
            server.server_close()
