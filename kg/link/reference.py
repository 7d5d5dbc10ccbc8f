"""Reference data, read-only: states, cities, organisations and office-holders, indexed by name, office and date.

Loaded once per process from ``ontology/reference`` (see ``docs/reference.md``); a worker process loads its own copy.
All lookups are by hash: nothing here scans names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from kg.config import data_dir
from kg.errors import InputError
from kg.link.names import fold, name_key, name_words, person_key, same_person_name, skeleton
from kg.link.record import Office, Record, Sense, first_word, make_key, spellings
from kg.link.tables import Tables, rows
from kg.model import Entity, Identity, Membership, Tenure

WIKIDATA = "http://www.wikidata.org/entity/"

_NAMED_ROLES = frozenset(
    {"HeadOfState", "HeadOfGovernment", "Monarch", "ForeignMinister", "DefenceMinister", "DeputyHeadOfState", "Leader"}
    | {"SecretaryGeneral", "FinanceMinister"}
)


class Reference(Tables):
    """The reference data with its indexes."""

    # -- lookups ---------------------------------------------------------------------------------------------------

    def lookup(self, name: str) -> tuple[Sense, ...]:
        """What a name may stand for, compared without accents; empty where unknown."""
        return self.names.get(name_key(name), ())

    def state(self, iso3: str) -> Record | None:
        """The state with this ISO 3166 alpha-3 code."""
        return self.by_iso3.get(iso3)

    def holders(self, role: str, organisation: str, date: str, title: str = "") -> tuple[Record, ...]:
        """Who held an office of this role concept in an organisation (a key such as ``state/russia``) at a date.

        The latest to take office comes first; with ``title``, only offices of that normalised title.
        """
        held = [o for o in self._by_office.get((organisation, role), ()) if o.held(date) and title in ("", o.title)]
        held.sort(key=lambda o: (o.start, o.person), reverse=True)
        return tuple(self.records[key] for key in dict.fromkeys(o.person for o in held))

    def past_offices(self, role: str, organisation: str) -> tuple[Office, ...]:
        """All offices of this role concept in an organisation, whenever held."""
        return tuple(self._by_office.get((organisation, role), ()))

    def former_states(self, capital: str) -> tuple[str, ...]:
        """The codes of states that are no more and had this capital (Moscow: the Soviet Union)."""
        return tuple(r.state for r in self.by_iso3.values() if r.group == "former" and r.capital == capital)

    def state_then(self, record: Record, date: str) -> Record:
        """The state that a state's name meant at a date: before 1991 Russia is the Soviet Union."""
        state, begin, end = self._formerly.get(record.state if record.kind == "State" else "", ("", "", ""))
        return self.by_iso3.get(state, record) if begin <= date < end else record

    def called_then(self, record: Record, date: str) -> str:
        """What else a state was called at a date ("West Germany"); empty where nothing is known."""
        name, begin, end = self._called_once.get(record.state if record.kind == "State" else "", ("", "", ""))
        return name if begin <= date < end else ""

    def capital_then(self, record: Record, date: str) -> Record | None:
        """The state whose capital a city was at a date, of those that have another now (Bonn, Salisbury, Saigon)."""
        state, begin, end = self._former_capitals.get(record.name, ("", "", ""))
        return self.by_iso3.get(state) if record.kind == "Place" and begin <= date < end else None

    def place_then(self, record: Record, date: str) -> Record:
        """The city that a city's name meant at a date: Salisbury was the capital of Rhodesia."""
        state = self.capital_then(record, date)
        if state is None or state.group == "former" or state.state == record.state:
            return record
        return self.capital(state.key) or record

    def holders_named(self, role: str, name: str, date: str) -> tuple[Record, ...]:
        """Who, with this last name by sound, held an office of this role concept anywhere at a date."""
        sound = skeleton(name_words(name)[-1])
        held = [o for o in self._by_role_sound.get((role, sound), ()) if o.held(date)]
        return tuple(self.records[key] for key in dict.fromkeys(o.person for o in held))

    def states_led_by(self, name: str) -> frozenset[str]:
        """The keys of the states of which persons with exactly this last name were heads of state or government."""
        last = fold(name_words(name)[-1]).lower()
        sound = skeleton(name_words(name)[-1])
        return frozenset(
            o.organisation
            for role in ("HeadOfState", "HeadOfGovernment")
            for o in self._by_role_sound.get((role, sound), ())
            if fold(name_words(self.records[o.person].name)[-1]).lower() == last
        )

    def offices(self, person: str) -> tuple[Office, ...]:
        """All offices of a person (a key such as ``person/hu-jintao``), oldest first."""
        return self._by_person.get(person, ())

    def similar_persons(self, name: str) -> tuple[Record, ...]:
        """Persons whose name may be another spelling of this one, best first."""
        found = [(same_person_name(name, r.name), r.key, r) for r in self._by_sound.get(person_key(name), ())]
        return tuple(r for score, _, r in sorted(found, key=lambda f: (-f[0], f[1])) if score >= 0.9)

    def capital(self, state: str) -> Record | None:
        """The capital of a state (its key), of one that is no more too."""
        record = self.records.get(state)
        if record is None or record.state in self.capitals:
            return self.capitals.get(record.state) if record else None
        named = (sense.record for sense in self.lookup(record.capital)) if record.capital else ()
        return next((one for one in named if one.kind == "Place"), None)

    @cached_property
    def permanent_members(self) -> frozenset[str]:
        """The keys of the permanent members of the Security Council."""
        return frozenset(m.member for m in self.memberships if m.kind == "permanent member" and not m.end)

    def gender(self, name: str) -> str:
        """What persons of this first name mostly are: ``male``, ``female``, or empty where few bear it or both do."""
        return self._genders.get(first_word(fold(name)).lower(), "")

    def is_given(self, word: str) -> bool:
        """Whether somebody in the reference data has this word as his first name."""
        return fold(word).lower() in self._given

    @cached_property
    def _given(self) -> frozenset[str]:
        names = (fold(record.name) for record in self.records.values() if record.kind == "Person")
        return frozenset(first_word(name).lower() for name in names if " " in name)

    @cached_property
    def _genders(self) -> dict[str, str]:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for record in self.records.values():
            if record.gender in ("male", "female"):
                counts[first_word(fold(record.name)).lower()][record.gender] += 1
        told = ((name, *found.most_common(1)[0], found.total()) for name, found in counts.items())
        return {name: gender for name, gender, most, total in told if total >= 2 and most >= 0.9 * total}

    def led_by_premier(self, state: str) -> bool:
        """Whether the head of government, not the head of state, leads this state (its key)."""
        record = self.records.get(state)
        return bool(record and record.state in self._premiers)

    @cached_property
    def lengths(self) -> dict[str, tuple[int, ...]]:
        """For each first word of a name, the lengths in characters that names beginning with it have, longest first."""
        return _lengths(self.names)

    @cached_property
    def shouted(self) -> dict[str, tuple[Sense, ...]]:
        """Names of states, places and organisations in capitals, as datelines write them."""
        return {
            n.upper(): s
            for n, s in self.names.items()
            if len(n) > 3 and s[0].record.kind != "Person" and s[0].how != "demonym"
        }

    @cached_property
    def shouted_lengths(self) -> dict[str, tuple[int, ...]]:
        """As ``lengths``, for ``shouted``."""
        return _lengths(self.shouted)

    # -- what the reference graph says ------------------------------------------------------------------------------

    def entity(self, record: Record, score: float = 1.0) -> Entity:
        """A record as an entity, with its Wikidata identity."""
        place = record.kind == "Place"
        state = self.by_iso3.get(record.state)
        return Entity(
            key=record.key,
            kind="DefenceAlliance" if record.group == "defence alliance" else record.kind,
            name=record.name,
            aliases=record.aliases,
            identities=(Identity(iri=WIKIDATA + record.qid, score=score),) if record.qid else (),
            iso3=record.state if record.kind == "State" else "",
            of_state=state.key if state and not place and record.kind != "State" else "",
            located_in=state.key if state and place else "",
            latitude=record.latitude,
            longitude=record.longitude,
        )

    def facts_about(self, keys: Iterable[str]) -> tuple[tuple[Entity, ...], tuple[Tenure, ...], tuple[Membership, ...]]:
        """What the reference data says of these entities: themselves, their offices, their memberships."""
        wanted = set(keys) & self.records.keys()
        tenures = [o for o in self._offices if o.person in wanted]
        members = [m for m in self.memberships if m.member in wanted and m.organisation in wanted]
        named = wanted | {o.organisation for o in tenures}
        entities = tuple(self.entity(self.records[key]) for key in sorted(named & self.records.keys()))
        return entities, tuple(map(_tenure, tenures)), tuple(members)

    def everything(self) -> tuple[tuple[Entity, ...], tuple[Tenure, ...], tuple[Membership, ...]]:
        """All of the reference data."""
        entities = tuple(self.entity(self.records[key]) for key in sorted(self.records))
        return entities, tuple(map(_tenure, self._offices)), self.memberships

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """All memberships of states in organisations; read when first asked for."""
        found: dict[tuple[str, ...], Membership] = {}
        for row in rows(self.folder, "memberships"):
            state = self.by_iso3.get(row["member_iso3"])
            senses = [s for s in self.lookup(row["organisation"]) if s.record.kind != "State"]
            if state and senses:
                member = Membership(
                    member=state.key,
                    organisation=senses[0].record.key,
                    evidence=None,
                    kind=row["kind"],
                    start=row["start"],
                    end=row["end"],
                    source=row["source"],
                )
                found.setdefault((member.member, member.organisation, member.kind, member.start, member.end), member)
        return tuple(found.values())

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], list[Office]]:
        index: dict[tuple[str, str], list[Office]] = defaultdict(list)
        for office in self._offices:
            index[office.organisation, office.role].append(office)
        return dict(index)

    @cached_property
    def _by_role_sound(self) -> dict[tuple[str, str], list[Office]]:
        index: dict[tuple[str, str], list[Office]] = defaultdict(list)
        for office in self._offices:
            if office.role in _NAMED_ROLES:
                for word in {skeleton(w) for w in name_words(self.records[office.person].name)}:
                    index[office.role, word].append(office)
        return dict(index)

    @cached_property
    def _by_person(self) -> dict[str, tuple[Office, ...]]:
        index: dict[str, list[Office]] = defaultdict(list)
        for office in sorted(self._offices, key=lambda o: (o.start, o.end, o.title)):
            index[office.person].append(office)
        return {person: tuple(offices) for person, offices in index.items()}

    @cached_property
    def _by_sound(self) -> dict[str, list[Record]]:
        index: dict[str, list[Record]] = defaultdict(list)
        for record in self.records.values():
            if record.kind == "Person":
                index[person_key(record.name)].append(record)
        index.pop("", None)
        return dict(index)


def _tenure(office: Office) -> Tenure:
    return Tenure(
        holder=office.person,
        organisation=office.organisation,
        title=office.title,
        evidence=None,
        role=office.role,
        start=office.start,
        end=office.end,
        source=office.source,
    )


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[first_word(name)].add(len(name))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


@lru_cache(maxsize=2)
def load_reference(folder: Path | None = None) -> Reference:
    """The reference data, read once per process; raises InputError where the folder is missing."""
    folder = folder or data_dir("ontology") / "reference"
    if not folder.is_dir():
        raise InputError("no reference data here", source=str(folder))
    return Reference(folder)


__all__ = ["Office", "Record", "Reference", "Sense", "first_word", "fold", "load_reference", "make_key", "spellings"]
