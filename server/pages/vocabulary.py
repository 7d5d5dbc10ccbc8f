"""The vocabulary browser: every class, property and concept of the ontology with what is stated of it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response

from kg.graph.terms import KG, PREFIXES
from server.pages.index import Index
from server.pages.listing import Row
from server.pages.naming import safe_link
from server.pages.present import pages as shared
from server.pages.present import show
from server.pages.schema import Schema, Term

pages = Blueprint("vocabulary", __name__)
_SAID = {
    "subClassOf": "kind of",
    "subPropertyOf": "narrower than",
    "domain": "of",
    "range": "leads to",
    "inverseOf": "reverse of",
    "broader": "narrower than",
    "equivalentClass": "same as",
    "equivalentProperty": "same as",
    "ploverType": "PLOVER",
    "cameoCode": "CAMEO",
}


@pages.get("/vocabulary")
def vocabulary() -> Response:
    """The terms of our namespace by sort, classes also as a tree."""
    index = shared().index()
    ours = [term for term in index.schema.terms.values() if term.iri.startswith(KG)]
    properties = [term for term in ours if any(kind.endswith("Property") for kind in term.types)]
    classes = [term for term in ours if "Class" in term.types]
    concepts = [term for term in ours if term not in properties and term not in classes]
    view: Row = {
        "prefixes": PREFIXES,
        "tree": [branch(index.schema, root.iri) for root in roots(index.schema, classes)],
        "groups": [
            {
                "title": title,
                "terms": [described(index, term) for term in sorted(terms, key=lambda t: t.name.casefold())],
            }
            for title, terms in (("Classes", classes), ("Properties", properties), ("Concepts", concepts))
        ],
    }
    return show("vocabulary.html", view)


def roots(schema: Schema, classes: Iterable[Term]) -> list[Term]:
    """The classes that are below no other of ours."""
    found = [term for term in classes if not any(up.startswith(KG) for up in schema.parents.get(term.iri, ()))]
    return sorted(found, key=lambda term: schema.label(term.iri))


def branch(schema: Schema, iri: str) -> Row:
    """A class with the tree of those below it."""
    below = sorted((sub for sub in schema.children.get(iri, ()) if sub.startswith(KG)), key=schema.label)
    return {"iri": iri, "label": schema.label(iri), "below": [branch(schema, each) for each in below]}


def described(index: Index, term: Term) -> Row:
    """A term with its comment and all that is stated of it, in words."""
    said = []
    for name, words in _SAID.items():
        values = term.stated.get(name, [])
        if values:
            said.append({"relation": words, "values": [called(index, other) for other in sorted(set(values))]})
    return {
        "iri": term.iri,
        "name": term.name,
        "label": index.schema.label(term.iri),
        "comment": term.comment,
        "types": sorted(term.types),
        "said": said,
        "is_event": index.schema.is_a(term.name, "Event"),
    }


def called(index: Index, other: str) -> Row:
    """A term or a plain value that another is related to; a term of another vocabulary is called by prefix and name."""
    if other.startswith(KG):
        return {"iri": other, "label": index.schema.label(other)}
    for prefix, namespace in PREFIXES.items():
        if other.startswith(namespace):
            return {"iri": safe_link(other), "label": f"{prefix}:{other[len(namespace) :]}"}
    return {"iri": safe_link(other), "label": other}
