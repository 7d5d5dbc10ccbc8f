"""How a long build shows where it is: a bar when stderr is a terminal, lines for what goes wrong in any case."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from kg.errors import InputError

_SLOW = {"inferring": "inferring …"}


class Progress:
    """Shows the stages of a build; without a terminal only errors are written."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = list(paths)
        self._shown = sys.stderr.isatty()
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()

    def stage(self, name: str) -> None:
        """A new stage begins."""
        self._finish()
        if not self._shown:
            return
        if name in _SLOW:
            click.echo(_SLOW[name], err=True)
        else:
            from kg.text.read import expected

            self._start(name, expected(self._paths) if name == "reading" else None)

    def article(self, slug: str) -> None:
        """An article is done."""
        if self._bar is not None:
            self._bar.update(1)

    def graph(self, done: int, of: int) -> None:
        """A graph is written."""
        if self._bar is not None:
            self._bar.total = of
            self._bar.update(done - self._bar.n)

    def error(self, error: InputError) -> None:
        """Something cannot be read; the bar moves on."""
        from tqdm import tqdm

        tqdm.write(f"kg: {error}", file=sys.stderr)
        self.article("")

    def _start(self, name: str, total: int | None) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, desc=name, unit=" articles", file=sys.stderr, dynamic_ncols=True)

    def _finish(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
