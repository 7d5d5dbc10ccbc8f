"""Reports: which article states a fact, in which sentence, with which figures, and whom it credits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from kg.graph.store import Store
from kg.graph.terms import curie, kg, value

_REPORT = kg("report")
_LABEL = curie("rdfs:label")


@dataclass(frozen=True, slots=True)
class Report:
    """One sentence of one article that states a fact; ``begin`` and ``finish`` are offsets into the article's text."""

    iri: str
    article: str
    title: str
    publisher: str
    issued: str
    quote: str
    begin: int
    finish: int
    attributed_to: tuple[str, ...]
    confidence: str
    killed: str = ""
    injured: str = ""
    at_least: bool = False
    date_text: str = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)

    def source(self) -> str:
        """Where it stands, for people: title, publisher, date."""
        return ", ".join(part for part in (self.title, self.publisher, self.issued) if part)

    def line(self) -> str:
        """The sentence with its source, in one line."""
        credited = f", citing {', '.join(self.attributed_to)}" if self.attributed_to else ""
        return f"“{' '.join(self.quote.split())}” ({self.source() or value(self.article)}{credited})"


def reports_of(store: Store, fact: str, graph: str | None = None) -> list[Report]:
    """The reports of an event, tenure, membership or relation, in the order of articles and sentences.

    With ``graph`` only those that this graph states.
    """
    found = sorted({report for _, _, report, _ in store.quads(fact, _REPORT, None, graph)})
    reports = [_report(store, report) for report in found]
    return sorted(reports, key=lambda report: (report.issued, report.article, report.begin, report.iri))


def _report(store: Store, node: str) -> Report:
    says: dict[str, list[str]] = defaultdict(list)
    for _, predicate, obj in store.triples(node):
        says[predicate].append(obj)

    def first(name: str) -> str:
        return value(min(says[kg(name)])) if says[kg(name)] else ""

    article = min(says[kg("article")], default="")
    about = {name: _first_value(store, article, f"dcterms:{name}") for name in ("title", "publisher", "issued")}
    return Report(
        iri=value(node),
        article=value(article),
        quote=first("quote"),
        begin=int(first("begin") or 0),
        finish=int(first("finish") or 0),
        attributed_to=tuple(sorted(label_of(store, source) for source in says[kg("attributedTo")])),
        confidence=first("confidence"),
        killed=first("killed"),
        injured=first("injured"),
        at_least=first("atLeast") == "true",
        date_text=first("dateText"),
        **about,
    )


def _first_value(store: Store, subject: str, predicate: str) -> str:
    if not subject:
        return ""
    return min((value(obj) for _, _, obj in store.triples(subject, curie(predicate))), default="")


def label_of(store: Store, term: str) -> str:
    """What to call a thing: its label, the shortest where it has several, or what its IRI says."""
    if not term.startswith(("<", "_:")):
        return value(term)
    labels = (value(label) for _, _, label in store.triples(term, _LABEL))
    return min(labels, key=lambda label: (len(label), label), default="") or _tail(value(term))


def _tail(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri


def facts_that_state(store: Store, triple: tuple[str, str, str], graph: str) -> list[str]:
    """The nodes in an article's graph whose reports are the evidence of a triple in it, most direct first.

    That is the triple's subject when it has a report; else the stated relation that says the same; else the facts that
    have its subject in a role, which are what the article knows it from.
    """
    subject, predicate, obj = triple
    if _reported(store, subject, graph):
        return [subject]
    stated = {node for node, _, _, _ in store.quads(None, kg("subject"), subject, graph)}
    stated &= {node for node, _, _, _ in store.quads(None, kg("object"), obj, graph)}
    stated &= {node for node, _, _, _ in store.quads(None, kg("relation"), predicate, graph)}
    if stated:
        return sorted(stated)
    using = {node for node, _, _, _ in store.quads(None, None, subject, graph)}
    return sorted(node for node in using if _reported(store, node, graph))


def _reported(store: Store, node: str, graph: str) -> bool:
    return any(True for _ in store.quads(node, _REPORT, None, graph))


def reports_for(
    store: Store, triple: tuple[str, str, str], graphs: Iterable[str], *, limit: int = 3
) -> tuple[Report, ...]:
    """The sentences behind a triple that articles state, at most ``limit`` of each article."""
    found: list[Report] = []
    for graph in graphs:
        sentences: dict[tuple[int, int], Report] = {}
        for fact in facts_that_state(store, triple, graph):
            for report in reports_of(store, fact, graph):
                sentences.setdefault((report.begin, report.finish), report)
            if len(sentences) >= limit:
                break
        found += list(sentences.values())[:limit]
    return tuple(found)
