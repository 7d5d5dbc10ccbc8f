"""Processes that answer beside the server: nobody can tell who answered, nobody is told what was before."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from kg.graph.store import open_store
from server.limits import Limits
from server.readers.board import Board
from server.readers.passing import Passed, hand, take
from tests.server.conftest import BASE, TOKEN, filled, wait_until
from tests.server.running import Running, kg_serve
from tests.server.test_connection import LITTLE, LOOK_UP, PERSON, Wire, get

WRITER = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
NICKNAMES = f"SELECT ?o {{ <{PERSON}> kg:nickname ?o }}"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with two readers."""
    folder = tmp_path_factory.mktemp("readers")
    with serving(folder) as server:
        yield server


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Running]:
    """Runs a server over the small graph."""
    with open_store(folder / "store") as store:
        filled(store)
    with kg_serve(folder / "store", folder / "log", **{"KG_READERS": "2", **environment}) as server:
        yield server


def metric(server: Running, name: str) -> int:
    """The number that a line of the metrics gives."""
    found = re.search(rf"^{re.escape(name)} (\d+)", httpx.get(f"{server.url}/metrics").text, re.MULTILINE)
    return int(found[1]) if found else 0


@contextmanager
def passed_on(server: Running, number: int = 6) -> Iterator[list[Wire]]:
    """Connections of which most were passed on to readers."""
    with ExitStack() as stack:
        wires = [stack.enter_context(Wire(server.url)) for _ in range(number)]
        fresh = iter(range(10**6))

        def some_are_passed_on() -> bool:
            for wire in wires * 20:
                wire.send(get(f"{LOOK_UP} #{next(fresh)}{time.monotonic_ns()}"))
                assert wire.answer()[0] == 200
            return metric(server, "kg_readers_connections") >= number // 2

        wait_until(some_are_passed_on)
        yield wires


def undated(answer: tuple[int, dict[str, str], bytes]) -> tuple[int, dict[str, str], bytes]:
    """An answer without the time it was given."""
    status, headers, body = answer
    return status, {name: value for name, value in headers.items() if name != "date"}, body


@pytest.mark.parametrize("query", [LOOK_UP, LITTLE, f"DESCRIBE <{PERSON}>", "SELECT nonsense", "ASK { ?s ?p ?o }"])
@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/n-triples", "text/csv"])
def test_readers_answer_as_the_server_does(running: Running, query: str, accept: str) -> None:
    request = get(query).replace(b"application/sparql-results+json", accept.encode())
    with Wire(running.url) as wire:
        wire.send(request)
        expected = undated(wire.answer())
    with passed_on(running) as wires:
        for wire in wires * 2:
            wire.send(request)
            status, headers, body = undated(wire.answer())
            assert (status, sorted(body.splitlines())) == (expected[0], sorted(expected[2].splitlines()))
            assert headers == expected[1]


def test_what_a_reader_does_not_know_is_answered_on_the_same_connection(running: Running) -> None:
    others = [
        b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
        get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        b"HEAD /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\n\r\nASK {}",
        get(LOOK_UP) + get("ASK {}") + get(LOOK_UP),
    ]
    for request in others:
        with passed_on(running) as wires:
            for wire in wires:
                wire.send(request[:10])
                time.sleep(0.002)
                wire.send(request[10:])
                for _ in range(request.count(b"HTTP/1.1")):
                    if not request.startswith(b"HEAD"):
                        assert wire.answer()[0] == 200
                if not request.startswith(b"HEAD"):
                    wire.send(get(LOOK_UP))
                    assert wire.answer()[0] == 200


