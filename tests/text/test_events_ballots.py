"""Votes told without the word: by their count, by those counted, by what the voters are seen to do."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

ASSEMBLY = {"united-nations-general-assembly"}
PERU = {"peru", "czech-republic", "mali"}


def votes(text: str) -> list[tuple[str, set[str]]]:
    """Choice and voters of each vote."""
    return [(event.choice, keys(event, "agent")) for event in extract(text) if event.kind == "Vote"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The General Assembly met on Tuesday. In the end 121 states were for, seven against.", ("For", ASSEMBLY)),
        ("The count in the General Assembly was 98 for, four against and 30 abstentions.", ("For", ASSEMBLY)),
        ("The board lit up in the General Assembly: 64 members against, thirty-one for.", ("Against", ASSEMBLY)),
        ("The General Assembly met. Three days earlier 96 members threw out his request.", ("Against", ASSEMBLY)),
        ("The General Assembly met. In April 120 countries deplored the invasion.", ("For", ASSEMBLY)),
        ("Two weeks ago 88 members of the Knesset turned down an amendment.", ("Against", {"knesset"})),
        ("The bill was crushed by 432 votes to 120 in the Knesset.", ("Against", {"knesset"})),
        ("Kenya joined Uganda in voting no.", ("Against", {"kenya", "uganda"})),
        ("Kenya and Uganda sided with Eritrea in the vote.", ("", {"kenya", "uganda", "eritrea"})),
        ("The ballot was secret. Only Mali sided with the Eritreans.", ("Against", {"mali", "eritrea"})),
        ("The ballot took an hour. Ghana and Togo pressed the yellow button.", ("Abstain", {"ghana", "togo"})),
        ("The ballot took an hour. Ghana and Togo pressed the red button.", ("Against", {"ghana", "togo"})),
        (
            "The vote was close. Kenya, a firm No in May, preferred this time to sit on the fence.",
            ("Abstain", {"kenya"}),
        ),
        ("Peru and Chile, abstainers before, switched to the majority.", ("For", {"peru", "chile"})),
        ("The resolution passed. Peru, the Czech Republic and Mali were among those opposed.", ("Against", PERU)),
        ("The resolution passed. Chad and Iran were among the abstainers.", ("Abstain", {"chad", "iran"})),
        ("The resolution passed. Chad was one of those voting against.", ("Against", {"chad"})),
        ("Hungary alone cast a negative vote.", ("Against", {"hungary"})),
        ("The resolution failed. Eleven of the 15 members were in favour.", ("For", set())),
        ("The resolution failed. The other 14 members voted for it.", ("For", set())),
        ("By 138 votes to nine the General Assembly on Monday admitted Kosovo.", ("For", ASSEMBLY)),
        ("By a vote of 93-24 the General Assembly on Monday admitted Kosovo.", ("For", ASSEMBLY)),
        ("The General Assembly voted 76 to 35 on Friday.", ("For", ASSEMBLY)),
        ("The resolution passed. Ghana and Togo stayed neutral.", ("Abstain", {"ghana", "togo"})),
        ("The General Assembly adopted it. The vote was 133 to 12.", ("For", ASSEMBLY)),
        ("The text passed. Romania did not take part in the vote.", ("Abstain", {"romania"})),
        ("The vote took an hour. Ghana and Togo did not take sides.", ("Abstain", {"ghana", "togo"})),
        ("Mali and Chad sided with Niger in opposing the resolution.", ("Against", {"mali", "chad", "niger"})),
        ("The Bundestag has voted for the resolution, but what will come of it?", ("For", {"bundestag"})),
        (
            "The vote was close. Kenya, a firm No in May, preferred this time to sit on the fence.",
            ("Abstain", {"kenya"}),
        ),
        ("The motion split the council. Norway preferred to sit on the fence.", ("Abstain", {"norway"})),
    ],
)
def test_a_vote_is_told_in_other_words(text: str, expected: tuple[str, set[str]]) -> None:
    assert expected in votes(text)


COUNCIL = {"united-nations-security-council"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Resolution 1199 (1998) Adopted by 13 Votes to None, with Kenya and Gabon Abstaining",
            [("For", COUNCIL), ("Abstain", {"kenya", "gabon"})],
        ),
        (
            "Security Council Rejects Draft Resolution by Vote of 8 in Favour to 3 Against (Chile, Peru, Mali)",
            [("Against", COUNCIL), ("Against", {"chile", "peru", "mali"})],
        ),
        (
            "Resolution 1244 (1999) Approved by Vote of 14 in Favour to None Against, with 1 Abstention (Ghana)",
            [("Abstain", {"ghana"})],
        ),
    ],
)
def test_the_headline_of_a_press_release_tells_the_tally(line: str, expected: list[tuple[str, set[str]]]) -> None:
    found = votes(f"SECURITY COUNCIL ACTS\n\n{line}\n\nThe Security Council met this afternoon.")
    assert all(vote in found for vote in expected)


def test_other_headlines_tell_nothing() -> None:
    assert votes("Assembly Divided over Vote on Budget\n\nThe weather was fine.") == []


def test_the_year_in_the_number_of_a_resolution_dates_nothing() -> None:
    (event,) = [
        one for one in extract("The Security Council on Monday adopted resolution 1973 (2011).") if one.kind == "Vote"
    ]
    assert event.date.startswith("2016-05")


def test_the_security_council_has_no_seats_for_ninety() -> None:
    text = (
        "The General Assembly met. It cannot bind as the Security Council can. In May 90 members threw out his request."
    )
    assert ("Against", ASSEMBLY) in votes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thirty countries condemned the coup in Mali.",
        "Kenya sided with Uganda in the dispute over the lake.",
        "Norway has sat on the fence for years.",
        "Police threw out 14 reporters on Tuesday.",
        "The engineer pressed the red button at noon.",
        "The 15-member panel turned down his request.",
        "Of the troops 40 were for the plan, and Mali was against it.",
    ],
)
def test_what_looks_alike_is_no_vote(text: str) -> None:
    assert votes(text) == []


def test_whose_request_is_thrown_out_is_not_thrown_out_himself() -> None:
    found = extract("The General Assembly met. Vasily Nebenzya spoke. In May 107 members threw out his request.")
    assert "Expulsion" not in {event.kind for event in found}


@pytest.mark.parametrize(
    "text",
    [
        "The UN Security Council met. The House of Commons sat, too. Resolution 502 was carried by ten votes to one.",
        "Members of the UN Security Council met. The Knesset sat, too. Mali and Chad voted for Resolution 1973.",
    ],
)
def test_a_numbered_resolution_is_the_security_councils(text: str) -> None:
    bodies = [keys(event, "body") for event in extract(text) if event.kind == "Vote"]
    assert bodies == [{"united-nations-security-council"}]


def test_a_flag_is_not_appointed() -> None:
    assert not extract("Clerks in Riga had replaced the Belarusian flag.")


def test_two_countries_known_are_no_count_and_a_new_resolution_is_of_no_body_told() -> None:
    told = "Peru and Chile vetoed a motion in the UN Security Council."
    text = f"{told} On Friday the two countries voted against a text, too."
    (vote,) = (event for event in extract(text) if event.kind == "Vote")
    assert (keys(vote, "agent"), keys(vote, "body")) == ({"peru", "chile"}, set())
