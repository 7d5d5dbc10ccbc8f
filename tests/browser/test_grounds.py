"""The alignments page counts what the queries count, and obeys periods, also those of memberships."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kg.build import build
from kg.config import Settings
from kg.graph.query import query_library
from kg.graph.store import OxigraphStore, open_store
from server import create_app
from server.pages.grounds import Ground, overlaps
from tests.browser.conftest import BASE, sample_store

ARTICLES = {
    "1999-06-11": "Finland and Norway criticised Russia on Thursday. "
    "Poland, Norway and Canada backed the plan. NATO criticised Russia, too.",
    "2024-03-08": "Russia and China vetoed a draft resolution on Sudan at the Security Council on Thursday. "
    "Finland accused Russia of jamming aircraft. The United States and Poland voted for the draft resolution.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> OxigraphStore:
    """A graph of two articles years apart, with what the reference data says of the states in them."""
    folder = tmp_path_factory.mktemp("articles")
    for date, text in ARTICLES.items():
        (folder / f"{date}.txt").write_text(f"---\ntitle: Of {date}\npublished: {date}\n---\n{text}\n")
    made = open_store(None)
    build([folder], made, Settings(base=BASE))
    return made


@pytest.fixture(scope="module")
def client(store: OxigraphStore) -> FlaskClient:
    """A client of the pages over that graph."""
    return create_app(store, Settings(base=BASE)).test_client()


def matrix(client: FlaskClient, query: str = "") -> dict[tuple[str, str], tuple[int, int]]:
    """Grounds for and against by the names of two states."""
    view = client.get(f"/alignments?format=json{query}").get_json()
    names = {state["iri"]: state["label"] for state in view["states"]}
    return {
        (row["state"]["label"], names[cell["other"]]): (cell["together"], cell["against"])
        for row in view["rows"]
        for cell in row["cells"]
        if cell["together"] or cell["against"]
    }


def counted(store: OxigraphStore) -> dict[tuple[str, str], int]:
    """The pairs of states that the query on alignments lists, with its number of grounds."""
    states = {row["l"] for row in store.rows("SELECT ?l WHERE { ?s a kg:State ; rdfs:label ?l }")}
    rows = store.rows(query_library()["alignments"].text)
    return {
        (row["one"].strip('"'), row["other"].strip('"')): int(row["grounds"].split('"')[1])
        for row in rows
        if {row["one"], row["other"]} <= states
    }


def test_the_page_counts_the_grounds_that_the_query_counts(store: OxigraphStore, client: FlaskClient) -> None:
    expected = counted(store)
    assert len(expected) > 4 and ("China", "Russia") in expected
    shown = matrix(client, "&all=1")
    assert {pair: shown.get(pair, (0, 0))[0] for pair in expected} == expected
    assert {pair for pair, (together, _) in shown.items() if together and pair[0] < pair[1]} == set(expected)
    with sample_store() as sample:
        small = matrix(create_app(sample, Settings(base=BASE)).test_client(), "&all=1")
        assert {pair: small[pair][0] for pair in counted(sample)} == counted(sample) != {}


def test_whom_the_page_sets_against_each_other_the_graph_does(store: OxigraphStore, client: FlaskClient) -> None:
    odds = {
        (row["a"].strip('"'), row["b"].strip('"'))
        for row in store.rows(
            "SELECT ?a ?b WHERE { ?x kg:atOddsWith ?y ; a kg:State ; rdfs:label ?a . ?y a kg:State ; rdfs:label ?b }"
        )
    }
    shown = {pair for pair, (_, against) in matrix(client, "&all=1").items() if against}
    assert shown == {pair for pair in odds if pair[0] != pair[1]} and ("Finland", "Russia") in shown


def test_an_alliance_counts_only_while_both_were_in_it(client: FlaskClient) -> None:
    assert matrix(client)["Finland", "Norway"][0] == 1
    assert ("Finland", "Norway") not in matrix(client, "&from=1999&to=1999")
    assert matrix(client, "&from=1999&to=1999")["Norway", "Poland"][0] == 1
    assert matrix(client, "&from=2024-01&to=2024-12")["Finland", "Norway"][0] == 1


def test_states_are_chosen_by_name_and_what_is_not_shown_is_counted(client: FlaskClient) -> None:
    view = client.get("/alignments?format=json&state=Finland&state=norway").get_json()
    assert [state["label"] for state in view["states"]] == ["Finland", "Norway"]
    assert view["total"] > 2
    partners = client.get("/alignments?format=json&state=China").get_json()["states"]
    assert {"China", "Russia"} <= {state["label"] for state in partners}
    assert f"2 of {view['total']} states" in client.get("/alignments?state=Finland&state=norway").text


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ([("1949", "")], [("2023-04-04", "")], [("2023-04-04", "")]),
        ([("1949", "1966-03")], [("1955", "1990")], [("1955", "1966-03")]),
        ([("1949", "1966")], [("1970", "")], []),
        ([("", "")], [("2009", "")], [("2009", "")]),
    ],
)
def test_terms_overlap(one: list[tuple[str, str]], other: list[tuple[str, str]], shared: list[tuple[str, str]]) -> None:
    assert overlaps(one, other) == shared


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ("1999", "1999", False),
        ("2023", "2023", True),
        ("2023-01", "2023-03", False),
        ("2030", "", True),
        ("", "", True),
    ],
)
def test_a_lasting_ground_holds_in_periods_that_meet_it(since: str, until: str, holds: bool) -> None:
    ground = Ground(("a", "b"), "together", "urn:x", "allied", "2023-04-04", "", lasting=True)
    assert ground.holds(since, until) is holds
