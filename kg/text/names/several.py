"""Titles of several at once, and of somebody's counterpart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.link.titles import Title
from kg.text.document import Holding, Referent
from kg.text.names.office import Office
from kg.text.names.phrases import modifiers
from kg.text.names.roll import Named, roll
from kg.text.names.titles import LEADING, UNIQUE

if TYPE_CHECKING:
    from kg.text.names.offices import Offices
    from kg.text.names.pieces import Piece

_WITH_SECRETARIES = frozenset({"United States", "United Kingdom"})
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}


class Several:
    """Reads plural titles and counterparts of one scene."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.scene = offices.scene
        self.tracker = offices.tracker

    def plural(self, office: Office) -> None:
        """ "The leaders of Russia and China", "the two presidents", "foreign ministers Lavrov and Kerry"."""
        states = [o for o in office.organisations if o.kind == "State"]
        people: list[Referent] = []
        if self._named_together(office, states):
            return
        if len(states) > 1 and office.left.determiner in ("the", "both", ""):
            for state in states:
                leads = office.title.role == "Leader"
                person = self.offices.leader(state) if leads else self.offices.by_reference(office.title.role, state)
                people.extend([person] if person else [])
            if len(people) != len(states) or not any(p.id in self.offices.named for p in people):
                people = states
        elif not states and (office.left.determiner in ("both", "the") and _number(office) > 1):
            people = list(self._last_leaders(office))
        if people:
            self.offices.mention(tuple(people), office)
        elif not self._bodies_themselves(office):
            self.offices.titles.describe(office.piece.end - 1)

    def _bodies_themselves(self, office: Office) -> bool:
        """ "EU foreign ministers", "the leaders of the bloc": together they are the organisation."""
        bodies = [o for o in office.organisations if o.kind == "IntergovernmentalOrganisation"]
        if not bodies or office.title.role not in (*LEADING, *UNIQUE, "Minister", "Ambassador"):
            return False
        self.offices.mention((bodies[0],), office)
        return True

    def _named_together(self, office: Office, states: list[Referent]) -> bool:
        """ "Presidents A of Chad and B of Niger", "the Chadian and Nigerien presidents, A and B": each his own."""
        scene = self.scene
        named: list[Named] = []
        for start in dict.fromkeys((office.piece.end, office.end)):
            after = start + (scene.low[start : start + 1] == [","])
            named = named or roll(scene, after)[0]
        named = named or self._before(office, len(states)) or self._known_before(office) or self._listed(office)
        if not named or (len(named) == 1 and named[0].of is None):
            return False
        apart = len(states) == len(named) > 1 and not any(one.of for one in named)
        told = office.end > office.piece.end or bool(office.left.possessors)
        office = self._spelt_out(office)
        states = states if told else states[::-1]  # adjectives are read from the title backwards
        for place, one in enumerate(named):
            own = (one.of,) if one.of else (states[place],) if apart else tuple(states[:1]) if len(states) == 1 else ()
            common = () if own or states else office.organisations
            self.offices.hold(replace(office, organisations=own or common, explicit=bool(own)), one.person)
        self.offices.mention(tuple(one.person for one in named), office)
        return True

    def _spelt_out(self, office: Office) -> Office:
        """A bare "the ministers" as those of the portfolio told before: "the *foreign* ministers"."""
        if office.title.text != "Minister" or office.text != "Minister" or office.left.determiner != "the":
            return office
        before = (p for p in reversed(self.scene.pieces) if p.start < office.piece.start and p.kind == "title")
        told = next((p.title for p in before if p.title and p.plural and p.title.text.endswith("Minister")), None)
        return replace(office, title=told, text=told.text) if told is not None else office

    def _listed(self, office: Office) -> list[Named]:
        """ "Three presidents had come: A of Chad, B of Mali", "named two of their number, A of Chad and …"."""
        scene = self.scene
        end = scene.parse.sentences[self.offices.sentence(office)][1]
        for index in range(office.end, end - 1):
            colon = scene.low[index] in (":", "--", "–", "—")
            if colon or (scene.low[index] == "," and scene.low[index - 2 : index] == ["their", "number"]):
                named = [one for one in roll(scene, index + 1)[0] if one.of is not None]
                fits = len(named) > 1 or (colon and office.left.number and len(named) == 1)
                return named if fits and {one.of.kind for one in named if one.of} == {"State"} else []
        return []

    def _known_before(self, office: Office) -> list[Named]:
        """ "A and B, *the ministers of the two countries*": each of the state in which he is known to be one."""
        scene, people = self.scene, []
        piece = scene.before(office.begin - 1) if scene.low[office.begin - 1] == "," else None
        while piece is not None and piece.referents and piece.referents[0].kind == "Person":
            people.append(piece.referents[0])
            piece = scene.before(piece.start - 1) if scene.low[piece.start - 1] in ("and", ",") else None
        if len(people) < 2 or office.former or office.left.determiner not in ("the", "both"):
            return []
        states = [self.offices.implied.state_named(office, person) for person in people]
        if len(people) == 2 and (states[0] is None) != (states[1] is None):
            both = self.tracker.together(lambda one: one.kind == "State", 2, office.begin)
            others = [one for one in both if one not in states]
            states = [one or (others[0] if len(both) == 2 and len(others) == 1 else None) for one in states]
        apart = len({s.key for s in states if s is not None}) == len(people)
        return [Named(one, of) for one, of in zip(people, states, strict=True)][::-1] if apart else []

    def _before(self, office: Office, number: int) -> list[Named]:
        """ "A *and B*, the Chadian and Nigerien presidents": as many persons before the title as it names states."""
        scene = self.scene
        found: list[Named] = []
        names = [p for i in range(office.begin, office.end) if (p := scene.after(i)) is not None and p.kind == "name"]
        if len(names) < number:  # "of the two countries" tells no order
            return []
        piece = scene.before(office.begin - 1) if number > 1 and scene.low[office.begin - 1] == "," else None
        while piece is not None and piece.referents and piece.referents[0].kind == "Person" and len(found) < number:
            found.append(Named(piece.referents[0], None))
            start = piece.start
            while (before := scene.before(start)) is not None and before.kind in ("honorific", "title"):
                start = before.start
            piece = scene.before(start - 1) if scene.low[start - 1] in ("and", ",") else None
        return found[::-1] if len(found) == number else []

    def _last_leaders(self, office: Office) -> tuple[Referent, ...]:
        def leads(person: Referent) -> bool:
            told = [h for h in self.offices.by_holder.get(person.id, ()) if not h.former]
            held = {h.role for h in told} | {o.role for o in self.scene.people.offices(person)}
            return person.kind == "Person" and (
                office.title.role in held or (office.title.role == "Leader" and bool(held & set(LEADING)))
            )

        return self.tracker.together(leads, _number(office), office.begin)

    def counterpart(self, piece: Piece) -> None:
        """ "His Chinese counterpart, Hu Jintao": the office is that of the possessor, in another state."""
        left = modifiers(self.scene, piece.start)
        office = Office(piece, left, left.begin, piece.end, Title("", ""), "")
        complement = self.offices.titles._complement(office)
        states = [*left.states, *(r for r in complement if r.kind == "State")]
        states = states or self._region_after(office.end)
        owners = [p for p in left.possessors if p.kind == "Person"]
        holder = self.offices.holders.beside(office)
        if not states or not owners or piece.plural:
            if holder and owners:
                self.offices.holders.ended[office.end] = (office, holder)
            return
        model = self._shared_role(holder, states[0]) if holder else None
        held = [h for h in self.offices.by_holder.get(owners[0].id, ()) if not h.former]
        high = [h for h in held if h.role in UNIQUE] or held
        model = model or (high[-1] if high else self.model(owners[0]))
        if model is None or model.organisation is states[0]:
            if holder:
                holder.state = holder.state or states[0]
                self.offices.mention((holder,), office)
            return
        office.title, office.text = model.title, _translated(model.text, states[0])
        office.organisations = (self._parallel(model.organisation, states[0]),)
        office.explicit = True
        person = holder or self.offices.by_reference(model.role, office.organisations[0])
        if person:
            self.offices.hold(office, person, 0.85)
        self.offices.mention((person or self._of_same_office(model.role, owners[0], states[0]) or states[0],), office)

    def _of_same_office(self, role: str, owner: Referent, state: Referent) -> Referent | None:
        """Somebody of a state, or of no other, who is told to hold the office of the one whose counterpart he is."""

        def fits(person: Referent) -> bool:
            held = any(h.role == role and not h.former for h in self.offices.by_holder.get(person.id, ()))
            return person.kind == "Person" and person is not owner and held and person.state is state

        return self.tracker.last(fits, self.scene.parse.size)

    def _region_after(self, index: int) -> list[Referent]:
        """The part of a state that has offices of its own: "her counterpart in *Scotland*"."""
        after = self.scene.after(index + 1) if self.scene.low[index : index + 1] in (["in"], ["of"]) else None
        record = after.sense.record if after and after.senses else None
        return list(after.referents) if after and record and record.group == "region" else []

    def deputy(self, piece: Piece) -> None:
        """ "Burhan's deputy, Malik Agar": the deputy in the office of the possessor."""
        left = modifiers(self.scene, piece.start)
        office = Office(piece, left, left.begin, piece.end, Title("", ""), "")
        owners = [p for p in left.possessors if p.kind == "Person"]
        holder = self.offices.holders.beside(office)
        held = [h for h in self.offices.by_holder.get(owners[0].id, ()) if not h.former] if owners else []
        model = (held[0] if held else self.model(owners[0])) if owners else None
        if holder is None or model is None:
            return
        office.title = model.title.deputy()
        office.text, office.organisations, office.explicit = office.title.text, (model.organisation,), True
        self.offices.hold(office, holder, 0.8)
        self.offices.mention((holder,), office)
        self.offices.holders.ended[office.end] = (office, holder)

    def _shared_role(self, holder: Referent, state: Referent) -> Holding | None:
        """The office of somebody mentioned shortly before that the counterpart is known to hold in his own state."""
        self._by_spelling(holder)
        own = {(o.role, o.title) for o in self.scene.people.offices(holder) if o.organisation == state.key}
        for seen in reversed(self.tracker.seen[-24:]):
            for person in seen.referents:
                for held in self.offices.by_holder.get(person.id, ()):
                    if person is not holder and not held.former and (held.role, held.text) in own:
                        return held
        return None

    def _by_spelling(self, person: Referent) -> None:
        found = self.scene.people.by_name(person) if not person.key else None
        if found:
            self.scene.people.identify(person, found.record, found.score)

    def model(self, person: Referent) -> Holding | None:
        """The office of a person that only the reference data tells."""
        for held in self.scene.people.offices(person):
            record = self.scene.reference.records.get(held.organisation)
            if record and held.role:
                title = Title(held.title, held.role)
                return Holding(0, 0, title, held.title, person, self.scene.known(record), held.role)
        return None

    def _parallel(self, organisation: Referent, state: Referent) -> Referent:
        """The organisation of a counterpart: the state itself, or its ministry of the same kind."""
        if organisation.kind == "GovernmentBody" and organisation.name.startswith("Ministry of "):
            return self.offices.titles.ministry(organisation.name.removeprefix("Ministry of ").split(" of ")[0], state)
        return state


def _translated(text: str, state: Referent) -> str:
    """What an office is called in another state: those of the two that have secretaries are ministers elsewhere."""
    if state.name in _WITH_SECRETARIES or not text.endswith((" Secretary", "Secretary of State")):
        return text
    return "Foreign Minister" if text == "Secretary of State" else f"{text.removesuffix(' Secretary')} Minister"


def _number(office: Office) -> int:
    return _NUMBERS.get(office.left.number, 2 if office.left.determiner == "both" else 0)
