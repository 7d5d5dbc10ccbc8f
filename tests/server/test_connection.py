"""What a connection answers at once, and that nobody can tell it from what a thread answers."""

from __future__ import annotations

import re
import socket
import threading
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from kg.config import Settings
from kg.graph.store import open_store
from server import Limits, connection
from server.remembered import Memory
from tests.server.conftest import BASE, TOKEN, Served, filled, serve
from tests.server.running import kg_serve

PERSON = f"{BASE}id/person/mira-lindqvist"
LOOK_UP = f"SELECT ?p ?o {{ <{PERSON}> ?p ?o }}"
LITTLE = f"SELECT ?e ?l {{ ?e <https://w3id.org/communique/ontology#agent> <{PERSON}> . ?e rdfs:label ?l }}"
JSON = {"Accept": "application/sparql-results+json"}


UPDATE_HEAD = (
    f"POST /update HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n"
    "Content-Type: application/sparql-update\r\nContent-Length: 500\r\n\r\n"
).encode()


class Wire:
    """A kept connection on which bytes are sent as they are written here."""

    def __init__(self, url: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=20)
        self._held = b""

    def send(self, data: bytes) -> None:
        """Sends bytes."""
        self._socket.sendall(data)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the next answer."""
        while b"\r\n\r\n" not in self._held:
            self._more()
        head, _, self._held = self._held.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        size = int(headers.get("content-length", "0"))
        while len(self._held) < size:
            self._more()
        body, self._held = self._held[:size], self._held[size:]
        return int(first.split()[1]), headers, body

    def is_closed(self) -> bool:
        """Whether the server ends the connection."""
        return self._socket.recv(1) == b""

    def rest(self) -> bytes:
        """All that is sent until the server ends the connection."""
        while piece := self._socket.recv(2**16):
            self._held += piece
        return self._held

    def _more(self) -> None:
        piece = self._socket.recv(2**16)
        assert piece, "the server closed the connection"
        self._held += piece

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def get(query: str, *lines: str) -> bytes:
    """A GET of a query."""
    head = "".join(f"{line}\r\n" for line in ("Host: x", "Accept: application/sparql-results+json", *lines))
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\n{head}\r\n".encode()


QUERIES = [
    LOOK_UP,
    LITTLE,
    f"DESCRIBE <{PERSON}>",
    f"ASK {{ <{PERSON}> a ?t }}",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?s { ?s a kg:Meeting }",
    "SELECT nonsense",
    "SELECT * { <http://nowhere.example/x> ?p ?o }",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    "accept", ["application/sparql-results+json", "text/csv", "application/n-triples", "image/png"]
)
def test_the_second_and_the_third_answer_are_like_the_first(served: Served, query: str, accept: str) -> None:
    with Wire(served.url) as wire:
        answers = []
        for _ in range(3):
            wire.send(get(query).replace(b"application/sparql-results+json", accept.encode()))
            status, headers, body = wire.answer()
            answers.append((status, {n: v for n, v in headers.items() if n != "date"}, body))
    first, second, third = answers
    assert second == third
    assert (first[0], first[2]) == (second[0], second[2])
    assert first[1] == second[1]


def test_requests_sent_together_are_answered_in_turn(served: Served) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with Wire(served.url) as wire:
        wire.send(get(LOOK_UP))
        alone = wire.answer()[2]
        wire.send(get(LOOK_UP) + get(count) + get(LOOK_UP) + get("ASK {}") + get(LOOK_UP))
        bodies = [wire.answer()[2] for _ in range(5)]
    assert bodies[0] == bodies[2] == bodies[4] == alone
    assert b'"n"' in bodies[1]
    assert b"boolean" in bodies[3]


def test_a_look_up_sent_while_a_query_runs_waits_its_turn(served: Served) -> None:
    with Wire(served.url) as wire:
        wire.send(get(LOOK_UP))
        wire.answer()
        wire.send(get("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"))
        wire.send(get(LOOK_UP))
        assert b'"n"' in wire.answer()[2]
        assert b'"p"' in wire.answer()[2]


def test_a_request_in_pieces_is_one_request(served: Served) -> None:
    request = get(LOOK_UP)
    with Wire(served.url) as wire:
        for _ in range(2):
            for place in range(0, len(request), 17):
                wire.send(request[place : place + 17])
                time.sleep(0.001)
            assert wire.answer()[0] == 200
        wire.send(request)
        assert wire.answer()[0] == 200


def test_what_is_asked_again_follows_the_store(served: Served) -> None:
    query = f"SELECT ?o {{ <{PERSON}> kg:nickname ?o }}"
    with Wire(served.url) as wire:
        for expected in (0, 0):
            wire.send(get(query))
            assert wire.answer()[2].count(b'"o":') == expected
        served.store.update(f"INSERT DATA {{ GRAPH <{BASE}graph/more> {{ <{PERSON}> kg:nickname 'Mi' }} }}")
        for expected in (1, 1):
            wire.send(get(query))
            assert wire.answer()[2].count(b'"o":') == expected


def test_a_known_answer_is_not_sent_again_to_who_has_it(served: Served) -> None:
    with Wire(served.url) as wire:
        wire.send(get(LOOK_UP))
        tag = wire.answer()[1]["etag"]
        for _ in range(3):
            wire.send(get(LOOK_UP, f"If-None-Match: {tag}"))
            status, headers, body = wire.answer()
            assert (status, headers["etag"], body) == (304, tag, b"")


def test_answers_given_at_once_are_compressed_as_others_are(served: Served) -> None:
    query = " UNION ".join(["{ ?s ?p ?o }"] * 8)
    for asked in (f"SELECT * {{ {query} }}", LOOK_UP):
        plain = served.client.get("/sparql", params={"query": asked}, headers={"Accept-Encoding": "identity"}).content
        for _ in range(3):
            answer = served.client.get("/sparql", params={"query": asked}, headers={"Accept-Encoding": "gzip"})
            assert answer.content == plain
    assert served.client.get("/sparql", params={"query": f"SELECT * {{ {query} }}"}).headers["content-encoding"]


def test_answers_are_kept_for_one_version_and_within_bounds() -> None:
    memory = Memory(100)
    memory.keep(b"a", 1, 200, b"x" * 50)
    assert memory.answer(b"a", 1) == (200, b"x" * 50)
    assert memory.answer(b"a", 2) is None
    memory.keep(b"b", 1, 200, b"y" * 60)
    assert memory.answer(b"a", 1) is None
    assert memory.answer(b"b", 1) == (200, b"y" * 60)
    memory.keep(b"c", 1, 200, b"z" * 100)
    assert memory.answer(b"c", 1) is None
    memory.keep(b"d", 2, 200, b"")
    assert memory.answer(b"b", 2) is None


def test_a_connection_that_is_to_be_closed_is_closed(served: Served) -> None:
    for request in (get(LOOK_UP, "Connection: close"), get(LOOK_UP).replace(b"HTTP/1.1", b"HTTP/1.0")):
        for _ in range(2):
            with Wire(served.url) as wire:
                wire.send(request)
                assert wire.answer()[0] == 200
                assert wire.is_closed()


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("OPTIONS", 204), ("POST", 400), ("DELETE", 405)])
def test_other_methods_after_a_known_head_are_not_taken_for_get(served: Served, method: str, status: int) -> None:
    with Wire(served.url) as wire:
        wire.send(get(LOOK_UP))
        wire.answer()
        wire.send(get(LOOK_UP, "Connection: close").replace(b"GET", method.encode(), 1))
        answer = wire.rest()
    assert int(answer.split()[1]) == status
    assert answer.endswith(b"\r\n\r\n") == (status < 300)


def test_a_head_without_end_is_refused(served: Served) -> None:
    with Wire(served.url) as wire:
        wire.send(b"GET / HTTP/1.1\r\nHost: x\r\n")
        try:
            for number in range(400):
                wire.send(f"X-{number}: {'a' * 8000}\r\n".encode())
            status = wire.answer()[0]
        except (BrokenPipeError, ConnectionResetError):
            status = 431  # it was refused, and the rest of the head came after the answer
    assert status == 431
    assert served.client.get("/health").status_code == 200


def test_a_head_that_does_not_arrive_is_not_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SECONDS_FOR_HEAD", 0.2)
    with Wire(served.url) as wire:
        wire.send(b"GET / HTTP/1.1\r\nHost:")
        assert wire.is_closed()


def test_a_head_that_trickles_is_not_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SECONDS_FOR_HEAD", 0.5)
    with Wire(served.url) as wire, pytest.raises(OSError):
        for letter in "GET / HTTP/1.1" + 40 * "X":
            wire.send(letter.encode())
            time.sleep(0.05)


def test_a_body_that_does_not_arrive_is_not_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SECONDS_FOR_HEAD", 0.2)
    monkeypatch.setattr(connection, "_SECONDS_FOR_BODY", 0.4)
    with Wire(served.url) as wire:
        wire.send(UPDATE_HEAD)
        with pytest.raises((ConnectionResetError, AssertionError)):
            wire.answer()


def test_an_update_that_breaks_off_is_not_carried_out(served: Served) -> None:
    before = served.store.size()
    with Wire(served.url) as wire:
        wire.send(UPDATE_HEAD + b"INSERT DATA { GRAPH <urn:x:g> { <urn:x:a> <urn:x:b> 1 } } ;")
        time.sleep(0.3)
    time.sleep(0.5)
    assert served.store.size() == before


def test_a_client_that_takes_nothing_of_its_answer_is_let_go(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SECONDS_FOR_HEAD", 0.5)
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with Wire(served.url) as wire:
        wire.send(get(everything, "Accept-Encoding: identity"))
        time.sleep(4)
        with pytest.raises((ConnectionResetError, AssertionError)):
            wire.answer()


def test_a_client_that_asks_too_often_is_refused_what_it_was_given_before() -> None:
    with open_store(None) as store:
        for served in serve(filled(store), Settings(base=BASE, token=TOKEN), Limits(workers=0, rate=1, burst=5)):
            with Wire(served.url) as wire:
                seen = []
                for _ in range(8):
                    wire.send(get(LOOK_UP))
                    seen.append(wire.answer()[0])
    assert seen == [200] * 5 + [429] * 3


def test_answers_given_at_once_are_counted_and_logged(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        filled(store)
    with kg_serve(tmp_path / "store", tmp_path / "log", KG_ACCESS_LOG=str(tmp_path / "access")) as running:
        with Wire(running.url) as wire:
            for _ in range(20):
                wire.send(get(LOOK_UP))
                wire.answer()
        metrics = httpx.get(f"{running.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    found = re.search(r'kg_http_requests_total\{lane="sparql",method="GET",status="200"\} (\d+)', metrics)
    assert found and found[1] == "20"
    assert (tmp_path / "access").read_text().count('"path": "/sparql"') == 20


def test_a_query_under_way_is_answered_before_the_server_ends(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        filled(store)
    with kg_serve(tmp_path / "store", tmp_path / "log") as running:
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        statuses: list[int] = []

        def ask() -> None:
            statuses.append(httpx.get(f"{running.url}/sparql", params={"query": slow}, timeout=60).status_code)

        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.3)
        assert running.stop() == 0
        thread.join()
    assert statuses == [200]


def test_a_client_that_goes_away_within_an_answer_leaves_nothing_behind(served: Served) -> None:
    everything = "CONSTRUCT { ?a ?b ?c . ?d ?e ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    for _ in range(10):
        with Wire(served.url) as wire:
            wire.send(get(everything, "Accept-Encoding: identity"))
    assert served.client.get("/health").status_code == 200
