"""How often a client may ask, how much it may send, and how refusals read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.config import Settings
from kg.errors import UsageError
from kg.graph.store import open_store
from server import Limits, create_app
from server.guard.rate import RateLimit
from server.limits import variable_of
from server.problems import HttpProblem
from tests.server.conftest import BASE


class Clock:
    """A clock that goes when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_again() -> None:
    clock = Clock()
    rate = RateLimit(2.0, 3, clock)
    for _ in range(3):
        rate.admit("a")
    with pytest.raises(HttpProblem) as refused:
        rate.admit("a")
    assert (refused.value.http_status, refused.value.headers) == (429, {"Retry-After": "1"})
    rate.admit("b")
    clock.now = 0.5
    rate.admit("a")
    with pytest.raises(HttpProblem):
        rate.admit("a")


def test_clients_are_forgotten_before_they_fill_the_memory() -> None:
    rate = RateLimit(1.0, 1, Clock())
    for number in range(10_050):
        rate.admit(str(number))
    assert len(rate._buckets) == 10_000


def test_a_server_with_a_rate_refuses_politely_but_tells_its_health() -> None:
    with open_store(None) as store:
        client = create_app(store, Settings(base=BASE), Limits(workers=0, rate=0.001, burst=2)).test_client()
        assert [client.get("/sparql?query=ASK{}").status_code for _ in range(3)] == [200, 200, 429]
        assert client.get("/").status_code == 429
        assert client.get("/health").status_code == 200


def test_long_queries_and_bodies_are_413() -> None:
    with open_store(None) as store:
        limits = Limits(workers=0, max_query=100, max_body=1000)
        client = create_app(store, Settings(base=BASE, token="t"), limits).test_client()
        assert client.get("/sparql", query_string={"query": "ASK {}" + " " * 200}).status_code == 413
        assert client.post("/sparql", data={"query": "ASK {}" + " " * 2000}).status_code == 413
        headers = {"Authorization": "Bearer t", "Content-Type": "text/turtle"}
        assert client.put("/store?graph=urn:x", headers=headers, data=b" " * 2000).status_code == 413


@pytest.mark.parametrize("path", ["/sparql?query=oops", "/nowhere", "/store?graph=relative"])
def test_errors_come_as_a_page_to_readers_and_as_problems_to_machines(path: str) -> None:
    with open_store(None) as store:
        client = create_app(store, Settings(base=BASE)).test_client()
        page = client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
        problem = client.get(path, headers={"Accept": "application/json"})
        assert page.content_type.startswith("text/html")
        assert problem.content_type == "application/problem+json"
        assert problem.json
        assert problem.json["status"] == problem.status_code


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TIMEOUT", "7.5")
    monkeypatch.setenv("KG_WORKERS", "3")
    monkeypatch.setenv("KG_CACHE", "0")
    limits = Limits.from_environment()
    assert (limits.timeout, limits.workers, limits.cache_bytes) == (7.5, 3, 0)
    monkeypatch.setenv("KG_TIMEOUT", "soon")
    with pytest.raises(UsageError, match="KG_TIMEOUT"):
        Limits.from_environment()


def test_every_bound_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text()
    missing = [name for name in Limits.__dataclass_fields__ if f"`{variable_of(name)}`" not in page]
    assert not missing


def test_a_page_that_takes_too_long_is_given_up() -> None:
    with open_store(None) as store:
        app = create_app(store, Settings(base=BASE), Limits(workers=0, timeout=0.3))

        @app.get("/slow")
        def slow() -> str:
            while True:
                time.sleep(0.01)

        answer = app.test_client().get("/slow")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert app.test_client().get("/health").status_code == 200


def test_a_page_in_time_is_never_broken_off_later() -> None:
    with open_store(None) as store:
        client = create_app(store, Settings(base=BASE), Limits(workers=0, timeout=0.2)).test_client()
        assert client.get("/health").status_code == 200
        time.sleep(0.6)
        assert client.get("/health").status_code == 200
