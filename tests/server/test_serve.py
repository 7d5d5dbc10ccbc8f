"""``kg serve``: starting, stopping, dying, and what is left on disk."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kg.config import data_dir
from kg.graph.reason.adapter import NativeReasoner
from kg.graph.store import open_store
from kg.graph.terms import Minter
from tests.server.conftest import TOKEN, wait_until
from tests.server.running import Running, kg_serve

AUTH = {"Authorization": f"Bearer {TOKEN}"}
MINTER = Minter("http://localhost:8000/")
ALL = "SELECT ?n { ?s <urn:n> ?n }"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A new store on disk, with one graph."""
    with open_store(tmp_path / "store") as store:
        store.replace_graph("<urn:x:old>", '<urn:s> <urn:p> "kept" .')
    return tmp_path


def insert(running: Running, number: int) -> None:
    update = f"INSERT DATA {{ GRAPH <urn:x:g> {{ <urn:s> <urn:n> {number} }} }}"
    httpx.post(f"{running.url}/update", data={"update": update}, headers=AUTH).raise_for_status()


def numbers(running: Running) -> set[int]:
    answer = httpx.get(f"{running.url}/sparql", params={"query": ALL}).json()
    return {int(row["n"]["value"]) for row in answer["results"]["bindings"]}


def test_it_serves_a_store_and_stops_when_asked(place: Path) -> None:
    with kg_serve(place / "store", place / "log") as running:
        insert(running, 1)
        assert numbers(running) == {1}
        assert running.stop() == 0
    with open_store(place / "store", read_only=True) as store:
        assert store.size() == 2


def test_what_was_acknowledged_survives_a_kill(place: Path) -> None:
    acknowledged: set[int] = set()
    for number in range(4):
        with kg_serve(place / "store", place / "log") as running:
            assert numbers(running) == acknowledged
            insert(running, number)
            acknowledged.add(number)
            running.kill()
    with open_store(place / "store", read_only=True) as store:
        assert store.size() == 1 + len(acknowledged)


def test_what_rules_count_follows_updates_after_a_while(place: Path) -> None:
    with open_store(place / "store") as store:
        store.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
        NativeReasoner().infer(store, MINTER)
    with kg_serve(place / "store", place / "log") as running:
        vote = "<urn:vote> kg:voter <http://localhost:8000/id/state/norland>, <http://localhost:8000/id/state/sudria>"
        update = {"update": f"INSERT DATA {{ GRAPH <urn:x:vote> {{ {vote} }} }}"}
        httpx.post(f"{running.url}/update", data=update, headers=AUTH).raise_for_status()
        counted = {"query": f"ASK {{ GRAPH {MINTER.graph('rules')} {{ ?alignment kg:grounds 1 }} }}"}
        wait_until(lambda: httpx.get(f"{running.url}/sparql", params=counted).json()["boolean"], 60)
        assert running.stop() == 0


def test_without_a_token_it_only_reads(place: Path) -> None:
    with kg_serve(place / "store", place / "log", KG_TOKEN="") as running:
        answer = httpx.post(f"{running.url}/update", data={"update": "CLEAR ALL"}, headers=AUTH)
        assert answer.status_code == 403
        assert numbers(running) == set()


def test_a_large_answer_arrives_whole_and_packed(place: Path) -> None:
    lines = "\n".join(f'<urn:s{i}> <urn:p> "{"x" * 200}" .' for i in range(60_000))
    with open_store(place / "store") as store:
        store.replace_graph("<urn:x:large>", lines)
    with kg_serve(place / "store", place / "log") as running:
        for coding in ("identity", "gzip"):
            query = {"query": "SELECT ?s ?o { ?s <urn:p> ?o }", "format": "csv"}
            answer = httpx.get(f"{running.url}/sparql", params=query, headers={"Accept-Encoding": coding}, timeout=60)
            assert answer.text.count("\n") == 60_002
        export = httpx.get(f"{running.url}/export.nt", timeout=60)
        assert export.text.count("\n") == 60_001


