"""Two titles before one name: "the head of the council and minister of health of Uganda Grace Namuli"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.document import Referent
from kg.text.names.office import Office

if TYPE_CHECKING:
    from kg.text.names.offices import Offices
    from kg.text.names.pieces import Piece

_REACH = 5
_APART = frozenset({"HeadOfState", "HeadOfGovernment"})


class Shared:
    """Keeps a title without a holder until the one joined to it by "and" tells whose both are."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.scene = offices.scene
        self.waiting: list[Office] = []

    def opens(self, office: Office) -> bool:
        """Keeps an office that another title of, as it seems, the same person follows."""
        title = self._joined(office)
        if title is None or not self._alike(office, title):
            return False
        self.waiting.append(office)
        return True

    def close(self, office: Office, holder: Referent | None) -> None:
        """Lets the kept office go unless ``office`` is joined to it; where nobody holds that, it is read alone."""
        first = self.waiting[-1] if self.waiting else None
        if first is None:
            return
        if holder is None and self._joined(office):
            return
        if holder is None or office.begin != first.end + 1:
            kept, self.waiting = self.waiting, []
            for other in kept:
                self.offices.describe(other)
        elif not office.organisations and all(o.kind == "State" for o in first.organisations):
            office.organisations, office.explicit = first.organisations, first.explicit

    def settle(self, office: Office, holder: Referent) -> None:
        """Gives the kept offices to the holder of the one that they are joined to."""
        for first in self.waiting:
            if not first.organisations:
                first.organisations = tuple(o for o in office.organisations if o.kind == "State")
            self.offices.hold(first, holder)
            self.offices.mention((holder,), first)
        self.waiting = []

    def _joined(self, office: Office) -> Piece | None:
        """The title that "and" joins to the office, without an article between."""
        scene = self.scene
        if scene.low[office.end : office.end + 1] != ["and"]:
            return None
        for index in range(office.end + 1, min(office.end + 1 + _REACH, scene.parse.size)):
            piece = scene.after(index)
            if piece and piece.kind == "title":
                return None if piece.plural or piece.pseudo else piece
            if scene.tag[index] in ("DT", "PRP$") or scene.parse.is_verb(index):
                return None
        return None

    def _alike(self, office: Office, other: Piece) -> bool:
        """Whether both titles may be one person's: not president and prime minister, written alike."""
        roles = {office.title.role, other.title.role if other.title else ""}
        if roles == _APART or (len(roles) == 1 and roles & _APART):
            return False
        words = self.scene.document.doc
        opening = office.begin == self.scene.parse.sentences[self.offices.sentence(office)][0]
        same = words[office.piece.start].text[:1].isupper() == words[other.start].text[:1].isupper()
        return same or opening or office.end > office.piece.end
