"""The two who face each other in an article, and whom a phrase like "both governments" cannot mean."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.document import Referent

_SIDES = frozenset({"State", "ArmedGroup"})
_APART = frozenset({"advcl", "relcl", "acl", "conj"})
_DEPTH = 8
_PAIR = 2
_FOLLOWING = frozenset({"follow", "come", "cap", "end", "precede"})


def adversaries(tracker: Tracker, index: int, *, states: bool = False, least: int = 1) -> tuple[Referent, ...]:
    """The two sides that the text up to token ``index`` speaks of most, by their forces and adjectives as well.

    Nobody unless they are clearly the two, each spoken of more often than any third, and ``least`` times. ``states``
    leaves armed groups out.
    """
    beyond = doers_above(tracker, index)
    counts: Counter[int] = Counter()
    sides: dict[int, Referent] = {}
    for seen in tracker.seen:
        for one in seen.referents if seen.index < index else ():
            side = one.state if one.kind == "GovernmentBody" else one
            if side is None or side.kind not in _SIDES or side.id in beyond or (states and side.kind != "State"):
                continue
            counts[side.id] += 1
            sides[side.id] = side
    most = counts.most_common(3)
    if len(most) < 2 or most[1][1] < least or (len(most) > 2 and most[1][1] == most[2][1]):
        return ()
    first, second = (sides[one] for one, _ in most[:2])
    armed = any(one.kind != "State" for one in sides.values())
    if least > 1 and armed and first.kind == second.kind == "State":
        return ()  # who fights whom is open where rebels do too
    return first, second


def doers_above(tracker: Tracker, index: int) -> frozenset[int]:
    """Who does it to whom a token means, and is none of them: "the *United States* urged both governments"."""
    parse, here = tracker.scene.parse, index
    found: set[int] = set()
    for _ in range(_DEPTH if here < parse.size else 0):  # at the end of a text nobody does anything
        head = parse.head[here]
        clause = parse.is_verb(here) and (parse.dep[here] in _APART or parse.tag[here] != "VB")
        if head == here or clause:
            break
        if parse.is_verb(head) and parse.dep[here] not in ("nsubj", "nsubjpass"):
            for kid in parse.children(head, "nsubj"):
                if parse.lemma[head] in _FOLLOWING or len(parse.conjuncts(kid)) == _PAIR:
                    continue  # "Peru and Chile made up after talks between the two countries": it is they
                span = tracker.scene.document.by_root.get(kid) if kid < index else None
                found |= {one.id for one in (span.referents if span else ())}
        here = head
    return frozenset(found)
