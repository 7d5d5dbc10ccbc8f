"""Reference data, read-only: states, cities, organisations and office-holders, indexed by name, office and date.

Loaded once per process from ``ontology/reference`` (see ``docs/reference.md``); a worker process loads its own copy.
All lookups are by hash: nothing here scans names.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from kg.config import data_dir
from kg.errors import InputError
from kg.link.names import fold, name_key, name_words, person_key, same_person_name, skeleton, slug
from kg.link.titles import load_titles
from kg.model import Entity, Identity, Membership, Tenure

WIKIDATA = "http://www.wikidata.org/entity/"

_KINDS = {
    "media": "MediaOrganisation",
    "armed group": "ArmedGroup",
    "private military company": "ArmedGroup",
    "political party": "PoliticalParty",
    "political organisation": "PoliticalParty",
    "ngo": "Organisation",
    "humanitarian": "Organisation",
    "opposition body": "Organisation",
    "political movement": "Organisation",
    "sports body": "Organisation",
    "separatist entity": "Organisation",
    "armed forces": "GovernmentBody",
    "government body": "GovernmentBody",
    "company": "Company",
    "un peacekeeping mission": "IntergovernmentalOrganisation",
}
_NAMED_ROLES = frozenset(
    {"HeadOfState", "HeadOfGovernment", "Monarch", "ForeignMinister", "DefenceMinister", "DeputyHeadOfState", "Leader"}
    | {"SecretaryGeneral", "FinanceMinister"}
)
_SERVICE_WORDS = frozenset(
    {
        "army",
        "guard",
        "guards",
        "force",
        "forces",
        "agency",
        "service",
        "intelligence",
        "corps",
        "navy",
        "command",
        "police",
    }
    | {"assembly", "council", "security", "committee", "directorate", "rifles", "marines", "staff", "congress", "house"}
    | {"senate", "peshmerga", "military", "bureau", "unit", "parliament"}
)
_SHORT = frozenset({"NATO", "OPEC", "OPEC+", "ASEAN", "UNESCO", "UNICEF", "FIFA"})
_SERVICES = frozenset({"MIL", "LEG", "SPY", "COP"})
_FOLDERS = {
    "State": "state",
    "Person": "person",
    "IntergovernmentalOrganisation": "organisation",
    "Organisation": "organisation",
    "GovernmentBody": "body",
    "ArmedGroup": "armed-group",
    "PoliticalParty": "party",
    "Company": "company",
    "MediaOrganisation": "media",
    "Group": "group",
    "Place": "place",
    "Document": "document",
}


def make_key(kind: str, name: str) -> str:
    """The key of a thing by its kind and name (``armed-group/hezbollah``)."""
    return f"{_FOLDERS.get(kind, 'thing')}/{slug(name)}"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing of the reference data; ``state`` is the ISO 3166 code it is of or in, ``weight`` its prominence."""

    key: str
    kind: str
    name: str
    qid: str = ""
    aliases: tuple[str, ...] = ()
    state: str = ""
    latitude: float | None = None
    longitude: float | None = None
    weight: float = 0.0
    capital: str = ""
    gender: str = ""
    group: str = ""
    demonym: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name may stand for: ``how`` is ``name``, ``acronym``, ``demonym``, ``capital`` or ``metonym``."""

    record: Record
    how: str = "name"


@dataclass(frozen=True, slots=True)
class Office:
    """An office held by a person from ``start`` to ``end`` (ISO, maybe truncated; empty = unknown or still held)."""

    person: str
    organisation: str
    title: str
    role: str
    start: str
    end: str
    source: str

    def held(self, date: str) -> bool:
        """Whether the office was held at ``date``, as far as the two are precise."""
        return _not_after(self.start, date) and (not self.end or _not_after(date, self.end))


def _not_after(one: str, other: str) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] <= other[:shared]


class Reference:
    """The reference data with its indexes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records: dict[str, Record] = {}
        self.names: dict[str, tuple[Sense, ...]] = {}
        self._building: dict[str, list[Sense]] = defaultdict(list)
        self.by_iso3: dict[str, Record] = {}
        self._offices: list[Office] = []
        self._load_states()
        self._load_organisations()
        self._load_bodies()
        self._load_cities()
        self._load_regions()
        self._load_persons()
        self._load_metonyms()
        self.names = {name: tuple(sorted(senses, key=_prominence)) for name, senses in self._building.items()}
        self._building.clear()

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
        """The capital of a state (its key)."""
        record = self.records.get(state)
        return self._capitals.get(record.state) if record else None

    @cached_property
    def _capitals(self) -> dict[str, Record]:
        capitals: dict[str, Record] = {}
        named = {r.state: r.capital for r in self.by_iso3.values()}
        found = (r for r in self.records.values() if r.group == "capital")
        for record in sorted(found, key=lambda r: (r.name != named.get(r.state), -r.weight, r.key)):
            capitals.setdefault(record.state, record)
        return capitals

    @cached_property
    def permanent_members(self) -> frozenset[str]:
        """The keys of the permanent members of the Security Council."""
        return frozenset(m.member for m in self.memberships if m.kind == "permanent member" and not m.end)

    def gender(self, name: str) -> str:
        """What persons of this first name mostly are: ``male``, ``female``, or empty where few bear it or both do."""
        return self._genders.get(first_word(fold(name)).lower(), "")

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
        for row in _rows(self.folder, "memberships"):
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

    # -- loading ---------------------------------------------------------------------------------------------------

    def _add(self, record: Record) -> Record:
        return self.records.setdefault(record.key, record)

    def _name(self, name: str, record: Record, how: str = "name") -> None:
        key = name_key(name)
        if len(key) < 2:
            return
        senses = self._building[key]
        if not any(s.record.key == record.key for s in senses):
            senses.append(Sense(record, how))

    def _load_states(self) -> None:
        for row in _rows(self.folder, "countries"):
            record = Record(
                key=make_key("State", row["name"]),
                kind="State",
                name=row["name"],
                qid=row["qid"],
                aliases=_cell(row["official_name"]),
                state=row["iso3"],
                latitude=_number(row.get("latitude", "")),
                longitude=_number(row.get("longitude", "")),
                weight=1.0 if row["un_member"] == "true" else 0.5,
                capital=row["capital"],
                group=row.get("status", ""),
                demonym=(*_cell(row["demonyms"]), "")[0],
            )
            self._add(record)
            self.by_iso3[row["iso3"]] = record
            for name in (row["name"], row["official_name"], *_cell(row["aliases"])):
                if not (len(name) == 2 and name not in ("US", "UK")):
                    self._name(name, record)
            for demonym in _cell(row["demonyms"]):
                self._name(demonym, record, "demonym")

    def _load_cities(self) -> None:
        capitals = {(r.capital, r.state) for r in self.by_iso3.values()}
        items = {row["capital_qid"]: row["capital"] for row in _rows(self.folder, "countries") if row["capital_qid"]}
        sized: list[tuple[float, bool, dict[str, str]]] = []
        for row in _rows(self.folder, "cities"):
            known = row["qid"] in items or (row["name"], row["country_iso3"]) in capitals
            is_capital = known or row["capital"].startswith("country")
            sized.append(((_number(row["population"]) or 0.0) + (1e7 if is_capital else 0.0), is_capital, row))
        for weight, is_capital, row in sorted(sized, key=lambda s: (-s[0], s[2]["name"], s[2]["qid"])):
            name = items.get(row["qid"], row["name"])
            key = make_key("Place", name)
            if key in self.records:
                key = f"{key}-{row['country_iso3'].lower()}"
            record = Record(
                key=key,
                kind="Place",
                name=name,
                qid=row["qid"],
                state=row["country_iso3"],
                latitude=_number(row.get("latitude", "")),
                longitude=_number(row.get("longitude", "")),
                weight=weight,
                group="capital" if is_capital else "city",
            )
            if key in self.records:
                continue
            self._add(record)
            for alias in dict.fromkeys((name, row["name"], *_cell(row["aliases"]))):
                self._name(alias, record, "capital" if is_capital else "name")

    def _load_organisations(self) -> None:
        for row in _rows(self.folder, "organisations"):
            kind = _KINDS.get(row["kind"].lower(), "IntergovernmentalOrganisation")
            name = row["acronym"] if row["acronym"] in _SHORT else row["name"]
            aliases = (row["name"], *_cell(row["acronym"]), *_cell(row["aliases"]))
            record = Record(
                key=make_key(kind, name),
                kind=kind,
                name=name,
                qid=row["qid"],
                state=row.get("state_iso3", ""),
                aliases=tuple(a for a in dict.fromkeys(aliases) if a != name),
                group=row["kind"].lower(),
            )
            self._add(record)
            for alias in (row["name"], *_cell(row["aliases"])):
                for spelling in spellings(alias):
                    self._name(spelling, record)
            for acronym in _cell(row["acronym"]):
                self._name(acronym, record, "acronym")

    def _load_bodies(self) -> None:
        """Institutions of states, and names that stand for a state, from ``ontology/lexicon/bodies.yaml``."""
        path = data_dir("ontology") / "lexicon" / "bodies.yaml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for body in data["bodies"]:
            kind = body.get("kind", "GovernmentBody")
            record = Record(
                key=make_key(kind, body["name"]),
                kind=kind,
                name=body["name"],
                aliases=tuple(body["aliases"]),
                state=body["state"],
                group="body",
            )
            record = self._add(record)
            for name in (body["name"], *body["aliases"]):
                self._name(name, record)
        self._premiers = frozenset(data["led_by_premier"])
        for iso3, names in data["stands_for_state"].items():
            for name in names:
                self._name(name, self.by_iso3[iso3], "metonym")

    def _load_regions(self) -> None:
        for row in _rows(self.folder, "regions"):
            key = make_key("Place", row["name"])
            record = Record(
                key=key,
                kind="Place",
                name=row["name"],
                qid=row["qid"],
                state=row.get("state_iso3", ""),
                latitude=_number(row.get("latitude", "")),
                longitude=_number(row.get("longitude", "")),
                weight=1e6,
                group="region",
            )
            if key not in self.records:
                self._add(record)
                for name in (row["name"], *_cell(row["aliases"])):
                    self._name(name, record)

    def _load_metonyms(self) -> None:
        """Other names of capitals, and services by which texts name a state."""
        for row in _rows(self.folder, "metonyms"):
            alias, iso3 = row["alias"], row["country_iso3"]
            placed = any(s.record.kind == "Place" for s in self._building.get(name_key(alias), ()))
            if row["role"] == "CAPITAL" and iso3 in self._capitals and not placed:
                self._name(alias, self._capitals[iso3], "capital")
            elif row["role"] in _SERVICES and self._names_service(alias):
                key = make_key("GovernmentBody", alias)
                body = Record(key=key, kind="GovernmentBody", name=alias, state=iso3, group="body")
                self._name(alias, self._add(body))

    def _names_service(self, alias: str) -> bool:
        """Whether a metonym is a new name of several words, one of which says that it is a service and no person."""
        words = alias.lower().replace("-", " ").split()
        told = len(words) > 1 and not _SERVICE_WORDS.isdisjoint(words)
        return told and name_key(alias) not in self._building and not alias.startswith(("Us ", "Pla ", "The ", "U.S. "))

    def _load_persons(self) -> None:
        titles = load_titles()
        organisations = {name: senses[0].record.key for name, senses in self._building.items()}
        genders = {row["qid"]: row.get("gender", "") for row in _rows(self.folder, "persons")}
        persons: dict[str, Record] = {}
        for row in _rows(self.folder, "officeholders"):
            qid = row["person_qid"] or row["person"]
            person = persons.get(qid) or self._person(row, genders.get(qid, ""))
            persons[qid] = person
            self._name(row["person"], person)
            position, at = row["position"], organisations.get(name_key(row["country"]), "")
            office, _, of = position.partition(" of the ")
            if organisations.get(name_key(of)):
                position, at = office, organisations[name_key(of)]
            if at:
                title = titles.normalise(position)
                self._offices.append(
                    Office(person.key, at, title.text, title.role, row["start"], row["end"], row["source_repo"])
                )
        self._join_doubles()
        self._load_person_names()

    def _load_person_names(self) -> None:
        """Other names of office-holders, such as the spellings of different newspapers."""
        for row in _rows(self.folder, "person_names"):
            for sense in self._building.get(name_key(row["person"]), ())[:1]:
                for alias in _cell(row["aliases"]):
                    self._name(alias, sense.record)

    def _join_doubles(self) -> None:
        """Where a source without items and one with them name one office-holder, the name without item is an alias."""
        held: dict[tuple[str, str, str], str] = {}
        for office in self._offices:
            if self.records[office.person].qid and len(office.start) == 10:
                held[office.organisation, office.title, office.start] = office.person
        renamed: dict[str, str] = {}
        for office in self._offices:
            other = held.get((office.organisation, office.title, office.start), office.person)
            one, two = self.records[office.person], self.records[other]
            if other != office.person and not one.qid and _alike(one.name, two.name):
                renamed[one.key] = two.key
                self._building.pop(name_key(one.name), None)
                self._name(one.name, two)
        if renamed:
            self._offices = [o for o in self._offices if o.person not in renamed]
            for key in renamed:
                del self.records[key]

    def _person(self, row: dict[str, str], gender: str) -> Record:
        key = make_key("Person", row["person"])
        if key in self.records:
            key = f"{key}-{row['person_qid'].lower()}"
        states = [s.record for s in self._building.get(name_key(row["country"]), ()) if s.record.kind == "State"]
        record = self._add(
            Record(
                key=key,
                kind="Person",
                name=row["person"],
                qid=row["person_qid"],
                state=states[0].state if states else "",
                gender=gender,
            )
        )
        self._name(row["person"], record)
        return record

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


