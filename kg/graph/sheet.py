"""A sheet of triples about to become the N-Quads of one named graph."""

from __future__ import annotations

from kg.graph.terms import curie, kg, literal

LABEL = curie("rdfs:label")
ALT_LABEL = curie("skos:altLabel")
TYPE = curie("rdf:type")


class Sheet:
    """Collects triples as terms; the same triple counts once, and the lines come out sorted."""

    def __init__(self, graph: str) -> None:
        self.graph = graph
        self._triples: set[tuple[str, str, str]] = set()

    def add(self, subject: str, predicate: str, obj: str) -> None:
        """Adds a triple, unless its object is empty."""
        if obj:
            self._triples.add((subject, predicate, obj))

    def set(self, subject: str, /, **properties: str) -> None:
        """Adds properties of our ontology by local name: ``sheet.set(event, place=…, date=…)``; empty ones are not."""
        for name, obj in properties.items():
            self.add(subject, kg(name), obj)

    def describe(self, subject: str, kind: str, label: str, *others: str) -> None:
        """Adds type, label and other names; the label is never empty."""
        self.add(subject, TYPE, kg(kind))
        self.add(subject, LABEL, text(label) or literal(kind))
        for other in others:
            if other and other != label:
                self.add(subject, ALT_LABEL, text(other))

    def lines(self) -> list[str]:
        """Sorted N-Quads lines."""
        return sorted(f"{s} {p} {o} {self.graph} ." for s, p, o in self._triples)


def text(words: str) -> str:
    """Words as a string literal, or the empty string for none."""
    return literal(words) if words else ""
