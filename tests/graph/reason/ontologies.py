"""Small ontologies with data, drawn at random for property-based tests."""

from __future__ import annotations

import zlib
from typing import Final

from hypothesis import strategies as st

Statement = tuple[str, str, str]

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
TYPE: Final = f"<{RDF}type>"

CLASSES: Final = [f"<http://e/C{i}>" for i in range(5)]
PROPERTIES: Final = [f"<http://e/p{i}>" for i in range(4)]
THINGS: Final = [f"<http://e/i{i}>" for i in range(6)]


def rdfs(name: str) -> str:
    return f"<{RDFS}{name}>"


def owl(name: str) -> str:
    return f"<{OWL}{name}>"


classes = st.sampled_from(CLASSES)
properties = st.sampled_from(PROPERTIES)
things = st.sampled_from(THINGS)


def _listed(subject: str, predicate: str, items: list[str]) -> list[Statement]:
    """An axiom whose object is a list; its nodes are IRIs, named after what they hold."""
    name = zlib.crc32(" ".join((subject, predicate, *items)).encode())
    nodes = [f"<http://e/list/{name}/{i}>" for i in range(len(items))]
    tails = [*nodes[1:], f"<{RDF}nil>"]
    triples = [(subject, predicate, nodes[0])]
    for node, item, tail in zip(nodes, items, tails, strict=True):
        triples += [(node, f"<{RDF}first>", item), (node, f"<{RDF}rest>", tail)]
    return triples


@st.composite
def class_axioms(draw: st.DrawFn) -> list[Statement]:
    one, two = draw(classes), draw(classes)
    match draw(st.integers(0, 5)):
        case 0 | 1:
            return [(one, rdfs("subClassOf"), two)]
        case 2:
            return [(one, owl("equivalentClass"), two)]
        case 3:
            return _listed(one, owl("intersectionOf"), draw(st.lists(classes, min_size=1, max_size=3)))
        case 4:
            return _listed(one, owl("unionOf"), draw(st.lists(classes, min_size=1, max_size=3)))
        case _:
            return _listed(one, owl("oneOf"), draw(st.lists(things, min_size=1, max_size=2)))


@st.composite
def restrictions(draw: st.DrawFn) -> list[Statement]:
    one, p = draw(classes), draw(properties)
    kind = draw(st.sampled_from(["someValuesFrom", "allValuesFrom", "hasValue"]))
    filler = draw(things if kind == "hasValue" else st.one_of(classes, st.just(owl("Thing"))))
    return [(one, owl("onProperty"), p), (one, owl(kind), filler)]


@st.composite
def property_axioms(draw: st.DrawFn) -> list[Statement]:
    p, q = draw(properties), draw(properties)
    match draw(st.integers(0, 7)):
        case 0 | 1:
            return [(p, rdfs("subPropertyOf"), q)]
        case 2:
            return [(p, owl("equivalentProperty"), q)]
        case 3:
            return [(p, owl("inverseOf"), q)]
        case 4:
            return [(p, rdfs(draw(st.sampled_from(["domain", "range"]))), draw(classes))]
        case 5:
            return _listed(p, owl("propertyChainAxiom"), draw(st.lists(properties, min_size=2, max_size=3)))
        case _:
            return [(p, TYPE, owl(draw(st.sampled_from(["SymmetricProperty", "TransitiveProperty"]))))]


def _declarations() -> list[Statement]:
    return [(c, TYPE, owl("Class")) for c in CLASSES] + [(p, TYPE, owl("ObjectProperty")) for p in PROPERTIES]


data = st.one_of(
    st.tuples(things, st.just(TYPE), classes),
    st.tuples(things, properties, things),
    st.tuples(things, properties, things),
)


@st.composite
def ontologies(draw: st.DrawFn) -> list[Statement]:
    """Declarations and a handful of axioms."""
    axioms = draw(st.lists(st.one_of(class_axioms(), restrictions(), property_axioms()), max_size=6))
    return [*_declarations(), *(triple for axiom in axioms for triple in axiom)]


facts = st.lists(data, max_size=10)

equalities = st.lists(
    st.one_of(
        st.tuples(things, st.just(owl("sameAs")), things),
        st.tuples(
            properties, st.just(TYPE), st.sampled_from([owl("FunctionalProperty"), owl("InverseFunctionalProperty")])
        ),
    ),
    max_size=2,
)


def ntriples(statements: list[Statement]) -> bytes:
    """The statements as N-Triples."""
    return "".join(f"{s} {p} {o} .\n" for s, p, o in statements).encode()