STRANGE = ["/%00", "/id/%ff%fe", "/data/a%0d%0ab.ttl", "/sparql?query=%ff", "/page/../../etc/passwd"]


@pytest.mark.parametrize("path", STRANGE)
def test_strange_paths_are_answered_not_failed(place: Path, path: str) -> None:
    with kg_serve(place / "store", place / "log") as running:
        port = int(running.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            head = connection.makefile("rb").readline()
        assert head.split()[1] in (b"303", b"400", b"404")


def test_a_taken_port_is_one_line_and_status_2(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [
            sys.executable,
            "-c",
            "from kg.cli import main; main()",
            "serve",
            "-s",
            str(place / "store"),
            "-p",
            port,
        ]
        done = subprocess.run([*command, "-h", "127.0.0.1"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "cannot listen" in done.stderr


def test_the_access_log_is_json_that_nobody_can_forge(place: Path) -> None:
    with kg_serve(place / "store", place / "log", KG_ACCESS_LOG=str(place / "access")) as running:
        httpx.get(f"{running.url}/id/a%0A%22forged%22")
        running.stop()
    lines = (place / "access").read_text().splitlines()
    assert all(line.startswith('{"time": "') for line in lines)
    assert any("forged" in line for line in lines)


def test_asked_to_stop_it_first_answers_what_is_under_way(place: Path) -> None:
    with open_store(place / "store") as store:
        store.replace_graph("<urn:x:many>", [f'<urn:s{i}> <urn:p> "{i}" .' for i in range(1200)])
    slow = "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?b . ?c <urn:p> ?d FILTER(?b != ?d && STRLEN(CONCAT(?b, ?d)) > 1) }"
    answers: list[httpx.Response] = []

    def ask(url: str) -> None:
        answers.append(httpx.get(f"{url}/sparql", params={"query": slow}, timeout=60))

    with kg_serve(place / "store", place / "log") as running:
        asking = threading.Thread(target=ask, args=(running.url,))
        asking.start()
        wait_until(lambda: httpx.get(f"{running.url}/queries", headers=AUTH).json()["queries"])
        assert running.stop() == 0
        asking.join()
    assert [answer.status_code for answer in answers] == [200]


def test_backup_and_restore_while_it_serves(place: Path) -> None:
    acknowledged = 0
    done = threading.Event()

    def write(running: Running) -> None:
        nonlocal acknowledged
        while not done.is_set():
            insert(running, acknowledged)
            acknowledged += 1

    with kg_serve(place / "store", place / "log") as running:
        writer = threading.Thread(target=write, args=(running,))
        writer.start()
        wait_until(lambda: acknowledged > 20)
        before = acknowledged
        kg("backup", str(place / "copy"), "-s", str(place / "store"))
        done.set()
        writer.join()
        assert numbers(running) == set(range(acknowledged))
    kg("restore", str(place / "copy"), "-s", str(place / "restored"))
    with kg_serve(place / "restored", place / "log") as running:
        kept = numbers(running)
    assert kept == set(range(len(kept))), "no gap"
    assert before <= len(kept) <= acknowledged


def kg(*arguments: str) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_it_answers_others_while_slow_queries_wait_for_a_worker(place: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12)) + " }"
    with kg_serve(place / "store", place / "log") as running:
        for number in range(6):
            insert(running, number)

        def ask(number: int) -> int:
            query = f"{slow} # {number}"
            parameters = {"query": query, "timeout": "10"}
            return httpx.get(f"{running.url}/sparql", params=parameters, timeout=120).status_code

        with ThreadPoolExecutor(12) as people:
            answers = [people.submit(ask, number) for number in range(12)]
            wait_until(lambda: len(httpx.get(f"{running.url}/queries", headers=AUTH).json()["queries"]) > 0)
            assert httpx.get(f"{running.url}/health", timeout=120).status_code == 200
            assert not any(answer.done() for answer in answers)
            assert {answer.result() for answer in answers} == {503}
