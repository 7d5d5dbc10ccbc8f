"""Large commits on disk: written ahead to a journal, then brought in by the bulk loader, which no transaction covers.

The journal is complete and on disk before the store is touched, and gone after. A store that is opened with a journal
in it was interrupted, and does the rest then: adding and removing what is already there or gone changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.graph.store.changes import FUNCTIONS, update_text

FILE: Final = "commit.nq"
_REMOVED: Final = "commit-removed.nq"


def commit(engine: ox.Store, folder: Path, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
    """Removes and adds quads; interrupted at any point, either all of it or none is done once the store is opened."""
    _write(folder / _REMOVED, removed)
    _write(folder / FILE, added)
    _apply(engine, folder)


def recover(engine: ox.Store, folder: Path) -> bool:
    """Finishes a commit that was interrupted; tells whether there was one."""
    if (folder / FILE).exists():
        _apply(engine, folder)
        return True
    (folder / _REMOVED).unlink(missing_ok=True)
    return False


def _apply(engine: ox.Store, folder: Path) -> None:
    gone = list(_read(folder / _REMOVED))
    if gone:
        engine.update(update_text(gone, []), custom_functions=FUNCTIONS)  # type: ignore[arg-type]  # the stubs want exact signatures
    engine.bulk_extend(_read(folder / FILE))
    engine.flush()
    (folder / FILE).unlink()
    (folder / _REMOVED).unlink(missing_ok=True)


def _write(path: Path, quads: Iterable[ox.Quad]) -> None:
    """Writes a file whole or not at all."""
    partial = path.with_suffix(".part")
    with partial.open("wb") as out:
        ox.serialize(quads, out, ox.RdfFormat.N_QUADS)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read(path: Path) -> Iterable[ox.Quad]:
    """The quads of a file, with their labels as they are."""
    return ox.parse(path=path, format=ox.RdfFormat.N_QUADS)
