from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ForbiddenError, InputError, QueryError, StoreError, UsageError
from kg.graph.store import Dataset, Delta, OxigraphStore, journal, open_store, oxigraph

A, B = "<http://example.org/a>", "<http://example.org/b>"
LINE = '<http://example.org/s> <http://example.org/p> "one" .'
OTHER = '<http://example.org/s> <http://example.org/p> "two" .'

TERMS = st.integers(0, 5).map(lambda n: f"<http://example.org/{n}>")
OBJECTS = TERMS | st.text(max_size=8).map(lambda s: literal(s)) | st.integers(0, 3).map(lambda n: f"_:b{n}")
LINES = st.lists(
    st.tuples(TERMS | st.just("_:b0"), TERMS, OBJECTS).map(lambda t: f"{t[0]} {t[1]} {t[2]} ."), max_size=8
)


def literal(text: str) -> str:
    from kg.graph.terms import literal as made

    return made(text)


def merged(store: OxigraphStore) -> bool:
    """Whether the default graph is exactly the merge of the named ones."""
    return set(store.triples()) == {quad[:3] for quad in store.quads()} and store.size() == len(set(store.triples()))


def test_content_survives_closing(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.replace_graph(A, [LINE, "_:x <http://example.org/p> _:y ."])
        before = sorted(store.quads())
    with open_store(tmp_path / "s", read_only=True) as store:
        assert sorted(store.quads()) == before
        with pytest.raises(StoreError, match="reading only"):
            store.clear(A)


def test_triple_in_two_graphs_counts_once(store: OxigraphStore) -> None:
    store.replace_graph(A, [LINE])
    store.replace_graph(B, [LINE, OTHER])
    assert store.rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"].startswith('"2"')
    assert len(store.rows("SELECT ?g WHERE { GRAPH ?g { ?s ?p 'one' } }")) == 2
    store.clear(B)
    assert store.size() == 1 and store.graphs() == [A]
    store.clear(A)
    assert store.size() == 0 and store.graphs() == []


def test_several_graphs_chosen_as_default_are_merged(store: OxigraphStore) -> None:
    store.replace_graph(A, [LINE])
    store.replace_graph(B, [LINE, OTHER])
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    for query, dataset in (
        (count.format(""), Dataset(default=(A, B))),
        (count.format(f"FROM {A} FROM {B}"), None),
        (f"PREFIX e: <http://example.org/> {count.format('FROM e:a FROM e:b')}", None),
    ):
        assert store.rows(query, dataset=dataset)[0]["n"].startswith('"2"')
    named = store.rows("SELECT ?g WHERE { GRAPH ?g { ?s ?p 'one' } }", dataset=Dataset(default=(A, B), named=(B,)))
    assert [row["g"] for row in named] == [B]


@given(st.lists(st.tuples(st.sampled_from([A, B]), LINES), max_size=6))
@settings(max_examples=60, deadline=None)
def test_default_graph_is_always_the_merge(writes: list[tuple[str, list[str]]]) -> None:
    store = open_store(None)
    for graph, lines in writes:
        store.replace_graph(graph, lines)
        assert merged(store)


@given(LINES, LINES)
@settings(max_examples=60, deadline=None)
def test_replacing_twice_is_replacing_once(before: list[str], after: list[str]) -> None:
    store = open_store(None)
    store.replace_graph(A, before)
    store.replace_graph(A, after)
    once = sorted(store.quads())
    assert not store.replace_graph(A, after)
    assert sorted(store.quads()) == once
    fresh = open_store(None)
    fresh.replace_graph(A, after)
    assert sorted(fresh.quads()) == once


def test_a_version_counts_only_when_all_listeners_know_of_it(store: OxigraphStore) -> None:
    versions: list[int] = []
    store.subscribe(lambda _delta: versions.append(store.version))
    before = store.version
    store.update("INSERT DATA { <urn:x:a> <urn:x:b> 1 }")
    assert (versions, store.version) == ([before], before + 1)


def test_delta_tells_exactly_what_changed(store: OxigraphStore) -> None:
    seen: list[Delta | None] = []
    store.subscribe(seen.append)
    store.replace_graph(A, [LINE])
    store.replace_graph(A, [OTHER])
    assert [(len(delta.added), len(delta.removed)) for delta in seen if delta] == [(1, 0), (1, 1)]
    assert store.version == 2


def test_transaction_that_fails_writes_nothing(store: OxigraphStore) -> None:
    store.replace_graph(A, [LINE])

    def write_and_fail() -> None:
        with store.transaction() as changes:
            changes.clear(A)
            changes.add([OTHER], graph=B)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert store.graphs() == [A] and store.version == 1


def test_transaction_takes_back_what_it_did(store: OxigraphStore) -> None:
    with store.transaction() as changes:
        changes.add([LINE], graph=A)
        changes.remove([LINE], graph=A)
        changes.add([OTHER], graph=A)
        changes.clear(A)
    assert store.size() == 0 and store.version == 0


def test_blank_nodes_keep_their_identity(store: OxigraphStore) -> None:
    store.replace_graph(A, ["_:x <http://example.org/p> _:y .", '_:y <http://example.org/p> "end" .'])
    with store.transaction() as changes:
        changes.remove(["_:x <http://example.org/p> _:y ."], graph=A)
    assert [quad[0] for quad in store.quads()] == ["_:y"]
    assert merged(store)


def test_quads_without_a_graph_are_kept_in_one_of_their_own(store: OxigraphStore) -> None:
    with store.transaction() as changes:
        changes.add([LINE])
    store.replace_graph(A, [LINE])
    store.clear(A)
    assert store.size() == 1


@pytest.mark.parametrize("text", ["plain text", "<http://e/s> <http://e/p> .", "<http://e/s p> <http://e/p> 'x' ."])
def test_bad_quads_are_refused_with_their_line(store: OxigraphStore, text: str) -> None:
    with pytest.raises(InputError, match=r":2: "):
        store.replace_graph(A, [LINE, text])
    assert store.size() == 0


# Opening


def test_folder_with_other_files_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="not a store"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_file_is_not_a_store(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("")
    with pytest.raises(StoreError, match="is a file"):
        open_store(path)


def test_reading_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store"):
        open_store(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_store_in_use_says_so(tmp_path: Path) -> None:
    with open_store(tmp_path / "s"), pytest.raises(StoreError, match="in use"):
        open_store(tmp_path / "s")


def test_damaged_store_is_one_line(tmp_path: Path) -> None:
    open_store(tmp_path / "s").close()
    (tmp_path / "s" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "s")
    assert "\n" not in str(caught.value) and caught.value.exit_status == 4
    assert (tmp_path / "s" / "CURRENT").read_text() == "nonsense"


# Queries


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x WHERE {\n ?x a unknown:Thing }", "line 2, column .*unknown prefix unknown:Thing"),
        ("SELECT ?x WHERE { ?x ?y }", "line 1, column 26"),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x ?p ?y }", "line 1.*unbound"),
        ("", "line 1, column 1"),
    ],
)
def test_bad_query_names_line_and_column(store: OxigraphStore, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        store.query(query)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c . service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_before_anything_is_fetched(store: OxigraphStore, query: str) -> None:
    with pytest.raises(ForbiddenError):
        store.query(query)


def test_service_in_words_and_names_is_no_access(store: OxigraphStore) -> None:
    query = "SELECT * { ?s rdfs:label 'SERVICE <x>' # SERVICE\n }"
    assert store.rows(query) == []


@pytest.mark.parametrize("fmt", ["json", "xml", "csv", "tsv"])
def test_solutions_come_in_every_format(store: OxigraphStore, fmt: str) -> None:
    store.replace_graph(A, [LINE])
    assert b"one" in store.query("SELECT ?o WHERE { ?s ?p ?o }").serialize(fmt)


@pytest.mark.parametrize("fmt", ["turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld", "n3"])
def test_graphs_come_in_every_format(store: OxigraphStore, fmt: str) -> None:
    store.replace_graph(A, [LINE])
    data = store.query("CONSTRUCT WHERE { ?s ?p ?o }").serialize(fmt)
    again = open_store(None)
    assert again.load(data, fmt) == 1


@pytest.mark.parametrize(("query", "fmt"), [("ASK {}", "turtle"), ("ASK {}", "xlsx"), ("CONSTRUCT {} {}", "csv")])
def test_format_that_does_not_suit_is_a_usage_error(store: OxigraphStore, query: str, fmt: str) -> None:
    with pytest.raises(UsageError):
        store.query(query).serialize(fmt)


def test_dump_without_named_graphs_is_the_merge(store: OxigraphStore) -> None:
    store.replace_graph(A, [LINE])
    store.replace_graph(B, [LINE, OTHER])
    out = io.BytesIO()
    store.dump(out, "ntriples")
    assert len(out.getvalue().splitlines()) == 2
    quads = io.BytesIO()
    store.dump(quads, "nquads")
    assert len(quads.getvalue().splitlines()) == 3


def test_readers_and_writers_do_not_disturb_one_another(store: OxigraphStore) -> None:
    wrong: list[str] = []

    def read() -> None:
        for _ in range(150):
            rows = store.rows("SELECT ?o WHERE { ?s ?p ?o }")
            if len(rows) not in (0, 2):
                wrong.append(str(rows))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(40):
        store.replace_graph(A, [LINE, OTHER])
        store.clear(A)
    for reader in readers:
        reader.join()
    assert not wrong


def test_ordinary_default_graph_where_it_is_asked_for() -> None:
    store = open_store(None, merged=False)
    store.update("INSERT DATA { <http://e/s> <http://e/p> 1 GRAPH <http://e/g> { <http://e/s> <http://e/p> 2 } }")
    assert [row["o"][1] for row in store.rows("SELECT ?o { ?s ?p ?o }")] == ["1"]


def triples(count: int) -> list[str]:
    return [f"<http://e/{n}> <http://e/p{n % 7}> {literal(str(n))} ." for n in range(count)]


def test_large_commit_is_the_same_as_small_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oxigraph, "BULK", 50)
    with open_store(tmp_path / "s") as store:
        store.replace_graph(A, [*triples(100), "_:x <http://e/p> _:x ."])
        delta = store.replace_graph(A, [*triples(200)[50:], "_:x <http://e/p> _:x ."])
        assert (len(delta.added), len(delta.removed)) == (100, 50)
        assert merged(store) and store.size() == 151
        assert not list(tmp_path.glob("s/commit*"))


