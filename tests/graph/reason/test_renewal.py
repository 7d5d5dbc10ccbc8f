"""The graph of the rules follows writes, a while after them and beside them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from kg.config import data_dir
from kg.graph.reason import renewal
from kg.graph.reason.keeping import Keeper
from kg.graph.reason.renewal import Renewal
from kg.graph.store import OxigraphStore, Store, open_store
from kg.graph.terms import Minter, kg

MINTER = Minter("http://localhost:8000/")
ID = "http://localhost:8000/id/"
VOTE = f"<{ID}vote> a kg:Vote ; kg:voter <{ID}norland>, <{ID}sudria>"


def until(found: Callable[[], bool]) -> bool:
    """Whether it comes true in half a minute."""
    ended = time.monotonic() + 30
    while not found() and time.monotonic() < ended:
        time.sleep(0.01)
    return found()


@pytest.fixture
def store() -> Iterator[OxigraphStore]:
    with open_store(None) as opened:
        opened.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
        Keeper(opened, MINTER).infer(opened, MINTER)
        yield opened


@pytest.fixture
def started(store: OxigraphStore) -> Iterator[Renewal]:
    made = Renewal(store, MINTER, patience=0.01)
    made.start()
    yield made
    made.close()


def grounds(store: OxigraphStore) -> set[str]:
    return {obj.split('"')[1] for _, _, obj, _ in store.quads(predicate=kg("grounds"))}


@pytest.mark.usefixtures("started")
def test_what_rules_make_follows_updates(store: OxigraphStore) -> None:
    store.update(f"INSERT DATA {{ GRAPH <urn:x:one> {{ {VOTE} }} }}")
    assert until(lambda: grounds(store) == {"1"})
    again = VOTE.replace("/vote", "/vote-again")
    store.update(f"INSERT DATA {{ GRAPH <urn:x:two> {{ {again} }} }} ; CLEAR SILENT GRAPH <urn:x:none>")
    assert until(lambda: grounds(store) == {"2"})
    store.update("DROP GRAPH <urn:x:one> ; DROP GRAPH <urn:x:two>")
    assert until(lambda: not grounds(store))


@pytest.mark.usefixtures("started")
def test_what_is_streamed_into_the_store_is_followed_too(store: OxigraphStore) -> None:
    about = f"{kg('voter')} <{ID}norland>", f"{kg('voter')} <{ID}sudria>"
    store.extend("<urn:x:many>", [f"<{ID}vote> {said}".encode() for said in about])
    assert until(lambda: grounds(store) == {"1"})


def test_commits_that_no_rule_reads_renew_nothing(store: OxigraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Store] = []
    monkeypatch.setattr(renewal, "apply_rules", lambda on, *_: ran.append(on))
    made = Renewal(store, MINTER, patience=0)
    made.start()
    store.update(f"INSERT DATA {{ GRAPH <urn:x:one> {{ <{ID}norland> rdfs:label 'Norland' }} }}")
    store.update(f"INSERT DATA {{ GRAPH {MINTER.graph('rules')} {{ {VOTE} }} }}")
    time.sleep(0.2)
    assert ran == []
    store.update(f"INSERT DATA {{ GRAPH <urn:x:one> {{ {VOTE} }} }}")
    assert until(lambda: ran == [store])
    made.close()


def test_nothing_is_renewed_where_that_is_not_wanted_or_after_the_end(store: OxigraphStore) -> None:
    idle = Renewal(store, MINTER, wanted=lambda: False, patience=0)
    ended = Renewal(store, MINTER, patience=0)
    for made in (idle, ended):
        made.start()
    ended.close()
    store.update(f"INSERT DATA {{ GRAPH <urn:x:one> {{ {VOTE} }} }}")
    time.sleep(0.2)
    assert not grounds(store)
    idle.close()


def test_a_store_that_is_closed_meanwhile_ends_nothing_else(store: OxigraphStore) -> None:
    made = Renewal(store, MINTER, patience=0.05)
    made.start()
    store.update(f"INSERT DATA {{ GRAPH <urn:x:one> {{ {VOTE} }} }}")
    store.close()
    time.sleep(0.2)
    made.close()
