from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import cli, run
from kg.graph.store import open_store


def test_backup_and_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(tmp_path / "s") as store:
        store.replace_graph("<http://e/g>", ["<http://e/s> <http://e/p> <http://e/o> ."])
    own, copy = str(tmp_path / "s"), str(tmp_path / "copy")
    assert run(cli, ["backup", copy, "-s", own]) == 0
    assert "1 triples" in capsys.readouterr().err
    assert run(cli, ["restore", copy, "-s", own]) == 2
    assert "--replace" in capsys.readouterr().err
    assert run(cli, ["restore", copy, "-s", own, "--replace"]) == 0
    assert run(cli, ["restore", str(tmp_path / "none"), "-s", str(tmp_path / "new")]) == 4
    assert not (tmp_path / "new").exists()
