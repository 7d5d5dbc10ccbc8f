"""Every query of the library parses, says what it answers, and answers it on a small world closed by owlrl."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import Graph, Literal
from rdflib.plugins.sparql import prepareQuery

from kg.config import data_dir
from kg.graph.query import VIEWS, query_library
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import value

LIBRARY = query_library()


@pytest.fixture(scope="module")
def world() -> Iterator[OxigraphStore]:
    """The invented world with the ontology and its alignments, closed, in one graph."""
    graph = Graph()
    for name in ("communique.ttl", "alignments.ttl"):
        graph.parse(data_dir("ontology") / name)
    graph.parse(Path(__file__).with_name("world.ttl"))
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in graph if not isinstance(s, Literal))
    with open_store(None) as store:
        store.replace_graph("<http://example.org/graph/inferred>", lines)
        yield store


def answers(world: OxigraphStore, name: str, columns: str) -> list[tuple[str, ...]]:
    rows = world.rows(LIBRARY[name].text)
    return [tuple(value(row[column]) if column in row else "" for column in columns.split()) for row in rows]


# name of the query: columns looked at, rows in the order of the answer
EXPECTED: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "accusations": (
        "accuser accused date matter",
        [("Ines Ferro", "Sudria", "2031-05-04", "that Sudria armed the rebels")],
    ),
    "alignments": (
        "one other grounds kinds",
        [
            ("Estra", "Norland", "2", "same defence alliance, voted together"),
            ("Estra", "Sudria", "1", "declared"),
            ("Norland", "Sudria", "1", "vetoed together"),
        ],
    ),
    "at-odds": (
        "one other kinds",
        [
            ("Ines Ferro", "Sudria", "accuses"),
            ("Ministry of Foreign Affairs of Norland", "Sudria", "accuses"),
            ("Norland", "Sudria", "accuses"),
            ("Sudria", "Estra", "sanctions"),
        ],
    ),
    "by-one-account": (
        "event credited",
        [("Killing: Estran rebels", "Estran rebels"), ("Killing: Estran rebels", "Ines Ferro")],
    ),
    "casualties-by-source": (
        "event killed atLeast publisher credited",
        [
            ("Killing: Estran rebels", "40", "", "The Velm Courier", "Estran rebels"),
            ("Killing: Estran rebels", "25", "true", "Sudria Herald", "Ines Ferro"),
        ],
    ),
    "conflicting-figures": (
        "certainty figure bound source otherFigure otherBound otherSource",
        [("one event", "40", "false", "Leaders meet in Velm", "25", "true", "Council splits")],
    ),
    "cooperation-and-conflict": (
        "one other quadrant events",
        [
            ("Norland", "Estra", "verbal cooperation", "1"),
            ("Norland", "Sudria", "verbal conflict", "1"),
            ("Sudria", "Estra", "material conflict", "1"),
        ],
    ),
    "events-in-a-state": ("state what events", [("Norland", "meeting", "1")]),
    "events-on-a-map": ("place latitude longitude what", [("Velm", "61.5", "-3.25", "meeting")]),
    "foaf-people-and-organisations": (
        "kind name",
        [
            ("group", "Estran rebels"),
            ("organisation", "Estra"),
            ("organisation", "Harbour Council"),
            ("organisation", "Ministry of Foreign Affairs of Norland"),
            ("organisation", "Norland"),
            ("organisation", "Northern Pact"),
            ("organisation", "Sudria"),
            ("person", "Ada Brandt"),
            ("person", "Ines Ferro"),
            ("person", "Odd Holm"),
        ],
    ),
    "identifiers": ("name kind match", [("Norland", "state", "http://www.wikidata.org/entity/Q999001")]),
    "mediators": ("mediator party", [("Odd Holm", "Estra"), ("Odd Holm", "Estran rebels")]),
    "members-of-organisations": (
        "organisation member kind since",
        [("Northern Pact", "Estra", "member", "2004"), ("Northern Pact", "Norland", "member", "1999")],
    ),
    "offices-on-date": ("person office since", []),
    "only-claimed": (
        "who how proposition ofWhat",
        [("Ines Ferro", "accusation", "that Sudria armed the rebels", "aid")],
    ),
    "org-posts-and-memberships": (
        "organisation member post role",
        [
            ("Ministry of Foreign Affairs of Norland", "Ines Ferro", "Spokeswoman of the Ministry", "spokesperson"),
            ("Norland", "Ada Brandt", "President of Norland", "head of state"),
            ("Norland", "Odd Holm", "President of Norland", "head of state"),
            ("Northern Pact", "Estra", "", ""),
            ("Northern Pact", "Norland", "", ""),
        ],
    ),
    "planned-events": ("date endDate what", [("2031-06-01", "2031-06-02", "summit")]),
    "sanctions": ("by against what", [("Sudria", "Estra", "sanction")]),
    "schema-people-and-events": (
        "person where when",
        [
            ("Odd Holm", "", ""),
            ("Ada Brandt", "Velm", "2031-05-03"),
            ("Odd Holm", "Velm", "2031-05-03"),
            ("Ines Ferro", "", "2031-05-04"),
            ("Ines Ferro", "", "2031-05-04"),
        ],
    ),
    "skos-roles": (
        "kind person",
        [
            *(("head of state", "Ada Brandt"), ("head of state", "Odd Holm"), ("leader", "Ada Brandt")),
            *(("leader", "Odd Holm"), ("office holder", "Ada Brandt"), ("office holder", "Ines Ferro")),
            *(("office holder", "Odd Holm"), ("spokesperson", "Ines Ferro")),
        ],
    ),
    "timeline": ("date what part", []),
    "vetoed-together": ("one other vetoes", [("Norland", "Sudria", "1")]),
    "voted-together": (
        "one other choice votes",
        [("Estra", "Norland", "against", "1"), ("Norland", "Sudria", "against", "1")],
    ),
    "votes-by-body": (
        "body voter choice motion",
        [
            ("Harbour Council", "Norland", "against", "fishing motion"),
            ("Harbour Council", "Sudria", "against", "fishing motion"),
            ("Harbour Council", "Estra", "against", "fishing motion"),
            ("Harbour Council", "Norland", "against", "fishing motion"),
        ],
    ),
    "who-backs-and-who-opposes": (
        "who stance what",
        [
            *((who, "opposes", "fishing") for who in ("Estra", "Norland")),
            ("Estra", "opposes", "fishing motion"),
            ("Norland", "opposes", "fishing motion"),
            ("Sudria", "opposes", "fishing motion"),
            ("Sudria", "backs", "harbour plan"),
        ],
    ),
    "who-met-whom": (
        "one other what place date sentences",
        [
            (
                *("Ada Brandt", "Odd Holm", "meeting", "Velm", "2031-05-03"),
                "President Ada Brandt met her predecessor, Odd Holm, in Velm. | Brandt and Holm talked in Velm.",
            )
        ],
    ),
    "who-said-what": ("speaker date words", [("Ines Ferro", "2031-05-04", "We stay.")]),
    "who-speaks-for-whom": (
        "person organisation office",
        [
            ("Ines Ferro", "Ministry of Foreign Affairs of Norland", "Spokeswoman of the Ministry"),
            ("Ada Brandt", "Norland", "President of Norland"),
            ("Ines Ferro", "Norland", "Spokeswoman of the Ministry"),
        ],
    ),
}


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two rows are equal, lists within a cell in whatever order."""
    parts = [
        (sorted(a.replace(" | ", ", ").split(", ")), sorted(b.replace(" | ", ", ").split(", ")))
        for a, b in zip(one, other, strict=True)
    ]
    return all(a == b for a, b in parts)


