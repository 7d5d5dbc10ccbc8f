"""Literals of the datatypes of OWL 2 RL: well-formed or not, equal or different, in which value spaces."""

from __future__ import annotations

import pytest

from kg.graph.reason import Engine
from kg.graph.reason.datatypes import different, inside, value
from kg.graph.reason.vocabulary import DATATYPES, XSD
from tests.graph.reason.ontologies import ntriples, owl, rdfs


def typed(lexical: str, name: str) -> str:
    return f'"{lexical}"^^<{XSD}{name}>'


WELL = [
    ("7", "byte"), ("-128", "byte"), ("+7", "integer"), ("1.", "decimal"), (".5", "decimal"), ("1e3", "double"),
    ("INF", "float"), ("NaN", "double"), ("1", "boolean"), ("0aFF", "hexBinary"), ("aGk=", "base64Binary"),
    ("http://e/a b%20".replace(" ", ""), "anyURI"), ("2012-02-29T24:00:00", "dateTime"), ("a b", "token"),
    ("2012-06-05T10:00:00.5+02:00", "dateTimeStamp"), ("en-GB", "language"), ("a:b", "Name"), ("a-b", "NCName"),
    ("-a", "NMTOKEN"), ("18446744073709551615", "unsignedLong"), ("0", "nonPositiveInteger"),
]  # fmt: skip
ILL = [
    ("128", "byte"), ("-1", "unsignedInt"), ("1.0", "integer"), ("1e3", "decimal"), ("0", "positiveInteger"),
    ("yes", "boolean"), ("abc", "hexBinary"), ("a", "base64Binary"), ("2011-02-29T00:00:00", "dateTime"),
    ("2012-06-05T10:00:00", "dateTimeStamp"), ("2012-13-01T00:00:00", "dateTime"), (" a", "token"), ("a  b", "token"),
    ("a:b", "NCName"), ("englishish", "language"), ("1 2", "NMTOKEN"), ("1e400", "double"), ("1e-60", "float"),
]  # fmt: skip


@pytest.mark.parametrize(("lexical", "name"), WELL)
def test_well_formed(lexical: str, name: str) -> None:
    assert value(typed(lexical, name)) is not None


@pytest.mark.parametrize(("lexical", "name"), ILL)
def test_ill_formed(lexical: str, name: str) -> None:
    assert value(typed(lexical, name)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("42", "integer"), typed("42.0", "decimal")),
        (typed("007", "byte"), typed("7", "unsignedLong")),
        (typed("true", "boolean"), typed("1", "boolean")),
        (typed("aB", "hexBinary"), typed("Ab", "hexBinary")),
        (typed("x", "string"), '"x"'),
        ('"x"@EN', '"x"@en'),
    ],
)
def test_equal_values(one: str, other: str) -> None:
    assert value(one) == value(other)
    assert not different(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("1", "integer"), typed("1", "boolean")),
        (typed("1", "integer"), typed("1", "double")),
        (typed("1", "float"), typed("1", "double")),
        ('"x"', '"x"@en'),
        ('"x"', typed("x", "anyURI")),
        (typed("2012-06-05T10:00:00Z", "dateTime"), typed("2012-06-05T10:00:00", "dateTime")),
    ],
)
def test_different_values(one: str, other: str) -> None:
    assert different(one, other)


def test_nothing_is_known_of_other_datatypes() -> None:
    assert not different('"a"^^<http://e/d>', '"b"^^<http://e/d>')
    assert inside('"a"^^<http://e/d>', DATATYPES[f"{XSD}string"]) is None


@pytest.mark.parametrize(
    ("literal", "name", "expected"),
    [
        (typed("5", "integer"), "byte", True),
        (typed("300", "integer"), "byte", False),
        (typed("5.0", "decimal"), "integer", True),
        (typed("5.5", "decimal"), "integer", False),
        (typed("5", "integer"), "double", False),
        ('"a b"', "token", True),
        ('"a b"', "NCName", False),
        ('"a"@en', "string", False),
    ],
)
def test_value_spaces(literal: str, name: str, expected: bool) -> None:
    assert inside(literal, DATATYPES[f"{XSD}{name}"]) is expected


def contradictions(*stated: tuple[str, str, str]) -> list[str]:
    engine = Engine()
    engine.load(ntriples(list(stated)))
    return [found.rule.name for found in engine.contradictions]


def test_an_ill_typed_literal_is_a_contradiction() -> None:
    assert contradictions(("<http://e/x>", "<http://e/p>", typed("many", "integer"))) == ["dt-not-type"]


def test_a_value_outside_the_range_is_a_contradiction() -> None:
    limit = ("<http://e/p>", rdfs("range"), f"<{XSD}byte>")
    assert contradictions(limit, ("<http://e/x>", "<http://e/p>", typed("300", "integer"))) == ["dt-not-type"]
    assert contradictions(limit, ("<http://e/x>", "<http://e/p>", typed("30", "integer"))) == []


EQUALS = [
    (typed("7", "integer"), typed("07", "integer")),
    (typed("7", "integer"), typed("7.0", "decimal")),
    (typed("0.5", "decimal"), typed("0.50", "decimal")),
    ('"colour"@en', '"colour"@EN'),
    ('"word"', typed("word", "token")),
]


@pytest.mark.parametrize(("one", "other"), [*EQUALS, *((b, a) for a, b in EQUALS)])
@pytest.mark.parametrize("later", [False, True])
def test_a_value_is_known_however_it_is_written(one: str, other: str, later: bool) -> None:
    wanted = [
        ("<http://e/A>", owl("onProperty"), "<http://e/p>"),
        ("<http://e/A>", owl("hasValue"), one),
        ("<http://e/y>", "<http://e/p>", typed("8", "integer")),
    ]
    said = ("<http://e/x>", "<http://e/p>", other)
    engine = Engine()
    engine.load(ntriples(wanted if later else [*wanted, said]))
    if later:
        engine.add(ntriples([said]))
    members = {line.split()[0] for line in engine.statements() if line.endswith(b"<http://e/A>")}
    assert members == {b"<http://e/x>"}
