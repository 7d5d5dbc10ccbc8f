"""What is seen in a query before the engine sees it."""

from __future__ import annotations

import random

import pytest

from kg.graph.store.sparql import reaches_out
from server.sparql.forms import Forms, hollow, split
from server.sparql.inspect import inspect
from server.sparql.using import with_dataset


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# ASK\nPREFIX select: <urn:x:describe> CONSTRUCT {} WHERE {}", "CONSTRUCT"),
        ("base <urn:ask> describe <x>", "DESCRIBE"),
        ('ASK { ?select ?p "CONSTRUCT" }', "ASK"),
        ("INSERT DATA { <urn:a> <urn:p> 'SELECT' }", ""),
        ("", ""),
    ],
)
def test_the_form_is_the_first_keyword_that_is_one(text: str, form: str) -> None:
    assert inspect(text).form == form


@pytest.mark.parametrize(
    ("text", "lookup"),
    [
        ("SELECT ?p ?o { <urn:x> ?p ?o }", True),
        ("PREFIX kg: <urn:k> SELECT ?p WHERE { kg:x ?p ?o . } LIMIT 5 # once", True),
        ("ASK { <urn:x> a <urn:c> }", True),
        ("ASK { <urn:x> ?a ?b ; ?c ?d ; ?e ?f }", False),
        ("DESCRIBE <urn:x>", True),
        ("DESCRIBE <urn:x> FROM <urn:g>", False),
        ("DESCRIBE ?x { ?x ?y ?z }", False),
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT * { <urn:x> ?p ?o . ?o ?q ?r }", False),
        ("SELECT * { <urn:x> <urn:p>+ ?o }", False),
        ("SELECT * { <urn:x> <urn:p>* ?o }", False),
        ("SELECT * { <urn:x> <urn:p>? ?o }", False),
        ("SELECT * { <urn:x> <urn:p>/<urn:q> ?o }", False),
        ("SELECT * { <urn:x> ^<urn:p> ?o }", False),
        ("SELECT * { <urn:x> ?p [ ?q ?r ] }", False),
        ("SELECT * { <urn:x> ?p ?o FILTER(?o > 1) }", False),
        ("SELECT * { <urn:x> ?p ?o } ORDER BY ?o", False),
        ("SELECT * { GRAPH ?g { <urn:x> ?p ?o } }", False),
        ("SELECT * FROM <urn:g> { <urn:x> ?p ?o }", False),
    ],
)
def test_only_the_properties_of_one_thing_are_a_lookup(text: str, lookup: bool) -> None:
    assert inspect(text).lookup is lookup


@pytest.mark.parametrize("call", ["NOW()", "RAND( )", "UUID()", "STRUUID ()", "BNODE()", "now()"])
def test_what_depends_on_chance_or_time_is_volatile(call: str) -> None:
    assert inspect(f"SELECT ({call} AS ?x) {{}}").volatile
    assert not inspect(f'SELECT ("{call}" AS ?x) {{}}').volatile


QUOTES = ('"\\', "'''a'", '"""a"', "'", "\\")
MARKS = (".", "-", "<", "?", ":", "#", "{")
WORDS = ("a.", "a-", "a...", "<a", "a:", "1a.", "<\\u0053")


@pytest.mark.parametrize("piece", (*QUOTES, *MARKS, *WORDS))
def test_hostile_texts_take_no_longer_than_others(piece: str) -> None:
    """A quadratic expression would not finish on these in any patience."""
    text = f"{piece * 100_000} SERVICE"
    inspect(text)
    reaches_out(text)


def test_a_requests_dataset_becomes_using_clauses() -> None:
    update = (
        "DELETE { ?s ?p 1 } WHERE { ?s ?p 1 } ; DELETE WHERE { ?s ?p 2 } ; INSERT { ?s ?p 3 } WHERE { { ?s ?p 4 } }"
    )
    changed = with_dataset(update, ["urn:a"], ["urn:b"])
    assert changed.count("USING <urn:a> USING NAMED <urn:b> WHERE") == 2
    assert "DELETE WHERE { ?s ?p 2 }" in changed


BITS = (
    *("SELECT", "CONSTRUCT", "WHERE", "DISTINCT", "FILTER", "OPTIONAL", "ORDER", "BY", "LIMIT", "3", "a", "*", "="),
    *("{", "}", "{", "}", "(", ")", "?a", "?b", "<urn:p>", "<urn:q>", ".", ";", ",", "#"),
)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_sent_is_inspected(seed: int) -> None:
    chance = random.Random(seed)
    for text in ("{", "}", "CONSTRUCT", "CONSTRUCT {", "CONSTRUCT WHERE {", "SELECT {", "CONSTRUCT { ?a a ?b }", "* {"):
        inspect(text)
    for _ in range(1500):
        inspect(" ".join(chance.choices(BITS, k=chance.randrange(1, 14))))


PIECES = [
    *("{", "}", " ", " ", "?x", "<", "<=", " <", "< ", "\\", "\\u0041", "PREFIX a:", "\n", ".", "&&", ">", "|"),
    *("<urn:a>", "<urn:b#c>", "<urn:\\u0041>", '"a"', '"b"', "'a'", "''", '""', '"""', "'''", '"', "'", '"\\""', "'#'"),
    *("# a\n", "#b>\n", "#<urn:a>\n", "#", "^^<urn:d>", '"<urn:a>"', "<urn:a", "'''x'y'''", '"""x\n"y"""'),
]


@pytest.mark.parametrize("seed", range(40))
def test_what_is_recalled_of_a_text_is_what_a_split_would_find(seed: int) -> None:
    chance = random.Random(seed)
    forms: Forms[str] = Forms()
    recalled = 0
    for _ in range(150):
        plan = [chance.choice(PIECES) for _ in range(chance.randrange(1, 9))]
        for _ in range(12):
            text = "S {" + "".join(piece if chance.random() < 0.7 else chance.choice(PIECES) for piece in plan)
            known, parts = forms.recall(text), split(text)
            constants = tuple(part for part in parts[1::2] if part[0] != "#")
            if known:
                assert known == (hollow(parts), constants), text
                recalled += 1
            forms.add("", parts, hollow(parts))
    assert recalled > 100


def test_only_what_is_no_longer_prologue_makes_a_form() -> None:
    forms: Forms[str] = Forms()
    for text in (" PREFIX a: { <urn:a>", "SELECT <urn:a> {", "SELECT ?x {?x<<urn:a>"):
        forms.add("", split(text), text)
        assert forms.recall(text) is None
    forms.add("PREFIX b: <urn:b>", split(" SELECT { <urn:a> }"), "seen")
    assert forms.recall("PREFIX b: <urn:b> SELECT { <urn:c> }") == ("seen", ("<urn:c>",))
