"""Queries joined from columns: over generated graphs and queries, what the engine answers, after commits too."""

from __future__ import annotations

import io
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import Settings
from kg.errors import QueryError
from kg.graph.columns import Columns
from kg.graph.store import OxigraphStore, open_store, parse_lines
from server import Limits
from server.workers.changes import ChangeLog
from server.workers.joining import Joining
from tests.server import test_joins
from tests.server.conftest import TOKEN, Served, serve

BASE = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
THINGS = [f"<{BASE}{letter}{number}>" for letter in "ab" for number in range(9)] + ["_:x", "_:y1", f"<{BASE}é>"]
VALUES = [
    '"plain"',
    '"a"@en',
    '"a"@en-GB',
    '"say \\"so\\" \\\\ \\n\\t\\r\\b\\f"',
    '"\\u0001 \\u007F é 𝄞"',
    '""',
    f'"07"^^<{XSD}integer>',
    f'"1.50"^^<{XSD}decimal>',
    f'"1e3"^^<{XSD}double>',
    f'"1"^^<{XSD}boolean>',
    f'"2012-06-01"^^<{XSD}date>',
    f'"2012-06-01T10:00:00.50+02:00"^^<{XSD}dateTime>',
    f'"not a day"^^<{XSD}date>',
    '"odd } , { \\""^^<urn:type>',
]
UNUSUAL = ['"right"@ar--rtl', f'<<( {THINGS[0]} <{BASE}p> "1" )>>']
LINKS = ["p", "q", "r"]


class Graph:
    """A store and the columns that follow it, as in a worker."""

    def __init__(self, folder: Path, lines: list[str]) -> None:
        self.store: OxigraphStore = open_store(None)
        self.store.load("\n".join(lines).encode(), "ntriples")
        file = folder / "image.nt"
        self.store.save_image(file, named=False)
        self.joining = Joining(Columns.read(file))
        self._log = ChangeLog(self.store.version, named=False)
        self.store.subscribe(lambda delta: self._log.note(delta, self.store.version + 1))
        self._known = self.store.version

    def follow(self) -> None:
        """Takes in what was committed."""
        changes = self._log.since(self._known)
        assert changes is not None
        for change in changes:
            told = json.loads(change.payload)
            self.joining.columns.follow(told["removed"], told["added"])
        self._known = self._log.version

    def own(self, text: str, fmt: str) -> bytes | None:
        """What is answered without the engine."""
        out = io.BytesIO()
        return out.getvalue() if self.joining.answer(text, BASE, fmt, out) else None

    def engine(self, text: str, fmt: str) -> bytes:
        """What the engine answers."""
        return self.store.query(text, base=BASE).serialize(fmt)


def made_by(chance: random.Random, count: int) -> list[str]:
    """Triples of all kinds of terms, some of them more than once."""
    lines = []
    for _ in range(count):
        subject, link = chance.choice(THINGS), chance.choice([*LINKS, "value"])
        obj = chance.choice(VALUES) if link == "value" or chance.random() < 0.1 else chance.choice(THINGS)
        lines.append(f"{subject} <{BASE}{link}> {obj} .")
    return lines


@pytest.fixture
def graph(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Graph]:
    made = Graph(tmp_path, made_by(random.Random(getattr(request, "param", 5)), 260))
    yield made
    made.store.close()


