"""The one place that composes the flow: read → annotate → extract → link → map → store → infer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.build import pool, write
from kg.build.extract import Tools, load_tools, read_article
from kg.build.ledger import Ledger, ledger_of
from kg.build.version import content_digest, extraction_version
from kg.config import Settings
from kg.errors import InputError
from kg.graph.infer import InferenceReport, Reasoner
from kg.graph.infer import reasoner as make_reasoner
from kg.graph.reason.beyond import apply_rules
from kg.graph.store import OxigraphStore
from kg.graph.terms import Minter
from kg.link.merge import merge
from kg.link.reference import load_reference
from kg.model import Article, Event, Reading
from kg.text import read

__all__ = [
    "Outcome",
    "Tools",
    "Watch",
    "build",
    "load_all_reference",
    "load_tools",
    "one_article",
    "read_article",
    "read_together",
]


@dataclass(slots=True)
class Outcome:
    """What a build did: articles read, found unchanged, and graphs written; what failed, and what was derived."""

    read: int = 0
    unchanged: int = 0
    written: int = 0
    inference: InferenceReport | None = None
    errors: list[InputError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Watch:
    """Whom a build tells of its progress: each error as it comes, each article read, each graph written."""

    error: Callable[[InputError], None] = lambda error: None
    article: Callable[[str], None] = lambda slug: None
    graph: Callable[[int, int], None] = lambda done, of: None
    stage: Callable[[str], None] = lambda name: None


def build(
    paths: Iterable[Path],
    store: OxigraphStore,
    settings: Settings,
    *,
    published: str = "",
    workers: int = 1,
    infer: bool = True,
    reasoner: str | Reasoner = "",
    watch: Watch | None = None,
) -> Outcome:
    """Adds what articles say to the store, and infers.

    An article that was read before, and is unchanged, is passed over; a changed one replaces what it said. The result
    depends on the set of articles alone, not on their order or on interruptions: each is kept as soon as it is read,
    and its graph written in one transaction. An article that cannot be read is in ``Outcome.errors``. A ``reasoner``
    that is kept from one build to the next derives only what the build changed.
    """
    watch, outcome, minter = watch or Watch(), Outcome(), Minter(settings.base)
    with ledger_of(store) as ledger:
        write.drop_retracted(ledger, store, minter)
        watch.stage("reading")
        _read(read.articles(paths, published=published), ledger, settings, workers, watch, outcome)
        watch.stage("writing")
        happenings = write.merge_events(ledger)
        outcome.written = write.write_articles(ledger, store, minter, happenings, watch.graph)
        write.write_knowledge(ledger, store, minter, load_reference())
    if infer:
        watch.stage("inferring")
        chosen = make_reasoner(reasoner) if isinstance(reasoner, str) else reasoner
        outcome.inference = chosen.infer(store, minter)
        apply_rules(store, minter)
    return outcome


def load_all_reference(store: OxigraphStore, settings: Settings) -> int:
    """Brings all of the reference data into the graph, now and at later builds; returns how many triples it has."""
    minter = Minter(settings.base)
    with ledger_of(store) as ledger:
        ledger.set(write.ALL, "yes")
        write.write_knowledge(ledger, store, minter, load_reference())
    return store.size(minter.reference)


def _read(
    items: Iterable[Article | InputError],
    ledger: Ledger,
    settings: Settings,
    workers: int,
    watch: Watch,
    outcome: Outcome,
) -> None:
    """Reads what is new or changed into the ledger."""
    version = extraction_version(settings)

    def fail(error: InputError) -> None:
        outcome.errors.append(error)
        watch.error(error)

    def changed() -> Iterator[Article]:
        for item in items:
            if isinstance(item, InputError):
                fail(item)
                continue
            item = _dated(item, ledger)
            entry = ledger.entry(item.slug)
            if entry and (entry.content, entry.extraction) == (content_digest(item), version):
                outcome.unchanged += 1
                watch.article(item.slug)
            else:
                yield item

    for reading in pool.readings(changed(), settings, workers=workers):
        if isinstance(reading, InputError):
            fail(reading)
            continue
        ledger.put(reading, content=content_digest(reading.article), extraction=version)
        outcome.read += 1
        watch.article(reading.article.slug)


def _dated(article: Article, ledger: Ledger) -> Article:
    """An article that does not say when it appeared, with the date that it was given at an earlier build."""
    return article if article.published else replace(article, published=ledger.published(article.slug))


def one_article(path: Path, *, published: str = "") -> Article:
    """The only article of a file; raises InputError where there is none."""
    return next(iter(read.articles_of(path, published=published)))


def read_together(articles: Iterable[Article], settings: Settings | None = None) -> Sequence[Reading]:
    """Readings of several articles as one store would hold them: the same happening has one key in all."""
    tools = load_tools(settings or Settings.from_environment())
    readings = [read_article(article, tools) for article in articles]
    published = {reading.article.slug: reading.article.published for reading in readings}
    located = {e.key: e.located_in for reading in readings for e in reading.entities if e.located_in}
    events = [fact for reading in readings for fact in reading.facts if isinstance(fact, Event)]
    keyed = iter(merge(events, published, located))
    return [
        replace(reading, facts=tuple(next(keyed) if isinstance(fact, Event) else fact for fact in reading.facts))
        for reading in readings
    ]
