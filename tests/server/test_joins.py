"""Joins that the store answers without the engine: over generated data and queries, what the engine answers."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from kg.graph.store import Given, Joins, OxigraphStore, open_store
from server.sparql.inspect import inspect
from server.sparql.texts import TextIndex
from tests.server.conftest import wait_until

BASE = "http://example.org/"
THINGS = [f"<{BASE}{letter}{number}>" for letter in "abc" for number in range(6)]
XSD = "http://www.w3.org/2001/XMLSchema#"
DATES = [f'"{year}-{month:02}-15"^^<{XSD}date>' for year in (1999, 2004, 2012) for month in (1, 7, 12)]
NUMBERS = [f'"{number}"^^<{XSD}integer>' for number in (-3, 0, 7, 7000)]
STRINGS = ['"a"', '"b c"', '"Z"', '"é"', '"say \\"so\\"\\n"']
ODD = [
    '"a"@en',
    '"2012-13-40"^^<http://www.w3.org/2001/XMLSchema#date>',
    '"7.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
]
TIMES = [f'"2012-01-{day:02}T10:00:00Z"^^<{XSD}dateTime>' for day in (1, 2, 3)]
VALUES = {"date": DATES, "number": NUMBERS, "string": STRINGS, "time": TIMES, "odd": [*ODD, *DATES[:2]]}


def lines() -> list[str]:
    """Things with links and values, made by chance but always the same."""
    chance = random.Random(11)
    made = set()
    for thing in THINGS:
        for link in ("p", "q", "r"):
            for _ in range(chance.randrange(1, 5)):
                made.add(f"{thing} <{BASE}{link}> {chance.choice([*THINGS, '_:x', '_:y'])} .")
        for kind, values in VALUES.items():
            for _ in range(chance.randrange(1, 4)):
                made.add(f"{thing} <{BASE}{kind}> {chance.choice(values)} .")
    made |= {f"_:x <{BASE}p> {THINGS[3]} .", f"{THINGS[2]} <{BASE}p> {THINGS[2]} ."}
    made |= {f"{thing} <{BASE}only> {THINGS[at - 1]} ." for at, thing in enumerate(THINGS)}
    made |= {f"<{BASE}many{number}> <{BASE}hub> <{BASE}centre> ." for number in range(700)}
    return sorted(made)


@pytest.fixture(scope="module")
def store() -> Iterator[OxigraphStore]:
    """These in a store."""
    with open_store(None, merged=False) as made:
        made.load("\n".join(lines()).encode(), "ntriples")
        yield made


class Queries:
    """Makes queries of the kind, with more that is allowed than people write."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._variables = ["?u", "?v", "?w", "?x", "?y"]

    def _term(self, variables: list[str]) -> str:
        return self._chance.choice(variables if self._chance.random() < 0.95 else THINGS)

    def _triple(self, variables: list[str]) -> str:
        predicate = self._chance.choice(["p", "q", "r", *VALUES]) if self._chance.random() < 0.9 else "hub"
        return f"{self._term(variables)} <{BASE}{predicate}> {self._term(variables)}"

    def _operand(self) -> str:
        literals = [value for values in VALUES.values() for value in values]
        plain = self._chance.choice([*literals, *DATES, "7", "0", *THINGS[:2], '"http://example.org/b2"'])
        if self._chance.random() >= 0.6:
            return plain
        variable = self._chance.choice(self._variables)
        return f"STR({variable})" if self._chance.random() < 0.3 else variable

    def _condition(self, depth: int = 2) -> str:
        choice = self._chance.random()
        if depth and choice < 0.2:
            return f"({self._condition(depth - 1)} && {self._condition(depth - 1)})"
        if depth and choice < 0.45:
            return f"({self._condition(depth - 1)} || {self._condition(depth - 1)} && {self._condition(0)})"
        if choice < 0.6:
            return f"{self._chance.choice(['', '!', '! '])}BOUND({self._chance.choice(self._variables)})"
        if choice < 0.65 and depth:
            return f"!({self._condition(depth - 1)})"
        sign = self._chance.choice(["=", "!=", "<", ">", "<=", ">="])
        return f"{self._operand()} {sign} {self._operand()}"

    def sensible(self) -> str:
        """A query that walks from a thing to values, and compares these with their like."""
        pick, kind = self._chance.choice, self._chance.choice(["date", "number", "string", "time"])
        start = pick([f"{pick(THINGS)} <{BASE}p> ?u", f"?u <{BASE}q> {pick(THINGS)}"])
        more = [f"?u <{BASE}{kind}> ?v", f"?u <{BASE}r> ?w", f"?w <{BASE}{kind}> ?x"]
        more += [f"?w <{BASE}p> ?y", f"?y <{BASE}q> ?u"]
        certain = more[: 1 + self._chance.randrange(3)]
        body = " . ".join(self._chance.sample([start, *certain], len(certain) + 1))
        outer = [triple for triple in more if triple not in certain]
        for triple in self._chance.sample(outer, self._chance.randrange(len(outer) + 1)):
            body += f" OPTIONAL {{ {triple} }}"
        signs = ["=", "!=", "<", ">", "<=", ">="]
        plain = [f"?v {pick(signs)} {pick(VALUES[kind])}", f"?x {pick(signs)} ?v", "!BOUND(?x)"]
        plain.append(f"{pick(VALUES[kind])} > ?x")
        for _ in range(self._chance.randrange(3)):
            body += f" FILTER({pick(plain)} {pick(['||', '&&'])} {pick(plain)})"
        return f"SELECT {pick(['', 'DISTINCT '])}?u ?v ?w ?x ?y {{ {body} }}"

    def make(self) -> str:
        """Any query."""
        variables = self._variables[: 2 + self._chance.randrange(3)]
        parts = [f"{self._chance.choice(THINGS)} <{BASE}p> {variables[0]}" if self._chance.random() < 0.5 else ""]
        parts += [self._triple(variables) for _ in range(1 + self._chance.randrange(3))]
        body = " . ".join(filter(None, parts))
        for _ in range(self._chance.choice([0, 0, 1, 2])):
            group = [self._triple(self._variables) for _ in range(self._chance.choice([1, 1, 2]))]
            body += f" OPTIONAL {{ {' . '.join(group)} }}"
        for _ in range(self._chance.choice([0, 0, 1, 2])):
            body += f" FILTER({self._condition()})"
        chosen = self._chance.sample(self._variables, 1 + self._chance.randrange(4))
        if self._chance.random() < 0.1:
            chosen = ["*"]
        distinct = self._chance.choice(["", "", "DISTINCT "])
        return f"SELECT {distinct}{' '.join(chosen)} {{ {body} }}"


