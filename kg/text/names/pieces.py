"""The pieces of which noun phrases of actors are made: names, titles, honorifics, ministries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.link.reference import Sense
    from kg.link.titles import Title
    from kg.text.document import Referent

STATE = "State"  # what the one department of that name is of: America's


@dataclass(slots=True, eq=False)
class Piece:
    """Tokens ``start`` to ``end`` that are a ``name`` (known, with senses), a ``run`` of capitalised words that nothing
    knows, a ``title``, an ``honorific``, a ``ministry`` or a ``region``; ``referents`` are filled in on the way."""

    start: int
    end: int
    kind: str
    senses: tuple[Sense, ...] = ()
    title: Title | None = None
    plural: bool = False
    text: str = ""
    referents: tuple[Referent, ...] = ()
    pseudo: str = ""

    @property
    def sense(self) -> Sense:
        """The first sense of a known name."""
        return self.senses[0]

    def is_person(self) -> bool:
        """Whether the piece is a known name of a person."""
        return bool(self.senses) and self.senses[0].record.kind == "Person"

    def is_place(self) -> bool:
        """Whether the piece is a known name of a city."""
        return bool(self.senses) and all(s.record.kind == "Place" for s in self.senses)

    def is_demonym(self) -> bool:
        """Whether the piece is an adjective or noun of a state's people."""
        return bool(self.senses) and self.senses[0].how == "demonym"
