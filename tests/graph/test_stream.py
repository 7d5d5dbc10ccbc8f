"""What is written while it is told, and read while it is written."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from kg.errors import LimitError, StoreError
from kg.graph.store import Delta, OxigraphStore, Tell, dumped, open_store, stream
from kg.graph.store.bulk import quad_lines
from kg.graph.store.parse import ENGINE_FORMATS

G, OTHER = "<http://example.org/graphs/told>", "<http://example.org/graphs/other>"
KEPT = '<http://example.org/kept> <http://example.org/p> "kept"'
MANY = [
    f'<http://example.org/s{n}> <http://example.org/p> "number {n}, a line of some length"@en'.encode()
    for n in range(20_000)
]
"""More text than a pipe holds."""


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> OxigraphStore:
    opened = open_store(tmp_path / "store" if request.param == "disk" else None)
    opened.replace_graph(OTHER, [f"{KEPT} ."])
    return opened


def contents(store: OxigraphStore) -> set[bytes]:
    return {f"{s} {p} {o}".encode() for s, p, o, _ in store.quads(graph=G)}


def test_what_is_told_in_pieces_is_in_the_graph_and_in_the_merge(store: OxigraphStore) -> None:
    heard: list[Delta | None] = []
    store.subscribe(heard.append)

    def produce(tell: Tell) -> str:
        for begin in range(0, len(MANY), 700):
            tell(MANY[begin : begin + 700])
        return "all"

    assert store.extend_as_told(G, produce) == "all"
    assert contents(store) == set(MANY) and heard == [None]
    assert store.size() == len(MANY) + 1 == len(set(store.triples()))


@pytest.mark.parametrize("told", [0, 1, 300, len(MANY)])
def test_nothing_is_written_where_telling_ends_in_an_error(store: OxigraphStore, told: int) -> None:
    before, heard = sorted(store.quads()), list[Delta | None]()
    store.subscribe(heard.append)

    def produce(tell: Tell) -> None:
        tell(MANY[:told])
        raise LimitError("too much follows")

    with pytest.raises(LimitError, match="too much"):
        store.extend_as_told(G, produce)
    assert sorted(store.quads()) == before and set(store.triples()) == {quad[:3] for quad in before}
    assert G not in store.graphs() and not heard
    store.extend(G, MANY[:500])
    assert contents(store) == set(MANY[:500]) and store.size() == 501


def test_a_feed_that_is_broken_off_anywhere_is_refused() -> None:
    told = [
        b'<http://e/s> <http://e/p> "a \\"b\\""@en',
        b'<http://e/s> <http://e/p> "1"^^<http://e/d>',
        b"<http://e/s> <http://e/p> <http://e/o>",
    ]
    text, _ = quad_lines(G, told, True)
    for length in range(len(text) + 1):
        with open_store(None) as store:
            with pytest.raises(SyntaxError):
                store.engine.load(text[:length] + stream._JUNK, ENGINE_FORMATS["nquads"], lenient=True)
            assert len(store.engine) == 0


def test_blank_nodes_keep_their_labels(store: OxigraphStore) -> None:
    statements = [b"_:here <http://example.org/p> _:there", *MANY[:3]]
    store.extend_as_told(G, lambda tell: tell(statements))
    assert contents(store) == set(statements) and store.size() == 5


def test_what_is_no_statement_writes_nothing_and_leaves_the_store_in_use(store: OxigraphStore) -> None:
    with pytest.raises(SyntaxError):
        store.extend_as_told(G, lambda tell: tell([*MANY, b"this is no statement", *MANY]))
    assert G not in store.graphs()
    store.extend(G, MANY[:2])
    assert contents(store) == set(MANY[:2])


def test_an_engine_that_cannot_write_stops_whoever_tells() -> None:
    class Full:
        def load(self, *, path: str, **_: object) -> None:
            with open(path, "rb") as told:
                told.read(100)
            raise OSError(28, "No space left on device")

    def produce(tell: Tell) -> None:
        for _ in range(3):
            tell(MANY)

    descriptors = len(os.listdir("/dev/fd"))
    with pytest.raises(StoreError, match="No space left"):
        stream.add_as_told(Full(), G, produce, True, None)  # type: ignore[arg-type]
    assert len(os.listdir("/dev/fd")) == descriptors


def test_without_pipes_that_can_be_named_it_is_written_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "opens_by_name", lambda: False)
    with open_store(None) as store:
        store.extend_as_told(G, lambda tell: tell(MANY[:20]))
        assert contents(store) == set(MANY[:20])


def plainly(store: OxigraphStore, graph: str | None) -> bytes:
    out = io.BytesIO()
    store.dump(out, "ntriples", graph=graph)
    return out.getvalue()


def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumped, "two_processors", lambda: False)


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumped, "_PIECE", 64)
    monkeypatch.setattr(dumped, "_FEW", 16)


@pytest.mark.parametrize("how", [lambda _: None, alone, small])
def test_pieces_of_a_dump_are_whole_lines_and_together_the_dump(
    store: OxigraphStore, how: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    how(monkeypatch)
    store.extend(G, [*MANY[:3000], b'<http://example.org/s> <http://example.org/p> "%s"' % (b"long " * 90_000)])
    for graph in (None, G, OTHER, "<http://example.org/graphs/none>"):
        pieces = list(store.dumped(graph))
        assert b"".join(pieces) == plainly(store, graph)
        assert all(piece.endswith(b" .\n") for piece in pieces if piece)


def test_a_dump_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def dump(self, output: str, *_: object, **__: object) -> None:
            Path(output).write_bytes(b"<http://e/s> <http://e/p> <http://e/o> .\n")
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        list(dumped.dumped(Broken(), None))  # type: ignore[arg-type]


def test_a_dump_that_is_not_read_to_its_end_leaves_nothing_open() -> None:
    with open_store(None) as store:
        store.extend(G, MANY)
        descriptors = len(os.listdir("/dev/fd"))
        pieces = store.dumped(G)
        next(pieces)
        assert isinstance(pieces, Generator)
        pieces.close()
        assert len(os.listdir("/dev/fd")) == descriptors
