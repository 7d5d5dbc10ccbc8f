"""Dates of news prose, resolved against the publication date and never more precise than the source.

``find_dates(text, published)`` gives every expression with its offsets; what a weekday means depends on the tense of
what it dates, so each expression holds both readings: ``past`` and ``coming``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.text.date_words import BEFORE_MONTH, FEASTS, MONTHS, PATTERN, WEEKDAYS, count
from kg.text.date_words import NUMBERS as NUMBERS
from kg.text.periods import PERIODS, read_period


@dataclass(frozen=True, slots=True)
class When:
    """A date or interval, ISO text; ``end`` is empty for a single date."""

    start: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Characters ``begin`` to ``finish`` that date something, read as past and as coming.

    ``offset`` is set instead for "a day earlier" and the like, which count from the date told last, in units of
    ``unit``: ``day``, ``week``, ``month`` or ``year``; "shortly after midnight" has the unit ``midnight``, "on the
    23rd" the unit ``ordinal`` and its day as ``offset``, "the week before" the unit ``weekof``, "on that occasion" the
    unit ``then``.
    """

    begin: int
    finish: int
    text: str
    past: When | None
    coming: When | None
    offset: int | None = None
    unit: str = "day"


def parse_published(published: str) -> date | None:
    """The publication date, where it is known to the day."""
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


_NUMBER_OF_YEAR = re.compile(r"\d[A-Z]?(?:/\d+)? \(\Z")
_LONGEST_NUMBER = 12


def find_dates(text: str, published: str) -> list[DateExpression]:
    """All date expressions of ``text`` in order, relative ones resolved against the ISO date ``published``."""
    today = parse_published(published)
    found = []
    for match in PATTERN.finditer(text):
        if match["year"] and _NUMBER_OF_YEAR.search(text, max(match.start() - _LONGEST_NUMBER, 0), match.start()):
            continue  # "resolution 1973 (2011)" is so called
        if match.group() == "Today" and text[max(0, match.start() - 2) : match.start()][:1].isalpha():
            continue  # "Russia Today"
        expression = _read(match, today)
        if expression is not None:
            found.append(expression)
    return found


_KINDS = (
    "range", *PERIODS, "feast", "midnight", "iso", "mdy", "dmy", "days", "weekday", "today", "yesterday", "tomorrow",
    "weekend", "month", "span", "ago", "rel", "step", "ordinalday", "ordinal", "withinday", "endof", "year", "then",
)  # fmt: skip


def _read(match: re.Match[str], today: date | None) -> DateExpression | None:
    kind = next(name for name in _KINDS if match.group(name) is not None)
    begin, finish, text = match.start(), match.end(), match.group()
    if kind == "midnight":
        return DateExpression(begin, finish, text, None, None, 1, "midnight")
    if kind == "ordinal":
        return DateExpression(begin, finish, text, None, None, int(match["or_d"]), "ordinal")
    if kind == "withinday" and match["wi_u"].lower() != "week":
        return DateExpression(begin, finish, text, None, None, 0)
    if kind == "ago" and match["ago_w"].lower() != "ago":
        days, unit = _offset(match)
        return None if days is None else DateExpression(begin, finish, text, None, None, days, unit)
    if kind == "step":
        words = text.lower()
        same = "same" in words or words.startswith(_SAME_DAY)
        step = 0 if same else -1 if "previous" in words or "before" in words else 1
        return DateExpression(begin, finish, text, None, None, step)
    if kind == "then":
        unit = {"week": "weekof", None: "then"}.get(match["th_u"], match["th_u"])
        return DateExpression(begin, finish, text, None, None, -1, unit)
    if kind == "rel" and match["rel_u"].lower() in ("month", "year", "day"):
        step_of = {"the following": 1, "the previous": -1, "the same": 0, "that": 0, "that same": 0}
        number = step_of.get(re.sub(r"\s+", " ", match["rel_w"]).lower())
        if number is not None:
            return DateExpression(begin, finish, text, None, None, number, match["rel_u"].lower())
    if kind in PERIODS:
        past, coming = (When(*stretch) if stretch else None for stretch in read_period(kind, match, today))
    else:
        past, coming = _RESOLVERS[kind](match, today)
    if past is None and coming is None:
        return None
    return DateExpression(begin, finish, text, past, coming)


