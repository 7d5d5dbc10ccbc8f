"""What people judged wrong: facts and links that the graph no longer states, whichever article or table says so.

Judgements are nodes of the graph ``judgements``, which no build touches. Whoever writes article graphs, reference data
or links leaves out what :func:`withdrawn` names; the review pages take it out at once, and put it back when a judgement
is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.graph.store import Store
from kg.graph.terms import Minter, curie, kg

EXACT_MATCH = curie("skos:exactMatch")
_PARTS = (kg("report"), kg("content"))
_RELATION = (kg("subject"), kg("relation"), kg("object"))


class _Line(NamedTuple):
    """A line with its subject, predicate and the beginning of its object, which is all of it for an IRI."""

    text: str
    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Facts judged wrong, and pairs of an entity and an IRI elsewhere that are not the same; all as terms."""

    facts: frozenset[str] = frozenset()
    links: frozenset[tuple[str, str]] = frozenset()

    def of(self, lines: Iterable[str]) -> set[str]:
        """The N-Quads lines of one graph that say what is withdrawn."""
        if not self.facts and not self.links:
            return set()
        known = [_Line(line, *line.split(" ", 3)[:3]) for line in lines]
        return _of_facts(known, self.facts) | _of_links(known, self.links)

    def without(self, lines: Sequence[str]) -> list[str]:
        """The N-Quads lines of one graph that may be said."""
        gone = self.of(lines)
        return [line for line in lines if line not in gone]


def _of_facts(lines: Sequence[_Line], facts: frozenset[str]) -> set[str]:
    """The statements of facts, of their reports, of what only they are about, and the triples of stated relations."""
    own = [line for line in lines if line.subject in facts]
    shared = {o for _, s, p, o in lines if p in _PARTS and s not in facts}
    parts = {o for _, s, p, o in own if p in _PARTS} - shared
    stated = {
        tuple(next((o for _, s, p, o in own if s == fact and p == name), "") for name in _RELATION) for fact in facts
    }
    return {line for line, s, p, o in lines if s in facts or s in parts or (s, p, o) in stated}


def _of_links(lines: Sequence[_Line], links: frozenset[tuple[str, str]]) -> set[str]:
    """The identities, and the nodes that say how sure they are."""
    of = {s: o for _, s, p, o in lines if p == kg("linkOf")}
    nodes = {s for _, s, p, o in lines if p == kg("linkTo") and (of.get(s, ""), o) in links}
    return {line for line, s, p, o in lines if s in nodes or (p == EXACT_MATCH and (s, o) in links)}


def graph_of(minter: Minter) -> str:
    """The graph of judgements, as a term."""
    return minter.graph("judgements")


def withdrawn(store: Store, minter: Minter) -> Withdrawn:
    """What is judged wrong in a store."""
    found = store.rows(
        f"SELECT ?verdict ?judged ?other WHERE {{ GRAPH {graph_of(minter)} {{"
        " ?node kg:verdict ?verdict ; kg:judged ?judged . OPTIONAL { ?node kg:judgedWith ?other } } }"
    )
    return Withdrawn(
        frozenset(row["judged"] for row in found if row["verdict"] == '"wrong"'),
        frozenset((row["judged"], row["other"]) for row in found if row["verdict"] == '"unlink"'),
    )


def saying(store: Store, minter: Minter, gone: Withdrawn) -> list[str]:
    """The lines of all graphs of a store that say what is withdrawn, derived and judged statements aside."""
    subjects = {*gone.facts, *(entity for entity, _ in gone.links)}
    beside = {graph_of(minter), *minter.derived, minter.ontology}
    graphs = {graph for subject in subjects for *_, graph in store.quads(subject)} - beside
    found: set[str] = set()
    for graph in graphs:
        found |= gone.of([f"{s} {p} {o} {g} ." for s, p, o, g in store.quads(graph=graph)])
    return sorted(found)


__all__ = ["Withdrawn", "graph_of", "saying", "withdrawn"]
