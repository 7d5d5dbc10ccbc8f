"""Votes, victims, dates, places, sources and undertakings of events."""

from __future__ import annotations

import pytest

from kg.model import Event
from tests.text.extraction import extract, keys


def of(kind: str, text: str) -> Event:
    """The first event of a kind in a text read on Thursday 12 May 2016."""
    return next(event for event in extract(text) if event.kind == kind)


@pytest.mark.parametrize(
    ("text", "kind", "choice", "agents"),
    [
        ("Chile voted against the resolution in the Security Council.", "Vote", "Against", {"chile"}),
        ("Chile voted in favour of the draft.", "Vote", "For", {"chile"}),
        ("Chile and Peru abstained in the Security Council.", "Vote", "Abstain", {"chile", "peru"}),
        ("Chile abstained, as did Peru and Ghana.", "Vote", "Abstain", {"chile", "peru", "ghana"}),
        ("Russia vetoed the draft in the Security Council.", "Veto", "Against", {"russia"}),
        ("The Security Council adopted a resolution on Mali.", "Vote", "For", {"united-nations-security-council"}),
    ],
)
def test_votes_have_a_choice(text: str, kind: str, choice: str, agents: set[str]) -> None:
    vote = of(kind, text)
    assert vote.choice == choice
    assert agents <= keys(vote, "agent")


def test_the_body_is_the_one_named_before() -> None:
    text = "The Security Council met on Monday over Mali. The resolution was adopted by 14 votes to none."
    assert keys(of("Vote", text), "body") == {"united-nations-security-council"}


def test_the_motion_is_kept_in_words() -> None:
    vote = of("Vote", "Chile voted against a resolution condemning Sudan in the Security Council.")
    assert vote.content is not None
    assert vote.content.text.startswith("a resolution condemning Sudan")


@pytest.mark.parametrize(
    ("text", "killed", "injured", "at_least"),
    [
        ("Twelve Chadian soldiers were killed.", 12, None, False),
        ("At least 30 Nigerians were killed.", 30, None, True),
        ("More than 1,500 Nigerians died in the fighting.", 1500, None, True),
        ("The blast killed two hundred Kenyans.", 200, None, False),
        ("Gunmen killed Angela Merkel, Tony Blair and two bodyguards.", 4, None, False),
        ("Four Malian soldiers and an interpreter were killed.", 5, None, False),
        ("A Chadian soldier was killed.", 1, None, False),
        ("Dozens of Kenyans were killed.", None, None, False),
        ("A bomb wounded seven Peruvian policemen.", None, 7, False),
        ("Gunmen attacked the Malian garrison, killing 20 soldiers and wounding 45.", 20, 45, False),
        ("A clash in which four Kenyan soldiers lost their lives shook Mandera.", 4, None, False),
        ("Gunmen shot dead at least six farmers in a Kenyan village.", 6, None, True),
        ("Kenya condemned the attacks on Somali police near Dhobley, in which five officers died.", 5, None, False),
        ("A bomb claimed the lives of nine Kenyan policemen.", 9, None, False),
        ("Shelling by Malian troops claimed the life of a farmer, Awa Diallo, 41, on Monday.", 1, None, False),
        ("A total of 27 people have been killed in Chad since May.", 27, None, False),
        ("Chad had lost at least 3,000 men in the fighting.", 3000, None, True),
        ("Six guards were injured on Monday when their lorry hit a mine planted by rebels.", None, 6, False),
        ("Two Kenyan soldiers were killed and seven others wounded in an ambush.", 2, 7, False),
        ("The raid by Malian rebels left 20 people dead and 45 wounded.", 20, 45, False),
        ("Rebels carried out an attack on a Malian market in which 15 people died.", 15, None, False),
    ],
)
def test_victims_are_counted_as_told(text: str, killed: int | None, injured: int | None, at_least: bool) -> None:
    found = [event for event in extract(text) if event.kind in ("Killing", "Attack")]
    assert (killed, injured, at_least) in [(event.killed, event.injured, event.at_least) for event in found]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Serbia and Kosovo held talks in Vienna on Monday.", "Negotiation", "vienna"),
        ("Serbia and Kosovo signed a treaty near the Austrian town of Linz.", "Agreement", "linz"),
        ("VIENNA — Serbia and Kosovo signed a treaty on Monday.", "Agreement", "vienna"),
        ("John Kerry, speaking in Geneva, said the talks had gone well.", "Statement", "geneva"),
    ],
)
def test_places(text: str, kind: str, place: str) -> None:
    assert keys(of(kind, text), "place") == {place}


@pytest.mark.parametrize(
    ("text", "kind", "start", "end", "words"),
    [
        ("Peru and Chile signed a pact on Monday.", "Agreement", "2016-05-09", "", "Monday"),
        ("On Monday Peru and Chile signed a pact.", "Agreement", "2016-05-09", "", "Monday"),
        ("Peru will expel the Chilean envoy on Monday.", "Expulsion", "2016-05-16", "", "Monday"),
        ("Peru has occupied Chilean waters since March.", "Coercion", "2016-03", "2016-05", "March"),
        ("The signing of a pact by Peru and Chile in April ended the row.", "Agreement", "2016-04", "", "April"),
        ("Peru accuses Chile of spying.", "Accusation", "", "", ""),
    ],
)
def test_dates_and_their_words(text: str, kind: str, start: str, end: str, words: str) -> None:
    event = of(kind, text)
    assert (event.date, event.end_date, event.date_text) == (start, end, words)


def test_the_narrative_goes_on_at_its_day() -> None:
    text = "Peru and Chile signed a pact on Monday. Bolivia condemned Chile."
    accusation = of("Accusation", text)
    assert (accusation.date, accusation.date_text) == ("2016-05-09", "")


def test_days_are_counted_from_the_one_told_last() -> None:
    text = "Peru expelled the Chilean envoy on Tuesday. A day earlier Chile had arrested two Peruvian sailors."
    assert of("Detention", text).date == "2016-05-09"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ghana said it would send food to Togo.", {"Aid", "Agreement", "Statement"}),
        ("Ghana said it would close its border with Togo.", {"Sanction", "Threat", "Statement"}),
        ("Ghana will never recognise the junta.", {"Rejection"}),
        ("Ghana is willing to negotiate with Togo.", {"Agreement"}),
    ],
)
def test_what_actors_say_they_will_do(text: str, kinds: set[str]) -> None:
    assert {event.kind for event in extract(text)} == kinds


def test_evidence_is_the_sentence() -> None:
    text = "Nothing is new in Lima. Peru accused Chile of spying. It rained."
    evidence = of("Accusation", text).evidence
    assert text[evidence.begin : evidence.finish] == evidence.quote == "Peru accused Chile of spying."


def test_one_happening_told_twice_in_a_sentence_is_one() -> None:
    kinds = [event.kind for event in extract("Barack Obama arrived in Havana on a visit to Cuba.")]
    assert kinds.count("Visit") == 1


def test_extraction_is_the_same_every_time() -> None:
    text = "Peru and Chile signed a pact in Lima on Monday, and Bolivia condemned it."
    assert extract(text) == extract(text)