_SAME_DAY = ("that", "hours", "minutes", "moments", "throughout", "all", "during")
Readings = tuple[When | None, When | None]
Resolver = Callable[[re.Match[str], date | None], Readings]


def _both(when: When | None) -> Readings:
    return when, when


def _iso(match: re.Match[str], today: date | None) -> Readings:
    return _both(When(match["iso"]))


_OTHER_YEARS = {"last": -1, "this": 0, "next": 1}


def _month_day(match: re.Match[str], today: date | None) -> Readings:
    kind = "mdy" if match["mdy"] else "dmy"
    month = MONTHS[match[f"{kind}_m"].rstrip(".").lower()]
    day, until, year = int(match[f"{kind}_d"]), (match[f"{kind}_e"] or "").rstrip("strdnh"), match[f"{kind}_y"]
    if year and year.isdigit():
        return _both(_span(int(year), month, day, until))
    if today is None:
        return None, None
    if year:
        return _both(_span(today.year + _OTHER_YEARS[year.split()[-2]], month, day, until))
    past_year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    coming_year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    return _span(past_year, month, day, until), _span(coming_year, month, day, until)


def _range(match: re.Match[str], today: date | None) -> Readings:
    """ "From 28 April to 3 May": both days of the year of the later one."""
    ends = [_day_and_month(match[name]) for name in ("range_a", "range_b")]
    (day_a, month_a), (day_b, month_b) = ends
    if match["range_y"]:
        years = [int(match["range_y"])] * 2
    elif today is None:
        return None, None
    else:
        earlier = (month_b, day_b) <= (today.month, today.day)
        later = (month_b, day_b) >= (today.month, today.day)
        years = [today.year if earlier else today.year - 1, today.year if later else today.year + 1]
    readings = []
    for year in years:
        start = _span(year if (month_a, day_a) <= (month_b, day_b) else year - 1, month_a, day_a, None)
        end = _span(year, month_b, day_b, None)
        readings.append(When(start.start, end.start) if start and end else None)
    return readings[0], readings[1]


def _day_and_month(text: str) -> tuple[int, int]:
    number = re.search(r"\d+", text)
    name = re.search(r"[A-Za-z]{3,}", re.sub(r"\d+(?:st|nd|rd|th)", "", text))
    assert number is not None and name is not None
    return int(number.group()), MONTHS[name.group().lower()]


def _feast(match: re.Match[str], today: date | None) -> Readings:
    if today is None:
        return None, None
    month, day = FEASTS[match["fe_name"].replace("’", "'").lower()]
    if match["fe_year"]:
        return _both(_span(int(match["fe_year"]), month, day, None))
    past = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    return _span(past, month, day, None), _span(past + 1 if past < today.year else past, month, day, None)


def _span(year: int, month: int, day: int, until: str | None) -> When | None:
    try:
        start = date(year, month, day)
        return When(start.isoformat(), date(year, month, int(until)).isoformat() if until else "")
    except ValueError:
        return None


def _weekday_pair(match: re.Match[str], today: date | None) -> Readings:
    if today is None:
        return None, None
    first, second = (WEEKDAYS[match[name].rstrip(".").lower()] for name in ("days_a", "days_b"))
    readings = []
    for coming in (False, True):
        start = _nearest(first, today, coming)
        end = start + timedelta(days=(second - first) % 7)
        if not coming and end > today:
            start, end = start - timedelta(days=7), end - timedelta(days=7)
        readings.append(When(start.isoformat(), end.isoformat()))
    return readings[0], readings[1]


