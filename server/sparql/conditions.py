"""The conditions of FILTERs that can be decided without the engine: comparisons, CONTAINS, BOUND, and, or, not.

Errors are told from what is false, as SPARQL has it (SPARQL 1.1 Query, section 17.2): a filter lets neither pass, but
``!`` keeps an error and ``||`` may overcome it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from kg.graph import terms
from kg.graph.store.joined import Decide, Given, Row, Truth
from kg.graph.store.sparql import Token
from kg.graph.store.values import TooMuch, Value, comparison, literal_value, spelling, string, value
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

    def with_given(self, _given: Given) -> Decide:
        """Whether it has a value."""
        slot = self.slot
        return lambda row: row[slot] is not None

    def reads(self) -> frozenset[int]:
        """The variable."""
        return frozenset((self.slot,))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands and a sign."""

    sign: str
    left: Operand
    right: Operand

    def with_given(self, given: Given) -> Decide:
        """Whether they compare so; an error where one has no value."""
        compared = comparison(self.sign)
        if isinstance(self.left, Variable) and not isinstance(self.right, Variable):
            slot, constant = self.left.slot, self.right(given)
            return lambda row: None if (node := row[slot]) is None else compared(value(node), constant)
        left, right = _valued(self.left, given), _valued(self.right, given)

        def decide(row: Row) -> Truth:
            first, second = left(row), right(row)
            return None if first is None or second is None else compared(first, second)

        return decide

    def reads(self) -> frozenset[int]:
        """The variables among the operands."""
        return frozenset(operand.slot for operand in (self.left, self.right) if isinstance(operand, Variable))


def _valued(operand: Operand, given: Given) -> Callable[[Row], Value | None]:
    """Gives an operand's value in a row, None for a variable that has none."""
    if isinstance(operand, Variable):
        slot = operand.slot
        return lambda row: None if (node := row[slot]) is None else value(node)
    constant = operand(given)
    return lambda _row: constant


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

    def with_given(self, given: Given) -> Decide:
        """Whether the text is in it; an error where it has no value, or one that is no string."""
        slot, lowered, sought = self.slot, self.lowered, self.text(given)
        read = spelling if self.spelled else string

        def decide(row: Row) -> Truth:
            text = None if (node := row[slot]) is None else read(node)
            return None if text is None else sought in (text.lower() if lowered else text)

        return decide

    def reads(self) -> frozenset[int]:
        """The variable."""
        return frozenset((self.slot,))


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; of an error an error."""

    part: Condition

    def with_given(self, given: Given) -> Decide:
        """Whether the part is false."""
        part = self.part.with_given(given)
        return lambda row: None if (truth := part(row)) is None else not truth

    def reads(self) -> frozenset[int]:
        """What the part reads."""
        return self.part.reads()


@dataclass(frozen=True, slots=True)
class Several:
    """All of the parts, or any: ``decisive`` is what one part must be to decide it."""

    parts: tuple[Condition, ...]
    decisive: bool

    def with_given(self, given: Given) -> Decide:
        """Decided by one part, else an error if one is, else the other."""
        parts, decisive = [part.with_given(given) for part in self.parts], self.decisive

        def decide(row: Row) -> Truth:
            truth: Truth = not decisive
            for part in parts:
                this = part(row)
                if this is decisive:
                    return this
                truth = None if this is None else truth
            return truth

        return decide

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
        datatype = ""
        if self._takes("^^"):
            datatype = self._iri(self._next())
        elif not self.is_at_end() and self._tokens[self._at].kind == "language":
            raise Unknown

        def read(given: Given) -> Value:
            text = given.strings[place]
            if len(text) < 2 or text[0] != text[-1] or "\\" in text or text[:3] in ('"""', "'''"):
                raise TooMuch
            return literal_value(text[1:-1], given.node(datatype).value if datatype else _STRING)

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
