"""Whether two events can be one happening: what is told of both must agree."""

from __future__ import annotations

from collections.abc import Mapping

from kg.link.branches import load_branches
from kg.link.happening import MANY, Happening
from kg.model import Event

_NEAR = 0.75


def compatible(one: Happening, other: Happening, located: Mapping[str, str]) -> bool:
    """Whether two events can be one happening."""
    if not load_branches().on_one_branch(one.event.kind, other.event.kind):
        return False
    return (
        _time_agrees(one, other)
        and one.event.planned == other.event.planned
        and one.event.choice == other.event.choice
        and not (one.bodies and other.bodies and not one.bodies & other.bodies)
        and _places_agree(one, other, located)
        and _people_agree(one, other)
        and _words_agree(one, other)
        and _figures_agree(one, other)
    )


def _time_agrees(one: Happening, other: Happening) -> bool:
    if one.days is None or other.days is None:
        return one.event.evidence.article == other.event.evidence.article and one.days == other.days
    return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]


def _places_agree(one: Happening, other: Happening, located: Mapping[str, str]) -> bool:
    if not one.places or not other.places:
        return True
    around = {above for place in one.places for above in _upward(place, located)}
    beyond = {above for place in other.places for above in _upward(place, located)}
    return bool(around & other.places or beyond & one.places)


def _upward(place: str, located: Mapping[str, str]) -> set[str]:
    seen: set[str] = set()
    while place and place not in seen:
        seen.add(place)
        place = located.get(place, "")
    return seen


def _people_agree(one: Happening, other: Happening) -> bool:
    """Participants overlap, or place and date do, and none contradicts: of two full lists one holds the other."""
    if one.event.kind in load_branches().symmetric or other.event.kind in load_branches().symmetric:
        a, b = one.everybody, other.everybody
        return bool(a & b) and (a <= b or b <= a)
    if not one.everybody or not other.everybody:
        return one.dated and other.dated and (bool(one.places & other.places) or _same_toll(one.event, other.event))
    if one.root == "Sanction" and one.event.kind != other.event.kind and one.agents != other.agents:
        return False  # who expels an envoy alone does not do so with those who freeze assets
    if one.agents and other.agents and not _nested(one.agents, other.agents):
        return False
    if one.targets and other.targets and not _nested(one.targets, other.targets):
        return False
    if one.agents & other.agents or one.targets & other.targets:
        return True
    return bool(one.places & other.places) and one.dated and other.dated


def _same_toll(one: Event, other: Event) -> bool:
    """Whether two counts of many dead are near enough to be of one happening: 108, and more than 100."""
    if one.killed is None or other.killed is None or min(one.killed, other.killed) < MANY:
        return False
    return min(one.killed, other.killed) >= _NEAR * max(one.killed, other.killed)


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _words_agree(one: Happening, other: Happening) -> bool:
    """Two utterances are one when they say much the same words; deeds need no words."""
    if one.event.kind not in load_branches().spoken and other.event.kind not in load_branches().spoken:
        return True
    if one.event.evidence.article != other.event.evidence.article and not (one.words and other.words):
        return bool(one.targets & other.targets)
    shared, fewest = len(one.words & other.words), min(len(one.words), len(other.words))
    return fewest > 0 and shared >= 0.5 * fewest


def _figures_agree(one: Happening, other: Happening) -> bool:
    """Within one article different figures or dates tell events apart; between articles figures may conflict."""
    a, b = one.event, other.event
    if a.evidence.article != b.evidence.article:
        return True
    figures = all(x is None or y is None or x == y for x, y in ((a.killed, b.killed), (a.injured, b.injured)))
    if a.kind != b.kind and "Killing" in (a.kind, b.kind) and a.evidence.begin != b.evidence.begin:
        figures = figures and (a.killed is None) == (b.killed is None)  # "They bombed a camp. Ten men died": two facts
    return figures and (not a.date or not b.date or a.date == b.date)
