"""The reference data is whole, and its script makes it again byte for byte."""

from __future__ import annotations

import csv
import gzip
import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import URIRef

from kg.config import data_dir

FOLDER = data_dir("ontology") / "reference"
TABLES = sorted(p.name for p in FOLDER.glob("*.csv*"))


def rows(name: str) -> list[dict[str, str]]:
    path = FOLDER / name
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    return list(csv.DictReader(text.decode().splitlines()))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_reference", FOLDER / "compile.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_compiling_again_gives_the_same_bytes(shared: Path, script: ModuleType, tmp_path: Path) -> None:
    script.compile_reference(shared / "reference", tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == TABLES
    assert [name for name in TABLES if (tmp_path / name).read_bytes() != (FOLDER / name).read_bytes()] == []


def test_a_missing_source_is_a_usage_error(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main([str(tmp_path)]) == 2
    assert "usage" in capsys.readouterr().err


def test_it_stays_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in TABLES) < 3_000_000


def test_states_are_the_members_of_the_united_nations_and_others() -> None:
    states = rows("countries.csv")
    assert sum(row["un_member"] == "true" for row in states) == 193
    assert max(Counter(row["iso3"] for row in states).values()) == 1
    assert [row["iso3"] for row in states if row["status"] != "former" and not (row["qid"] and row["capital"])] == []


def test_states_have_demonyms_and_places() -> None:
    states = rows("countries.csv")
    without = {row["iso3"] for row in states if not row["demonyms"]}
    assert without <= {"VAT", "DMA", "SCG"}, "the Vatican has none; Dominica shares its own; Serbia and Montenegro"
    assert [row["name"] for row in states if row["status"] == "member" and not row["latitude"]] == ["Nauru"]


@pytest.mark.parametrize(
    ("table", "column", "of"),
    [
        ("cities.csv", "country_iso3", "iso3"),
        ("memberships.csv", "member_iso3", "iso3"),
        ("metonyms.csv", "country_iso3", "iso3"),
        ("organisations.csv", "state_iso3", "iso3"),
        ("regions.csv", "state_iso3", "iso3"),
    ],
)
def test_codes_are_those_of_states(table: str, column: str, of: str) -> None:
    known = {row[of] for row in rows("countries.csv")} | {""}
    unknown = Counter(row[column] for row in rows(table) if row[column] not in known)
    if table == "cities.csv":  # towns in territories that are no states of their own
        assert sum(unknown.values()) < 150
    else:
        assert not unknown


def test_organisations_and_their_wholes_are_named_once() -> None:
    organisations = rows("organisations.csv")
    names = Counter(row["name"] for row in organisations)
    assert max(names.values()) == 1
    assert {row["part_of"] for row in organisations if row["part_of"]} <= set(names)
    assert {row["organisation"] for row in rows("memberships.csv")} <= set(names)


def test_dates_are_iso_and_in_order() -> None:
    for name in ("officeholders.csv.gz", "memberships.csv"):
        for row in rows(name):
            for date in (row["start"], row["end"]):
                assert date == "" or len(date) in (4, 7, 10), row
            shared_length = min(len(row["start"]), len(row["end"])) if row["end"] else 0
            assert row["start"][:shared_length] <= row["end"][:shared_length], row


@pytest.mark.parametrize(
    ("country", "words", "day", "person"),
    [
        ("Russia", "President", "2012-06-05", "Vladimir Putin"),
        ("China", "President", "2012-06-05", "Hu Jintao"),
        ("Germany", "Chancellor", "2007-05-01", "Angela Merkel"),
        ("United States", "Secretary of State", "1999-04-01", "Madeleine Albright"),
        ("Peru", "President", "2008-01-01", "Alan García"),
        ("United Nations", "Secretary-General", "1999-06-01", "Kofi Annan"),
    ],
)
def test_well_known_office_holders_are_there(country: str, words: str, day: str, person: str) -> None:
    held = [
        row["person"]
        for row in rows("officeholders.csv.gz")
        if row["country"] == country
        and row["position"].startswith(words)
        and row["start"] <= day <= (row["end"] or "9")
    ]
    assert person in held


def test_items_have_the_form_of_items() -> None:
    for name in TABLES:
        for row in rows(name):
            for column in (c for c in row if c.endswith("qid")):
                assert not row[column] or URIRef(row[column]).startswith("Q"), (name, row)


def test_one_person_holds_an_office_once_at_a_time_by_our_own_account() -> None:
    own = [r for r in rows("officeholders.csv.gz") if r["source_repo"] == "own knowledge"]
    twice = Counter((r["country"], r["position"], r["person"], r["start"]) for r in own)
    assert max(twice.values()) == 1
