"""Whether the graph is sound: contradictions with the ontology, each with its proof, and violations of the shapes."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.config import data_dir
from kg.errors import InputError, KgError
from kg.graph.evidence import label_of
from kg.graph.explain import Explainer
from kg.graph.proof import Proof, Triple, say
from kg.graph.proof import render as render_proof
from kg.graph.store import Store
from kg.graph.terms import Minter, curie, iri, shorten, value

_TYPE = "rdf:type"

CONTRADICTIONS: Final[dict[str, tuple[str, tuple[tuple[str, str, str], ...]]]] = {
    "cax-dw": (
        "?c1 owl:disjointWith ?c2 . ?x a ?c1 . ?x a ?c2",
        (("?x", _TYPE, "?c1"), ("?x", _TYPE, "?c2"), ("?c1", "owl:disjointWith", "?c2")),
    ),
    "cax-adc": (
        "?all a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?c1, ?c2 . "
        "?x a ?c1 . ?x a ?c2 FILTER(STR(?c1) < STR(?c2))",
        (("?x", _TYPE, "?c1"), ("?x", _TYPE, "?c2")),
    ),
    "cls-nothing2": ("?x a owl:Nothing", (("?x", _TYPE, "owl:Nothing"),)),
    "cls-com": (
        "?c1 owl:complementOf ?c2 . ?x a ?c1 . ?x a ?c2",
        (("?x", _TYPE, "?c1"), ("?x", _TYPE, "?c2"), ("?c1", "owl:complementOf", "?c2")),
    ),
    "eq-diff1": (
        "?x owl:sameAs ?y . ?x owl:differentFrom ?y",
        (("?x", "owl:sameAs", "?y"), ("?x", "owl:differentFrom", "?y")),
    ),
    "eq-diff2": (
        "?all a owl:AllDifferent ; (owl:members|owl:distinctMembers)/rdf:rest*/rdf:first ?x, ?y . "
        "?x owl:sameAs ?y FILTER(STR(?x) < STR(?y))",
        (("?x", "owl:sameAs", "?y"),),
    ),
    "prp-irp": ("?p a owl:IrreflexiveProperty . ?x ?p ?x", (("?x", "?p", "?x"),)),
    "prp-asyp": (
        "?p a owl:AsymmetricProperty . ?x ?p ?y . ?y ?p ?x FILTER(STR(?x) < STR(?y))",
        (("?x", "?p", "?y"), ("?y", "?p", "?x")),
    ),
    "prp-pdw": (
        "?p1 owl:propertyDisjointWith ?p2 . ?x ?p1 ?y . ?x ?p2 ?y",
        (("?x", "?p1", "?y"), ("?x", "?p2", "?y"), ("?p1", "owl:propertyDisjointWith", "?p2")),
    ),
    "prp-npa1": (
        "?n owl:sourceIndividual ?x ; owl:assertionProperty ?p ; owl:targetIndividual ?y . ?x ?p ?y",
        (("?x", "?p", "?y"),),
    ),
    "prp-npa2": (
        "?n owl:sourceIndividual ?x ; owl:assertionProperty ?p ; owl:targetValue ?y . ?x ?p ?y",
        (("?x", "?p", "?y"),),
    ),
}
"""The rules of OWL 2 RL whose conclusion is ``false``: a pattern over the closed graph, and the triples at odds."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Triples that cannot all hold, by which rule, and why each of them does."""

    rule: str
    triples: tuple[Triple, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that does not have the shape it should have."""

    node: str
    label: str
    path: str
    message: str
    severity: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything found; the graph is sound when there is neither."""

    contradictions: tuple[Contradiction, ...]
    violations: tuple[Violation, ...]

    def __bool__(self) -> bool:
        return not self.contradictions and not any(found.severity == "Violation" for found in self.violations)

    def as_json(self) -> str:
        """Everything as JSON."""
        contradictions = [
            {"rule": found.rule, "triples": found.triples, "proofs": [proof.as_dict() for proof in found.proofs]}
            for found in self.contradictions
        ]
        violations = [{name: getattr(found, name) for name in Violation.__slots__} for found in self.violations]
        report = {"sound": bool(self), "contradictions": contradictions, "violations": violations}
        return json.dumps(report, ensure_ascii=False, indent=2)


def check(store: Store, minter: Minter, *, shapes: Path | None = None) -> CheckReport:
    """Looks for contradictions in the closed graph, then validates it against the shapes (SHACL)."""
    return CheckReport(
        tuple(contradictions(store, minter)),
        tuple(violations(store, minter, shapes or data_dir("ontology") / "shapes.ttl")),
    )


def contradictions(store: Store, minter: Minter, *, limit: int = 100) -> Iterator[Contradiction]:
    """At most ``limit`` contradictions of each rule; a pair that two orders of variables find is given once."""
    explainer = Explainer(store, minter)
    for rule, (pattern, at_odds) in CONTRADICTIONS.items():
        seen: set[frozenset[Triple]] = set()
        for row in store.rows(f"SELECT DISTINCT * WHERE {{ {pattern} }} LIMIT {limit}"):
            triples = tuple((_fill(s, row), _fill(p, row), _fill(o, row)) for s, p, o in at_odds)
            core = frozenset(triple for triple in triples if triple[1] != curie("owl:disjointWith"))
            if core not in seen:
                seen.add(core)
                yield Contradiction(rule, triples, tuple(_proofs(explainer, triples)))


def _fill(term: str, row: dict[str, str]) -> str:
    return row[term[1:]] if term.startswith("?") else curie(term)


def _proofs(explainer: Explainer, triples: tuple[Triple, ...]) -> Iterator[Proof]:
    for triple in triples:
        try:
            yield explainer.proof(triple)
        except KgError:
            yield Proof(triple)


def violations(store: Store, minter: Minter, shapes: Path) -> Iterator[Violation]:
    """What does not conform to the shapes in that file; none where there is no such file.

    Only nodes that may violate a shape are validated, where queries can tell which these are.
    """
    if not shapes.is_file():
        return
    from rdflib import Graph

    from kg.graph.suspects import about, suspects

    try:
        wanted = Graph().parse(shapes, format="turtle")
    except Exception as error:  # rdflib raises its parsers' own kinds of errors
        raise InputError(f"not Turtle: {error}", source=str(shapes)) from None
    nodes = suspects(store, wanted)
    if nodes is None:
        data = io.BytesIO()
        store.dump(data, "ntriples")
        found = _validated(store, minter, data.getvalue(), wanted)
    else:
        lines = "\n".join(about(store, sorted(nodes))).encode() if nodes else b""
        found = [each for each in _validated(store, minter, lines, wanted) if iri(each.node) in nodes] if nodes else []
    yield from sorted(found, key=lambda violation: (violation.node, violation.path, violation.message, violation.value))


def _validated(store: Store, minter: Minter, data: bytes, wanted: Any) -> list[Violation]:
    """What pySHACL says of N-Triples."""
    from pyshacl import validate
    from rdflib import Graph

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    _, report, _ = validate(Graph().parse(data=data, format="nt"), shacl_graph=wanted, inference="none", advanced=True)
    return [
        _violation(store, minter, report, result) for result in report.subjects(_rdf_type(), _sh("ValidationResult"))
    ]


def _violation(store: Store, minter: Minter, report: Any, result: Any) -> Violation:
    def one(name: str) -> str:
        return str(report.value(result, _sh(name)) or "")

    node = iri(one("focusNode"))
    return Violation(
        node=value(node),
        label=label_of(store, node),
        path=shorten(iri(one("resultPath"))) if one("resultPath") else "",
        message=" ".join(one("resultMessage").split()),
        severity=one("resultSeverity").rpartition("#")[2],
        value=one("value"),
    )


def _sh(name: str) -> Any:
    from rdflib.namespace import SH

    return SH[name]


def _rdf_type() -> Any:
    from rdflib.namespace import RDF

    return RDF.type


def render(report: CheckReport, store: Store, base: str = "") -> str:
    """The report as text: each contradiction with its proofs, each violation in a line."""
    lines: list[str] = []
    for found in report.contradictions:
        lines.append(f"contradiction [{found.rule}]: " + "; ".join(say(triple, store) for triple in found.triples))
        for proof in found.proofs:
            lines += ["  " + line for line in render_proof(proof, store, base).splitlines()]
    for violation in report.violations:
        place = f" {violation.path}" if violation.path else ""
        lines.append(f"{violation.severity.lower()}: {violation.label} <{violation.node}>{place}: {violation.message}")
    if not lines:
        return "no contradictions, no violations\n"
    return "\n".join([*lines, ""])
