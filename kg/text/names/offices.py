"""Titles in the text: who holds the office, in which organisation, and whether still."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.link.titles import Title
from kg.text.document import Holding, Referent, Span
from kg.text.names.delegates import Delegates
from kg.text.names.former import held_before, is_generic
from kg.text.names.holders import Holders
from kg.text.names.implied import Implied
from kg.text.names.known_leaders import KnownLeaders
from kg.text.names.leading import Leading
from kg.text.names.office import Office
from kg.text.names.parties import ruling
from kg.text.names.roll import belonging
from kg.text.names.several import Several
from kg.text.names.shared import Shared
from kg.text.names.succession import Succession
from kg.text.names.titles import LEADING, UNIQUE, Titles

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_PARTISAN = frozenset(
    {"Legislator", "SpeakerOfParliament", "Governor", "Mayor", "HeadOfState", "HeadOfGovernment", "Adviser"}
)
# offices that are of a state where nothing is told of a party or group
_WITHOUT_STATE = frozenset({"Leader", "Negotiator", "Mediator", "Commander"})
_CHAMBERS = frozenset(
    {
        "parliament",
        "assembly",
        "knesset",
        "duma",
        "diet",
        "rada",
        "sejm",
        "riksdag",
        "storting",
        "folketing",
        "congress",
    }
)
_RULING = "Communist Party"
_TWO_CHAMBERS = "body/united-states-congress"


class Offices:
    """Reads the titles of one scene in order; ``by_holder`` are the offices told so far, by the holder's id."""

    def __init__(self, scene: Scene, tracker: Tracker) -> None:
        self.scene = scene
        self.tracker = tracker
        self.titles = Titles(scene, tracker)
        self.holders = Holders(scene, tracker.pronoun)
        self.several = Several(self)
        self.leading = Leading(self)
        self.succession = Succession(self)
        self.shared = Shared(self)
        self.implied = Implied(self)
        self.delegates = Delegates(self)
        self.known = KnownLeaders(self)
        self.named = {p.id for p in scene.people.all}
        self.by_holder: dict[int, list[Holding]] = {}
        self.pending: list[tuple[Office, Referent, float]] = []

    def read(self, piece: Piece) -> None:
        """Resolves one title: records the office where its holder is told, and the mention."""
        if piece.pseudo == "deputy":
            self.several.deputy(piece)
            return
        if piece.pseudo in ("successor", "predecessor"):
            self.succession.title(piece)
            return
        if piece.pseudo:
            self.several.counterpart(piece)
            return
        office = self.titles.office(piece)
        if self.scene.low[office.end : office.end + 1] in (["'s"], ["’s"]):
            at = self.scene.reference.records.get(office.title.at)
            self.titles.owners[office.end] = office.organisations or ((self.scene.known(at),) if at else ())
        if piece.plural and not self._one_of(office):
            self.several.plural(office)
            return
        holder, start, end = self.holders.holder(office)
        self.shared.close(office, holder)
        if holder is None and self.shared.opens(office):
            return
        if holder is not None:
            of = belonging(self.scene, end)[0] if not office.explicit and start == office.begin else None
            if of:
                office.organisations, office.explicit = (of,), True
            self.hold(office, holder)
            self.shared.settle(office, holder)
            self.mention((holder,), office)
            self.scene.ending[end] = Span(start, end, self.scene.root(start, end), (holder,))
            self.holders.ended[office.end] = (office, holder)
            return
        self.describe(office)

    def _one_of(self, office: Office) -> bool:
        """Whether one of several is meant, as "X, *one of the* founders of Y"; the phrase then begins there."""
        low, begin = self.scene.low, office.begin
        if low[begin - 2 : begin] != ["one", "of"] or not office.left.definite:
            return False
        office.begin, office.left.determiner = begin - 2, "a"
        return True

    def rank(self, piece: Piece) -> None:
        """ "Chadian army General X": a soldier's rank is an office where his force is named before it."""
        before, person = self.scene.ending.get(piece.start), self.scene.person_at(piece.end)
        rank = self.scene.text(piece.start, piece.end)
        if not before or not person or rank.lower() not in self.scene.titles.ranks:
            return
        forces = [r for r in before.referents if r.kind in ("GovernmentBody", "ArmedGroup")]
        if forces and before.end == piece.start and before.form != "pronoun":
            title = Title(rank, "OfficeHolder")
            self.keep(Holding(piece.start, piece.end, title, rank, person.referents[0], forces[0], title.role))

    def describe(self, office: Office) -> None:
        """Resolves a title beside which nobody is named."""
        described = self._described(office)
        if described:
            self.mention((described,), office)
            state = office.organisations[0] if office.title.role == "Leader" and office.organisations else None
            known = self.known.leads(described, state) if state is not None and not office.former else None
            if known is not None:  # "the Peruvian leader" is its president
                self.keep(replace(known, start=office.begin, end=office.end, confidence=0.8))
            elif not office.former and office.title.text != "Minister" and not self._told(office, described):
                self.hold(office, described, 0.8)
            self.holders.ended[office.end] = (office, described)

    def _told(self, office: Office, person: Referent) -> bool:
        """Whether an office that the description may mean is recorded already, or the description is too vague."""
        held = [h for h in self.by_holder.get(person.id, ()) if not h.former]
        if office.explicit:
            return any(h.organisation in office.organisations for h in held)
        return bool(held) or office.title.role not in UNIQUE

    def hold(self, office: Office, holder: Referent, confidence: float = 0.9) -> None:
        """Records that ``holder`` holds the office, once the organisation is known."""
        self._affiliate(office, holder)
        title = self._settled(office, holder)
        if title.person and not office.organisations and title.role in _WITHOUT_STATE | {title.national and title.role}:
            self.pending.append((office, holder, confidence))
        if not title.person or not office.organisations:
            return
        for organisation in office.organisations:
            if organisation is holder:
                continue
            role = title.role if organisation.kind == "State" or not title.body_role else title.body_role
            holding = Holding(
                office.begin,
                office.end,
                title,
                office.text,
                holder,
                organisation,
                role,
                office.former,
                office.designate,
                confidence,
                office.verb,
            )
            self.keep(holding)
            if organisation.kind == "State" and holder.state is None:
                holder.state = organisation
            elif holder.state is None and organisation.state is not None:
                holder.state = organisation.state

    def finish(self) -> None:
        """Gives the offices of which nothing told the state to those whose state the text told later."""
        waiting, self.pending = self.pending, []
        for office, holder, confidence in waiting:
            held = self.by_holder.get(holder.id, ())
            if holder.state is not None and not any(h.role == office.title.role for h in held):
                office.organisations = (holder.state,)
                self.hold(office, holder, confidence)
        self.succession.finish()
        self.known.finish()
        self.delegates.finish()

    def _affiliate(self, office: Office, holder: Referent) -> None:
        """ "The Republican speaker": he belongs to the party, but his office is not in it."""
        parties = [o for o in office.organisations if o.kind == "PoliticalParty"]
        if not parties or office.title.role not in _PARTISAN:
            return
        own = office.end > office.piece.end or set(parties) & set(office.left.possessors)
        if len(parties) == len(office.organisations) and own and office.title.body_role:
            return  # "president of the African National Congress", "the party's president"
        office.organisations = tuple(o for o in office.organisations if o not in parties)
        office.explicit = bool(office.organisations)
        holder.state = holder.state or parties[0].state
        self.scene.document.affiliations.append((office.begin, holder, parties[0]))

    def keep(self, holding: Holding) -> None:
        """Adds an office to those of its holder; an unclear title gives way to the same one in clear."""
        held = self.by_holder.setdefault(holding.holder.id, [])
        for other in held:
            if (other.organisation, other.former) == (holding.organisation, holding.former):
                if other.text == holding.text or (other.role == holding.role and other.text.endswith(holding.text)):
                    return
                if other.role == holding.role and holding.text.endswith(other.text):
                    other.text, other.title = holding.text, holding.title
                    return
        held.append(holding)
        self.scene.document.holdings.append(holding)

    def _settled(self, office: Office, holder: Referent) -> Title:
        """The title with its organisation filled in from the holder's identity, the title itself or the context."""
        title = office.title
        self._identify(office, holder)
        if title.at and not any(o.kind == "State" for o in office.organisations):
            elsewhere = self.implied.where_held(office, holder) if not office.explicit else None
            record = elsewhere or self.scene.reference.records.get(title.at)
            office.organisations = (self.scene.known(record),) if record else office.organisations
        elif title.at and title.in_state:
            known = [o for o in self.scene.people.offices(holder) if o.role == "ForeignMinister"]
            office.text = known[0].title if known else title.in_state
            return replace(title, text=office.text, role="ForeignMinister")
        if not office.organisations:
            office.organisations = self.implied.organisation(office, holder)
        if title.text == "Speaker" and not title.body:
            office.organisations = tuple(self._chamber(o) if o.kind == "State" else o for o in office.organisations)
        if title.body:
            office.organisations = tuple(
                self.scene.body(title.body, o) if o.kind in ("State", "Place") else o for o in office.organisations
            )
        if title.role == "PartyLeader" and all(o.kind == "State" or o.name == _RULING for o in office.organisations):
            told = tuple(o for o in office.organisations if o.kind == "State")
            states = told or tuple(s for s in (self.titles.context_state(office.begin),) if s)
            parties = [party for state in states if (party := ruling(self.scene, state))]
            office.organisations = tuple(parties) or office.organisations
        return self.delegates.posted(office, holder, title)

    def _chamber(self, state: Referent) -> Referent:
        """The parliament of a state by the name that the article gives it."""
        own = [r for r in self.scene.document.referents if r.kind == "GovernmentBody" and r.state is state]
        own = [r for r in own if r.key != _TWO_CHAMBERS]
        named = next((r for r in own if set(r.name.lower().split()) & _CHAMBERS), None)
        return named or self.scene.body("Parliament of {state}", state)

    def _identify(self, office: Office, holder: Referent) -> None:
        """Uses office, organisation and date to find out who the holder is."""
        if office.former and office.organisations:
            past = self.scene.people.by_past_office(holder.name, office.title.role, office.organisations[0].key)
            if past:
                self.scene.people.identify(holder, past.record, past.score)
        if office.former or office.designate:
            return
        people, role = self.scene.people, office.title.role
        organisation = office.organisations[0].key if len(office.organisations) == 1 else ""
        found = None
        unknown = len(office.organisations) == 1 and not organisation  # a body that has no key yet: he leads no state
        for candidate in () if unknown else (role, *(("Monarch",) if role == "HeadOfState" else ())):
            found = found or people.by_office(holder.name, candidate, organisation)
        if found is None and role in ("Leader", "Envoy", "Diplomat") and organisation:
            for candidate in (*LEADING, "Ambassador"):
                found = found or people.by_office(holder.name, candidate, organisation)
        if found:
            people.identify(holder, found.record, found.score)
        elif organisation and holder.score and self._contradicted(holder, organisation):
            known = [
                o for o in people.offices(holder) if o.role == role and o.organisation in self.scene.reference.records
            ]
            if office.left.resolved and known:  # "X, the country's president": it is his country that is meant
                office.organisations = (self.scene.known(self.scene.reference.records[known[0].organisation]),)
            else:
                people.forget(holder)

    def _contradicted(self, holder: Referent, organisation: str) -> bool:
        """Whether the person taken for the holder never held an office of this state."""
        record = self.scene.people.records.get(holder.id)
        offices = self.scene.reference.offices(record.key) if record else ()
        return (
            bool(offices) and organisation.startswith("state/") and all(o.organisation != organisation for o in offices)
        )

    def mention(self, referents: tuple[Referent, ...], office: Office) -> None:
        """Records the description; the tokens of the title refer to its holder, too."""
        scene = self.scene
        span = scene.mention(
            office.begin, office.end, referents, "description", scene.root(office.piece.start, office.piece.end)
        )
        for index in range(office.piece.start, office.piece.end):
            scene.document.by_root.setdefault(index, span)
        self.tracker.note(span.root, referents)

    def _described(self, office: Office) -> Referent | None:
        """Whom "the Russian president" or "the minister" means."""
        title = office.title
        if {"only", "next", "first", "last", "likely", "future"} & set(office.left.words):
            return None
        if "new" in office.left.words and not office.organisations:
            return None
        if office.left.determiner in ("a", "an", "any", "some", "no", "every", "each", "another") or office.designate:
            return None
        if not office.left.definite and not self.scene.headline[self.sentence(office)]:
            return None
        if named := self._among_named(office):
            return named
        if title.role == "SecretaryGeneral" and not office.organisations and self.delegates.at_un(office):
            united_nations = self.scene.reference.records.get("organisation/united-nations")
            return self.by_reference(title.role, self.scene.known(united_nations)) if united_nations else None
        if office.former or title.role not in UNIQUE or len(office.organisations) > 1:
            return None
        if not office.organisations:
            return self._near_by(office)
        return self.by_reference(title.role, office.organisations[0])

    def _near_by(self, office: Office) -> Referent | None:
        """Whom "the Shah" means after Iran was named: who had this title in the one state near that has it."""
        scene, title, here = self.scene, office.title, self.sentence(office)
        if office.left.words or office.left.determiner != "the" or not scene.date:
            return None
        near = (seen for seen in self.tracker.seen if here - 1 <= seen.sentence and seen.index < office.begin)
        homes = (one if one.kind == "State" else one.state for seen in near for one in seen.referents)
        states = {one.key for one in homes if one is not None}
        if title.role != "Monarch" and len(states) > 1:
            states &= {scene.document.focus.key} if scene.document.focus else set()
        found = {
            record.key: record
            for state in sorted(states)
            for role in {title.role, "Monarch"}
            for record in scene.reference.holders(role, state, scene.date, title.text)[:1]
        }
        return scene.person_of(next(iter(found.values())), 0.8) if len(found) == 1 else None

    def sentence(self, office: Office) -> int:
        return self.scene.parse.sentence[office.piece.start]

    def _among_named(self, office: Office) -> Referent | None:
        """The person of the article who holds such an office: of the state told, near, at home, or last mentioned."""
        wanted = frozenset(o.key for o in office.organisations)

        def holds(person: Referent) -> bool:
            return self._holds(person, office, wanted)

        if not wanted and (called := self.implied.called(office)):
            return called
        if not wanted and office.title.role in UNIQUE and self.scene.document.focus:
            home = frozenset({self.scene.document.focus.key})
            near = self.implied.chief(office, holds) or self.tracker.last(holds, office.begin, 1)
            found = near or self.tracker.last(lambda p: self._holds(p, office, home), office.begin)
            if found:
                return found
        if office.former:
            past = self.tracker.last(lambda one: held_before(self, one, office, wanted), office.begin)
            if past:
                return past
        cast = self.scene.people.all if wanted else []
        return self.tracker.last(holds, office.begin) or next((p for p in cast if holds(p)), None)

    def _holds(self, person: Referent, office: Office, wanted: frozenset[str]) -> bool:
        """Whether a person is said or known to hold such an office in one of the organisations wanted, if any."""
        if person.kind != "Person":
            return False
        roles = frozenset(LEADING) if office.title.role == "Leader" else {office.title.role}
        for holding in self.by_holder.get(person.id, ()):
            alike = holding.role in roles or holding.text == office.text or is_generic(office.text, holding.text)
            alike = alike and (not office.former or holding.former or holding.text == office.text)
            if alike and (not wanted or holding.organisation.key in wanted):
                return True
        held = () if office.former else self.scene.people.offices(person)
        return any(o.role in roles and (not wanted or o.organisation in wanted) for o in held)

    def by_reference(self, role: str, organisation: Referent) -> Referent | None:
        roles = ("HeadOfState", "Monarch") if role == "HeadOfState" else (role,)
        for candidate in roles:
            holders = (
                self.scene.reference.holders(candidate, organisation.key, self.scene.date) if self.scene.date else ()
            )
            if holders:
                return self.scene.person_of(holders[0], 0.9)
        return None

    def leader(self, state: Referent) -> Referent | None:
        """Who leads a state: whom the article says or shows to, else by the reference data."""
        for role in LEADING:
            for person in self.scene.people.all:
                if any(
                    h.role == role and h.organisation is state and not h.former
                    for h in self.by_holder.get(person.id, ())
                ):
                    return person
        for role in LEADING:
            for person in self.scene.people.all:
                if any(o.role == role and o.organisation == state.key for o in self.scene.people.offices(person)):
                    return person
        first, second = (
            ("HeadOfGovernment", "HeadOfState")
            if self.scene.reference.led_by_premier(state.key)
            else ("HeadOfState", "HeadOfGovernment")
        )
        return self.by_reference(first, state) or self.by_reference(second, state)
