"""A plain query as a join that is answered without the engine: what it selects or makes, filters, orders and cuts.

What is not known here is left to the engine, and so is whether a query is right: only what is right is read rightly.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.store import Join
from kg.graph.store.joined import Filter, Pattern
from kg.graph.store.sparql import Token
from kg.graph.store.values import TooMuch
from server.sparql.conditions import Contains, Unknown, read_conditions


class Variables:
    """Numbers the variables of a query as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of a variable, whose name has no mark."""
        return self.numbers.setdefault(name, len(self.numbers))


def read_join(
    head: Sequence[Token],
    tail: Sequence[Token],
    template: Sequence[tuple[str, str, str]],
    triples: Sequence[tuple[str, str, str]],
    optional: Sequence[Sequence[tuple[str, str, str]]],
    filters: Sequence[Sequence[Token]],
    prefixes: dict[str, str],
) -> Join | None:
    """A SELECT by its parts, triples before OPTIONALs; None where it has something that the engine should look into.

    A CONSTRUCT has a template, and what comes before its group is of no interest.
    """
    variables = Variables()
    try:
        patterns = [_pattern(triple, variables) for triple in triples]
        outer = [[_pattern(triple, variables) for triple in group] for group in optional]
        in_scope = sorted(variables.numbers)
        certain = {place for pattern in patterns for place in pattern if isinstance(place, int)}
        conditions = [
            Filter(
                condition.source,
                condition.reads(),
                condition.reads() <= certain,
                condition.text if isinstance(condition, Contains) else None,
            )
            for tokens in filters
            for condition in read_conditions(tokens, variables.number, prefixes)
        ]
        distinct, names = (False, []) if template else _selected(head, in_scope)
        columns = [(name, variables.number(name)) for name in names]
        made = [_pattern(triple, variables) for triple in template]
        order, limit, offset = _Tail(tail, variables).read()
    except (Unknown, TooMuch):
        return None
    size = len(variables.numbers)
    return Join(size, patterns, outer, conditions, columns, distinct, order, limit, offset, made)


def _pattern(triple: tuple[str, str, str], variables: Variables) -> Pattern:
    s, p, o = triple
    if s == o:
        raise Unknown
    first, last = (variables.number(t[1:]) if t[0] == "?" else t for t in (s, o))
    return first, p, last


def _selected(head: Sequence[Token], in_scope: list[str]) -> tuple[bool, list[str]]:
    """Whether solutions are distinct, and the names after SELECT; for ``*`` all in scope, in the engine's order."""
    rest = list(head[1:])
    distinct = bool(rest) and rest[0].word == "DISTINCT"
    if distinct:
        del rest[0]
    if rest and rest[-1].word == "WHERE":
        del rest[-1]
    if [token.text for token in rest] == ["*"] and in_scope:
        return distinct, in_scope
    names = [token.text[1:] for token in rest]
    if not names or any(token.kind != "variable" for token in rest) or len(set(names)) < len(names):
        raise Unknown
    return distinct, names


class _Tail:
    """ORDER BY, then LIMIT and OFFSET in either order."""

    def __init__(self, tokens: Sequence[Token], variables: Variables) -> None:
        self._left = list(tokens)
        self._variables = variables

    def read(self) -> tuple[list[tuple[int, bool]], int | None, int]:
        """Variables and if they descend, the limit, the offset."""
        order = list[tuple[int, bool]]()
        if self._next("ORDER"):
            if not self._next("BY"):
                raise Unknown
            while self._left and self._left[0].word not in ("LIMIT", "OFFSET"):
                order.append(self._key())
        found = dict[str, int]()
        while self._left:
            word = self._left.pop(0).word
            if word not in ("LIMIT", "OFFSET") or word in found:
                raise Unknown
            found[word] = self._number()
        return order, found.get("LIMIT"), found.get("OFFSET", 0)

    def _next(self, word: str) -> bool:
        if self._left and self._left[0].word == word:
            del self._left[0]
            return True
        return False

    def _number(self) -> int:
        """A number, whose digits are tokens of their own."""
        digits, end = "", self._left[0].begin if self._left else 0
        while (
            self._left and self._left[0].text.isdigit() and self._left[0].text.isascii() and self._left[0].begin == end
        ):
            token = self._left.pop(0)
            digits, end = digits + token.text, token.end
        if not digits:
            raise Unknown
        return int(digits)

    def _key(self) -> tuple[int, bool]:
        if self._left[0].kind == "variable":
            return self._variables.number(self._left.pop(0).text[1:]), False
        direction, *bracketed = self._left[:4]
        if direction.word not in ("ASC", "DESC") or [t.text for t in bracketed[::2]] != ["(", ")"]:
            raise Unknown
        if bracketed[1].kind != "variable":
            raise Unknown
        del self._left[:4]
        return self._variables.number(bracketed[1].text[1:]), direction.word == "DESC"
