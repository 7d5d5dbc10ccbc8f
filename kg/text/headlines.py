"""Text as the parser knows it: no capitals in a tally that only a headline tells ("Adopted by 12 Votes to None")."""

from __future__ import annotations

import re

_TALLY = re.compile(
    r"^.*\b(?:Adopt|Approv|Reject|Defeat|Fail)(?:s|ed|ing)?\b.*\b(?:Votes?|Favou?r|Abstain(?:ing|s)?|Abstentions?)\b.*$",
    re.MULTILINE,
)
_TOLD = re.compile(
    r"\b(?:(?:Adopt|Approv|Reject|Defeat|Fail|Abstain|Abstention|Vote|Vot|Record|Oppos|Absent)[a-z]*|Favou?r|Against|None"
    r"|With|By|To|In|Of|And|Unanimously|One|Two|Three|Four|Five)\b"
)


def plain(text: str) -> str:
    """The text with the words of such tallies in small letters, and with the dashes of the wire; nothing moves."""
    small = _TALLY.sub(lambda line: _TOLD.sub(lambda word: word[0].lower(), line[0]), text)
    return small.replace(" _ ", " – ")
