"""What every page looks up, read once from the store and kept until the store changes.

Lists of a hub's 30,000 events, counts by class and suggestions as one types must not cost a query over the whole graph
each time. The index holds names, classes, and events with date, parties and articles; details come from the store.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from kg.graph.store.protocol import Store
from kg.graph.terms import DCTERMS, GEO, KG, RDFS, SKOS, Minter, iri, is_iri, value
from server.pages import queries
from server.pages.names import Name, Names
from server.pages.naming import local_name
from server.pages.schema import KINDS, Schema, read_schema

Made = TypeVar("Made")
_MOST_MEMOS = 4000
GENERAL_ROLES = ("agent", "target", "place", "body", "motion", "topic")


@dataclass(slots=True)
class Thing:
    """An entity: its class by local name, its label and other names, and the state it belongs to."""

    iri: str
    kind: str
    label: str
    names: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Happening:
    """An event: class, tone, dates as text, who and what is involved, where it is reported.

    ``parties`` names each role as asserted (``vetoer``), ``general`` the one of the general roles that it is below.
    """

    iri: str
    kind: str
    tone: str
    label: str
    date: str = ""
    end: str = ""
    planned: bool = False
    choice: str = ""
    about: str = ""
    parties: list[tuple[str, str]] = field(default_factory=list)
    general: list[tuple[str, str]] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """An article as lists show it."""

    iri: str
    title: str
    publisher: str = ""
    issued: str = ""
    facts: int = 0


@dataclass(slots=True)
class Index:
    """The graph as lists need it; ``events_of`` is ordered newest first."""

    version: int
    minter: Minter
    schema: Schema
    things: dict[str, Thing] = field(default_factory=dict)
    events: dict[str, Happening] = field(default_factory=dict)
    pieces: dict[str, Piece] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    events_of: dict[str, list[Happening]] = field(default_factory=dict)
    coordinates: dict[str, tuple[float, float]] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: Names([]))
    _memo: dict[Hashable, Any] = field(default_factory=dict)

    def memo(self, key: Hashable, compute: Callable[[], Made]) -> Made:
        """What ``compute`` made for ``key`` before, else makes it; for what takes long with hubs."""
        if key not in self._memo:
            if len(self._memo) >= _MOST_MEMOS:
                self._memo.clear()
            self._memo[key] = compute()
        return cast("Made", self._memo[key])

    @property
    def inferred(self) -> str:
        """The IRI of the graph of inferred statements."""
        return value(self.minter.inferred)

    def label(self, term_iri: str) -> str:
        """What a reader calls a thing, a term of the ontology, or any other IRI."""
        found = self.labels.get(term_iri)
        if found:
            return found
        return self.schema.label(term_iri) if term_iri.startswith(KG) else local_name(term_iri)

    def latest(self) -> Iterator[Happening]:
        """All events, newest first, undated ones last."""
        return iter(self.events.values())


def build(store: Store, minter: Minter) -> Index:
    """Reads the index from a store."""
    index = Index(store.version, minter, _schema(store, minter))
    index.labels = {value(s): value(o) for s, _, o, _ in store.quads(None, iri(RDFS + "label"))}
    _read_things(index, store)
    _read_events(index, store)
    _read_articles(index, store)
    index.names = Names.of(_names(index))
    return index


def _schema(store: Store, minter: Minter) -> Schema:
    ontology = value(minter.ontology)
    terms = _plain(store, queries.fill(queries.TERMS, ontology=ontology), ("term", "type", "label", "comment"))
    above = _plain(store, queries.fill(queries.ABOVE, ontology=ontology), ("term", "relation", "above"))
    return read_schema(terms, above)


def _plain(store: Store, query: str, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The rows of a query as values in the order of ``names``; an unbound one is empty."""
    for row in store.rows(query):
        yield tuple(value(row[name]) if name in row else "" for name in names)


def _classes(index: Index, store: Store, roots: Iterable[str]) -> dict[str, str]:
    """Things with the local name of their most specific asserted class below any of ``roots``."""
    types = sorted({below for root in roots for below in index.schema.below(root)})
    found: dict[str, set[str]] = defaultdict(set)
    query = queries.fill(queries.TYPES, types=types, inferred=index.inferred)
    for thing, kind in _plain(store, query, ("thing", "type")):
        found[thing].add(kind)
    specific = index.schema.most_specific
    return {
        thing: local_name(next(iter(kinds)) if len(kinds) == 1 else specific(kinds)) for thing, kinds in found.items()
    }