def query(chance: random.Random) -> str:
    """A SELECT or CONSTRUCT of some triples, most of which are connected."""
    variables = ["?u", "?v", "?w", "?x"][: chance.randrange(2, 5)]
    triples = []
    for at in range(chance.randrange(1, 5)):
        subject = chance.choice(variables[: max(1, at)]) if chance.random() < 0.9 else iri(chance)
        obj = chance.choice(variables) if chance.random() < 0.85 else iri(chance)
        triples.append(f"{subject} <{BASE}{chance.choice([*LINKS, 'value'])}> {obj}")
    where = f"{{ {' . '.join(triples)} }}"
    variables = [variable for variable in variables if variable in where] or ["?u"]
    if chance.random() < 0.5:
        chosen = chance.sample(variables, chance.randrange(1, len(variables) + 1))
        return f"SELECT {' '.join(chosen)} {where}"
    if chance.random() < 0.2:
        return f"CONSTRUCT WHERE {where}"
    terms = [*variables, THINGS[0], "<urn:new>", "<urn:newer>"]
    template = [
        f"{chance.choice(terms)} <{chance.choice(['urn:l', f'{BASE}p'])}> {chance.choice(terms)}"
        for _ in range(chance.randrange(1, 4))
    ]
    return f"CONSTRUCT {{ {' . '.join(template)} }} {chance.choice(['', 'WHERE '])}{where}"


def iri(chance: random.Random) -> str:
    return chance.choice([term for term in THINGS if term[0] == "<"])


def rows(body: bytes) -> tuple[list[str], Counter[str]]:
    """The variables, and how often each solution comes; without variables the triples, as a graph has each once."""
    if not body.startswith(b"{"):
        return [], Counter(set(body.decode().split(" .\n")) - {""})
    answer = json.loads(body)
    return answer["head"]["vars"], Counter(json.dumps(row, sort_keys=True) for row in answer["results"]["bindings"])


def compare(graph: Graph, chance: random.Random, times: int) -> int:
    """Compares answers to generated queries; says how many had something in them and came from the columns."""
    found = 0
    for _ in range(times):
        text = query(chance)
        fmt = "json" if text.startswith("SELECT") else "ntriples"
        body = graph.own(text, fmt)
        if body is None:
            continue
        expected = rows(graph.engine(text, fmt))
        assert rows(body) == expected, text
        if fmt == "ntriples":
            assert body.count(b" .\n") == expected[1].total()
        found += bool(expected[1])
        compare_parts(graph, chance, text, fmt, expected[1])
    return found


def compare_parts(graph: Graph, chance: random.Random, text: str, fmt: str, all_of: Counter[str]) -> None:
    """With a LIMIT the answer has as many solutions as the engine's, all of them solutions."""
    cut = chance.choice(["LIMIT 3", "LIMIT 0", "OFFSET 2", "OFFSET 4 LIMIT 5", "LIMIT 5 OFFSET 100000"])
    body = graph.own(f"{text} {cut}", fmt)
    assert body is not None
    (_, part), (_, expected) = rows(body), rows(graph.engine(f"{text} {cut}", fmt))
    assert part <= all_of
    if fmt == "json":
        assert part.total() == expected.total(), text


@pytest.mark.parametrize("graph", range(6), indirect=True)
def test_generated_queries_are_answered_as_by_the_engine(graph: Graph, request: pytest.FixtureRequest) -> None:
    assert compare(graph, random.Random(request.node.name), 250) > 60


