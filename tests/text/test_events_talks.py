"""Who takes part in talks: the people who talk, not what they talk about, and not whoever was named last."""

from __future__ import annotations

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
