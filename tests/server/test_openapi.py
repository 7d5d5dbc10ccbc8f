"""The OpenAPI document tells the truth, and strangers' input is answered with documented statuses only."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.conftest import TOKEN

SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = ["SELECT", "ASK", "{", "}", "?s", "?p", "*", "<urn:a>", '"', "'", "a", ".", "FILTER", "(", ")", "OPTIONAL"]
WORDS += ["GRAPH", "UNION", "ORDER BY", "LIMIT", "1", "kg:x", "\\u0041", "#", "\n", "@en", "^^", "VALUES", "MINUS", "é"]
FRAGMENTS = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
TEXTS = st.one_of(FRAGMENTS, st.text(max_size=60))
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60).map(str.strip)


@pytest.fixture
def document(client: httpx.Client) -> dict[str, Any]:
    """The document as served."""
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_every_documented_path_answers(client: httpx.Client, document: dict[str, Any]) -> None:
    values = {"key": "person/mira-lindqvist", "suffix": "ttl", "id": "1"}
    for path, operations in document["paths"].items():
        address = re.sub(r"\{(\w+)\}", lambda match: values[match[1]], path)
        for method, operation in operations.items():
            answer = client.request(method, address, headers={"Authorization": f"Bearer {TOKEN}"})
            assert str(answer.status_code) in operation["responses"], f"{method} {address}"


def test_every_operation_has_a_summary_and_a_good_answer(document: dict[str, Any]) -> None:
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert any(status[0] in "23" for status in operation["responses"])


@SOME
@given(query=TEXTS, accept=HEADER, named=st.one_of(st.none(), TEXTS))
def test_any_query_is_answered(client: httpx.Client, query: str, accept: str, named: str | None) -> None:
    parameters = {"query": query, "timeout": "5"} | ({"default-graph-uri": named} if named is not None else {})
    answer = client.post("/sparql", data=parameters, headers={"Accept": accept})
    assert answer.status_code in (200, 400, 403, 406)


@SOME
@given(body=st.binary(max_size=200), kind=st.sampled_from(["turtle", "ntriples", "rdfxml", "jsonld", "n3", "nonsense"]))
def test_any_body_is_answered(client: httpx.Client, body: bytes, kind: str) -> None:
    types = {"turtle": "text/turtle", "ntriples": "application/n-triples", "rdfxml": "application/rdf+xml"}
    content_type = types.get(kind, {"jsonld": "application/ld+json", "n3": "text/n3"}.get(kind, kind))
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": content_type}
    answer = client.put("/store", params={"graph": "urn:x:fuzz"}, headers=headers, content=body)
    assert answer.status_code in (201, 204, 400, 415)


@SOME
@given(update=TEXTS)
def test_any_update_is_answered(client: httpx.Client, update: str) -> None:
    answer = client.post("/update", data={"update": update}, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code in (204, 400, 403)


@SOME
@given(path=st.text(max_size=40), accept=HEADER)
def test_any_name_is_answered(client: httpx.Client, path: str, accept: str) -> None:
    for start in ("/id/", "/data/", "/page/"):
        answer = client.get(start + quote(path, errors="replace"), headers={"Accept": accept})
        assert answer.status_code in (200, 303, 308, 400, 404, 406)
