from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError, UsageError
from kg.graph.backup import backup, backup_folder, restore
from kg.graph.store import open_store

GRAPH = "<http://example.org/g>"
LINES = [f"<http://e/{n}> <http://e/p> <http://e/{n + 1}> ." for n in range(50)]


def test_backup_of_a_store_in_use_is_the_store_at_that_moment(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.replace_graph(GRAPH, LINES)
        assert backup(store, tmp_path / "copy") == 50
        store.clear(GRAPH)
        with open_store(tmp_path / "copy") as copy:
            assert copy.size() == 50
            copy.replace_graph(GRAPH, LINES[:1])
        assert store.size() == 0


def test_databases_beside_the_graph_are_copied_too(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        record = sqlite3.connect(tmp_path / "s" / "readings.sqlite")
        record.execute("PRAGMA journal_mode=WAL")
        record.execute("CREATE TABLE t (x)")
        record.execute("INSERT INTO t VALUES (7)")
        record.commit()
        backup(store, tmp_path / "copy")
        record.close()
    copied = sqlite3.connect(tmp_path / "copy" / "readings.sqlite")
    assert copied.execute("SELECT x FROM t").fetchall() == [(7,)]
    copied.close()


def test_restored_store_is_the_one_that_was_backed_up(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.replace_graph(GRAPH, LINES)
        backup(store, tmp_path / "copy")
        store.clear(GRAPH)
    with pytest.raises(UsageError, match="--replace"):
        restore(tmp_path / "copy", tmp_path / "s")
    assert restore(tmp_path / "copy", tmp_path / "s", replace=True) == 50
    with open_store(tmp_path / "s") as store:
        assert store.size(GRAPH) == 50
    assert restore(tmp_path / "copy", tmp_path / "new") == 50
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "new", "s"]


def test_backup_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with open_store(tmp_path / "s") as store, pytest.raises(UsageError, match="exists already"):
        backup(store, tmp_path / "there")
    with pytest.raises(UsageError, match="memory"):
        backup(open_store(None), tmp_path / "copy")


def test_what_is_no_backup_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "junk").mkdir()
    (tmp_path / "junk" / "x").write_text("")
    with open_store(tmp_path / "s") as store:
        store.replace_graph(GRAPH, LINES)
    with pytest.raises(StoreError):
        restore(tmp_path / "junk", tmp_path / "s", replace=True)
    with open_store(tmp_path / "s") as store:
        assert store.size() == 50


def test_store_in_use_is_not_replaced(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.replace_graph(GRAPH, LINES)
        backup(store, tmp_path / "copy")
        with pytest.raises(StoreError, match="in use"):
            restore(tmp_path / "copy", tmp_path / "s", replace=True)


def test_folder_with_other_files_is_not_replaced(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        backup(store, tmp_path / "copy")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match="not a store"):
        restore(tmp_path / "copy", tmp_path / "mine", replace=True)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"


_HOLDER = """
import sys
from pathlib import Path
from kg.graph.store import open_store

store = open_store(Path(sys.argv[1]))
store.replace_graph("<http://example.org/g>", ["<http://e/1> <http://e/p> _:b ."])
print("ready", flush=True)
sys.stdin.read()
"""


def test_store_that_another_process_has_open_is_copied(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLDER, str(tmp_path / "s")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "ready\n"
        with pytest.raises(StoreError, match="in use"):
            open_store(tmp_path / "s")
        assert backup_folder(tmp_path / "s", tmp_path / "copy") == 1
        holder.communicate("")
    with open_store(tmp_path / "copy") as copy:
        assert copy.size() == 1 and copy.graphs() == [GRAPH]


def test_folder_of_a_store_that_nobody_has_open_is_copied(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.replace_graph(GRAPH, LINES)
    assert backup_folder(tmp_path / "s", tmp_path / "copy") == 50
    with pytest.raises(StoreError, match="no store"):
        backup_folder(tmp_path / "none", tmp_path / "other")
    assert not (tmp_path / "none").exists()
