"""Aggregates from columns: over generated graphs and queries, what the engine answers, after commits too."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from server.sparql.inspect import inspect
from tests.server.test_columns import BASE, THINGS, XSD, Graph, rows

NUMBERS = ["7", "-3", "0", "0.5", "2.25", "7.125", "-0.001", "100000", "12345.678901"]
DAYS = [f'"20{year:02}-0{month}-15"^^<{XSD}date>' for year in (1, 4, 12) for month in (1, 7)]
DAYS += [f'"{day}"^^<{XSD}date>' for day in ("2012-02-29", "1999-12-31", "0987-09-30")]
KINDS = {
    "number": [f'"{n}"^^<{XSD}{"decimal" if "." in n else "integer"}>' for n in NUMBERS],
    "whole": [f'"{n}"^^<{XSD}integer>' for n in NUMBERS if "." not in n],
    "equal": [f'"1"^^<{XSD}integer>', f'"1.0"^^<{XSD}decimal>', f'"2.5"^^<{XSD}decimal>'],
    "day": DAYS,
    "text": ['"a"', '"ab"', '"B"', '"é"', '"a\\nb"', '"𝄞"', '"￼"', '""'],
    "mixed": ['"a"@en', '"b"', f'"1e3"^^<{XSD}double>', f'"4"^^<{XSD}integer>', DAYS[0], THINGS[1], "_:x"],
}
LINKS = ["p", "q", "r"]
FUNCTIONS = ["COUNT", "SUM", "MIN", "MAX", "AVG"]
NAMED = [thing for thing in THINGS if thing[0] == "<"]


def lines(chance: random.Random, things: list[str], count: int = 220) -> list[str]:
    """Things with links, and values of each kind."""
    made = set()
    for _ in range(count):
        made.add(f"{chance.choice(things)} <{BASE}{chance.choice(LINKS)}> {chance.choice(things)} .")
        kind = chance.choice([*KINDS])
        made.add(f"{chance.choice(things)} <{BASE}{kind}> {chance.choice(KINDS[kind])} .")
    return sorted(made)


@pytest.fixture
def graph(tmp_path: Path, request: pytest.FixtureRequest) -> Graph:
    """Blank nodes, which have no order, are in every fourth."""
    seed = getattr(request, "param", 2)
    return Graph(tmp_path, lines(random.Random(seed), THINGS if seed % 4 == 0 else NAMED))


class Queries:
    """Makes queries that group solutions; those with an order are ordered by all that they show."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.kind = chance.choice([*KINDS])
        self.ordered = False

    def make(self) -> str:
        """Any query."""
        pick = self.chance.choice
        body = [f"?u <{BASE}{pick(LINKS)}> ?v", f"?v <{BASE}{pick(LINKS)}> ?w", f"?v <{BASE}{self.kind}> ?k"]
        if self.chance.random() < 0.2:
            body.append(f"?u <{BASE}{pick(LINKS)}> {pick(THINGS[:4])}")
        where = " . ".join(body[: pick([1, 2, 3, 3, 4])])
        if "?k" not in where or self.chance.random() < 0.2:
            where += f" OPTIONAL {{ ?u <{BASE}{self.kind}> ?k }}" if "?k" not in where else f" . ?w <{BASE}q> ?x"
        where += self.filter() if self.chance.random() < 0.4 else ""
        variables = [variable for variable in ("?u", "?v", "?w", "?k") if variable in where]
        by = self.chance.sample(variables, self.chance.randrange(0, 3))
        shown = [variable for variable in by if self.chance.random() < 0.9]
        made = {f"?m{at}": self.aggregate(variables) for at in range(self.chance.randrange(1, 4))}
        head = [*shown, *(f"({aggregate} AS {name})" for name, aggregate in made.items())]
        self.chance.shuffle(head)
        distinct = pick(["", "", "DISTINCT "])
        grouped = f"GROUP BY {' '.join(by)}" if by else ""
        having = self.having(variables, by) if self.chance.random() < 0.3 else ""
        return f"SELECT {distinct}{' '.join(head)} {{ {where} }} {grouped} {having} {self.order([*shown, *made])}"

    def aggregate(self, variables: list[str]) -> str:
        """Any aggregate."""
        if self.chance.random() < 0.3:
            return "COUNT(*)"
        variable = "?k" if self.chance.random() < 0.6 else self.chance.choice(variables)
        is_number = variable == "?k" and self.kind in ("number", "whole", "equal")
        function = self.chance.choice(FUNCTIONS if is_number or self.chance.random() < 0.1 else ["COUNT", "MIN", "MAX"])
        return f"{function}({self.chance.choice(['', '', 'DISTINCT '])}{variable})"

    def filter(self) -> str:
        """A comparison, often of what STR makes of things."""
        left, right = self.chance.choice(
            [("STR(?u)", "STR(?v)"), ("STR(?v)", "STR(?u)"), ("?u", "?v"), ("STR(?k)", "STR(?u)")]
        )
        if self.chance.random() < 0.2:
            right = '"http://example.org/a5"'
        return f" FILTER({left} {self.chance.choice(['<', '>', '<=', '>=', '=', '!='])} {right})"

    def having(self, variables: list[str], by: list[str]) -> str:
        """A condition on groups."""
        sign = self.chance.choice(["<", ">", "!=", ">="])
        more = f" && BOUND({by[0]})" if by and self.chance.random() < 0.3 else ""
        return f"HAVING ({self.aggregate(variables)} {sign} {self.chance.choice([1, 2, 7])}{more})"

    def order(self, shown: list[str]) -> str:
        """By all that is shown, so that it is certain, or by nothing; equal values have no order."""
        self.ordered = self.chance.random() < 0.6 and self.kind != "equal"
        if not self.ordered:
            return ""
        keys = self.chance.sample(shown, len(shown))
        directed = [self.chance.choice([key, f"ASC({key})", f"DESC({key})"]) for key in keys]
        return f"ORDER BY {' '.join(directed)} {self.chance.choice(['', '', 'LIMIT 3', 'LIMIT 4 OFFSET 2', 'LIMIT 0'])}"


