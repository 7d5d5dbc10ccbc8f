"""Loads the tables of ``ontology/reference`` and the institutions of the lexicon: what there is, by key and by name."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import yaml

from kg.config import data_dir
from kg.link.names import name_key, name_words, skeleton
from kg.link.record import Office, Record, Sense, make_key, prominence, spellings
from kg.link.titles import load_titles

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
_REMARK = re.compile(r"\s*\(\d[^)]*\)$")
_INITIALS = re.compile(r"(?<=\b[A-Z])\. (?=[A-Z]\.)")
"""What stands between initials, which some write "P.W." """
_FEDERAL = re.compile(r"^Federal (?=Chancellor|Minister|Prime Minister|President)")


class Tables:
    """The reference data as it is loaded; :class:`kg.link.reference.Reference` looks things up in it."""

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
        self.names = {name: tuple(sorted(senses, key=prominence)) for name, senses in self._building.items()}
        self._building.clear()

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
        for row in rows(self.folder, "countries"):
            record = Record(
                key=make_key("State", row["name"]),
                kind="State",
                name=row["name"],
                qid=row["qid"],
                aliases=cell(row["official_name"]),
                state=row["iso3"],
                latitude=number(row.get("latitude", "")),
                longitude=number(row.get("longitude", "")),
                weight=1.0 if row["un_member"] == "true" else 0.5,
                capital=row["capital"],
                group=row.get("status", ""),
                demonym=(*cell(row["demonyms"]), "")[0],
            )
            self._add(record)
            self.by_iso3[row["iso3"]] = record
            for name in (row["name"], row["official_name"], *cell(row["aliases"])):
                if not (len(name) == 2 and name not in ("US", "UK")):
                    self._name(name, record)
            for demonym in cell(row["demonyms"]):
                self._name(demonym, record, "demonym")

    def _load_cities(self) -> None:
        capitals = {(r.capital, r.state) for r in self.by_iso3.values()}
        items = {row["capital_qid"]: row["capital"] for row in rows(self.folder, "countries") if row["capital_qid"]}
        sized: list[tuple[float, bool, dict[str, str]]] = []
        for row in rows(self.folder, "cities"):
            known = row["qid"] in items or (row["name"], row["country_iso3"]) in capitals
            is_capital = known or row["capital"].startswith("country")
            sized.append(((number(row["population"]) or 0.0) + (1e7 if is_capital else 0.0), is_capital, row))
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
                latitude=number(row.get("latitude", "")),
                longitude=number(row.get("longitude", "")),
                weight=weight,
                group="capital" if is_capital else "city",
            )
            if key in self.records:
                continue
            self._add(record)
            for alias in dict.fromkeys((name, row["name"], *cell(row["aliases"]))):
                self._name(alias, record, "capital" if is_capital else "name")

    def _load_organisations(self) -> None:
        for row in rows(self.folder, "organisations"):
            kind = _KINDS.get(row["kind"].lower(), "IntergovernmentalOrganisation")
            name = row["acronym"] if row["acronym"] in _SHORT else row["name"]
            aliases = (row["name"], *cell(row["acronym"]), *cell(row["aliases"]))
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
            for alias in (row["name"], *cell(row["aliases"])):
                for spelling in spellings(alias):
                    self._name(spelling, record)
            for acronym in cell(row["acronym"]):
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
        self._formerly: dict[str, tuple[str, str, str]] = data["formerly"]
        self._called_once: dict[str, tuple[str, str, str]] = data["called_once"]
        self._former_capitals: dict[str, tuple[str, str, str]] = data["former_capitals"]
        for iso3, names in data["stands_for_state"].items():
            for name in names:
                self._name(name, self.by_iso3[iso3], "metonym")

    def _load_regions(self) -> None:
        for row in rows(self.folder, "regions"):
            key = make_key("Place", row["name"])
            record = Record(
                key=key,
                kind="Place",
                name=row["name"],
                qid=row["qid"],
                state=row.get("state_iso3", ""),
                latitude=number(row.get("latitude", "")),
                longitude=number(row.get("longitude", "")),
                weight=1e6,
                group="region",
            )
            if key not in self.records:
                self._add(record)
                for name in (row["name"], *cell(row["aliases"])):
                    self._name(name, record)

    def _load_metonyms(self) -> None:
        """Other names of capitals, and services by which texts name a state."""
        for row in rows(self.folder, "metonyms"):
            alias, iso3 = row["alias"], row["country_iso3"]
            placed = any(s.record.kind == "Place" for s in self._building.get(name_key(alias), ()))
            if row["role"] == "CAPITAL" and iso3 in self.capitals and not placed:
                self._name(alias, self.capitals[iso3], "capital")
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
        genders = {row["qid"]: row.get("gender", "") for row in rows(self.folder, "persons")}
        persons: dict[str, Record] = {}
        for row in rows(self.folder, "officeholders"):
            qid = row["person_qid"] or row["person"]
            person = persons.get(qid) or self._person(row, genders.get(qid, ""))
            persons[qid] = person
            self._name(row["person"], person)
            self._name(_INITIALS.sub(".", row["person"]), person)
            position, at = (
                office_alone(row["position"], row["country"]),
                organisations.get(name_key(row["country"]), ""),
            )
            office, _, of = position.partition(" of the ")
            body = self.records.get(organisations.get(name_key(of), ""))
            if body and (not body.state or at not in self.records or body.state == self.records[at].state):
                position, at = office, body.key  # not the Senate of another state
            if at:
                title = titles.normalise(position)
                self._offices.append(
                    Office(person.key, at, title.text, title.role, row["start"], row["end"], row["source_repo"])
                )
        self._join_doubles()
        self._load_person_names()

    def _load_person_names(self) -> None:
        """Other names of office-holders, such as the spellings of different newspapers."""
        for row in rows(self.folder, "person_names"):
            for sense in self._building.get(name_key(row["person"]), ())[:1]:
                for alias in cell(row["aliases"]):
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
    def capitals(self) -> dict[str, Record]:
        capitals: dict[str, Record] = {}
        named = {r.state: r.capital for r in self.by_iso3.values()}
        found = (r for r in self.records.values() if r.group == "capital")
        for record in sorted(found, key=lambda r: (r.name != named.get(r.state), -r.weight, r.key)):
            capitals.setdefault(record.state, record)
        return capitals


def rows(folder: Path, stem: str) -> Iterator[dict[str, str]]:
    """The rows of a table, plain or gzipped; nothing where there is no such table."""
    for path in (folder / f"{stem}.csv", folder / f"{stem}.csv.gz", folder / "extra" / f"{stem}.csv"):
        if path.is_file():
            opener = gzip.open if path.suffix == ".gz" else open
            with opener(path, "rt", encoding="utf-8", newline="") as lines:
                yield from csv.DictReader(lines)
            return


def cell(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split("|") if part.strip())


def number(value: str) -> float | None:
    return float(value) if value else None


def _alike(one: str, other: str) -> bool:
    """Whether two names begin alike by sound."""
    return skeleton(name_words(one)[0]) == skeleton(name_words(other)[0])


def office_alone(position: str, country: str) -> str:
    """An office without what its source adds: "Federal Chancellor of Germany (1949–)" of Germany is Chancellor."""
    plain = _FEDERAL.sub("", _REMARK.sub("", position).strip())
    office, _, of = plain.rpartition(" of ")
    return office if office and name_key(of.removeprefix("the ")) == name_key(country) else plain