def _read_things(index: Index, store: Store) -> None:
    for thing, kind in _classes(index, store, KINDS).items():
        index.things[thing] = Thing(thing, kind, index.labels.get(thing) or local_name(thing))
    for subject, _, name, _ in store.quads(None, iri(SKOS + "altLabel")):
        known = index.things.get(value(subject))
        if known and value(name) not in known.names:
            known.names.append(value(name))
    for actor, state in _plain(store, queries.REPRESENTED, ("actor", "state")):
        known = index.things.get(actor)
        if known and state not in known.states and state != actor:
            known.states.append(state)
    longitudes = {value(s): value(o) for s, _, o, _ in store.quads(None, iri(GEO + "long"))}
    for subject, _, latitude, _ in store.quads(None, iri(GEO + "lat")):
        if value(subject) in longitudes:
            index.coordinates[value(subject)] = (float(value(latitude)), float(longitudes[value(subject)]))


def _read_events(index: Index, store: Store) -> None:
    unordered: dict[str, Happening] = {}
    for event, kind in _classes(index, store, ("Event",)).items():
        label = index.labels.get(event) or index.schema.label(KG + kind)
        unordered[event] = Happening(event, kind, index.schema.tone(kind), label)
    for name in ("date", "endDate", "planned", "choice"):
        for subject, _, term, _ in store.quads(None, iri(KG + name)):
            happening = unordered.get(value(subject))
            if happening:
                _note(happening, name, value(term))
    for subject, _, content, _ in store.quads(None, iri(KG + "content")):
        happening = unordered.get(value(subject))
        if happening and not happening.about:
            happening.about = index.labels.get(value(content), "")
    _read_roles(index, store, unordered)
    for fact, article in _plain(store, queries.REPORTED, ("fact", "article")):
        happening = unordered.get(fact)
        if happening and article not in happening.articles:
            happening.articles.append(article)
    ordered = sorted(unordered.values(), key=lambda h: (h.date, h.iri), reverse=True)
    index.events = {happening.iri: happening for happening in ordered}
    index.events_of = _by_party(ordered)


def _read_roles(index: Index, store: Store, events: dict[str, Happening]) -> None:
    roles = _role_properties(index.schema)
    general = {role: _general(index.schema, role) for role in roles}
    query = queries.fill(queries.ROLES, roles=roles, inferred=index.inferred)
    for event, role, party in _plain(store, query, ("event", "role", "party")):
        happening = events.get(event)
        if happening is None:
            continue
        if (local_name(role), party) not in happening.parties:
            happening.parties.append((local_name(role), party))
        if (general[role], party) not in happening.general:
            happening.general.append((general[role], party))


def _general(schema: Schema, role: str) -> str:
    """The general role that a role is or lies below, ``participant`` where it is neither agent nor target."""
    return next((name for name in GENERAL_ROLES if KG + name in schema.ancestors(role)), "participant")


def _role_properties(schema: Schema) -> list[str]:
    """The properties below ``kg:involves`` that link an event to a thing rather than to a proposition or a choice."""
    return [role for role in schema.below("involves") if local_name(role) not in ("content", "choice", "involves")]


def _note(happening: Happening, name: str, said: str) -> None:
    if name == "date":
        happening.date = happening.date or said
    elif name == "endDate":
        happening.end = happening.end or said
    elif name == "planned":
        happening.planned = said in ("true", "1")
    else:
        happening.choice = local_name(said)


def _by_party(ordered: list[Happening]) -> dict[str, list[Happening]]:
    grouped: dict[str, list[Happening]] = defaultdict(list)
    for happening in ordered:
        for party in dict.fromkeys(party for _, party in happening.parties):
            grouped[party].append(happening)
    return dict(grouped)


def _read_articles(index: Index, store: Store) -> None:
    for article in _classes(index, store, ("Article",)):
        index.pieces[article] = Piece(article, index.labels.get(article) or local_name(article))
    for name in ("title", "publisher", "issued"):
        for subject, _, term, _ in store.quads(None, iri(DCTERMS + name)):
            piece = index.pieces.get(value(subject))
            if piece:
                setattr(piece, name, index.label(value(term)) if is_iri(term) else value(term))
    for article, _, thing, _ in store.quads(None, iri(DCTERMS + "references")):
        index.references.setdefault(value(thing), []).append(value(article))
    counts = Counter(article for happening in index.events.values() for article in happening.articles)
    for article, count in counts.items():
        if article in index.pieces:
            index.pieces[article].facts = count


def _names(index: Index) -> Iterator[Name]:
    for thing in index.things.values():
        weight = len(index.events_of.get(thing.iri, ()))
        yield Name(thing.label, thing.iri, weight)
        yield from (Name(name, thing.iri, weight, alias=True) for name in thing.names if name != thing.label)
    for piece in index.pieces.values():
        yield Name(piece.title, piece.iri)
    for happening in index.events.values():
        yield Name(happening.label, happening.iri, alias=True)
