"""Options that commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from kg.config import Settings
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.graph.store import OxigraphStore

F = TypeVar("F", bound=Callable[..., Any])

verbose_option = click.option(
    "-v", "--verbose", count=True, expose_value=False, help="Twice (-vv): errors with their traceback."
)
store_option = click.option(
    "-s",
    "--store",
    "store_path",
    type=click.Path(path_type=Path),
    envvar="KG_STORE",
    show_envvar=True,
    default=Path("kg.store"),
    show_default=True,
    metavar="DIR",
    help="The folder of the graph.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    metavar="FILE",
    help="Where to write; - is stdout.",
)


def format_option(*names: str, otherwise: str = "a table") -> Callable[[F], F]:
    """``-f/--format``, with the formats in its help."""
    text = f"One of {', '.join(names)}. Without it, the suffix of the output decides, else {otherwise}."
    return click.option("-f", "--format", "form", default="", metavar="FORMAT", help=text)


def suffix_of(output: Path) -> str:
    """What the name of an output file says of its format: ``answer.csv`` → ``csv``; empty for stdout."""
    return "" if str(output) == "-" else output.suffix.removeprefix(".").casefold()


def text_or_json(form: str, output: Path) -> str:
    """The format of commands that write for people or as JSON; raises UsageError for any other."""
    chosen = form or suffix_of(output)
    if chosen not in {"", "text", "table", "txt", "json"}:
        raise UsageError(f"unknown format {chosen!r}: one of text, json")
    return "json" if chosen == "json" else "text"


@contextmanager
def opened(path: Path, *, writing: bool = False) -> Iterator[OxigraphStore]:
    """The store in a folder; one that does not exist yet is made only by commands that write."""
    from kg.graph.store import open_store

    with open_store(path, read_only=not writing) as store:
        yield store


@contextmanager
def written(output: Path) -> Iterator[BinaryIO]:
    """A stream to stdout, or to a file that replaces its predecessor only when all of it is written."""
    if str(output) == "-":
        yield sys.stdout.buffer
        return
    partial = output.with_name(output.name + ".part")
    try:
        with partial.open("wb") as stream:
            yield stream
        partial.replace(output)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


def read_bytes(source: str) -> tuple[bytes, str]:
    """The content of a file, or of stdin for ``-``, and its name for messages."""
    try:
        if source == "-":
            return sys.stdin.buffer.read(), "<stdin>"
        return Path(source).read_bytes(), source
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", source=source) from error


def settings() -> Settings:
    """Settings of the environment."""
    return Settings.from_environment()
