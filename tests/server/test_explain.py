"""``/explain``: proofs as JSON and PROV-O, the other ways to a fact, and questions before and after a change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from kg.config import Settings, data_dir
from kg.graph.infer import reasoner
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter
from server.app import create_app

BASE = "http://localhost:8000/"
MINTER = Minter(BASE)
NEWS = """
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://localhost:8000/id/state/> .
<http://localhost:8000/id/event/vote> a kg:Vote ; kg:agent :norland, :sudria ; kg:voter :norland, :sudria .
:norland a kg:State ; rdfs:label "Norland" . :sudria a kg:State ; rdfs:label "Sudria" .
"""
ASKED = {"s": "state/norland", "p": "kg:votedWith", "o": "state/sudria"}


@pytest.fixture
def store() -> Iterator[OxigraphStore]:
    with open_store(None) as opened:
        opened.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
        opened.load(NEWS.encode(), "turtle", graph=MINTER.graph("article/harbour-vote"))
        reasoner().infer(opened, MINTER)
        yield opened


@pytest.fixture
def client(store: OxigraphStore) -> FlaskClient:
    return create_app(store, Settings(base=BASE)).test_client()


def test_a_proof_names_rules_and_other_ways(client: FlaskClient) -> None:
    found = client.get("/explain", query_string=ASKED, headers={"Accept": "application/json"}).get_json()
    assert found["rule"] == "prp-spo2"
    assert {tuple(sorted(other)) for other in found["alternatives"]} == {("premises", "rule")}
    assert "prp-symp" in {other["rule"] for other in found["alternatives"]}


def test_a_page_shows_the_other_ways(client: FlaskClient) -> None:
    page = client.get("/explain", query_string=ASKED, headers={"Accept": "text/html"}).text
    assert "It also follows" in page and "prp-symp" in page and "inverse of voter" in page


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples"])
def test_a_proof_is_to_be_had_in_prov(client: FlaskClient, accept: str) -> None:
    answer = client.get("/explain", query_string=ASKED, headers={"Accept": accept})
    assert answer.status_code == 200 and answer.mimetype == accept
    with open_store(None) as scratch:
        scratch.load(answer.data, "turtle", graph="<http://e/proof>")
        assert scratch.ask(
            "ASK { ?s rdf:predicate kg:votedWith ; prov:wasGeneratedBy [ rdfs:label 'prp-spo2' ; prov:used ?leaf ] }"
        )


def test_what_an_update_takes_away_is_not_derivable_from_then_on(client: FlaskClient, store: OxigraphStore) -> None:
    assert client.get("/explain", query_string=ASKED).status_code == 200
    store.update(
        "DELETE DATA { GRAPH <http://localhost:8000/graph/article/harbour-vote> {"
        " <http://localhost:8000/id/event/vote> kg:voter <http://localhost:8000/id/state/sudria> } }"
    )
    answer = client.get("/explain", query_string=ASKED, headers={"Accept": "application/json"})
    assert answer.status_code == 404 and "not derivable" in answer.text and "kg infer" in answer.text
