"""Queries in worker processes: deadlines that stop them, bounds, cancellation, and workers that follow every write."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.config import Settings
from kg.graph.store import open_store
from server import Limits
from tests.server.conftest import BASE, TOKEN, Served, filled, serve, wait_until

AUTH = {"Authorization": f"Bearer {TOKEN}"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u }"
HUNGRY = (
    "SELECT DISTINCT ?a ?c ?d ?f ?g ?i ?j ?l ?m ?o { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?o"
)
LIMITS = Limits(
    workers=2, timeout=20, max_timeout=20, max_rows=500, max_result=2**20, max_memory=256 * 2**20, waiting=2
)


@pytest.fixture(scope="module")
def bounded() -> Iterator[Served]:
    """The small graph behind two workers with tight bounds."""
    with open_store(None) as store:
        filled(store)
        lines = "\n".join(f'<urn:s{i}> <urn:p> "{i:050}" .' for i in range(400))
        store.replace_graph("<urn:x:many>", lines)
        yield from serve(store, Settings(base=BASE, token=TOKEN), LIMITS, ready=True)


def ask(served: Served, query: str, **parameters: str) -> httpx.Response:
    return served.client.get("/sparql", params={"query": query, **parameters})


def running(served: Served) -> list[dict[str, object]]:
    found: list[dict[str, object]] = served.client.get("/queries", headers=AUTH).json()["queries"]
    return found


def worker_pids() -> set[int]:
    """The processes that this one started, and those that these started."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    children = {pid for pid, parent in parents.items() if parent == os.getpid()}
    return children | {pid for pid, parent in parents.items() if parent in children}


def test_workers_answer_as_the_server_itself_does(bounded: Served) -> None:
    query = "SELECT ?s ?o { ?s <urn:p> ?o } ORDER BY ?o"
    expected = bounded.store.query(query).serialize("csv")
    assert ask(bounded, query, format="csv").content == expected


def test_a_syntax_error_comes_back_from_a_worker(bounded: Served) -> None:
    answer = ask(bounded, "SELECT * {\n?s ?p }")
    assert answer.status_code == 400
    assert "line 2" in answer.json()["detail"]


def test_a_deadline_stops_the_work(bounded: Served) -> None:
    before = worker_pids()
    answer = ask(bounded, ENDLESS, timeout="0.5")
    assert answer.status_code == 503
    assert "0.5 s" in answer.json()["detail"]
    assert "Retry-After" in answer.headers
    assert running(bounded) == []
    wait_until(lambda: len(worker_pids() & before) == len(before) - 1)
    assert ask(bounded, "SELECT * { ?s a ?c } LIMIT 1").status_code == 200


def test_a_query_may_not_ask_for_more_than_the_maximum(bounded: Served) -> None:
    assert ask(bounded, "ASK {}", timeout="nonsense").status_code == 400
    assert ask(bounded, "ASK {}", timeout="-1").status_code == 400
    assert ask(bounded, "ASK {}", timeout="100000").status_code == 200


def test_too_many_rows_are_an_error_not_a_part(bounded: Served) -> None:
    answer = ask(bounded, "SELECT * { ?a <urn:p> ?b . ?c <urn:p> ?d }")
    assert answer.status_code == 503
    assert "500 rows" in answer.json()["detail"]


def test_too_much_memory_ends_the_query_alone(bounded: Served) -> None:
    answer = ask(bounded, HUNGRY)
    assert answer.status_code == 503
    assert "memory" in answer.json()["detail"]
    assert ask(bounded, "SELECT * { ?s a ?c } LIMIT 1").status_code == 200


def test_operators_see_and_cancel_a_running_query(bounded: Served) -> None:
    answers: list[httpx.Response] = []

    def endless() -> None:
        answers.append(httpx.get(f"{bounded.url}/sparql", params={"query": ENDLESS}, timeout=30))

    thread = threading.Thread(target=endless)
    thread.start()
    wait_until(lambda: running(bounded))
    (found,) = running(bounded)
    assert found["query"] == ENDLESS
    assert bounded.client.get("/queries").status_code == 401
    assert bounded.client.delete(f"/queries/{found['id']}").status_code == 401
    assert bounded.client.delete(f"/queries/{found['id']}", headers=AUTH).status_code == 204
    thread.join()
    assert "cancelled" in answers[0].json()["detail"]
    assert bounded.client.delete(f"/queries/{found['id']}", headers=AUTH).status_code == 404


