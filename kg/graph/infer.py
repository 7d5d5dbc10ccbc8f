"""What a reasoner is, and which there are.

A reasoner derives what follows from everything asserted and leaves exactly that in the graph ``inferred``: only the
difference to what was there before is written, in one transaction, and nothing that is already asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol

from kg.errors import UsageError
from kg.graph.store import Store
from kg.graph.terms import OWL, RDF, RDFS, XSD, Minter, iri

Triple = tuple[str, str, str]

REASONERS: Final = {"native": "kg.graph.reason", "owlrl": "kg.graph.owlrl_reasoner"}
"""The module behind each name; it offers ``reasoner() -> Reasoner`` and is imported only when asked for."""


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A contradiction: the rule of the W3C table that found it (where known), what it says, and the terms it names."""

    message: str
    rule: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InferenceReport:
    """What a run did: how much was read, derived, and written as the difference; seconds of wall clock."""

    reasoner: str
    asserted: int
    derived: int
    added: int
    removed: int
    rounds: int
    seconds: float
    inconsistencies: tuple[Inconsistency, ...] = ()
    problems: tuple[str, ...] = ()
    """Axioms that are not reasoned with, and why: malformed, or outside the profile."""


class Reasoner(Protocol):
    """Derives the graph ``inferred`` from all others."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        ...

    def infer(self, store: Store, minter: Minter) -> InferenceReport:
        """Recomputes the inferred graph and writes the difference."""
        ...


def reasoner(name: str = "") -> Reasoner:
    """The reasoner of that name, without one our own; raises UsageError."""
    chosen = name or next(iter(REASONERS))
    if chosen not in REASONERS:
        raise UsageError(f"unknown reasoner {name!r}: one of {', '.join(REASONERS)}")
    made: Reasoner = import_module(REASONERS[chosen]).reasoner()
    return made


def asserted(store: Store, minter: Minter) -> set[Triple]:
    """Every triple of every graph but ``inferred``, and ``rules``, which is made after it."""
    return {
        (subject, predicate, obj)
        for name in store.graphs()
        if name not in minter.derived
        for subject, predicate, obj, _ in store.quads(graph=name)
    }


_THING = iri(OWL + "Thing")
_NOTHING = iri(OWL + "Nothing")
_TYPE = iri(RDF + "type")
_TOPS = frozenset({_THING, iri(RDFS + "Resource"), iri(RDFS + "Literal")})
_SUB_CLASS = iri(RDFS + "subClassOf")
_REFLEXIVE = frozenset(
    {
        iri(OWL + "sameAs"),
        iri(OWL + "equivalentClass"),
        iri(OWL + "equivalentProperty"),
        _SUB_CLASS,
        iri(RDFS + "subPropertyOf"),
    }
)
_SIGNATURE = frozenset({iri(RDFS + "domain"), iri(RDFS + "range")})
_BUILT_IN = tuple(f"<{namespace}" for namespace in (RDF, RDFS, OWL, XSD))


def trivial(triple: Triple) -> bool:
    """Whether a derived triple says nothing: holds of anything, of itself, or only of the language's own terms."""
    subject, predicate, obj = triple
    if predicate == _TYPE and obj in _TOPS:
        return True
    if predicate in _SIGNATURE and obj == _THING:
        return True
    if predicate in _REFLEXIVE and (subject in (obj, _NOTHING) or obj == _THING):
        return True
    return subject.startswith(_BUILT_IN)


def storable(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Those that RDF can hold and that are worth it: no literal subject, no predicate but an IRI, nothing trivial."""
    for triple in triples:
        subject, predicate, _ = triple
        if not subject.startswith('"') and predicate.startswith("<") and not trivial(triple):
            yield triple
