"""People called by what they did or are: "the visitor", "the strongman", "the former soldier", "the 54-year-old"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.coref_speaker import speaker
from kg.text.lexicon import load, words
from kg.text.names.lexicon import singular
from kg.text.names.phrases import Modifiers, modifiers

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.document import Referent
    from kg.text.names.offices import Offices
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_REACH = 8  # sentences
_NEAR = 2  # sentences, for what anybody may be called
_INSIDE = frozenset({"compound", "amod", "nmod"})
_MORE = frozenset({"of", "who", "whose", "that", "in", "for"})
_PATIENTS = frozenset({"nsubjpass", "dobj"})


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """The kind of character that each noun tells."""
    return {noun: kind for kind, told in load("naming")["characters"].items() for noun in told["nouns"]}


class Characters:
    """Finds whom a noun describes among the people of one scene."""

    def __init__(self, scene: Scene, tracker: Tracker, offices: Offices) -> None:
        self.scene = scene
        self.tracker = tracker
        self.offices = offices
        self.ages: dict[str, Referent] | None = None

    def bare(self, index: int) -> None:
        """Resolves an adjective that stands alone: "the dissident", "the accused", "the 54-year-old"."""
        scene = self.scene
        if scene.low[index] == "old":
            self._old(index)
        elif scene.low[index - 1 : index] == ["the"] and scene.low[index] in _characters():
            found = self.read(scene.low[index], modifiers(scene, index), index, plural=False)
            if found:
                scene.mention(index - 1, index + 1, found, "description", index)
                self.tracker.note(index, found)

    def _old(self, index: int) -> None:
        """Resolves "the 54-year-old", with or without a noun after it."""
        scene, parse = self.scene, self.scene.parse
        start = index - 4
        if start < 1 or scene.low[index - 3 : index] != ["-", "year", "-"] or scene.low[start - 1] != "the":
            return
        noun = index
        while (
            noun + 1 < parse.size and parse.is_noun(noun + 1) and (scene.at[noun + 1] is None or self._party(noun + 1))
        ):
            noun += 1
        if noun + 1 < parse.size and scene.at[noun + 1] is not None:
            return  # "the 54-year-old Ann Lee"
        person = self._aged(scene.low[start]) or self.tracker.salient(
            lambda one: one.kind == "Person", index, reach=_NEAR
        )
        if person is not None:
            scene.mention(start - 1, noun + 1, (person,), "description", noun)
            self.tracker.note(noun, (person,))

    def _party(self, index: int) -> bool:
        """Whether a noun is the name of a party, which tells to what somebody belongs: "the *Labour* veteran"."""
        piece = self.scene.at[index]
        return piece is not None and any(one.kind == "PoliticalParty" for one in piece.referents)

    def _aged(self, age: str) -> Referent | None:
        """Who is said to be of an age: "Ann Lee, *54*, a", "Ann Lee, a *54*-year-old lawyer"."""
        if self.ages is None:
            self.ages = {}
            low, tag = self.scene.low, self.scene.tag
            for piece in self.scene.pieces:
                person = next((one for one in piece.referents if one.kind == "Person"), None)
                if person is None or low[piece.end : piece.end + 1] != [","]:
                    continue
                after = piece.end + 1 + (low[piece.end + 1 : piece.end + 2] in (["a"], ["the"]))
                if after < len(tag) and tag[after] == "CD":
                    self.ages.setdefault(low[after], person)
        return self.ages.get(age)

    def read(self, noun: str, left: Modifiers, index: int, *, plural: bool) -> tuple[Referent, ...]:
        """Whom "the visitor" or "the former paratrooper" means; empty where nobody fits or the phrase tells more."""
        low, parse = self.scene.low, self.scene.parse
        if plural or left.determiner not in ("the", "this") or parse.dep[index] in _INSIDE:
            return ()
        others = [one for one in left.actors if one.kind != "PoliticalParty" and one not in left.states]
        if others and "former" not in left.words:
            return ()
        if low[index + 1 : index + 2] and low[index + 1] in _MORE:
            return ()
        kind = _characters().get(f"{low[index - 1]} {noun}", "") or _characters().get(noun, "")
        if not kind and "former" in left.words and parse.is_noun(index):
            kind = "anybody"
        if not kind or self._is_named(index):
            return ()
        war = low[index - 1] == "war"  # "the Afghan war hero" is no Afghan
        states = {state.key for state in left.states if state.kind == "State" and not war}
        reach = _NEAR if kind == "anybody" else _REACH

        def fits(person: Referent) -> bool:
            if person.kind != "Person" or not (kind == "anybody" or self._is(person, kind, index)):
                return False
            return not states or (person.state is not None and person.state.key in states)

        if kind == "anybody" and len(self._people(fits, index)) != 1:
            found = speaker(self.tracker, left.begin, index, fits)
            return (found,) if found else ()
        found = self.tracker.salient(fits, index, reach=reach)
        return (found,) if found else ()

    def titled(self, piece: Piece) -> None:
        """Resolves a title that no office explains by whom the text has told of so: "the mediator"."""
        left, end = modifiers(self.scene, piece.start), piece.end
        end += 2 * (self.scene.low[end : end + 2] == ["-", "elect"])
        index = end - 1
        if piece.plural or index in self.scene.document.by_root:
            return
        noun = " ".join(self.scene.low[piece.start : end]).replace(" - ", "-")
        found = self.read(noun, left, index, plural=False)
        if found:
            self.scene.mention(left.begin, index + 1, found, "description", index)
            self.tracker.note(index, found)

    def _is_named(self, index: int) -> bool:
        """Whether the name follows: "the strongman, Ann Lee", "the mediator Ann Lee"."""
        low, size = self.scene.low, self.scene.parse.size
        after = index + 1 + (low[index + 1 : index + 2] == [","])
        return after < size and bool(self.scene.person_at(after))

    def _people(self, fits: object, index: int) -> set[int]:
        """The people who were spoken of in this sentence and the two before."""
        here = self.scene.parse.sentence[index]
        near = (seen for seen in self.tracker.seen if seen.index < index and here - seen.sentence <= _NEAR)
        return {one.id for seen in near for one in seen.referents if one.kind == "Person"}

    def _is(self, person: Referent, kind: str, index: int) -> bool:
        """Whether the text has told before that a person is of a kind, by an office or by what he did or suffered."""
        told = load("naming")["characters"][kind]
        roles = set(told.get("roles", ()))
        held = self.offices.by_holder.get(person.id, ())
        if any({one.role, one.title.text} & roles or singular(one.text.lower()) in roles for one in held):
            return True
        parse, does = self.scene.parse, words("naming", "characters", kind, "does")
        suffers = words("naming", "characters", kind, "suffers")
        for seen in self.tracker.seen:
            if seen.index >= index or len(seen.referents) != 1 or seen.referents[0] is not person:
                continue
            here = seen.index
            while parse.dep[here] == "appos":
                here = parse.head[here]
            verb, label = parse.head[here], parse.dep[here]
            deeds = does if label == "nsubj" else suffers if label in _PATIENTS else ()
            if parse.lemma[verb] in deeds:
                return True
        return False
