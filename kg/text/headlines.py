"""Headlines that tell what no sentence does: the tally of a vote, in capitals ("Adopted by 12 Votes to None")."""

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
    """The text with the words of such tallies in small letters, as the parser knows them; nothing moves."""
    return _TALLY.sub(lambda line: _TOLD.sub(lambda word: word[0].lower(), line[0]), text)
