"""What is asked of events once all of an article are known: roles, sentence, whether two may be of one day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Role

if TYPE_CHECKING:
    from kg.model import Event
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Scene

_HAVING = frozenset({"have", "has", "had", "'ve", "’ve", "'d", "’d"})


def role_keys(event: Event, *names: str) -> frozenset[str]:
    return frozenset(role.key for role in event.roles if role.name in names)


def placed(event: Event, places: frozenset[str]) -> Event:
    roles = {*event.roles, *(Role(name="place", key=key) for key in places)}
    return replace(event, roles=tuple(sorted(roles, key=lambda role: (role.name, role.key))))


def sentence_of(scene: Scene, mention: Told) -> int:
    return scene.parse.sentence[mention.token]


def may_coincide(one: Event, other: Event) -> bool:
    """Whether both may be on one day."""
    return not one.date or not other.date or (one.date, one.end_date) == (other.date, other.end_date)


def is_perfect(scene: Scene, token: int) -> bool:
    return any(scene.parse.word[kid] in _HAVING for kid in scene.parse.children(token, "aux"))
