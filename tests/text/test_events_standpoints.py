"""Where those who speak or strike are, told beside them or a sentence before; when something is done by saying it."""

from __future__ import annotations

import pytest

from kg.model import Event
from kg.text.dates import When, find_dates
from tests.text.extraction import extract, keys


def of(kind: str, text: str) -> Event:
    """The first event of a kind in a text read on Thursday 12 May 2016."""
    return next(event for event in extract(text) if event.kind == kind)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Officials in Nairobi said that Chad was to blame.", "Statement", "nairobi"),
        ("Trade unions in Lima and Quito have refused to work for Chad.", "Protest", "lima"),
        ("An official of the trade ministry in Accra warned that prices would rise.", "Threat", "accra"),
        ("Uhuru Kenyatta, then in Ghana, said that he knew nothing of it.", "Statement", "ghana"),
        ("While opening a school in Mombasa, Uhuru Kenyatta accused Chad of piracy.", "Accusation", "mombasa"),
        ("Speaking in Doha, Uhuru Kenyatta praised the pact and called on Chad to sign it.", "Appeal", "doha"),
        ("Uhuru Kenyatta unveiled the plan at a news conference in Geneva.", "Statement", "geneva"),
        ("Uhuru Kenyatta appealed from Tunis to both sides to show restraint.", "Appeal", "tunis"),
        ("Uhuru Kenyatta welcomed the accord from his home in Mombasa.", "Support", "mombasa"),
        ("Shops were burning in the suburb of Karen on Monday, when students stormed a bank.", "Attack", "karen"),
        (
            "Announcing the appointment at the White House, Barack Obama said that he was sure.",
            "Statement",
            "white-house",
        ),
        ("Students marched to the gates of the palace in Lima on Monday.", "Protest", "lima"),
        ("Police shot two men in a Nairobi restaurant on Monday.", "Attack", "nairobi"),
        ("Rebels seized Kidal on Monday; ten soldiers were shot dead.", "Killing", "kidal"),
        ("Ada Colau flew to Barcelona. Crowds rallied outside the regional parliament.", "Protest", "barcelona"),
        ("An air strike on a wedding hall in Taiz that killed 40 guests angered Kenya.", "Killing", "taiz"),
    ],
)
def test_where_somebody_is_by_what_stands_beside_him(text: str, kind: str, place: str) -> None:
    assert place in keys(of(kind, text), "place")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Conference on Trade and Security in Europe accused Chad of piracy.", "Accusation"),
        ("Radicals in Congress threatened Chad with sanctions.", "Threat"),
        ("Uhuru Kenyatta condemned the attack on his home in Mombasa.", "Accusation"),
    ],
)
def test_a_place_that_is_part_of_a_name_or_of_the_matter_is_nobodys(text: str, kind: str) -> None:
    assert not keys(of(kind, text), "place")


def test_land_told_of_by_who_took_it_is_no_attack() -> None:
    text = "Kenya keeps the land it has captured, including Garvi, the valley's largest city, which it took on Sunday."
    assert [keys(event, "place") for event in extract(text) if event.kind == "Attack"] == [{"garvi"}]


def test_force_is_where_the_sentence_before_told_of_it() -> None:
    text = "Gunmen seized a bank in Taiz on Tuesday. Two clerks were shot dead, and police fired on a crowd."
    assert keys(of("Killing", text), "place") == {"taiz"}


def test_a_toll_told_in_the_perfect_is_not_of_the_place_told_last() -> None:
    text = "Gunmen attacked a bank in Taiz on Tuesday. More than 3,000 people have been killed in the war."
    assert not keys(of("Killing", text), "place")


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ('Peru "totally rejects" the ban, its ambassador said on Tuesday.', "Rejection", "2016-05-10"),
        ('"I welcome the truce," Uhuru Kenyatta said in a statement on Monday.', "Support", "2016-05-09"),
        ("Uhuru Kenyatta said on Monday that Kenya would no longer recognise Kosovo.", "Rejection", "2016-05-09"),
    ],
)
def test_what_is_done_by_saying_it_is_done_when_it_is_said(text: str, kind: str, date: str) -> None:
    assert date in {event.date for event in extract(text) if event.kind == kind}


def test_news_without_a_day_is_of_the_day_that_its_report_tells_next() -> None:
    text = (
        "LIMA, May 12 (PNA) - Peru announced its withdrawal from the pact.\n\nThe decree was read out on state"
        " television late on Wednesday."
    )
    assert "2016-05-11" in {event.date for event in extract(text) if event.evidence.begin < 40}


def test_news_told_after_a_greeting_is_of_the_day_told_next() -> None:
    text = (
        "Good morning. Kenya, Chad and Mali have agreed on how the river is to be shared. Ann Lee broke the"
        " news in Lima late yesterday."
    )
    assert of("Agreement", text).date == "2016-05-11"


def test_the_island_is_no_capital_and_not_where_the_visitor_comes_from() -> None:
    text = "Ann Lee spoke in Oslo on Monday. Her deputy, Jan Holm, is to fly to the island next week."
    assert not keys(of("Visit", text), "place")
    text = "Fiji's prime minister, Ann Lee, made a dash to the island on Monday."
    assert "fiji" not in keys(of("Visit", text), "place")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They fell on September the 25th.", "2015-09-25", ""),
        ("They met on August 14 last year.", "2015-08-14", ""),
        ("They met on 14 August of last year.", "2015-08-14", ""),
        ("They met on May 3rd and 4th.", "2016-05-03", "2016-05-04"),
    ],
)
def test_days_with_an_article_or_another_year(text: str, start: str, end: str) -> None:
    (found,) = find_dates(text, "2016-05-12")
    assert found.past == When(start, end)
