"""What a compiled rule is: atoms over integers, a head, and the axioms it was made from."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from kg.graph.reason.vocabulary import TYPE

Triple: TypeAlias = tuple[int, int, int]

X: Final = -1
Y: Final = -2
Z: Final = -3
W: Final = -4
"""Variables are negative numbers; constants are the identifiers of terms."""


class Atom(NamedTuple):
    """A triple pattern whose predicate is fixed; subject and object are identifiers or variables."""

    predicate: int
    subject: int
    object: int

    @property
    def relation(self) -> tuple[int, int]:
        """The relation it reads: ``(TYPE, class)`` for members of a class, else ``(property, -1)``."""
        if self.predicate == TYPE and self.object >= 0:
            return (TYPE, self.object)
        return (self.predicate, -1)

    @property
    def unary(self) -> bool:
        """Whether it reads the members of one class."""
        return self.predicate == TYPE and self.object >= 0

    def variables(self) -> tuple[int, ...]:
        """Its variables, subject first."""
        return tuple(term for term in (self.subject, self.object) if term < 0)

    def bound(self, binding: dict[int, int]) -> Triple:
        """The triple under a binding of all its variables."""
        return (
            binding[self.subject] if self.subject < 0 else self.subject,
            self.predicate,
            binding[self.object] if self.object < 0 else self.object,
        )


_HIERARCHY: Final = frozenset(
    {"cax-sco", "cax-eqc1", "cax-eqc2", "cls-int2", "cls-uni", "prp-spo1", "prp-eqp1", "prp-eqp2"}
)


class Rule(NamedTuple):
    """``body`` implies ``head``, or a contradiction where ``head`` is None.

    ``axioms`` are the triples that made it, ``name`` the name in the W3C tables. With ``star`` the body is two atoms
    that share one variable and it is enough to link each match to the first one of its group (sameAs is transitive).
    ``distinct`` are two variables that must differ.
    """

    name: str
    head: Atom | None
    body: tuple[Atom, ...]
    axioms: tuple[Triple, ...] = ()
    star: bool = False
    distinct: tuple[int, int] | None = None

    @property
    def copies(self) -> bool:
        """Whether it copies one relation into another, along a hierarchy that the schema rules close."""
        return self.name in _HIERARCHY and self.head is not None and self.body[0].unary == self.head.unary
