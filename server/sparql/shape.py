"""A plain query as a join that is answered without the engine: what it selects or makes, groups, orders and cuts.

What is not known here is left to the engine, and so is whether a query is right: only what is right is read rightly.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.store import Join
from kg.graph.store.joined import Pattern
from kg.graph.store.sparql import Token
from kg.graph.store.values import TooMuch
from server.sparql.clauses import Selected, filter_of, read_clauses, read_selected
from server.sparql.conditions import read_conditions
from server.sparql.reader import Aggregates, Unknown, Variables


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
        certain = frozenset(place for pattern in patterns for place in pattern if isinstance(place, int))
        aggregates = Aggregates(variables)
        conditions = [
            filter_of(condition, certain)
            for tokens in filters
            for condition in read_conditions(tokens, variables.number, prefixes)
        ]
        selected = Selected() if template else read_selected(head, aggregates, in_scope)
        columns = [(name, variables.number(name)) for name in selected.names]
        made = [_pattern(triple, variables) for triple in template]
        grouping, order, limit, offset = read_clauses(tail, selected, variables, aggregates, prefixes)
    except (Unknown, TooMuch):
        return None
    size = len(variables.numbers)
    return Join(size, patterns, outer, conditions, columns, selected.distinct, order, limit, offset, made, grouping)


def _pattern(triple: tuple[str, str, str], variables: Variables) -> Pattern:
    s, p, o = triple
    if s == o:
        raise Unknown
    first, last = (variables.number(t[1:]) if t[0] == "?" else t for t in (s, o))
    return first, p, last
