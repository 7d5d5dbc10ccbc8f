"""Stretches of the calendar that are named: seasons, quarters, halves, decades, "from 2003 to 2011", "March to May"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from kg.text.date_words import MONTHS

Months = tuple[str, str]
"""The first and the last month or year, ISO."""

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}

PERIODS = ("season", "quarter", "decade", "years", "months")
"""The groups of the pattern of dates that name such stretches."""


def read_period(kind: str, match: re.Match[str], today: date | None) -> tuple[Months | None, Months | None]:
    """The stretch that a match of the pattern names, as past and as coming; None where the year is not known."""
    return _READERS[kind](match, today)


def _both(months: Months | None) -> tuple[Months | None, Months | None]:
    return months, months


def _season(match: re.Match[str], today: date | None) -> tuple[Months | None, Months | None]:
    name = (match["se_name"] or match["se_said"] or match["se_bare"]).lower()
    if match["se_year"]:
        return _both(_of_season(name, int(match["se_year"])))
    if today is None:
        return None, None
    first, last = _SEASONS[name]
    over = today.month > last if first < last else 2 < today.month < 12
    past, coming = (today.year if over or first <= today.month <= last else today.year - 1), today.year + over
    if name == "winter":
        past, coming = today.year - (today.month < 12), today.year - (today.month < 3)
    relation = (match["se_rel"] or "").lower()
    if relation == "last":
        past -= first <= today.month <= last
        return _both(_of_season(name, past))
    if relation == "this":
        return _both(_of_season(name, today.year if name != "winter" else past))
    if relation == "next":
        return _both(_of_season(name, coming))
    return _of_season(name, past), _of_season(name, coming)


def _of_season(name: str, year: int) -> Months:
    first, last = _SEASONS[name]
    return f"{year:04d}-{first:02d}", f"{year + (last < first):04d}-{last:02d}"


def _quarter(match: re.Match[str], today: date | None) -> tuple[Months | None, Months | None]:
    if match["qu_year"] is None and today is None:
        return None, None
    year = int(match["qu_year"]) if match["qu_year"] else (today or date.min).year - (match["qu_rel"] == "last")
    length = 3 if match["qu_u"] == "quarter" else 6
    number = min(_QUARTERS[match["qu_n"]], 12 // length)
    return _both((f"{year:04d}-{(number - 1) * length + 1:02d}", f"{year:04d}-{number * length:02d}"))


def _decade(match: re.Match[str], today: date | None) -> tuple[Months | None, Months | None]:
    first = int(match.group()[-5:-1])
    return _both((f"{first:04d}", f"{first + 9:04d}"))


def _years(match: re.Match[str], today: date | None) -> tuple[Months | None, Months | None]:
    first, last = match["ys_a"] or match["ys_b"], match["ys_c"]
    return _both((first, last) if first < last else None)


def _months(match: re.Match[str], today: date | None) -> tuple[Months | None, Months | None]:
    first, last = (MONTHS[match[name].rstrip(".").lower()] for name in ("ms_a", "ms_b"))
    if match["ms_year"]:
        return _both(_between(first, last, int(match["ms_year"])))
    if today is None:
        return None, None
    past = today.year - (last > today.month)
    return _between(first, last, past), _between(first, last, past + (last < today.month))


def _between(first: int, last: int, year: int) -> Months:
    return f"{year - (first > last):04d}-{first:02d}", f"{year:04d}-{last:02d}"


_Reader = Callable[[re.Match[str], "date | None"], tuple[Months | None, Months | None]]
_READERS: dict[str, _Reader] = {
    "season": _season,
    "quarter": _quarter,
    "decade": _decade,
    "years": _years,
    "months": _months,
}
