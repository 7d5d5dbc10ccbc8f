"""When things happened: a histogram with filters over the list of events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from flask import Blueprint, Response, request

from kg.graph.terms import KG
from server.pages import drawing
from server.pages.index import Happening, Index
from server.pages.listing import Filters, Row, admitted, listing
from server.pages.present import pages as shared
from server.pages.present import show
from server.pages.schema import TONE_NAMES

pages = Blueprint("timeline", __name__)
_MOST_COLUMNS = 400


@pages.get("/timeline")
def timeline() -> Response:
    """All events that pass the filters, counted by day, month or year, and listed."""
    index = shared().index()
    filters = Filters.of(request.args)
    events = index.events_of.get(filters.party, []) if filters.party else list(index.latest())
    passing = admitted(index, events, filters, filters.party)
    drawn = ("periods", len(events), *filters.describe().values())
    counted, unit, undated = index.memo(
        drawn, lambda: (*by_period(passing), sum(1 for happening in passing if not happening.date))
    )
    view: Row = {
        "histogram": drawing.histogram(counted, tuple(TONE_NAMES)),
        "periods": [
            {"period": period, "total": sum(by_tone.values()), "tones": by_tone} for period, by_tone in counted
        ],
        "unit": unit,
        "undated": undated,
        "listing": listing(index, events, filters, filters.party),
        "chosen": chosen(index, filters),
        "kinds": kinds(index),
    }
    return show("timeline.html", view)


def chosen(index: Index, filters: Filters) -> Row:
    """What the filters say, in words."""
    return {
        "class": index.schema.label(KG + filters.kind) if filters.kind else "",
        "with": {"iri": filters.party, "label": index.label(filters.party)} if filters.party else None,
    }


def kinds(index: Index) -> list[Row]:
    """The event classes to choose from."""
    names = [iri.removeprefix(KG) for iri in index.schema.below("Event") if iri.startswith(KG)]
    return sorted(({"name": name, "label": index.schema.label(KG + name)} for name in names), key=lambda k: k["label"])


def by_period(events: Sequence[Happening]) -> tuple[list[tuple[str, dict[str, int]]], str]:
    """Counts by tone for each period from the first to the last, and whether that is a day, a month or a year."""
    dated = [(happening.date, happening.tone) for happening in events if happening.date]
    if not dated:
        return [], "year"
    first, last = min(date for date, _ in dated), max(date for date, _ in dated)
    years = int(last[:4]) - int(first[:4])
    months = years * 12 + _month(last) - _month(first)
    unit, length = ("day", 10) if months <= 2 else ("month", 7) if years <= 8 else ("year", 4)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for date, tone in dated:
        counts[date[:length]][tone] += 1
    periods = every_period(first, last, unit) if unit != "day" else sorted(counts)
    return [(period, dict(counts.get(period, {}))) for period in periods[:_MOST_COLUMNS]], unit


def _month(date: str) -> int:
    return int(date[5:7]) if len(date) > 6 else 1


def every_period(first: str, last: str, unit: str) -> list[str]:
    """The years or months from one date to another, both included; a bare year is kept among months as itself."""
    start, stop = int(first[:4]), int(last[:4])
    if unit == "year":
        return [f"{year:04}" for year in range(start, stop + 1)]
    months = range(start * 12 + _month(first) - 1, stop * 12 + _month(last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]
