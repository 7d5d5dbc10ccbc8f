from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import terms
from kg.graph.terms import Minter


@given(st.text())
def test_literal_is_read_back_as_it_was(text: str) -> None:
    term = terms.literal(text)
    (quad,) = ox.parse(f"<a:a> <a:a> {term} .", ox.RdfFormat.N_TRIPLES)
    expected = text.encode("utf-8", "replace").decode()
    assert quad.object == ox.Literal(expected)
    assert terms.value(term) == expected


@given(st.text(min_size=1))
def test_iri_of_any_text_is_one_that_parsers_take(text: str) -> None:
    term = terms.iri("http://example.org/" + text.encode("utf-8", "replace").decode())
    (quad,) = ox.parse(f"{term} <a:a> <a:a> .", ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.subject, ox.NamedNode)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2031-05-02", "date"),
        ("2032-02-29", "date"),
        ("2031-05", "gYearMonth"),
        ("2031", "gYear"),
        ("2031-02-29", ""),
        ("2031-13", ""),
        ("Friday", ""),
        ("2031-05-02T10:00", ""),
        ("", ""),
    ],
)
def test_date_has_the_type_of_its_precision(text: str, datatype: str) -> None:
    assert terms.date(text) == (f'"{text}"^^<{terms.XSD}{datatype}>' if datatype else "")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ada Brandt", "ada-brandt"),
        ("Île-d'Or & Co.", "ile-d-or-co"),
        ("  UN  ", "un"),
    ],
)
def test_slug_is_readable(name: str, slug: str) -> None:
    assert terms.slugify(name) == slug


def test_slug_of_what_has_no_latin_letters_is_stable_and_distinct() -> None:
    assert terms.slugify("北京") == terms.slugify("北京") != terms.slugify("南京")


def test_digest_keeps_parts_apart() -> None:
    assert terms.digest("ab", "c") != terms.digest("a", "bc")


def test_keys_and_iris_are_inverse() -> None:
    minter = Minter("https://graph.example/")
    assert minter.id("state/norland") == "<https://graph.example/id/state/norland>"
    assert minter.key(minter.id("state/norland")) == "state/norland"
    assert minter.key("<https://elsewhere.example/id/x>") == ""


@pytest.mark.parametrize(
    ("term", "short"),
    [
        (terms.kg("Meeting"), "kg:Meeting"),
        ("<http://b.example/id/x/y>", "id/x/y"),
        ("<http://other.example/>", "<http://other.example/>"),
        ('"a \\"b\\""@en', 'a "b"'),
        ("_:n", "_:n"),
    ],
)
def test_terms_are_shortened_for_people(term: str, short: str) -> None:
    assert terms.shorten(term, "http://b.example/") == short
