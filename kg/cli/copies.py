"""``kg backup`` and ``kg restore``: copies of the store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path), metavar="DIR")
@options.store_option
@options.verbose_option
def backup_command(target: Path, store_path: Path) -> None:
    """Copy the store to a new folder, also while it is served or built.

    The copy is a store like any other, of all that was committed when it was taken.
    """
    from kg.graph.backup import backup_folder

    click.echo(f"{target}: {backup_folder(store_path, target):,} triples", err=True)


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path), metavar="DIR")
@options.store_option
@click.option("--replace", is_flag=True, help="Put it in the place of a store that is there.")
@options.verbose_option
def restore_command(source: Path, store_path: Path, replace: bool) -> None:
    """Put a copy of the store in its place; nobody may have the store open."""
    from kg.graph.backup import restore

    click.echo(f"{store_path}: {restore(source, store_path, replace=replace):,} triples", err=True)
