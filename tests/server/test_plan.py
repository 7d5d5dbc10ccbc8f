"""Rewritten queries: the same answers as before, found by less work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.store import OxigraphStore, open_store
from server.sparql.plan import planned
from server.sparql.texts import TextIndex
from tests.server.conftest import wait_until

GRAPH = """
@prefix kg: <https://w3id.org/communique/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:a> <urn:in> <urn:b> . <urn:b> <urn:in> <urn:c> . <urn:c> <urn:in> <urn:d> .
<urn:m> kg:memberOf <urn:a> ; rdfs:label "Member of A"@en . <urn:n> kg:memberOf <urn:c> ; rdfs:label "Member of C"@en .
<urn:r1> kg:quote "The Ceasefire held for two days." . <urn:r2> kg:quote "No ceasefire was signed."@en .
<urn:r3> kg:quote "İstanbul hosted talks." . <urn:r4> kg:quote "They met at 300 K." ; rdfs:label "ceasefire" .
"""
_NUMBERS = (("1250", "integer"), ("7.25", "decimal"))
PREFIX = "PREFIX kg: <https://w3id.org/communique/ontology#> "


@pytest.fixture(scope="module")
def store() -> Iterator[OxigraphStore]:
    """A small graph with texts and a chain."""
    with open_store(None) as opened:
        opened.load(GRAPH.encode(), "turtle", graph="<urn:x:g>")
        yield opened


@pytest.fixture(scope="module")
def index(store: OxigraphStore) -> TextIndex:
    """Its texts, once they are read."""
    made = TextIndex(store)
    wait_until(lambda: made.find("<https://w3id.org/communique/ontology#quote>", "talks") is not None)
    return made


def rows(store: OxigraphStore, query: str) -> list[str]:
    return sorted(map(repr, store.rows(query)))


PATHS = [
    "SELECT * { ?m kg:memberOf ?o . ?o <urn:in>* <urn:d> . ?m rdfs:label ?name }",
    "SELECT * { ?m kg:memberOf ?o . ?o <urn:in>+ <urn:d> }",
    "SELECT * { ?m kg:memberOf ?o . <urn:a> <urn:in>+ ?o . }",
    "SELECT * { ?m kg:memberOf ?o ; rdfs:label ?l . # why\n ?o <urn:in>* <urn:c> # because\n }",
    "SELECT * { { SELECT ?o { ?x kg:memberOf ?o . ?o <urn:in>+ <urn:d> } } ?m kg:memberOf ?o }",
    "SELECT * { ?m rdfs:label ?l OPTIONAL { ?m kg:memberOf ?o . ?o <urn:in>+ <urn:d> } }",
    "SELECT * { ?m rdfs:label ?l . { ?m kg:memberOf ?o . ?o <urn:in>+ <urn:d> } UNION { ?m kg:memberOf <urn:a> } }",
    "SELECT (COUNT(*) AS ?n) { ?m kg:memberOf ?o . FILTER(?o != <urn:b>) ?o <urn:in>* <urn:d> } GROUP BY ?o",
]


@pytest.mark.parametrize("query", PATHS)
def test_paths_that_end_at_a_named_thing_come_first_and_change_no_answer(store: OxigraphStore, query: str) -> None:
    better = planned(query)
    assert better != query
    assert rows(store, better) == rows(store, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?o <urn:in>* <urn:d> . ?m kg:memberOf ?o }",
        "SELECT * { ?m kg:memberOf ?o . ?o <urn:in>* ?x }",
        "SELECT * { ?m kg:memberOf ?o . ?o (<urn:in>|<urn:of>)* <urn:d> }",
        "SELECT * { ?m kg:memberOf ?o . ?o <urn:in>/<urn:in>* <urn:d> }",
        "SELECT * { ?m kg:memberOf ?o . ?o <urn:in>+ _:b }",
        "SELECT (2*3 AS ?n) {}",
    ],
)
def test_other_paths_stay_where_they_are(query: str) -> None:
    assert planned(query) == query


TEXTS = [
    '{ ?r kg:quote ?t FILTER(CONTAINS(LCASE(?t), "ceasefire")) }',
    '{ ?r kg:quote ?t FILTER(CONTAINS(?t, "ceasefire")) }',
    '{ ?r kg:quote ?t FILTER(CONTAINS(LCASE(STR(?t)), "istanbul")) }',
    '{ ?r kg:quote ?t FILTER(CONTAINS(LCASE(?t), "300 k")) }',
    "{ ?r a ?c ; kg:quote ?t . FILTER ( contains ( ?t , 'held for' ) ) }",
    '{ ?r kg:quote ?t ; rdfs:label ?l . FILTER(CONTAINS(?l, "ceasefire")) }',
    '{ ?r kg:quote ?t FILTER(CONTAINS(?t, "nowhere at all")) }',
]


@pytest.mark.parametrize("pattern", TEXTS)
def test_text_is_looked_up_and_no_answer_changes(store: OxigraphStore, index: TextIndex, pattern: str) -> None:
    query = f"{PREFIX}SELECT * {pattern}"
    better = planned(query, index)
    assert "VALUES" in better
    assert rows(store, better) == rows(store, query)


@pytest.mark.parametrize(
    "pattern",
    [
        '{ ?r kg:quote ?t FILTER(CONTAINS(?t, "ab")) }',
        '{ ?r kg:quote ?t FILTER(CONTAINS(?t, "é toujours")) }',
        '{ ?r kg:other ?t FILTER(CONTAINS(?t, "ceasefire")) }',
        '{ ?r kg:quote ?t FILTER(CONTAINS(?t, "ceasefire") || ?r = <urn:r3>) }',
        '{ ?r kg:quote ?t FILTER(!CONTAINS(?t, "ceasefire")) }',
        '{ ?r ?p ?t FILTER(CONTAINS(?t, "ceasefire")) }',
        '{ ?r kg:begin ?b OPTIONAL { ?r kg:quote ?t } FILTER(CONTAINS(?t, "ceasefire")) }',
    ],
)
def test_text_that_cannot_be_looked_up_is_left_to_the_engine(index: TextIndex, pattern: str) -> None:
    query = f"{PREFIX}SELECT * {pattern}"
    assert planned(query, index) == query


def test_the_index_follows_commits(store: OxigraphStore, index: TextIndex) -> None:
    quote = "<https://w3id.org/communique/ontology#quote>"
    store.replace_graph("<urn:x:new>", f'<urn:r9> {quote} "A quorum was reached." .')
    assert index.find(quote, "quorum") == ['"A quorum was reached."']


def test_sentences_of_other_vocabularies_are_indexed_and_codes_are_not() -> None:
    said, code, mixed = "<http://schema.org/description>", "<urn:code>", "<urn:mixed>"
    with open_store(None) as opened:
        opened.load(
            f"""<urn:a> {said} "Envoys met in the capital." ; {code} "A-17" . <urn:b> {said} "Nobody came to it."@en .
            <urn:c> {mixed} 1250 , true , 7.25 , <urn:envoys> , "a truce of\\n 1250 \\"days\\" and more" .""".encode(),
            "turtle",
            graph="<urn:x:g>",
        )
        made = TextIndex(opened)
        wait_until(lambda: made.find(said, "nobody") is not None)
        assert made.find(said, "envoys met") == ['"Envoys met in the capital."']
        assert made.find(said, "nobody") == ['"Nobody came to it."@en']
        assert made.find(code, "A-17") is None
        integer, decimal = (f'"{number}"^^<http://www.w3.org/2001/XMLSchema#{name}>' for number, name in _NUMBERS)
        assert set(made.find(mixed, "1250") or []) == {integer, r'"a truce of\n 1250 \"days\" and more"'}
        assert made.find(mixed, "7.2") == [decimal]
        assert made.find(mixed, "envoys") == ["<urn:envoys>"]
        opened.replace_graph(
            "<urn:x:new>", f'<urn:d> {said} "A quorum of envoys came." .\n<urn:d> {code} "B-1 and so on" .'
        )
        assert made.find(said, "quorum of") == ['"A quorum of envoys came."']
        assert made.find(code, "so on") is None


def test_where_a_limit_is_reached_soon_little_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.sparql.words._FIRST", 8)
    quote = "<https://w3id.org/communique/ontology#quote>"
    with open_store(None) as opened:
        texts = "".join(f'<urn:s{n}> {quote} "No truce for envoy {n} at noon." .\n' for n in range(900))
        opened.load(texts.encode(), "turtle", graph="<urn:x:g>")
        made = TextIndex(opened)
        wait_until(lambda: made.find(quote, "envoy 7 at") is not None)
        some = made.some(quote, "no truce for")
        assert some is not None
        assert len(list(islice(some, 20))) == 20
        assert len(set(some)) == 880
        assert len(made.find(quote, "e for envoy 1") or []) == 111


def test_what_comes_in_great_number_is_found_before_and_after_it_is_joined_to_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.sparql.texts._MANY_NEW", 20)
    quote = "<https://w3id.org/communique/ontology#quote>"
    with open_store(None) as opened:
        opened.load(GRAPH.encode(), "turtle", graph="<urn:x:g>")
        made = TextIndex(opened)
        wait_until(lambda: made.find(quote, "talks") is not None)
        for batch in range(12):
            said = "".join(
                f'<urn:s{batch}-{n}> {quote} "Envoy {n} spoke of batch{batch} at noon." .\n' for n in range(25)
            )
            opened.replace_graph(f"<urn:x:{batch}>", said)
            assert len(made.find(quote, f"of batch{batch} at") or []) == 25
        assert len(made.find(quote, "Envoy 7 spoke") or []) == 12
        opened.clear("<urn:x:3>")
        opened.load(GRAPH.encode(), "turtle", graph="<urn:x:again>")
        assert len(made.find(quote, "Envoy 7 spoke") or []) >= 11
        assert made.find(quote, "talks")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(re.findall(r"\S+|\s", " ".join((*PATHS, *TEXTS)))), max_size=40).map("".join))
def test_no_text_breaks_the_planner(text: str) -> None:
    planned(text)
