from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kg.errors import InputError, QueryError, UsageError
from kg.graph.query import labels, named_query, query_library, read_query, run_query, serialize
from kg.graph.store import OxigraphStore
from kg.graph.table import display_width, table

MEETINGS = """SELECT ?who ?date WHERE { ?m a kg:Meeting ; kg:agent ?who ; kg:date ?date
  MINUS { ?m kg:planned true } } ORDER BY ?who"""
BASE = "http://example.org/"


def test_table_is_short_and_counts_its_rows(filled: OxigraphStore) -> None:
    text = serialize(filled, MEETINGS, "table", base=BASE).decode()
    assert text.splitlines() == [
        "who                   date",
        "────────────────────  ───────",
        "id/person/ada-brandt  2031-05",
        "id/state/estra        2031-05",
        "(2 rows)",
    ]


def test_json_is_the_engine_s(filled: OxigraphStore) -> None:
    found = json.loads(serialize(filled, MEETINGS, "json"))
    assert [row["date"]["value"] for row in found["results"]["bindings"]] == ["2031-05", "2031-05"]


def test_graph_answers_are_turtle_with_prefixes(filled: OxigraphStore) -> None:
    query = "CONSTRUCT { ?s a kg:Meeting } WHERE { ?s a kg:Meeting }"
    for fmt in ("table", "turtle"):
        assert b"a kg:Meeting ." in serialize(filled, query, fmt, base=BASE)


@pytest.mark.parametrize(("query", "answer"), [("ASK { ?s a kg:Veto }", "yes\n"), ("ASK { ?s a kg:Aid }", "no\n")])
def test_yes_or_no(filled: OxigraphStore, query: str, answer: str) -> None:
    assert serialize(filled, query, "table").decode() == answer


def test_format_must_suit_the_question(filled: OxigraphStore) -> None:
    with pytest.raises(UsageError):
        run_query(filled, "ASK {}", io.BytesIO(), "turtle")


def test_bad_query_is_told_by_line_and_column(filled: OxigraphStore) -> None:
    with pytest.raises(QueryError, match="line 1, column"):
        run_query(filled, "SELEKT ?x {}", io.BytesIO())


def test_header_of_a_named_query() -> None:
    header = "# title: Who met whom\n# answers: all meetings,\n#   with dates\n# view: timeline\n"
    text = header + "SELECT * {}\n# not: header\n"
    query = named_query("who-met", text)
    assert (query.title, query.answers, query.view) == ("Who met whom", "all meetings, with dates", "timeline")
    assert named_query("no-header", "ASK {}").title == "No header"


def test_library_is_read_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.rq").write_text("# title: B\nASK {}")
    (tmp_path / "a.rq").write_text("ASK {}")
    assert list(query_library(tmp_path)) == ["a", "b"]


def test_every_query_of_the_library_runs(filled: OxigraphStore) -> None:
    for name, query in query_library().items():
        results = filled.query(query.text)
        if results.kind != "boolean":
            list(results.rows())
        assert query.title, name


def test_query_comes_from_file_stdin_or_library(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("ASK {}")
    assert read_query(str(path)) == "ASK {}"
    assert read_query("-", ["ASK ", "{}"]) == "ASK {}"
    path.write_bytes(b"ASK {} # \xff\xfe")
    with pytest.raises(InputError):
        read_query(str(path))
    with pytest.raises(UsageError, match="no query called"):
        read_query("no-such-query")


def test_labels_of_things(filled: OxigraphStore) -> None:
    norland = f"<{BASE}id/state/norland>"
    assert labels(filled, [norland, '"x"', "<http://nowhere.example/>"]) == {norland: "Norland"}
    assert labels(filled, []) == {}


def test_wide_tables_are_cut_to_the_terminal() -> None:
    text = table(["a", "b"], [["x" * 60, "北京" * 30], ["y", "z"]], width=40)
    assert max(map(display_width, text.splitlines())) <= 40
    assert "…" in text
    assert "…" not in table(["a"], [["x" * 60]])
