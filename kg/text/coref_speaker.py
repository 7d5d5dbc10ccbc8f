"""Who speaks after a quotation and is only described: "“…,” *the former mayor* said"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.text.coref import Tracker
    from kg.text.document import Referent


def speaker(tracker: Tracker, begin: int, index: int, fits: Callable[[Referent], bool]) -> Referent | None:
    """The one person that fits who was the subject of the sentence before; the description spans these tokens."""
    scene = tracker.scene
    after = begin - 1 - scene.parse.is_verb(begin - 1)  # "“…,” *said* the former mayor"
    if scene.tag[after] != "''":
        return None
    here = scene.parse.sentence[index]
    before = (seen for seen in tracker.seen if seen.sentence == here - 1 and seen.main)
    told = {one.id: one for seen in before for one in seen.referents if one.kind == "Person" and fits(one)}
    return next(iter(told.values())) if len(told) == 1 else None
