"""What a query selects, and how it groups, orders and cuts its solutions (SPARQL 1.1 Query, rules 9 and 18 to 27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.graph.store.joined import Filter, Grouping
from kg.graph.store.sparql import Token
from server.sparql.conditions import Comparison, Condition, Contains, read_conditions
from server.sparql.reader import Aggregates, Reader, Unknown, Variables


class Selected(NamedTuple):
    """Whether solutions are distinct, the names of what is selected, and whether an aggregate is."""

    distinct: bool = False
    names: Sequence[str] = ()
    aggregated: bool = False


class Clauses(NamedTuple):
    """Numbers of variables, and if they descend, by which solutions are ordered; and what else follows the pattern."""

    grouping: Grouping | None
    order: Sequence[tuple[int, bool]]
    limit: int | None
    offset: int


def is_grouped(head: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether there is more before or after the pattern than variables, so that it may be grouped."""
    return any(token.text == "(" for token in head) or any(token.word in ("GROUP", "HAVING") for token in tail)


def read_selected(tokens: Sequence[Token], aggregates: Aggregates, in_scope: Sequence[str]) -> Selected:
    """The clause of a SELECT; for ``*`` all in scope, in the engine's order. Raises Unknown for anything unusual."""
    reader = Reader(tokens)
    reader.demand("SELECT")
    distinct = reader.takes("DISTINCT")
    names, aggregated = list[str](), False
    if reader.takes("*") and in_scope:
        names += in_scope
    else:
        while reader.looks_at_variable() or reader.looks_at("("):
            if reader.looks_at_variable():
                names.append(reader.variable())
            else:
                names.append(_named(Reader(reader.in_brackets()), aggregates))
                aggregated = True
    reader.takes("WHERE")
    if not names or not reader.is_at_end() or len(set(names)) < len(names):
        raise Unknown
    return Selected(distinct, names, aggregated)


def _named(reader: Reader, aggregates: Aggregates) -> str:
    """The name that an aggregate is given."""
    made = reader.aggregate(aggregates)
    reader.demand("AS")
    name = reader.variable()
    if made is None or not reader.is_at_end():
        raise Unknown
    aggregates.named(made, name)
    return name


def filter_of(condition: Condition, certain: frozenset[int]) -> Filter:
    """A condition as a join has it; early where it reads only what is certain."""
    reads = condition.reads()
    return Filter(
        condition.source,
        reads,
        reads <= certain,
        condition.text if isinstance(condition, Contains) else None,
        condition.compared() if isinstance(condition, Comparison) else None,
    )


def read_clauses(
    tokens: Sequence[Token],
    selected: Selected,
    variables: Variables,
    aggregates: Aggregates,
    prefixes: Mapping[str, str],
) -> Clauses:
    """What follows the pattern; raises Unknown for what is not looked into."""
    reader = _Clauses(tokens, variables, aggregates, prefixes)
    by = reader.group_by()
    is_grouped = selected.aggregated or bool(by)
    if is_grouped:
        reader.known = {*by, *selected.names}
        if any(name not in by and variables.number(name) not in aggregates.made for name in selected.names):
            raise Unknown
    having = reader.having(by) if is_grouped else []
    order = reader.order(grouped=is_grouped)
    limit, offset = reader.cut()
    grouping = Grouping(tuple(by.values()), dict(aggregates.made), having) if is_grouped else None
    return Clauses(grouping, order, limit, offset)


class _Clauses(Reader):
    """GROUP BY, HAVING, ORDER BY, then LIMIT and OFFSET in either order."""

    def __init__(
        self, tokens: Sequence[Token], variables: Variables, aggregates: Aggregates, prefixes: Mapping[str, str]
    ) -> None:
        super().__init__(tokens)
        self._variables = variables
        self._aggregates = aggregates
        self._prefixes = prefixes
        self.known: set[str] | None = None

    def group_by(self) -> dict[str, int]:
        """The variables by which solutions are grouped."""
        by = dict[str, int]()
        if self.takes("GROUP"):
            self.demand("BY")
            while not by or self.looks_at_variable():
                name = self.variable()
                by[name] = self._aggregates.of_pattern(name)
        return by

    def having(self, by: Mapping[str, int]) -> list[Filter]:
        """Conditions on aggregates, and on variables by which solutions are grouped."""

        def number(name: str) -> int:
            if name not in by:
                raise Unknown
            return by[name]

        found = list[Filter]()
        if self.takes("HAVING"):
            while not found or self.looks_at("("):
                conditions = read_conditions(self.in_brackets(), number, self._prefixes, self._aggregates)
                found += [filter_of(condition, frozenset()) for condition in conditions]
        return found

    def order(self, *, grouped: bool) -> list[tuple[int, bool]]:
        """Variables and aggregates, and if they descend."""
        order = list[tuple[int, bool]]()
        if self.takes("ORDER"):
            self.demand("BY")
            while not order or not (self.is_at_end() or self.looks_at("LIMIT") or self.looks_at("OFFSET")):
                descends = self.takes("DESC")
                if descends or self.takes("ASC"):
                    self.demand("(")
                    order.append((self._key(grouped=grouped), descends))
                    self.demand(")")
                else:
                    order.append((self._key(grouped=grouped), False))
        return order

    def _key(self, *, grouped: bool) -> int:
        made = self.aggregate(self._aggregates) if grouped else None
        if made:
            return self._aggregates.number(made)
        name = self.variable()
        if self.known is not None and name not in self.known:
            raise Unknown
        return self._variables.number(name)

    def cut(self) -> tuple[int | None, int]:
        """The limit, and the offset."""
        found = dict[str, int]()
        while not self.is_at_end():
            word = self.next("word").word
            if word not in ("LIMIT", "OFFSET") or word in found:
                raise Unknown
            found[word] = int(self.whole_number())
        return found.get("LIMIT"), found.get("OFFSET", 0)
