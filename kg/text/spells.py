"""Time told by length: how long after something else, and how long something has lasted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kg.text.date_words import LAG, SPELL, count
from kg.text.dates import When, back, parse_published

_DAY, _MONTH, _YEAR = len("2012-06-05"), len("2012-06"), len("2012")
_PRECISION = {"month": _MONTH, "year": _YEAR, "decade": _YEAR}


@dataclass(frozen=True, slots=True)
class Lag:
    """ "Two days after", characters ``begin`` to ``finish``: how long after (or before) what follows something is."""

    begin: int
    finish: int
    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class Spell:
    """ "An 11-week" or "three months of" something, characters ``begin`` to ``finish``: from ``when`` until now."""

    begin: int
    finish: int
    text: str
    when: When


def find_lags(text: str) -> list[Lag]:
    """Every "a day after", "two weeks before"; the number is negative for what comes before."""
    found = []
    for match in LAG.finditer(text):
        number = count(match["number"]) if match["number"] else 0 if match["some"] else 1
        unit = (match["unit"] or match["one"] or "hour").rstrip("s").lower()
        if number is not None:
            found.append(Lag(match.start(), match.end(), number if match["way"] == "after" else -number, unit))
    return found


def find_spells(text: str, published: str) -> list[Spell]:
    """What has lasted for a time that ends with publication, by months: "a five-day war" is of this month."""
    today, found = parse_published(published), []
    for match in SPELL.finditer(text) if today else ():
        number = count(match["number"] or match["count"])
        unit = (match["unit"] or match["units"]).rstrip("s")
        days = {"day": 1, "week": 7}.get(unit)
        if number is None or today is None:
            continue
        then = When((today - timedelta(days=number * days)).isoformat()) if days else back(today, number, unit)
        if then is not None:
            start = then.start[:_MONTH]
            end = today.isoformat()[: len(start)]
            when = When(start, end if end != start else "")
            found.append(Spell(match.start(), match.end(), match.group(), when))
    return found


def shifted(base: When, number: int, unit: str) -> When | None:
    """The time so many units after ``base``, no more precise than the unit; None where ``base`` is less precise."""
    precision = _PRECISION.get(unit, _DAY)
    if len(base.start) < precision:
        return None
    if precision == _DAY:
        days = round(number / 24) if unit == "hour" else {"week": 7, "fortnight": 14}.get(unit, 1) * number
        day = (date.fromisoformat(base.start) + timedelta(days=days)).isoformat()
        exact = unit in ("hour", "day", "night") or (unit == "week" and abs(number) == 1)
        return When(day if exact else day[:_MONTH])
    if unit == "month":
        months = int(base.start[:4]) * 12 + int(base.start[5:7]) - 1 + number
        return When(f"{months // 12:04d}-{months % 12 + 1:02d}")
    return When(f"{int(base.start[:4]) + number * (10 if unit == 'decade' else 1):04d}")
