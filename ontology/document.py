"""Writes the lists of terms into docs/ontology.md from the Turtle: ``python ontology/document.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

KG = Namespace("https://w3id.org/communique/ontology#")
FOLDER = Path(__file__).resolve().parent
PAGE = FOLDER.parent / "docs" / "ontology.md"
BEGIN = "<!-- terms: written by ontology/document.py -->"


def name(graph: Graph, term: Node | None) -> str:
    """The local name of one of our terms, else what the graph's prefixes make of it; empty for nothing."""
    return graph.namespace_manager.normalizeUri(term).removeprefix("kg:") if isinstance(term, URIRef) else ""


def joined(graph: Graph, subject: Node, predicate: URIRef) -> str:
    """The values of a property, sorted, as Markdown code."""
    values = sorted(name(graph, v) or str(v) for v in graph.objects(subject, predicate) if not isinstance(v, BNode))
    return ", ".join(f"`{value}`" for value in values if value)


def terms(graph: Graph, kind: URIRef) -> list[URIRef]:
    """Our terms of a kind, by name."""
    return sorted(t for t in graph.subjects(RDF.type, kind) if isinstance(t, URIRef) and t.startswith(KG))


def comment(graph: Graph, term: URIRef) -> str:
    """What a term means."""
    return str(graph.value(term, RDFS.comment))


def event_classes(graph: Graph) -> Iterator[str]:
    """The event classes with their codes and the specific roles of those who take part."""
    yield "| class | below | PLOVER | CAMEO | agents | targets | documents |"
    yield "|---|---|---|---|---|---|---|"
    for term in terms(graph, OWL.Class):
        if graph.value(term, KG.agentRole):
            columns = (RDFS.subClassOf, KG.ploverType, KG.cameoCode, KG.agentRole, KG.targetRole, KG.documentRole)
            cells = " | ".join(joined(graph, term, column).replace("`", "") for column in columns)
            yield f"| `{name(graph, term)}` | {cells} |"


def classes(graph: Graph) -> Iterator[str]:
    """The other classes."""
    for term in terms(graph, OWL.Class):
        if not graph.value(term, KG.agentRole):
            above = joined(graph, term, RDFS.subClassOf)
            yield f"- `{name(graph, term)}`{f' (below {above})' if above else ''}: {comment(graph, term)}"


def properties(graph: Graph) -> Iterator[str]:
    """Every property of ours."""
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        for term in terms(graph, kind):
            above = joined(graph, term, RDFS.subPropertyOf)
            yield f"- `{name(graph, term)}`{f' (below {above})' if above else ''}: {comment(graph, term)}"


def concepts(graph: Graph) -> Iterator[str]:
    """The kinds of office."""
    for term in terms(graph, SKOS.Concept):
        broader = joined(graph, term, SKOS.broader)
        yield f"- `{name(graph, term)}`{f' (below {broader})' if broader else ''}: {comment(graph, term)}"


def term_lists(graph: Graph) -> str:
    """All lists as Markdown."""
    parts = [
        ("Event classes", event_classes),
        ("Other classes", classes),
        ("Properties", properties),
        ("Kinds of office", concepts),
    ]
    return "\n".join(f"\n### {title}\n\n" + "\n".join(lines(graph)) for title, lines in parts) + "\n"


def page(text: str, graph: Graph) -> str:
    """The page with everything below the mark written anew."""
    return text[: text.index(BEGIN) + len(BEGIN)] + "\n" + term_lists(graph)


def main() -> int:
    """Rewrites the page."""
    graph = Graph().parse(FOLDER / "communique.ttl")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), graph), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
