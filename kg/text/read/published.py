"""Publication dates as pages, feeds and headers write them, to ISO text."""

from __future__ import annotations

import re
import warnings
from datetime import date
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH},?\s+(\d{{4}})\b", re.I)


def iso(text: str) -> str:
    """The first date in ``text`` as ``YYYY-MM-DD`` (or ``YYYY-MM``); empty where there is none.

    The day is that of the place of publication, as written: no conversion between time zones.
    """
    found = _forms(text)
    if found or not re.search(r"\d{4}", text):
        return found
    return _mail(text) or _other_language(text)


def _forms(text: str) -> str:
    if match := _ISO.search(text):
        return _checked(match[1], match[2], match[3])
    if match := _MONTH_FIRST.search(text):
        return _checked(match[3], MONTHS[match[1].casefold()], match[2])
    if match := _DAY_FIRST.search(text):
        return _checked(match[3], MONTHS[match[2].casefold()], match[1])
    if match := _SLASHED.search(text) or _COMPACT.search(text):
        return _checked(match[1], match[2], match[3])
    return ""


def _checked(year: str, month: str | int, day: str | None) -> str:
    try:
        found = date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return found.isoformat() if day else found.isoformat()[:7]


def _mail(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError):
        return ""


def _other_language(text: str) -> str:
    """Dates in other languages and orders, such as "le 6 juin 2012", where nothing is left to guess."""
    if len(text) > 60:
        return ""
    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(text, settings={"STRICT_PARSING": True})
    return found.date().isoformat() if found else ""
