"""Datelines: the city, and often the day, that a paragraph is written from, in the styles of agencies and papers."""

from __future__ import annotations

import re

from kg.text.date_words import MONTH_DAY

_PART = r"(?:[A-Z][\w.’'-]*|\d{1,4})"
_CAPITALS = r"[A-Z][A-Z .'’/-]{2,30}"
_MIXED = r"(?:[A-Z][\w’'-]+(?:[ /-][A-Z][\w’'-]+){0,3})"
_DAY = rf"{MONTH_DAY}(?:,?\s\d{{4}})?"
_AGENCY = r"(?:\([A-Z][^)]{0,30}\)|/[A-Z][^/]{1,30}/)"
_DASH = r"(?:—|–|--|-(?=\s))"

# "LIMA, Peru (AP) —" · "LIMA, May 3. /PNA/." · "Lima, May 3 (PNA):" · "Lima, Peru –" · "Lima/Quito:"
DATELINE = re.compile(
    rf"""(?:{_CAPITALS}(?:,\s{_PART}(?:\s{_PART})*\.?|\s\([A-Z][^)]{{0,20}}\))*\s*{_DASH}
      |(?:{_CAPITALS}|{_MIXED})(?:,\s{_MIXED})?(?:,?\s{_DAY})?[.,]?\s{_AGENCY}\s?(?:{_DASH}|[.:])
      |{_MIXED}(?:,\s{_MIXED})?,?\s{_DAY}\s?(?:{_DASH}|:)
      |{_MIXED}(?:,\s{_MIXED})?(?:\s(?:—|–|--)|:)(?=\s["“‘']?[A-Z]))""",
    re.VERBOSE,
)
LONGEST = 16
