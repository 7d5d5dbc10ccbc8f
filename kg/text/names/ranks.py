"""People called by rank or calling alone: "the general", after "Gen. Ana Ruiz"; "the lawyer", after "Lee, a lawyer"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import load, words
from kg.text.names.phrases import Modifiers, modifiers

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.document import Referent
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_INSIDE = frozenset({"compound", "amod", "nmod"})


class Ranks:
    """Finds who bears a rank among the people of one scene."""

    def __init__(self, scene: Scene, tracker: Tracker) -> None:
        self.scene = scene
        self.tracker = tracker
        self.bearers: dict[str, list[Referent]] | None = None

    def bearer(self, noun: str, left: Modifiers, index: int, *, plural: bool) -> tuple[Referent, ...]:
        """Whom "the general" means: who stands out of those addressed so, else the only one in the text."""
        if plural or left.determiner not in ("the", "this"):
            return ()
        if left.states or left.actors or self.scene.parse.dep[index] in _INSIDE or self._is_of(index):
            return ()
        bearers = self._bearing(noun)
        near = self.tracker.salient(lambda one: one in bearers, index, reach=40)
        return (near,) if near else tuple(bearers) if len(bearers) == 1 else ()

    def titled(self, piece: Piece) -> None:
        """Resolves a title that no office explains by whom the text addressed with it: "the archbishop"."""
        index, left = piece.end - 1, modifiers(self.scene, piece.start)
        if index != piece.start or piece.plural or index in self.scene.document.by_root:
            return
        found = self.bearer(self.scene.low[index], left, index, plural=False)
        if found:
            self.scene.mention(left.begin, index + 1, found, "description", index)
            self.tracker.note(index, found)

    def _is_of(self, index: int) -> bool:
        """Whether more is told of who it is: "the general in charge", "the commander of the guard, Ann Lee"."""
        low, size = self.scene.low, self.scene.parse.size
        following = low[index + 1] if index + 1 < size else "."
        named = self.scene.person_at(index + 1) or (following == "," and self.scene.person_at(min(index + 2, size - 1)))
        return following in ("of", "in", "who", "whose", "that") or bool(named)

    def _bearing(self, noun: str) -> list[Referent]:
        if self.bearers is None:
            self.bearers = {}
            for piece in self.scene.pieces:
                self._note(piece)
        ranks = words("naming", "addressed", noun) if noun in load("naming")["addressed"] else ()
        return list(dict.fromkeys(one for word in (*ranks, noun) for one in self.bearers.get(word, ())))

    def _note(self, piece: Piece) -> None:
        """Takes note of a rank before a name, and of the calling that stands beside a name."""
        scene, parse = self.scene, self.scene.parse
        person = scene.person_at(piece.end) if piece.kind in ("honorific", "title") else None
        if person is not None:
            self._add(scene.low[piece.end - 1].rstrip("."), person)
        if not piece.referents or piece.referents[0].kind != "Person" or piece.kind in ("title", "honorific"):
            return
        root = scene.root(piece.start, piece.end)
        beside = [
            *parse.children(root, "appos", "compound"),
            *([parse.head[root]] if parse.dep[root] == "appos" else ()),
        ]
        for noun in beside:
            if parse.tag[noun] == "NN" and scene.at[noun] is None:
                self._add(parse.lemma[noun], piece)

    def _add(self, word: str, person: Piece) -> None:
        assert self.bearers is not None
        self.bearers.setdefault(word, []).append(person.referents[0])
