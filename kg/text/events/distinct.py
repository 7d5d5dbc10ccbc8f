"""One happening told twice in one sentence is one event: "arrived on a visit", "closed borders and froze assets"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Event

_FAMILY = {"Meeting": "talk", "Negotiation": "talk", "Consultation": "talk"}
_LOCAL = frozenset({"Attack", "Coercion"})
_KEPT_APART = frozenset({"Statement"})


def distinct(events: list[Event]) -> list[Event]:
    """The events with those merged that one sentence tells of the same participants."""
    kept: list[Event] = []
    for event in events:
        twin = next((number for number, earlier in enumerate(kept) if _is_twin(earlier, event)), None)
        if twin is None:
            kept.append(event)
        else:
            kept[twin] = _merged(kept[twin], event)
    return kept


def _is_twin(one: Event, other: Event) -> bool:
    return one.evidence.begin == other.evidence.begin and _same(one, other)


def _keys(event: Event, *names: str) -> frozenset[str]:
    return frozenset(role.key for role in event.roles if role.name in names)


def _same(one: Event, other: Event) -> bool:
    if {one.kind, other.kind} == {"Attack", "Killing"} and one.planned == other.planned:
        alone = not (_keys(one, "agent") and _keys(other, "agent"))
        return _same_side(one, other, "agent") or (alone and _same_side(one, other, "target"))
    if one.kind == "PhoneCall" and other.kind == "Negotiation" and one.planned == other.planned:
        return _keys(other, "agent") <= _keys(one, "agent")  # "rang him to discuss a truce"
    family = _FAMILY.get(one.kind, one.kind)
    if family != _FAMILY.get(other.kind, other.kind) or one.choice != other.choice or one.planned != other.planned:
        return False
    if one.date_text and other.date_text and not _overlap(one, other):
        return False  # "who led a coup in 2020, staged another last May"
    places, elsewhere = _keys(one, "place"), _keys(other, "place")
    if one.kind in _LOCAL and places and elsewhere and not places & elsewhere:
        return False  # "seized Gao and surrounded Kidal"
    if one.killed != other.killed and None not in (one.killed, other.killed):
        return False
    if one.kind in _KEPT_APART:
        return _keys(one, "agent") == _keys(other, "agent")
    agents, others = _keys(one, "agent"), _keys(other, "agent")
    targets, other_targets = _keys(one, "target"), _keys(other, "target")
    if min(len(agents - others), len(others - agents)) > 0 and len(agents & others) == 1 and one.kind == other.kind:
        return False  # "had rung Ann Lee and then called Tom Hill"
    if family == "talk":
        return bool(agents & others) or not agents or not others
    if one.kind == "Protest" and agents and agents == others:
        return True  # "marched on the embassy and burned a flag"
    if targets and other_targets and not targets & other_targets:
        return False
    if agents and others:
        return agents <= others or others <= agents
    return bool(targets & other_targets)


def _same_side(one: Event, other: Event, name: str) -> bool:
    return bool(_keys(one, name)) and _keys(one, name) == _keys(other, name)


def _overlap(one: Event, other: Event) -> bool:
    """Whether one date can be a part of the other: "in May" and "on May 3"."""
    shared = min(len(one.date), len(other.date))
    spans = bool(one.end_date or other.end_date)
    return spans or one.date[:shared] == other.date[:shared]


def _merged(one: Event, other: Event) -> Event:
    """The more specific class, all roles, the first date and figures told."""
    if (one.kind, other.kind) == ("PhoneCall", "Negotiation"):
        return one
    finer = (("Meeting", "Negotiation"), ("Attack", "Killing"))
    kind = other.kind if (one.kind, other.kind) in finer else one.kind
    roles = tuple(sorted({*one.roles, *other.roles}, key=lambda role: (role.name, role.key)))
    dated = max(one, other, key=lambda event: (bool(event.date_text), len(event.date)))
    counted = one if one.killed is not None or one.injured is not None else other
    return replace(
        one,
        kind=kind,
        roles=roles,
        date=dated.date,
        end_date=dated.end_date,
        date_text=dated.date_text,
        killed=counted.killed,
        injured=counted.injured if counted.injured is not None else (one.injured or other.injured),
        at_least=counted.at_least,
        quotation=one.quotation or other.quotation,
        content=one.content or other.content,
    )
