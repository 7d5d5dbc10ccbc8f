"""How each voted, where lists and ellipses tell it."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

TALLY = (
    "The vote was 120 in favour to 4 against (Eritrea, Belarus, Cuba, Mali), with 3 abstentions (China, India, Brazil)."
)


def votes(text: str) -> dict[str, set[str]]:
    """The voters by their choice."""
    found: dict[str, set[str]] = {}
    for event in extract(text):
        if event.kind == "Vote":
            found.setdefault(event.choice, set()).update(keys(event, "agent"))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TALLY, {"Against": {"eritrea", "belarus", "cuba", "mali"}, "Abstain": {"china", "india", "brazil"}}),
        ("Peru and Chile voted in favour, Kenya against.", {"For": {"peru", "chile"}, "Against": {"kenya"}}),
        ("Turkey voted yes, Cuba no.", {"For": {"turkey"}, "Against": {"cuba"}}),
        (
            "Voting against were Eritrea and Mali; China abstained.",
            {"Against": {"eritrea", "mali"}, "Abstain": {"china"}},
        ),
        ("The 35 abstentions included China and India.", {"Abstain": {"china", "india"}}),
        ("Eritrea cast its vote against the draft.", {"Against": {"eritrea"}}),
    ],
)
def test_the_choice_of_each(text: str, expected: dict[str, set[str]]) -> None:
    assert votes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Critics of the vote included Kenya and Ghana.",
        "The opposition to the treaty included Kenya.",
        "The vote against corruption will include Kenya and Ghana.",
        "Kenya, which opposed the text, was praised. The members were Ghana and Mali.",
    ],
)
def test_other_lists_are_no_votes(text: str) -> None:
    assert votes(text) == {}
