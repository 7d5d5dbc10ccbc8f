"""Serves a store over HTTP until it is told to stop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from kg.cli import options


def announce(host: str, port: int) -> None:
    """Tells on stderr where the server is."""
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving at http://{shown}:{port}/ (Ctrl-C stops)", err=True)


def serve(store_path: Path, host: str, port: int) -> None:
    """Serves the store in a folder; returns when stopped."""
    from server import Limits
    from server.listen import listen

    settings = options.settings()
    with options.opened(store_path, writing=bool(settings.token)) as store:
        listen(store, settings, Limits.from_environment(), host, port, announce=partial(announce, host))
