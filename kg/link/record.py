"""What the reference data is made of: things, the names that they go by, and the offices that persons held."""

from __future__ import annotations

from dataclasses import dataclass

from kg.link.names import slug

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


def prominence(sense: Sense) -> tuple[int, float, str]:
    """States before organisations before places; capitals before large cities before small ones."""
    return {"State": 0, "Place": 2, "Person": 3}.get(sense.record.kind, 1), -sense.record.weight, sense.record.key
