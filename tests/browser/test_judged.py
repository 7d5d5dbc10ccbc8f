"""Judgements change what the graph says, outlive rebuilds, can be taken back, and come out as gold files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from kg.build import build
from kg.cli import cli
from kg.config import Settings
from kg.graph.export import export
from kg.graph.store import OxigraphStore, open_store
from server import create_app
from tests.browser.conftest import BASE, TOKEN

SETTINGS = Settings(base=BASE, token=TOKEN)
TEXT = (
    "---\ntitle: Words and a treaty\npublished: 2014-02-04\n---\n"
    "Peru and Chile signed a treaty in Lima on Monday. Bolivia accused Brazil of breaking its word on Monday.\n\n"
    "Deputy Trade Minister Ana Quisbert met envoys of Peru in Lima on Monday.\n"
)
MORE = "Rosa Aliaga met diplomats from Chile in Santiago on Tuesday.\n"


class Desk:
    """A graph of one article with its pages, as a reviewer with the token uses them."""

    def __init__(self, folder: Path, store: OxigraphStore) -> None:
        self.path = folder / "words.txt"
        self.path.write_text(TEXT, encoding="utf-8")
        self.store = store
        self.build()
        self.client: FlaskClient = create_app(store, SETTINGS).test_client()

    def build(self) -> None:
        """Builds, as ``kg build`` does."""
        build([self.path], self.store, SETTINGS)

    def judge(self, verdict: str, judged: str, other: str = "") -> dict[str, Any]:
        """Sends a judgement as a script would."""
        sent = {"verdict": verdict, "judged": judged, "other": other}
        headers = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json"}
        answer = self.client.post("/review", json=sent, headers=headers)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.get_json()
        return found

    def take_back(self, key: str) -> None:
        """Takes a judgement back."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        assert self.client.post("/review/withdraw", data={"key": key}, headers=headers).status_code == 303

    def event(self, kind: str) -> str:
        """The only event of a class, by IRI."""
        (row,) = self.store.rows(f"SELECT DISTINCT ?e WHERE {{ ?e a kg:{kind} ; kg:report ?r }}")
        return row["e"][1:-1]

    def ask(self, pattern: str) -> bool:
        """Whether a pattern matches what queries see."""
        return self.store.ask(f"ASK {{ {pattern} }}")

    def exported(self) -> str:
        """All but the judgements, as N-Quads."""
        out = io.BytesIO()
        export(self.store, out, "nquads", base=BASE)
        return "\n".join(line for line in out.getvalue().decode().splitlines() if "/graph/judgements>" not in line)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own."""
    with open_store(tmp_path / "store") as store:
        yield Desk(tmp_path, store)


ACCUSES = f"<{BASE}id/state/bolivia> kg:accuses <{BASE}id/state/brazil>"


def test_a_wrong_fact_leaves_queries_and_exports_with_all_that_followed(desk: Desk) -> None:
    accusation = desk.event("Accusation")
    assert desk.ask(ACCUSES)
    desk.judge("wrong", accusation)
    assert not desk.ask(ACCUSES) and not desk.ask("?e a kg:Accusation")
    assert f"<{accusation}>" not in desk.exported()
    assert desk.ask("?e a kg:Agreement ; kg:report/kg:quote ?quote")


def test_a_wrong_fact_stays_away_when_its_article_is_read_anew(desk: Desk) -> None:
    accusation = desk.event("Accusation")
    desk.judge("wrong", accusation)
    desk.path.write_text(TEXT + MORE, encoding="utf-8")
    desk.build()
    assert desk.ask("?a kg:text ?text FILTER(CONTAINS(?text, 'Santiago'))")
    assert not desk.ask(ACCUSES) and f"<{accusation}>" not in desk.exported()


def test_a_judgement_taken_back_leaves_the_graph_as_it_was(desk: Desk) -> None:
    before = desk.exported()
    judged = desk.judge("wrong", desk.event("Accusation"))
    assert desk.exported() != before
    desk.take_back(judged["key"])
    assert desk.exported() == before


def test_a_wrong_link_leaves_the_graph_and_stays_away(desk: Desk) -> None:
    peru, linked = (
        f"{BASE}id/state/peru",
        f"<{BASE}id/state/peru> skos:exactMatch <http://www.wikidata.org/entity/Q419>",
    )
    assert desk.ask(linked)
    judged = desk.judge("unlink", peru, "http://www.wikidata.org/entity/Q419")
    assert not desk.ask(linked)
    desk.path.write_text(TEXT + MORE, encoding="utf-8")
    desk.build()
    assert not desk.ask(linked) and "wikidata.org/entity/Q419>" not in desk.exported()
    desk.take_back(judged["key"])
    assert desk.ask(linked)


def test_merged_entities_are_one_in_queries_and_on_pages(desk: Desk) -> None:
    desk.path.write_text(TEXT + MORE, encoding="utf-8")
    desk.build()
    one, other = f"{BASE}id/person/ana-quisbert", f"{BASE}id/person/rosa-aliaga"
    met = f"<{one}> kg:participatesIn/kg:participant <{BASE}id/state/chile>"
    before = desk.client.get("/page/person/ana-quisbert?format=json").get_json()["listing"]["total"]
    judged = desk.judge("merge", one, other)
    assert desk.ask(
        f"<{one}> owl:sameAs <{other}> . {met.split('/kg:participant')[0]} ?e . <{other}> kg:participatesIn ?e"
    )
    assert desk.client.get("/page/person/rosa-aliaga").headers["Location"] == "/page/person/ana-quisbert"
    page = desk.client.get("/page/person/ana-quisbert?format=json").get_json()
    assert page["listing"]["total"] == before + 1 and "Rosa Aliaga" in page["names"]
    desk.take_back(judged["key"])
    assert not desk.ask(f"<{one}> owl:sameAs <{other}>")
    assert desk.client.get("/page/person/rosa-aliaga").status_code == 200


def test_gold_of_judgements_measures_the_extraction(desk: Desk, tmp_path: Path) -> None:
    desk.judge("right", desk.event("Agreement"))
    desk.judge("wrong", desk.event("Accusation"))
    packed = desk.client.get("/review/gold.zip").data
    folder = tmp_path / "gold"
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    answer = CliRunner().invoke(cli, ["evaluate", str(folder), "--errors"], env={"KG_BASE": BASE})
    assert answer.exit_code == 0, answer.output
    events = next(line for line in answer.output.splitlines() if line.startswith("events"))
    assert " 0.500 " in events and " 1.000 " in events, answer.output
    assert "Accusation" in answer.output
