"""The persons of one article: full names, the short forms that follow them, and who they are in the reference data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.link.names import fold, name_words, same_person_name, spelled_alike
from kg.link.reference import make_key

if TYPE_CHECKING:
    from kg.link.reference import Office, Record, Reference
    from kg.text.document import Referent

_YEARS = 12
_CAREER = 30
_MIDDLE = re.compile(r"(?<=\w )[A-Z]\. (?=\w)")  # "Boris N. Yeltsin": an initial that other texts leave out
_HIGH = frozenset({"HeadOfState", "HeadOfGovernment", "ForeignMinister", "Monarch", "Leader", "SecretaryGeneral"})
_OPEN = "2023"


@dataclass(frozen=True, slots=True)
class Identification:
    """A judgement that a name of the article is a person of the reference data."""

    record: Record
    score: float


class People:
    """Persons by their names; a short form goes to the full name that it ends or begins."""

    def __init__(
        self, reference: Reference, date: str, new: Callable[[str, str], Referent], states: frozenset[str] = frozenset()
    ) -> None:
        """``states`` are those that the article speaks of, by ISO 3166-1 code."""
        self.reference = reference
        self.date = date
        self._states = states
        self._new = new
        self.all: list[Referent] = []
        self.kin: set[int] = set()
        self._crowned: dict[str, Referent] = {}
        self._by_word: dict[str, list[Referent]] = {}
        self.records: dict[int, Record] = {}

    def add(self, name: str) -> Referent:
        """The person of a full name, a new one if no name of the article is a spelling of it."""
        words = [w.lower() for w in name_words(name)]
        for person in self._by_word.get(words[-1], ()):
            if same_person_name(name, person.name) >= 0.93:
                self._remember(person, name)
                return person
        for person in self._by_word.get(words[-1], ()):
            if any(_ends(name, other) for other in _full_names(person)):
                self._remember(person, name)
                if not person.key and len(_words(name)) > len(_words(person.name)):
                    person.name = name
                return person
        person = self._new("Person", name)
        if len(words) > 1:
            person.gender = self.reference.gender(name)
        self.all.append(person)
        self._remember(person, name)
        return person

    def crowned(self, name: str) -> Referent:
        """The king of a first name that is somebody else's last name in this article."""
        if name not in self._crowned:
            self._crowned[name] = self._new("Person", name)
            self.all.append(self._crowned[name])
        return self._crowned[name]

    def rename(self, person: Referent, name: str) -> None:
        """Gives a person another name."""
        self._remember(person, name)

    def short(self, word: str, gender: str = "") -> Referent | None:
        """The person whom a single name word means: of that surname, else of that first name.

        Of several the last, but rather who is spoken of than who is only somebody's father or wife (``kin``), and
        nobody of another ``gender``.
        """
        short = fold(word).lower()
        found = [p for p in self._by_word.get(short, []) if not gender or p.gender in ("", gender)]
        last = [p for p in found if any(_words(name)[-1] == short for name in _full_names(p))]
        first = [p for p in found if _words(p.name)[0] == short]
        choice = last or first or found
        choice = [p for p in choice if p.id not in self.kin] or choice
        return choice[-1] if choice else None

    def knows(self, word: str) -> bool:
        """Whether a word is part of a person's name in this article."""
        return fold(word).lower() in self._by_word

    def _remember(self, person: Referent, name: str) -> None:
        if name not in person.aliases:
            person.aliases.append(name)
        for word in {*_words(name), *name_words(name)}:
            people = self._by_word.setdefault(fold(word).lower(), [])
            if person not in people:
                people.append(person)

    # -- identity ----------------------------------------------------------------------------------------------------

    def identify(self, person: Referent, record: Record, score: float) -> None:
        """Takes a person to be a record of the reference data, unless a better judgement stands."""
        if score <= person.score or any(r.key == record.key and i != person.id for i, r in self.records.items()):
            return
        self.records[person.id] = record
        person.key, person.score, person.gender = record.key, score, person.gender or record.gender
        if person.name != record.name:
            person.aliases.append(person.name)
            person.name = record.name
            self._remember(person, record.name)

    def forget(self, person: Referent) -> None:
        """Takes back an identity that the article contradicts."""
        record = self.records.pop(person.id, None)
        if record:
            person.key, person.score = "", 0.0
            person.name = next((a for a in person.aliases if a != record.name), person.name)

    def by_name(self, person: Referent) -> Identification | None:
        """Who has exactly this name, or a spelling of it and high office, and held office near the article's date.

        Where the article speaks of his state, high office may be longer away, and the spelling more of a kind.
        """
        senses = self.reference.lookup(person.name) or self.reference.lookup(_MIDDLE.sub("", person.name))
        exact = [s.record for s in senses if s.record.kind == "Person"]
        near = [r for r in exact if self._active(r)]
        if len(near) == 1:
            return Identification(near[0], 0.9)
        if exact:
            once = [r for r in exact if r.state in self._states and self._prominent(r, _CAREER)]
            return Identification(once[0], 0.85) if len(once) == 1 else None
        alike = [r for r in self.reference.similar_persons(person.name) if self._prominent(r)]
        near = [r for r in alike if spelled_alike(person.name, r.name)] or [r for r in alike if r.state in self._states]
        return Identification(near[0], 0.8) if len(near) == 1 else None

    def by_office(self, name: str, role: str, organisation: str) -> Identification | None:
        """Who held this office at the article's date under a name like this; without organisation, who anywhere did."""
        if organisation:
            held = self.reference.holders(role, organisation, self.date)
        else:
            held = self.reference.holders_named(role, name, self.date)
        scored = sorted(((same_person_name(name, r.name), r.key, r) for r in held), key=lambda s: (-s[0], s[1]))
        if not scored or scored[0][0] < (0.85 if organisation else 0.9):
            return None
        if len({s[1] for s in scored if s[0] >= scored[0][0]}) > 1:
            return None
        return Identification(scored[0][2], 0.98 if organisation else 0.9)

    def by_past_office(self, name: str, role: str, organisation: str) -> Identification | None:
        """Who ever held this office under exactly this name."""
        held = {o.person for o in self.reference.past_offices(role, organisation) if o.start[:4] <= self.date[:4]}
        alike = [
            self.reference.records[k]
            for k in sorted(held)
            if same_person_name(name, self.reference.records[k].name) > 0.95
        ]
        return Identification(alike[0], 0.9) if len(alike) == 1 else None

    def state_of_name(self, name: str) -> str:
        """The state that everybody of this last name who ever led a state led; empty where they led several."""
        held = self.reference.states_led_by(name)
        return next(iter(held)) if len(held) == 1 else ""

    def offices(self, person: Referent) -> tuple[Office, ...]:
        """The offices that an identified person held at the article's date."""
        record = self.records.get(person.id)
        return tuple(o for o in self.reference.offices(record.key) if o.held(self.date)) if record else ()

    def homeland(self, person: Referent) -> str:
        """The key of the one state in which an identified person held all offices known; else empty."""
        record = self.records.get(person.id)
        held = self.reference.offices(record.key) if record else ()
        states = {o.organisation for o in held if o.organisation.startswith("state/")}
        return next(iter(states)) if len(states) == 1 else ""

    def _active(self, record: Record, around: int = _YEARS) -> bool:
        if not self.date:
            return True
        year = int(self.date[:4])
        offices = self.reference.offices(record.key)
        years = [int(d[:4]) for o in offices for d in (o.start, o.end or _OPEN) if d[:4].isdigit()]
        return not years or min(years) - around <= year <= max(years) + around

    def _prominent(self, record: Record, around: int = _YEARS) -> bool:
        roles = {o.role for o in self.reference.offices(record.key)}
        return bool(roles & _HIGH) and self._active(record, around)

    def finish(self) -> None:
        """Gives every person still without one a key, apart from those of reference persons of the same name."""
        for person in self.all:
            if not person.key:
                key = make_key("Person", person.name)
                if key in self.reference.records:
                    key += f"-{person.state.key.rpartition('/')[2]}" if person.state else "-unidentified"
                person.key = key


def _ends(one: str, other: str) -> bool:
    """Whether of two names of several words one ends the other: "López Obrador", "Andrés Manuel López Obrador"."""
    short, long = sorted((_words(one), _words(other)), key=len)
    return 1 < len(short) < len(long) and long[-len(short) :] == short


def _full_names(person: Referent) -> list[str]:
    """The names of more than one word by which a person is called, or the only one that he has."""
    return [name for name in (person.name, *person.aliases) if " " in name] or [person.name]


def _words(name: str) -> list[str]:
    return [w.lower() for w in fold(name).replace("-", " ").split() if len(w.strip(".")) > 1] or [name.lower()]
