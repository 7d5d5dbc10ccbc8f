"""Where things happened: events by place on a map that ships with the project."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from flask import Blueprint, Response, request

from server.pages.index import Happening, Index
from server.pages.listing import Filters, Row, admitted, link, listing
from server.pages.present import pages as shared
from server.pages.present import show
from server.pages.timeline import chosen, kinds

pages = Blueprint("places", __name__)
_MOST_SPOTS = 500


@pages.get("/map")
def places() -> Response:
    """The places of all events that pass the filters."""
    index = shared().index()
    filters = Filters.of(request.args)
    events = index.events_of.get(filters.party, []) if filters.party else list(index.latest())
    passing = admitted(index, events, filters, filters.party)
    spots, unplaced = index.memo(("spots", len(events), *filters.describe().values()), lambda: spots_of(index, passing))
    listed = listing(index, events, filters, filters.party)
    view: Row = {
        "spots": spots[:_MOST_SPOTS],
        "events": len(passing),
        "unplaced": unplaced,
        "facets": listed["facets"],
        "filters": listed["filters"],
        "chosen": chosen(index, filters),
        "kinds": kinds(index),
    }
    return show("map.html", view)


def spots_of(index: Index, events: Iterable[Happening]) -> tuple[list[Row], int]:
    """The places with coordinates, each with its events by tone, most first; and how many events have none."""
    tones: dict[str, Counter[str]] = defaultdict(Counter)
    unplaced = 0
    for happening in events:
        where = {party for role, party in happening.general if role == "place" and party in index.coordinates}
        unplaced += not where
        for place in where:
            tones[place][happening.tone] += 1
    ranked = sorted(tones, key=lambda place: (-tones[place].total(), place))
    return [_spot(index, place, tones[place]) for place in ranked], unplaced


def _spot(index: Index, place: str, tones: Counter[str]) -> Row:
    latitude, longitude = index.coordinates[place]
    tone = tones.most_common(1)[0][0]
    where = {"lat": latitude, "long": longitude, "count": tones.total(), "tone": tone, "tones": dict(tones)}
    return link(index, place) | where
