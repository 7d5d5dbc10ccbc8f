"""From the closed schema to rules: which there are, what each relation triggers, and how they read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.graph.reason import vocabulary as v
from kg.graph.reason.axioms import Axioms, Problem
from kg.graph.reason.class_rules import class_rules, subclasses
from kg.graph.reason.facts import ALL_TYPES, Facts, Name
from kg.graph.reason.profile import profile_problems
from kg.graph.reason.property_rules import hierarchy, property_rules
from kg.graph.reason.rules import Atom, Rule, Triple
from kg.graph.reason.schema_rules import AXIOM_RULES, SCHEMA_RULES

Work: TypeAlias = tuple[Atom | None, tuple[Atom, ...], tuple[int, int] | None]


@dataclass(slots=True)
class Program:
    """Rules with indices over them.

    ``copies[r]`` are the relations that take over every fact of ``r``; ``triggers[r]`` the other rules that read ``r``
    and at which atom.
    """

    rules: list[Rule] = field(default_factory=list)
    copies: dict[Name, dict[Name, None]] = field(default_factory=dict)
    triggers: dict[Name, list[tuple[Rule, int]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _heads: dict[Name, list[Rule]] = field(default_factory=dict)
    _looked_at: int = 0
    _makes_axioms: bool = False
    _work: dict[Work, list[tuple[str, tuple[Triple, ...]]]] = field(default_factory=dict)
    """What rules do, and by which names and axioms; those that do the same are run once."""

    @property
    def heads(self) -> dict[Name, list[Rule]]:
        """Every rule that adds to a relation, for proofs and retraction."""
        self._look()
        return self._heads

    @property
    def makes_axioms(self) -> bool:
        """Whether facts that are no axioms can make one, by a property below a property of the schema, say."""
        self._look()
        return self._makes_axioms

    def _look(self) -> None:
        """Looks at the heads of rules that are new, which nothing needs before there are proofs and retractions."""
        for rule in self.rules[self._looked_at :]:
            if rule.head is not None:
                self._makes_axioms = self._makes_axioms or makes_axiom(rule)
                self._heads.setdefault(rule.head.relation, []).append(rule)
        self._looked_at = len(self.rules)

    def extend(self, rules: Iterable[Rule]) -> list[Rule]:
        """Takes in the rules that are new, and gives those of them that have to be run."""
        fresh, work = [], self._work
        for rule in rules:
            name, head, body, axioms, _, differing = rule
            key = (head, body, differing)
            known = work.get(key)
            if known is None:
                work[key] = [(name, axioms)]
                self._index(rule)
                fresh.append(rule)
            elif (name, axioms) in known:
                continue
            else:
                known.append((name, axioms))
            self.rules.append(rule)
        return fresh

    def _index(self, rule: Rule) -> None:
        if rule.copies and rule.head is not None:
            self.copies.setdefault(rule.body[0].relation, {})[rule.head.relation] = None
            return
        for position, atom in enumerate(rule.body):
            self.triggers.setdefault(atom.relation, []).append((rule, position))

    def reads_all_types(self) -> bool:
        """Whether a rule reads rdf:type with a variable class."""
        return ALL_TYPES in self.triggers or ALL_TYPES in self.copies


def fixed_rules() -> tuple[Rule, ...]:
    """The rules that need no axiom."""
    return (*AXIOM_RULES, *SCHEMA_RULES)


def compiled(facts: Facts, text: Callable[[int], str], everything: bool) -> tuple[list[Rule], list[Problem]]:
    """The rules that the schema in ``facts`` makes; those to owl:Thing only if asked for or read by another."""
    axioms = Axioms(facts, text)
    rules = [*property_rules(axioms), *class_rules(axioms)]
    needed = everything or any(
        predicate == v.TYPE and (object_ == v.THING or object_ < 0)
        for rule in rules
        for predicate, _, object_ in rule.body
    )
    if not needed:
        rules = [rule for rule in rules if rule.head is None or rule.head[0] != v.TYPE or rule.head[2] != v.THING]
    axioms.problems += profile_problems(axioms)
    return rules, axioms.problems


def simplest(facts: Facts, text: Callable[[int], str]) -> list[Rule]:
    """The rules of one premise that hierarchies, domains and ranges make as they are stated."""
    axioms = Axioms(facts, text)
    rules = (*hierarchy(axioms), *subclasses(axioms))
    return [rule for rule in rules if rule.head and not (rule.head.unary and rule.head.object == v.THING)]


def is_schema(name: Name) -> bool:
    """Whether a relation holds axioms, so that a change to it can change the rules."""
    return name[0] in v.ALL_SCHEMA_PREDICATES or (name[0] == v.TYPE and name[1] in v.SCHEMA_CLASSES)


def shown(rule: Rule, text: Callable[[int], str]) -> str:
    """A rule as one readable line: name, body, head."""
    names: dict[int, str] = {}

    def term(number: int) -> str:
        if number >= 0:
            return short(text(number))
        return names.setdefault(number, "?" + "xyzwvutsrqponmlkjihgfedcba"[len(names) % 26])

    def atom(pattern: Atom) -> str:
        if pattern.unary:
            return f"{term(pattern.object)}({term(pattern.subject)})"
        return f"{term(pattern.predicate)}({term(pattern.subject)}, {term(pattern.object)})"

    body = ", ".join(atom(pattern) for pattern in rule.body) or "true"
    return f"{rule.name:<10} {body} → {atom(rule.head) if rule.head else 'false'}"


def makes_axiom(rule: Rule) -> bool:
    """Whether a rule has an axiom as its head and something else in its body."""
    if rule.head is None or not (is_schema(rule.head.relation) or rule.head.relation == ALL_TYPES):
        return False
    return not all(is_schema(atom.relation) for atom in rule.body)


_NAMESPACES = {
    v.RDF: "rdf:",
    v.RDFS: "rdfs:",
    v.OWL: "owl:",
    v.XSD: "xsd:",
    "https://w3id.org/communique/ontology#": "kg:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://xmlns.com/foaf/0.1/": "foaf:",
    "http://www.w3.org/ns/org#": "org:",
    "http://www.w3.org/ns/prov#": "prov:",
    "https://schema.org/": "schema:",
    "http://semanticweb.cs.vu.nl/2009/11/sem/": "sem:",
    "http://purl.org/dc/terms/": "dcterms:",
}
_NAMESPACE = re.compile("<(" + "|".join(re.escape(iri) for iri in _NAMESPACES) + r")([\w-]+)>")


def short(term: str) -> str:
    """A term with a well-known prefix where it has one."""
    return _NAMESPACE.sub(lambda match: _NAMESPACES[match[1]] + match[2], term)
