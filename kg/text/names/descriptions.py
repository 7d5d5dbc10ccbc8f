"""Common nouns that speak of actors: groups, forces, bodies, states, organisations and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.titles import titled
from kg.text.document import Referent
from kg.text.names.lexicon import singular
from kg.text.names.phrases import Modifiers, modifiers
from kg.text.names.titles import UNITED_NATIONS

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.names.offices import Offices
    from kg.text.names.scene import Scene

_ORGANISED = frozenset(
    {"IntergovernmentalOrganisation", "Organisation", "PoliticalParty", "ArmedGroup", "GovernmentBody", "Company"}
    | {"MediaOrganisation"}
)
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
    | {"junta", "putschist", "mutineer", "coup leader", "militant", "loyalist", "settler", "activist"}
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_VAGUE = frozenset(
    {"group", "grouping", "organisation", "organization", "body", "club", "militia", "network", "broadcaster"}
)


class Descriptions:
    """Reads the common nouns of one scene in order."""

    def __init__(self, scene: Scene, tracker: Tracker, offices: Offices) -> None:
        self.scene = scene
        self.tracker = tracker
        self.offices = offices
        self.done: dict[int, tuple[Referent, ...]] = {}
        offices.titles.describe = self.read

    def read(self, index: int) -> tuple[Referent, ...]:
        """Resolves the phrase headed by the noun at ``index``, if it speaks of an actor or document."""
        scene = self.scene
        if index in self.done:
            return self.done[index]
        noun, start, plural = self._noun(index)
        left = modifiers(scene, start)
        found: tuple[Referent, ...] = (
            self._led(noun, left, index)
            or self._members(noun, left, plural, index)
            or self._state_itself(noun, left, plural, index)
            or self._capital(noun, left)
            or self._body(noun, left)
            or self._force(noun, left)
            or self._document(noun, left, index, plural)
            or self._organisation(noun, left, index, plural)
            or self._country(noun, left, index, plural)
            or self._people(noun, left, index, plural)
        )
        if found:
            self._remember(found, left, index)
            span = scene.mention(left.begin, index + 1, found, "description", index)
            for token in range(start, index):
                scene.document.by_root.setdefault(token, span)
            self.tracker.note(index, found)
        self.done[index] = found
        return found

    def _remember(self, found: tuple[Referent, ...], left: Modifiers, index: int) -> None:
        """Keeps the words used for a group or force as another name of it: "Serb troops" for Serbian forces."""
        if len(found) == 1 and found[0].kind in ("Group", "ArmedGroup", "GovernmentBody") and left.states:
            start = next((i for i in range(left.begin, index) if self.scene.at[i] is not None), index)
            words = self.scene.text(start, index + 1)
            if words not in (found[0].name, *found[0].aliases):
                found[0].aliases.append(words)

    def _noun(self, index: int) -> tuple[str, int, bool]:
        """The noun in the singular, with a first part that belongs to it ("security forces"), and whether plural."""
        scene = self.scene
        word = singular(scene.low[index])
        plural = scene.tag[index] == "NNS" or word != scene.low[index]
        if index and scene.at[index - 1] is None:
            double = f"{scene.low[index - 1]} {word}"
            if (
                double in scene.nouns.forces
                or double in scene.nouns.people
                or tuple(double.split()) in scene.nouns.bodies
            ):
                return double, index - 1, plural
            if tuple(double.split()) in scene.nouns.documents:
                return double, index - 1, plural
        return word, index, plural

    # -- states ------------------------------------------------------------------------------------------------------

    def _state_itself(self, noun: str, left: Modifiers, plural: bool, index: int) -> tuple[Referent, ...]:
        """ "The Syrian government", "Assad's regime", "the Bush administration": the state."""
        if noun not in self.scene.nouns.regimes:
            return ()
        states = self._states(left)
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
        if not states and noun in ("government", "regime", "cabinet", "administration") and left.determiner == "the":
            after = self._of_state(index)
            focus = after or self.offices.titles.scene_state(index) or self.scene.document.focus
            return (focus,) if focus and not left.actors and not left.regions else ()
        if not states:
            after = self._of_state(index)
            return (after,) if after and not plural else ()
        return tuple(states)

    def _of_state(self, index: int) -> Referent | None:
        """The state after "of": "the government of Yemen"."""
        scene = self.scene
        if scene.low[index + 1 : index + 2] == ["of"]:
            piece = scene.after(index + 2) or scene.after(index + 3)
            if piece and piece.referents and piece.referents[0].kind == "State":
                return piece.referents[0]
        return None

    def _states(self, left: Modifiers) -> list[Referent]:
        """The states that a phrase names or whose they are."""
        found = [s for s in left.states if s.kind == "State"]
        for possessor in left.possessors:
            state = possessor if possessor.kind == "State" else None
            if possessor.kind == "Person":
                state = self.offices.titles.state_of(possessor)
            if state and state not in found:
                found.append(state)
        return found

    def _country(self, noun: str, left: Modifiers, index: int, plural: bool) -> tuple[Referent, ...]:
        """ "The kingdom", "both countries", "his country", "the two sides": states spoken of before."""
        kind = self.scene.nouns.countries.get(noun)
        if not kind and noun not in ("side", "neighbour", "neighbor", "government"):
            return ()

        def fits(referent: Referent) -> bool:
            if referent.kind != "State":
                return False
            record = self.scene.reference.records.get(referent.key)
            return kind != "kingdom" or bool(record and record.state in self.scene.nouns.monarchies)

        if plural:
            count = _NUMBERS.get(left.number, 2 if left.determiner == "both" or left.number == "two" else 0)
            if left.states or left.regions or not count:
                return ()
            return self.tracker.together(fits, count, index)
        if left.possessors:
            states = self._states(left)
            return tuple(states[:1]) if kind == "any" else ()
        if left.determiner not in ("the", "this") or left.regions or left.states or not kind or kind == "neighbour":
            return ()
        if len(left.words) > 1 or self.scene.low[index + 1 : index + 2] in (["of"], ["where"], ["that"], ["which"]):
            return ()
        found = self.tracker.salient(fits, index)
        return (found,) if found else ()

    def _members(self, noun: str, left: Modifiers, plural: bool, index: int) -> tuple[Referent, ...]:
        """ "The two permanent members": the states last mentioned that are such members."""
        count = _NUMBERS.get(left.number, 0)
        if noun != "member" or not plural or "permanent" not in left.words or not count:
            return ()
        permanent = self.scene.reference.permanent_members
        return self.tracker.together(lambda r: r.key in permanent, count, index)

    # -- bodies ------------------------------------------------------------------------------------------------------

    def _capital(self, noun: str, left: Modifiers) -> tuple[Referent, ...]:
        """ "The Austrian capital": the city."""
        states = self._states(left) if noun == "capital" else []
        record = self.scene.reference.capital(states[0].key) if states else None
        return (self.scene.known(record),) if record else ()

    def _body(self, noun: str, left: Modifiers) -> tuple[Referent, ...]:
        """ "The Turkish parliament", "Kenya's supreme court", "the junta"."""
        pattern = self.scene.nouns.bodies.get(tuple(noun.split()))
        if not pattern or left.actors or (noun == "presidency" and "rotating" in left.words):
            return ()
        states = self._states(left)
        if not states:
            before = self._same(noun, lambda r: r.kind == "GovernmentBody")
            if before:
                return (before,)
            focus = self.scene.document.focus
            if not focus or left.determiner not in ("the", ""):
                return ()
            states = [focus]
        if noun == "embassy" and len(left.states) > 1:
            states = states[:1]
        return tuple(self.scene.named("GovernmentBody", pattern.format(state=s.name), s) for s in states)

    def _same(self, noun: str, fits: object) -> Referent | None:
        """A referent already spoken of by this noun."""
        for referent in reversed(self.scene.document.referents):
            if referent.kind in _ORGANISED and referent.name.lower().split()[-1:] == noun.split()[-1:]:
                return referent
        return None

    def _force(self, noun: str, left: Modifiers) -> tuple[Referent, ...]:
        """ "Serb troops", "the Russian and Georgian armies", "rebel forces"."""
        if noun not in self.scene.nouns.forces:
            return ()
        if any(singular(w) in ("rebel", "insurgent", "opposition", "separatist", "militia") for w in left.words):
            return self._group("ArmedGroup", "rebel", left)
        states = self._states(left)
        if states:
            words = noun if noun not in ("soldier", "troop", "force", "paratrooper", "commando", "tank") else "forces"
            return tuple(self._force_of(words, state) for state in states)
        if left.actors and left.actors[0].kind in ("IntergovernmentalOrganisation", "Organisation"):
            return (left.actors[0],)
        focus = self.scene.document.focus
        if noun in _SERVICES and left.determiner == "the" and not left.possessed and focus and not left.actors:
            found = self._force_of(noun, self.offices.titles.scene_state(left.begin) or focus)
            text = f"the {noun}"
            found.aliases.extend([text] if text not in found.aliases else [])
            return (found,)
        return ()

    def _force_of(self, noun: str, state: Referent) -> Referent:
        adjective = self.scene.demonym(state)
        found = self.scene.named("GovernmentBody", f"{adjective} {noun}", state)
        found.plural = True
        return found

    # -- groups ------------------------------------------------------------------------------------------------------

    def _people(self, noun: str, left: Modifiers, index: int, plural: bool) -> tuple[Referent, ...]:
        """ "Hungarian officials", "Syrian rebels", "Western diplomats", "world powers"."""
        scene = self.scene
        if tuple(scene.low[index - 1 : index + 1]) in scene.nouns.communities or (
            noun == "community" and "international" in left.words
        ):
            name = " ".join(scene.low[index - 1 : index + 1])
            return (scene.named("Group", name),)
        if left.regions and (noun in scene.nouns.region_heads or noun in scene.nouns.regimes):
            return tuple(self._plural_group("Group", name) for name in dict.fromkeys(reversed(left.regions)))
        kind = scene.nouns.people.get(noun)
        if not kind or not (
            plural or noun in ("people", "opposition", "community", "crew", "delegation", "militia", "crowd")
        ):
            return ()
        return self._group(kind, noun, left)

    def _plural_group(self, kind: str, name: str, state: Referent | None = None) -> Referent:
        found = self.scene.named(kind, name, state)
        found.plural = True
        return found

    def _group(self, kind: str, noun: str, left: Modifiers) -> tuple[Referent, ...]:
        scene = self.scene
        words = _PLURALS.get(noun) or (noun if noun in _COLLECTIVE else _plural(noun))
        adjectives = [w for w in reversed(left.words) if singular(w) in _KEPT]
        states = self._states(left)
        if left.actors and not states:
            return (self._plural_group(kind, f"{left.actors[0].name} {words}", left.actors[0].state),)
        if states:
            told = [self._plural_group(kind, " ".join((scene.demonym(s), *adjectives, words)), s) for s in states]
            return tuple(told)
        if left.possessed:
            return ()
        if left.adjectives:
            return (self._plural_group(kind, " ".join((left.adjectives[-1], *adjectives, words))),)
        for referent in reversed(scene.document.referents):
            if referent.kind == kind and referent.name.split()[-1] == words:
                return (referent,)
        if noun in _INTERNAL and scene.document.focus and left.determiner in ("the", ""):
            state = scene.document.focus
            return (self._plural_group(kind, " ".join((scene.demonym(state), *adjectives, words)), state),)
        return ()

    # -- organisations and documents ---------------------------------------------------------------------------------

    def _organisation(self, noun: str, left: Modifiers, index: int, plural: bool) -> tuple[Referent, ...]:
        """ "The council", "the bloc", "the 14-nation group": an organisation spoken of before."""
        fitting = self.scene.nouns.organisations.get(noun)
        if fitting is not None and left.actors and not plural:
            return self._named_kind(noun, left) or self._organ(noun, left, index, fitting)
        beside = self.scene.after(index + 1)
        if fitting is not None and beside and beside.referents and beside.kind in ("name", "run"):
            return beside.referents if beside.referents[0].kind in _ORGANISED and not beside.is_demonym() else ()
        if noun == "body" and "world" in left.words:
            record = self.scene.reference.records.get(UNITED_NATIONS)
            return (self.scene.known(record),) if record else ()
        if fitting is None or plural or left.states or left.regions or left.actors:
            return ()
        if noun == "party" and left.possessors and left.possessors[0].kind == "Person":
            return self._party_of(left.possessors[0])
        if left.determiner not in ("the", "this") or self.scene.low[index + 1 : index + 2] == ["of"]:
            return ()

        def fits(referent: Referent) -> bool:
            if referent.kind not in _ORGANISED or (noun in _VAGUE and referent.kind == "GovernmentBody"):
                return False
            record = self.scene.reference.records.get(referent.key)
            words = f"{referent.name} {record.group if record else ''} {' '.join(referent.aliases)}".lower()
            if noun == "party" and referent.kind == "PoliticalParty":
                return True
            if noun in _VAGUE or (noun == "bloc" and referent.kind == "IntergovernmentalOrganisation"):
                return referent.kind not in ("MediaOrganisation",) and "united nations" not in words
            return any(word in words for word in fitting)

        found = self.tracker.salient(fits, index) or self.tracker.last(fits, index)
        return (found,) if found else ()

    def _led(self, noun: str, left: Modifiers, index: int) -> tuple[Referent, ...]:
        """ "The Saudi-led coalition": an organisation named by who leads it."""
        if noun not in ("coalition", "alliance", "force", "bloc", "mission") or not left.states:
            return ()
        if not any(w in ("led", "backed", "dominated") for w in left.words):
            return ()
        start = next(i for i in range(left.begin, index) if self.scene.at[i] is not None)
        return (self.scene.named("Organisation", self.scene.text(start, index + 1)),)

    def _organ(self, noun: str, left: Modifiers, index: int, fitting: tuple[str, ...]) -> tuple[Referent, ...]:
        """ "the UN watchdog", "the U.N. tribunal": an organ spoken of before, else one known by these words only."""
        owner = left.actors[0]

        def fits(referent: Referent) -> bool:
            organised = referent.kind in ("IntergovernmentalOrganisation", "Organisation") and referent is not owner
            return organised and any(
                word in f"{referent.name} {' '.join(referent.aliases)}".lower() for word in fitting
            )

        found = self.tracker.last(fits, index) if fitting else None
        if found is None and fitting and owner.kind == "IntergovernmentalOrganisation":
            words = [w for w in reversed(left.words) if w.isalpha()]
            found = self.scene.named(owner.kind, " ".join((owner.name, *words, noun)))
        return (found,) if found else ()

    def _named_kind(self, noun: str, left: Modifiers) -> tuple[Referent, ...]:
        """ "The Wagner mercenary group", "the Likud party": the name beside tells which, the noun what it is."""
        actor = left.actors[0]
        words = {noun, *left.words}
        kind = next((k for w, k in _KIND_NOUNS.items() if w in words), "")
        if actor.kind == "Organisation" and not actor.score and kind:
            actor.kind = kind
        if noun not in _SELF or actor.name == "United Nations":
            return ()
        fits = {kind, "Organisation"} if kind else _ORGANISED
        return (actor,) if actor.kind in fits else ()

    def _party_of(self, person: Referent) -> tuple[Referent, ...]:
        """ "His party": the party of a person, unnamed where the text does not name it."""
        for holding in self.offices.by_holder.get(person.id, ()):
            if holding.organisation.kind == "PoliticalParty":
                return (holding.organisation,)
        surname = person.aliases[0].split()[-1] if person.aliases else person.name.split()[-1]
        return (self.scene.named("PoliticalParty", f"{surname}'s party", person.state),)

    def _document(self, noun: str, left: Modifiers, index: int, plural: bool) -> tuple[Referent, ...]:
        """ "Annan's peace plan", "a draft resolution", "the text"."""
        scene = self.scene
        if tuple(noun.split()) not in scene.nouns.documents or plural:
            return ()
        head = noun.split()[-1]
        if head not in scene.nouns.document_heads:
            return ()
        people = [p for p in left.possessors if p.kind == "Person"]
        if scene.tag[index + 1 : index + 2] == ["CD"] and head == "resolution":
            return (scene.named("Document", f"Resolution {scene.low[index + 1]}"),)
        if people:
            surname = people[0].aliases[0].split()[-1] if people[0].aliases else people[0].name.split()[-1]
            words = " ".join(w for w in (noun if " " in noun else " ".join((*reversed(left.words), noun))).split())
            found = scene.named("Document", f"{surname} {words}", None)
            found.authors = (people[0],)
            return (found,)
        earlier = self._earlier_document(head, index)
        if left.determiner == "the" and earlier:
            return (earlier,)
        if left.determiner in ("a", "an", "the") or left.number:
            return (self._fresh_document(noun, left, index),)
        return ()

    def _earlier_document(self, head: str, index: int) -> Referent | None:
        alike = {"text", "measure", "draft", "proposal", "document"}

        def fits(referent: Referent) -> bool:
            last = referent.name.lower().split(" on ")[0].split(" for ")[0].split()
            if referent.kind != "Document":
                return False
            return head in last or head in alike or (head == "resolution" and "draft" in last) or _pair(head, last)

        return self.tracker.last(fits, index, 12)

    def _fresh_document(self, noun: str, left: Modifiers, index: int) -> Referent:
        """A document first spoken of: named by its words and, where told, what it is on; one of this article only."""
        topic = ""
        scene = self.scene
        for ahead in range(index + 1, min(index + 14, scene.parse.size)):
            piece = scene.after(ahead)
            if scene.low[ahead] in (".", ";"):
                break
            if piece and piece.referents and self._is_topic(piece.referents[0].kind, ahead):
                topic = f" on {piece.referents[0].name}"
                break
        words = [w for w in reversed(left.words) if w.isalpha()][-2:] if " " not in noun else []
        name = " ".join((*words, noun)) + topic
        found = scene.named("Document", name)
        found.key = (
            f"document/{scene.document.article.slug}-{found.key.rpartition('/')[2]}" if not found.score else found.key
        )
        return found

    def _is_topic(self, kind: str, index: int) -> bool:
        """Whether a document is on the state or place named there; a city "in" which it was agreed on is no topic."""
        before = next((w for w in reversed(self.scene.low[:index]) if w not in ("the", "a")), "")
        return kind == "State" or (kind == "Place" and before not in ("in", "at", "near", "from", "to"))


_KIND_NOUNS = {
    "mercenary": "ArmedGroup",
    "rebel": "ArmedGroup",
    "militant": "ArmedGroup",
    "insurgent": "ArmedGroup",
    "armed": "ArmedGroup",
    "militia": "ArmedGroup",
    "guerrilla": "ArmedGroup",
    "jihadist": "ArmedGroup",
    "terrorist": "ArmedGroup",
    "party": "PoliticalParty",
    "broadcaster": "MediaOrganisation",
    "newspaper": "MediaOrganisation",
    "network": "MediaOrganisation",
}
_SELF = frozenset(
    {"group", "grouping", "bloc", "alliance", "cartel", "organisation", "organization", "party", "movement", "militia"}
    | {"front", "coalition", "forum", "club", "network", "broadcaster", "newspaper", "league", "union", "bank", "fund"}
)
_SERVICES = frozenset({"military", "army", "navy", "air force", "presidential guard", "general staff", "armed force"})
_COLLECTIVE = frozenset({"people", "opposition", "community", "crew", "delegation", "militia", "police", "crowd"})
_KEPT = frozenset(
    {"opposition", "rebel", "government", "military", "foreign", "trade", "defence", "ethnic", "security", "senior"}
)
_PLURALS = {"man": "men"}


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _pair(head: str, words: list[str]) -> bool:
    groups = (
        ("plan", "proposal", "initiative"),
        ("agreement", "accord", "deal", "pact"),
        ("truce", "ceasefire", "cease-fire"),
    )
    return any(head in group and any(word in group for word in words) for group in groups)


__all__ = ["Descriptions", "titled"]