@pytest.mark.parametrize("graph", range(3), indirect=True)
def test_they_are_so_after_each_commit(graph: Graph, request: pytest.FixtureRequest) -> None:
    chance = random.Random(request.node.name)
    found = 0
    for _ in range(12):
        here = [" ".join(triple) for triple in graph.store.triples() if "_:" not in "".join(triple)]
        gone = " . ".join(chance.sample(here, min(len(here), 12)))
        come = "\n".join(line for line in made_by(chance, 20) if "_:" not in line)
        graph.store.update(f"DELETE DATA {{ {gone} }} ; INSERT DATA {{ {come} }}")
        graph.follow()
        found += compare(graph, chance, 20)
    assert found > 40


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph that small joins are tested with."""
    return Graph(tmp_path_factory.mktemp("walked"), test_joins.lines())


@pytest.mark.parametrize("seed", range(4))
def test_optional_filters_and_distinct_are_the_engine_s(walked: Graph, seed: int) -> None:
    answered = filled = 0
    for number in range(seed * 1000, seed * 1000 + 1000):
        queries = test_joins.Queries(number)
        text = queries.make() if number % 2 else queries.sensible()
        body = walked.own(text, "json")
        if body is None:
            continue
        expected = rows(walked.engine(text, "json"))
        assert rows(body) == expected, text
        answered += 1
        filled += bool(expected[1])
    assert answered > 300
    assert filled > 100


@pytest.mark.parametrize("direction", ["?k", "DESC(?k)", "DESC(?k) ?u", "?u DESC(?k)"])
@pytest.mark.parametrize("kind", ["date", "number", "string", "time"])
@pytest.mark.parametrize("cut", ["", "LIMIT 3", "LIMIT 9 OFFSET 4"])
@pytest.mark.parametrize("distinct", ["", "DISTINCT "])
def test_order_is_the_engine_s(walked: Graph, direction: str, kind: str, cut: str, distinct: str) -> None:
    where = f"{{ ?u <{BASE}{kind}> ?k . ?u <{BASE}p> <{BASE}a1> }}"
    text = f"SELECT {distinct}?k {where} ORDER BY {direction} {cut}"
    body = walked.own(text, "json")
    if body is not None:
        assert json.loads(body) == json.loads(walked.engine(text, "json"))
    else:
        assert "?u" in direction
        assert b"bnode" in walked.engine(f"SELECT ?u {where}", "json")


@pytest.mark.parametrize("fmt", ["tsv", "csv"])
@pytest.mark.parametrize("where", ["?u ?v", "?v ?w ?u"])
def test_separated_values_are_the_engine_s_to_the_byte(graph: Graph, fmt: str, where: str) -> None:
    text = f"SELECT {where} {{ ?u <{BASE}value> ?v . ?x <{BASE}p> ?u OPTIONAL {{ ?u <{BASE}q> ?w }} }}"
    body = graph.own(text, fmt)
    assert body is not None
    ours, theirs = body.split(b"\n"), graph.engine(text, fmt).split(b"\n")
    assert ours[0] == theirs[0]
    assert len(ours) > 30
    assert Counter(ours) == Counter(theirs)
    nothing = f"SELECT ?u ?v {{ ?u <{BASE}value> ?v . ?v <{BASE}p> ?u }}"
    assert graph.own(nothing, fmt) == graph.engine(nothing, fmt)


def test_turtle_says_what_the_engine_says(graph: Graph) -> None:
    where = f"{{ ?u <{BASE}value> ?v OPTIONAL {{ ?u <{BASE}q> ?w }} }}"
    text = f"CONSTRUCT {{ ?u a <urn:T> ; <urn:v> ?v , ?w , ?none ; a ?w }} {where}"
    body = graph.own(text, "turtle")
    assert body is not None
    assert len(body) < len(graph.engine(text, "turtle"))
    ours, theirs = (
        Counter({re.sub(r"_:\w+", "_:", line) for line in parse_lines(data, "turtle")})
        for data in (body, graph.engine(text, "turtle"))
    )
    assert ours == theirs
    assert graph.own(f"CONSTRUCT {{ ?u a <urn:T> }} {{ ?u <{BASE}none> ?v }}", "turtle") == b""


def test_what_comes_twice_and_what_goes_twice_makes_no_difference(graph: Graph) -> None:
    line = f'<{BASE}new> <{BASE}only> "07"^^<{XSD}integer>  .'
    text = f"SELECT ?u ?v {{ ?u <{BASE}only> ?v }}"
    for removed, added, count in (("", line, 1), ("", line, 1), (line, "", 0), (line, "", 0), (line, line, 1)):
        graph.joining.columns.follow(removed, added)
        body = graph.own(text, "json")
        assert body is not None
        assert body.count(b'"value":"7"') == count


@pytest.mark.parametrize("term", UNUSUAL)
def test_a_property_with_terms_that_are_not_plain_is_left_to_the_engine(tmp_path: Path, term: str) -> None:
    text = f"SELECT ?u ?v {{ ?u <{BASE}p> ?v }}"
    first = Graph(tmp_path, [f"{THINGS[0]} <{BASE}p> {term} .", f'{THINGS[0]} <{BASE}q> "x" .'])
    assert first.own(text, "json") is None
    assert first.own(text.replace("/p>", "/q>"), "json") is not None
    later = Graph(tmp_path, [f'{THINGS[0]} <{BASE}p> "x" .'])
    assert later.own(text, "json") is not None
    later.joining.columns.follow("", f"{THINGS[1]} <{BASE}p> {term}  .")
    assert later.own(text, "json") is None
    later.joining.columns.follow(f"{THINGS[1]} <{BASE}p> {term}  .", "")
    assert later.own(text, "json") is None


LARGE = [f"<{BASE}e{number}> <{BASE}p> <{BASE}t{number % 700}> ." for number in range(70_000)] + [
    f'<{BASE}t{number}> <{BASE}value> "{number} {copy}" .' for number in range(700) for copy in range(3)
]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return Graph(tmp_path_factory.mktemp("large"), LARGE)


@pytest.mark.parametrize("cut", ["", "LIMIT 99000", "LIMIT 70001 OFFSET 69000"])
def test_many_rows_are_answered_as_by_the_engine(large: Graph, cut: str) -> None:
    text = f"SELECT ?e ?v {{ ?e <{BASE}p> ?t . ?t <{BASE}value> ?v }}"
    body = large.own(f"{text} {cut}", "json")
    assert body is not None
    (names, part), (all_names, expected) = rows(body), rows(large.engine(text, "json"))
    assert names == all_names
    assert part <= expected
    assert part.total() == rows(large.engine(f"{text} {cut}", "json"))[1].total()


def test_many_triples_are_made_once_each(large: Graph) -> None:
    text = f"CONSTRUCT {{ ?t a <urn:T> . ?e <urn:says> ?v }} {{ ?e <{BASE}p> ?t . ?t <{BASE}value> ?v }}"
    body = large.own(text, "ntriples")
    assert body is not None
    lines = body.splitlines()
    assert len(set(lines)) == len(lines)
    assert set(lines) == set(large.engine(text, "ntriples").splitlines())


def test_a_limit_is_reached_without_joining_the_rest(large: Graph) -> None:
    triples = " . ".join(f"?e{number} <{BASE}p> ?t" for number in range(12))  # 100^11 solutions a thing
    body = large.own(f"SELECT ?e0 ?e11 {{ {triples} }} LIMIT 150000", "json")
    assert body is not None
    assert len(json.loads(body)["results"]["bindings"]) == 150_000


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT ?a {{ ?a <{BASE}p> ?b . ?c <{BASE}q> ?d }}",
        "SELECT ?a { ?a ?p ?b }",
        f"SELECT ?a {{ ?a <{BASE}p>+ ?b }}",
        f"SELECT ?a {{ ?a <{BASE}p> ?b FILTER NOT EXISTS {{ ?b <{BASE}p> ?c }} }}",
        f"SELECT (GROUP_CONCAT(?a) AS ?n) {{ ?a <{BASE}p> ?b }}",
        f"ASK {{ ?a <{BASE}p> ?b . ?b <{BASE}q> ?a }}",
        f"CONSTRUCT {{ ?a <urn:p> [] }} {{ ?a <{BASE}p> ?b }}",
        f"CONSTRUCT {{ ?a <urn:p> 1 }} {{ ?a <{BASE}p> ?b }}",
        f"CONSTRUCT {{ ?a ?b <urn:p> }} {{ ?a <{BASE}p> ?b }}",
        f"CONSTRUCT {{ ?a <urn:p> ?b }} {{ GRAPH ?g {{ ?a <{BASE}p> ?b }} }}",
        f"CONSTRUCT {{ ?a <urn:p> ?b }} {{ {{ ?a <{BASE}p> ?b }} UNION {{ ?a <{BASE}q> ?b }} }}",
        "SELECT ?a { ?a <p> ?b }",
    ],
)
def test_what_is_not_of_the_kind_is_left_to_the_engine(graph: Graph, text: str) -> None:
    assert graph.own(text, "ntriples" if text.startswith("CONSTRUCT") else "json") is None


@pytest.mark.parametrize("text", ["SELECT ?a { ?a <urn:p> ?b } }", "CONSTRUCT { ?a <urn:p> ?b } { ?a <urn:q> ?b , }"])
def test_what_is_wrong_with_a_query_is_said_as_by_the_engine(graph: Graph, text: str) -> None:
    with pytest.raises(QueryError) as expected:
        graph.engine(text, "json")
    try:
        assert graph.own(text, "json") is None
    except QueryError as error:
        assert str(error) == str(expected.value)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The large graph on disk, behind workers with tight bounds."""
    limits = Limits(workers=2, readers=0, max_rows=75_000, max_result=2**23)
    with open_store(tmp_path_factory.mktemp("served") / "store") as store:
        store.load("\n".join(LARGE).encode(), "ntriples")
        yield from serve(store, Settings(token=TOKEN), limits, ready=True)


