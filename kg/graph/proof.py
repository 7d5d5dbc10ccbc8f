"""Proofs as trees: what holds, by which rule from what, down to sentences, the ontology and reference data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph.evidence import Report, label_of
from kg.graph.store import Store
from kg.graph.terms import OWL, RDF, RDFS, curie, shorten, value

Triple = tuple[str, str, str]
_LISTS = frozenset({curie("rdf:first"), curie("rdf:rest")})
"""Of the nodes of lists a reader need not hear."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a triple holds: stated in ``graphs`` (with the reports there), or by ``rule`` from ``premises``.

    ``rule`` is the name of the W3C rule tables (OWL 2 Profiles, section 4.3).
    """

    triple: Triple
    graphs: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    rule: str = ""
    premises: tuple[Proof, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether the triple is asserted, and not derived."""
        return not self.rule

    def leaves(self) -> Iterator[Proof]:
        """The stated triples that everything rests on."""
        if self.stated:
            yield self
        for premise in self.premises:
            yield from premise.leaves()

    def all_reports(self) -> list[Report]:
        """Every sentence that the proof rests on, each once."""
        return list({report.iri: report for leaf in self.leaves() for report in leaf.reports}.values())

    def as_dict(self) -> dict[str, object]:
        """For JSON: terms as N-Triples text."""
        subject, predicate, obj = self.triple
        node: dict[str, object] = {"subject": subject, "predicate": predicate, "object": obj}
        if self.stated:
            node["stated_in"] = [value(graph) for graph in self.graphs]
            node["reports"] = [report.as_dict() for report in self.reports]
        else:
            node["rule"] = self.rule
            node["premises"] = [premise.as_dict() for premise in self.premises]
        return node

    def as_json(self) -> str:
        """The whole tree as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)


def render(proof: Proof, store: Store, base: str = "") -> str:
    """The tree as indented text with labels; axioms and sentences are leaves."""
    return "\n".join([*_lines(proof, store, base, "", ""), ""])


def _lines(proof: Proof, store: Store, base: str, first: str, rest: str) -> Iterator[str]:
    yield first + say(proof.triple, store) + _because(proof, base)
    premises = [premise for premise in proof.premises if premise.triple[1] not in _LISTS]
    children: list[Proof | Report] = [*premises, *proof.reports]
    for number, child in enumerate(children):
        last = number == len(children) - 1
        branch, below = rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  ")
        if isinstance(child, Proof):
            yield from _lines(child, store, base, branch, below)
        else:
            yield branch + child.line()


def _because(proof: Proof, base: str) -> str:
    if proof.rule:
        return f"   [{proof.rule}]"
    places = [_place(value(graph), base) for graph in proof.graphs]
    return f"   [{', '.join(places)}]" if places else ""


def _place(graph: str, base: str) -> str:
    name = graph.removeprefix(f"{base}graph/") if base else graph
    return {"ontology": "axiom", "reference": "reference data", "links": "links"}.get(name, f"stated in {name}")


def say(triple: Triple, store: Store) -> str:
    """A triple in words: labels of things, names of properties of the languages themselves."""
    return " ".join(word(store, term) for term in triple)


def word(store: Store, term: str) -> str:
    """A term in words; a property without a name is the inverse of one that has a name."""
    if term.startswith(tuple(f"<{namespace}" for namespace in (RDF, RDFS, OWL))):
        return shorten(term).replace("rdf:type", "is a")
    if not term.startswith("_:"):
        return label_of(store, term)
    named = [other for _, _, other in store.triples(term, curie("owl:inverseOf")) if not other.startswith("_:")]
    return f"(inverse of {label_of(store, min(named))})" if named else "[…]"
