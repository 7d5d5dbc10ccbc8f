"""Names as strings: folding, keys by sound, likeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.names import fold, name_key, person_key, same_person_name, slug, spelled_alike


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_folding_leaves_plain_letters_alone(text: str) -> None:
    kept = "".join(" " if c.isspace() else c for c in text).replace("`", "'")
    assert fold(text) == kept


@pytest.mark.parametrize(
    ("name", "key"),
    [("The Hague", "Hague"), ("Côte d’Ivoire", "Cote d'Ivoire"), ("  North   Korea ", "North Korea"), ("Þór", "tor")],
)
def test_name_key(name: str, key: str) -> None:
    assert name_key(name).lower() == key.lower()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ministry of Foreign Affairs of China", "ministry-of-foreign-affairs-of-china"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("U.S. Navy", "us-navy"),
        ("OPEC+", "opec-plus"),
        ("!!!", "unnamed"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(min_size=1))
def test_slug_is_a_safe_path_segment(name: str) -> None:
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moammar Gadhafi", "Muammar Gaddafi"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Walid al-Moallem", "Walid Muallem"),
        ("Slobodan Milosevic", "Slobodan Milošević"),
        ("Mohammed al-Sada", "Mohammed Saleh al-Sada"),
        ("Bashar Assad", "Bashar al-Assad"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)
    assert same_person_name(one, other) >= 0.85


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Igor Ivanov", "Sergei Ivanov"),
        ("Idriss Deby", "Mahamat Deby"),
        ("Kim Jong Il", "Kim Yong Il"),
        ("George Bush", "Barbara Bush"),
        ("Ali Hassan", "Omar Haddad"),
    ],
)
def test_different_persons_are_not_taken_for_one(one: str, other: str) -> None:
    assert same_person_name(one, other) < 0.85 or not spelled_alike(one, other)
