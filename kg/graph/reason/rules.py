"""What a compiled rule is: atoms over integers, a head, and the axioms it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Rule:
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
    values: tuple[int, ...] = field(default=())

    @property
    def copies(self) -> bool:
        """Whether it takes all facts of one relation over into another of the same kind as they are."""
        if self.head is None or len(self.body) != 1 or self.distinct:
            return False
        atom = self.body[0]
        if atom.unary and self.head.unary:
            return atom.subject == self.head.subject < 0
        same = (atom.subject, atom.object) == (self.head.subject, self.head.object)
        return same and not atom.unary and not self.head.unary and len(set(atom.variables())) == 2
