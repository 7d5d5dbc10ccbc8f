"""What pages are made of, without a browser: names, marks in a text, drawings, tones, links, vendored files."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kg.config import Settings
from kg.errors import UsageError
from kg.graph.store import open_store
from kg.graph.terms import Minter
from server import create_app
from server.pages import drawing, judgements
from server.pages import index as indexing
from server.pages.article import Mark, segments
from server.pages.index import Index, build, stages
from server.pages.judgements import Judgement
from server.pages.listing import within
from server.pages.names import Name, Names
from server.pages.naming import in_words, page_of
from server.pages.present import day
from server.pages.schema import read_schema
from tests.browser.conftest import BASE, sample_store, wait_until

ROOT = Path(__file__).resolve().parents[2]
NAMES = Names.of(
    [
        Name("Ingrid Solheim", "solheim", 40),
        Name("Ingrid Sonnenfeld", "sonnenfeld"),
        Name("United Nations Security Council", "council", 100),
        Name("UNSC", "council", 100, alias=True),
        Name("Saint-Étienne", "etienne"),
        *(Name(f"Filler {number} of many", f"filler-{number}") for number in range(500)),
    ]
)


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("ingrid sol", "solheim"),
        ("solhiem", "solheim"),
        ("Igrid Solheim", "solheim"),
        ("sonenfeld", "sonnenfeld"),
        ("security council", "council"),
        ("securty counsil", "council"),
        ("unsc", "council"),
        ("saint etienne", "etienne"),
        ("filler 77", "filler-77"),
    ],
)
def test_names_are_found_in_spite_of_typos(typed: str, thing: str) -> None:
    assert NAMES.find(typed)[0].thing == thing


@pytest.mark.parametrize("typed", ["", "   ", "qqqqxzz", "\x00", "🦆"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert NAMES.find(typed) == []


def test_marks_that_overlap_cut_the_text_without_losing_any() -> None:
    text = "Anna met Bo. Bo left early."
    said = [Mark(0, 12, (1,)), Mark(0, 27, (2,)), Mark(13, 27, (3,))]
    runs = segments(text, said, [Mark(0, 4, iri="urn:a"), Mark(9, 11, iri="urn:b"), Mark(10, 15, iri="urn:crossing")])
    assert "".join(piece["text"] for run in runs for piece in run["pieces"]) == text
    assert [(run["facts"], run["ends"]) for run in runs] == [([1, 2], [1]), ([2], []), ([2, 3], [2, 3])]
    assert [piece["text"] for run in runs for piece in run["pieces"] if piece["iri"]] == ["Anna", "Bo"]


def test_marks_beyond_the_text_are_left_out() -> None:
    assert segments("short", [Mark(0, 99, (1,))], [Mark(3, 50, iri="urn:x")])[0]["facts"] == []


@pytest.mark.parametrize(
    ("date", "since", "until", "inside"),
    [
        ("2012-06-05", "2012-06", "2012-06", True),
        ("2012-06-05", "2012-06-06", "", False),
        ("2012", "2012-06", "", True),
        ("2012-06", "", "2012", True),
        ("2013-01", "", "2012-12-31", False),
        ("", "2012", "", False),
        ("", "", "", True),
    ],
)
def test_a_date_is_in_a_period_as_precisely_as_both_are(date: str, since: str, until: str, inside: bool) -> None:
    assert within(date, since, until) is inside


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2012-06-05", "5 June 2012"),
        ("2012-06", "June 2012"),
        ("2012", "2012"),
        ("soon", "soon"),
        ("2012-99", "2012-99"),
    ],
)
def test_dates_read_no_more_precise_than_they_are(date: str, words: str) -> None:
    assert day(date) == words


def test_an_event_class_has_the_tone_of_its_nearest_ancestor() -> None:
    namespace = "https://w3id.org/communique/ontology#"
    pairs = [
        ("Ambush", "Attack"),
        ("Attack", "Event"),
        ("Toast", "Event"),
        ("Veto", "Rejection"),
        ("Rejection", "Event"),
    ]
    above = [(namespace + low, "rdfs#subClassOf", namespace + high) for low, high in pairs]
    schema = read_schema([], above)
    assert [schema.tone(name) for name in ("Ambush", "Toast", "Veto", "Unknown")] == [
        "clash",
        "talk",
        "dispute",
        "talk",
    ]


@pytest.mark.parametrize(
    ("iri", "address"),
    [
        (f"{BASE}id/state/norway", "/page/state/norway"),
        (f"{BASE}id/x/é %3Cb", "/page/x/%C3%A9%20%3Cb"),
        ("https://w3id.org/communique/ontology#Veto", "/vocabulary#Veto"),
        ("http://www.wikidata.org/entity/Q20", "http://www.wikidata.org/entity/Q20"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ('http://x/" onclick="', ""),
        ("urn:x", ""),
    ],
)
def test_only_what_is_safe_becomes_a_link(iri: str, address: str) -> None:
    assert page_of(iri, BASE) == address


def test_names_of_terms_read_as_words() -> None:
    assert [in_words(name) for name in ("OfficeChange", "metWith", "")] == ["Office change", "Met with", ""]


def test_careers_are_drawn_on_one_scale() -> None:
    rows = [
        {"label": "President", "spans": [("2000-05", "2008-05-07"), ("2012-05-07", "")], "as_of": ["2012-06-05"]},
        {"label": "Envoy", "spans": [("", "1999")], "as_of": []},
    ]
    drawn = drawing.spans(rows)
    first, second = drawn["rows"][0]["bars"]
    assert first["x"] + first["length"] < drawn["rows"][0]["dots"][0]
    assert second["open"] and not first["open"]
    assert drawing.spans([{"label": "Nobody", "spans": [], "as_of": []}]) == {}


def test_the_index_is_most_specific_and_newest_first() -> None:
    with sample_store() as store:
        index = build(store, Minter(BASE))
    assert index.things[f"{BASE}id/organisation/ocean-forum"].kind == "IntergovernmentalOrganisation"
    dates = [happening.date for happening in index.latest()]
    assert dates == sorted(dates, reverse=True)
    assert index.things[f"{BASE}id/person/ingrid-solheim"].states == [f"{BASE}id/state/norway"]


def test_a_later_judgement_takes_the_place_of_the_earlier_and_rebuilds_leave_it() -> None:
    minter, fact = Minter(BASE), f"{BASE}id/event/fired"
    with sample_store() as store:
        judgements.judge(store, minter, Judgement("wrong", fact))
        judgements.judge(store, minter, Judgement("right", fact, note="it was"))
        a, b = f"{BASE}id/group/a", f"{BASE}id/group/b"
        judgements.judge(store, minter, Judgement("merge", a, b))
        assert store.contains(f"<{a}>", "<http://www.w3.org/2002/07/owl#sameAs>", f"<{b}>")
        judgements.judge(store, minter, Judgement("split", b, a))
        assert not store.contains(f"<{a}>", "<http://www.w3.org/2002/07/owl#sameAs>", f"<{b}>")
        store.replace_graph(minter.article_graph("shots-at-a-trawler"), "")
        found = judgements.judgements(store, minter)
        assert {(each.verdict, each.judged) for each in found} == {("right", fact), ("split", b)}
        assert judgements.withdraw(store, minter, found[0].key)
        assert not judgements.withdraw(store, minter, found[0].key)
        with pytest.raises(UsageError, match="two different things"):
            judgements.judge(store, minter, Judgement("merge", a, a))


def test_judgements_survive_a_build(tmp_path: Path) -> None:
    from kg.build import build as build_graph
    from kg.config import Settings

    article = tmp_path / "note.txt"
    article.write_text("Chile's president met the president of Kenya in Nairobi on Monday.\n", encoding="utf-8")
    minter, fact = Minter(BASE), f"{BASE}id/event/some"
    with open_store(tmp_path / "store") as store:
        build_graph([article], store, Settings(base=BASE))
        judgements.judge(store, minter, Judgement("wrong", fact))
        article.write_text("Chile's president met nobody in Nairobi on Monday.\n", encoding="utf-8")
        build_graph([article], store, Settings(base=BASE))
        assert [each.judged for each in judgements.judgements(store, minter)] == [fact]


def vendoring() -> ModuleType:
    """The script that fetches vendored files."""
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "scripts" / "vendor.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["vendor"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("folder", [ROOT / "server" / "static" / "vendor", ROOT / "tests" / "browser" / "vendor"])
def test_vendored_files_are_those_that_are_listed(folder: Path) -> None:
    assert vendoring().mismatches(folder) == []


def test_the_index_is_given_as_far_as_it_is() -> None:
    with sample_store() as store:
        things, listed, whole = stages(store, Minter(BASE))
        assert things.things and not things.events
        assert listed.events and not listed.names.names
        assert whole.names.names and not things.names.names
        assert [each.complete for each in (things, listed, whole)] == [False, False, True]
        assert whole.events == build(store, Minter(BASE)).events


def test_pages_answer_from_what_is_there_while_the_graph_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slowly(*asked: object) -> Iterator[Index]:
        for stage in stages(*asked):  # type: ignore[arg-type]  # passed on as given
            yield stage
            go_on.wait(20)

    monkeypatch.setattr(indexing, "stages", slowly)
    with sample_store() as store:
        app = create_app(store, Settings(base=BASE))
        client, shared = app.test_client(), app.extensions["pages"]
        shared.warm()
        page = client.get("/page/state/norway").text
        assert "Norway" in page and "still being read" in page
        assert client.get("/suggest?q=norw&format=json").get_json()["results"] == []
        go_on.set()
        wait_until(lambda: shared.whole)
        assert "still being read" not in client.get("/page/state/norway").text
        assert client.get("/suggest?q=norw&format=json").get_json()["results"][0]["label"] == "Norway"
