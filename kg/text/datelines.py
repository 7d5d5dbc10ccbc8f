"""Datelines: the city, and often the day, that a paragraph is written from, in the styles of agencies and papers."""

from __future__ import annotations

import re
from datetime import timedelta

from kg.text.date_words import MONTH_DAY
from kg.text.dates import find_dates, parse_published

_PART = r"(?:[A-Z][\w.’'-]*|\d{1,4})"
_CAPITALS = r"[A-Z][A-Z .'’/-]{2,30}"
_MIXED = r"(?:[A-Z][\w’'-]+(?:[ /-][A-Z][\w’'-]+){0,3})"
_DAY = rf"{MONTH_DAY}(?:,?\s\d{{4}})?"
_AGENCY = r"(?:\([A-Z][^)]{0,30}\)|/[A-Z][^/]{1,30}/)"
_DASH = r"(?:—|–|--|[-_](?=\s))"

# "LIMA, Peru (AP) —" · "LIMA, May 3. /PNA/." · "Lima, May 3 (PNA):" · "Lima, Peru –" · "Lima/Quito:"
DATELINE = re.compile(
    rf"""(?:{_CAPITALS}(?:,\s{_PART}(?:\s{_PART})*\.?|\s\([A-Z][^)]{{0,20}}\))*\s*{_DASH}
      |(?:{_CAPITALS}|{_MIXED})(?:,\s{_MIXED})?(?:,?\s{_DAY})?[.,]?\s{_AGENCY}\s?(?:{_DASH}|[.:])
      |{_MIXED}(?:,\s{_MIXED})?,?\s{_DAY}\s?(?:{_DASH}|:)
      |{_MIXED}(?:,\s{_MIXED})?(?:\s(?:—|–|--)|:)(?=\s["“‘']?[A-Z]))""",
    re.VERBOSE,
)
LONGEST = 16
_AHEAD = 600
"""Characters of an article in which its dateline stands, after a headline and a byline."""
_PRINTED = timedelta(days=3)


def written_on(text: str, published: str) -> str:
    """The day that an article calls today: its dateline's, where that is at most three days before publication."""
    issued = parse_published(published)
    for begin in (0, *(match.end() for match in re.finditer(r"\n\s*", text[:_AHEAD]))):
        found = DATELINE.match(text, begin)
        when = next((one.past for one in find_dates(found.group(), published) if one.past), None) if found else None
        day = parse_published(when.start) if when else None
        if day is not None and issued is not None and timedelta(0) <= issued - day <= _PRINTED:
            return day.isoformat()
    return published
