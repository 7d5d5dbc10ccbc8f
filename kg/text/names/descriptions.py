"""Common nouns that speak of actors: groups, forces, bodies, states, organisations and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.coref_sides import adversaries, doers_above
from kg.text.document import Referent
from kg.text.names.adherents import adherents
from kg.text.names.characters import Characters
from kg.text.names.complements import UNITED_STATES
from kg.text.names.countries import described, done_to, suits, the_country
from kg.text.names.documents import Documents
from kg.text.names.governments import Governments
from kg.text.names.groups import Groups
from kg.text.names.lexicon import singular
from kg.text.names.neighbours import NEIGHBOURS, the_neighbour
from kg.text.names.phrases import Modifiers, modifiers
from kg.text.names.ranks import Ranks
from kg.text.names.titles import UNITED_NATIONS

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.names.offices import Offices
    from kg.text.names.scene import Scene

_ORGANISED = frozenset(
    {"IntergovernmentalOrganisation", "Organisation", "PoliticalParty", "ArmedGroup", "GovernmentBody", "Company"}
    | {"MediaOrganisation"}
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MISSIONS = frozenset({"embassy", "consulate"})
_VAGUE = frozenset(
    {"group", "grouping", "organisation", "organization", "body", "club", "militia", "network", "broadcaster"}
)


class Descriptions:
    """Reads the common nouns of one scene in order."""

    def __init__(self, scene: Scene, tracker: Tracker, offices: Offices) -> None:
        self.scene = scene
        self.tracker = tracker
        self.offices = offices
        self.governments = Governments(scene, tracker, offices)
        self.groups = Groups(scene, offices)
        self.documents = Documents(scene, tracker)
        self.ranks = Ranks(scene, tracker)
        self.characters = Characters(scene, tracker, offices)
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
            adherents(scene, noun, left, index, plural)
            or self.ranks.bearer(noun, left, index, plural=plural)
            or self.characters.read(noun, left, index, plural=plural)
            or self.groups.led(noun, left, index)
            or self._members(noun, left, plural, index)
            or self.governments.read(noun, left, plural, index)
            or self._capital(noun, left)
            or self._body(noun, left, index)
            or self.groups.force(noun, left, index)
            or self.documents.read(noun, left, index, plural)
            or self._organisation(noun, left, index, plural)
            or self._country(noun, left, index, plural)
            or self.groups.people(noun, left, index, plural)
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
        named = left.states or (left.possessed and self.scene.tag[left.begin] not in ("PRP$", "WP$"))
        if len(found) == 1 and found[0].kind in ("Group", "ArmedGroup", "GovernmentBody") and named:
            start = next((i for i in range(left.begin, index) if self.scene.at[i] is not None), index)
            words = self.scene.text(start, index + 1)
            if words not in (found[0].name, *found[0].aliases):
                found[0].aliases.append(words)

    def _noun(self, index: int) -> tuple[str, int, bool]:
        """The noun in the singular, with a first part that belongs to it ("security forces"), and whether plural."""
        scene = self.scene
        word = singular(scene.low[index])
        plural = scene.tag[index] == "NNS" or word != scene.low[index]
        triple = f"{' '.join(scene.low[max(0, index - 2) : index])} {word}"
        if index > 1 and scene.at[index - 1] is None and tuple(triple.split()) in scene.nouns.bodies:
            return triple, index - 2, plural
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

    def _country(self, noun: str, left: Modifiers, index: int, plural: bool) -> tuple[Referent, ...]:
        """ "The kingdom", "both countries", "his country", "the two sides": states spoken of before."""
        kind = self.scene.nouns.countries.get(noun)
        if noun == "power" and not plural:
            return ()  # "the two powers" are states; "the power" is none
        if not kind and noun not in ("side", "neighbour", "neighbor", "government"):
            return ()
        if noun in NEIGHBOURS and (beside := the_neighbour(self.scene, self.tracker, left, index, plural=plural)):
            return beside

        def fits(referent: Referent) -> bool:
            if referent.kind != "State":
                return False
            record = self.scene.reference.records.get(referent.key)
            return suits(self.scene, noun, record.state if record else "")

        if plural:
            count = _NUMBERS.get(left.number, 2 if left.determiner == "both" or left.number == "two" else 0)
            if left.states or left.regions or not count:
                return ()
            beyond = doers_above(self.tracker, index) | done_to(self.scene, index)
            opposed = adversaries(self.tracker, index, states=True) if count == _NUMBERS["two"] else ()
            if opposed and noun in _FACING:
                return opposed
            return self.tracker.together(lambda one: fits(one) and one.id not in beyond, count, index, opposed)
        if left.possessors:
            states = self.offices.titles.states_in(left)
            return tuple(states[:1]) if kind == "any" else ()
        if left.determiner not in ("the", "this") or not kind or kind == "neighbour":
            return ()
        if left.words or left.regions or left.states:
            return described(self.scene, self.tracker, noun, left, index)
        if self.scene.low[index + 1 : index + 2] in (["of"], ["where"], ["that"], ["which"]):
            return ()
        return the_country(self.scene, self.tracker, fits, index)

    def _members(self, noun: str, left: Modifiers, plural: bool, index: int) -> tuple[Referent, ...]:
        """ "The two permanent members": the states last mentioned that are such; "the 27 member states": their bloc."""
        if plural and noun in _STATES and "member" in left.words and not left.states and not left.actors:
            bloc = self.tracker.salient(_is_bloc, index) or self.tracker.last(_is_bloc, index)
            known = left.determiner in ("the", "all", "its") or left.number
            return (bloc,) if bloc is not None and known else ()
        count = _NUMBERS.get(left.number, 0)
        if noun != "member" or not plural or "permanent" not in left.words or not count:
            return ()
        permanent = self.scene.reference.permanent_members
        return self.tracker.together(lambda r: r.key in permanent, count, index)

    # -- bodies ------------------------------------------------------------------------------------------------------

    def _capital(self, noun: str, left: Modifiers) -> tuple[Referent, ...]:
        """ "The Austrian capital": the city."""
        states = self.offices.titles.states_in(left) if noun == "capital" else []
        record = self.scene.reference.capital(states[0].key) if states else None
        return (self.scene.known(record),) if record else ()

    def _body(self, noun: str, left: Modifiers, index: int) -> tuple[Referent, ...]:
        """ "The Turkish parliament", "Kenya's supreme court", "the junta"."""
        pattern = self.scene.nouns.bodies.get(tuple(noun.split()))
        if not pattern or left.actors or (noun == "presidency" and "rotating" in left.words):
            return ()
        if noun in _MISSIONS and not left.states and not left.possessed:
            called = [one for one in self.scene.document.referents if one.name.lower().startswith(f"{noun} of ")]
            if called:
                return (called[-1],)  # "the embassy": of none but the one told of
        of_state = self.governments.of_state(index) if not left.states and not left.possessed else None
        states = [of_state] if of_state else self.offices.titles.states_in(left)
        lands = [one for one in left.possessors if one.kind == "Place" and not self.offices.titles.is_capital(one)]
        if lands and not states:
            states = lands[:1]  # "Catalonia's parliament" is not that of its state
        told = bool(states)
        if not states:
            before = self._same(noun, lambda r: r.kind == "GovernmentBody")
            if before:
                return (before,)
            focus = self.scene.document.focus
            seizing = noun.endswith("junta")  # "*a junta* seized power": there is one only
            if not focus or (left.determiner not in ("the", "") and not seizing):
                return ()
            near = self.offices.titles.acting_in(index) or self.offices.titles.domestic_state(index)
            if noun == "parliament" and near is not None and near.key == UNITED_STATES:
                near = None  # which has a Congress
            states = [near or focus]
        if noun == "embassy" and len(left.states) > 1:
            states = states[:1]
        bodies = tuple(self.scene.body(pattern, s) for s in states)
        for body, state in zip(bodies, states, strict=True):
            names = [] if told else [noun]
            names += [f"{self.scene.demonym(state)} {noun}"] if state.kind == "State" else []
            body.aliases.extend(name for name in names if name not in (body.name, *body.aliases))
        return bodies

    def _same(self, noun: str, fits: object) -> Referent | None:
        """A referent already spoken of by this noun."""
        for referent in reversed(self.scene.document.referents):
            if referent.kind in _ORGANISED and referent.name.lower().split()[-1:] == noun.split()[-1:]:
                return referent
        return None

    # -- organisations ---------------------------------------------------------------------------------

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
        if fitting is not None and left.states and not plural and left.determiner in ("the", "this"):
            return self._of_theirs(noun, left, index)
        if fitting is None or plural or left.states or left.regions or left.actors:
            return ()
        if noun == "party" and left.possessors and left.possessors[0].kind == "Person":
            return self._named_after(index) or self._party_of(left.possessors[0])
        if left.determiner not in ("the", "this") or self.scene.low[index + 1 : index + 2] == ["of"]:
            return ()

        def fits(referent: Referent) -> bool:
            if referent.kind not in _ORGANISED or (noun in _VAGUE and referent.kind == "GovernmentBody"):
                return False
            record = self.scene.reference.records.get(referent.key)
            words = f"{referent.name} {record.group if record else ''} {' '.join(referent.aliases)}".lower()
            if noun == "party" and referent.kind == "PoliticalParty":
                return True
            if noun in ("movement", "front") and referent.kind == "ArmedGroup":
                return singular(referent.name.split()[-1].lower()) not in self.scene.nouns.people
            if noun in _VAGUE or (noun == "bloc" and referent.kind == "IntergovernmentalOrganisation"):
                return referent.kind not in ("MediaOrganisation",) and "united nations" not in words
            return any(word in words for word in fitting)

        found = self.tracker.salient(fits, index) or self.tracker.last(fits, index)
        return (found,) if found else ()

    def _of_theirs(self, noun: str, left: Modifiers, index: int) -> tuple[Referent, ...]:
        """ "The Palestinian group", "the Lebanese movement": one of that people, spoken of just before."""
        kinds = _PEOPLES.get(noun, frozenset())
        states = {state.key for state in self.offices.titles.states_in(left)}

        def fits(referent: Referent) -> bool:
            record = self.scene.reference.records.get(referent.key)
            state = referent.state.key if referent.state else record.state if record else ""
            return referent.kind in kinds and (not state or state in states)

        found = self.tracker.salient(fits, index) if kinds and len(states) == 1 else None
        return (found,) if found else ()

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

    def _named_after(self, index: int) -> tuple[Referent, ...]:
        """The name in apposition to a party: "Marko's party, *the Croatian Union*, refused"."""
        low = self.scene.low
        if low[index + 1 : index + 2] != [","]:
            return ()
        start = index + 2 + (low[index + 2 : index + 3] == ["the"])
        named = self.scene.after(start)
        if named is None or named.start != start or low[named.end : named.end + 1] not in ([","], ["("]):
            return ()
        found = [one for one in named.referents if one.kind in ("PoliticalParty", "Organisation", "ArmedGroup")]
        return tuple(found[:1])

    def _party_of(self, person: Referent) -> tuple[Referent, ...]:
        """ "His party": the party of a person, unnamed where the text does not name it."""
        for holding in self.offices.by_holder.get(person.id, ()):
            if holding.organisation.kind == "PoliticalParty":
                return (holding.organisation,)
        surname = person.aliases[0].split()[-1] if person.aliases else person.name.split()[-1]
        return (self.scene.named("PoliticalParty", f"{surname}'s party", person.state),)


def _is_bloc(referent: Referent) -> bool:
    return referent.kind == "IntergovernmentalOrganisation" and "united nations" not in referent.name.lower()


_STATES = frozenset({"state", "country", "nation", "government"})
_FACING = frozenset({"side", "neighbour", "neighbor"})  # two who face each other, whoever is named in between
_FIGHTING = frozenset({"ArmedGroup", "PoliticalParty", "Organisation"})
_PEOPLES = {  # what a noun with a people before it can be: "the Kurdish party"
    **dict.fromkeys(("group", "movement", "faction", "organisation", "organization", "front"), _FIGHTING),
    "militia": frozenset({"ArmedGroup"}),
    "party": frozenset({"PoliticalParty"}),
    "broadcaster": frozenset({"MediaOrganisation"}),
    "network": frozenset({"MediaOrganisation", "ArmedGroup"}),
}
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
