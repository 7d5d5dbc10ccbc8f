"""Large commits on disk: written ahead to a journal, then brought in by the bulk loader, which no transaction covers.

The journal is complete and on disk before the store is touched, and gone after. A store that is opened with a journal
in it was interrupted, and does the rest then: adding and removing what is already there or gone changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.graph.store.changes import FUNCTIONS, has_blank, update_text

FILE: Final = "commit.nq"
_BLANK: Final = "commit-blank.nq"
_REMOVED: Final = "commit-removed.nq"


def commit(engine: ox.Store, folder: Path, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
    """Removes and adds quads; interrupted at any point, either all of it or none is done once the store is opened."""
    try:
        _write(folder / _REMOVED, removed)
        write(folder, added)
    except BaseException:
        (folder / _REMOVED).unlink(missing_ok=True)
        raise
    apply(engine, folder)


def write(folder: Path, added: Iterable[ox.Quad]) -> None:
    """Writes the journal of a commit that only adds, one quad at a time; raises what ``added`` raises, and is gone.

    Quads with blank nodes go to a file of their own, as the bulk loader would give these new labels.
    """
    _forget(folder)
    blank: list[ox.Quad] = []
    ground = (quad for quad in added if not (has_blank(quad) and not blank.append(quad)))  # type: ignore[func-returns-value]  # appends
    partial = folder / f"{FILE}.ready"
    try:
        _write(partial, ground)
        _write(folder / _BLANK, blank)
        _rename(partial, folder / FILE)
    finally:
        partial.unlink(missing_ok=True)


def write_lines(folder: Path, lines: bytes) -> None:
    """Writes the journal of a commit that adds N-Quads lines without blank nodes."""
    _forget(folder, _REMOVED)
    partial = folder / f"{FILE}.ready"
    with partial.open("wb") as out:
        out.write(lines)
        _sync(out)
    _rename(partial, folder / FILE)


def recover(engine: ox.Store, folder: Path) -> bool:
    """Finishes a commit that was interrupted; tells whether there was one."""
    if (folder / FILE).exists():
        apply(engine, folder)
        return True
    _forget(folder, _REMOVED)
    return False


def apply(engine: ox.Store, folder: Path) -> None:
    """Does what the journal says, and ends it."""
    gone = list(_read(folder / _REMOVED))
    if gone:
        engine.update(update_text(gone, []), custom_functions=FUNCTIONS)  # type: ignore[arg-type]  # the stubs want exact signatures
    engine.bulk_load(path=folder / FILE, format=ox.RdfFormat.N_QUADS, lenient=True)
    engine.extend(_read(folder / _BLANK))
    engine.flush()
    (folder / FILE).unlink()
    (folder / _REMOVED).unlink(missing_ok=True)
    (folder / _BLANK).unlink(missing_ok=True)


def _forget(folder: Path, *also: str) -> None:
    """Removes what is left of a journal that never was complete."""
    for rest in (_BLANK, *also):
        (folder / rest).unlink(missing_ok=True)


def _write(path: Path, quads: Iterable[ox.Quad]) -> None:
    """Writes a file whole or not at all."""
    partial = path.with_suffix(".part")
    try:
        with partial.open("wb") as out:
            ox.serialize(quads, out, ox.RdfFormat.N_QUADS)
            _sync(out)
        _rename(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _sync(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def _rename(path: Path, target: Path) -> None:
    path.replace(target)
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read(path: Path) -> Iterable[ox.Quad]:
    """The quads of a file, with their labels as they are; none where there is no file."""
    return ox.parse(path=path, format=ox.RdfFormat.N_QUADS) if path.exists() else ()
