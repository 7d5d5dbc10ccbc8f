"""Those who are for or against somebody, and are not he: "supporters of Ann Lee", "Ms Lee's opponents"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.names.phrases import Modifiers
    from kg.text.names.scene import Scene

_NO_LEADERS = frozenset({"Place", "Document", "State", "MediaOrganisation"})
_AHEAD = 6  # tokens in which the name follows "of"


def adherents(scene: Scene, noun: str, left: Modifiers, index: int, plural: bool) -> tuple[Referent, ...]:
    """The group of a person's followers or foes, whether the name follows or stands before."""
    if not plural or noun not in words("naming", "adherents"):
        return ()
    leader, end = _leader(scene, index + 1, noun in words("naming", "opponents"))
    if leader is None:
        leader = _owner(left)
    if leader is None:
        return ()
    who = scene.low[index]
    found = scene.named("Group", f"{who} of {leader.name}", leader.state)
    found.plural = True
    told = f"{who} {scene.text(index + 1, end)}" if end else found.name
    surname = leader.name.split()[-1] if leader.kind == "Person" else leader.name
    names = [told, f"{surname} {who}"]  # "Zorin backers", as headlines have it
    if noun not in words("naming", "opponents"):
        names += (f"{surname} supporters", f"supporters of {leader.name}")
    found.aliases.extend(name for name in names if name not in (found.name, *found.aliases))
    return (found,)


def _owner(left: Modifiers) -> Referent | None:
    """Whose they are: "Mr Bongo's backers", where only one is named."""
    return left.possessors[0] if len(left.possessors) == 1 and left.possessors[0].kind == "Person" else None


def _leader(scene: Scene, start: int, foes: bool) -> tuple[Referent | None, int]:
    """The one person named after "of", with an honorific or title before, and the token after the name.

    Those who are against a party are not the party, while its supporters stand for it (``foes``).
    """
    if scene.low[start : start + 1] != ["of"]:
        return None, 0
    for index in range(start + 1, min(start + _AHEAD, scene.parse.size)):
        piece = scene.at[index]
        if piece is None and scene.low[index] != "the":
            break
        if piece is not None and piece.kind not in ("title", "honorific"):
            named = [one for one in piece.referents if one.kind == "Person" or (foes and one.kind not in _NO_LEADERS)]
            return (named[0], piece.end) if len(named) == 1 else (None, 0)
    return None, 0
