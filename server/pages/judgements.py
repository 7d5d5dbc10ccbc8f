"""What people judged: facts right or wrong, entities one or two, links right or wrong; a graph of their own.

No build touches the graph ``…/graph/judgements``, so judgements outlive every rebuild. A merge is stated as
owl:sameAs there, a split as owl:differentFrom, a link as skos:exactMatch: inference and queries see all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kg.errors import UsageError
from kg.graph.store.protocol import Store
from kg.graph.terms import OWL, XSD, Minter, curie, digest, iri, kg, literal, value
from server.pages.index import Index
from server.pages.present import pages as shared

FACTS = ("right", "wrong")
PAIRS = {"merge": iri(OWL + "sameAs"), "split": iri(OWL + "differentFrom"), "link": curie("skos:exactMatch")}
VERDICTS = (*FACTS, *PAIRS, "unlink")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on a thing, or on it and another; IRIs without brackets, ``created`` an ISO time."""

    verdict: str
    judged: str
    other: str = ""
    note: str = ""
    created: str = ""

    @property
    def key(self) -> str:
        """The key of the judgement: one a fact, one a pair, so that a later verdict takes the place of the earlier."""
        subject = "fact" if self.verdict in FACTS else "link" if "link" in self.verdict else "identity"
        pair = sorted((self.judged, self.other)) if subject == "identity" else [self.judged, self.other]
        return f"judgement/{digest(subject, *pair)}"


def graph_of(minter: Minter) -> str:
    """The graph of judgements, as a term."""
    return minter.graph("judgements")


def judge(store: Store, minter: Minter, judgement: Judgement) -> Judgement:
    """Keeps a judgement in place of an earlier one on the same; raises UsageError for an unknown verdict."""
    if judgement.verdict not in VERDICTS:
        raise UsageError(f"a verdict is one of {', '.join(VERDICTS)}")
    if judgement.verdict not in FACTS and (not judgement.other or judgement.other == judgement.judged):
        raise UsageError(f"to {judgement.verdict} takes two different things")
    graph = graph_of(minter)
    earlier = _quads_of(store, minter, judgement)
    with store.transaction() as changes:
        changes.remove(earlier)
        changes.add([f"{line} {graph} ." for line in _lines(minter, judgement)])
    return judgement


def verdicts() -> dict[str, str]:
    """The verdict on each fact that was judged, kept until the store changes."""

    def compute(index: Index, store: Store) -> dict[str, str]:
        return {each.judged: each.verdict for each in judgements(store, index.minter) if each.verdict in FACTS}

    return shared().remembered("verdicts", compute)


def unlinked() -> dict[str, set[str]]:
    """The links of each entity that were judged wrong, kept until the store changes."""

    def compute(index: Index, store: Store) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for each in judgements(store, index.minter):
            if each.verdict == "unlink":
                found.setdefault(each.judged, set()).add(each.other)
        return found

    return shared().remembered("unlinked", compute)


def withdraw(store: Store, minter: Minter, key: str) -> bool:
    """Takes a judgement back; False where there is none of that key."""
    found = next((each for each in judgements(store, minter) if each.key == key), None)
    if found is None:
        return False
    with store.transaction() as changes:
        changes.remove(_quads_of(store, minter, found))
    return True


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
        (node, curie("rdfs:label"), literal(f"Judged: {judgement.verdict}")),
        (node, kg("verdict"), literal(judgement.verdict)),
        (node, kg("judged"), iri(judgement.judged)),
        (node, curie("dcterms:created"), literal(created, XSD + "dateTime")),
    ]
    if judgement.other:
        said.append((node, kg("judgedWith"), iri(judgement.other)))
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
    found = []
    for node, _, _, _ in store.quads(None, curie("rdf:type"), kg("Judgement"), graph):
        said = {names[p]: value(o) for _, p, o, _ in store.quads(node, None, None, graph) if p in names}
        found.append(Judgement(**said))
    return sorted(found, key=lambda each: (each.created, each.key), reverse=True)