def own(store: OxigraphStore, text: str) -> bytes | None:
    """What is answered without the engine."""
    seen = inspect(text)
    if seen.walk is None or seen.walk.join is None:
        return None
    return Joins(store, alone=True).answer(seen.walk.join, Given(seen.constants))


def table(body: bytes) -> tuple[list[str], Counter[str]]:
    """The variables and how often each solution comes."""
    answer = json.loads(body)
    return answer["head"]["vars"], Counter(json.dumps(row, sort_keys=True) for row in answer["results"]["bindings"])


def test_generated_queries_are_answered_as_by_the_engine(store: OxigraphStore) -> None:
    answered = filled = 0
    for seed in range(6000):
        text = Queries(seed).make() if seed % 2 else Queries(seed).sensible()
        body = own(store, text)
        if body is None:
            continue
        expected = store.query(text).serialize("json")
        assert table(body) == table(expected), text
        answered += 1
        filled += b'"bindings":[]' not in body
    assert answered > 2000
    assert filled > 1000


@pytest.mark.parametrize("direction", ["?k", "ASC(?k)", "DESC(?k)", "DESC(?k) ?u", "ASC(?u) DESC(?k)"])
@pytest.mark.parametrize("kind", ["date", "number", "string", "time", "p"])
@pytest.mark.parametrize("cut", ["", "LIMIT 3", "LIMIT 2 OFFSET 1", "OFFSET 2", "OFFSET 1 LIMIT 12", "LIMIT 0"])
def test_order_and_cuts_are_the_engine_s(store: OxigraphStore, direction: str, kind: str, cut: str) -> None:
    for thing in THINGS[:6]:
        text = f"SELECT ?k {{ {thing} <{BASE}p> ?u . ?u <{BASE}{kind}> ?k }} ORDER BY {direction} {cut}"
        body = own(store, text)
        if body is not None:
            assert json.loads(body) == json.loads(store.query(text).serialize("json"))
        elif kind != "p" and "?u" not in direction:
            assert b"bnode" in store.query(f"SELECT ?u {{ {thing} <{BASE}p> ?u }}").serialize("json")


LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
WORDS = ["Truce", "truce", "in", "Kivu", "kivu", "K", "300 K", "İstanbul", "é", '\\"so\\"', "line\\nend"]
KINDS = ["", "", "@en", "@de-CH", f"^^<{XSD}date>", f"^^<{XSD}string>", "^^<urn:x:kind>"]


@pytest.fixture(scope="module")
def texts() -> Iterator[OxigraphStore]:
    """Things with texts of all kinds, made by chance but always the same."""
    chance = random.Random(5)
    lines = {f"<{BASE}a1> {LABEL} <{BASE}truce> .", f"<{BASE}a2> {LABEL} _:truce ."}
    for number in range(700):
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(1, 5)))
        lines.add(f'<{BASE}a{number}> {LABEL} "{text}"{chance.choice(KINDS)} .')
        lines.add(f"<{BASE}a{number}> <{BASE}p> <{BASE}a{chance.randrange(700)}> .")
    with open_store(None, merged=False) as made:
        made.load("\n".join(sorted(lines)).encode(), "ntriples")
        yield made


@pytest.fixture(scope="module")
def index(texts: OxigraphStore) -> TextIndex:
    """The words of the texts, once they are read."""
    made = TextIndex(texts)
    wait_until(lambda: made.find(LABEL, "truce") is not None)
    return made


@pytest.mark.parametrize("of", ["?t", "LCASE(?t)", "STR(?t)", "LCASE(STR(?t))", "lcase ( str( ?t ) )"])
@pytest.mark.parametrize("sought", ["truce", "Truce in", "kivu K", "300", "no such thing"])
@pytest.mark.parametrize("more", ["", f". ?s <{BASE}p> ?o", f"OPTIONAL {{ ?o <{BASE}p> ?s }}"])
def test_texts_are_found_as_by_the_engine(
    texts: OxigraphStore, index: TextIndex, of: str, sought: str, more: str
) -> None:
    text = f'SELECT ?s ?t ?o {{ ?s {LABEL} ?t {more} FILTER(CONTAINS({of}, "{sought}")) }}'
    seen = inspect(f"{text} LIMIT 40")
    assert seen.walk
    assert seen.walk.join
    whole = table(texts.query(text).serialize("json"))[1]
    joins = Joins(texts, alone=True, find=index.some)
    body = joins.answer(seen.walk.join, Given(seen.constants))
    assert body is not None
    found = table(body)[1]
    assert found <= whole
    assert found.total() == min(40, whole.total())


def test_what_is_not_found_among_many_candidates_is_left_to_the_engine(texts: OxigraphStore) -> None:
    seen = inspect(f'SELECT ?s {{ ?s {LABEL} ?t FILTER(CONTAINS(?t, "truce")) }} LIMIT 5')
    assert seen.walk
    assert seen.walk.join
    given = Given(seen.constants)
    many = Joins(texts, alone=True, find=lambda _p, _t: (f'"truce {number}"' for number in count()))
    few = Joins(texts, alone=True, find=lambda _p, _t: (f'"truce {number}"' for number in range(600)))
    assert many.answer(seen.walk.join, given) is None
    assert few.answer(seen.walk.join, given) is not None


