"""Copies of a store, taken while it is in use, and put back.

A backup is a folder that holds a store as any other: it can be opened, queried and copied. Its files are hard links to
the store's own where both are on one file system, so that it takes little room until the store changes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from kg.errors import StoreError, UsageError
from kg.graph.store import OxigraphStore, open_store


def backup(store: OxigraphStore, target: Path) -> int:
    """Copies an open store to a folder that must not exist; returns how many triples it has. Raises StoreError.

    Databases beside the graph in its folder (the record of what was read) are copied as they are at that moment.
    """
    if store.path is None:
        raise UsageError("a store in memory cannot be backed up; export it instead")
    if target.exists():
        raise UsageError(f"{target}: exists already")
    partial = target.with_name(target.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        with store.frozen():
            store.flush()
            store.backup(partial)
            for database in sorted(store.path.glob("*.sqlite")):
                _copy_database(database, partial / database.name)
        os.replace(partial, target)
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return check_backup(target)


def backup_folder(source: Path, target: Path) -> int:
    """Copies the store in a folder, even while another process has it open; returns how many triples it has.

    Where it is open elsewhere, what was committed by now is read and written anew, which takes longer.
    """
    open_store(source, read_only=True).close()  # or it would be made
    try:
        with open_store(source) as store:
            return backup(store, target)
    except StoreError as error:
        if "in use" not in str(error):
            raise
    if target.exists():
        raise UsageError(f"{target}: exists already")
    partial = target.with_name(target.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        _copy_through(source, partial)
        os.replace(partial, target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return check_backup(target)


def _copy_through(source: Path, target: Path) -> None:
    with open_store(source, read_only=True) as read, open_store(target) as written:
        image = target / "image.nq"
        read.save_image(image)
        written.load_image(image)
        image.unlink()
    for database in sorted(source.glob("*.sqlite")):
        _copy_database(database, target / database.name)


def restore(source: Path, target: Path, *, replace: bool = False) -> int:
    """Puts a backup in the place of a store that nobody has open; returns how many triples it has.

    An existing store is kept unless ``replace``. What was there stays until the backup is in its place.
    """
    triples = check_backup(source)
    if target.exists() and any(target.iterdir() if target.is_dir() else [target]):
        if not replace:
            raise UsageError(f"{target}: exists already; say --replace to put the backup in its place")
        open_store(target).close()  # a store, and nobody's: or this raises
    partial, old = target.with_name(target.name + ".part"), target.with_name(target.name + ".old")
    for rest in (partial, old):
        shutil.rmtree(rest, ignore_errors=True)
    try:
        with open_store(source, read_only=True) as copied:
            copied.backup(partial)
        for database in sorted(source.glob("*.sqlite")):
            _copy_database(database, partial / database.name)
        if target.exists():
            os.replace(target, old)
        os.replace(partial, target)
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    return triples


def check_backup(folder: Path) -> int:
    """How many triples the store in a folder has; raises StoreError when it is none that can be read."""
    with open_store(folder, read_only=True) as store:
        return store.size()


def _copy_database(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as read,
            closing(sqlite3.connect(target)) as copy,
        ):
            read.backup(copy)
    except sqlite3.Error as error:
        raise StoreError(f"{source}: {error}") from None
