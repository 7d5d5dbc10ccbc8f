"""``kg serve``: the graph over HTTP."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import click

from kg.cli import options

_TRIES = 600
_PAUSE = 0.05


@click.command("serve")
@options.store_option
@click.option("-h", "--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 = any free one.")
@options.verbose_option
def serve_command(store_path: Path, host: str, port: int) -> None:
    """Serve the graph: SPARQL endpoint, linked data, pages.

    The address is printed on stderr once it is known. Reading only, unless KG_TOKEN is set.
    """
    from server.limits import Limits
    from server.listen import listen

    settings = options.settings()
    with options.opened(store_path, writing=bool(settings.token)) as store:
        listen(
            store,
            settings,
            Limits.from_environment(),
            host,
            port,
            announce=lambda chosen: threading.Thread(target=_announce, args=(host, chosen), daemon=True).start(),
        )


def _announce(host: str, port: int) -> None:
    """Tells on stderr where the server is, as soon as it answers there."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    for _ in range(_TRIES):
        try:
            socket.create_connection((reached, port), timeout=1).close()
            break
        except OSError:
            time.sleep(_PAUSE)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving at http://{shown}:{port}/ (Ctrl-C stops)", err=True)