def spellings(name: str) -> tuple[str, ...]:
    """A name in British and American spelling, and with the United Nations and States abbreviated."""
    found = {name: None}
    for one, other in _SPELLINGS:
        for spelled in tuple(found):
            if one in spelled:
                found[spelled.replace(one, other)] = None
    return tuple(found)


_SPELLINGS = (
    ("Organization", "Organisation"),
    ("Organisation", "Organization"),
    ("Defense", "Defence"),
    ("Programme", "Program"),
    ("Labour", "Labor"),
    ("African Union ", "AU "),
    ("European Union ", "EU "),
    ("United Nations ", "UN "),
    ("UN ", "U.N. "),
    ("United States ", "US "),
    ("US ", "U.S. "),
    ("Co-operation", "Cooperation"),
)


def first_word(name: str) -> str:
    """The letters and digits with which a name begins; names are found in texts by them."""
    for index, character in enumerate(name):
        if not character.isalnum():
            return name[:index] or name[:1]
    return name


def _alike(one: str, other: str) -> bool:
    """Whether two names begin alike by sound."""
    return skeleton(name_words(one)[0]) == skeleton(name_words(other)[0])


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[first_word(name)].add(len(name))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


def _prominence(sense: Sense) -> tuple[int, float, str]:
    """States before organisations before places; capitals before large cities before small ones."""
    return {"State": 0, "Place": 2, "Person": 3}.get(sense.record.kind, 1), -sense.record.weight, sense.record.key


def _cell(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split("|") if part.strip())


def _number(value: str) -> float | None:
    return float(value) if value else None


def _rows(folder: Path, stem: str) -> Iterator[dict[str, str]]:
    """The rows of a table, plain or gzipped; nothing where there is no such table."""
    for path in (folder / f"{stem}.csv", folder / f"{stem}.csv.gz", folder / "extra" / f"{stem}.csv"):
        if path.is_file():
            opener = gzip.open if path.suffix == ".gz" else open
            with opener(path, "rt", encoding="utf-8", newline="") as lines:
                yield from csv.DictReader(lines)
            return


@lru_cache(maxsize=2)
def load_reference(folder: Path | None = None) -> Reference:
    """The reference data, read once per process; raises InputError where the folder is missing."""
    folder = folder or data_dir("ontology") / "reference"
    if not folder.is_dir():
        raise InputError("no reference data here", source=str(folder))
    return Reference(folder)


__all__ = ["Office", "Record", "Reference", "Sense", "first_word", "fold", "load_reference", "make_key"]
