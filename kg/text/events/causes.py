"""A death and the attack that brought it about are one happening: "six died when shells hit the camp"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.events.frames import Frame
    from kg.text.parse import Parse

_WHEN = frozenset({"when", "as", "after"})
_WITHIN = frozenset({"in", "during", "by", "from"})


def without_causes(parse: Parse, frames: Sequence[Frame]) -> list[Frame]:
    """The frames of one sentence, killings completed by the attacks told as their cause, those attacks left out."""
    kept = list(frames)
    for death in frames:
        if death.kind != "Killing":
            continue
        for attack in [frame for frame in kept if frame.kind == "Attack" and _causes(parse, frame.token, death.token)]:
            for role in ("agent", "target", "place"):
                if not death.roles.get(role) and attack.roles.get(role):
                    death.roles[role] = attack.roles[role]
            kept.remove(attack)
    return kept


def _causes(parse: Parse, attack: int, death: int) -> bool:
    """ "died when shells hit it", "the raid killed six", "was killed in a raid"."""
    head, label = parse.head[attack], parse.dep[attack]
    if label == "advcl" and head == death:
        return any(parse.word[kid] in _WHEN for kid in parse.children(attack, "mark", "advmod"))
    if label in ("nsubj", "csubj"):
        return head == death
    return label in ("pobj", "pcomp") and parse.word[head] in _WITHIN and parse.head[head] == death
