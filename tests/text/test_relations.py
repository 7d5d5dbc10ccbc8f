"""Memberships and alliances that a text states, and those that it only wishes, denies or ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.alliances import alliances
from kg.text.document import Document
from kg.text.relations import memberships

Annotate = Callable[..., Document]


def members(document: Document) -> set[tuple[str, str, str]]:
    """Member, organisation and kind by name."""
    names = {r.key: r.name for r in document.referents}
    return {(names[m.member], names[m.organisation], m.kind) for m in memberships(document)}


def allied(document: Document) -> set[frozenset[str]]:
    """Pairs of allies by name."""
    names = {r.key: r.name for r in document.referents}
    return {frozenset({names[r.subject], names[r.object]}) for r in alliances(document)}


STATED = [
    (
        "Britain and France, permanent members of the UN Security Council, objected.",
        {
            ("United Kingdom", "United Nations Security Council", "permanent member"),
            ("France", "United Nations Security Council", "permanent member"),
        },
    ),
    (
        "Kenya and Uganda, both members of the East African Community (EAC), objected.",
        {("Kenya", "East African Community", "member"), ("Uganda", "East African Community", "member")},
    ),
    ("NATO member Turkey objected.", {("Turkey", "NATO", "member")}),
    (
        "Malta, a member of the Commonwealth, and NATO member Turkey objected.",
        {("Malta", "Commonwealth of Nations", "member"), ("Turkey", "NATO", "member")},
    ),
    (
        "Leaders of the Pacific Islands Forum met. Palau is one of six members that trade with Taiwan.",
        {("Palau", "Pacific Islands Forum", "member")},
    ),
    ("The Labour Party's Ann Lister objected.", {("Ann Lister", "Labour Party", "member")}),
    ("Sean Doyle of Sinn Fein and Ann Lister objected.", {("Sean Doyle", "Sinn Féin", "member")}),
    ("Tom Lister, whose Scottish National Party won, objected.", {("Tom Lister", "Scottish National Party", "member")}),
    ("Norway is a member of NATO.", {("Norway", "NATO", "member")}),
    (
        "Ministers of the Mercosur, a grouping of Brazil, Argentina and Uruguay, met.",
        {("Brazil", "Mercosur", "member"), ("Argentina", "Mercosur", "member"), ("Uruguay", "Mercosur", "member")},
    ),
    ("Croatia joined the European Union in 2013.", {("Croatia", "European Union", "member")}),
    ("Latvia, which belongs to NATO, objected.", {("Latvia", "NATO", "member")}),
    (
        "The European Union met in Riga. Latvia, which holds the presidency, objected.",
        {("Latvia", "European Union", "presidency")},
    ),
    (
        "The African Union met in Lusaka. Zambia, which holds the chair of the bloc, objected.",
        {("Zambia", "African Union", "chair")},
    ),
    (
        "Commonwealth leaders suspended Fiji on Monday.",
        {("Fiji", "Commonwealth of Nations", "suspended member")},
    ),
    (
        "The African Union suspended Gabon's participation in all its activities.",
        {("Gabon", "African Union", "suspended member")},
    ),
    (
        "Greece, which holds the rotating presidency of the European Union, objected.",
        {("Greece", "European Union", "rotating presidency")},
    ),
    ("Ecuador suspended its membership of OPEC.", {("Ecuador", "OPEC", "suspended member")}),
    (
        "Joseph Kabwe resigned. Kabwe's party, the Union for Progress (UP), objected.",
        {("Joseph Kabwe", "Union for Progress", "member")},
    ),
    ("The African Union suspended Gabon.", {("Gabon", "African Union", "suspended member")}),
    ("The African Union suspended Gabon from its activities.", {("Gabon", "African Union", "suspended member")}),
    ("African governments suspended Gabon from their bloc on Friday.", set()),
    ("Gabon was suspended from the African Union on Friday.", {("Gabon", "African Union", "suspended member")}),
    ("The text also suspends Syria from the Arab League.", {("Syria", "Arab League", "suspended member")}),
    ("Kenya, which held the chairmanship of the African Union, agreed.", {("Kenya", "African Union", "chair")}),
    ("Latvia, which chairs the European Union, agreed.", {("Latvia", "European Union", "chair")}),
    ("Chad and Togo spoke, the latter as chairman of the African Union.", {("Togo", "African Union", "chair")}),
    (
        "President Ana Ruiz of Peru, who presides over the Organization of American States, agreed.",
        {("Peru", "Organization of American States", "chair")},
    ),
    (
        "Igor Vlk, the Slovak prime minister and chairman of the European Council, came home.",
        {("Slovakia", "European Council", "chair")},
    ),
    ("Fiji's membership of the Commonwealth lapsed.", {("Fiji", "Commonwealth of Nations", "member")}),
    (
        "For Ann Lee of Norway, which like Latvia belongs to NATO, it was late.",
        {("Norway", "NATO", "member"), ("Latvia", "NATO", "member")},
    ),
    (
        "The Hill Coalition, the alliance to which the Plains Party belongs, won.",
        {("Plains Party", "Hill Coalition", "member")},
    ),
    ("Sen. Ann Biddle, a North Dakota Democrat, agreed.", {("Ann Biddle", "Democratic Party", "member")}),
    ("Republican candidate Ann Biddle lost.", {("Ann Biddle", "Republican Party", "member")}),
    ("Jane Mills, a Republican senator, objected.", {("Jane Mills", "Republican Party", "member")}),
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_stated_membership_is_found(annotate: Annotate, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= members(annotate(text, "2014-06-01"))


@pytest.mark.parametrize(
    "text",
    [
        "Serbia wants to join the European Union.",
        "Switzerland is not a member of NATO.",
        "Moldova could become a member of the European Union.",
        "Ukraine said that it would not join NATO.",
        "Kenya met the members of the African Union.",
        "Russia criticised NATO members.",
    ],
)
def test_wished_or_denied_membership_is_not_recorded(annotate: Annotate, text: str) -> None:
    assert not members(annotate(text, "2014-06-01"))


def test_permanent_members_are_those_named_before(annotate: Annotate) -> None:
    text = "Britain and France vetoed the draft in the UN Security Council. Ghana joined the two permanent members."
    found = members(annotate(text, "1990-06-01"))
    assert ("United Kingdom", "United Nations Security Council", "permanent member") in found
    assert ("France", "United Nations Security Council", "permanent member") in found
    assert not any(member == "Ghana" for member, _, _ in found)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Japan, a close ally of the United States, agreed.", {"Japan", "United States"}),
        ("Belarus has long been an ally of Russia.", {"Belarus", "Russia"}),
        ("Syria's main ally, Iran, agreed.", {"Syria", "Iran"}),
        ("Venezuela, whose closest ally is Cuba, agreed.", {"Venezuela", "Cuba"}),
        ("Ghana and Togo signed a mutual defence treaty in 1997.", {"Ghana", "Togo"}),
        ("Japan has a mutual defense treaty with the United States.", {"Japan", "United States"}),
        ("France signed a defence pact with Gabon.", {"France", "Gabon"}),
        ("The mutual defence pact between Kenya and Ethiopia covers the border.", {"Kenya", "Ethiopia"}),
        ("Armenia is allied with Russia.", {"Armenia", "Russia"}),
        ("Gabon, which is allied to France, agreed.", {"Gabon", "France"}),
    ],
)
def test_stated_alliance_is_found(annotate: Annotate, text: str, pair: set[str]) -> None:
    assert allied(annotate(text, "2014-06-01")) == {frozenset(pair)}


@pytest.mark.parametrize(
    "text",
    [
        "Albania, a former ally of China, agreed.",
        "Japan is no ally of North Korea.",
        "Germany and its allies agreed.",
        "Iran needs an ally in Europe.",
        "Ghana and Togo did not sign a mutual defence treaty.",
        "Ghana wants to sign a mutual defence treaty with Togo.",
        "Ghana and Togo signed a trade treaty.",
    ],
)
def test_ended_denied_or_unnamed_alliance_is_not_recorded(annotate: Annotate, text: str) -> None:
    assert not allied(annotate(text, "2014-06-01"))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Ghana was admitted to the African Union last April.", ("Ghana", "African Union")),
        ("The African Union met on Monday. Ghana was admitted last April.", ("Ghana", "African Union")),
        ("Ghana acceded to the African Union in May.", ("Ghana", "African Union")),
        ("In the United States the Republican Carl Tolland objected.", ("Carl Tolland", "Republican Party")),
        ("Mary Tolland, a Democrat, objected in the United States.", ("Mary Tolland", "Democratic Party")),
    ],
)
def test_admission_and_a_partys_name_tell_who_belongs(annotate: Annotate, text: str, pair: tuple[str, str]) -> None:
    assert pair in {found[:2] for found in members(annotate(text, "2014-06-01"))}


@pytest.mark.parametrize(
    "text",
    ["Ghana will be admitted to the African Union.", "Ghana was not admitted to the African Union."],
)
def test_an_admission_to_come_is_none(annotate: Annotate, text: str) -> None:
    assert not members(annotate(text, "2014-06-01"))
