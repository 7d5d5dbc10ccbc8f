"""The triples that a plain query is made of, to judge from what it starts at how much work it can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from kg.graph import terms
from kg.graph.store import Join
from kg.graph.store.sparql import Token, closing, read_tokens
from server.sparql.clauses import is_grouped
from server.sparql.plan import iri_of, prefixes_of
from server.sparql.shape import read_join

_LONGEST = 4000
_WORDS_OF_FILTERS = frozenset(
    (
        *("BOUND", "STR", "LANG", "LANGMATCHES", "DATATYPE", "LCASE", "UCASE", "CONTAINS", "STRSTARTS", "STRENDS"),
        *("STRLEN", "YEAR", "MONTH", "DAY", "TRUE", "FALSE", "ISIRI", "ISLITERAL", "SAMETERM"),
    )
)

Triple: TypeAlias = tuple[str, str, str]
"""Variables with their question marks, and terms; an IRI of the query itself is a number in angle brackets."""


class _Unknown(Exception):
    """The query has something that is not looked into."""


@dataclass(slots=True, eq=False)
class Walk:
    """The triples of a query, and those of each of its OPTIONALs; the same object for all queries of a shape."""

    triples: list[Triple] = field(default_factory=list)
    optional: list[list[Triple]] = field(default_factory=list)
    filters: list[Sequence[Token]] = field(default_factory=list)
    mixed: bool = False
    """Whether triples come after an OPTIONAL, or a FILTER is in one, so that their order matters."""
    join: Join | None = None
    """The query as one that the store may answer without the engine, if it is such."""


def read_walk(prologue: str, body: str) -> Walk | None:
    """The triples of a SELECT or CONSTRUCT with one group, OPTIONALs and simple FILTERs; None for anything else.

    So it is for a SELECT with aggregates unless all of it is understood.

    The IRIs of the body have been replaced by their numbers.
    """
    if len(body) > _LONGEST:
        return None
    tokens, prefixes = read_tokens(body), prefixes_of(read_tokens(prologue))
    walk = Walk()
    try:
        template, before = _read_template(tokens, prefixes)
        start = _opening(tokens, before)
        end = closing(tokens, start)
        grouped = not template and is_grouped(tokens[:start], tokens[end + 1 :])
        if not (template or grouped or _selects(tokens[:start])) or not (grouped or _is_tail(tokens[end + 1 :])):
            return None
        walk.triples = _read_group(tokens[start + 1 : end], prefixes, walk)
    except _Unknown:
        return None
    if not walk.triples:
        return None
    if not walk.mixed:
        parts = tokens[:start], tokens[end + 1 :], template, walk.triples, walk.optional, walk.filters
        walk.join = read_join(*parts, prefixes)
    return None if grouped and walk.join is None else walk


def _opening(tokens: Sequence[Token], before: int) -> int:
    """Where the first brace after some tokens is."""
    for at in range(before, len(tokens)):
        if tokens[at].text == "{" and tokens[at].kind == "other":
            return at
    raise _Unknown


def _selects(tokens: Sequence[Token]) -> bool:
    """SELECT of variables, and nothing before it but the prefixes."""
    known = ("DISTINCT", "WHERE")
    if not tokens or tokens[0].word != "SELECT":
        return False
    return all(t.kind == "variable" or t.text == "*" or t.word in known for t in tokens[1:])


def _read_template(tokens: Sequence[Token], prefixes: dict[str, str]) -> tuple[list[Triple], int]:
    """The triples that a CONSTRUCT makes, and how many tokens say so; none for a SELECT."""
    if not tokens or tokens[0].word != "CONSTRUCT":
        return [], 0
    start = _opening(tokens, 1)
    end, said = closing(tokens, start), Walk()
    made = _read_group(tokens[start + 1 : end], prefixes, said)
    if said.optional or said.filters or not made:
        raise _Unknown
    if start == 2 and tokens[1].word == "WHERE":
        return made, 1  # the pattern is the template
    between = tokens[end + 1 : _opening(tokens, end + 1)]
    if start > 1 or [token.word for token in between] not in ([], ["WHERE"]):
        raise _Unknown
    return made, end + 1


def _is_tail(tokens: Sequence[Token]) -> bool:
    """ORDER BY variables, LIMIT and OFFSET, or nothing."""
    known = ("ORDER", "BY", "DESC", "ASC", "LIMIT", "OFFSET")
    return all(t.kind == "variable" or t.word in known or t.text in "()" or t.text.isdigit() for t in tokens)


def _read_group(tokens: Sequence[Token], prefixes: dict[str, str], walk: Walk, *, inner: bool = False) -> list[Triple]:
    """The triples of a group; FILTERs and the triples of OPTIONALs go to the walk, which has none inside of one."""
    found, statement, at = list[Triple](), list[Token](), 0
    while at < len(tokens):
        token = tokens[at]
        if token.word in ("FILTER", "OPTIONAL"):
            found += _triples(statement, prefixes)
            statement = []
            at, inside = _inside(tokens, at)
            if token.word == "FILTER":
                walk.filters.append(inside)
                walk.mixed |= inner
            elif inner:
                raise _Unknown
            else:
                walk.optional.append(_read_group(inside, prefixes, walk, inner=True))
            continue
        if token.kind == "other" and token.text == ".":
            found += _triples(statement, prefixes)
            statement = []
        else:
            statement.append(token)
            walk.mixed |= bool(walk.optional) and not inner
        at += 1
    return found + list(_triples(statement, prefixes))


def _inside(tokens: Sequence[Token], at: int) -> tuple[int, Sequence[Token]]:
    """Where what follows the braces of an OPTIONAL or the brackets of a FILTER starts, and what is in them."""
    opening, closing_one = ("{", "}") if tokens[at].word == "OPTIONAL" else ("(", ")")
    is_filter, depth = opening == "(", 0
    if at + 1 >= len(tokens) or tokens[at + 1].text != opening:
        raise _Unknown
    for end in range(at + 1, len(tokens)):
        token = tokens[end]
        if is_filter and (token.text in "{}" or (token.word and token.word not in _WORDS_OF_FILTERS)):
            raise _Unknown
        depth += {opening: 1, closing_one: -1}.get(token.text, 0) if token.kind == "other" else 0
        if depth == 0:
            return end + 1, tokens[at + 2 : end]
    raise _Unknown


class _Statement(NamedTuple):
    subject: str
    predicate: str


def _triples(statement: Sequence[Token], prefixes: dict[str, str]) -> Iterator[Triple]:
    """One subject with its predicates and objects; raises _Unknown for paths, blank nodes and literals."""
    if not statement:
        return
    now = _Statement(_term(statement[0], prefixes), "")
    expected = "predicate"
    for token in statement[1:]:
        if expected == "predicate":
            predicate = terms.curie("rdf:type") if token.text == "a" else _term(token, prefixes)
            if predicate[0] == "?":
                raise _Unknown
            now, expected = now._replace(predicate=predicate), "object"
        elif expected == "object":
            yield now.subject, now.predicate, _term(token, prefixes)
            expected = "mark"
        elif token.text == ";":
            expected = "predicate"
        elif token.text == ",":
            expected = "object"
        else:
            raise _Unknown
    if expected == "object" or not now.predicate:
        raise _Unknown


def _term(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "variable":
        return f"?{token.text[1:]}"
    term = iri_of(token, prefixes)
    if not term or "\\" in term or (token.kind == "name" and term[1].isdigit()):
        raise _Unknown  # what begins with a digit would be taken for a number
    return term
