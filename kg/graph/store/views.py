"""Default graphs made of several graphs, merged as SPARQL wants it (SPARQL 1.1 Query, section 13.1).

The engine gives a triple once for each graph that has it. Where a query or request names more than one graph for its
default graph, they are merged into a store in memory, kept for as long as nothing changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from kg.errors import LimitError
from kg.graph.store.changes import DEFAULT
from kg.graph.store.parse import graph_name
from kg.graph.store.sparql import Token, read_tokens, words
from kg.graph.terms import PREFIXES

_MOST_TRIPLES: Final = 3_000_000
_KEPT: Final = 2


@lru_cache(maxsize=512)
def from_graphs(text: str, base: str | None = None) -> tuple[str, ...]:
    """The graphs that FROM clauses of a query merge into its default graph, as terms; without FROM NAMED."""
    if "FROM" not in text.upper():
        return ()
    tokens, depth, found = read_tokens(text), 0, []
    for token, following in pairwise(tokens):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.word == "FROM" and depth == 0 and following.kind in ("iri", "name"):
            found.append(following)
    return tuple(dict.fromkeys(_resolved(text, tokens, found, base)))


def _resolved(text: str, tokens: Sequence[Token], found: Iterable[Token], base: str | None) -> Iterator[str]:
    """Names as absolute IRIs, by the prologue of the query; none where the prologue is broken, as the engine says."""
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
    own = [
        text[t.begin : tokens[i + (2 if t.word == "PREFIX" else 1)].end] for i, t in enumerate(tokens) if _declares(t)
    ]
    lines = "\n".join([*own, *(f"<a:a> <a:a> {token.text} ." for token in found)])
    try:
        for quad in ox.parse(declared + lines, ox.RdfFormat.TURTLE, base_iri=base):
            yield str(quad.object)
    except SyntaxError:
        return


def _declares(token: Token) -> bool:
    return token.word in ("PREFIX", "BASE")


class MergedViews:
    """The last views that were asked for, by the version of the store."""

    def __init__(self) -> None:
        self._views: OrderedDict[tuple[int, tuple[str, ...], bool], ox.Store] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, engine: ox.Store, version: int, graphs: Sequence[str], text: str) -> ox.Store:
        """A store whose default graph merges ``graphs``; it has the named graphs if the query reads any.

        Raises LimitError when there is too much to merge.
        """
        key = (version, tuple(graphs), "GRAPH" in words(text))
        with self._lock:
            if key in self._views:
                self._views.move_to_end(key)
                return self._views[key]
            view = ox.Store()
            view.bulk_extend(_bounded(_merged(engine, graphs)))
            if key[2]:
                view.bulk_extend(_bounded(q for q in engine if q.graph_name != DEFAULT))
            self._views[key] = view
            while len(self._views) > _KEPT:
                self._views.popitem(last=False)
            return view


def _merged(engine: ox.Store, graphs: Iterable[str]) -> Iterator[ox.Quad]:
    for graph in graphs:
        for quad in engine.quads_for_pattern(None, None, None, graph_name(graph)):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def _bounded(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for count, quad in enumerate(quads):
        if count >= _MOST_TRIPLES:
            raise LimitError(f"more than {_MOST_TRIPLES:,} triples to merge into one default graph; use GRAPH instead")
        yield quad
