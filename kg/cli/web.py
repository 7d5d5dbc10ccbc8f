"""``kg serve``: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("serve")
@options.store_option
@click.option("-h", "--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 = any free one.")
@options.verbose_option
def serve_command(store_path: Path, host: str, port: int) -> None:
    """Serve the graph: SPARQL endpoint, linked data, pages.

    The address is printed on stderr once it is known. Reading only, unless KG_TOKEN is set.
    """
    from kg.cli.listen import serve

    serve(store_path, host, port)