def test_a_connection_may_go_to_and_fro_for_ever(running: Running) -> None:
    with passed_on(running) as wires:
        for turn in range(8):
            for wire in wires:
                wire.send(get(f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} #{turn}"))
                assert b'"n"' in wire.answer()[2]
            for wire in wires * 100:
                wire.send(get(f"{LOOK_UP} #{time.monotonic_ns()}"))
                assert wire.answer()[0] == 200


def test_every_answer_after_a_write_knows_it(running: Running) -> None:
    with passed_on(running, 4) as wires, httpx.Client(base_url=running.url, headers=WRITER) as writer:
        before: dict[int, int] = {}
        for turn in range(60):
            name = f"{turn}-{time.monotonic_ns()}"
            text = f"INSERT DATA {{ GRAPH <{BASE}graph/more> {{ <{PERSON}> kg:nickname '{name}' }} }}"
            assert writer.post("/update", content=text).status_code == 204
            for number, wire in enumerate(wires):
                wire.send(get(NICKNAMES))
                body = wire.answer()[2].decode()
                assert name in body
                count = len(json.loads(body)["results"]["bindings"])
                assert count > before.get(number, 0)
                before[number] = count
            for wire in wires * 8:
                wire.send(get(f"{NICKNAMES} #{time.monotonic_ns()}"))
                assert name in wire.answer()[2].decode()
        assert writer.post("/update", content=f"DROP GRAPH <{BASE}graph/more>").status_code == 204
        for wire in wires:
            wire.send(get(NICKNAMES))
            assert json.loads(wire.answer()[2])["results"]["bindings"] == []


def test_a_write_that_cannot_be_followed_costs_no_connection(tmp_path: Path) -> None:
    lines = "".join(f"<{BASE}id/x/{i}> <{BASE}p> <{BASE}id/x/{i + 1}> .\n" for i in range(120_000))
    with serving(tmp_path) as server, passed_on(server) as wires:
        done = threading.Event()
        failures: list[object] = []

        def ask(wire: Wire) -> None:
            while not done.is_set():
                wire.send(get(f"{LOOK_UP} #{time.monotonic_ns()}"))
                status = wire.answer()[0]
                if status != 200:
                    failures.append(status)

        threads = [threading.Thread(target=ask, args=(wire,)) for wire in wires]
        for thread in threads:
            thread.start()
        types = {**WRITER, "Content-Type": "application/n-triples"}
        answer = httpx.put(
            f"{server.url}/store", params={"graph": f"{BASE}g"}, content=lines, headers=types, timeout=120
        )
        done.set()
        for thread in threads:
            thread.join()
        assert answer.status_code in (200, 201, 204)
        assert not failures
        for wire in wires:
            wire.send(get(f"SELECT ?o {{ <{BASE}id/x/77> ?p ?o }}"))
            assert b"/id/x/78" in wire.answer()[2]


def test_a_reader_that_dies_is_replaced(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        with passed_on(server):
            for reader in readers_of(server):
                os.kill(reader, signal.SIGKILL)
        with passed_on(server) as wires:
            for wire in wires:
                wire.send(get(LOOK_UP))
                assert wire.answer()[0] == 200
        assert metric(server, "kg_readers") == 2


def readers_of(server: Running) -> list[int]:
    """The processes that have an event loop of their own: nobody else below the server waits by epoll."""
    below = [server.process.pid]
    for parent in below:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        below += [int(child) for child in children.read_text().split()] if children.exists() else []
    found = []
    for process in below[1:]:
        if any("eventpoll" in os.readlink(link) for link in Path(f"/proc/{process}/fd").iterdir()):
            found.append(process)
    return found


def test_a_server_with_passed_connections_ends(tmp_path: Path) -> None:
    with serving(tmp_path) as server, passed_on(server) as wires:
        assert server.stop() == 0
        for wire in wires:
            assert wire.is_closed()


def test_what_readers_answer_is_counted_and_logged(tmp_path: Path) -> None:
    with serving(tmp_path, KG_ACCESS_LOG=str(tmp_path / "access")) as server:
        with passed_on(server) as wires:
            for wire in wires * 5:
                wire.send(get(f"{LOOK_UP} #{time.monotonic_ns()}"))
                wire.answer()
        counted = metric(server, 'kg_http_requests_total{lane="sparql",method="GET",status="200"}')
        lines = [json.loads(line) for line in (tmp_path / "access").read_text().splitlines()]
    asked = [line for line in lines if line["path"] == "/sparql"]
    assert counted == len(asked)
    assert {line["client"] for line in asked} == {"127.0.0.1"}
    assert counted % 6 == 30 % 6


def test_an_idle_connection_comes_back_and_is_still_answered(tmp_path: Path) -> None:
    with serving(tmp_path) as server, passed_on(server) as wires:
        wait_until(lambda: metric(server, "kg_readers_connections") == 0)
        for wire in wires:
            wire.send(get(LOOK_UP))
            assert wire.answer()[0] == 200


def test_answers_that_nobody_takes_do_not_hold_up_others(running: Running) -> None:
    with passed_on(running) as wires:
        asked = b"".join(get(f"{LOOK_UP} #{number}") for number in range(3000))
        sender = threading.Thread(target=wires[0].send, args=(asked,))
        sender.start()
        for wire in wires[1:]:
            wire.send(get(LOOK_UP))
            assert wire.answer()[0] == 200
        for _ in range(3000):
            assert wires[0].answer()[0] == 200
        sender.join()


def test_there_are_no_readers_where_a_rate_is_counted() -> None:
    assert Limits(rate=5.0, readers=3).most_readers == 0
    assert Limits(readers=3).most_readers == 3
    assert 0 <= Limits().most_readers <= 3


def test_a_connection_is_passed_with_what_was_read_of_it() -> None:
    ours, theirs = socket.socketpair()
    here, there = socket.socketpair()
    with ours, theirs, here, there:
        passed = Passed(b"x" * 100_000, 16, "Host: é\r\n\r\n", {"HTTP_HOST": "é"})
        sender = threading.Thread(target=hand, args=(ours, here.fileno(), passed), kwargs={"wait": True})
        sender.start()
        wait_until(lambda: theirs.recv(1, socket.MSG_PEEK))
        connection, received = take(theirs)
        sender.join()
        with connection:
            assert received == passed
            connection.setblocking(True)
            connection.sendall(b"hello")
            assert there.recv(5) == b"hello"
        with pytest.raises(BlockingIOError):
            take(theirs)
        ours.close()
        with pytest.raises(EOFError):
            take(theirs)


def test_both_sides_see_the_same_board() -> None:
    ours = Board()
    theirs = Board(ours.fileno())
    ours.sent()
    ours.wanted = 7
    theirs.count(200, 100, 0.5, (0.1, 1.0))
    theirs.count(304, 0, 2.0, (0.1, 1.0))
    theirs.ended += 2
    assert theirs.wanted == 7
    assert ours.ended == 2
    assert ours.counted((0.1, 1.0)) == ({200: 1, 304: 1}, 100, 2.5, [0, 1, 1])


def test_a_query_in_the_url_is_the_same_for_readers(running: Running) -> None:
    text = f"SELECT ?o {{ <{PERSON}> rdfs:label ?o }} # é + % &amp; {quote('ü')}"
    with passed_on(running) as wires:
        bodies = set()
        for wire in wires * 3:
            wire.send(get(text))
            bodies.add(wire.answer()[2])
    assert len(bodies) == 1
