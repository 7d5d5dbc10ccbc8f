"""The conditions of FILTERs that can be decided without the engine: comparisons, CONTAINS, BOUND, and, or, not.

They are written as expressions of Python, for where they are true and for where they are false: as errors are neither
(SPARQL 1.1 Query, section 17.2), a filter lets none pass, ``!`` keeps them, and ``||`` may overcome them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from kg.graph import terms
from kg.graph.store.compiled import Names
from kg.graph.store.joined import Given
from kg.graph.store.sparql import Token
from kg.graph.store.values import TooMuch, Value, literal_value, quoted_value
from server.sparql.plan import iri_of

_INTEGER = terms.curie("xsd:integer")[1:-1]
_STRING = terms.curie("xsd:string")[1:-1]


class Unknown(Exception):
    """The query has something that is not looked into."""


@dataclass(frozen=True, slots=True)
class Variable:
    """An operand that is a variable, by its number."""

    slot: int


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
        """Whether they compare so, or not; neither where one has no value. Values of two kinds are too much."""
        if any(slot not in names.bound for slot in self.reads()):
            return "False"
        have = [f"v{slot} is not None and " for slot in sorted(self.reads() - names.certain)]
        (kind, key), (other, than) = (_valued(operand, names) for operand in (self.left, self.right))
        equal = self.sign in ("=", "!=")
        alike = f"({kind} == {other}{'' if equal else ' != iri'} or too_much())"
        sign = "==" if self.sign == "=" else self.sign
        return f"({''.join(have)}{alike} and {'' if truth else 'not '}{key} {sign} {than})"

    def reads(self) -> frozenset[int]:
        """The variables among the operands."""
        return frozenset(operand.slot for operand in (self.left, self.right) if isinstance(operand, Variable))


def _valued(operand: Operand, names: Names) -> tuple[str, str]:
    """The kind and the key of an operand's value."""
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
    tokens: Sequence[Token], number: Callable[[str], int], prefixes: Mapping[str, str]
) -> list[Condition]:
    """The conditions of a filter of which all must hold; ``number`` numbers variables. Raises Unknown."""
    reader = _Reader(tokens, number, dict(prefixes))
    condition = reader.any()
    if not reader.is_at_end():
        raise Unknown
    if isinstance(condition, Several) and not condition.decisive:
        return list(condition.parts)
    return [condition]


class _Reader:
    """Reads an expression from left to right (SPARQL 1.1 Query, rules 111 to 120)."""

    def __init__(self, tokens: Sequence[Token], number: Callable[[str], int], prefixes: dict[str, str]) -> None:
        self._tokens = tokens
        self._number = number
        self._prefixes = prefixes
        self._at = 0

    def is_at_end(self) -> bool:
        """Whether all is read."""
        return self._at >= len(self._tokens)

    def any(self) -> Condition:
        """Conditions of which one must hold."""
        parts = [self._all()]
        while self._takes("||"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Several(tuple(parts), decisive=True)

    def _all(self) -> Condition:
        parts = [self._one()]
        while self._takes("&&"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Several(tuple(parts), decisive=False)

    def _one(self) -> Condition:
        if self._takes("!"):
            return Not(self._named() or self._one_in_brackets())
        return self._named() or (self._one_in_brackets() if self._looks_at("(") else self._comparison())

    def _named(self) -> Condition | None:
        """BOUND or CONTAINS, if that is next."""
        if self._takes("BOUND"):
            return self._bound()
        return self._contains() if self._takes("CONTAINS") else None

    def _one_in_brackets(self) -> Condition:
        self._demand("(")
        condition = self.any()
        self._demand(")")
        return condition

    def _bound(self) -> Condition:
        self._demand("(")
        token = self._next("variable")
        self._demand(")")
        return Bound(self._number(token.text[1:]))

    def _contains(self) -> Condition:
        self._demand("(")
        lowered, spelled = (self._takes(name) and self._takes("(") for name in ("LCASE", "STR"))
        slot = self._number(self._next("variable").text[1:])
        for _ in range(lowered + spelled):
            self._demand(")")
        self._demand(",")
        constant = self._literal(int(self._next("string").text[1:-1]))
        self._demand(")")
        return Contains(slot, lowered, spelled, constant)

    def _comparison(self) -> Condition:
        left = self._operand()
        sign = next((s for s in ("!=", "<=", ">=", "=", "<", ">") if self._takes(s)), "")
        if not sign:
            raise Unknown
        return Comparison(sign, left, self._operand())

    def _operand(self) -> Operand:
        token = self._next()
        if token.kind == "variable":
            return Variable(self._number(token.text[1:]))
        if token.kind == "string":
            return self._literal(int(token.text[1:-1]))
        if token.kind in ("iri", "name"):
            term = self._iri(token)
            return lambda given: ("iri", given.node(term).value)
        if token.text.isascii() and token.text.isdigit():
            return self._whole_number(token)
        raise Unknown

    def _whole_number(self, token: Token) -> Operand:
        text, end = token.text, token.end
        while not self.is_at_end() and self._tokens[self._at].begin == end:
            following = self._tokens[self._at].text
            if not (following.isascii() and following.isdigit()):
                break
            text, end, self._at = text + following, end + len(following), self._at + 1
        if self._looks_at(".") or (not self.is_at_end() and self._tokens[self._at].kind == "word"):
            raise Unknown  # a decimal, or one with an exponent
        found = literal_value(text, _INTEGER)
        return lambda _given: found

    def _literal(self, place: int) -> Constant:
        datatype = f"<{_STRING}>"
        if self._takes("^^"):
            datatype = self._iri(self._next())
        elif not self.is_at_end() and self._tokens[self._at].kind == "language":
            raise Unknown

        def read(given: Given) -> Value:
            return quoted_value(given.strings[place], given.text(datatype)[1:-1])

        return read

    def _iri(self, token: Token) -> str:
        term = iri_of(token, self._prefixes)
        if not term or "\\" in term or (token.kind == "name" and term[1].isdigit()):
            raise Unknown
        return term

    def _takes(self, sign: str) -> bool:
        """Steps over a sign, or a word, if it is next; signs of two characters stand without space between them."""
        if not self._looks_at(sign):
            return False
        self._at += 1 if sign.isalpha() else len(sign)
        return True

    def _looks_at(self, sign: str) -> bool:
        if sign.isalpha():
            return not self.is_at_end() and self._tokens[self._at].word == sign
        tokens = self._tokens[self._at : self._at + len(sign)]
        close = all(after.begin == before.begin + 1 for before, after in pairwise(tokens))
        return close and "".join(token.text for token in tokens if token.kind == "other") == sign

    def _demand(self, sign: str) -> None:
        if not self._takes(sign):
            raise Unknown

    def _next(self, kind: str = "") -> Token:
        if self.is_at_end() or (kind and self._tokens[self._at].kind != kind):
            raise Unknown
        self._at += 1
        return self._tokens[self._at - 1]
