"""Of which state something is that the text does not say: where the sentence or the article has its scene."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from kg.text.document import Referent

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.names.phrases import Modifiers
    from kg.text.names.scene import Scene

_NEAR = 3  # sentences
_PRIOR = 1.5
_CLAUSE = 8  # tokens
_WHERE = frozenset({"in", "from", "at"})
_OPENING = frozenset({"and", "but", "while", "meanwhile"})
_LOCAL = frozenset({"Place", "Group", "ArmedGroup", "PoliticalParty"})


class Context:
    """The states that the words around a title or institution mean; ``describe`` resolves a common noun on demand."""

    def __init__(self, scene: Scene, tracker: Tracker) -> None:
        self.scene = scene
        self.tracker = tracker
        self.owners: dict[int, tuple[Referent, ...]] = {}
        self.describe: Callable[[int], tuple[Referent, ...]] = lambda index: ()

    def context_state(self, index: int) -> Referent | None:
        """The state that a bare institution belongs to: the dateline's, else the one that the article is about."""
        document = self.scene.document
        subject = self._subject_state(index) or self.scene_state(index) or self.told_before(index)
        local = subject or self.local_state(index)
        return local or (self.state_of(document.dateline) if document.dateline else None) or document.focus

    def domestic_state(self, index: int) -> Referent | None:
        """The state of "the government" or "the opposition": where the sentence, then the article, has its scene."""
        told = self.scene_state(index) or self._beside(index) or self.local_state(index)
        return told or self.scene.home or self.scene.document.focus

    def acting_in(self, index: int) -> Referent | None:
        """The state in which a force does what it does: "the army seized power *in Burundi*"."""
        scene, parse = self.scene, self.scene.parse
        verb = parse.head[index]
        for owner in (verb, *parse.children(verb, "dobj")) if parse.dep[index] == "nsubj" else ():
            for kid in parse.children(owner, "prep"):
                piece = scene.after(kid + 1) if scene.low[kid] == "in" else None
                if piece and piece.referents and piece.referents[0].kind == "State":
                    return piece.referents[0]
        return None

    def local_state(
        self, index: int, taken: Collection[Referent] = (), written: Referent | None = None
    ) -> Referent | None:
        """The state of which the sentences before speak, by itself, its persons, places, bodies; none of ``taken``.

        That in which the article was ``written`` counts as much as the one in which most of it happens.
        """
        here = self.scene.parse.sentence[index]
        weights: dict[int, float] = {}
        states: dict[int, Referent] = {}
        for seen in reversed(self.tracker.seen):
            away = here - seen.sentence
            if away > _NEAR or self.scene.paragraph[here] - self.scene.paragraph[seen.sentence] > 1:
                break
            for referent in seen.referents if seen.index < index else ():
                state = referent if referent.kind == "State" else self.state_of(referent)
                if state is not None and not referent.members and state not in taken:
                    states[state.id] = state
                    weights[state.id] = weights.get(state.id, 0.0) + 1 / (1 + away)
        if not weights:
            return None
        for likely in (self.scene.home or self.scene.document.focus, written):
            if likely is not None and likely not in taken:
                states[likely.id] = likely
                weights[likely.id] = weights.get(likely.id, 0.0) + _PRIOR
        return states[max(weights, key=lambda i: (weights[i], -i))]

    def _beside(self, index: int) -> Referent | None:
        """The state of the place or group named before in the sentence: "Rebels in Gao accused the government"."""
        sentence = self.scene.parse.sentence[index]
        for seen in reversed(self.tracker.seen):
            if seen.sentence != sentence:
                return None
            local = [r.state for r in seen.referents if r.kind in _LOCAL]
            if seen.index < index and len(local) == 1 and local[0] is not None:
                return local[0]
        return None

    def scene_state(self, index: int) -> Referent | None:
        """The state of the city where the sentence, or the clause before ``index``, sets its scene: "In Dhaka, …"."""
        start, _ = self.scene.parse.sentences[self.scene.parse.sentence[index]]
        start += self.scene.low[start] in _OPENING
        for piece in (self.scene.after(start + 1), self.scene.after(start + 2)):
            if piece and piece.referents and self.scene.low[start] in _WHERE and piece.start < index:
                return self._clause_state(start + 1, index) or self.state_of(piece.referents[0])
        return self._clause_state(start + 1, index)

    def _clause_state(self, start: int, index: int) -> Referent | None:
        """The state of the city with which the clause begins: "Peru agreed, and *in Oslo* the foreign minister …"."""
        scene = self.scene
        for at in range(index - 2, max(start, index - _CLAUSE), -1):
            if scene.parse.is_verb(at) or scene.low[at] in (";", ":"):
                return None
            if scene.low[at] in _WHERE and scene.low[at - 1] in _OPENING | {";"}:
                piece = scene.after(at + 1)
                placed = piece is not None and bool(piece.senses) and not piece.is_demonym()
                return self.state_of(piece.referents[0]) if placed and piece and piece.referents else None
        return None

    def told_before(self, index: int) -> Referent | None:
        """The state that is the subject of the sentence before, in the same paragraph."""
        sentence = self.scene.parse.sentence[index]
        if not sentence or self.scene.paragraph[sentence] != self.scene.paragraph[sentence - 1]:
            return None
        for seen in reversed(self.tracker.seen):
            if seen.sentence < sentence - 1:
                return None
            if seen.sentence == sentence - 1 and seen.main and len(seen.referents) == 1:
                return seen.referents[0] if seen.referents[0].kind == "State" else None
        return None

    def _subject_state(self, index: int) -> Referent | None:
        """The state that is the subject earlier in the sentence: "Iran urged it, a foreign ministry official said"."""
        sentence = self.scene.parse.sentence[index]
        for seen in reversed(self.tracker.seen):
            if seen.sentence != sentence:
                return None
            if seen.subject and seen.index < index and len(seen.referents) == 1 and seen.referents[0].kind == "State":
                return seen.referents[0]
        return None

    def state_of(self, referent: Referent) -> Referent | None:
        """The state itself, or that of a person's office, of a body or of a place."""
        if referent.kind == "State":
            return referent
        if referent.state is None and referent.kind == "Person":
            for held in self.scene.people.offices(referent):
                record = self.scene.reference.records.get(held.organisation)
                if record and record.kind == "State":
                    referent.state = self.scene.known(record)
                    break
            else:
                led = self.scene.people.state_of_name(referent.name) if " " not in referent.name else ""
                referent.state = self.scene.known(self.scene.reference.records[led]) if led else None
        return referent.state

    def states_in(self, left: Modifiers) -> list[Referent]:
        """The states that the words before a noun name or whose they are."""
        found = [s for s in left.states if s.kind == "State"]
        for possessor in left.possessors:
            state = possessor if possessor.kind == "State" else None
            if possessor.kind == "Person":
                state = self.state_of(possessor)
            if state and state not in found:
                found.append(state)
        return found

    def is_capital(self, place: Referent) -> bool:
        record = self.scene.reference.records.get(place.key)
        return bool(record and record.group == "capital")