@pytest.mark.parametrize("condition", ['CONTAINS(?t, "é")', 'CONTAINS(?t, "in"@en)', 'CONTAINS(UCASE(?t), "IN")'])
def test_texts_whose_case_or_kind_matters_are_left_to_the_engine(
    texts: OxigraphStore, index: TextIndex, condition: str
) -> None:
    seen = inspect(f"SELECT ?s {{ ?s {LABEL} ?t FILTER({condition}) }} LIMIT 4")
    given, join = Given(seen.constants), seen.walk.join if seen.walk else None
    assert join is None or Joins(texts, alone=True, find=index.some).answer(join, given) is None


def test_conditions_on_texts_filter_what_starts_elsewhere(texts: OxigraphStore) -> None:
    for number in range(60):
        text = (
            f"SELECT ?o ?t {{ <{BASE}a{number}> <{BASE}p> ?o . ?o {LABEL} ?t"
            ' FILTER(!CONTAINS(LCASE(?t), "kivu") || CONTAINS(?t, "300")) }'
        )
        body = own(texts, text)
        assert body is not None
        assert table(body) == table(texts.query(text).serialize("json"))


ANSWERED = [
    f"SELECT ?v {{ <{BASE}a1> <{BASE}p> ?u . ?u <{BASE}date> ?v FILTER(?v > '2000-01-01'^^<{XSD}date>) }}",
    f"PREFIX e: <{BASE}> SELECT ?v WHERE {{ e:a1 e:p ?u . ?u e:number ?v . FILTER(!BOUND(?v) || ?v != 7) }} LIMIT 5",
    f"SELECT ?u ?u2 {{ ?u <{BASE}p> <{BASE}a2> , <{BASE}a3> OPTIONAL {{ ?u <{BASE}number> ?u2 }} FILTER(?u2 >= 7) }}",
    f"SELECT * {{ <{BASE}a1> <{BASE}p> ?u . ?u <{BASE}q> ?v }}",
    f"SELECT DISTINCT * {{ ?z <{BASE}p> <{BASE}a2> OPTIONAL {{ ?z <{BASE}number> ?a }} FILTER(!BOUND(?b) || ?a = 7) }}",
]
NOT_ANSWERED = [
    "SELECT ?u { ?u <http://example.org/p> ?v }",
    "SELECT ?u { ?u <http://example.org/hub> <http://example.org/centre> }",
    "SELECT ?v { <http://example.org/a1> <http://example.org/p> ?u OPTIONAL { ?u <http://example.org/q> ?v }"
    " ?v <http://example.org/r> ?w }",
    "SELECT ?v { <http://example.org/a1> <http://example.org/p> ?u OPTIONAL { ?u <http://example.org/q> ?v"
    " FILTER(?v != ?u) } }",
    "SELECT ?v { <http://example.org/a1> <http://example.org/p> ?u FILTER(STRLEN(STR(?u)) > 7) }",
    "SELECT ?v { <http://example.org/a1> <http://example.org/p> ?u FILTER(?u > 7.5) }",
    "SELECT ?v { <http://example.org/a1> <http://example.org/p> ?u FILTER(?u > 7e0) }",
    "SELECT ?v { <http://example.org/a1> <http://example.org/p> ?u FILTER(?u > 'a'@en) }",
    "SELECT ?v { <http://example.org/a1> <http://example.org/p> ?u FILTER(?u < <http://example.org/b>) }",
    r"SELECT ?v { <http://example.org/a1> <http://example.org/string> ?v FILTER(?v = 'a\u0062') }",
    "SELECT ?v { <a1> <http://example.org/p> ?v . ?v <http://example.org/q> ?w }",
    "SELECT ?v { <http://example.org/x/../a1> <http://example.org/p> ?v . ?v <http://example.org/q> ?w }",
    "PREFIX e: <5> SELECT ?v { <http://example.org/a1> e:7 ?v . ?v <http://example.org/q> ?w }",
    "SELECT ?u ?u { <http://example.org/a1> <http://example.org/p> ?u . ?u <http://example.org/q> ?v }",
    "SELECT ?u { <http://example.org/a1> <http://example.org/p> ?u . ?v <http://example.org/q> ?v }",
]


