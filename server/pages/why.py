"""``/explain``: why a statement holds, as a tree down to sentences."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, current_app, request

from kg.errors import UsageError
from kg.graph.explain import Explainer
from kg.graph.find import find
from kg.graph.proof import Proof
from kg.graph.proof import word as in_proofs
from kg.graph.reason.proofs import Derivation
from kg.graph.store import Store
from kg.graph.terms import KG, OWL, RDF, RDFS, curie, is_iri, value
from server.negotiate import GRAPHS, HTML, choose
from server.pages.index import Index
from server.pages.listing import Row
from server.pages.naming import in_words, local_name
from server.pages.present import JSON, prefers_json, show
from server.pages.present import pages as shared

pages = Blueprint("why", __name__)
_RDF = tuple(each for each in GRAPHS if each.name in ("turtle", "ntriples"))
_LISTS = (curie("rdf:first"), curie("rdf:rest"))
_PLACES = ("subject", "predicate", "object")
RULES = {
    "prp-spo1": "the narrower relation implies the wider one",
    "prp-spo2": "the relations form a chain",
    "prp-symp": "the relation holds both ways",
    "prp-trp": "the relation passes on",
    "prp-inv1": "one relation is the reverse of the other",
    "prp-inv2": "one relation is the reverse of the other",
    "prp-dom": "only such things have this property",
    "prp-rng": "only such things are the value of this property",
    "prp-eqp1": "both relations mean the same",
    "prp-eqp2": "both relations mean the same",
    "cax-sco": "everything in the narrower class is in the wider one",
    "cax-eqc1": "both classes mean the same",
    "cax-eqc2": "both classes mean the same",
    "cls-hv1": "everything in the class has this value",
    "cls-hv2": "whatever has this value is in the class",
    "cls-svf1": "having such a value makes it one of the class",
    "eq-rep-s": "both are the same thing",
    "eq-rep-o": "both are the same thing",
    "eq-sym": "being the same holds both ways",
    "eq-trans": "being the same passes on",
    "scm-sco": "classes are nested",
    "scm-spo": "relations are nested",
}


@pages.get("/explain")
def why() -> Response:
    """The proof of ``s p o``, each an IRI, a prefixed name, a key or a name; a form where none is given."""
    asked = {name: request.args.get(name, "").strip()[:2000] for name in "spo"}
    if not any(asked.values()):
        return show("why.html", {"proof": None, "asked": asked})
    if not all(asked.values()):
        raise UsageError("s, p and o are all needed: the subject, predicate and object of what is to be explained")
    page = shared()
    index = page.index()
    subject, predicate, obj = (find(page.store, page.minter, asked[name]) for name in "spo")
    found = explainer().explain((subject, predicate, obj))
    wanted = choose(request.headers.get("Accept", ""), (HTML, JSON, *_RDF))
    if wanted in _RDF and not prefers_json():
        body = found.written(wanted.name, page.store, page.minter.base)
        return Response(body, content_type=wanted.content_type, headers={"Vary": "Accept"})
    proof = found.proof
    if prefers_json():
        rests_on = [report.as_dict() for report in proof.all_reports()]
        return show("why.html", found.as_dict() | {"rests_on": rests_on})
    others = [way(index, page.store, other) for other in found.alternatives()]
    view = {"proof": branch(index, page.store, proof), "asked": asked, "others": others}
    return show("why.html", view | {"sentences": len(proof.all_reports())})


def explainer() -> Explainer:
    """The application's explainer, which follows its store from the first question on."""
    page = shared()
    extensions = current_app.extensions
    kept = extensions.setdefault("explainer", Explainer(page.store, page.minter, extensions.get("keeper")))
    return cast("Explainer", kept)


def way(index: Index, store: Store, found: Derivation) -> Row:
    """Another way to a conclusion: the rule in words, and the statements that it takes."""
    premises = [premise for premise in found.premises if premise[1] not in _LISTS]
    said = [dict(zip(_PLACES, (word(index, store, term) for term in premise), strict=True)) for premise in premises]
    return {"rule": found.rule, "because": RULES.get(found.rule, f"rule {found.rule}"), "premises": said}


def branch(index: Index, store: Store, proof: Proof) -> dict[str, Any]:
    """A proof as a template shows it; axioms are leaves that are said in few words."""
    graphs = [value(graph) for graph in proof.graphs]
    premises = [premise for premise in proof.premises if premise.triple[1] not in _LISTS]
    return {
        **dict(zip(_PLACES, (word(index, store, term) for term in proof.triple), strict=True)),
        "stated": proof.stated,
        "rule": proof.rule,
        "because": RULES.get(proof.rule, f"rule {proof.rule}" if proof.rule else ""),
        "graphs": [place(index, graph) for graph in graphs],
        "reports": [report.as_dict() for report in proof.reports],
        "premises": [branch(index, store, premise) for premise in premises if not schema_only(index, premise)],
        "axioms": [branch(index, store, premise) for premise in premises if schema_only(index, premise)],
    }


def schema_only(index: Index, proof: Proof) -> bool:
    """Whether a step speaks only of the vocabulary: an axiom, or what follows from axioms alone."""
    ontology = value(index.minter.ontology)
    return all(leaf.graphs and all(value(graph) == ontology for graph in leaf.graphs) for leaf in proof.leaves())


def word(index: Index, store: Store, term: str) -> Row:
    """A term of a statement as a link or as text."""
    text = value(term)
    if not is_iri(term):
        return {"iri": "", "label": in_proofs(store, term) if term.startswith("_:") else text}
    if text == RDF + "type":
        return {"iri": "", "label": "is a"}
    if text.startswith((RDF, RDFS, OWL)):
        return {"iri": "", "label": in_words(local_name(text)).lower()}
    label = index.label(text)
    return {"iri": text, "label": label[:1].lower() + label[1:] if text.startswith(KG) else label}


def place(index: Index, graph: str) -> Row:
    """Where something is stated, in words, with a link to the article where it is one."""
    name = graph.removeprefix(f"{index.minter.base}graph/")
    if name.startswith("article/"):
        article = f"{index.minter.base}id/{name}"
        piece = index.pieces.get(article)
        return {"iri": article, "label": piece.title if piece else name}
    names = {"ontology": "the vocabulary", "reference": "reference data", "links": "links to other knowledge bases"}
    return {"iri": "", "label": names.get(name, name)}
