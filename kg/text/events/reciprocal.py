"""What two do to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.events.frames import Frame, Scene


def is_reciprocal(scene: Scene, frame: Frame) -> bool:
    """ "accused each other", "recognised one another", "each blamed the other"."""
    parse = scene.parse
    if len(frame.roles.get("agent", ())) == 2 and any(
        (parse.word[kid], parse.word[kid - 1]) == ("other", "the") for kid in parse.children(frame.token, "dobj")
    ):
        return True
    things = list(parse.children(frame.token, "dobj"))
    owners = [kid for thing in things for kid in parse.children(thing, "poss")]  # "expelled each other's envoys"
    return any(
        (parse.word[kid], parse.word[kid - 1]) in (("other", "each"), ("another", "one")) for kid in (*things, *owners)
    )
