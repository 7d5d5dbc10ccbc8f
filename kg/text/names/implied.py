"""The organisation of a bare title: by the holder's known offices, by the title itself, by the context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.names import same_person_name
from kg.text.names.complements import BODY_KINDS
from kg.text.names.titles import HEADS, NATIONAL, UNIQUE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.link.reference import Record
    from kg.text.document import Referent
    from kg.text.names.office import Office
    from kg.text.names.offices import Offices

_INTERNAL = frozenset(
    {"Official", "Founder", "Legislator", "Judge", "Commander", "Adviser", "Diplomat", "PartyLeader", "OfficeHolder"}
)
_OF_BODIES = frozenset({"HeadOfOrganisation", "DeputyHeadOfOrganisation"})
_NOW = "9999"
_NEXT = 7  # tokens
_SINGLE = UNIQUE | {"DeputyHeadOfState", "InteriorMinister", "FinanceMinister", "JusticeMinister"}
"""Offices of which a state has one."""
_SAME_NAME = 0.8
_SHARED = frozenset({"ForeignMinister", "InteriorMinister"})  # Manila and Delhi have a "foreign secretary", too


class Implied:
    """Finds of what an office is where its phrase does not say."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.scene = offices.scene

    def called(self, office: Office) -> Referent | None:
        """The only one to whom the article gives this very title: "the Chancellor" is not the Premier he met."""
        if office.title.role != "HeadOfGovernment":
            return None
        offices, found = self.offices, []
        for person in self.scene.people.all:
            told = [one.text for one in offices.by_holder.get(person.id, ()) if not one.former]
            told.extend(one.text for one, holder, _ in offices.pending if holder is person and not one.former)
            if office.text in told:
                found.append(person)
        return found[0] if len(found) == 1 else None

    def chief(self, office: Office, holds: Callable[[Referent], bool]) -> Referent | None:
        """Which of several presidents "the president" means: the one of whom the sentence before was about."""
        opening = self.scene.parse.sentences[self.offices.sentence(office)][0] == office.begin
        if office.title.role != "HeadOfState" or not opening or not self.scene.is_subject(office.piece.end - 1):
            return None
        return self.offices.tracker.salient(holds, office.begin, reach=1)

    def organisation(self, office: Office, holder: Referent) -> tuple[Referent, ...]:
        """The organisation of a bare title: by the holder's known offices, the title's own state, the context."""
        scene, title = self.scene, office.title
        if office.of_unknown:
            return ()
        record = self.where_held(office, holder)
        if record:
            return (scene.known(record),)
        elsewhere = title.role in _SHARED and bool(scene.states_told) and title.state not in scene.states_told
        if title.state and not elsewhere:
            state = scene.state(title.state)
            return (state,) if state else ()
        if title.role == "Spokesperson" and title.text.startswith("Presidential"):
            state = self._of_president(office) or self._speaking_state(office)
            return (state,) if state else ()
        if title.role == "Spokesperson" and title.national:
            state = self._speaking_state(office, holder)
            return (state,) if state else ()
        if title.role == "Spokesperson":
            near = self._where_speaking(office) or self.offices.tracker.salient(
                lambda r: r.kind in BODY_KINDS or r.kind == "State", office.begin
            )
            near = near or (self._speaking_state(office) if title.national else None)
            return (near,) if near else ()
        if title.role == "Legislator" and holder.state:
            return (holder.state,)
        if title.role == "Ambassador" and " to " in office.text and not holder.state:
            states = (self._speaking_state(office), scene.home, scene.document.focus)
            return tuple(s for s in states if s is not None and s.name not in office.text)[:1]
        if title.role == "SecretaryGeneral" and not holder.state:
            body = self.offices.tracker.salient(lambda r: r.kind == "IntergovernmentalOrganisation", office.begin)
            return (body,) if body else ()
        if title.role in _INTERNAL and not title.national:
            return ()
        if title.role == "Mayor":
            city = self._city_before(office)
            return (city,) if city else ()
        if title.role in _OF_BODIES and not title.national:
            return ()
        own = self._own_state(office, holder) or self._under(office) or holder.state
        if own:
            return (own,)
        told = self.state_named(office, holder)
        if told:
            return (told,)
        led = scene.people.state_of_name(holder.name) if title.role in HEADS else ""
        record = scene.reference.records[led] if led else None
        if record and (" " not in holder.name or record.state in scene.states_named):
            return (scene.known(record),)  # a namesake elsewhere proves nothing
        if title.national or title.role in NATIONAL or title.role.endswith("Minister"):
            return self._having(office, self._speaking_state(office, holder))
        return ()

    def _having(self, office: Office, state: Referent | None) -> tuple[Referent, ...]:
        """The state, or where it has no such office, as China no senators, the one spoken of that has, or America."""
        only, records = office.title.only, self.scene.reference.records
        record = records.get(state.key) if state else None
        if state is None or not only or record is None or record.state in only:
            return (state,) if state else ()
        able = [one for one in sorted(self.scene.states_named) if one in only]
        code = able[0] if len(able) == 1 else "USA" if "USA" in able else ""
        found = self.scene.state(code) if code else None
        return (found,) if found else ()

    def _where_speaking(self, office: Office) -> Referent | None:
        """The body where the sentence has its scene: "*At the White House* a spokeswoman, Ann Lee, said"."""
        scene = self.scene
        start = scene.parse.sentences[scene.parse.sentence[office.begin]][0]
        for begin in (start + 1, start + 2) if scene.low[start] in ("at", "in") else ():
            piece = scene.after(begin)
            if piece and piece.referents and piece.end <= office.begin and piece.referents[0].kind in BODY_KINDS:
                return piece.referents[0]
        return None

    def _city_before(self, office: Office) -> Referent | None:
        """The city named last, at most a sentence before: "in Barcelona … *the mayor*, Ada Ruiz"."""
        first = self.scene.parse.sentences[max(self.scene.parse.sentence[office.begin] - 1, 0)][0]
        near = [p for p in self.scene.pieces if first <= p.start < office.begin and p.kind == "name" and p.is_place()]
        cities = [p.sense.record for p in near if p.sense.record.group in ("city", "capital")]
        return self.scene.known(cities[-1]) if cities else None

    def _own_state(self, office: Office, holder: Referent) -> Referent | None:
        """The state of which somebody is by the reference data, where the office is one of a state."""
        record, role = self.scene.people.records.get(holder.id), office.title.role
        national = office.title.national or role in NATIONAL or role.endswith("Minister")
        return self.scene.state(record.state) if record and record.state and national else None

    def _under(self, office: Office) -> Referent | None:
        """The state of the leader named after the title: "the foreign minister *under Ann Lee*"."""
        named = (
            self.scene.person_at(office.end + 1) if self.scene.low[office.end : office.end + 1] == ["under"] else None
        )
        return self.offices.titles.state_of(named.referents[0]) if named else None

    def state_named(self, office: Office, holder: Referent) -> Referent | None:
        """The one state of those named in which somebody of this name holds the office by the reference data."""
        role = office.title.role
        if office.former or not (role in NATIONAL or role.endswith("Minister")) or " " not in holder.name:
            return None
        states = [s for s in map(self.scene.state, sorted(self.scene.states_named)) if s is not None]
        found = [(s, one) for s in states if (one := self.scene.people.by_office(holder.name, role, s.key))]
        if len(found) != 1:
            return None
        state, one = found[0]
        self.scene.people.identify(holder, one.record, one.score)
        return state

    def _of_president(self, office: Office) -> Referent | None:
        """The state of the president spoken of last, whose spokesman it is."""
        own = frozenset({"HeadOfState"})
        for seen in reversed(self.offices.tracker.seen):
            for person in seen.referents if seen.index < office.begin else ():
                told = [h for h in self.offices.by_holder.get(person.id, ()) if h.role in own and not h.former]
                if told:
                    return told[0].organisation
        return None

    def where_held(self, office: Office, holder: Referent) -> Record | None:
        """Where the holder is known to hold such an office at the article's date, or to have held it last."""
        known, records = self.scene.people.records.get(holder.id), self.scene.reference.records
        roles = {office.title.role, *(("Monarch",) if office.title.role == "HeadOfState" else ())}
        own = self.scene.reference.offices(known.key) if known else ()
        fitting = [o for o in own if o.role in roles and o.organisation in records]
        if office.former:
            past = [o for o in fitting if o.start <= self.scene.date]
            fitting = sorted(past or fitting, key=lambda o: (o.end or _NOW, o.start), reverse=True)
        else:
            fitting = [o for o in fitting if o.held(self.scene.date)]
        if not fitting or known is None:
            return None
        if office.former:
            return records[fitting[0].organisation]
        states = [records[o.organisation] for o in fitting]
        told = (state for state in states if state.state in self.scene.states_named)  # a queen may have several
        home = (state for state in states if state.state == known.state)
        return next(told, None) or next(home, states[0])

    def _speaking_state(self, office: Office, holder: Referent | None = None) -> Referent | None:
        """The state of which a bare "the foreign minister" is one: that of the person or state last in focus.

        A state in which somebody else is known to hold the office is passed over for one that the article is about.
        """
        titles, focus = self.offices.titles, self.scene.document.focus
        taken = self._taken(office)
        dateline = self.scene.document.dateline
        written = titles.state_of(dateline) if dateline is not None and holder is not None else None
        told = titles.scene_state(office.begin) or self._just_told(office, holder, taken)
        told = told or titles.local_state(office.begin, taken, written)
        told = told or (focus if focus not in taken else None)
        if told is None or holder is None or not self._is_held_by_another(told, office, holder):
            return told
        others = (s for s in (focus, self.scene.home) if s is not None and s not in taken)
        return next((s for s in others if not self._is_held_by_another(s, office, holder)), told)

    def _just_told(self, office: Office, holder: Referent | None, taken: list[Referent]) -> Referent | None:
        """The state that the sentence before is about: "Peru went further. *The foreign minister*, Ann Lee, …"."""
        opens = office.begin == self.scene.parse.sentences[self.scene.parse.sentence[office.begin]][0]
        told = self.offices.titles.told_before(office.begin) if opens and holder is not None else None
        return told if told not in taken else None

    def _is_held_by_another(self, state: Referent, office: Office, holder: Referent) -> bool:
        """Whether the reference data knows who holds this office there at the article's date, and it is not he."""
        role = office.title.role
        if office.former or office.designate or not self.scene.date or role not in _SINGLE:
            return False
        held = self.scene.reference.holders(role, state.key, self.scene.date)
        return bool(held) and all(same_person_name(holder.name, one.name) < _SAME_NAME for one in held)

    def _taken(self, office: Office) -> list[Referent]:
        """The states in which the text has named another holder of the office, or names one after "and"."""
        role = office.title.role
        beside = self._beside(office)
        if beside:
            return beside
        if office.verb >= 0 or office.designate:  # who is made it follows another
            return []
        if role not in UNIQUE and not (role.endswith("Minister") and role != "Minister"):
            return []
        held = [h for holdings in self.offices.by_holder.values() for h in holdings]
        return [
            h.organisation for h in held if h.role == role and not h.former and not h.designate and not office.former
        ]

    def _beside(self, office: Office) -> list[Referent]:
        """The state told of the second of two: "Foreign Minister X *and his Chadian counterpart*, Y"."""
        scene, index = self.scene, office.end
        end = min(index + _NEXT, scene.parse.size)
        while index < end and scene.low[index] != "and":
            if scene.parse.is_verb(index):
                return []
            index += 1
        for after in range(index + 1, min(index + 5, scene.parse.size)):
            piece, title = scene.after(after), None
            if piece is not None and piece.is_demonym():
                title = scene.after(piece.end)
                return list(piece.referents) if title is not None and title.kind == "title" else []
        return []
