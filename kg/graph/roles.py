"""Which specific roles an event class gives to its agents and targets, as the ontology declares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.graph.store import Store
from kg.graph.terms import KG, value

GENERAL_ROLES: Final = frozenset({"agent", "target", "place", "topic", "body", "motion"})
"""The roles of which all others are sub-properties; the only ones that a planned event has."""

_DECLARED = """
SELECT ?class ?general ?role WHERE {
  VALUES (?declares ?general) { (kg:agentRole "agent") (kg:targetRole "target") }
  ?class rdfs:subClassOf* ?declaring . ?declaring ?declares ?role
  FILTER(isIRI(?class))
}"""
_GENERALISED = "SELECT ?role ?general WHERE { ?role rdfs:subPropertyOf+ ?general FILTER(isIRI(?role)) }"


@dataclass(frozen=True, slots=True)
class RoleTable:
    """Roles by local name: ``specific[("Veto", "agent")]`` are those of a class, ``general`` those above a role."""

    specific: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    general: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def roles(self, kind: str, name: str, *, planned: bool) -> frozenset[str]:
        """All the roles that somebody has who takes part in an event of class ``kind`` by the role ``name``."""
        above = (self.general.get(name, frozenset()) | {name}) & GENERAL_ROLES
        if planned:
            return above or frozenset({name})
        below = frozenset[str]().union(*(self.specific.get((kind, role), frozenset()) for role in above))
        return above | below | {name}


def load_roles(store: Store) -> RoleTable:
    """Reads the table from the ontology in the store."""
    specific: dict[tuple[str, str], set[str]] = defaultdict(set)
    general: dict[str, set[str]] = defaultdict(set)
    for row in store.rows(_DECLARED):
        specific[_local(row["class"]), value(row["general"])].add(_local(row["role"]))
    for row in store.rows(_GENERALISED):
        general[_local(row["role"])].add(_local(row["general"]))
    return RoleTable(
        {key: frozenset(roles) for key, roles in specific.items()},
        {role: frozenset(above) for role, above in general.items()},
    )


def _local(term: str) -> str:
    return value(term).removeprefix(KG)
