"""Who takes part in talks: the people who talk, not what they talk about, and not whoever was named last."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

LEADERS = (
    "French President Emmanuel Macron met his Kenyan counterpart, Uhuru Kenyatta, in Nairobi on Tuesday. "
    "Opponents blame President Nicolas Maduro for the violence in Caracas. "
    "The two presidents urged Sudan to release the prisoners."
)


def test_what_is_discussed_takes_no_part_in_the_meeting() -> None:
    [meeting] = [e for e in extract("Angela Merkel and Theresa May discussed Iran in Berlin.") if e.kind == "Meeting"]
    assert keys(meeting, "agent") == {"angela-merkel", "theresa-may"}
    assert keys(meeting, "topic") == {"iran"}


def test_the_two_presidents_are_those_of_one_sentence() -> None:
    [appeal] = [e for e in extract(LEADERS, "2019-03-14") if e.kind == "Appeal"]
    assert keys(appeal, "agent") == {"emmanuel-macron", "uhuru-kenyatta"}


@pytest.mark.parametrize(
    ("text", "broker", "sides"),
    [
        ("The Ghanaian-brokered accord between Togo and Benin was signed in Accra.", "ghana", {"togo", "benin"}),
        ("Kenya and Sudan resumed UN-mediated talks in Oslo on Monday.", "united-nations", set()),
        ("An Omani-facilitated truce began in Aden on Friday.", "oman", set()),
    ],
)
def test_one_word_tells_who_brought_them_together(text: str, broker: str, sides: set[str]) -> None:
    [mediation] = [event for event in extract(text) if event.kind == "Mediation"]
    assert keys(mediation, "agent") == {broker}
    assert keys(mediation, "target") == sides


def test_a_brokered_deal_that_is_only_wished_for_is_none() -> None:
    assert "Mediation" not in {event.kind for event in extract("Chad called for a UN-brokered truce.")}


@pytest.mark.parametrize(
    ("kind", "text", "together"),
    [
        (
            "Negotiation",
            "Ann Lee flew to Oslo on Monday for talks with Tom Hill on opening the border.",
            {"ann-lee", "tom-hill"},
        ),
        ("Meeting", "In Oslo, Ann Lee played host to Tom Hill.", {"ann-lee", "tom-hill"}),
        ("Meeting", "Ann Lee posed for photographs with Tom Hill in Oslo.", {"ann-lee", "tom-hill"}),
        ("Meeting", "Ann Lee conferred with Tom Hill in Oslo.", {"ann-lee", "tom-hill"}),
        ("PhoneCall", "Ann Lee put through a call to Tom Hill.", {"ann-lee", "tom-hill"}),
    ],
)
def test_who_comes_together(kind: str, text: str, together: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind == kind]
    assert keys(event, "agent") == together


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Visit", "Ann Lee said that she had come to the point where patience ended."),
        ("Meeting", "Ann Lee hosted a Chilean ceremony."),
        ("PhoneCall", "Ann Lee, reached by telephone in Oslo, said that she was well."),
        ("PhoneCall", "Ann Lee placed the call."),
    ],
)
def test_nobody_comes_together(kind: str, text: str) -> None:
    assert kind not in {event.kind for event in extract(text)}
