"""Every page has its JSON at the same address by Accept and, where it is about a thing, its RDF."""

from __future__ import annotations

import httpx
import pytest

from kg.graph.store import open_store
from tests.browser.conftest import BASE
from tests.browser.test_every_page import PAGES

pytestmark = pytest.mark.browser
THINGS = [name for name, path in PAGES.items() if path.startswith("/page/")]
ENDPOINT = ("editor", "answer", "answer without scripts")
RDF = {
    "text/turtle": "turtle",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/n-triples": "ntriples",
}


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ENDPOINT])
def test_as_json(name: str, site: str) -> None:
    answered = httpx.get(site + PAGES[name], headers={"Accept": "application/json"})
    assert answered.headers["content-type"].startswith("application/json")
    assert "Accept" in answered.headers["vary"]
    assert isinstance(answered.json(), dict)
    html = httpx.get(site + PAGES[name], headers={"Accept": "text/html,*/*;q=0.8"})
    assert html.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("accept", RDF)
@pytest.mark.parametrize("name", THINGS)
def test_things_as_rdf(name: str, accept: str, site: str) -> None:
    answered = httpx.get(site + PAGES[name], headers={"Accept": accept}, follow_redirects=True)
    assert answered.status_code == 200
    assert answered.headers["content-type"].startswith(accept)
    thing = BASE + "id/" + PAGES[name].partition("?")[0].removeprefix("/page/")
    with open_store(None) as store:
        store.load(answered.content, RDF[accept], graph="<urn:loaded>")
        assert any(store.triples(f"<{thing}>"))


def test_identifiers_lead_to_pages_and_data(site: str) -> None:
    for accept, start in (("text/html", "/page/"), ("text/turtle", "/data/")):
        answered = httpx.get(f"{site}/id/state/norway", headers={"Accept": accept})
        assert answered.status_code == 303 and answered.headers["location"].startswith(start)


def test_a_proof_as_json_ends_in_sentences(site: str) -> None:
    path = f"/explain?s={BASE}id/state/norway&p=kg:votedWith&o={BASE}id/state/chile"
    proof = httpx.get(site + path, headers={"Accept": "application/json"}).json()
    assert proof["rule"] == "prp-spo2"
    assert next(report["quote"] for report in proof["rests_on"]).startswith("Chile and Norway voted")


def test_unknown_things_are_not_found_in_any_form(site: str) -> None:
    for accept in ("text/html", "application/json"):
        assert httpx.get(f"{site}/page/state/atlantis", headers={"Accept": accept}).status_code == 404


def test_a_review_is_recorded_by_api(writable_site: str) -> None:
    headers = {"Authorization": "Bearer open-sesame", "Accept": "application/json"}
    sent = {"verdict": "wrong", "judged": f"{BASE}id/event/fired", "note": "another trawler"}
    answered = httpx.post(f"{writable_site}/review", json=sent, headers=headers)
    assert answered.status_code == 201 and answered.json()["verdict"] == "wrong"
    listed = httpx.get(f"{writable_site}/review", headers=headers).json()
    assert [each["note"] for each in listed["judgements"]] == ["another trawler"]
    again = httpx.post(f"{writable_site}/review", json=sent | {"verdict": "right"}, headers=headers)
    assert again.status_code == 201
    assert [j["verdict"] for j in httpx.get(f"{writable_site}/review", headers=headers).json()["judgements"]] == [
        "right"
    ]
