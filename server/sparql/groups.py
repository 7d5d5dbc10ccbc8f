"""The triples and filters of each group of a query, as far as rewriting needs them (SPARQL 1.1 Query, section 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.graph.store.sparql import Token

_ENDS_TRIPLES = frozenset(
    {"FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "SERVICE", "BIND", "VALUES", "SELECT", "WHERE", "LATERAL"}
)


@dataclass(slots=True)
class Group:
    """A pair of braces: where it starts, the triples in it that are one subject, predicate and object, its filters.

    Triples with ``;`` or ``,`` are split, the subject (and predicate) repeated, so each has three tokens or a path.
    """

    begin: int
    triples: list[list[Token]] = field(default_factory=list)
    filters: list[list[Token]] = field(default_factory=list)
    whole: list[tuple[int, int]] = field(default_factory=list)
    """For each of ``triples``, from where to where it can be cut out with its dot; empty where it cannot."""


def groups(found: Sequence[Token]) -> Iterator[Group]:
    """The groups of a query, inner ones before those around them; templates of CONSTRUCT are not told apart."""
    open_groups: list[tuple[Group, list[Token]]] = []
    index = 0
    while index < len(found):
        token = found[index]
        if token.text == "{" and token.kind == "other":
            _flush(open_groups)
            open_groups.append((Group(token.end), []))
        elif token.text == "}" and token.kind == "other":
            if open_groups:
                _flush(open_groups)
                yield open_groups.pop()[0]
        elif open_groups and token.word == "FILTER":
            _flush(open_groups)
            index = _filter(open_groups[-1][0], found, index + 1)
            continue
        elif open_groups and token.word in _ENDS_TRIPLES:
            _flush(open_groups)
        elif open_groups:
            open_groups[-1][1].append(token)
        index += 1


def _filter(group: Group, found: Sequence[Token], index: int) -> int:
    """Takes a filter's expression: everything up to where its brackets close, if it has any."""
    depth, taken = 0, list[Token]()
    while index < len(found):
        token = found[index]
        if token.text in "{}" and token.kind == "other":
            break
        taken.append(token)
        index += 1
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "other" else 0
        if depth == 0 and token.text == ")":
            break
    group.filters.append(taken)
    return index


def _flush(open_groups: list[tuple[Group, list[Token]]]) -> None:
    """Splits the tokens read since the last keyword or brace into triples."""
    if not open_groups:
        return
    group, tokens = open_groups[-1]
    statement: list[Token] = []
    for token in tokens:
        if token.text == "." and token.kind == "other":
            _statement(group, statement, token.end)
            statement = []
        else:
            statement.append(token)
    if statement:
        _statement(group, statement, statement[-1].end)
    tokens.clear()


def _statement(group: Group, statement: list[Token], end: int) -> None:
    """One subject with its predicates and objects; anything with brackets is left alone."""
    if len(statement) < 3 or any(t.kind == "other" and t.text in "()[]" for t in statement):
        return
    parts: list[list[Token]] = [[]]
    for token in statement[1:]:
        if token.kind == "other" and token.text in ";,":
            parts.append([] if token.text == ";" else parts[-1][:1])
        else:
            parts[-1].append(token)
    alone = len(parts) == 1
    for part in parts:
        if len(part) >= 2:
            group.triples.append([statement[0], *part])
            group.whole.append((statement[0].begin, end) if alone else (0, 0))
