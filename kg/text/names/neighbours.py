"""The state beside another, not named again: "Mali accuses *its neighbour*", "urged *the neighbours*"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.text.coref_sides import adversaries, doers_above

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.document import Referent
    from kg.text.names.phrases import Modifiers
    from kg.text.names.scene import Scene

NEIGHBOURS = frozenset({"neighbour", "neighbor", "neighbours", "neighbors"})
_TELLING = frozenset({"of", "in", "such", "like"})
_DIRECTIONS = frozenset({"northern", "southern", "eastern", "western", "giant", "big", "bigger", "larger", "great"})
_DIRECTIONS |= {"small", "smaller", "tiny", "powerful", "hostile", "old", "closest", "nearest", "immediate"}


def the_neighbour(scene: Scene, tracker: Tracker, left: Modifiers, index: int, *, plural: bool) -> tuple[Referent, ...]:
    """The state that the text speaks of most beside the owner's; "the neighbours" are the two sides of the text.

    Nobody where a name follows ("its neighbour, Chad"), or where two are spoken of as often.
    """
    if _is_named(scene, index) or left.states or left.number or not set(left.words) <= _DIRECTIONS:
        return ()
    if plural:
        both = left.determiner == "the" and not left.possessed
        return adversaries(tracker, index, states=True) if both else ()
    owners = {state.id for one in left.possessors for state in (one if one.kind == "State" else one.state,) if state}
    return _other(tracker, owners | (doers_above(tracker, index) if len(owners) > 1 else frozenset()), index)


def _other(tracker: Tracker, owners: frozenset[int] | set[int], index: int) -> tuple[Referent, ...]:
    """The state that is none of the owners and spoken of more often than any third."""
    counts: Counter[int] = Counter()
    states: dict[int, Referent] = {}
    for seen in tracker.seen:
        for one in seen.referents if seen.index < index else ():
            state = one.state if one.kind in ("GovernmentBody", "Person") else one
            if state is not None and state.kind == "State" and state.id not in owners:
                counts[state.id] += 1
                states[state.id] = state
    most = counts.most_common(2)
    if not owners or not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return ()
    return (states[most[0][0]],)


def _is_named(scene: Scene, index: int) -> bool:
    """Whether the words after tell which neighbour is meant."""
    low = scene.low
    told = [low[kid] for kid in scene.parse.children(index, "prep") if scene.tag[kid + 1] != "VBG"]
    if any(word in _TELLING for word in told) or low[index + 1 : index + 3] == ["to", "the"]:
        return True
    after = index + 2 if low[index + 1 : index + 2] in ([","], ["("]) else index + 1
    piece = scene.after(after)
    return piece is not None and bool(piece.referents) and piece.referents[0].kind in ("State", "Place")
