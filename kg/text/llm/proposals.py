"""A model's answer as values, however carelessly it was written; nothing here is believed yet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventProposal:
    """An event as the model words it."""

    kind: str
    sentence: str
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    place: str = ""
    date: str = ""
    choice: str = ""
    killed: int | None = None
    injured: int | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionProposal:
    """An office as the model words it."""

    person: str
    title: str
    organisation: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that one answer proposes."""

    events: tuple[EventProposal, ...] = ()
    positions: tuple[PositionProposal, ...] = ()


def read_proposals(said: str) -> Proposals | None:
    """What an answer proposes; None when it is no JSON object of the form asked for."""
    try:
        data = json.loads(_FENCE.sub("", said))
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    events, positions = data.get("events", []), data.get("positions", [])
    if not isinstance(events, list) or not isinstance(positions, list):
        return None
    return Proposals(
        tuple(_event(item) for item in events if isinstance(item, dict)),
        tuple(_position(item) for item in positions if isinstance(item, dict)),
    )


def _event(item: Mapping[str, Any]) -> EventProposal:
    return EventProposal(
        kind=_text(item.get("class")),
        sentence=_text(item.get("sentence")),
        agents=_texts(item.get("agents")),
        targets=_texts(item.get("targets")),
        place=_text(item.get("place")),
        date=_text(item.get("date")),
        choice=_text(item.get("choice")),
        killed=_number(item.get("killed")),
        injured=_number(item.get("injured")),
        planned=item.get("status") == "planned",
    )


def _position(item: Mapping[str, Any]) -> PositionProposal:
    return PositionProposal(
        person=_text(item.get("person")),
        title=_text(item.get("title")),
        organisation=_text(item.get("organisation")),
        sentence=_text(item.get("sentence")),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(_text, values) if text)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
