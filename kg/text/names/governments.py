"""Governments that common nouns speak of, which stand for their states: "the Syrian government", "Assad's regime"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words
from kg.text.names.complements import UNITED_STATES

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.document import Referent
    from kg.text.names.offices import Offices
    from kg.text.names.phrases import Modifiers
    from kg.text.names.scene import Scene

_SHORTLY = 3  # sentences
_GONE = frozenset({"former", "ousted", "deposed", "toppled", "overthrown", "fallen", "old", "previous", "defunct"})


class Governments:
    """Reads the governments of one scene."""

    def __init__(self, scene: Scene, tracker: Tracker, offices: Offices) -> None:
        self.scene = scene
        self.tracker = tracker
        self.offices = offices

    def read(self, noun: str, left: Modifiers, plural: bool, index: int) -> tuple[Referent, ...]:
        """ "The Syrian government", "Assad's regime", "the Bush administration": the state."""
        if noun not in self.scene.nouns.regimes:
            return ()
        states = self.offices.titles.states_in(left)
        before = self.scene.before(left.begin)
        if not states and before and before.referents and before.referents[0].kind == "Person" and not left.possessed:
            state = self.offices.titles.state_of(before.referents[0])
            left.begin = before.start - (self.scene.low[before.start - 1] == "the")
            return (state,) if state else ()
        if (
            noun in ("state", "republic", "side", "authority", "ruler", "cabinet")
            and not left.possessed
            and noun != "cabinet"
        ):
            if noun in ("authority", "ruler") and states:
                return tuple(states)
            return ()
        if plural and not states:
            return ()
        if not states and noun in ("government", "regime", "cabinet", "administration") and left.determiner == "the":
            if not _GONE.isdisjoint(left.words):
                return ()  # "the former government": of whatever state, it is not that state
            told = self.of_state(index) or self._under(left, index)
            told = told or (self._after_coup(index) if "new" in left.words else None)
            if told is None and not self._is_led(left, index):
                told = self._american(noun, index) or self.offices.titles.domestic_state(index)
            others = any(one.kind != "PoliticalParty" for one in left.actors)
            return (told,) if told and not others and not left.regions else ()
        if not states:
            after = self.of_state(index)
            return (after,) if after and not plural else ()
        return tuple(states)

    def _american(self, noun: str, index: int) -> Referent | None:
        """The United States, which "the administration" means where they or their people were spoken of just now."""
        here = self.scene.parse.sentence[index]
        for seen in reversed(self.tracker.seen):
            if noun != "administration" or here - seen.sentence > _SHORTLY:
                return None
            for one in seen.referents if seen.index < index else ():
                state = self.offices.titles.state_of(one) if one.kind != "Place" else None
                if state is not None and state.key == UNITED_STATES:
                    return state
        return None

    def _is_led(self, left: Modifiers, index: int) -> bool:
        """Whether a leader's name tells whose government it is, known or not: "the Bush administration"."""
        if self.scene.tag[index - 1] in ("NNP", "NNPS") and index - 1 >= left.begin:
            return True
        return self._leader_after(index) is not None and len(self.scene.states_named) > 1

    def _under(self, left: Modifiers, index: int) -> Referent | None:
        """The state of the seat or leader named: "the Harare government", "the cabinet of Prime Minister Ann Lee"."""
        seats = [place.state for place in left.states if place.kind == "Place" and place.state]
        leader = self._leader_after(index)
        if seats or leader:
            return seats[0] if seats else leader and self.offices.titles.state_of(leader)
        name = self.scene.text(index - 1, index)
        if self.scene.tag[index - 1] not in ("NNP", "NNPS") or index - 1 < left.begin:
            return None
        return led_by(self.scene, name)

    def _after_coup(self, index: int) -> Referent | None:
        """The state where, as told last, one government fell: "overthrew the King of Libya … *the new regime*"."""
        scene, upset = self.scene, words("naming", "upsets")
        for seen in reversed(self.tracker.seen):
            homes = [one if one.kind == "State" else one.state for one in seen.referents] if seen.index < index else []
            start, end = scene.parse.sentences[seen.sentence]
            if homes and homes[0] is not None and not upset.isdisjoint(scene.parse.lemma[start:end]):
                return homes[0]
        return None

    def _leader_after(self, index: int) -> Referent | None:
        """The person after "of", with his title: "the government of President Ann Lee"."""
        scene = self.scene
        if scene.low[index + 1 : index + 2] != ["of"]:
            return None
        start = index + 2
        start += scene.low[start : start + 1] == ["the"]
        title = scene.after(start)
        while title and title.kind == "title":
            start, title = title.end, scene.after(title.end)
        named = scene.person_at(start)
        return named.referents[0] if named else None

    def of_state(self, index: int) -> Referent | None:
        """The state after "of": "the government of Yemen"."""
        scene = self.scene
        if scene.low[index + 1 : index + 2] == ["of"]:
            piece = scene.after(index + 2) or scene.after(index + 3)
            if piece and piece.referents and piece.referents[0].kind == "State":
                return piece.referents[0]
        return None


def led_by(scene: Scene, name: str) -> Referent | None:
    """The one state that somebody of this last name led: "the *Bazargan* government"."""
    reference, date = scene.reference, scene.date
    then = {
        record.state
        for role in ("HeadOfState", "HeadOfGovernment")
        for record in (reference.holders_named(role, name, date) if date else ())
    }
    led = {reference.records[key].state for key in reference.states_led_by(name)}
    states = led & then or led
    return scene.state(states.pop()) if len(states) == 1 else None
