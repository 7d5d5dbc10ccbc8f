"""The owlrl library as a reasoner: slow, trusted, and the oracle of our own engine's tests."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Iterator
from typing import Any, Final

import rdflib
from owlrl.OWLRL import OWLRL_Semantics
from rdflib import BNode, Graph, Literal
from rdflib.term import Node

from kg.graph.infer import Inconsistency, InferenceReport, Triple, asserted, storable
from kg.graph.store import Store
from kg.graph.terms import Minter, iri, literal

_NODE: Final = "urn:communique:node:"
_IRI = re.compile(r"https?://[^\s'\"<>)]+")


def reasoner() -> OwlrlReasoner:
    """The reasoner, as ``kg.graph.infer`` asks for it."""
    return OwlrlReasoner()


class OwlrlReasoner:
    """Closes the whole graph with owlrl's OWL 2 RL rules, from scratch each time."""

    name = "owlrl"

    def infer(self, store: Store, minter: Minter) -> InferenceReport:
        """Derives everything anew and writes the difference."""
        begun = time.perf_counter()
        known = asserted(store, minter)
        closure = _close(_graph(known))
        derived = set(storable(_triples(closure.graph))) - known
        expressions = _labels(store.quads(graph=minter.ontology))
        lines = sorted(f"{s} {p} {o} ." for s, p, o in derived if not ({s, o} & expressions))
        delta = store.replace_graph(minter.inferred, lines)
        return InferenceReport(
            reasoner=self.name,
            asserted=len(known),
            derived=len(lines),
            added=len(delta.added),
            removed=len(delta.removed),
            rounds=closure.rounds,
            seconds=time.perf_counter() - begun,
            inconsistencies=tuple(_inconsistency(message) for message in closure.error_messages),
        )


class _Closure(OWLRL_Semantics):  # type: ignore[misc]  # owlrl has no types
    """owlrl's semantics without axiomatic triples, counting its rounds."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, axioms=False, daxioms=False, rdfs=False)
        self.rounds = 0

    def rules(self, t: Any, cycle_num: int) -> None:
        self.rounds = cycle_num
        super().rules(t, cycle_num)


def _close(graph: Graph) -> _Closure:
    closure = _Closure(graph)
    closure.closure()
    return closure


def _graph(triples: Iterable[Triple]) -> Graph:
    """The triples for rdflib; blank nodes become IRIs, as rdflib would give them other labels."""
    lines = (f"{_named(s)} {p} {_named(o)} ." for s, p, o in triples)
    log = logging.getLogger("rdflib.term")
    level, normalises = log.level, rdflib.NORMALIZE_LITERALS
    log.setLevel(logging.ERROR)  # it warns, with a traceback, of each literal outside its datatype
    rdflib.NORMALIZE_LITERALS = False  # a literal written "01" is asserted as such
    try:
        return Graph().parse(data="\n".join(lines), format="nt")
    finally:
        log.setLevel(level)
        rdflib.NORMALIZE_LITERALS = normalises


def _named(term: str) -> str:
    return f"<{_NODE}{term[2:]}>" if term.startswith("_:") else term


def _triples(graph: Any) -> Iterator[Triple]:
    """What the closure holds, but for its own error messages, as terms."""
    for triple in graph:
        if not any(isinstance(term, BNode) for term in triple):
            subject, predicate, obj = (_term(term) for term in triple)
            yield subject, predicate, obj


def _term(node: Node) -> str:
    if isinstance(node, Literal):
        return literal(str(node), str(node.datatype or ""), node.language or "")
    text = str(node)
    return f"_:{text[len(_NODE) :]}" if text.startswith(_NODE) else iri(text)


def _labels(quads: Iterable[tuple[str, str, str, str]]) -> set[str]:
    """The blank nodes of the ontology: class expressions, of which no inference is of use to a reader."""
    return {term for subject, _, obj, _ in quads for term in (subject, obj) if term.startswith("_:")}


def _inconsistency(message: str) -> Inconsistency:
    terms = tuple(f"<{found.rstrip('.,')}>" for found in _IRI.findall(message))
    return Inconsistency(" ".join(message.split()), terms=terms)
