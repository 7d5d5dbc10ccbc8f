"""Groups and forces as texts speak of them: "Hungarian officials", "Syrian rebels", "Serb troops", "world powers"."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.text.lexicon import words
from kg.text.names.crowds import Crowds
from kg.text.names.lexicon import singular

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.names.offices import Offices
    from kg.text.names.phrases import Modifiers
    from kg.text.names.scene import Scene

_INTERNAL = frozenset(
    {
        "rebel",
        "insurgent",
        "opposition",
        "protester",
        "demonstrator",
        "dissident",
        "separatist",
        "guerrilla",
    }
    | {"junta", "putschist", "mutineer", "coup leader", "militant", "loyalist", "activist"}
)
_FORCES = {"armed force": "armed forces", "security force": "security forces", "special force": "special forces"}
# what states do with these they do themselves: "Kenyan jets bombed the town"
_HARDWARE = frozenset(
    {"warplane", "jet", "aircraft", "warship", "gunboat", "tank", "artillery", "fighter jet", "gunship", "helicopter"}
)
_SOLDIERS = frozenset({"soldier", "troop", "force", "paratrooper", "commando", "tank"})
# one of them may be of a firm ("the Chinese unit of a bank"), several are an army's
_UNITS = frozenset({"division", "brigade", "battalion", "regiment", "unit", "squadron", "gunner", "frontier troop"})
# what else texts call them
_ALSO = {
    "forces": ("armed forces", "army", "military", "troops", "soldiers"),
    "army": ("armed forces", "military"),
    "military": ("armed forces", "army"),
}
# who keeps order where they are, and by what name
_POLICE = {"police": "police", "policeman": "police", "riot police": "police", "police officer": "police"}
_POLICE |= {
    "security force": "security forces",
    "security service": "security forces",
    "secret police": "secret police",
}
_TROOPS = frozenset({"soldier", "troop", "government force", "army force", "armed force"})
_TROOPS |= {"paratrooper", "commando", "tank", "marine", "gunship", "warplane", "helicopter", "jet", "artillery"}
_ARMED = frozenset({"forces", "army", "troops", "military", "soldiers", "navy", "guard", "marines"})
_LEADING = ("led", "backed", "dominated")
_RECENT = 2
_DOUBT, _OFTEN = (
    2.0,
    8,
)  # a group that only its name tells may be no armed one; that of which most is told is rather meant
_SERVICES = frozenset({"military", "army", "navy", "air force", "presidential guard", "general staff", "armed force"})
_COLLECTIVE = frozenset(
    {"people", "opposition", "community", "crew", "delegation", "militia", "police", "crowd", "mob", "gang"}
)
_KEPT = frozenset(
    {"opposition", "rebel", "government", "military", "foreign", "trade", "defence", "ethnic", "security", "senior"}
)
_SEVERAL = frozenset({"people", "opposition", "community", "crew", "delegation", "militia", "crowd", "mob", "gang"})
_FIGHTING = frozenset(
    {"rebel", "insurgent", "militant", "guerrilla", "guerilla", "separatist", "jihadist", "secessionist"}
)
_RISEN = frozenset({"Movement", "Front", "Army", "Resistance"})
_PLURALS = {"man": "men"}


class Groups:
    """Reads the nouns of groups and forces of one scene."""

    def __init__(self, scene: Scene, offices: Offices) -> None:
        self.scene = scene
        self.offices = offices
        self.crowds = Crowds(scene)

    def force(self, noun: str, left: Modifiers, index: int = -1) -> tuple[Referent, ...]:
        """ "Serb troops", "the Russian and Georgian armies", "rebel forces"."""
        if noun not in self.scene.nouns.forces or (noun in _UNITS and self.scene.tag[index] != "NNS"):
            return ()
        if any(singular(w) in ("rebel", "insurgent", "opposition", "separatist", "militia") for w in left.words):
            return self._group("ArmedGroup", "rebel", left)
        states = self.offices.titles.states_in(left)
        if states and noun in _HARDWARE:
            return tuple(states)
        if states:
            name = noun if noun not in _SOLDIERS | _UNITS else "forces"
            return tuple(self._force_of(name, state) for state in states)
        if left.actors and left.actors[0].kind in ("IntergovernmentalOrganisation", "Organisation"):
            return (left.actors[0],)
        focus = self.scene.document.focus
        one = self.scene.tag[index] != "NNS"  # "the five armies" are not its own
        if noun in _SERVICES and one and left.determiner == "the" and not left.possessed and focus and not left.actors:
            titles = self.offices.titles
            state = titles.acting_in(index) or titles.scene_state(left.begin) or self.scene.home or focus
            found = self._force_of(noun, state)
            text = f"the {noun}"
            found.aliases.extend([text] if text not in found.aliases else [])
            return (found,)
        return self._local(noun, left, index) if index >= 0 and not left.possessed and not left.actors else ()

    def _local(self, noun: str, left: Modifiers, index: int) -> tuple[Referent, ...]:
        """ "Police in Lima", "soldiers seized": police are of where they are, and mostly soldiers who act."""
        if self.scene.low[index + 1 : index + 2] and self.scene.low[index + 1] in words("events", "grammar", "obeying"):
            return ()
        acting = not left.number and not left.determiner and self.scene.parse.dep[index] in ("nsubj", "pobj", "conj")
        if noun not in _POLICE and not (noun in _TROOPS and acting):
            return ()
        if noun in _TROOPS and (before := self._force_before(index)):
            return (before,)
        if noun in _SOLDIERS - {"soldier", "troop"} or noun in _HARDWARE or noun == "marine":
            return ()
        titles = self.offices.titles
        state = self.crowds.scene_of(index) or (None if left.determiner == "the" else titles.scene_state(index))
        state = state or titles.domestic_state(index) or self._written_from()
        found = self._force_of(_POLICE.get(noun, "forces"), state) if state else None
        if found is not None and noun in _POLICE and noun not in found.aliases:
            found.aliases.append(noun)
        return (found,) if found else ()

    def _written_from(self) -> Referent | None:
        dateline = self.scene.document.dateline
        return self.offices.titles.state_of(dateline) if dateline else None

    def _force_before(self, index: int) -> Referent | None:
        """The forces that the text spoke of last, shortly before: "French troops landed. Tanks took the port"."""
        here = self.scene.parse.sentence[index]
        for seen in reversed(self.offices.tracker.seen):
            if here - seen.sentence > _RECENT:
                return None
            for one in seen.referents:
                if one.kind == "GovernmentBody" and one.name.split()[-1] in _ARMED:
                    return one
        return None

    def _force_of(self, noun: str, state: Referent) -> Referent:
        adjective = self.scene.demonym(state)
        found = self.scene.named("GovernmentBody", f"{adjective} {_FORCES.get(noun, noun)}", state)
        names = [f"{adjective} {word}" for word in _ALSO.get(noun, ())]
        if noun == "armed force":
            names = [f"Armed Forces of {state.name}", f"Armed Forces of the {state.name}"]
        found.aliases.extend(name for name in names if name not in found.aliases)
        found.plural = True
        return found

    def led(self, noun: str, left: Modifiers, index: int) -> tuple[Referent, ...]:
        """ "The Saudi-led coalition": an organisation named by who leads it."""
        if noun not in ("coalition", "alliance", "force", "bloc", "mission") or not left.states:
            return ()
        if not any(w in _LEADING for w in left.words):
            return ()
        start = next(i for i in range(left.begin, index) if self.scene.at[i] is not None)
        led = next((i for i in range(start, index) if self.scene.low[i].endswith(_LEADING)), index - 1)
        found = self.scene.named(
            "Organisation", f"{self.scene.text(start, led + 1)} {self.scene.text(index, index + 1)}"
        )
        text = self.scene.text(start, index + 1)  # "the Saudi-led *military* coalition"
        found.aliases.extend([text] if text not in (found.name, *found.aliases) else [])
        return (found,)

    def people(self, noun: str, left: Modifiers, index: int, plural: bool) -> tuple[Referent, ...]:
        """ "Hungarian officials", "Syrian rebels", "Western diplomats", "world powers"."""
        scene = self.scene
        if tuple(scene.low[index - 1 : index + 1]) in scene.nouns.communities or (
            noun == "community" and "international" in left.words
        ):
            name = " ".join(scene.low[index - 1 : index + 1])
            return (scene.named("Group", name),)
        if left.regions and noun in scene.nouns.countries and not plural and left.determiner in ("the", "this"):
            return ()  # one of them
        if left.regions and (noun in scene.nouns.region_heads or noun in scene.nouns.regimes):
            return tuple(self._plural_group("Group", name) for name in dict.fromkeys(reversed(left.regions)))
        kind = scene.nouns.people.get(noun)
        if not kind or not (plural or noun in _SEVERAL) or (kind == "Organisation" and left.states):
            return ()
        found = self._people_within(kind, left, index) or self._group(kind, noun, left, index)
        for one in found if len(found) == 1 and not left.resolved else ():
            if one.plural and not one.score:
                self.crowds.also(one, left.begin, index)
        return found or self.crowds.note(kind, noun, left, index)

    def _people_within(self, kind: str, left: Modifiers, index: int) -> tuple[Referent, ...]:
        """ "Croatian Serb refugees": a people within a state; its adjectives are not joined by "and"."""
        states = [s for s in left.states if s.kind == "State"]
        pieces = [p for i in range(left.begin, index) if (p := self.scene.after(i)) is not None]
        together = any(one.end == other.start for one, other in pairwise(pieces))
        if len(states) != 2 or len(pieces) != 2 or not together:
            return ()
        return (self._plural_group(kind, self.scene.text(pieces[0].start, index + 1), states[-1]),)

    def _plural_group(self, kind: str, name: str, state: Referent | None = None) -> Referent:
        found = self.scene.named(kind, name, state)
        found.plural = True
        return found

    def _armed(self, kind: str, noun: str, left: Modifiers, index: int) -> Referent | None:
        """ "The guerrillas", "the rebels": the armed group that the text has named, if it is but one lately."""
        if kind != "ArmedGroup" or noun not in _FIGHTING or left.determiner != "the" or left.number or index < 0:
            return None
        if len(left.words) > 1:
            return None

        told = Counter(one.id for seen in self.offices.tracker.seen for one in seen.referents)

        def armed(referent: Referent) -> bool:
            return referent.kind == "ArmedGroup" and referent.name[:1].isupper()

        def risen(referent: Referent) -> bool:
            return referent.kind in ("Organisation", "PoliticalParty") and referent.name.split()[-1] in _RISEN

        def bonus(referent: Referent) -> float:
            return (0.0 if referent.score else -_DOUBT) + min(told[referent.id], _OFTEN) / 2

        tracker = self.offices.tracker
        found = (tracker.salient(fits, index, bonus=bonus) or tracker.last(fits, index) for fits in (armed, risen))
        return next((one for one in found if one is not None), None)

    def _of_group(self, left: Modifiers, index: int) -> Referent | None:
        """The group after "of" whose fighters they are: "Karen rebels of the Free Hills Army"."""
        scene = self.scene
        if scene.low[index + 1 : index + 2] != ["of"]:
            return None
        piece = scene.after(index + 2) or scene.after(index + 3)
        named = piece.referents if piece else ()
        if not named or named[0].kind not in ("ArmedGroup", "PoliticalParty", "Organisation"):
            return None
        for unknown in (one for one in (named[0], *left.actors) if not one.score):
            unknown.kind = "ArmedGroup" if unknown is named[0] else "Group"  # of the two names one is the people's
        return named[0]

    def _group(self, kind: str, noun: str, left: Modifiers, index: int = -1) -> tuple[Referent, ...]:
        scene = self.scene
        words = _PLURALS.get(noun) or (noun if noun in _COLLECTIVE else _plural(noun))
        adjectives = [w for w in reversed(left.words) if singular(w) in _KEPT]
        states = self.offices.titles.states_in(left)
        theirs = self._of_group(left, index) if kind == "ArmedGroup" and index >= 0 else None
        if theirs:
            return (theirs,)
        if left.actors and not states and kind == "ArmedGroup" == left.actors[0].kind:
            return (left.actors[0],)  # "Hamas militants"
        if left.actors and not states:
            return (self._plural_group(kind, f"{left.actors[0].name} {words}", left.actors[0].state),)
        if states:
            told = [self._plural_group(kind, " ".join((scene.demonym(s), *adjectives, words)), s) for s in states]
            return tuple(told)
        if left.possessed:
            return ()
        home = self.crowds.home(noun, index) if index >= 0 else None
        if home:
            label = " ".join((scene.demonym(home), *self.crowds.label(left, noun, words)))
            return (self._plural_group(kind, label, home),)
        if left.adjectives:
            return (self._plural_group(kind, " ".join((left.adjectives[-1], *adjectives, words))),)
        local = self.crowds.scene_of(index) if index >= 0 else None
        for referent in reversed(scene.document.referents):
            if local is not None and referent.state not in (None, local):
                continue  # "in Skopje demonstrators": not those of Lima
            if referent.kind == kind and referent.name.split()[-1] == words:
                return (referent,)
        named = self._armed(kind, noun, left, index)
        if named:
            return (named,)
        if noun in _INTERNAL and scene.document.focus and left.determiner in ("the", ""):
            state = local or scene.home or scene.document.focus
            people = self._plural_group(kind, " ".join((scene.demonym(state), *adjectives, words)), state)
            bare = " ".join((*adjectives, words))
            people.aliases.extend([bare] if bare not in people.aliases else [])
            return (people,)
        return ()


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
