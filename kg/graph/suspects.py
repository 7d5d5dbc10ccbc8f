"""Which nodes may violate SHACL shapes, by queries that find too many nodes at times, and never too few.

What most graphs are made of conforms, so only the suspects need be looked at one by one. That works for shapes with
target classes whose properties have constraints that queries can tell; for others there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, URIRef
from rdflib.collection import Collection

from kg.graph.store import Store

_SAID: Final = frozenset({RDF.type, SH.path, SH.message, SH.severity, SH.name, SH.description})
"""What a property shape has beside its constraints."""
_WRITTEN: Final = {
    XSD.string: "",
    XSD.integer: "^[+-]?[0-9]+$",
    XSD.decimal: "^[+-]?[0-9]+([.][0-9]+)?$",
    XSD.boolean: "^(true|false)$",
    XSD.date: "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
    XSD.gYearMonth: "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$",
    XSD.gYear: "^[1-9][0-9]{3}$",
}
"""How literals of a datatype are written that are surely well-formed."""
_PLAIN: Final = re.compile(r"[\^\[\]A-Za-z0-9{}$-]+")
"""Patterns that mean the same in every dialect of regular expressions."""


class UnknownShapeError(Exception):
    """A shape says something that is not known here."""


def suspects(store: Store, shapes: Graph) -> set[str] | None:
    """The terms of all nodes that may violate a shape; None where that cannot be told by queries."""
    try:
        queries = list(dict.fromkeys(_queries(store, shapes)))
    except UnknownShapeError:
        return None
    found = {row["n"] for query in queries for row in store.rows(query)}
    return None if any(node.startswith("_:") for node in found) else found


def _queries(store: Store, shapes: Graph) -> Iterator[str]:
    for shape in {*shapes.subjects(SH.targetClass), *shapes.subjects(RDF.type, SH.NodeShape)}:
        for predicate, obj in shapes.predicate_objects(shape):
            if predicate not in (RDF.type, SH.targetClass, SH.property) or obj in (RDFS.Class, OWL.Class):
                raise UnknownShapeError
        targets = _below(store, shapes.objects(shape, SH.targetClass))
        for part in shapes.objects(shape, SH.property):
            yield from _of_property(store, shapes, part, targets)
    others = (SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
    if any(True for kind in others for _ in shapes.subjects(kind)):
        raise UnknownShapeError


def _below(store: Store, classes: Iterable[Any]) -> str:
    """The classes, and all that are below them, as a pattern that ``?n`` is in one of them."""
    wanted = " ".join(sorted(f"<{name}>" for name in classes))
    rows = store.rows(f"SELECT DISTINCT ?c WHERE {{ VALUES ?top {{ {wanted} }} ?c rdfs:subClassOf* ?top }}")
    named = {row["c"] for row in rows if row["c"].startswith("<")} | set(wanted.split())
    return f"VALUES ?c {{ {' '.join(sorted(named))} }}"


def _of_property(store: Store, shapes: Graph, part: Any, targets: str) -> Iterator[str]:
    path = shapes.value(part, SH.path)
    if not isinstance(path, URIRef):
        raise UnknownShapeError
    has = f"?n <{path}> ?v"
    for predicate, wanted in shapes.predicate_objects(part):
        if predicate == SH.minCount and int(str(wanted)) <= 1:
            yield f"SELECT DISTINCT ?n WHERE {{ {targets} ?n a ?c FILTER NOT EXISTS {{ {has} }} }}"
        elif predicate == SH.maxCount and int(str(wanted)) == 0:
            yield f"SELECT DISTINCT ?n WHERE {{ {targets} ?n a ?c . {has} }}"
        elif predicate == SH.maxCount:
            more = f"{has} ; <{path}> ?other FILTER(!sameTerm(?v, ?other))"
            yield f"SELECT DISTINCT ?n WHERE {{ {more} }}"
        elif predicate == SH["class"]:
            members = f"{_below(store, [wanted])} ?v a ?c"
            yield f"SELECT DISTINCT ?n WHERE {{ {has} FILTER NOT EXISTS {{ {members} }} }}"
        elif predicate == SH.lessThan:
            yield f"SELECT DISTINCT ?n WHERE {{ {has} ; <{wanted}> ?w FILTER(!COALESCE(?v < ?w, false)) }}"
        elif predicate not in _SAID:
            yield f"SELECT DISTINCT ?n WHERE {{ {has} FILTER(!COALESCE({_right(shapes, predicate, wanted)}, false)) }}"


def _right(shapes: Graph, predicate: Any, wanted: Any) -> str:
    """An expression that is true only of values that are as a constraint wants them."""
    if predicate == SH.datatype and wanted in _WRITTEN:
        written = f' && REGEX(STR(?v), "{_WRITTEN[wanted]}")' if _WRITTEN[wanted] else ""
        return f"isLiteral(?v) && sameTerm(DATATYPE(?v), <{wanted}>){written}"
    if predicate == SH.pattern and _PLAIN.fullmatch(str(wanted)):
        return f'!isBlank(?v) && REGEX(STR(?v), "{wanted}")'
    if predicate == SH.minLength:
        return f"!isBlank(?v) && STRLEN(STR(?v)) >= {int(str(wanted))}"
    if predicate in (SH.minInclusive, SH.maxInclusive):
        return f"?v {'>=' if predicate == SH.minInclusive else '<='} {wanted.n3()}"
    if predicate == SH["in"]:
        return " || ".join(f"sameTerm(?v, {each.n3()})" for each in Collection(shapes, wanted))
    if predicate == SH["or"]:
        ways = [list(shapes.predicate_objects(each)) for each in Collection(shapes, wanted)]
        if all(len(way) == 1 for way in ways):
            return " || ".join(f"({_right(shapes, *way[0])})" for way in ways)
    raise UnknownShapeError


def about(store: Store, nodes: Iterable[str]) -> Iterator[str]:
    """N-Triples of what a validator needs of the nodes: what is said of them, their values' classes, the hierarchy."""
    subclass, of_class = f"<{RDFS.subClassOf}>", f"<{RDF.type}>"
    values = set()
    for triple in store.triples(None, subclass):
        yield f"{' '.join(triple)} ."
    for node in nodes:
        for triple in store.triples(node):
            yield f"{' '.join(triple)} ."
            if not triple[2].startswith('"'):
                values.add(triple[2])
    for node in values:
        for triple in store.triples(node, of_class):
            yield f"{' '.join(triple)} ."
