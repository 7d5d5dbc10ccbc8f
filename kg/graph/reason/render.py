"""Proofs for readers and programs: indented text, JSON, PROV-O as N-Triples, and Mermaid diagrams."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Protocol, Self

from kg.graph.reason.compile import short
from kg.graph.reason.vocabulary import FIRST, RDF, RDFS, REST, TERMS

PROV: Final = "http://www.w3.org/ns/prov#"
LISTS: Final = frozenset({TERMS[FIRST].decode(), TERMS[REST].decode()})
"""The predicates of lists, of which readers need not hear."""
Label = Callable[[str], str]


class Proof(Protocol):
    """A step of a proof: the engine's, or one whose leaves know their graphs and reports."""

    @property
    def triple(self) -> tuple[str, str, str]: ...

    @property
    def rule(self) -> str: ...

    @property
    def premises(self) -> Sequence[Self]: ...

    @property
    def stated(self) -> bool: ...


Sources = Callable[[Proof], Iterable[str]]
"""The IRIs of the documents, or parts of them, that state a leaf."""


def unsaid(proof: Proof) -> Iterable[str]:
    """No sources."""
    return ()


def as_text(proof: Proof, label: Label = short) -> str:
    """The tree as indented lines, conclusion first; triples of lists are left out."""
    return "\n".join(_lines(proof, label, "", "")) + "\n"


def _lines(proof: Proof, label: Label, first: str, rest: str) -> Iterator[str]:
    yield f"{first}{said(proof, label)}   [{proof.rule or 'stated'}]"
    premises = shown(proof)
    for number, premise in enumerate(premises):
        last = number == len(premises) - 1
        branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _lines(premise, label, rest + branch, rest + below)


def shown(proof: Proof) -> list[Proof]:
    """The premises but for the nodes of lists."""
    return [premise for premise in proof.premises if premise.triple[1] not in LISTS]


def said(proof: Proof, label: Label = short) -> str:
    """The conclusion of a proof: its triple, or that there is a contradiction."""
    return " ".join(map(label, proof.triple)) if any(proof.triple) else "contradiction"


def as_dict(proof: Proof) -> dict[str, object]:
    """For JSON: terms as N-Triples text, premises nested."""
    subject, predicate, obj = proof.triple
    node: dict[str, object] = {"subject": subject, "predicate": predicate, "object": obj, "stated": proof.stated}
    if not proof.stated:
        node |= {"rule": proof.rule, "premises": [as_dict(premise) for premise in proof.premises]}
    return node


def as_json(proof: Proof) -> str:
    """The tree as JSON."""
    return json.dumps(as_dict(proof), ensure_ascii=False, indent=2)


def as_mermaid(proof: Proof, label: Label = short) -> str:
    """A flowchart from premises to conclusion; a triple that is used twice is one node."""
    nodes: dict[Proof, str] = {}
    arrows: list[str] = []

    def visit(node: Proof) -> str:
        if node in nodes:
            return nodes[node]
        nodes[node] = f"n{len(nodes)}"
        arrows.extend(f"  {visit(premise)} -->|{node.rule}| {nodes[node]}" for premise in shown(node))
        return nodes[node]

    visit(proof)
    boxes = [f'  {name}["{_quoted(said(node, label))}"]' for node, name in nodes.items()]
    return "\n".join(["flowchart BT", *boxes, *dict.fromkeys(arrows)]) + "\n"


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def as_prov(proof: Proof, base: str = "urn:communique:proof:", sources: Sources = unsaid) -> bytes:
    """The proof in PROV-O, as N-Triples: statements are entities, applications of rules are activities.

    Each statement is reified with rdf:subject, rdf:predicate and rdf:object; names are hashes of what they name.
    Leaves have the IRIs that ``sources`` gives as their primary sources.
    """
    lines: dict[str, None] = {}
    _prov(proof, base, lines, set(), sources)
    return "".join(f"{line} .\n" for line in lines).encode()


def _prov(proof: Proof, base: str, lines: dict[str, None], seen: set[str], sources: Sources) -> str:
    statement = _name(base, "statement", "\n".join(proof.triple))
    key = f"{statement} {proof.rule}"
    if key in seen:
        return statement
    seen.add(key)
    lines[f"{statement} <{RDF}type> <{PROV}Entity>"] = None
    if any(proof.triple):
        lines[f"{statement} <{RDF}type> <{RDF}Statement>"] = None
        for name, term in zip(("subject", "predicate", "object"), proof.triple, strict=True):
            lines[f"{statement} <{RDF}{name}> {term}"] = None
    if proof.stated:
        for source in sources(proof):
            lines[f"{statement} <{PROV}hadPrimarySource> <{source}>"] = None
        return statement
    used = [_prov(premise, base, lines, seen, sources) for premise in proof.premises]
    step = _name(base, "step", "\n".join([proof.rule, statement, *used]))
    lines[f"{step} <{RDF}type> <{PROV}Activity>"] = None
    lines[f'{step} <{RDFS}label> "{proof.rule}"'] = None
    lines[f"{statement} <{PROV}wasGeneratedBy> {step}"] = None
    for premise in used:
        lines[f"{step} <{PROV}used> {premise}"] = None
        lines[f"{statement} <{PROV}wasDerivedFrom> {premise}"] = None
    return statement


def _name(base: str, kind: str, content: str) -> str:
    return f"<{base}{kind}:{hashlib.sha256(content.encode()).hexdigest()[:16]}>"
