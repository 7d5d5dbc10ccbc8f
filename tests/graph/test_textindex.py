from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import kg, literal
from kg.graph.textindex import WordIndex
from kg.graph.textquery import with_index
from tests.graph.conftest import MINTER, fill

GRAPH = "<http://example.org/graph/x>"
QUOTE = kg("quote")


@pytest.fixture(scope="module")
def graph() -> Iterator[OxigraphStore]:
    with open_store(None) as store:
        fill(store)
        yield store


@pytest.fixture(scope="module")
def index(graph: OxigraphStore) -> WordIndex:
    made = WordIndex(graph)
    made.fill()
    return made


def test_search_finds_the_best_match_first(index: WordIndex) -> None:
    (best, *_) = index.search("fishing mot")
    assert best.thing == MINTER.id("document/fishing-motion")
    assert not index.search("zeppelin") and not index.search("  ")
    assert {hit.property for hit in index.search("fishing", properties=[QUOTE])} == {QUOTE}


@pytest.mark.parametrize("odd", ['"', "'; DROP TABLE said", "a AND", "*", "NEAR(", "\x00", "é" * 50])
def test_search_takes_any_text(index: WordIndex, odd: str) -> None:
    index.search(odd)
    index.containing(QUOTE, [odd])


TEXTS = st.lists(st.text(alphabet="abAB cd.-'é", max_size=12), max_size=6)


@given(TEXTS, st.text(alphabet="abAB cd.-'", min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_nothing_that_contains_the_needle_is_missed(texts: list[str], needle: str) -> None:
    store = open_store(None)
    index = WordIndex(store)
    index.fill()
    store.replace_graph(GRAPH, [f"<http://e/{n}> {QUOTE} {literal(text)} ." for n, text in enumerate(texts)])
    found = index.containing(QUOTE, [needle])
    wanted = {f"<http://e/{n}>" for n, text in enumerate(texts) if needle.lower() in text.lower()}
    assert found is None or wanted <= set(found)


@given(st.lists(TEXTS, max_size=4))
@settings(max_examples=60, deadline=None)
def test_index_that_follows_is_the_index_made_anew(states: list[list[str]]) -> None:
    store = open_store(None)
    follows = WordIndex(store)
    follows.fill()
    for texts in states:
        store.replace_graph(GRAPH, [f"<http://e/{n}> {QUOTE} {literal(text)} ." for n, text in enumerate(texts)])
    anew = WordIndex(store)
    assert follows.fill() == anew.fill()
    for word in ("a", "ab", "cd", "bA"):
        assert sorted(map(str, follows.search(word))) == sorted(map(str, anew.search(word)))


def test_value_stated_twice_leaves_with_its_last_graph(store: OxigraphStore) -> None:
    index = WordIndex(store)
    index.fill()
    line = f'<http://e/s> {QUOTE} "storm" .'
    store.replace_graph("<http://e/g>", [line])
    store.replace_graph("<http://e/h>", [line])
    store.clear("<http://e/g>")
    assert [hit.thing for hit in index.search("storm")] == ["<http://e/s>"]
    store.clear("<http://e/h>")
    assert not index.search("storm")


def test_index_that_lost_track_says_so_until_filled(store: OxigraphStore) -> None:
    index = WordIndex(store)
    index.fill()
    store.update(
        'INSERT DATA { <http://e/s> kg:quote "hail" } ; INSERT { ?s kg:text "x" } WHERE { ?s kg:quote "hail" }'
    )
    assert not index.ready and index.containing(QUOTE, ["hail"]) is None
    index.fill()
    assert index.containing(QUOTE, ["hail"]) == ["<http://e/s>"]


HELPED = [
    'SELECT ?r ?q WHERE { ?r kg:quote ?q FILTER(CONTAINS(LCASE(?q), "fishing motion")) } LIMIT 10',
    "PREFIX k: <https://w3id.org/communique/ontology#> SELECT * { ?e k:report ?r . "
    '?r a k:Report ; k:quote ?q . FILTER(CONTAINS(?q, "raid") && ?e != 3) }',
    "SELECT * { ?r <https://w3id.org/communique/ontology#quote> ?q FILTER CONTAINS(LCASE(STR(?q)), 'raid') }",
    'SELECT * { ?x a kg:State OPTIONAL { ?r kg:quote ?q FILTER(CONTAINS(?q, "raid")) } }',
    'SELECT * { { ?r kg:quote ?q FILTER(CONTAINS(?q, "raid")) } UNION { ?r a kg:State } }',
    'SELECT (COUNT(*) AS ?n) { ?s rdfs:label ?l FILTER(CONTAINS(?l, "orlan") && CONTAINS(LCASE(?l), "nor")) }',
    'SELECT * { GRAPH ?g { ?r kg:quote ?q FILTER(CONTAINS(?q, "Sudria")) } }',
    'CONSTRUCT { ?r kg:quote ?q } WHERE { ?r kg:quote ?q FILTER(CONTAINS(?q, "Sudria")) }',
    'SELECT * { ?r kg:quote ?q FILTER(CONTAINS(?q, "nowhere to be found")) }',
]
LEFT_ALONE = [
    'SELECT * { ?r kg:quote ?q FILTER(CONTAINS(?q, "raid") || true) }',
    'SELECT * { ?r kg:quote ?q FILTER(!CONTAINS(?q, "raid")) }',
    'SELECT * { ?r kg:quote ?q FILTER(IF(CONTAINS(?q, "raid"), true, true)) }',
    'SELECT * { ?e kg:report/kg:quote ?q FILTER(CONTAINS(?q, "raid")) }',
    'SELECT * { ?q ^kg:quote ?r FILTER(CONTAINS(?q, "raid")) }',
    'SELECT * { ?r a kg:Report FILTER NOT EXISTS { ?r kg:quote ?q FILTER(CONTAINS(?q, "raid")) } }',
    'SELECT * { ?r kg:begin ?q FILTER(CONTAINS(STR(?q), "7")) }',
    'SELECT * { ?e kg:report [ kg:begin ?b ; kg:quote ?q ] FILTER(CONTAINS(?q, "raid")) }',
    'SELECT * { ?r kg:quote ?q FILTER(CONTAINS("raid", ?q)) }',
    "SELECT * { ?r kg:quote ?q FILTER(CONTAINS(?q, ?q)) }",
    'SELECT * { ?r kg:quote ?q FILTER(CONTAINS(?q, "naïve")) }',
    'SELECT ("CONTAINS(?q, 1)" AS ?x) {}',
    "SELECT broken CONTAINS {{{",
]


@pytest.mark.parametrize("query", HELPED)
def test_helped_query_has_the_same_answer(graph: OxigraphStore, index: WordIndex, query: str) -> None:
    helped = with_index(query, index)
    assert "VALUES" in helped
    assert sorted(map(str, graph.query(helped).rows())) == sorted(map(str, graph.query(query).rows()))


@pytest.mark.parametrize("query", LEFT_ALONE)
def test_query_that_cannot_be_helped_stays_as_it_is(index: WordIndex, query: str) -> None:
    assert with_index(query, index) == query
