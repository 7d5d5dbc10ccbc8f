"""The model extractor against a server that really listens: what it proposes, and everything that can go wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kg.build.extract import Tools, load_tools, read_article
from kg.config import Settings
from kg.errors import ExtractorError, UsageError
from kg.model import Article, Event, Tenure
from kg.text.llm import Client, passages

TEXT = (
    "Norwegian Foreign Minister Ane Solberg met Chile's president on Tuesday in Santiago. "
    "Bolivia denied that it had expelled two diplomats.\n\n"
    "At least 14 miners died in a fire near Oruro, Bolivia said."
)
ARTICLE = Article(slug="t", title="Talks", text=TEXT, source="t.txt", published="2019-05-16")
MEETING = {
    "class": "Meeting",
    "status": "happened",
    "agents": ["Ane Solberg"],
    "targets": [],
    "place": "Santiago",
    "date": "Tuesday",
    "choice": "",
    "sentence": "Norwegian Foreign Minister Ane Solberg met Chile’s president on Tuesday in Santiago.",
}
OFFICE = {
    "person": "Ane Solberg",
    "title": "Foreign Minister",
    "organisation": "Norway",
    "sentence": "Norwegian Foreign Minister Ane Solberg met Chile's president on Tuesday in Santiago.",
}


@dataclass
class Model:
    """A chat completion server whose answers a test decides."""

    url: str = ""
    answer: Callable[[dict[str, Any]], tuple[int, bytes]] = lambda body: (200, b"")
    asked: list[dict[str, Any]] = field(default_factory=list)

    def says(self, *contents: str) -> None:
        replies = iter(contents)
        self.answer = lambda body: (200, completion(next(replies, contents[-1])))


def completion(content: str | None, refusal: str | None = None) -> bytes:
    return json.dumps({"choices": [{"message": {"content": content, "refusal": refusal}}]}).encode()


def facts(*events: dict[str, Any], positions: tuple[dict[str, Any], ...] = ()) -> str:
    return json.dumps({"events": events, "positions": positions})


@pytest.fixture
def model() -> Iterator[Model]:
    scripted = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            scripted.asked.append(body)
            status, answer = scripted.answer(body)
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except BrokenPipeError:
                pass  # the client's time was up, as the test wanted

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    scripted.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield scripted
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def tools(model: Model) -> Tools:
    rules = load_tools(Settings())
    return Tools(rules.nlp, rules.reference, Client(model.url, "small", timeout=2.0), rules=False)


def test_proposal_that_stands_in_the_text_becomes_a_marked_fact(model: Model, tools: Tools) -> None:
    model.says(facts(MEETING, positions=(OFFICE,)))
    reading = read_article(ARTICLE, tools)
    [meeting] = [fact for fact in reading.facts if isinstance(fact, Event)]
    [office] = [fact for fact in reading.facts if isinstance(fact, Tenure)]
    assert (meeting.kind, meeting.date, meeting.evidence.found_by) == ("Meeting", "2019-05-14", "llm:small")
    assert {(role.name, role.key) for role in meeting.roles} >= {
        ("agent", "person/ane-solberg"),
        ("place", "place/santiago"),
    }
    assert TEXT[meeting.evidence.begin : meeting.evidence.finish] == meeting.evidence.quote
    assert (office.holder, office.organisation, office.role) == (
        "person/ane-solberg",
        "state/norway",
        "ForeignMinister",
    )


@pytest.mark.parametrize(
    "proposal",
    [
        MEETING | {"sentence": "Norwegian Foreign Minister Ane Solberg met the king of Spain in Madrid."},
        MEETING | {"agents": ["Angela Merkel"]},
        MEETING | {"class": "Picnic"},
        MEETING | {"sentence": ""},
        {"class": "Expulsion", "agents": ["Bolivia"], "sentence": TEXT.split("\n\n")[0].split(". ")[1]},
    ],
    ids=["invented sentence", "invented agent", "unknown class", "no sentence", "denied"],
)
def test_proposal_that_does_not_hold_is_dropped(model: Model, tools: Tools, proposal: dict[str, Any]) -> None:
    model.says(facts(proposal))
    assert read_article(ARTICLE, tools).facts == ()


def test_figures_dates_and_places_that_the_sentence_lacks_are_left_out(model: Model, tools: Tools) -> None:
    sentence = TEXT.split("\n\n")[1]
    told = {"class": "Killing", "agents": [], "place": "Lima", "date": "June", "killed": 14, "sentence": sentence}
    model.says(facts(told, told | {"killed": 90}))
    [killing] = [fact for fact in read_article(ARTICLE, tools).facts if isinstance(fact, Event)]
    assert (killing.killed, killing.at_least, killing.date, killing.roles) == (14, True, "", ())


@pytest.mark.parametrize("said", ["", "I cannot help with that.", '{"events": 3}', "[]", '{"events": [{"class":'])
def test_malformed_answer_is_asked_again_once_and_then_yields_nothing(model: Model, tools: Tools, said: str) -> None:
    model.says(said)
    assert read_article(ARTICLE, tools).facts == ()
    assert len(model.asked) == 2 * len(list(passages(TEXT)))


def test_refusal_yields_nothing(model: Model, tools: Tools) -> None:
    model.answer = lambda body: (200, completion(None, refusal="no"))
    assert read_article(ARTICLE, tools).facts == ()


@pytest.mark.parametrize(("status", "body"), [(500, b"oops"), (401, b""), (200, b"<html>"), (200, b'{"choices": []}')])
def test_server_without_an_answer_is_an_error_of_one_line(model: Model, tools: Tools, status: int, body: bytes) -> None:
    model.answer = lambda asked: (status, body)
    with pytest.raises(ExtractorError) as caught:
        read_article(ARTICLE, tools)
    assert "\n" not in str(caught.value)


def test_server_that_knows_another_form_of_structured_output_is_asked_in_it_from_then_on(
    model: Model, tools: Tools
) -> None:
    def particular(body: dict[str, Any]) -> tuple[int, bytes]:
        known = body["response_format"]["type"] == "json_object" and "properties" in body["response_format"]["schema"]
        return (200, completion(facts(MEETING))) if known else (500, b"no such format")

    model.answer = particular
    for _ in range(2):
        assert [fact.kind for fact in read_article(ARTICLE, tools).facts if isinstance(fact, Event)] == ["Meeting"]
    forms = [body["response_format"]["type"] for body in model.asked]
    assert forms[0] == "json_schema"
    assert set(forms[1:]) == {"json_object"}


def test_server_that_does_not_answer_in_time_is_an_error(model: Model, tools: Tools) -> None:
    def slow(body: dict[str, Any]) -> tuple[int, bytes]:
        time.sleep(1.0)
        return 200, completion(facts())

    model.answer = slow
    hurried = Tools(tools.nlp, tools.reference, Client(model.url, "small", timeout=0.2), rules=False)
    with pytest.raises(ExtractorError, match=r"within 0\.2 s"):
        read_article(ARTICLE, hurried)


def test_server_that_is_not_there_is_an_error(tools: Tools) -> None:
    absent = Tools(tools.nlp, tools.reference, Client("http://127.0.0.1:9/v1", "small", timeout=1.0), rules=False)
    with pytest.raises(ExtractorError, match="cannot be reached"):
        read_article(ARTICLE, absent)


def test_beside_the_rules_the_model_adds_only_what_they_did_not_find(model: Model, tools: Tools) -> None:
    both = Tools(tools.nlp, tools.reference, tools.client, rules=True)
    alone = read_article(ARTICLE, Tools(tools.nlp, tools.reference))
    model.says(facts(MEETING))
    assert any(isinstance(fact, Event) and fact.kind == "Meeting" for fact in alone.facts)
    assert read_article(ARTICLE, both).facts == alone.facts


def test_extractor_that_is_not_configured_says_what_is_missing() -> None:
    with pytest.raises(UsageError, match="KG_LLM_URL"):
        load_tools(Settings(extractor="llm"))
    with pytest.raises(UsageError, match="no extractor"):
        load_tools(Settings(extractor="oracle"))
