"""The terms that the rule tables name, as N-Triples text, and the fixed identifiers that the engine gives them.

Every dictionary starts with these terms in this order, so a rule can name a term by a constant.
"""

from __future__ import annotations

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

TERMS: Final[list[bytes]] = []
"""All fixed terms; the position is the identifier."""


def _term(namespace: str, name: str) -> int:
    TERMS.append(f"<{namespace}{name}>".encode())
    return len(TERMS) - 1


TYPE: Final = _term(RDF, "type")
FIRST: Final = _term(RDF, "first")
REST: Final = _term(RDF, "rest")
NIL: Final = _term(RDF, "nil")
SUB_CLASS: Final = _term(RDFS, "subClassOf")
SUB_PROPERTY: Final = _term(RDFS, "subPropertyOf")
DOMAIN: Final = _term(RDFS, "domain")
RANGE: Final = _term(RDFS, "range")
DATATYPE: Final = _term(RDFS, "Datatype")
RDFS_CLASS: Final = _term(RDFS, "Class")
SAME_AS: Final = _term(OWL, "sameAs")
DIFFERENT_FROM: Final = _term(OWL, "differentFrom")
EQUIVALENT_CLASS: Final = _term(OWL, "equivalentClass")
EQUIVALENT_PROPERTY: Final = _term(OWL, "equivalentProperty")
INVERSE_OF: Final = _term(OWL, "inverseOf")
CHAIN: Final = _term(OWL, "propertyChainAxiom")
HAS_KEY: Final = _term(OWL, "hasKey")
INTERSECTION_OF: Final = _term(OWL, "intersectionOf")
UNION_OF: Final = _term(OWL, "unionOf")
ONE_OF: Final = _term(OWL, "oneOf")
COMPLEMENT_OF: Final = _term(OWL, "complementOf")
DISJOINT_WITH: Final = _term(OWL, "disjointWith")
PROPERTY_DISJOINT_WITH: Final = _term(OWL, "propertyDisjointWith")
ON_PROPERTY: Final = _term(OWL, "onProperty")
SOME_VALUES_FROM: Final = _term(OWL, "someValuesFrom")
ALL_VALUES_FROM: Final = _term(OWL, "allValuesFrom")
HAS_VALUE: Final = _term(OWL, "hasValue")
MAX_CARDINALITY: Final = _term(OWL, "maxCardinality")
MAX_QUALIFIED_CARDINALITY: Final = _term(OWL, "maxQualifiedCardinality")
ON_CLASS: Final = _term(OWL, "onClass")
ON_DATA_RANGE: Final = _term(OWL, "onDataRange")
MEMBERS: Final = _term(OWL, "members")
DISTINCT_MEMBERS: Final = _term(OWL, "distinctMembers")
SOURCE_INDIVIDUAL: Final = _term(OWL, "sourceIndividual")
ASSERTION_PROPERTY: Final = _term(OWL, "assertionProperty")
TARGET_INDIVIDUAL: Final = _term(OWL, "targetIndividual")
TARGET_VALUE: Final = _term(OWL, "targetValue")
THING: Final = _term(OWL, "Thing")
NOTHING: Final = _term(OWL, "Nothing")
CLASS: Final = _term(OWL, "Class")
RESTRICTION: Final = _term(OWL, "Restriction")
OBJECT_PROPERTY: Final = _term(OWL, "ObjectProperty")
DATATYPE_PROPERTY: Final = _term(OWL, "DatatypeProperty")
ANNOTATION_PROPERTY: Final = _term(OWL, "AnnotationProperty")
FUNCTIONAL: Final = _term(OWL, "FunctionalProperty")
INVERSE_FUNCTIONAL: Final = _term(OWL, "InverseFunctionalProperty")
SYMMETRIC: Final = _term(OWL, "SymmetricProperty")
ASYMMETRIC: Final = _term(OWL, "AsymmetricProperty")
TRANSITIVE: Final = _term(OWL, "TransitiveProperty")
IRREFLEXIVE: Final = _term(OWL, "IrreflexiveProperty")
ALL_DIFFERENT: Final = _term(OWL, "AllDifferent")
ALL_DISJOINT_CLASSES: Final = _term(OWL, "AllDisjointClasses")
ALL_DISJOINT_PROPERTIES: Final = _term(OWL, "AllDisjointProperties")

LITERAL: Final = _term(RDFS, "Literal")
_NUMBERS: Final = (
    *("decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"),
    *("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    *("float", "double"),
)
_STRINGS: Final = ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
_OTHERS: Final = ("boolean", "hexBinary", "base64Binary", "anyURI", "dateTime", "dateTimeStamp")
DATATYPES: Final[dict[str, int]] = {
    f"{space}{name}": _term(space, name)
    for space, names in [(RDF, ("PlainLiteral", "XMLLiteral")), (XSD, (*_NUMBERS, *_STRINGS, *_OTHERS))]
    for name in names
}
"""The datatypes of OWL 2 RL (Profiles, section 4.2.3) but rdfs:Literal, by IRI."""

ANNOTATION_PROPERTIES: Final[tuple[int, ...]] = (
    *(_term(RDFS, name) for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(
        _term(OWL, name)
        for name in ("deprecated", "versionInfo", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
    ),
)
"""The built-in annotation properties of OWL 2, for rule prp-ap."""

USER: Final = len(TERMS)
"""Terms from here on are not of the rule tables."""

ALL_SCHEMA_PREDICATES: Final = frozenset(
    {
        FIRST, REST, SUB_CLASS, SUB_PROPERTY, DOMAIN, RANGE, EQUIVALENT_CLASS, EQUIVALENT_PROPERTY, INVERSE_OF, CHAIN,
        HAS_KEY, INTERSECTION_OF, UNION_OF, ONE_OF, COMPLEMENT_OF, DISJOINT_WITH, PROPERTY_DISJOINT_WITH, ON_PROPERTY,
        SOME_VALUES_FROM, ALL_VALUES_FROM, HAS_VALUE, MAX_CARDINALITY, MAX_QUALIFIED_CARDINALITY, ON_CLASS,
        ON_DATA_RANGE, MEMBERS, DISTINCT_MEMBERS, SOURCE_INDIVIDUAL, ASSERTION_PROPERTY, TARGET_INDIVIDUAL,
        TARGET_VALUE,
    }
)  # fmt: skip
"""Predicates whose triples are axioms, or parts of axioms."""

EXPRESSIONS: Final = (
    *(FIRST, INTERSECTION_OF, UNION_OF, ONE_OF, COMPLEMENT_OF, ON_PROPERTY, MEMBERS, DISTINCT_MEMBERS),
    *(INVERSE_OF, ASSERTION_PROPERTY),
)
"""Predicates whose subject is a class expression, a list or an axiom."""

SCHEMA_CLASSES: Final = frozenset(
    {
        CLASS, RESTRICTION, DATATYPE, OBJECT_PROPERTY, DATATYPE_PROPERTY, ANNOTATION_PROPERTY, FUNCTIONAL,
        INVERSE_FUNCTIONAL, SYMMETRIC, ASYMMETRIC, TRANSITIVE, IRREFLEXIVE, ALL_DIFFERENT, ALL_DISJOINT_CLASSES,
        ALL_DISJOINT_PROPERTIES,
    }
)  # fmt: skip
"""Classes that to be an instance of is an axiom."""
