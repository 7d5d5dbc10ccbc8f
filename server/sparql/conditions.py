"""The conditions of FILTERs that can be decided without the engine: comparisons, CONTAINS, BOUND, and, or, not.

They are written as expressions of Python, for where they are true and for where they are false: as errors are neither
(SPARQL 1.1 Query, section 17.2), a filter lets none pass, ``!`` keeps them, and ``||`` may overcome them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.graph import terms
from kg.graph.store.compiled import Names
from kg.graph.store.joined import Compared, Given
from kg.graph.store.sparql import Token
from kg.graph.store.values import TooMuch, Value, literal_value, quoted_value
from server.sparql.plan import iri_of
from server.sparql.reader import Aggregates, Reader, Unknown

_INTEGER = terms.curie("xsd:integer")[1:-1]
_STRING = terms.curie("xsd:string")[1:-1]


@dataclass(frozen=True, slots=True)
class Variable:
    """An operand that is a variable, by its number, or what STR makes of it."""

    slot: int
    spelled: bool = False


Constant: TypeAlias = Callable[[Given], Value]
Operand: TypeAlias = Variable | Constant
"""A variable, or what gives a constant."""


@dataclass(frozen=True, slots=True)
class Bound:
    """BOUND of a variable."""

    slot: int

    def source(self, names: Names, truth: bool) -> str:
        """Whether it has a value, or has none."""
        if self.slot in names.certain or self.slot not in names.bound:
            return str((self.slot in names.bound) is truth)
        return f"v{self.slot} is {'not ' if truth else ''}None"

    def reads(self) -> frozenset[int]:
        """The variable."""
        return frozenset((self.slot,))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands and a sign."""

    sign: str
    left: Operand
    right: Operand

    def source(self, names: Names, truth: bool) -> str:
        """Whether they compare so, or not; neither where one has no value, or STR makes nothing of it.

        Values of two kinds are too much.
        """
        if any(slot not in names.bound for slot in self.reads()):
            return "False"
        have = [f"v{slot} is not None and " for slot in sorted(self.reads() - names.certain)]
        spelled = [o.slot for o in (self.left, self.right) if isinstance(o, Variable) and o.spelled]
        have += [f"spelling(v{slot}.node) is not None and " for slot in spelled]
        (kind, key), (other, than) = (_valued(operand, names) for operand in (self.left, self.right))
        equal = self.sign in ("=", "!=")
        alike = f"({kind} == {other}{'' if equal else ' != iri'} or too_much())"
        sign = "==" if self.sign == "=" else self.sign
        return f"({''.join(have)}{alike} and {'' if truth else 'not '}{key} {sign} {than})"

    def reads(self) -> frozenset[int]:
        """The variables among the operands."""
        return frozenset(operand.slot for operand in (self.left, self.right) if isinstance(operand, Variable))

    def compared(self) -> Compared | None:
        """The two variables that are compared, where they are two."""
        left, right = self.left, self.right
        if not isinstance(left, Variable) or not isinstance(right, Variable):
            return None
        return Compared(self.sign, left.slot, right.slot, left.spelled, right.spelled)


def _valued(operand: Operand, names: Names) -> tuple[str, str]:
    """The kind and the key of an operand's value."""
    if isinstance(operand, Variable) and operand.spelled:
        return "'string'", f"spelling(v{operand.slot}.node)"
    if isinstance(operand, Variable):
        return f"v{operand.slot}.kind", f"v{operand.slot}.key"
    constant = names.constant(operand)
    return f"{constant}[0]", f"{constant}[1]"