@pytest.mark.parametrize("fails", ["bulk_load", "extend", "update"])
def test_large_commit_that_is_interrupted_is_finished_when_next_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    class Interrupted:
        """An engine that dies in one of its calls."""

        def __init__(self, engine: object) -> None:
            self._engine = engine

        def __getattr__(self, name: str) -> object:
            if name == fails:
                raise KeyboardInterrupt
            return getattr(self._engine, name)

    store = open_store(tmp_path / "s")
    store.replace_graph(A, [LINE, OTHER])
    monkeypatch.setattr(oxigraph, "BULK", 50)
    real = journal.commit
    monkeypatch.setattr(journal, "commit", lambda engine, *rest: real(Interrupted(engine), *rest))  # type: ignore[arg-type]  # as far as it is used
    with pytest.raises(KeyboardInterrupt):
        store.replace_graph(A, [*triples(100), LINE])
    store.close()
    with open_store(tmp_path / "s") as again:
        assert again.size(A) == again.size() == 101 and merged(again)
        assert not again.contains("<http://example.org/s>", "<http://example.org/p>", '"two"')


@pytest.mark.parametrize("on_disk", [True, False])
def test_file_that_is_streamed_is_loaded_like_any_other(tmp_path: Path, on_disk: bool) -> None:
    data = "\n".join([*triples(300), "_:x <http://e/p> _:x ."]).encode()
    with open_store(tmp_path / "s" if on_disk else None) as store:
        assert store.load(io.BytesIO(data), "ntriples", graph=A) == 301
        assert merged(store) and store.size(A) == 301
        assert store.load(io.BytesIO(data.replace(b"_:x", b"<http://e/1>")), "ntriples", graph=A) == 1
        assert store.load(io.BytesIO(b"<http://e/1> <http://e/p> 1 ."), "turtle") == 1
        assert merged(store) and store.size() == 303


def test_streamed_file_with_an_error_at_its_end_changes_nothing(store: OxigraphStore) -> None:
    data = "\n".join([*triples(300), "oops"]).encode()
    with pytest.raises(InputError, match=r"big\.nt:301"):
        store.load(io.BytesIO(data), "ntriples", graph=A, source="big.nt")
    assert store.size() == 0 and store.version == 0
    assert store.path and not list(store.path.glob("commit*"))


def test_large_graph_is_written_like_a_small_one(store: OxigraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oxigraph, "LARGE", 100)
    data = "\n".join([*triples(50), "_:x <http://e/p> _:x ."]).encode()
    delta = store.replace_graph(A, data)
    assert len(delta.added) == len(list(delta.added)) == 51 and not delta.removed
    assert {quad[3] for quad in delta.added} == {A}
    assert merged(store) and store.contains("_:x", "<http://e/p>", "_:x", A)
    assert not store.replace_graph(A, data)
