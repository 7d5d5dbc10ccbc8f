"""Whether a closed graph entails another: its triples hold, or what would deny them is a contradiction.

Blank nodes of the other graph are read as variables (RDF 1.1 Semantics, section 5). What forward rules do not
materialise is decided by refutation: the denial is added and must contradict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from kg.graph.reason.datatypes import different, inside
from kg.graph.reason.engine import Engine
from kg.graph.reason.literals import SUPPORTED
from kg.graph.reason.vocabulary import OWL, RDF, RDFS, TERMS

Statement: TypeAlias = tuple[str, str, str]

_TYPE: Final = f"<{RDF}type>"
_A, _B, _C = (f"<urn:communique:some:{name}>" for name in "abc")


def _owl(name: str) -> str:
    return f"<{OWL}{name}>"


class Closure:
    """The closure of some triples, everything trivial included, to ask what it entails."""

    def __init__(self, stated: Sequence[Statement]) -> None:
        self._stated = list(stated)
        self._engine = _closed(self._stated)
        lines = self._engine.inferred(trivial=True, expand=True).decode().splitlines()
        self.triples: set[Statement] = {*self._stated, *(_statement(line) for line in lines)}

    @property
    def contradictory(self) -> bool:
        """Whether the triples contradict each other, so that they entail everything."""
        return bool(self._engine.contradictions)

    def entails(self, wanted: Sequence[Statement]) -> bool:
        """Whether all of the triples follow, under one reading of their blank nodes."""
        if self.contradictory:
            return True
        known = [triple for triple in wanted if not any(term.startswith("_:") for term in triple)]
        if not all(self.holds(triple) or self.refutes(triple) for triple in known):
            return False
        return self._match([triple for triple in wanted if triple not in known], {})

    def holds(self, triple: Statement) -> bool:
        """Whether a triple was stated or derived, or follows from what literals and names mean."""
        subject, predicate, obj = triple
        if triple in self.triples:
            return True
        if predicate == _owl("sameAs") and subject == obj:
            return True
        if predicate == _TYPE and obj.encode() in TERMS:
            return any(inside(literal, TERMS.index(obj.encode())) for literal in self._literals(subject)) and (
                TERMS.index(obj.encode()) in SUPPORTED
            )
        if predicate == _owl("differentFrom"):
            return any(different(one, two) for one in self._literals(subject) for two in self._literals(obj))
        return False

    def _literals(self, term: str) -> list[str]:
        """The literals that a term is known to be equal to."""
        engine = self._engine
        number = engine.state.dictionary.find(term.encode())
        cluster = engine.state.clusters.cluster(number).tolist() if number >= 0 else []
        return [text for text in (term, *map(engine.state.dictionary.text, cluster)) if text.startswith('"')]

    def refutes(self, triple: Statement) -> bool:
        """Whether denying a triple contradicts the rest."""
        return any(
            all(_contradictory([*self._stated, *denial]) for denial in alternatives)
            for alternatives in _denials(triple)
        )

    def _match(self, patterns: list[Statement], binding: dict[str, str]) -> bool:
        if not patterns:
            return True
        first, *rest = patterns
        for triple in self.triples:
            bound = _bind(first, triple, binding)
            if bound is not None and self._match(rest, bound):
                return True
        return False


def _bind(pattern: Statement, triple: Statement, binding: dict[str, str]) -> dict[str, str] | None:
    bound = dict(binding)
    for wanted, found in zip(pattern, triple, strict=True):
        if not wanted.startswith("_:"):
            if wanted != found:
                return None
        elif bound.setdefault(wanted, found) != found:
            return None
    return bound


def _closed(stated: Sequence[Statement]) -> Engine:
    engine = Engine(everything=True)
    engine.load("".join(f"{s} {p} {o} .\n" for s, p, o in stated).encode())
    return engine


def _contradictory(stated: Sequence[Statement]) -> bool:
    return bool(_closed(stated).contradictions)


def _statement(line: str) -> Statement:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.removesuffix(" .")


def _no(subject: str, predicate: str, obj: str) -> list[Statement]:
    """That a statement does not hold, as a negative property assertion."""
    target = "targetValue" if obj.startswith('"') else "targetIndividual"
    node = "_:denied"
    return [
        (node, _owl("sourceIndividual"), subject),
        (node, _owl("assertionProperty"), predicate),
        (node, _owl(target), obj),
    ]


def _not_a(subject: str, class_: str) -> list[Statement]:
    return [("_:complement", _owl("complementOf"), class_), (subject, _TYPE, "_:complement")]


def _denials(triple: Statement) -> Iterator[list[list[Statement]]]:
    """Ways to deny a statement: each a list of sets of triples that must all be contradictory."""
    subject, predicate, obj = triple
    one = (_A, _TYPE, subject)
    match predicate.removeprefix(f"<{OWL}").removeprefix(f"<{RDFS}").rstrip(">"):
        case "sameAs":
            yield [[(subject, _owl("differentFrom"), obj)]]
        case "differentFrom":
            yield [[(subject, _owl("sameAs"), obj)]]
        case "subClassOf":
            yield [[one, *_not_a(_A, obj)]]
        case "equivalentClass":
            yield [[one, *_not_a(_A, obj)], [(_A, _TYPE, obj), *_not_a(_A, subject)]]
        case "disjointWith" | "complementOf":
            yield [[one, (_A, _TYPE, obj)]]
        case "subPropertyOf":
            yield [[(_A, subject, _B), *_no(_A, obj, _B)]]
        case "equivalentProperty":
            yield [[(_A, subject, _B), *_no(_A, obj, _B)], [(_A, obj, _B), *_no(_A, subject, _B)]]
        case "inverseOf":
            yield [[(_A, subject, _B), *_no(_B, obj, _A)], [(_A, obj, _B), *_no(_B, subject, _A)]]
        case "propertyDisjointWith":
            yield [[(_A, subject, _B), (_A, obj, _B)]]
        case "domain":
            yield [[(_A, subject, _B), *_not_a(_A, obj)]]
        case "range":
            yield [[(_A, subject, _B), *_not_a(_B, obj)]]
        case _ if predicate == _TYPE:
            yield from _characteristics(subject, obj)
            yield [_not_a(subject, obj)]
        case _:
            yield [_no(subject, predicate, obj)]


def _characteristics(p: str, kind: str) -> Iterator[list[list[Statement]]]:
    """Denials of a property's characteristic."""
    match kind.removeprefix(f"<{OWL}").rstrip(">"):
        case "SymmetricProperty":
            yield [[(_A, p, _B), *_no(_B, p, _A)]]
        case "TransitiveProperty":
            yield [[(_A, p, _B), (_B, p, _C), *_no(_A, p, _C)]]
        case "FunctionalProperty":
            yield [[(_A, p, _B), (_A, p, _C), (_B, _owl("differentFrom"), _C)]]
        case "InverseFunctionalProperty":
            yield [[(_B, p, _A), (_C, p, _A), (_B, _owl("differentFrom"), _C)]]
        case "AsymmetricProperty":
            yield [[(_A, p, _B), (_B, p, _A)]]
        case "IrreflexiveProperty":
            yield [[(_A, p, _A)]]