ENDLESS = " . ".join(f"?e{number} <{BASE}p> ?t" for number in range(12))


def test_workers_answer_from_columns_and_see_each_commit(served: Served) -> None:
    made = f"CONSTRUCT {{ ?e <urn:says> ?v }} WHERE {{ ?t <{BASE}value> ?v . ?e <{BASE}p> ?t . ?e <{BASE}new> ?t }}"
    asked = f"SELECT ?e ?v {{ ?t <{BASE}value> ?v . ?e <{BASE}p> ?t . ?e <{BASE}new> ?t }}"
    counted = f"SELECT ?t (COUNT(DISTINCT ?v) AS ?n) {{ ?t <{BASE}value> ?v . ?e <{BASE}new> ?t }} GROUP BY ?t"
    for number in range(5):
        thing = f"<{BASE}e{number}>"
        update = f"INSERT DATA {{ {thing} <{BASE}new> <{BASE}t{number}> }}"
        answer = served.client.post("/update", data={"update": update}, headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 204
        for _ in range(3):  # more than there are workers
            found = served.client.get("/sparql", params={"query": f"{made} # {number}", "format": "ntriples"})
            assert len(found.text.splitlines()) == 3 * (number + 1)
            table = served.client.get("/sparql", params={"query": f"{asked} # {number}"}).json()
            assert len(table["results"]["bindings"]) == 3 * (number + 1)
            count = served.client.get("/sparql", params={"query": f"{counted} # {number}"}).json()
            assert [row["n"]["value"] for row in count["results"]["bindings"]] == ["3"] * (number + 1)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (f"SELECT ?e0 {{ {ENDLESS} }}", "rows"),
        (f"SELECT ?e0 ?e1 ?e2 ?e3 ?e4 {{ {ENDLESS} }} LIMIT 70000", "bytes"),
        (f"CONSTRUCT {{ ?t a <urn:T> }} {{ {ENDLESS} }}", "longer than 0.7 s"),
        (f"SELECT ?t (COUNT(*) AS ?n) {{ {ENDLESS} }} GROUP BY ?t", "longer than 0.7 s"),
    ],
)
def test_bounds_hold_for_what_columns_join(served: Served, query: str, reason: str) -> None:
    format = "json" if query.startswith("SELECT") else "ntriples"
    answer = served.client.get("/sparql", params={"query": query, "timeout": "0.7", "format": format})
    assert answer.status_code == 503
    assert reason in answer.json()["detail"]
    assert served.client.get("/sparql", params={"query": f"ASK {{ ?e <{BASE}p> ?t }} # {reason}"}).json()["boolean"]
