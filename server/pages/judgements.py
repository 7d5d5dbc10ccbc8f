"""What people judged: facts right or wrong, entities one or two, links right or wrong; a graph of their own.

No build touches the graph ``…/graph/judgements``, so judgements outlive every rebuild. A merge is stated as
owl:sameAs there, a split as owl:differentFrom, a link as skos:exactMatch: inference and queries see all of them. What
is judged wrong is taken out of the graphs that say it, is kept with the judgement, and comes back when that is taken
back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kg.errors import UsageError
from kg.graph.judged import Withdrawn, graph_of, saying
from kg.graph.store.protocol import Store
from kg.graph.terms import OWL, XSD, Minter, curie, digest, iri, kg, literal, value
from server.pages.index import Index
from server.pages.present import pages as shared

FACTS = ("right", "wrong")
PAIRS = {"merge": iri(OWL + "sameAs"), "split": iri(OWL + "differentFrom"), "link": curie("skos:exactMatch")}
VERDICTS = (*FACTS, *PAIRS, "unlink")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on a thing, or on it and another; IRIs without brackets, ``created`` an ISO time.

    ``label`` is what the thing was called, ``articles`` who reported it, ``withdrawn`` the N-Quads that were taken out.
    """

    verdict: str
    judged: str
    other: str = ""
    note: str = ""
    created: str = ""
    label: str = ""
    articles: tuple[str, ...] = ()
    withdrawn: str = ""

    @property
    def key(self) -> str:
        """The key of the judgement: one a fact, one a pair, so that a later verdict takes the place of the earlier."""
        subject = "fact" if self.verdict in FACTS else "link" if "link" in self.verdict else "identity"
        pair = sorted((self.judged, self.other)) if subject == "identity" else [self.judged, self.other]
        return f"judgement/{digest(subject, *pair)}"


def judge(store: Store, minter: Minter, judgement: Judgement) -> Judgement:
    """Keeps a judgement in place of an earlier one on the same; raises UsageError for an unknown verdict."""
    if judgement.verdict not in VERDICTS:
        raise UsageError(f"a verdict is one of {', '.join(VERDICTS)}")
    if judgement.verdict not in FACTS and (not judgement.other or judgement.other == judgement.judged):
        raise UsageError(f"to {judgement.verdict} takes two different things")
    withdraw(store, minter, judgement.key)
    judgement = _completed(store, minter, judgement)
    with store.transaction() as changes:
        changes.remove(_quads_of(store, minter, judgement))
        changes.remove(judgement.withdrawn.splitlines())
        changes.add([f"{line} {graph_of(minter)} ." for line in _lines(minter, judgement)])
    return judgement


def _completed(store: Store, minter: Minter, judgement: Judgement) -> Judgement:
    """The judgement with what the graph says of the thing now, which a verdict may change."""
    term = iri(judgement.judged)
    label = min((value(o) for _, _, o in store.triples(term, curie("rdfs:label"))), default="")
    reports = [report for _, _, report in store.triples(term, kg("report"))]
    articles = {value(o) for report in reports for _, _, o in store.triples(report, kg("article"))}
    gone = Withdrawn(
        frozenset([term] if judgement.verdict == "wrong" else ()),
        frozenset([(term, iri(judgement.other))] if judgement.verdict == "unlink" else ()),
    )
    lines = "\n".join(saying(store, minter, gone))
    return replace(judgement, label=label, articles=tuple(sorted(articles)), withdrawn=lines)


def verdicts() -> dict[str, Judgement]:
    """The judgement on each fact that was judged, kept until the store changes."""

    def compute(index: Index, store: Store) -> dict[str, Judgement]:
        return {each.judged: each for each in judgements(store, index.minter) if each.verdict in FACTS}

    return shared().remembered("verdicts", compute)


def withdraw(store: Store, minter: Minter, key: str) -> bool:
    """Takes a judgement back, and puts back what it took out of graphs that still are; False where there is none."""
    found = next((each for each in judgements(store, minter) if each.key == key), None)
    if found is None:
        return False
    lines = found.withdrawn.splitlines()
    present = {graph for graph in {_graph_of_line(line) for line in lines} if store.size(graph)}
    with store.transaction() as changes:
        changes.remove(_quads_of(store, minter, found))
        changes.add([line for line in lines if _graph_of_line(line) in present])
    return True


def _graph_of_line(line: str) -> str:
    return line.removesuffix(" .").rpartition(" ")[2]


def _quads_of(store: Store, minter: Minter, judgement: Judgement) -> list[str]:
    """The quads of any judgement on the same, with what it states of a pair."""
    graph, node = graph_of(minter), minter.id(judgement.key)
    found = [f"{s} {p} {o} {g} ." for s, p, o, g in store.quads(node, None, None, graph)]
    pair = (iri(judgement.judged), iri(judgement.other)) if judgement.other else None
    if pair:
        for subject, obj in (pair, pair[::-1]):
            found += [f"{s} {p} {o} {g} ." for s, p, o, g in store.quads(subject, None, obj, graph)]
    return found


def _lines(minter: Minter, judgement: Judgement) -> list[str]:
    node = minter.id(judgement.key)
    created = judgement.created or datetime.now(UTC).isoformat(timespec="seconds")
    said = [
        (node, curie("rdf:type"), kg("Judgement")),
        (node, curie("rdfs:label"), literal(f"Judged {judgement.verdict}: {judgement.label or judgement.judged}")),
        (node, kg("judgedLabel"), literal(judgement.label)),
        (node, kg("verdict"), literal(judgement.verdict)),
        (node, kg("judged"), iri(judgement.judged)),
        (node, curie("dcterms:created"), literal(created, XSD + "dateTime")),
    ]
    if judgement.other:
        said.append((node, kg("judgedWith"), iri(judgement.other)))
    if judgement.withdrawn:
        said.append((node, kg("withdrawn"), literal(judgement.withdrawn)))
    said += [(node, kg("judgedIn"), iri(article)) for article in judgement.articles]
    if judgement.note:
        said.append((node, curie("rdfs:comment"), literal(judgement.note[:2000])))
    if judgement.verdict in PAIRS:
        said.append((iri(judgement.judged), PAIRS[judgement.verdict], iri(judgement.other)))
    return [f"{s} {p} {o}" for s, p, o in said]


def judgements(store: Store, minter: Minter) -> list[Judgement]:
    """All judgements, the latest first."""
    graph = graph_of(minter)
    names = {kg("judged"): "judged", kg("judgedWith"): "other", kg("verdict"): "verdict"}
    names |= {curie("dcterms:created"): "created", curie("rdfs:comment"): "note"}
    names |= {kg("judgedLabel"): "label", kg("withdrawn"): "withdrawn"}
    found = []
    for node, _, _, _ in store.quads(None, curie("rdf:type"), kg("Judgement"), graph):
        quads = list(store.quads(node, None, None, graph))
        said = {names[p]: value(o) for _, p, o, _ in quads if p in names}
        articles = tuple(sorted(value(o) for _, p, o, _ in quads if p == kg("judgedIn")))
        found.append(Judgement(articles=articles, **said))
    return sorted(found, key=lambda each: (each.created, each.key), reverse=True)
