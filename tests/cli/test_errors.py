"""What goes wrong: one clear line, the documented exit status, the store unharmed, the other articles read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.extraction.process import family, resident
from kg.cli import cli, run
from tests.cli.conftest import Kg

GOOD = "---\ntitle: Pact\npublished: 2014-02-04\n---\nPeru and Chile signed a pact in Lima on Monday.\n"

BAD_INPUT: list[tuple[str, bytes | None, str]] = [
    ("empty.txt", b"", "empty.txt: is empty"),
    ("blank.html", b"   \n", "blank.html: is empty"),
    ("binary.txt", bytes(range(256)), "binary.txt: is a binary file, not text"),
    ("report.pdf", b"%PDF-1.4 x", "report.pdf: is a PDF, not text"),
    ("missing.txt", None, "missing.txt: no such file or folder"),
    ("latin.txt", "Les présidents\nse sont réunis.".encode("latin-1"), "latin.txt:1: is not UTF-8 text (byte 0xe9)"),
    ("scripts.html", b"<html><script>1</script></html>", "scripts.html: has no text of an article"),
    ("lines.jsonl", b'{"text": "unfinished', "lines.jsonl:1: not JSON"),
    ("list.jsonl", b"[1, 2]\n", "list.jsonl:1: not a JSON object"),
    ("field.jsonl", b'{"text": ["a"]}', 'field.jsonl:1: "text" is not text'),
    ("note.xml", b"<note/>", "note.xml: is not an RSS or Atom feed"),
    ("crawl.warc", b"nonsense", "crawl.warc: is not a"),
    ("matter.txt", b"---\na: [\n---\nText.", "matter.txt:2: front matter is not YAML"),
    ("long.txt", b"The minister spoke again in Lima. " * 62_000, "long.txt: has 2,107,999 characters"),
    ("furniture.txt", b"Read more\n\nLeave a comment\n", "furniture.txt: has no text of an article"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD_INPUT, ids=[name for name, _, _ in BAD_INPUT])
def test_bad_article_is_one_line_and_the_others_are_read(
    kg: Kg, tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    if data is not None:
        (tmp_path / name).write_bytes(data)
    alone = kg("build", "-s", tmp_path / "one", "--no-infer", tmp_path / name)
    assert alone.status == 3, "nothing could be read"
    both = kg("build", "-s", tmp_path / "two", "--no-infer", tmp_path / name, tmp_path / "good.txt")
    assert both.status == 1, "some could not be read"
    for answer in (alone, both):
        assert answer.out == "" and "Traceback" not in answer.err
        (line,) = [line for line in answer.err.splitlines() if line.startswith("kg: ")]
        assert line.startswith(f"kg: {tmp_path / says.split(':')[0]}") and says in line
    assert "1 article read" in both.err
    assert not (tmp_path / "one").exists(), "nothing to keep, no store"


def test_a_date_that_is_none_is_told_with_its_line(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"{GOOD}", "published": date}) for date in ("2024-03-02", "soonish")))
    answer = kg("build", "-s", tmp_path / "s", "--no-infer", path)
    assert answer.status == 1
    assert answer.err.splitlines()[0] == f"kg: {path}:2: \"published\" is not a date: 'soonish'"


def test_a_bad_query_is_told_with_its_file_and_line(kg: Kg, store: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_text("SELECT ?s {\n ?s ?p 'open }")
    answer = kg("query", "-s", store, tmp_path / "bad.rq")
    assert answer.status == 3
    assert answer.err.startswith(f"kg: {tmp_path / 'bad.rq'}: line 2, column ") and "quotation mark" in answer.err


def test_a_bad_json_line_is_named_and_the_other_lines_are_read(kg: Kg, tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Peru and Chile signed pact {n} in Lima."}) for n in range(3)]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join([lines[0], "{broken", lines[1], "7", lines[2]]))
    answer = kg("build", "-s", tmp_path / "s", "--no-infer", path)
    assert answer.status == 1 and "3 articles read" in answer.err
    assert f"kg: {path}:2: not JSON" in answer.err and f"kg: {path}:4: not a JSON object" in answer.err


NOT_SO = ("Peru", "kg:opposes", "Chile")
Arguments = Callable[[Path, Path], list[object]]
USAGE: list[tuple[str, int, str, Arguments]] = [
    ("unknown command", 2, "No such command", lambda store, tmp: ["frobnicate"]),
    ("unknown option", 2, "No such option", lambda store, tmp: ["query", "--frobnicate"]),
    ("no path", 2, "Missing argument", lambda store, tmp: ["build"]),
    ("not a date", 2, "not a date: 'yesterdayish'", lambda store, tmp: ["build", "--published", "yesterdayish", tmp]),
    ("unknown reasoner", 2, "unknown reasoner", lambda store, tmp: ["infer", "-s", tmp / "n", "--reasoner", "pellet"]),
    ("unknown export", 2, "unknown export format", lambda store, tmp: ["export", "-s", store, "-f", "docx"]),
    ("unknown graph", 1, "no graph", lambda store, tmp: ["export", "-s", store, "--graph", "urn:none"]),
    ("unknown result", 2, "format 'docx'", lambda store, tmp: ["query", "-s", store, "-f", "docx", tmp / "ok.rq"]),
    ("bad output", 2, "cannot be written", lambda store, tmp: ["export", "-s", store, "-o", tmp / "no" / "x.ttl"]),
    ("unknown query", 2, "no file and no query called", lambda store, tmp: ["query", "-s", store, "none-such"]),
    ("syntax error", 3, "line 2", lambda store, tmp: ["query", "-s", store, tmp / "bad.rq"]),
    ("unknown entity", 1, "knows nothing of 'Xanadu'", lambda store, tmp: ["describe", "-s", store, "Xanadu"]),
    ("not derivable", 1, "neither stated nor derived", lambda store, tmp: ["explain", "-s", store, *NOT_SO]),
    ("no store", 4, "there is no store here", lambda store, tmp: ["stats", "-s", tmp / "none"]),
    ("not a store", 4, "not a store", lambda store, tmp: ["stats", "-s", tmp]),
    ("file as store", 4, "is a file, not a store", lambda store, tmp: ["build", "-s", tmp / "ok.rq", tmp]),
    ("missing RDF", 3, "No such file", lambda store, tmp: ["load", "-s", tmp / "new", tmp / "none.ttl"]),
    ("broken RDF", 3, "broken.ttl:2", lambda store, tmp: ["load", "-s", tmp / "new", tmp / "broken.ttl"]),
    ("unknown RDF", 2, "tells no RDF format", lambda store, tmp: ["load", "-s", tmp / "new", tmp / "ok.rq"]),
    ("nothing to load", 2, "nothing to load", lambda store, tmp: ["load", "-s", tmp / "new"]),
    ("no gold", 3, "no such file", lambda store, tmp: ["evaluate", tmp / "none"]),
    ("folder without gold", 3, "no .gold.json", lambda store, tmp: ["evaluate", tmp]),
    ("port out of range", 2, "70000", lambda store, tmp: ["serve", "-s", store, "-p", "70000"]),
    ("address not ours", 2, "cannot listen", lambda store, tmp: ["serve", "-s", store, "-h", "192.0.2.1", "-p", "0"]),
]  # fmt: skip


@pytest.mark.parametrize(("status", "says", "arguments"), [row[1:] for row in USAGE], ids=[row[0] for row in USAGE])
def test_error_is_one_line_with_the_documented_status(
    kg: Kg, store: Path, tmp_path: Path, status: int, says: str, arguments: Arguments
) -> None:
    (tmp_path / "ok.rq").write_text("SELECT * WHERE { ?s ?p ?o } LIMIT 1")
    (tmp_path / "bad.rq").write_text("SELECT *\nWHERE { ?s ?p }")
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> nonsense .\n")
    answer = kg(*arguments(store, tmp_path))
    assert answer.status == status, answer
    assert says in answer.err and answer.out == "" and "Traceback" not in answer.err
    assert len(answer.err.splitlines()) == 1


def test_traceback_only_with_vv(kg: Kg, store: Path) -> None:
    assert "Traceback" not in kg("describe", "-s", store, "Xanadu", "-v").err
    assert "Traceback" in kg("describe", "-s", store, "Xanadu", "-vv").err


def test_a_store_in_use_is_told_so(kg: Kg, stories: Path, tmp_path: Path) -> None:
    from kg.graph.store import open_store

    with open_store(tmp_path / "s"):
        answer = kg("build", "-s", tmp_path / "s", stories)
    assert answer.status == 4 and "in use by another process" in answer.err


def test_failed_load_leaves_the_store_as_it_was(kg: Kg, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text("<urn:a> <urn:b> <urn:c> .")
    bad.write_text("<urn:x> <urn:b> <urn:c> .\n<urn:y> nonsense")
    kg("load", "-s", tmp_path / "s", "--graph", "urn:g", good)
    before = kg("export", "-s", tmp_path / "s", "-f", "trig").out
    assert kg("load", "-s", tmp_path / "s", "--graph", "urn:g", bad).status == 3
    assert kg("export", "-s", tmp_path / "s", "-f", "trig").out == before


def test_failed_export_leaves_the_file_as_it_was(kg: Kg, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.ttl"
    out.write_text("before")
    assert kg("export", "-s", store, "--graph", "urn:none", "-o", out).status == 1
    assert out.read_text() == "before" and list(tmp_path.iterdir()) == [out]


def kg_process(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_closed_pipe_is_no_error(store: Path) -> None:
    process = kg_process("export", "-s", store, "-f", "ntriples")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait(60) == 0
    process.stderr.close()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_stopped_and_started_again_ends_the_same(kg: Kg, tmp_path: Path, sent: signal.Signals) -> None:
    articles = tmp_path / "news.jsonl"
    states = ("Peru", "Chile", "Brazil", "Cuba", "Ghana", "Mali")
    records = (
        {"id": f"n{n}", "published": "2014-02-04", "text": f"{a} and {b} signed pact {n} in Lima on Monday."}
        for n, (a, b) in enumerate((a, b) for a in states for b in states for _ in range(4) if a != b)
    )
    articles.write_text("\n".join(map(json.dumps, records)))
    store = tmp_path / "stopped"
    process = kg_process("build", "-s", store, "--no-infer", articles)
    ledger = store / "readings.sqlite"
    while process.poll() is None and not (ledger.exists() and _count(ledger) > 10):
        time.sleep(0.02)
    os.kill(process.pid, sent)
    process.communicate(timeout=60)
    assert run(cli, ["build", "-s", str(store), "--no-infer", str(articles)]) == 0
    assert run(cli, ["build", "-s", str(tmp_path / "whole"), "--no-infer", str(articles)]) == 0
    assert kg("export", "-s", store, "-f", "trig").out == kg("export", "-s", tmp_path / "whole", "-f", "trig").out


def test_workers_end_with_a_build_that_was_killed(stories: Path, tmp_path: Path) -> None:
    articles = tmp_path / "news.jsonl"
    articles.write_text("\n".join(json.dumps({"id": f"n{n}", "text": GOOD + str(n)}) for n in range(500)))
    process = kg_process("build", "-s", tmp_path / "s", "--no-infer", "--workers", 2, articles)
    ledger = tmp_path / "s" / "readings.sqlite"
    while process.poll() is None and not (ledger.exists() and _count(ledger) > 4):
        time.sleep(0.05)
    workers = [pid for pid in family(process.pid) if pid != process.pid]
    process.kill()
    process.communicate(timeout=60)
    assert len(workers) >= 2
    deadline = time.monotonic() + 30
    while any(resident(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(resident(pid) for pid in workers)


def _count(ledger: Path) -> int:
    import sqlite3

    connection = sqlite3.connect(ledger)
    try:
        return int(connection.execute("SELECT COUNT(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()