def test_a_visitor_cancels_his_own_query_by_the_name_he_gave_it(bounded: Served) -> None:
    answers: list[httpx.Response] = []
    name = "b1946ac92492d2347c6235b4d2611184"

    def endless() -> None:
        headers = {"X-Query-Id": name}
        answers.append(httpx.get(f"{bounded.url}/sparql", params={"query": ENDLESS}, headers=headers, timeout=30))

    thread = threading.Thread(target=endless)
    thread.start()
    wait_until(lambda: running(bounded))
    assert [found["id"] for found in running(bounded)] == [name]
    assert bounded.client.delete(f"/queries/{name}").status_code == 204
    thread.join()
    assert "cancelled" in answers[0].json()["detail"]
    wait_until(lambda: running(bounded) == [])


def test_a_name_that_could_be_guessed_is_not_taken(bounded: Served) -> None:
    thread = threading.Thread(
        target=lambda: httpx.get(
            f"{bounded.url}/sparql",
            params={"query": ENDLESS, "timeout": "2"},
            headers={"X-Query-Id": "mine"},
            timeout=30,
        )
    )
    thread.start()
    wait_until(lambda: running(bounded))
    assert running(bounded)[0]["id"] != "mine"
    thread.join()


def test_more_than_may_wait_are_turned_away(bounded: Served) -> None:
    answers: list[int] = []

    def endless() -> None:
        query = {"query": ENDLESS, "timeout": "2"}
        answers.append(httpx.get(f"{bounded.url}/sparql", params=query, timeout=30).status_code)

    threads = [threading.Thread(target=endless) for _ in range(4)]
    for thread in threads:
        thread.start()
    wait_until(lambda: "kg_workers_waiting 2" in bounded.client.get("/metrics").text)
    refused = ask(bounded, "SELECT * { ?s a ?c } LIMIT 2")
    assert refused.status_code == 503
    assert "waiting already" in refused.json()["detail"]
    for thread in threads:
        thread.join()
    assert answers == [503] * 4


def test_a_client_that_leaves_frees_its_worker(bounded: Served) -> None:
    with pytest.raises(httpx.TimeoutException):
        httpx.get(f"{bounded.url}/sparql", params={"query": ENDLESS, "timeout": "1"}, timeout=0.3)
    wait_until(lambda: running(bounded) == [])


def test_every_worker_knows_each_write(bounded: Served) -> None:
    for i in range(5):
        update = f"""DELETE WHERE {{ GRAPH <urn:x:n> {{ ?s ?p ?o }} }} ;
            INSERT DATA {{ GRAPH <urn:x:n> {{ <urn:n> <urn:p> {i} }} }}"""
        assert bounded.client.post("/update", data={"update": update}, headers=AUTH).status_code == 204
        for attempt in range(4):
            query = f"SELECT ?o {{ ?s <urn:p> ?o FILTER(?s = <urn:n>) }} #{i}{attempt}"
            rows = ask(bounded, query).json()["results"]["bindings"]
            assert [row["o"]["value"] for row in rows] == [str(i)]


def test_blank_nodes_are_the_same_in_every_worker(bounded: Served) -> None:
    turtle = {**AUTH, "Content-Type": "text/turtle"}
    graph = {"graph": "urn:x:blank"}
    bounded.client.put("/store", params=graph, headers=turtle, content="[] <urn:q> 1 . [] <urn:q> 2 .")
    bounded.client.put("/store", params=graph, headers=turtle, content="[] <urn:q> 3 .")
    for attempt in range(4):
        rows = ask(bounded, f"SELECT ?o {{ ?s <urn:q> ?o }} #{attempt}").json()["results"]["bindings"]
        assert [row["o"]["value"] for row in rows] == ["3"]


def test_an_update_by_chance_is_the_same_everywhere(bounded: Served) -> None:
    update = "INSERT { GRAPH <urn:x:chance> { <urn:chance> <urn:p> ?u } } WHERE { BIND(STRUUID() AS ?u) }"
    assert bounded.client.post("/update", data={"update": update}, headers=AUTH).status_code == 204
    expected = bounded.store.rows("SELECT ?o { <urn:chance> <urn:p> ?o }")[0]["o"].strip('"')
    for attempt in range(4):
        query = f"SELECT ?o {{ ?s <urn:p> ?o FILTER(?s = <urn:chance>) }} #{attempt}"
        rows = ask(bounded, query).json()["results"]["bindings"]
        assert [row["o"]["value"] for row in rows] == [expected]


def test_a_killed_zygote_comes_back(bounded: Served) -> None:
    for pid in worker_pids():
        os.kill(pid, 9)
    wait_until(lambda: ask(bounded, "SELECT * { ?s a ?c } LIMIT 3").status_code == 200)
