"""A title with its phrase, and the organisations that the phrase names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.link.titles import Title
    from kg.text.document import Referent
    from kg.text.names.phrases import Modifiers
    from kg.text.names.pieces import Piece


@dataclass(slots=True)
class Office:
    """A title with its phrase, from ``begin`` to ``end``, and the organisations that the phrase names."""

    piece: Piece
    left: Modifiers
    begin: int
    end: int
    title: Title
    text: str
    organisations: tuple[Referent, ...] = ()
    former: bool = False
    designate: bool = False
    explicit: bool = False
    verb: int = -1
    of_unknown: bool = False
