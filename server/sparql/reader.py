"""Reads the tokens of a query from left to right, and the aggregates among them (SPARQL 1.1 Query, rule 127)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.graph.store.joined import Aggregate
from kg.graph.store.sparql import Token

AGGREGATES: Final = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE")
"""Those that are answered without the engine."""


class Unknown(Exception):
    """The query has something that is not looked into."""


class Variables:
    """Numbers the variables of a query as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of a variable, whose name has no mark."""
        return self.numbers.setdefault(name, len(self.numbers))


class Aggregates:
    """The aggregates of a query, each with a number as variables have; they are of variables of its pattern."""

    def __init__(self, variables: Variables) -> None:
        """``variables`` are those of the pattern, as yet."""
        self._variables = variables
        self._of_pattern = frozenset(variables.numbers)
        self.made: dict[int, Aggregate] = {}

    def named(self, made: Aggregate, name: str) -> int:
        """The number of the variable that an aggregate is given; raises Unknown where it is one already."""
        if name in self._variables.numbers:
            raise Unknown
        number = self._variables.number(name)
        self.made[number] = made
        return number

    def number(self, made: Aggregate) -> int:
        """The number of an aggregate."""
        for number, other in self.made.items():
            if made == other:
                return number
        return self.named(made, f".{len(self.made)}")  # no variable is called so

    def of_pattern(self, name: str) -> int:
        """The number of a variable of the pattern; raises Unknown for any other."""
        if name not in self._of_pattern:
            raise Unknown
        return self._variables.number(name)


class Reader:
    """Reads tokens; whatever is expected and not there raises Unknown."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def is_at_end(self) -> bool:
        """Whether all is read."""
        return self._at >= len(self._tokens)

    def takes(self, sign: str) -> bool:
        """Steps over a sign, or a word, if it is next; signs of two characters stand without space between them."""
        if not self.looks_at(sign):
            return False
        self._at += 1 if sign.isalpha() else len(sign)
        return True

    def looks_at(self, sign: str) -> bool:
        """Whether a sign, or a word, is next."""
        if sign.isalpha():
            return not self.is_at_end() and self._tokens[self._at].word == sign
        tokens = self._tokens[self._at : self._at + len(sign)]
        close = all(after.begin == before.begin + 1 for before, after in pairwise(tokens))
        return close and "".join(token.text for token in tokens if token.kind == "other") == sign

    def demand(self, sign: str) -> None:
        """Steps over a sign, or a word."""
        if not self.takes(sign):
            raise Unknown

    def next(self, kind: str = "") -> Token:
        """The next token, which must be of a kind where one is named."""
        if self.is_at_end() or (kind and self._tokens[self._at].kind != kind):
            raise Unknown
        self._at += 1
        return self._tokens[self._at - 1]

    def looks_at_variable(self) -> bool:
        """Whether a variable is next."""
        return not self.is_at_end() and self._tokens[self._at].kind == "variable"

    def variable(self) -> str:
        """The name of a variable."""
        return self.next("variable").text[1:]

    def whole_number(self) -> str:
        """A number without sign, whose digits are tokens of their own."""
        digits, end = "", -1
        while not self.is_at_end():
            token = self._tokens[self._at]
            if not (token.text.isascii() and token.text.isdigit()) or (digits and token.begin != end):
                break
            digits, end, self._at = digits + token.text, token.end, self._at + 1
        if not digits:
            raise Unknown
        return digits

    def in_brackets(self) -> Sequence[Token]:
        """The tokens between brackets."""
        self.demand("(")
        begin, depth = self._at, 1
        while depth:
            token = self.next()
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "other" else 0
        return self._tokens[begin : self._at - 1]

    def aggregate(self, known: Aggregates) -> Aggregate | None:
        """An aggregate of a variable or of all solutions, if one is next; raises Unknown for any other."""
        function = next((name for name in AGGREGATES if self.takes(name)), None)
        if function is None:
            return None
        self.demand("(")
        distinct = self.takes("DISTINCT")
        if self.takes("*"):
            if distinct or function != "COUNT":
                raise Unknown
            of = None
        else:
            of = known.of_pattern(self.variable())
        self.demand(")")
        return Aggregate(function, of, distinct)