@pytest.mark.parametrize("steps", [3, 12, 30])
def test_chains_of_any_length_are_the_engine_s(store: OxigraphStore, steps: int) -> None:
    chain = " . ".join(f"?v{number} <{BASE}only> ?v{number + 1}" for number in range(steps))
    text = f"SELECT ?v{steps} {{ {THINGS[0]} <{BASE}only> ?v0 . {chain} }}"
    body = own(store, text)
    assert body is None if steps > 18 else body is not None
    assert body is None or table(body) == table(store.query(text).serialize("json"))


@pytest.mark.parametrize(
    "outer",
    [
        "OPTIONAL { ?u <p> ?v . ?v <number> ?w } OPTIONAL { ?v <p> ?x }",
        "OPTIONAL { ?u <date> ?v } OPTIONAL { ?u <p> ?w . ?w <date> ?v } OPTIONAL { ?w <number> ?x }",
        "OPTIONAL { ?u <q> ?u2 . ?u2 <r> ?u } OPTIONAL { ?u <r> ?u2 . ?u2 <p> ?w } FILTER(!BOUND(?w) || ?w = <c1>)",
        "OPTIONAL { ?u <p> ?u } OPTIONAL { <a2> <p> ?u . ?u <number> ?w } FILTER(?w >= 0)",
        "OPTIONAL { <a1> <p> <a2> . ?u <p> ?v } FILTER(!(?v != <b2> && ?u = <a1>))",
        "OPTIONAL { ?u <p> ?v } OPTIONAL { ?u <q> ?w } OPTIONAL { ?v <r> ?w } FILTER(BOUND(?v) && !BOUND(?none))",
    ],
)
def test_optionals_that_share_variables_are_the_engine_s(store: OxigraphStore, outer: str) -> None:
    answered = 0
    for thing in THINGS:
        text = f"SELECT * {{ {thing} <{BASE}p> ?u {outer} }}".replace(" <", f" <{BASE}").replace(BASE + BASE, BASE)
        body = own(store, text)
        if body is not None:
            assert table(body) == table(store.query(text).serialize("json")), text
            answered += 1
    assert answered > 2 or "?u <p> ?u" in outer


@pytest.mark.parametrize("text", ANSWERED)
def test_what_people_ask_is_answered(store: OxigraphStore, text: str) -> None:
    body = own(store, text)
    assert body is not None
    assert table(body) == table(store.query(text).serialize("json"))


@pytest.mark.parametrize("text", NOT_ANSWERED)
def test_what_is_unusual_is_left_to_the_engine(store: OxigraphStore, text: str) -> None:
    assert own(store, text) is None


def test_what_is_kept_is_forgotten_with_the_next_commit(tmp_path: Path) -> None:
    text = f"SELECT ?v {{ <{BASE}a> <{BASE}p> ?u . ?u <{BASE}q> ?v }}"
    seen = inspect(text)
    assert seen.walk and seen.walk.join
    with open_store(tmp_path / "store") as made:
        made.update(f"INSERT DATA {{ <{BASE}a> <{BASE}p> <{BASE}b> . <{BASE}b> <{BASE}q> 1 }}")
        joins = Joins(made)
        assert joins.answer(seen.walk.join, Given(seen.constants)) is None
        made.image.begin()
        made.save_image(tmp_path / "image.nt", named=False)
        assert made.image.fill(tmp_path / "image.nt")
        for value in range(2, 6):
            body = joins.answer(seen.walk.join, Given(seen.constants))
            assert body is not None
            assert len(json.loads(body)["results"]["bindings"]) == value - 1
            made.update(f"INSERT DATA {{ <{BASE}b> <{BASE}q> {value} }}")
        made.update(f"DELETE DATA {{ <{BASE}b> <{BASE}q> 1 }}")
        body = joins.answer(seen.walk.join, Given(seen.constants))
        assert body is not None
        assert len(json.loads(body)["results"]["bindings"]) == 4
        made.image.step += 1
        assert joins.answer(seen.walk.join, Given(seen.constants)) is None
