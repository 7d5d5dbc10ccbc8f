"""The dataset of an update request (SPARQL 1.1 Protocol, section 2.2.3), written into the update as USING clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.graph import terms
from kg.graph.store.sparql import tokens
from server.problems import HttpProblem


class Token(NamedTuple):
    """One token: its kind, its text (words in capitals) and where it starts."""

    kind: str
    text: str
    begin: int


def with_dataset(text: str, default: Sequence[str] | None, named: Sequence[str] | None) -> str:
    """The update whose patterns are matched in that dataset; the text itself where the request names none.

    Raises HttpProblem 400 where the update itself has USING or WITH, as the protocol wants.
    """
    if default is None and named is None:
        return text
    found = [Token(kind, t.upper() if kind == "word" else t, begin) for kind, t, begin in tokens(text)]
    if any(t.kind == "word" and t.text in ("USING", "WITH") for t in found):
        raise HttpProblem(400, "the dataset is given twice: by the request, and by USING or WITH in the update")
    clauses = [f"USING {terms.iri(graph)}" for graph in default or ()]
    clauses += [f"USING NAMED {terms.iri(graph)}" for graph in named or ()]
    inserted = f" {' '.join(clauses)} "
    for place in reversed([t.begin for t in _pattern_starts(found)]):
        text = text[:place] + inserted + text[place:]
    return text


def _pattern_starts(found: Sequence[Token]) -> list[Token]:
    """The WHERE of each DELETE/INSERT operation: at depth 0, and not that of the short form DELETE WHERE."""
    starts, depth = [], 0
    for before, token in zip([None, *found], found, strict=False):
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "other" else 0
        is_where = token.kind == "word" and token.text == "WHERE" and depth == 0
        if is_where and before is not None and before.text == "}":
            starts.append(token)
    return starts
