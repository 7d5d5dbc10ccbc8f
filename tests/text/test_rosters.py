"""Memberships that a list, a seat, a vote, a passage or a name for somebody tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.build import read_together
from kg.model import Article, Membership
from kg.text.document import Document
from tests.text.test_relations import members

Annotate = Callable[..., Document]

COUNCIL, LEAGUE, UNION = "United Nations Security Council", "Arab League", "African Union"
THREE = {(state, "Gulf Cooperation Council") for state in ("Kuwait", "Oman", "Qatar")}


def belonging(document: Document) -> set[tuple[str, str]]:
    """Member and organisation by name."""
    return {(member, organisation) for member, organisation, _ in members(document)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Norway, a NATO ally, refused.", {("Norway", "NATO")}),
        ("Malta and other EU states refused.", {("Malta", "European Union")}),
        ("Ghana was elected to a seat on the UN Security Council.", {("Ghana", COUNCIL)}),
        ("Ghana took its seat on the Security Council on Monday.", {("Ghana", COUNCIL)}),
        ("Syria's seat in the Arab League was given to the rebels.", {("Syria", LEAGUE)}),
        ("The Arab League admitted Mauritania and Djibouti.", {("Mauritania", LEAGUE), ("Djibouti", LEAGUE)}),
        ("Egypt was readmitted to the Arab League in 1989.", {("Egypt", LEAGUE)}),
        ("Djibouti was admitted as the 20th member of the Arab League.", {("Djibouti", LEAGUE)}),
        ("The Arab League agreed to readmit Egypt.", {("Egypt", LEAGUE)}),
        ("The African Union voted to suspend Guinea.", {("Guinea", UNION)}),
        ("The African Union's Peace and Security Council voted to suspend Mali from the union.", {("Mali", UNION)}),
        ("Mali's suspension from the African Union was lifted.", {("Mali", UNION)}),
        ("Since Norway's accession to NATO it has paid its share.", {("Norway", "NATO")}),
        ("Norway and Iceland entered NATO in 1949.", {("Norway", "NATO"), ("Iceland", "NATO")}),
        ("The Gulf Cooperation Council comprises Kuwait, Oman and Qatar.", THREE),
        ("The Gulf Cooperation Council (Kuwait, Oman, Qatar) refused.", THREE),
        ("The members of NATO are Norway, Italy and Turkey.", {(s, "NATO") for s in ("Norway", "Italy", "Turkey")}),
        ("Ruth Adler joined the Labour Party in 1980.", {("Ruth Adler", "Labour Party")}),
        ("Ana Ruiz, a lawyer and a member of the Labour Party, refused.", {("Ana Ruiz", "Labour Party")}),
        ("Ali Sok of the ruling Baath Party refused.", {("Ali Sok", "Baath Party")}),
        ("Luis Vega, a Socialist, was elected in Chile.", {("Luis Vega", "Socialist Party")}),
        ("Hans Kern of Austria, a Social Democrat, refused.", {("Hans Kern", "Social Democratic Party")}),
    ],
)
def test_who_belongs_is_told(annotate: Annotate, text: str, told: set[tuple[str, str]]) -> None:
    assert belonging(annotate(text)) == told


@pytest.mark.parametrize(
    "text",
    [
        "The African Union refused to suspend Guinea.",
        "The African Union may vote to suspend Guinea.",
        "Peru wants to enter NATO.",
        "Peru was not elected to the Security Council.",
        "Peru hopes to win a seat on the Security Council.",
        "Peru asked for a seat in the Arab League.",
        "The talks in Peru and Chile made up for lost time.",
        "NATO linked Peru to the plot.",
    ],
)
def test_who_only_may_belong_does_not(annotate: Annotate, text: str) -> None:
    assert belonging(annotate(text)) == set()


def test_the_party_of_a_socialist_is_an_entity() -> None:
    text = "Luis Vega, a Socialist, spoke in Chile."
    article = Article(slug="x", title="", text=text, source="test", published="2014-05-05")
    (reading,) = read_together([article])
    (told,) = [fact for fact in reading.facts if isinstance(fact, Membership)]
    assert {told.member, told.organisation} <= {entity.key for entity in reading.entities}