@pytest.mark.parametrize("name", EXPECTED)
def test_answers(world: OxigraphStore, name: str) -> None:
    columns, expected = EXPECTED[name]
    found = answers(world, name, columns)
    assert len(found) == len(expected) and all(map(same, found, expected)), found


def test_office_on_another_day_is_held_by_another(world: OxigraphStore) -> None:
    query = LIBRARY["offices-on-date"].text
    for day, holders in (
        ("2031-05-04", ["Ada Brandt", "Ines Ferro"]),
        ("2025-01-01", ["Odd Holm"]),
        ("2020-06-01", []),
    ):
        rows = world.rows(query.replace("2012-06-05", day))
        assert sorted(value(row["person"]) for row in rows) == holders
        assert all(
            value(row["since"]) == {"Ada Brandt": "2029", "Odd Holm": "2021-01-01"}.get(value(row["person"]), "?")
            for row in rows
        )


def test_timeline_of_another_actor(world: OxigraphStore) -> None:
    rows = world.rows(LIBRARY["timeline"].text.replace("Russia", "Norland"))
    assert [(value(row["date"]), value(row["what"]), value(row["part"])) for row in rows] == [
        ("2031-04", "veto", "agent"),
        ("2031-05-02", "vote", "agent"),
        ("2031-06-01", "summit", "agent"),
    ]


def test_sentences_come_in_the_order_of_the_article(world: OxigraphStore) -> None:
    rows = answers(world, "sentences-of-articles", "article begin")
    assert rows == sorted(rows, key=lambda row: (row[0], int(row[1])))
    assert len(rows) == 12


def test_sem_and_prov_give_the_same_events_and_sentences(world: OxigraphStore) -> None:
    assert ("Meeting: Ada Brandt, Odd Holm", "Ada Brandt", "Velm", "2031-05-03") in answers(
        world, "sem-events", "event actor place time"
    )
    assert ("Sanction: Sudria → Estra", "Sudria imposed sanctions on Estra.", "Council splits") in answers(
        world, "prov-sources", "fact words article"
    )


def test_the_library_is_tested_whole() -> None:
    others = {"sentences-of-articles", "sem-events", "prov-sources"}
    assert set(LIBRARY) - others == set(EXPECTED)
    assert len(LIBRARY) >= 18


@pytest.mark.parametrize("name", LIBRARY)
def test_header_and_syntax(name: str) -> None:
    query = LIBRARY[name]
    lines = query.text.splitlines()
    assert lines[0].startswith("# title: ") and query.answers and query.view in VIEWS
    prepareQuery(query.text)
    assert "ORDER BY" in query.text, "an answer has one order"
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize("name", LIBRARY)
def test_nobody_is_related_to_himself(world: OxigraphStore, name: str) -> None:
    for row in world.rows(LIBRARY[name].text):
        for one, other in (("one", "other"), ("by", "against"), ("accuser", "accused")):
            assert one not in row or row[one] != row[other]