def _nearest(weekday: int, today: date, coming: bool) -> date:
    if coming:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _weekday(match: re.Match[str], today: date | None) -> Readings:
    if today is None:
        return None, None
    number = WEEKDAYS[match["wd"].rstrip(".").lower()]
    relation = re.sub(r"\s+", " ", match["wd_rel"] or "").lower()
    week = (match["wd_week"] or "").lower()
    if "week" in week:
        shift = -7 if "last" in week else 7 if "next" in week else 0
        monday = today - timedelta(days=today.weekday()) + timedelta(days=shift)
        return _both(When((monday + timedelta(days=number)).isoformat()))
    past, coming = _nearest(number, today, False), _nearest(number, today, True)
    if relation in ("last", "past", "this past", "the previous"):
        yesterday = relation == "last" and (today - past).days == 1  # which nobody would call so
        past = past - timedelta(days=7) if past == today or yesterday else past
        return _both(When(past.isoformat()))
    if relation in ("next", "this coming"):
        coming = coming + timedelta(days=7) if coming == today else coming
        return _both(When(coming.isoformat()))
    return When(past.isoformat()), When(coming.isoformat())


def _shifted(days: int) -> Resolver:
    def resolve(match: re.Match[str], today: date | None) -> Readings:
        return (None, None) if today is None else _both(When((today + timedelta(days=days)).isoformat()))

    return resolve


def _day_but_one(match: re.Match[str], today: date | None) -> Readings:
    if today is None:
        return None, None
    return _both(When((today + timedelta(days=-2 if "before" in match.group() else 2)).isoformat()))


def _weekend(match: re.Match[str], today: date | None) -> Readings:
    if today is None:
        return None, None
    coming_saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    last_saturday = today - timedelta(days=(today.weekday() - 5) % 7)

    def two_days(saturday: date) -> When:
        return When(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat())

    relation = (match["we_rel"] or "").lower()
    if relation == "last":
        begun = last_saturday + timedelta(days=1) >= today  # said on a Saturday or Sunday, it is not this one
        return _both(two_days(last_saturday - timedelta(days=7 if begun else 0)))
    if relation == "next":
        return _both(two_days(coming_saturday))
    return two_days(last_saturday), two_days(coming_saturday)


def _month(match: re.Match[str], today: date | None) -> Readings:
    name, year, relation = match["mo_name"], match["mo_y"], (match["mo_rel"] or "").lower()
    number = MONTHS[name.rstrip(".").lower()]
    if year and year.isdigit():
        return _both(When(f"{int(year):04d}-{number:02d}"))
    if name in ("May", "March") and not relation and not BEFORE_MONTH.search(match.string[: match.start()][-12:]):
        return None, None
    if today is None:
        return None, None
    if year:
        return _both(When(f"{today.year + _OTHER_YEARS[year.split()[0]]:04d}-{number:02d}"))
    past_year = today.year if number <= today.month else today.year - 1
    coming_year = today.year if number >= today.month else today.year + 1
    if relation == "last" and number == today.month:
        past_year -= 1
    if relation == "this":
        past_year = coming_year = today.year
    if relation == "next":
        return _both(When(f"{coming_year if number > today.month else today.year + 1:04d}-{number:02d}"))
    return When(f"{past_year:04d}-{number:02d}"), When(f"{coming_year:04d}-{number:02d}")


def _stretch(match: re.Match[str], today: date | None) -> Readings:
    """ "in 15 months of fighting", "over the past two years": from then until now."""
    number, unit = count(match["span_n"]), match["span_u"].rstrip("s").lower()
    if today is None or number is None or not (match["span_p"] or match["span_of"]):
        return None, None
    if unit in ("hour", "day"):
        first = today - (timedelta(days=number) if unit == "day" else timedelta(hours=number))
        return (When(first.isoformat(), today.isoformat()) if match["span_p"] else None), None
    start = back(today, number, unit)
    return (When(start.start, today.isoformat()[: len(start.start)]) if start else None), None


def _offset(match: re.Match[str]) -> tuple[int | None, str]:
    unit = match["ago_u"].rstrip("s").lower()
    number = 0 if unit == "hour" else count(match["ago_n"])
    sign = 1 if match["ago_w"].lower().startswith(("later", "after")) else -1
    if number is None or unit == "decade":
        return None, ""
    return sign * number, unit if unit in ("week", "fortnight", "month", "year") else "day"