def compare(graph: Graph, chance: random.Random, times: int) -> Counter[str]:
    """Compares answers to generated queries; counts those that came from columns, had something in them, and so on."""
    seen = Counter[str]()
    for _ in range(times):
        queries = Queries(chance)
        text = queries.make()
        fmt = chance.choice(["json", "json", "tsv", "csv"])
        body = graph.own(text, fmt)
        if body is None:
            continue
        expected = graph.engine(text, fmt)
        if fmt != "json":
            same = body.splitlines() if queries.ordered else Counter(body.splitlines())
            assert same == (expected.splitlines() if queries.ordered else Counter(expected.splitlines())), text
        elif queries.ordered:
            assert json.loads(body) == json.loads(expected), text
        else:
            assert rows(body) == rows(expected), text
        seen["answered"] += 1
        seen["filled"] += b"value" in expected or expected.count(b"\n") > 1
        seen.update(
            name for name in (*FUNCTIONS, "DISTINCT", "HAVING", "OPTIONAL", "STR", "GROUP", "ORDER") if name in text
        )
    return seen


@pytest.mark.parametrize("graph", range(8), indirect=True)
def test_generated_queries_are_answered_as_by_the_engine(graph: Graph, request: pytest.FixtureRequest) -> None:
    seen = compare(graph, random.Random(request.node.name), 400)
    assert seen["answered"] > 120
    assert seen["filled"] > 100
    assert min(seen.values()) > 10


def test_they_are_so_after_each_commit(graph: Graph) -> None:
    chance, answered = random.Random(8), 0
    for _ in range(10):
        here = [" ".join(triple) for triple in graph.store.triples() if "_:" not in "".join(triple)]
        come = "\n".join(line for line in lines(chance, NAMED, 20) if "_:" not in line)
        graph.store.update(f"DELETE DATA {{ {' . '.join(chance.sample(here, 12))} }} ; INSERT DATA {{ {come} }}")
        graph.follow()
        answered += compare(graph, chance, 30)["answered"]
    assert answered > 80


def value_of(body: bytes, name: str) -> list[str]:
    """The values of a variable, in order."""
    return [row[name]["value"] for row in json.loads(body)["results"]["bindings"]]


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT (COUNT(*) AS ?n) {{ ?a <{BASE}p> ?b . ?b <{BASE}none> ?c }}",
        f"SELECT (SUM(?c) AS ?n) (AVG(?c) AS ?m) (MAX(?c) AS ?l) {{ ?a <{BASE}none> ?c }}",
        f"SELECT ?a (COUNT(*) AS ?n) {{ ?a <{BASE}none> ?c }} GROUP BY ?a",
        f"SELECT (COUNT(*) AS ?n) {{ ?a <{BASE}none> ?c }} HAVING(COUNT(*) > 0)",
        f"SELECT (COUNT(*) AS ?n) {{ {NAMED[0]} <{BASE}none> {NAMED[1]} }}",
    ],
)
def test_nothing_is_one_group_unless_something_groups_it(graph: Graph, text: str) -> None:
    body = graph.own(text, "json")
    assert body is not None
    assert json.loads(body) == json.loads(graph.engine(text, "json"))


