"""Opening a store: what is one, what may become one, and what must be left alone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.store import journal
from kg.graph.store.oxigraph import OxigraphStore

_ATTEMPTS: Final = 5


def open_store(path: Path | str | None, *, read_only: bool = False, merged: bool = True) -> OxigraphStore:
    """Opens the store in that folder, or one in memory for None.

    A folder that does not exist, or is empty, becomes a new store unless ``read_only``. With ``merged`` false the
    default graph is an ordinary one, as SPARQL's own tests want it. Raises StoreError, the folder left as it was.
    """
    if path is None:
        return OxigraphStore(ox.Store(), merged=merged)
    folder = Path(path)
    _check_folder(folder, read_only)
    try:
        if read_only:
            return OxigraphStore(_read_only(folder), merged=merged, writable=False, path=folder)
        folder.mkdir(parents=True, exist_ok=True)
        engine = ox.Store(str(folder))
        journal.recover(engine, folder)
        return OxigraphStore(engine, merged=merged, path=folder)
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"{folder}: {_reason(error)}") from None


def _read_only(folder: Path) -> ox.Store:
    """Opens for reading; files that another process replaces meanwhile look corrupt, and are there the next time."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return ox.Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:
            if "orruption" not in str(error) and "No such file" not in str(error):
                raise
            time.sleep(0.05)
    return ox.Store.read_only(str(folder))


def _check_folder(folder: Path, read_only: bool) -> None:
    try:
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder}: is a file, not a store")
        content = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}") from None
    if read_only and not content:
        raise StoreError(f"{folder}: there is no store here; kg build makes one")
    if content and "CURRENT" not in content:
        raise StoreError(f"{folder}: not a store, but a folder with other files")


def _reason(error: OSError | RuntimeError | ValueError) -> str:
    text = " ".join(str(error).split())
    if "lock" in text.lower():
        return "in use by another process"
    return f"cannot be opened: {text[:200]}"
