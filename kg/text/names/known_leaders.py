"""Offices that are told only by a state beside the name of somebody known to lead it: "Ann Lee of Peru"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.titles import Title
from kg.text.document import Holding, Referent
from kg.text.names.roll import belonging
from kg.text.names.titles import HEADS

if TYPE_CHECKING:
    from kg.text.names.offices import Offices
    from kg.text.names.pieces import Piece

_GOVERNMENTS = frozenset({"government", "cabinet", "administration", "governments"})


class KnownLeaders:
    """Completes the offices of one scene by the reference data, where the text calls somebody by his state."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.scene = offices.scene

    def finish(self) -> None:
        """ "Ann Lee of Peru", "the government of Ann Lee": who leads it holds his office."""
        for piece in self.scene.pieces:
            person = piece.referents[0] if len(piece.referents) == 1 else None
            if person is None or person.kind != "Person" or piece.kind in ("title", "honorific"):
                continue
            if self._told(person):
                continue
            state = self._state(piece)
            if state is not None or self._governs(piece):
                self._keep(piece, person, state)

    def leads(self, person: Referent, state: Referent) -> Holding | None:
        """The office by which somebody is known to lead a state at the article's date."""
        for held in self.scene.people.offices(person):
            if held.organisation == state.key and held.role in HEADS:
                return Holding(0, 0, Title(held.title, held.role), held.title, person, state, held.role)
        return None

    def _told(self, person: Referent) -> bool:
        return any(h.role in HEADS for h in self.offices.by_holder.get(person.id, ()))

    def _state(self, piece: Piece) -> Referent | None:
        """The state that is named after "of"."""
        scene = self.scene
        state, _ = belonging(scene, piece.end) if scene.low[piece.end : piece.end + 1] == ["of"] else (None, 0)
        return state if state is not None and state.kind == "State" else None

    def _governs(self, piece: Piece) -> bool:
        """Whether a government is called by him: "the cabinet of Ann Lee", "Ann Lee's government"."""
        low, start, end = self.scene.low, piece.start, piece.end
        before = self.scene.before(start)
        while before is not None and before.kind == "honorific":
            start = before.start
            before = self.scene.before(start)
        if low[start - 1] == "of" and low[start - 2] in _GOVERNMENTS:
            return True
        return low[end : end + 1] in (["'s"], ["’s"]) and bool(_GOVERNMENTS & set(low[end + 1 : end + 2]))

    def _keep(self, piece: Piece, person: Referent, state: Referent | None) -> None:
        for held in self.scene.people.offices(person):
            record = self.scene.reference.records.get(held.organisation)
            if held.role not in HEADS or record is None or record.kind != "State":
                continue
            if state is not None and held.organisation != state.key:
                continue
            title = Title(held.title, held.role)
            of = self.scene.known(record)
            self.offices.keep(Holding(piece.start, piece.end, title, held.title, person, of, held.role, confidence=0.8))
            return
