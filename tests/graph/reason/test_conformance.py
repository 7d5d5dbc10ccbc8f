"""The 273 cases of the W3C test collection for the OWL 2 RDF-Based Semantics that concern OWL 2 RL/RDF."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from kg.graph.reason.entailment import Closure, Statement
from kg.graph.store.parse import parse
from tests.conftest import SHARED

CASES: Final = SHARED / "suites" / "owl2-rl" / "cases"
KNOWN_FAILURES: Final[dict[str, str]] = {}
"""Case by name, with the reason that the rule table itself gives."""


def names() -> list[str]:
    return sorted(path.name for path in CASES.iterdir()) if CASES.is_dir() else []


def triples(file: Path) -> list[Statement]:
    """A Turtle file's triples, literals as they are written (a store would make xsd:byte an xsd:integer)."""
    quads = parse(file.read_bytes(), "turtle", base="http://www.example.org/")
    return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]


def kind(case: str) -> str:
    text = (CASES / case / f"{case}.metadata.properties").read_text()
    found = re.search(r'key="testcase.type">(\w+)<', text)
    assert found
    return found[1]


def test_suite_is_whole(shared: Path) -> None:
    assert len(names()) == 273


@pytest.mark.parametrize("case", names())
def test_case(case: str) -> None:
    folder = CASES / case
    if kind(case) == "INCONSISTENCY":
        passed = Closure(triples(folder / f"{case}.graph.ttl")).contradictory
    else:
        premise = triples(folder / f"{case}.premisegraph.ttl")
        passed = Closure(premise).entails(triples(folder / f"{case}.conclusiongraph.ttl"))
    assert passed != (case in KNOWN_FAILURES)