def test_a_sample_is_a_value_of_its_group(graph: Graph) -> None:
    body = graph.own(f"SELECT ?a (SAMPLE(?b) AS ?n) {{ ?a <{BASE}p> ?b }} GROUP BY ?a", "json")
    assert body is not None
    for thing, sample in zip(value_of(body, "a"), value_of(body, "n"), strict=True):
        assert b"true" in graph.engine(f"ASK {{ <{thing}> <{BASE}p> <{sample}> }}", "json")
    assert len(value_of(body, "a")) > 10


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a (GROUP_CONCAT(?b) AS ?n) { ?a <urn:p> ?b } GROUP BY ?a",
        "SELECT ?a (COUNT(*) + 1 AS ?n) { ?a <urn:p> ?b } GROUP BY ?a",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?a <urn:p> ?b }",
        "SELECT (SUM(?b * 2) AS ?n) { ?a <urn:p> ?b }",
        "SELECT ?s (COUNT(*) AS ?n) { ?a <urn:p> ?b } GROUP BY (STR(?a) AS ?s)",
        "SELECT ?a (COUNT(*) AS ?n) { ?a <urn:p> ?b } GROUP BY ?a HAVING(?n > 1)",
        "SELECT ?a (COUNT(*) AS ?n) { ?a <urn:p> ?b } GROUP BY ?a HAVING(?b > 1)",
        "SELECT ?a (COUNT(*) AS ?n) { ?a <urn:p> ?b } GROUP BY ?a ORDER BY ?b",
        "SELECT ?b (COUNT(*) AS ?n) { ?a <urn:p> ?b } GROUP BY ?a",
        "SELECT (COUNT(*) AS ?a) { ?a <urn:p> ?b }",
        "SELECT ?a (SUM(?n) AS ?m) (COUNT(*) AS ?n) { ?a <urn:p> ?b } GROUP BY ?a",
        "SELECT (?a AS ?n) { ?a <urn:p> ?b } GROUP BY ?a",
        "SELECT ?a { ?a <urn:p> ?b } HAVING(COUNT(*) > 1)",
        "SELECT ?a { ?a <urn:p> ?b } ORDER BY COUNT(*)",
        "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?b { SELECT ?a { ?a <urn:q> ?c } } }",
        "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?b } VALUES ?a { <urn:a> }",
    ],
)
def test_other_groups_are_left_to_the_engine(text: str) -> None:
    assert inspect(text).walk is None


@pytest.mark.parametrize(
    "day", ["2011-02-29", "2011-04-31", "1900-02-29", "2011-13-01", "2011-00-10", "2011-01-32", "201-W01-01"]
)
def test_days_that_are_none_are_left_to_the_engine(tmp_path: Path, day: str) -> None:
    made = Graph(tmp_path, [f'<urn:a> <urn:v> "{each}"^^<{XSD}date> .' for each in (day, "2011-05-31")])
    assert made.own("SELECT (MAX(?v) AS ?n) { ?a <urn:v> ?v }", "json") is None
    assert made.own("SELECT (COUNT(DISTINCT ?v) AS ?n) { ?a <urn:v> ?v }", "json") is not None


@pytest.mark.parametrize("function", ["SUM", "AVG"])
@pytest.mark.parametrize(
    "value", ['"x"', f'"1e0"^^<{XSD}double>', f'"99999999999999.999999"^^<{XSD}decimal>', "<urn:x>"]
)
def test_sums_that_are_not_plain_are_left_to_the_engine(tmp_path: Path, function: str, value: str) -> None:
    made = Graph(tmp_path, [f"{NAMED[0]} <urn:v> {value} .", f'{NAMED[0]} <urn:v> "1"^^<{XSD}integer> .'])
    assert made.own(f"SELECT ({function}(?v) AS ?n) {{ ?a <urn:v> ?v }}", "json") is None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?t (COUNT(*) AS ?n) (COUNT(DISTINCT ?m) AS ?k) { ?e <u:of> ?t ; <u:m> ?m } GROUP BY ?t ORDER BY ?t",
        "SELECT ?e ?t (SUM(?m) AS ?n) { ?e <u:of> ?t ; <u:m> ?m } GROUP BY ?e ?t ORDER BY DESC(?n) ?e ?t LIMIT 50",
        "SELECT ?e (AVG(?m) AS ?n) { ?e <u:of> ?t ; <u:m> ?m } GROUP BY ?e ORDER BY ?n ?e LIMIT 9",
        "SELECT ?t (MAX(?e) AS ?n) { ?e <u:of> ?t } GROUP BY ?t ORDER BY ?n",
        "SELECT (COUNT(*) AS ?n) { ?e <u:of> ?t . ?f <u:of> ?t FILTER(STR(?e) < STR(?f)) }",
        "SELECT ?e (COUNT(*) AS ?n) { ?e <u:of> ?t . ?f <u:of> ?t } GROUP BY ?e ORDER BY DESC(?n) DESC(?e) LIMIT 30",
    ],
)
def test_groups_over_many_blocks_are_the_engine_s(many: Graph, text: str) -> None:
    body = many.own(text, "json")
    assert body is not None
    assert json.loads(body) == json.loads(many.engine(text, "json"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Things that are of others and have marks, some more than one."""
    chance = random.Random(4)
    made = [f"<urn:e{number}> <u:of> <urn:t{number * number % 47}> ." for number in range(4000)]
    for number in range(90_000):
        mark = chance.choice([f'"{chance.randrange(90)}"^^<{XSD}integer>', f'"{number % 70}.5"^^<{XSD}decimal>'])
        made.append(f"<urn:e{chance.randrange(4000)}> <u:m> {mark} .")
    return Graph(tmp_path_factory.mktemp("many"), made)