def _ago(match: re.Match[str], today: date | None) -> Readings:
    number, unit = count(match["ago_n"]), match["ago_u"].rstrip("s").lower()
    if today is None or number is None:
        return None, None
    return _both(back(today, number, unit))


def back(today: date, number: int, unit: str) -> When | None:
    """So many units before a day, no more precise than the unit."""
    if unit in ("day", "night"):
        return When((today - timedelta(days=number)).isoformat())
    if unit == "hour":
        return When((today - timedelta(hours=number)).isoformat()) if number <= 6 else None
    if unit == "week" and number == 1:
        return When((today - timedelta(days=7)).isoformat())  # "a week ago" is meant to the day, "three weeks" is not
    if unit in ("week", "fortnight"):
        return When((today - timedelta(days=number * (7 if unit == "week" else 14))).isoformat()[:7])
    if unit == "month":
        months = today.year * 12 + today.month - 1 - number
        return When(f"{months // 12:04d}-{months % 12 + 1:02d}")
    if unit == "year":
        return When(f"{today.year - number:04d}")
    return None


def _relative(match: re.Match[str], today: date | None) -> Readings:
    if today is None:
        return None, None
    word, unit = re.sub(r"\s+", " ", match["rel_w"]).lower(), match["rel_u"].lower()
    shift = {"last": -1, "the previous": -1, "next": 1, "the following": 1, "this": 0, "the coming": 1}.get(word)
    if word == "the past" and unit in ("week", "month", "year"):
        start = back(today, 1, unit) if unit != "week" else When((today - timedelta(days=7)).isoformat())
        return (When(start.start, today.isoformat()[: len(start.start)]) if start else None), None
    if shift is None or (unit == "day" and word != "next"):
        return None, None
    if unit == "week" and word in ("last", "next", "this"):
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * shift)
        week = When(monday.isoformat(), (monday + timedelta(days=6)).isoformat())
        return (When(week.start, today.isoformat()) if shift == 0 else week), week
    if word in ("the previous", "the following"):
        return None, None
    if unit == "month":
        months = today.year * 12 + today.month - 1 + shift
        return _both(When(f"{months // 12:04d}-{months % 12 + 1:02d}"))
    if unit == "year":
        return _both(When(f"{today.year + shift:04d}"))
    return None, None


def _this_week(match: re.Match[str], today: date | None) -> Readings:
    """ "Earlier in the week": from Monday to now."""
    if today is None:
        return None, None
    return _both(When((today - timedelta(days=today.weekday())).isoformat(), today.isoformat()))


def _end_of(match: re.Match[str], today: date | None) -> Readings:
    if today is None:
        return None, None
    words = match.group().lower()
    shift = 1 if " next " in words else -1 if " last " in words else 0
    if match["end_u"] == "year":
        return _both(When(f"{today.year + shift:04d}"))
    if match["end_u"] == "month":
        months = today.year * 12 + today.month - 1 + shift
        return _both(When(f"{months // 12:04d}-{months % 12 + 1:02d}"))
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * shift)
    return _both(When(monday.isoformat(), (monday + timedelta(days=6)).isoformat()))


def _year(match: re.Match[str], today: date | None) -> Readings:
    return _both(When(match["year_n"]))


_RESOLVERS = {
    "range": _range,
    "feast": _feast,
    "iso": _iso,
    "mdy": _month_day,
    "dmy": _month_day,
    "days": _weekday_pair,
    "weekday": _weekday,
    "today": _shifted(0),
    "yesterday": _shifted(-1),
    "tomorrow": _shifted(1),
    "weekend": _weekend,
    "month": _month,
    "span": _stretch,
    "ago": _ago,
    "rel": _relative,
    "ordinalday": _day_but_one,
    "withinday": _this_week,
    "endof": _end_of,
    "year": _year,
}
