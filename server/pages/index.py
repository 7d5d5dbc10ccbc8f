"""What every page looks up, read once from the store and kept until the store changes.

Lists of a hub's 30,000 events, counts by class and suggestions as one types must not cost a query over the whole graph
each time. The index holds names, classes, and events with date, parties and articles; details come from the store.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from kg.graph.judged import graph_of
from kg.graph.store.protocol import Store
from kg.graph.terms import DCTERMS, KG, Minter, value
from server.pages import queries
from server.pages.names import Name, Names
from server.pages.naming import local_name
from server.pages.rows import rows
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
    same: dict[str, str] = field(default_factory=dict)
    complete: bool = True
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
    *_, index = stages(store, minter)
    return index


def stages(store: Store, minter: Minter) -> Iterator[Index]:
    """Reads the index and gives it as far as it is: with things, with events and articles too, and when all is there.

    Each that is given stays as it is; all but the last are not ``complete``.
    """
    index = Index(store.version, minter, _schema(store, minter), complete=False)
    for thing, label in rows(store, queries.fill(queries.LABELS, inferred=index.inferred)):
        index.labels.setdefault(thing, label)
    _read_things(index, store)
    _join_merged(index, store)
    yield replace(index, _memo={})
    _read_events(index, store)
    _read_articles(index, store)
    yield replace(index, _memo={})
    yield replace(index, names=Names.of(_names(index)), complete=True, _memo={})


def _schema(store: Store, minter: Minter) -> Schema:
    ontology = value(minter.ontology)
    terms = rows(store, queries.fill(queries.TERMS, ontology=ontology))
    above = rows(store, queries.fill(queries.ABOVE, ontology=ontology))
    return read_schema(terms, above)


def _classes(index: Index, store: Store, roots: Iterable[str]) -> dict[str, str]:
    """Things with the local name of their most specific asserted class below any of ``roots``."""
    types = sorted({below for root in roots for below in index.schema.below(root)})
    found: dict[str, set[str]] = defaultdict(set)
    query = queries.fill(queries.TYPES, types=types, inferred=index.inferred)
    for thing, kind in rows(store, query):
        found[thing].add(kind)
    specific, named = index.schema.most_specific, {each: local_name(each) for each in types}
    return {thing: named[next(iter(kinds)) if len(kinds) == 1 else specific(kinds)] for thing, kinds in found.items()}


def _read_things(index: Index, store: Store) -> None:
    for thing, kind in _classes(index, store, KINDS).items():
        index.things[thing] = Thing(thing, kind, index.labels.get(thing) or local_name(thing))
    for thing, name in rows(store, queries.OTHER_NAMES):
        known = index.things.get(thing)
        if known and name not in known.names:
            known.names.append(name)
    for actor, state in rows(store, queries.REPRESENTED):
        known = index.things.get(actor)
        if known and state not in known.states and state != actor:
            known.states.append(state)
    index.coordinates = {thing: (float(lat), float(long)) for thing, lat, long in rows(store, queries.COORDINATES)}


def _join_merged(index: Index, store: Store) -> None:
    """Makes one thing of entities that people judged to be one: the one known elsewhere, else the one named first."""
    query = queries.fill(queries.MERGED, judgements=value(graph_of(index.minter)))
    groups: dict[str, set[str]] = {}
    rank: dict[str, int] = {}
    for one, other, linked in rows(store, query):
        group = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(group, group))
        rank[one] = min(rank.get(one, 1), 1)
        rank[other] = 0 if linked else rank.get(other, 2)
    for group in {min(group): group for group in groups.values()}.values():
        kept, *others = sorted(group & index.things.keys(), key=lambda iri: (rank[iri], iri)) or [""]
        for other in others:
            index.same[other] = kept
            gone, thing = index.things.pop(other), index.things[kept]
            thing.names += [name for name in (gone.label, *gone.names) if name not in (thing.label, *thing.names)]
            thing.states += [state for state in gone.states if state not in thing.states]
    for thing in index.things.values():
        thing.states = list(dict.fromkeys(index.same.get(state, state) for state in thing.states))


def _read_events(index: Index, store: Store) -> None:
    unordered: dict[str, Happening] = {}
    classes = _classes(index, store, ("Event",))
    tones = {kind: index.schema.tone(kind) for kind in set(classes.values())}
    for event, kind in classes.items():
        label = index.labels.get(event) or index.schema.label(KG + kind)
        unordered[event] = Happening(event, kind, tones[kind], label)
    for event, name, said in rows(store, queries.PARTICULARS):
        happening = unordered.get(event)
        if happening:
            _note(index, happening, name[len(KG) :], said)
    _read_roles(index, store, unordered)
    for fact, article in rows(store, queries.REPORTED):
        happening = unordered.get(fact)
        if happening and article not in happening.articles:
            happening.articles.append(article)
    ordered = sorted(unordered.values(), key=lambda h: (h.date, h.iri), reverse=True)
    index.events = {happening.iri: happening for happening in ordered}
    index.events_of = _by_party(ordered)


def _read_roles(index: Index, store: Store, events: dict[str, Happening]) -> None:
    roles = _role_properties(index.schema)
    general = {role: _general(index.schema, role) for role in roles}
    named = {role: local_name(role) for role in roles}
    query = queries.fill(queries.ROLES, roles=roles, inferred=index.inferred)
    for event, role, named_party in rows(store, query):
        happening, party = events.get(event), index.same.get(named_party, named_party)
        if happening is None:
            continue
        if (named[role], party) not in happening.parties:
            happening.parties.append((named[role], party))
        if (general[role], party) not in happening.general:
            happening.general.append((general[role], party))


def _general(schema: Schema, role: str) -> str:
    """The general role that a role is or lies below, ``participant`` where it is neither agent nor target."""
    return next((name for name in GENERAL_ROLES if KG + name in schema.ancestors(role)), "participant")


def _role_properties(schema: Schema) -> list[str]:
    """The properties below ``kg:involves`` that link an event to a thing rather than to a proposition or a choice."""
    return [role for role in schema.below("involves") if local_name(role) not in ("content", "choice", "involves")]


def _note(index: Index, happening: Happening, name: str, said: str) -> None:
    if name == "date":
        happening.date = happening.date or said
    elif name == "endDate":
        happening.end = happening.end or said
    elif name == "planned":
        happening.planned = said in ("true", "1")
    elif name == "content":
        happening.about = happening.about or index.labels.get(said, "")
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
    for article, name, said in rows(store, queries.IMPRINTS):
        piece = index.pieces.get(article)
        if piece:
            setattr(piece, name[len(DCTERMS) :], index.labels.get(said, said))
    for article, thing in rows(store, queries.REFERENCES):
        index.references.setdefault(index.same.get(thing, thing), []).append(article)
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
