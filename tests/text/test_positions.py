"""Offices that a text tells: title, apposition, predicate, counterpart, verb; whose, where, and whether still held."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document
from kg.text.positions import positions

Annotate = Callable[..., Document]


def told(document: Document) -> set[tuple[str, str, str]]:
    """Holder, title and organisation by name."""
    names = {r.key: r.name for r in document.referents}
    return {(names[t.holder], t.title, names[t.organisation]) for t in positions(document)}


PRESENT = [
    # title before the name
    ("Peruvian President Ollanta Humala flew to Quito.", "2013-05-01", ("Ollanta Humala", "President", "Peru")),
    ("German Chancellor Angela Merkel spoke in Bonn.", "2010-05-01", ("Angela Merkel", "Chancellor", "Germany")),
    ("Kenya's Foreign Minister Abena Otieno arrived.", "2013-05-01", ("Abena Otieno", "Foreign Minister", "Kenya")),
    (
        "U.S. Defense Secretary Leon Panetta agreed.",
        "2012-05-01",
        ("Leon Panetta", "Defence Secretary", "United States"),
    ),
    (
        "NATO Secretary-General Jens Stoltenberg agreed.",
        "2016-05-01",
        ("Jens Stoltenberg", "Secretary-General", "NATO"),
    ),
    (
        "Prime Minister David Cameron resigned himself to it.",
        "2012-05-01",
        ("David Cameron", "Prime Minister", "United Kingdom"),
    ),
    ("UN envoy Lena Haas met them.", "2014-05-01", ("Lena Haas", "Envoy", "United Nations")),
    (
        "State Department spokeswoman Ann Rigby said so.",
        "2014-05-01",
        ("Ann Rigby", "Spokeswoman", "United States Department of State"),
    ),
    (
        "Ukrainian Foreign Ministry spokesman Taras Bondar said so.",
        "2014-05-01",
        ("Taras Bondar", "Spokesman", "Ministry of Foreign Affairs of Ukraine"),
    ),
    # apposition after the name
    ("Juma Otieno, Kenya's interior minister, agreed.", "2013-05-01", ("Juma Otieno", "Interior Minister", "Kenya")),
    (
        "Pavel Novotny, the Czech defence minister, agreed.",
        "2013-05-01",
        ("Pavel Novotny", "Defence Minister", "Czech Republic"),
    ),
    (
        "Rosa Quispe, 54, the minister of mines of Bolivia, agreed.",
        "2013-05-01",
        ("Rosa Quispe", "Mines Minister", "Bolivia"),
    ),
    (
        "Omar Haddad, head of the International Monetary Fund, agreed.",
        "2013-05-01",
        ("Omar Haddad", "Head", "International Monetary Fund"),
    ),
    (
        "Ines Duarte, the president of the European Commission, agreed.",
        "2013-05-01",
        ("Ines Duarte", "President", "European Commission"),
    ),
    ("Lars Holm, Norway's ambassador to Moscow, left.", "2013-05-01", ("Lars Holm", "Ambassador to Russia", "Norway")),
    (
        "Hanna Virtanen, the Finnish ambassador to the United Nations, left.",
        "2013-05-01",
        ("Hanna Virtanen", "Ambassador to the United Nations", "Finland"),
    ),
    ("Pierre Dubois, a French diplomat based in Cairo, left.", "2013-05-01", ("Pierre Dubois", "Diplomat", "France")),
    # apposition before the name
    (
        "The Polish foreign minister, Jan Kowalczyk, agreed.",
        "2013-05-01",
        ("Jan Kowalczyk", "Foreign Minister", "Poland"),
    ),
    ("Egypt's army chief, Tarek Mansour, agreed.", "2013-05-01", ("Tarek Mansour", "Army Chief", "Egyptian army")),
    ("The head of the African Union, Kwame Boateng, agreed.", "2013-05-01", ("Kwame Boateng", "Head", "African Union")),
    ("The leader of Hezbollah, Karim Fadlallah, agreed.", "2013-05-01", ("Karim Fadlallah", "Leader", "Hezbollah")),
    # possessives and counterparts
    (
        "Greece cut spending. Its finance minister, Nikos Pappas, resisted.",
        "2013-05-01",
        ("Nikos Pappas", "Finance Minister", "Greece"),
    ),
    (
        "Chilean Foreign Minister Pedro Salas met his Bolivian counterpart, Luis Mamani.",
        "2013-05-01",
        ("Luis Mamani", "Foreign Minister", "Bolivia"),
    ),
    (
        "Chilean Foreign Minister Pedro Salas wrote to his opposite number in Bolivia, Luis Mamani.",
        "2013-05-01",
        ("Luis Mamani", "Foreign Minister", "Bolivia"),
    ),
    (
        "President Dilma Rousseff and her energy minister, Joao Prado, agreed.",
        "2013-05-01",
        ("Joao Prado", "Energy Minister", "Brazil"),
    ),
    # predicates and appointments
    ("Ana Lopez is Spain's interior minister.", "2013-05-01", ("Ana Lopez", "Interior Minister", "Spain")),
    (
        "Mehmet Kaya was appointed foreign minister of Turkey on Monday.",
        "2013-05-01",
        ("Mehmet Kaya", "Foreign Minister", "Turkey"),
    ),
    ("Parliament elected Maria Popescu president of Romania.", "2013-05-01", ("Maria Popescu", "President", "Romania")),
    (
        "Lena Berg was named envoy to Yemen by the United Nations.",
        "2013-05-01",
        ("Lena Berg", "Envoy to Yemen", "United Nations"),
    ),
    (
        "President Omar Sallah and his deputy, Lamin Njie, agreed. Gambia's president left.",
        "2013-05-01",
        ("Omar Sallah", "President", "Gambia"),
    ),
    (
        "Bolivian President Rosa Quispe and her deputy, Luis Mamani, agreed.",
        "2013-05-01",
        ("Luis Mamani", "Deputy President", "Bolivia"),
    ),
    (
        "Norway protested. Anne Holm, a foreign ministry spokeswoman, said so.",
        "2013-05-01",
        ("Anne Holm", "Spokeswoman", "Ministry of Foreign Affairs of Norway"),
    ),
    (
        "In Dhaka, the interior minister, Karim Uddin, agreed with Norway and Norwegian officials.",
        "2013-05-01",
        ("Karim Uddin", "Interior Minister", "Bangladesh"),
    ),
    (
        "The Norwegian army under General Knut Dahl withdrew.",
        "2013-05-01",
        ("Knut Dahl", "Commander", "Norwegian army"),
    ),
    ("Former UN envoy Lena Haas agreed.", "2013-05-01", ("Lena Haas", "Envoy", "United Nations")),
    # verbs
    ("The World Bank is headed by Asha Patel.", "2013-05-01", ("Asha Patel", "Head", "World Bank")),
    ("Karim Fadlallah, who leads Hezbollah, agreed.", "2013-05-01", ("Karim Fadlallah", "Leader", "Hezbollah")),
]


@pytest.mark.parametrize(("text", "date", "expected"), PRESENT)
def test_office_is_found(annotate: Annotate, text: str, date: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(annotate(text, date))


FORMER = [
    ("Former Nigerian president Olusegun Obasanjo agreed.", "Olusegun Obasanjo", "President", "Nigeria"),
    ("Viktor Sokol, a former Ukrainian prime minister, agreed.", "Viktor Sokol", "Prime Minister", "Ukraine"),
    ("The deposed Honduran president, Manuel Rosales, agreed.", "Manuel Rosales", "President", "Honduras"),
    ("Ex-foreign minister Petra Vogel of Austria agreed.", "Petra Vogel", "Foreign Minister", "Austria"),
    ("Dario Conti resigned as Italy's justice minister.", "Dario Conti", "Justice Minister", "Italy"),
]


@pytest.mark.parametrize(("text", "holder", "title", "organisation"), FORMER)
def test_former_office_is_marked(annotate: Annotate, text: str, holder: str, title: str, organisation: str) -> None:
    document = annotate(text, "2014-05-01")
    names = {r.key: r.name for r in document.referents}
    found = {(names[t.holder], t.title, names[t.organisation]): t for t in positions(document)}
    assert found[holder, title, organisation].former
    assert not found[holder, title, organisation].as_of


def test_two_offices_of_one_person_share_their_state(annotate: Annotate) -> None:
    text = "Wen Haoran, a Chinese vice premier and former foreign minister, travelled to Berlin."
    found = told(annotate(text, "2006-05-01"))
    assert {("Wen Haoran", "Vice Premier", "China"), ("Wen Haoran", "Foreign Minister", "China")} <= found


def test_organs_president_is_no_head_of_state(annotate: Annotate) -> None:
    text = "Iris Okafor, the Nigerian ambassador and the Security Council's president for May, opened the debate."
    roles = {t.title: t.role for t in positions(annotate(text, "2011-05-01"))}
    assert roles["President"] == "HeadOfOrganisation"
    assert roles["Ambassador to the United Nations"] == "Ambassador"


def test_bare_title_is_filled_in_from_who_held_it_at_the_date(annotate: Annotate) -> None:
    assert ("Jacques Chirac", "President", "France") in told(annotate("President Jacques Chirac agreed.", "2003-05-01"))
    assert ("Tony Blair", "Prime Minister", "United Kingdom") in told(
        annotate("Prime Minister Blair agreed.", "2003-05-01")
    )


def test_description_of_an_office_tells_who_holds_it(annotate: Annotate) -> None:
    text = "Angela Merkel travelled to Kiev. The German chancellor said that talks would go on."
    assert ("Angela Merkel", "Chancellor", "Germany") in told(annotate(text, "2014-05-01"))


def test_party_of_an_office_holder_is_not_where_the_office_is(annotate: Annotate) -> None:
    document = annotate("Jane Mills, a Republican senator, objected.", "2014-05-01")
    assert ("Jane Mills", "Senator", "Republican Party") not in told(document)


def test_leader_of_a_party_is_in_the_party(annotate: Annotate) -> None:
    found = told(
        annotate("Grace Moyo, the leader of the Freedom Party, agreed. Its spokesman, Tom Dube, did not.", "2014-05-01")
    )
    assert ("Grace Moyo", "Leader", "Freedom Party") in found
    assert ("Tom Dube", "Spokesman", "Freedom Party") in found


@pytest.mark.parametrize(
    "text",
    [
        "A minister in Warsaw agreed.",
        "The president of the company, which sells tea, agreed.",
        "No president has ever agreed.",
        "He wants to be president.",
    ],
)
def test_offices_of_nobody_named_are_not_recorded(annotate: Annotate, text: str) -> None:
    assert not told(annotate(text, "2013-05-01"))


def test_a_namesake_who_led_another_state_tells_no_state(annotate: Annotate) -> None:
    document = annotate("President Ali Moussa opened the session in Bamako.", "2016-05-12")
    assert "state/sudan" not in {tenure.organisation for tenure in positions(document)}


def test_evidence_is_the_sentence(annotate: Annotate) -> None:
    document = annotate("Rain fell. Juma Otieno, Kenya's interior minister, agreed. It stopped.", "2013-05-01")
    evidence = positions(document)[0].evidence
    assert evidence is not None
    assert evidence.quote == "Juma Otieno, Kenya's interior minister, agreed."
    assert document.article.text[evidence.begin : evidence.finish] == evidence.quote


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Mehmet Kaya was appointed foreign minister of Turkey on May 3.", "2013-05-03", ""),
        ("Mehmet Kaya, who was elected president of Turkey in 2011, agreed.", "2011", ""),
        ("Dario Conti resigned as Italy's justice minister in February.", "", "2013-02"),
        ("Chilean President Pedro Salas, who took office in March, agreed.", "2013-03", ""),
        ("Chilean President Pedro Salas agreed on Monday.", "", ""),
    ],
)
def test_dates_of_an_office_are_told_by_its_verb(annotate: Annotate, text: str, start: str, end: str) -> None:
    tenure = positions(annotate(text, "2013-05-08"))[0]
    assert (tenure.start, tenure.end) == (start, end)
