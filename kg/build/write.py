"""From readings to the graph: merging across articles, then one transaction for each article that changed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from kg.build.ledger import Ledger
from kg.graph.judged import withdrawn
from kg.graph.map import article_quads, event_labels, link_quads, reference_quads
from kg.graph.roles import load_roles
from kg.graph.schema import install_ontology
from kg.graph.store import Store
from kg.graph.terms import Minter
from kg.link.merge import merge, names_happening
from kg.link.reference import Reference
from kg.model import Entity, Event, Identity

_FLUSHED = 50
"""Articles after which the store puts its buffers on disk, which would grow to a gigabyte before it does so itself."""
ALL = "all of the reference data"
"""A note in the ledger: the reference graph is to hold everything, mentioned or not."""


def drop_retracted(ledger: Ledger, store: Store, minter: Minter) -> int:
    """Forgets articles whose graphs were taken out of the store since; returns how many."""
    present = set(store.graphs())
    gone = [slug for slug in ledger.slugs(written=True) if minter.article_graph(slug) not in present]
    for slug in gone:
        ledger.remove(slug)
    return len(gone)


def merge_events(ledger: Ledger) -> dict[str, str]:
    """Gives every event the key of its happening; articles whose keys change are to be written anew.

    Returns, for each happening that several reports tell of, the article that tells it most precisely.
    """
    articles = list(ledger.events())
    events: list[Event] = []
    for _, _, own, _ in articles:
        events += own
    published = {slug: date for slug, date, _, _ in articles}
    merged = merge(events, published, _located(ledger))
    keys = iter([event.key for event in merged])
    for slug, _, own, before in articles:
        now = [next(keys) for _ in own]
        if now != before:
            ledger.set_keys(slug, now)
    told = Counter(event.key for event in merged)
    return {event.key: event.evidence.article for event in merged if told[event.key] > 1 and names_happening(event)}


def write_articles(
    ledger: Ledger,
    store: Store,
    minter: Minter,
    happenings: Mapping[str, str],
    progress: Callable[[int, int], None],
) -> int:
    """Writes the graph of every article that is not written yet, each in one transaction; returns how many.

    A happening of ``happenings`` is called in all of them as in the article that tells it most precisely. What people
    judged wrong is left out.
    """
    install_ontology(store, minter)
    roles, judged = load_roles(store), withdrawn(store, minter)
    waiting = ledger.slugs(written=False)

    @lru_cache(maxsize=_FLUSHED)
    def labels(slug: str) -> dict[str, str]:
        """What the article calls the happenings that it tells most precisely."""
        reading = ledger.reading(slug)
        naming = tuple(fact for fact in reading.facts if isinstance(fact, Event) and names_happening(fact))
        return event_labels(replace(reading, facts=naming), minter, roles)

    for number, slug in enumerate(waiting, start=1):
        reading = ledger.reading(slug)
        shared = {f.key: happenings[f.key] for f in reading.facts if isinstance(f, Event) and f.key in happenings}
        preferred = {key: labels(first)[key] for key, first in shared.items()}
        quads = judged.without(article_quads(reading, minter, roles, preferred))
        store.replace_graph(minter.article_graph(slug), quads)
        ledger.mark_written(slug)
        if number % _FLUSHED == 0:
            store.flush()
        progress(number, len(waiting))
    return len(waiting)


def write_knowledge(ledger: Ledger, store: Store, minter: Minter, reference: Reference) -> None:
    """Writes what reference data says of the entities that occur (or all it says), and their identities elsewhere."""
    found, seen = _occurring(ledger)
    known, tenures, memberships = reference.everything() if ledger.get(ALL) else reference.facts_about(found)
    lines = reference_quads(known, tenures, memberships, minter, roles=load_roles(store), seen=seen)
    identities = _linked([*found.values(), *known])
    judged = withdrawn(store, minter)
    for graph, said in ((minter.reference, lines), (minter.links, link_quads(identities, minter))):
        quads = judged.without(said)
        mark = hashlib.sha256("\n".join(quads).encode()).hexdigest()
        if ledger.get(graph) != mark or not store.size(graph):
            store.replace_graph(graph, quads)
            ledger.set(graph, mark)


def _located(ledger: Ledger) -> dict[str, str]:
    return {
        entity.key: entity.located_in for _, entities in ledger.entities() for entity in entities if entity.located_in
    }


def _occurring(ledger: Ledger) -> tuple[dict[str, Entity], dict[str, set[str]]]:
    """Every entity that occurs, with the identities that articles give it, and the dates of those articles."""
    found: dict[str, Entity] = {}
    seen: dict[str, set[str]] = defaultdict(set)
    for published, entities in ledger.entities():
        for entity in entities:
            known = found.get(entity.key)
            found[entity.key] = entity if known is None else _joined(known, entity.identities)
            if published:
                seen[entity.key].add(published)
    return found, seen


def _linked(entities: Iterable[Entity]) -> list[Entity]:
    found: dict[str, Entity] = {}
    for entity in entities:
        if entity.identities:
            known = found.get(entity.key)
            found[entity.key] = entity if known is None else _joined(known, entity.identities)
    return [found[key] for key in sorted(found)]


def _joined(entity: Entity, identities: Iterable[Identity]) -> Entity:
    """The entity with further identities, each once with its best score."""
    scores = {identity.iri: identity.score for identity in entity.identities}
    for identity in identities:
        scores[identity.iri] = max(identity.score, scores.get(identity.iri, 0.0))
    joined = tuple(Identity(iri=iri, score=score) for iri, score in sorted(scores.items()))
    return Entity(key=entity.key, kind=entity.kind, name=entity.name, aliases=entity.aliases, identities=joined)
