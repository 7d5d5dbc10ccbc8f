"""Which specific properties a class gives to those who take part, as annotations in the ontology declare them.

Derived relations rest on specific properties (``vetoer``, ``officeOf``, ``incumbent``), since OWL 2 RL cannot say "an
agent of a veto". ``docs/ontology.md`` tells why this is done where facts become RDF.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.graph.store import Store
from kg.graph.terms import KG, kg, value

GENERAL_ROLES: Final = frozenset({"agent", "target", "place", "topic", "body", "motion"})
"""The roles of which all others are sub-properties; the only ones that a planned event has."""
_ANNOTATIONS: Final = (
    "agentRole",
    "targetRole",
    "documentRole",
    "positionInRole",
    "organisationRole",
    "stateRole",
    "speaksFor",
)


@dataclass(frozen=True, slots=True)
class RoleTable:
    """``declared["agentRole"]["Veto"]`` is ``vetoer``; ``above["Veto"]`` and ``above["vetoer"]`` are what is above.

    Everything by local name. An empty table maps every role to itself.
    """

    declared: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def nearest(self, annotation: str, kind: str) -> str:
        """What the class, or else the nearest class above it, declares; empty where none does."""
        found = self.declared.get(annotation, {})
        return next((found[name] for name in (kind, *self.above.get(kind, ())) if name in found), "")

    def general(self, role: str) -> frozenset[str]:
        """The general roles that a role is one of."""
        return frozenset((role, *self.above.get(role, ()))) & GENERAL_ROLES

    def roles(self, kind: str, role: str, *, planned: bool, choice: str = "", of: str = "") -> frozenset[str]:
        """All roles that a thing of class ``of`` has in an event of class ``kind`` by ``role``."""
        general = self.general(role) or frozenset({role})
        if planned:
            return general
        specific = {role}
        if "agent" in general:
            specific |= {self.nearest("agentRole", kind), self.nearest("agentRole", choice)}
        if "target" in general:
            if self.is_a(of, "Document"):
                specific.add(self.nearest("documentRole", kind))
            elif not of or self.is_a(of, "Actor"):
                specific.add(self.nearest("targetRole", kind))
        return (general | specific) - {""}

    def is_a(self, kind: str, other: str) -> bool:
        """Whether a class is, or is below, another."""
        return kind == other or other in self.above.get(kind, ())

    def speaks_for(self, role: str) -> bool:
        """Whether holders of such an office speak for the organisation."""
        return self.declared.get("speaksFor", {}).get(role) == "true"


def load_roles(store: Store) -> RoleTable:
    """Reads the table from the ontology in the store."""
    declared: dict[str, dict[str, str]] = {}
    for annotation in _ANNOTATIONS:
        found = ((_local(s), _local(o)) for s, _, o in store.triples(None, kg(annotation)))
        declared[annotation] = dict(sorted(found, reverse=True))
    direct: dict[str, set[str]] = defaultdict(set)
    query = "SELECT ?n ?a WHERE { ?n rdfs:subClassOf|rdfs:subPropertyOf ?a FILTER(isIRI(?n) && isIRI(?a)) }"
    for row in store.rows(query):
        direct[_local(row["n"])].add(_local(row["a"]))
    return RoleTable(declared, {name: _ancestors(name, direct) for name in direct})


def _ancestors(name: str, direct: Mapping[str, set[str]]) -> tuple[str, ...]:
    """What is above, nearest first; names of one distance in order."""
    found: list[str] = []
    queue = deque(sorted(direct.get(name, ())))
    while queue:
        above = queue.popleft()
        if above != name and above not in found:
            found.append(above)
            queue.extend(sorted(direct.get(above, ())))
    return tuple(found)


def _local(term: str) -> str:
    return value(term).removeprefix(KG)
