"""Reads titles with their phrases: what stands before and after them, and the organisations that these name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.titles import Title, titled
from kg.text.date_words import MONTHS
from kg.text.document import Referent
from kg.text.names.complements import AGENTS_ABROAD, BODY_KINDS, Complements
from kg.text.names.office import Office
from kg.text.names.parties import called
from kg.text.names.phrases import modifiers, take_whose

if TYPE_CHECKING:
    from kg.text.names.pieces import Piece

_REGIONAL = frozenset({"HeadOfState", "HeadOfGovernment", "Governor", "Mayor", "Leader", "Minister"})
HEADS = frozenset({"HeadOfState", "HeadOfGovernment", "Monarch"})
LEADING = ("HeadOfState", "Monarch", "HeadOfGovernment", "Leader")
UNIQUE = frozenset(
    {"HeadOfState", "HeadOfGovernment", "Monarch", "ForeignMinister", "SecretaryGeneral", "DefenceMinister"}
)
NATIONAL = frozenset({"DeputyHeadOfState", "DeputyHeadOfGovernment", "Minister", "DeputyMinister"}) | HEADS
_PERSONAL = frozenset(
    {"Envoy", "Adviser", "Spokesperson", "Official", "OfficeHolder", "Mediator", "Negotiator", "Diplomat"}
)
_HEADS_OF_BODIES = frozenset({"SecretaryGeneral", "HighRepresentative", "HeadOfOrganisation"})
# titles that a noun before them makes another one: "economic adviser", "communications director"
_FIELDED = frozenset(
    {"Adviser", "Ambassador", "Director", "Coordinator", "Commissioner", "Chief", "Spokesman", "Spokeswoman"}
)
# adjectives that tell what a chief is of, and not what he is like
_SUBJECTS = ("al", "ar", "ic", "ian")
# who holds an office for the time being
_PASSING = frozenset({"interim", "caretaker", "acting", "transitional", "provisional"})
_FOLLOWED = frozenset({"PartyLeader", "Leader", "ReligiousLeader", "Commander"})
# who is at the head of a department is its secretary: "the Pentagon chief"
_OF_PEOPLES = frozenset({"Leader", "PartyLeader", "Commander", "HeadOfState", "Spokesperson", "Negotiator"})
_LANDS = frozenset({"region", "island", "province", "territory", "enclave", "republic"})
_OF_DEPARTMENTS = frozenset({"Secretary", "Chief", "Head"})
_DEPARTMENT = "United States Department of "
UNITED_NATIONS = "organisation/united-nations"
SECURITY_COUNCIL = "United Nations Security Council"
_PORTFOLIO_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "CC"})


_OF_STATES = frozenset({"Permanent Representative", "Deputy Permanent Representative"})
_OWNERS = frozenset({"State", "Person", "Place"})
_LOCAL = frozenset({"Place", "Group", "ArmedGroup", "PoliticalParty"})

_RULING = frozenset({"HeadOfState", "HeadOfGovernment"})


class Titles(Complements):
    """Reads the phrases of titles."""

    def office(self, piece: Piece) -> Office:
        scene, title = self.scene, piece.title or Title("", "")
        left = modifiers(scene, piece.start)
        take_whose(scene, left)
        left.states = [state for state in left.states if state not in left.linked]
        office = Office(piece, left, left.begin, piece.end, title, title.text)
        office.former = bool(self._ended(title) & set(left.words)) or "ex" in left.words
        office.designate = bool(scene.titles.modifiers["designate"] & set(left.words))
        adjectives = [p for i in range(left.begin, piece.start) if (p := scene.after(i)) and p.is_demonym()]
        if title.text == "Member" and adjectives:
            office.text = f"{scene.text(adjectives[0].start, adjectives[0].end)} {title.text}"
        if title.text == "Diplomat" and {"top", "chief"} & set(left.words) and left.states:
            office.title = title = scene.titles.normalise("top diplomat")
            office.text = title.text
        if title.text in _FIELDED and scene.at[piece.start] is piece:
            self._field(office)
        if set(left.words) & _PASSING and title.role not in ("", "Official"):
            passing = next(word for word in left.words if word in _PASSING)
            office.text = f"{passing.capitalize()} {office.text}"
        if title.text.endswith("Minister") and title.role in ("Minister", "DeputyMinister"):
            self._portfolio(office)
        after = scene.low[office.end : office.end + 2]
        if after[:1] == ["-"] and after[1:] and after[1] in ("elect", "designate"):
            office.text = f"{office.text}-{after[1]}"
            office.end, office.designate = office.end + 2, True
        elif after[:1] and after[0] in ("designate", "elect", "nominee"):
            office.text = f"{office.text}-{after[0]}" if after[0] != "nominee" else office.text
            office.end, office.designate = office.end + 1, True
        organisations = self._inside(office)
        complement = self._complement(office)
        parties = [o for o in organisations if o.kind == "PoliticalParty" and complement]
        office.organisations = tuple((*complement, *parties) if complement else organisations)
        self._for_a_month(office)
        office.explicit = bool(office.organisations)
        return office

    def _for_a_month(self, office: Office) -> None:
        """ "Its president *for March*", "the council president *for the month*": that of the Security Council."""
        low, end = self.scene.low, office.end
        month = low[end + 1 : end + 3] == ["the", "month"] or bool(MONTHS.keys() & set(low[end + 1 : end + 2]))
        if office.title.text != "President" or low[end : end + 1] != ["for"] or not month:
            return
        council = self.tracker.last(lambda one: one.name == SECURITY_COUNCIL, office.begin)
        if council is not None and all(one is council or one.kind == "State" for one in office.organisations):
            office.organisations = (council,)
            office.end = end + 2 + (low[end + 1] == "the")

    def _ended(self, title: Title) -> frozenset[str]:
        """The words before a title that tell that the office is over; who leads a party in exile still leads it."""
        modifiers = self.scene.titles.modifiers
        away = modifiers["away"] if title.role in _FOLLOWED else frozenset()
        return modifiers["former"] - away

    def _portfolio(self, office: Office) -> None:
        """A portfolio that the lexicon does not list: "the fisheries and forests minister"."""
        scene, start = self.scene, office.piece.start
        while start and scene.tag[start - 1] in _PORTFOLIO_TAGS and scene.low[start - 1] not in scene.titles.modifying:
            piece = scene.at[start - 1]
            if piece and piece.kind != "run":
                break
            start -= 1
        words = scene.low[start : office.piece.start]
        while words and words[0] in ("and", ",", "-"):
            words = words[1:]
        if words and office.title.text == "Minister":
            office.text = f"{titled(words)} Minister"

    def _field(self, office: Office) -> None:
        """What an adviser advises on: "her economic adviser", "the chief military adviser"."""
        scene, start = self.scene, office.piece.start
        while start > office.left.begin and scene.at[start - 1] is None and scene.tag[start - 1] in ("NN", "JJ"):
            if scene.low[start - 1] in scene.titles.modifying or scene.tag[start - 2 : start - 1] == ["HYPH"]:
                break
            if (
                office.title.text == "Chief"
                and scene.tag[start - 1] == "JJ"
                and not scene.low[start - 1].endswith(_SUBJECTS)
            ):
                break
            start -= 1
        words = scene.low[start : office.piece.start]
        if words and len(words) < 3:
            office.text = f"{titled(words)} {office.text}"

    def _inside(self, office: Office) -> list[Referent]:
        """The organisations named before the title: "Chinese Foreign Ministry", "the MDC", "its"."""
        left = office.left
        self._possessor(office)
        states = [*left.states, *(self.state_of(p) for p in left.possessors if p.kind != "Place")]
        people = self._people_before(office)
        if people:
            return [people]
        named = [s for s in states if s is not None]
        regions = [p for p in (*left.states, *left.possessors) if p.kind == "Place" and not self.is_capital(p)]
        if left.possessed and not left.possessors and (land := self._land(left.begin, office.piece.start)):
            regions.append(land)
        within = any(p.kind not in _OWNERS for p in left.possessors) and "{people}" in office.title.body
        if office.title.body and (named or regions) and not within:
            owner = [*regions, *named][0]
            return [self.scene.body(office.title.body, owner)]
        if left.ministry:
            return [self.ministry(left.ministry, self._first_state(named, office))]
        if regions and office.title.role in _REGIONAL:
            return [*regions, *(s for s in named if s.kind != "State")]
        cities = [c for p in (left.begin, *range(left.begin, office.piece.start)) if (c := self._city(p))]
        if cities and office.title.role == "Mayor":
            return cities[:1]
        chief = self._of_office(office)
        if chief:
            return chief
        sent = office.title.role == "Ambassador" or (office.title.role in AGENTS_ABROAD and bool(named))
        party = called(self.scene, office)
        actors = [party] if party else []
        actors += [a for a in left.actors if not (sent and a.key == UNITED_NATIONS)]
        if len(actors) < len(left.actors) and not party:
            if office.title.role != "Ambassador":
                office.title = self.scene.titles.normalise("Ambassador")
                office.text = office.title.text
            office.text = f"{office.text} to the United Nations"
        for possessor in left.possessors:
            if possessor.kind not in ("State", "Person", "Place"):
                actors.append(possessor)
        department = next((a.name for a in actors if a.name.startswith(_DEPARTMENT)), "")
        if department and office.title.text in _OF_DEPARTMENTS and actors[0].state:
            field = department.removeprefix(_DEPARTMENT).removeprefix("the ")
            office.text = "Secretary of State" if field == "State" else f"{field} Secretary"
            office.title = self.scene.titles.normalise(office.text)
            office.text = office.title.text
            return [actors[0].state]
        if actors:
            seat = actors[0] if office.title.role in _RULING and actors[0].kind == "GovernmentBody" else None
            return [seat.state] if seat and seat.state else actors  # "from the White House President Carter"
        for word in left.words:
            if word in ("government", "military", "army", "police", "parliament", "opposition", "party", "rebel"):
                office.text = titled([word, office.text]) if office.title.role in ("Leader",) else office.text
        return list(dict.fromkeys(named))

    def _land(self, begin: int, end: int) -> Referent | None:
        """The part of a state, named before, whose office it is: "*the region's* president"."""
        if not _LANDS & set(self.scene.low[max(begin - 2, 0) : end]):
            return None

        def fits(one: Referent) -> bool:
            record = self.scene.reference.records.get(one.key)
            return one.kind == "Place" and (record is None or record.group == "region")

        return self.tracker.last(fits, begin, 3)

    def _people_before(self, office: Office) -> Referent | None:
        """A people of another state, whose leader somebody is: "the *Bosnian Serb* commander"."""
        scene, index = self.scene, office.piece.start
        second = scene.before(index)
        first = scene.before(second.start) if second and second.is_demonym() else None
        if not first or not second or not first.is_demonym() or office.title.role not in _OF_PEOPLES:
            return None
        state = next((s for s in office.left.states if s in first.referents), None)
        group = scene.named("Group", f"{scene.text(first.start, second.end)}s", state)
        group.plural = True
        return group

    def _of_office(self, office: Office) -> list[Referent]:
        """The organisation of the office whose holder's somebody is: "NATO's secretary-general's special envoy"."""
        left = office.left
        if not left.possessed or office.title.role not in _PERSONAL:
            return []
        if self.owners.get(left.begin):
            return list(self.owners[left.begin])
        person = left.possessors[0] if left.possessors and left.possessors[0].kind == "Person" else None
        held = [o for o in self.scene.people.offices(person) if o.role in _HEADS_OF_BODIES] if person else []
        record = self.scene.reference.records.get(held[0].organisation) if held else None
        return [self.scene.known(record)] if record and record.kind != "State" else []

    def _possessor(self, office: Office) -> None:
        """Takes "its" for a state before "foreign minister", for a body before "secretary-general" and "head"."""
        left, role = office.left, office.title.role
        if len(left.possessors) != 1 or self.scene.low[left.begin] != "its":
            return
        national = role in NATIONAL or role.endswith("Minister") or office.text in _OF_STATES
        kinds = frozenset({"State"}) if national else BODY_KINDS if role in _HEADS_OF_BODIES else frozenset()
        if kinds and left.possessors[0].kind not in kinds and left.possessors[0].kind != "Person":
            found = self.tracker.salient(lambda r: r.kind in kinds, left.begin)
            left.possessors = (found,) if found else left.possessors

    def _first_state(self, named: list[Referent], office: Office) -> Referent | None:
        return named[0] if named else self.context_state(office.begin)
