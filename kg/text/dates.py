"""Dates of news prose, resolved against the publication date and never more precise than the source.

``find_dates(text, published)`` gives every expression with its offsets; what a weekday means depends on the tense of
what it dates, so each expression holds both readings: ``past`` and ``coming``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a": 1, "an": 1, "couple": 2,
}  # fmt: skip

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\."
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
)
_COUNT = (
    r"(?i:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|several|a\ few|a\ couple\ of)"
)
_UNIT = r"(?:day|night|week|fortnight|month|year|decade|hour)s?"
_PART = r"(?:morning|afternoon|evening|night|midnight|noon|dawn|lunchtime)"
_PATTERN = re.compile(
    rf"""
      (?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
    | (?P<mdy>\b(?:(?:{_DAY}),?\s+)?(?P<mdy_m>{_MONTH})\s+(?P<mdy_d>\d{{1,2}})(?:st|nd|rd|th)?
        (?:\s*(?:[-–]|to|and)\s*(?P<mdy_e>\d{{1,2}})(?!\d))?(?:,?\s+(?P<mdy_y>(?:19|20)\d{{2}}))?\b(?!,\d{{3}}))
    | (?P<dmy>\b(?:(?:{_DAY}),?\s+)?(?P<dmy_d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:[-–]|to|and)\s*(?P<dmy_e>\d{{1,2}}))?
        \s+(?:of\s+)?(?P<dmy_m>{_MONTH})(?:,?\s+(?P<dmy_y>(?:19|20)\d{{2}}))?\b)
    | (?P<days>\b(?P<days_a>{_DAY})\s+(?:and|to|through|or|until)\s+(?P<days_b>{_DAY}))
    | (?P<weekday>\b(?:(?P<wd_rel>last|next|this|this\s+past|past|this\s+coming|the\s+following|the\s+previous)\s+)?
        (?P<wd>{_DAY})(?:\s+{_PART})?(?P<wd_week>\s+(?:of\s+)?(?:last|next|this)\s+week)?)
    | (?P<today>\b(?:[Tt]oday|[Tt]onight|[Ee]arlier\s+today|[Tt]his\s+(?:{_PART})|[Oo]vernight))\b
    | (?P<yesterday>\b(?:[Yy]esterday(?:\s+{_PART})?|[Ll]ast\s+(?:night|evening)))\b
    | (?P<tomorrow>\b[Tt]omorrow(?:\s+{_PART})?)\b
    | (?P<weekend>\b(?:(?P<we_rel>last|next|this|the|over\s+the|at\s+the)\s+)?weekend)\b
    | (?P<month>\b(?:(?P<mo_rel>last|next|this|mid|early|late|[Ee]arly\s+in|[Ll]ate\s+in
        |the\s+beginning\s+of|the\s+end\s+of)[\s-]+)?
        (?P<mo_name>{_MONTH})(?:\s+(?:of\s+)?(?P<mo_y>(?:19|20)\d{{2}}|last\s+year|this\s+year|next\s+year))?(?![\w’'])(?!\s+\d{{1,2}}\b))
    | (?P<span>\b(?:in|over|during|for)\s+(?:(?:the|these)\s+(?P<span_p>past|last)\s+)?
        (?:about\s+|nearly\s+|almost\s+|some\s+)?
        (?P<span_n>{_COUNT})\s+(?P<span_u>weeks|months|years)(?P<span_of>\s+of\s+\w+)?\b)
    | (?P<ago>\b(?:(?:about|some|nearly|almost|around|more\s+than|over|just|only|less\s+than)\s+)?
        (?P<ago_n>{_COUNT})\s+(?P<ago_u>{_UNIT})\s+
        (?P<ago_w>ago|earlier|later|afterwards?|previously|(?:before|after)(?=\s*[,.;]))\b)
    | (?P<step>\b[Tt]he\s+(?:next|following|previous|same)\s+day\b
        |\b[Tt]he\s+day\s+(?:after|before)(?:\s+that)?(?=[\s,.;])(?!\s+(?:the|a|his|her|its|he|she|it|they|[A-Z])))
    | (?P<rel>\b(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s+(?:in\s+)?)?(?P<rel_w>[Ll]ast|[Nn]ext|[Tt]his
        |the\s+previous|the\s+following|the\s+same|the\s+past|the\s+coming|that)\s+
        (?P<rel_u>week|month|year|day|decade|spring|summer|autumn|fall|winter|century)\b)
    | (?P<ordinalday>\b(?:the\s+)?(?:day\s+before\s+yesterday|day\s+after\s+tomorrow))
    | (?P<season>\b(?:in\s+the\s+)?(?:spring|summer|autumn|fall|winter)\s+of\s+(?P<season_y>(?:19|20)\d{{2}}))
    | (?P<endof>\b(?:the\s+)?(?:end|start|beginning|middle|rest)\s+of\s+(?:the|this|next|last)
        \s+(?P<end_u>year|month|week)\b)
    | (?P<year>\b(?<![\d,.$€£-])(?P<year_n>(?:19|20)\d{{2}})\b(?![,.]\d|-\w
        |\s+(?:people|soldiers|troops|men|dead|barrels|civilians|tons|tonnes|km|miles|refugees|dollars|euros|pounds|metres|meters|feet|others)))
    """,
    re.VERBOSE,
)

_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|by|from|last|this|to|and|between|during|mid|late|early|for|through)[\s-]+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class When:
    """A date or interval, ISO text; ``end`` is empty for a single date."""

    start: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Characters ``begin`` to ``finish`` that date something, read as past and as coming.

    ``offset`` (days) is set instead for "a day earlier" and the like, which count from the date told last.
    """

    begin: int
    finish: int
    text: str
    past: When | None
    coming: When | None
    offset: int | None = None


def parse_published(published: str) -> date | None:
    """The publication date, where it is known to the day."""
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def find_dates(text: str, published: str) -> list[DateExpression]:
    """All date expressions of ``text`` in order, relative ones resolved against the ISO date ``published``."""
    today = parse_published(published)
    found = []
    for match in _PATTERN.finditer(text):
        expression = _read(match, today)
        if expression is not None:
            found.append(expression)
    return found


def _read(match: re.Match[str], today: date | None) -> DateExpression | None:
    kind = next(
        name
        for name in (
            "iso", "mdy", "dmy", "days", "weekday", "today", "yesterday", "tomorrow", "weekend", "month", "span",
            "ago", "rel", "step", "ordinalday", "season", "endof", "year",
        )
        if match.group(name) is not None
    )  # fmt: skip
    if kind == "ago" and match["ago_w"].lower() != "ago":
        days = _offset(match)
        if days is None:
            return None
        return DateExpression(match.start(), match.end(), match.group(), None, None, days)
    if kind == "step":
        words = match.group().lower()
        step = 0 if "same" in words else -1 if "previous" in words or "before" in words else 1
        return DateExpression(match.start(), match.end(), match.group(), None, None, step)
    past, coming = _RESOLVERS[kind](match, today)
    if past is None and coming is None:
        return None
    return DateExpression(match.start(), match.end(), match.group(), past, coming)


Readings = tuple[When | None, When | None]
Resolver = Callable[[re.Match[str], date | None], Readings]


def _both(when: When | None) -> Readings:
    return when, when


def _iso(match: re.Match[str], today: date | None) -> Readings:
    return _both(When(match["iso"]))


def _month_day(match: re.Match[str], today: date | None) -> Readings:
    kind = "mdy" if match["mdy"] else "dmy"
    month = MONTHS[match[f"{kind}_m"].rstrip(".").lower()]
    day, until, year = int(match[f"{kind}_d"]), match[f"{kind}_e"], match[f"{kind}_y"]
    if year:
        return _both(_span(int(year), month, day, until))
    if today is None:
        return None, None
    past_year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    coming_year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    return _span(past_year, month, day, until), _span(coming_year, month, day, until)


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
        past = past - timedelta(days=7) if past == today else past
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
        return _both(two_days(last_saturday))
    if relation == "next":
        return _both(two_days(coming_saturday))
    return two_days(last_saturday), two_days(coming_saturday)


def _month(match: re.Match[str], today: date | None) -> Readings:
    name, year, relation = match["mo_name"], match["mo_y"], (match["mo_rel"] or "").lower()
    number = MONTHS[name.rstrip(".").lower()]
    if year and year.isdigit():
        return _both(When(f"{int(year):04d}-{number:02d}"))
    if name in ("May", "March") and not relation and not _BEFORE_MONTH.search(match.string[: match.start()][-12:]):
        return None, None
    if today is None:
        return None, None
    if year:
        shift = {"last": -1, "this": 0, "next": 1}[year.split()[0]]
        return _both(When(f"{today.year + shift:04d}-{number:02d}"))
    past_year = today.year if number <= today.month else today.year - 1
    coming_year = today.year if number >= today.month else today.year + 1
    if relation == "last" and number == today.month:
        past_year -= 1
    if relation == "this":
        past_year = coming_year = today.year
    if relation == "next":
        return _both(When(f"{coming_year if number > today.month else today.year + 1:04d}-{number:02d}"))
    return When(f"{past_year:04d}-{number:02d}"), When(f"{coming_year:04d}-{number:02d}")


def count(words: str) -> int | None:
    """The number that "three", "a", "12" or "a couple of" says; None for "several"."""
    words = words.lower().strip()
    if words.isdigit():
        return int(words)
    if "couple" in words:
        return 2
    number = NUMBERS.get(words.split()[-1] if words not in ("a few",) else "few")
    return number or None


def _stretch(match: re.Match[str], today: date | None) -> Readings:
    """ "in 15 months of fighting", "over the past two years": from then until now."""
    number = count(match["span_n"])
    if today is None or number is None or not (match["span_p"] or match["span_of"]):
        return None, None
    start = _back(today, number, match["span_u"].rstrip("s").lower())
    return (When(start.start, today.isoformat()[: len(start.start)]) if start else None), None


def _offset(match: re.Match[str]) -> int | None:
    unit = match["ago_u"].rstrip("s").lower()
    number = count(match["ago_n"])
    days = {"day": 1, "night": 1, "hour": 0, "week": 7, "fortnight": 14}.get(unit)
    if number is None or days is None:
        return None
    sign = 1 if match["ago_w"].lower().startswith(("later", "after")) else -1
    if days == 7 or days == 14:
        return None
    return sign * number * days


def _ago(match: re.Match[str], today: date | None) -> Readings:
    number, unit = count(match["ago_n"]), match["ago_u"].rstrip("s").lower()
    if today is None or number is None:
        return None, None
    return _both(_back(today, number, unit))


def _back(today: date, number: int, unit: str) -> When | None:
    if unit in ("day", "night"):
        return When((today - timedelta(days=number)).isoformat())
    if unit == "hour":
        return When((today - timedelta(hours=number)).isoformat()) if number <= 6 else None
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
    if unit == "year" or unit in ("spring", "summer", "autumn", "fall", "winter"):
        if unit != "year" and shift == -1 and _season_passed(unit, today):
            shift = 0
        return _both(When(f"{today.year + shift:04d}"))
    return None, None


def _season_passed(season: str, today: date) -> bool:
    last_month = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 2}[season]
    return today.month > last_month


def _season(match: re.Match[str], today: date | None) -> Readings:
    return _both(When(match["season_y"]))


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
    "season": _season,
    "endof": _end_of,
    "year": _year,
}
