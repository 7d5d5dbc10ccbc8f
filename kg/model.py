"""The waist between language and graph: what an article is, what it mentions, and the facts it states.

Everything here is frozen, picklable and free of RDF. Entities are named by a *key*, the path of their IRI below
``…/id/`` (``state/russia``, ``person/vladimir-putin``); classes, roles and role concepts by the local name of their
term in the ontology (``Meeting``, ``agent``, ``ForeignMinister``). Dates are ISO text no more precise than their
source: ``2012-06-05``, ``2012-05`` or ``2012``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as cleaned and stored; every offset in every fact refers to ``text``."""

    slug: str
    title: str
    text: str
    source: str
    publisher: str = ""
    author: str = ""
    published: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A judgement that an entity is the thing an IRI of another knowledge base names; ``score`` is 0 to 1."""

    iri: str
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An actor, place, document or topic; ``kind`` is an ontology class, ``iso3`` is set for states only."""

    key: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    identities: tuple[Identity, ...] = ()
    iso3: str = ""
    of_state: str = ""
    located_in: str = ""
    authors: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch ``text[begin:finish]`` of the article that refers to the entity ``key``.

    ``form`` is ``name``, ``description`` ("the Russian president") or ``pronoun``.
    """

    key: str
    begin: int
    finish: int
    form: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentence behind a fact: its offsets, its words, whom the article credits with it, and how sure we are."""

    article: str
    begin: int
    finish: int
    quote: str
    attributed_to: tuple[str, ...] = ()
    confidence: float = 0.9
    found_by: str = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What somebody urges, fears, denies, demands or imagines; never itself an event."""

    text: str
    describes: str = ""
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who or what takes part in an event, by which role (``agent``, ``target``, ``place``, ``voter`` …)."""

    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that an article presents as having happened, or as scheduled.

    ``key`` (``event/<hash>``) is given when events are merged; events with one key are one happening. ``choice`` is
    ``For``, ``Against`` or ``Abstain``; ``killed`` and ``injured`` are counts, lower bounds where ``at_least``.
    """

    kind: str
    evidence: Evidence
    roles: tuple[Role, ...] = ()
    date: str = ""
    end_date: str = ""
    date_text: str = ""
    choice: str = ""
    killed: int | None = None
    injured: int | None = None
    at_least: bool = False
    planned: bool = False
    quotation: str = ""
    content: Proposition | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A person holds an office: ``title`` in the source's words, ``role`` a concept, ``organisation`` a key."""

    holder: str
    organisation: str
    title: str
    evidence: Evidence | None
    role: str = ""
    start: str = ""
    end: str = ""
    as_of: str = ""
    former: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An actor belongs to an organisation; ``kind`` as in "member", "permanent member", "observer"."""

    member: str
    organisation: str
    evidence: Evidence | None
    kind: str = "member"
    start: str = ""
    end: str = ""
    as_of: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A stated relation between two actors, such as ``allyOf``."""

    kind: str
    subject: str
    object: str
    evidence: Evidence
    as_of: str = ""


Fact: TypeAlias = Event | Tenure | Membership | Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was taken from one article."""

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
