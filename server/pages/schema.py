"""The ontology as the pages need it: which classes are events, which properties are roles, and how to call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.graph.terms import KG
from server.pages.naming import in_words, local_name

# How events look at a glance: talks, agreement, dispute, clash (the four quadrants of PLOVER) and changes of office.
# A class has the tone of its nearest ancestor named here, so that a new event type needs no entry.
TONES = {
    "Event": "talk",
    "Vote": "talk",
    "Veto": "dispute",
    "Agreement": "agree",
    "Support": "agree",
    "Cooperation": "agree",
    "Aid": "agree",
    "Concession": "agree",
    "Retreat": "agree",
    "Demand": "dispute",
    "Accusation": "dispute",
    "Rejection": "dispute",
    "Threat": "dispute",
    "Investigation": "dispute",
    "Protest": "clash",
    "Sanction": "clash",
    "Mobilisation": "clash",
    "Coercion": "clash",
    "Attack": "clash",
    "OfficeChange": "office",
}
TONE_NAMES = {
    "talk": "Talks and statements",
    "agree": "Agreement and help",
    "dispute": "Dispute",
    "clash": "Force and pressure",
    "office": "Change of office",
}
KINDS = ("Person", "State", "Organisation", "Group", "Actor", "Place", "Document", "Position")


@dataclass(slots=True)
class Term:
    """A class, property or concept of the ontology with what is stated of it."""

    iri: str
    types: set[str] = field(default_factory=set)
    label: str = ""
    comment: str = ""
    stated: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def name(self) -> str:
        """The local name of the term."""
        return local_name(self.iri)


@dataclass(slots=True)
class Schema:
    """All terms of the ontology by IRI, with what lies above and below each."""

    terms: dict[str, Term]
    parents: dict[str, set[str]]
    children: dict[str, set[str]]
    _ancestors: dict[str, frozenset[str]] = field(default_factory=dict)

    def ancestors(self, iri: str) -> frozenset[str]:
        """The classes or properties above a term, itself included."""
        if iri not in self._ancestors:
            self._ancestors[iri] = frozenset(reach(iri, self.parents))
        return self._ancestors[iri]

    def below(self, name: str) -> list[str]:
        """The IRIs of a term of our namespace and of all below it, in alphabetical order."""
        return sorted(reach(KG + name, self.children))

    def is_a(self, name: str, above: str) -> bool:
        """Whether the class or property ``name`` is ``above`` or lies below it; both are local names."""
        return KG + above in self.ancestors(KG + name)

    def most_specific(self, iris: Iterable[str]) -> str:
        """The deepest of several classes, the first by name where two are equally deep; empty for none."""
        return min(iris, key=lambda iri: (-len(self.ancestors(iri)), iri), default="")

    def tone(self, name: str) -> str:
        """How an event of the class looks: talk, agree, dispute, clash or office."""
        level = {KG + name}
        seen = set(level)
        while level:
            toned = sorted(TONES[local_name(iri)] for iri in level if local_name(iri) in TONES)
            if toned:
                return toned[0]
            level = {above for iri in level for above in self.parents.get(iri, ())} - seen
            seen |= level
        return "talk"

    def label(self, iri: str) -> str:
        """What a reader calls a term: its label in the ontology, else its name in words."""
        term = self.terms.get(iri)
        label = term.label if term and term.label else in_words(local_name(iri))
        return label[:1].upper() + label[1:]


def reach(start: str, links: dict[str, set[str]]) -> set[str]:
    """Everything that links lead to from ``start``, itself included."""
    found, waiting = {start}, [start]
    while waiting:
        fresh = links.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found


def read_schema(terms: Iterable[tuple[str, ...]], above: Iterable[tuple[str, ...]]) -> Schema:
    """Makes a schema from rows of ``term type label comment`` and ``term relation other``, as plain values."""
    known: dict[str, Term] = {}
    for iri, kind, label, comment in terms:
        term = known.setdefault(iri, Term(iri))
        term.types.add(local_name(kind))
        term.label, term.comment = term.label or label, term.comment or comment
    parents: dict[str, set[str]] = defaultdict(set)
    children: dict[str, set[str]] = defaultdict(set)
    for iri, relation, other in above:
        name = local_name(relation)
        known.setdefault(iri, Term(iri)).stated[name].append(other)
        if name in ("subClassOf", "subPropertyOf"):
            parents[iri].add(other)
            children[other].add(iri)
    return Schema(known, dict(parents), dict(children))
