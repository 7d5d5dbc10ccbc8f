"""Which axioms of an ontology lie outside OWL 2 RL, by section 4 of the OWL 2 Profiles specification.

A checker of its own, small enough to be read beside the specification: it knows the grammar of subclass and superclass
expressions (4.2.3), the axioms left out (4.2.5) and the built-in terms, and reports each offence in a line.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

DATATYPES = {
    *(RDF.PlainLiteral, RDF.XMLLiteral, RDF.langString, RDFS.Literal),
    *(XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.nonPositiveInteger, XSD.positiveInteger),
    *(XSD.negativeInteger, XSD.long, XSD.int, XSD.short, XSD.byte, XSD.unsignedLong, XSD.unsignedInt),
    *(XSD.unsignedShort, XSD.unsignedByte, XSD.float, XSD.double, XSD.string, XSD.normalizedString, XSD.token),
    *(XSD.language, XSD.Name, XSD.NCName, XSD.NMTOKEN, XSD.boolean, XSD.hexBinary, XSD.base64Binary),
    *(XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp),
}
"""Section 4.2.2: xsd:date and xsd:gYear are not among them, so no axiom may name them."""

_FORBIDDEN_TYPES = {OWL.ReflexiveProperty: "reflexive properties"}
_FORBIDDEN_PREDICATES = {OWL.hasSelf: "hasSelf", OWL.disjointUnionOf: "disjoint unions"}
_DATA_ONLY_OBJECT = {
    OWL.InverseFunctionalProperty,
    OWL.SymmetricProperty,
    OWL.AsymmetricProperty,
    OWL.TransitiveProperty,
    OWL.IrreflexiveProperty,
}


def offences(graph: Graph) -> list[str]:
    """Every axiom outside the profile, one line each; empty for an ontology within OWL 2 RL."""
    return sorted({*_axioms(graph), *_classes(graph), *_properties(graph), *_declarations(graph)})


def _name(graph: Graph, node: Node) -> str:
    return graph.namespace_manager.normalizeUri(node) if isinstance(node, URIRef) else "an anonymous expression"


def _axioms(graph: Graph) -> Iterator[str]:
    for predicate, what in _FORBIDDEN_PREDICATES.items():
        for subject in graph.subjects(predicate):
            yield f"{_name(graph, subject)}: {what} are not in the profile"
    for kind, what in _FORBIDDEN_TYPES.items():
        for subject in graph.subjects(RDF.type, kind):
            yield f"{_name(graph, subject)}: {what} are not in the profile"
    for predicate in (OWL.onDatatype, OWL.datatypeComplementOf, OWL.withRestrictions):
        for subject in graph.subjects(predicate):
            yield f"{_name(graph, subject)}: data ranges are named datatypes or intersections"


def _classes(graph: Graph) -> Iterator[str]:
    for sub, sup in graph.subject_objects(RDFS.subClassOf):
        yield from _sub(graph, sub, f"{_name(graph, sub)} below {_name(graph, sup)}")
        yield from _super(graph, sup, f"{_name(graph, sub)} below {_name(graph, sup)}")
    for one, other in graph.subject_objects(OWL.equivalentClass):
        for side in (one, other):
            yield from _equivalent(graph, side, f"{_name(graph, one)} equivalent")
    for one, other in graph.subject_objects(OWL.disjointWith):
        for side in (one, other):
            yield from _sub(graph, side, f"{_name(graph, one)} disjoint with {_name(graph, other)}")
    for predicate in (RDFS.domain, RDFS.range):
        for subject, sup in graph.subject_objects(predicate):
            yield from _super(graph, sup, f"{_name(graph, subject)}: {_name(graph, predicate)}")


def _sub(graph: Graph, node: Node, where: str) -> Iterator[str]:
    """4.2.3 subClassExpression: not owl:Thing, no complement, no universal, no cardinality."""
    if node == OWL.Thing:
        yield f"{where}: owl:Thing is no subclass expression"
    if not isinstance(node, BNode):
        return
    predicates = set(graph.predicates(node)) - {RDF.type, OWL.onProperty}
    if predicates & {OWL.intersectionOf, OWL.unionOf}:
        for member in _members(graph, node):
            yield from _sub(graph, member, where)
    elif OWL.someValuesFrom in predicates:
        filler = graph.value(node, OWL.someValuesFrom)
        if filler is not None and filler != OWL.Thing:
            yield from _sub(graph, filler, where)
    elif not predicates <= {OWL.oneOf, OWL.hasValue}:
        yield f"{where}: {', '.join(sorted(_name(graph, p) for p in predicates))} in a subclass expression"


def _super(graph: Graph, node: Node, where: str) -> Iterator[str]:
    """4.2.3 superClassExpression: no existential, no union, no enumeration, cardinality 0 or 1 at most."""
    if node == OWL.Thing:
        yield f"{where}: owl:Thing is no superclass expression"
    if isinstance(node, URIRef) and str(node).startswith(str(XSD)) and node not in DATATYPES:
        yield f"{where}: {_name(graph, node)} is no datatype of the profile"
    if not isinstance(node, BNode):
        return
    predicates = set(graph.predicates(node)) - {RDF.type, OWL.onProperty, OWL.onClass, OWL.onDataRange}
    limits = predicates & {OWL.maxCardinality, OWL.maxQualifiedCardinality}
    if OWL.intersectionOf in predicates:
        for member in _members(graph, node):
            yield from _super(graph, member, where)
    elif OWL.complementOf in predicates:
        yield from _sub(graph, graph.value(node, OWL.complementOf) or node, where)
    elif OWL.allValuesFrom in predicates:
        yield from _super(graph, graph.value(node, OWL.allValuesFrom) or node, where)
    elif limits:
        if any(int(str(n)) > 1 for limit in limits for n in graph.objects(node, limit)):
            yield f"{where}: a maximum cardinality above 1"
    elif not predicates <= {OWL.hasValue}:
        yield f"{where}: {', '.join(sorted(_name(graph, p) for p in predicates))} in a superclass expression"


def _equivalent(graph: Graph, node: Node, where: str) -> Iterator[str]:
    """4.2.3 equivClassExpression: a class, an intersection of such, or hasValue."""
    if node == OWL.Thing:
        yield f"{where}: owl:Thing in an equivalence"
    if isinstance(node, BNode):
        if graph.value(node, OWL.intersectionOf) is not None:
            for member in _members(graph, node):
                yield from _equivalent(graph, member, where)
        elif graph.value(node, OWL.hasValue) is None:
            yield f"{where}: neither class, intersection nor hasValue"


def _members(graph: Graph, node: Node) -> list[Node]:
    head = graph.value(node, OWL.intersectionOf) or graph.value(node, OWL.unionOf)
    return list(Collection(graph, head)) if head is not None else []


def _properties(graph: Graph) -> Iterator[str]:
    objects = set(graph.subjects(RDF.type, OWL.ObjectProperty))
    for kind in _DATA_ONLY_OBJECT:
        for prop in graph.subjects(RDF.type, kind):
            if prop not in objects:
                yield f"{_name(graph, prop)}: {_name(graph, kind)} on what is no object property"
    for prop, head in graph.subject_objects(OWL.propertyChainAxiom):
        links = list(Collection(graph, head))
        if len(links) < 2:
            yield f"{_name(graph, prop)}: a chain of fewer than two properties"
        for link in links:
            named = graph.value(link, OWL.inverseOf) if isinstance(link, BNode) else link
            if named not in objects:
                yield f"{_name(graph, prop)}: a chain over {_name(graph, link)}, no object property"


def _declarations(graph: Graph) -> Iterator[str]:
    """A property is one of object, data or annotation property (OWL 2, section 5.8.1)."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for prop in {p for kind in kinds for p in graph.subjects(RDF.type, kind)}:
        declared = [kind for kind in kinds if (prop, RDF.type, kind) in graph]
        if len(declared) > 1:
            yield f"{_name(graph, prop)}: declared as {' and '.join(_name(graph, k) for k in declared)}"
        for above in graph.objects(prop, RDFS.subPropertyOf):
            if isinstance(above, URIRef) and (above, RDF.type, declared[0]) not in graph:
                yield f"{_name(graph, prop)}: below {_name(graph, above)}, which is not declared of the same kind"
    for _, _, value in graph.triples((None, OWL.hasValue, None)):
        if isinstance(value, Literal) and value.datatype and value.datatype not in DATATYPES:
            yield f"hasValue {value}: {_name(graph, value.datatype)} is no datatype of the profile"
