"""A happening spoken of again: "a massacre of 40 people" and, further on, "the massacre in Talvik" are one.

What one mention tells (day, place, figures, who did it) holds for the other, so that both reports say the same and
merging finds them to be one happening.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Event, Role
    from kg.text.events.frames import Scene

_POINTING = frozenset({"the", "this", "that", "these", "those"})
_TEMPORAL = frozenset({"week", "month", "year", "day", "yesterday", "today", "night", "weekend"})
_TALKS = frozenset({"Meeting", "Summit", "Negotiation", "Consultation", "PhoneCall"})
_OCCASIONS = frozenset({"during", "at", "after", "before", "following", "in"})
_NEAR = 8
_SLOTS = ("agent", "target", "place", "body")


@dataclass(slots=True)
class Told:
    """An event, the token that tells of it, the noun if it is one, and whether that points back ("the attack").

    ``passing`` is told of as the occasion of something else: "during the meeting".
    """

    event: Event
    noun: str = ""
    definite: bool = False
    token: int = -1
    passing: bool = False


def told(scene: Scene, token: int, event: Event) -> Told:
    """The event that the trigger at ``token`` stands for, ready to be recalled."""
    parse = scene.parse
    if not parse.is_noun(token):
        return Told(event, token=token)
    definite = any(
        (parse.dep[kid] == "det" and parse.word[kid] in _POINTING)
        or (parse.dep[kid] == "poss" and (parse.lemma[kid] in _TEMPORAL))
        for kid in parse.kids[token]
    )
    passing = parse.dep[token] == "pobj" and parse.word[parse.head[token]] in _OCCASIONS
    return Told(event, parse.lemma[token], definite, token, passing)


def unite(mentions: list[Told]) -> list[Event]:
    """The events of ``mentions`` in their order, those told of again completed by what was told before or after."""
    for number, mention in enumerate(mentions):
        if not (mention.noun and mention.definite):
            continue
        earlier = [one for one in mentions[:number] if one.noun == mention.noun and _agree(one.event, mention.event)]
        if earlier and all(_agree(one.event, other.event) for one in earlier for other in earlier):
            for one in earlier:
                one.event, mention.event = _completed(one.event, mention.event), _completed(mention.event, one.event)
        if mention.passing and mention.event.kind in _TALKS:
            mention.event = _again(mentions[max(0, number - _NEAR) : number], mention.event)
    return [mention.event for mention in mentions]


def _again(before: list[Told], event: Event) -> Event:
    """The talks that "during the meeting" refers to: the last told of, if who is named now took part in them."""
    named = _keys(event, "agent")
    for earlier in reversed([told.event for told in before if told.event.kind in _TALKS]):
        if len(_keys(earlier, "agent")) > 1 and (len(named) < 2 or named <= _keys(earlier, "agent")):
            return replace(
                event,
                kind=earlier.kind,
                roles=earlier.roles,
                date=earlier.date,
                end_date=earlier.end_date,
                date_text=earlier.date_text,
                planned=earlier.planned,
            )
        return event
    return event


def _agree(one: Event, other: Event) -> bool:
    """Whether nothing that both tell differs."""
    return (
        one.kind == other.kind
        and one.planned == other.planned
        and one.choice == other.choice
        and not (one.date and other.date and (one.date, one.end_date) != (other.date, other.end_date))
        and not (one.killed is not None and other.killed is not None and one.killed != other.killed)
        and not (one.injured is not None and other.injured is not None and one.injured != other.injured)
        and all(not one_keys or not others or one_keys & others for one_keys, others in _slots(one, other))
    )


def _slots(one: Event, other: Event) -> list[tuple[frozenset[str], frozenset[str]]]:
    return [(_keys(one, name), _keys(other, name)) for name in _SLOTS]


def _keys(event: Event, name: str) -> frozenset[str]:
    return frozenset(role.key for role in event.roles if role.name == name)


def _completed(event: Event, source: Event) -> Event:
    """The event with what only ``source`` tells of the same happening."""
    missing = {name for name in _SLOTS if not _keys(event, name)}
    roles: set[Role] = {role for role in source.roles if role.name in missing}
    dated = event if event.date else source
    counted = event if event.killed is not None or event.injured is not None else source
    return replace(
        event,
        roles=tuple(sorted({*event.roles, *roles}, key=lambda role: (role.name, role.key))),
        date=dated.date,
        end_date=dated.end_date,
        date_text=dated.date_text,
        killed=counted.killed,
        injured=counted.injured,
        at_least=counted.at_least,
    )