@dataclass(frozen=True, slots=True)
class Contains:
    """CONTAINS of a variable and a text; the variable in small letters, or as a string whatever it is, if so asked."""

    slot: int
    lowered: bool
    spelled: bool
    constant: Constant

    def text(self, given: Given) -> str:
        """What is looked for; raises TooMuch for what has other letters than ASCII, whose case may differ."""
        kind, text = self.constant(given)
        if kind != "string" or not str(text).isascii():
            raise TooMuch
        return str(text)

    def source(self, names: Names, truth: bool) -> str:
        """Whether the text is in it, or not; neither where it has no value, or one that is no string."""
        sought = names.constant(self.text)
        if self.slot not in names.bound:
            return "False"
        node = f"v{self.slot}.node" if self.slot in names.certain else f"(v{self.slot} and v{self.slot}.node)"
        return f"contains({node}, {sought}, {self.lowered}, {self.spelled}) is {truth}"

    def reads(self) -> frozenset[int]:
        """The variable."""
        return frozenset((self.slot,))


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; of an error an error."""

    part: Condition

    def source(self, names: Names, truth: bool) -> str:
        """Whether the part is false, or true."""
        return self.part.source(names, not truth)

    def reads(self) -> frozenset[int]:
        """What the part reads."""
        return self.part.reads()


@dataclass(frozen=True, slots=True)
class Several:
    """All of the parts, or any: ``decisive`` is what one part must be to decide it."""

    parts: tuple[Condition, ...]
    decisive: bool

    def source(self, names: Names, truth: bool) -> str:
        """Whether one part is decisive, or none is; where another is an error and none decisive, neither."""
        word = " or " if self.decisive is truth else " and "
        return f"({word.join(part.source(names, truth) for part in self.parts)})"

    def reads(self) -> frozenset[int]:
        """What any part reads."""
        return frozenset().union(*[part.reads() for part in self.parts])


Condition: TypeAlias = Bound | Comparison | Contains | Not | Several


def read_conditions(
    tokens: Sequence[Token],
    number: Callable[[str], int],
    prefixes: Mapping[str, str],
    aggregates: Aggregates | None = None,
) -> list[Condition]:
    """The conditions of a filter of which all must hold; ``number`` numbers variables. Raises Unknown.

    Where ``aggregates`` are given it may have these as well.
    """
    reader = _Reader(tokens, number, dict(prefixes), aggregates)
    condition = reader.any()
    if not reader.is_at_end():
        raise Unknown
    if isinstance(condition, Several) and not condition.decisive:
        return list(condition.parts)
    return [condition]


class _Reader(Reader):
    """Reads an expression (SPARQL 1.1 Query, rules 111 to 120)."""

    def __init__(
        self,
        tokens: Sequence[Token],
        number: Callable[[str], int],
        prefixes: dict[str, str],
        aggregates: Aggregates | None,
    ) -> None:
        super().__init__(tokens)
        self._number = number
        self._prefixes = prefixes
        self._aggregates = aggregates

    def any(self) -> Condition:
        """Conditions of which one must hold."""
        parts = [self._all()]
        while self.takes("||"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Several(tuple(parts), decisive=True)

    def _all(self) -> Condition:
        parts = [self._one()]
        while self.takes("&&"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Several(tuple(parts), decisive=False)

    def _one(self) -> Condition:
        if self.takes("!"):
            return Not(self._named() or self._one_in_brackets())
        return self._named() or (self._one_in_brackets() if self.looks_at("(") else self._comparison())

    def _named(self) -> Condition | None:
        """BOUND or CONTAINS, if that is next."""
        if self.takes("BOUND"):
            return self._bound()
        return self._contains() if self.takes("CONTAINS") else None

    def _one_in_brackets(self) -> Condition:
        self.demand("(")
        condition = self.any()
        self.demand(")")
        return condition

    def _bound(self) -> Condition:
        self.demand("(")
        slot = self._number(self.variable())
        self.demand(")")
        return Bound(slot)

    def _contains(self) -> Condition:
        self.demand("(")
        lowered, spelled = (self.takes(name) and self.takes("(") for name in ("LCASE", "STR"))
        slot = self._number(self.variable())
        for _ in range(lowered + spelled):
            self.demand(")")
        self.demand(",")
        constant = self._literal(int(self.next("string").text[1:-1]))
        self.demand(")")
        return Contains(slot, lowered, spelled, constant)

    def _comparison(self) -> Condition:
        left = self._operand()
        sign = next((s for s in ("!=", "<=", ">=", "=", "<", ">") if self.takes(s)), "")
        if not sign:
            raise Unknown
        return Comparison(sign, left, self._operand())

    def _operand(self) -> Operand:
        made = self.aggregate(self._aggregates) if self._aggregates else None
        if made and self._aggregates:
            return Variable(self._aggregates.number(made))
        if self.looks_at_variable():
            return Variable(self._number(self.variable()))
        if self.takes("STR"):
            return self._spelled()
        if not self.is_at_end() and self._tokens[self._at].text.isdigit():
            return self._number_of_digits()
        token = self.next()
        if token.kind == "string":
            return self._literal(int(token.text[1:-1]))
        if token.kind in ("iri", "name"):
            term = self._iri(token)
            return lambda given: ("iri", given.node(term).value)
        raise Unknown

    def _spelled(self) -> Operand:
        self.demand("(")
        slot = self._number(self.variable())
        self.demand(")")
        return Variable(slot, spelled=True)

    def _number_of_digits(self) -> Operand:
        text = self.whole_number()
        if self.looks_at(".") or (not self.is_at_end() and self._tokens[self._at].kind == "word"):
            raise Unknown  # a decimal, or one with an exponent
        found = literal_value(text, _INTEGER)
        return lambda _given: found

    def _literal(self, place: int) -> Constant:
        datatype = f"<{_STRING}>"
        if self.takes("^^"):
            datatype = self._iri(self.next())
        elif not self.is_at_end() and self._tokens[self._at].kind == "language":
            raise Unknown

        if not datatype[1].isdigit():
            return lambda given: quoted_value(given.constants[place], datatype)
        kind = int(datatype[1:-1])
        return lambda given: quoted_value(given.constants[place], given.constants[kind])

    def _iri(self, token: Token) -> str:
        term = iri_of(token, self._prefixes)
        if not term or "\\" in term or (token.kind == "name" and term[1].isdigit()):
            raise Unknown
        return term
