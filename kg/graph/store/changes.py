"""A set of changes to a store: exact, applied together, and written as one SPARQL Update so that it is atomic.

The engine's only transactions are single calls, and of these only an update both removes and adds. Blank nodes have no
name in SPARQL, so they pass through a function that the update calls with their N-Triples text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from kg.errors import InputError
from kg.graph.store.parse import engine_quads, engine_term, graph_name, term_text
from kg.graph.store.protocol import Quads

_TERM = ox.NamedNode("urn:communique:term")
DEFAULT = ox.DefaultGraph()


def _term(argument: object) -> object:
    if isinstance(argument, ox.Literal) and argument.datatype == _TERM:
        return engine_term(argument.value)
    return argument


FUNCTIONS: dict[ox.NamedNode, Callable[..., object]] = {_TERM: _term}
"""What ``update_text`` calls."""


class Changes:
    """Quads to add and remove, kept exact against what ``engine`` holds; a ``Transaction``."""

    def __init__(self, engine: ox.Store, own_default: str | None) -> None:
        self._engine = engine
        self._own = own_default
        self.added: set[ox.Quad] = set()
        self.removed: set[ox.Quad] = set()

    def add(self, quads: Quads, graph: str | None = None) -> None:
        """Adds quads; those without a graph go to ``graph``, or else to the default graph."""
        for quad in engine_quads(quads, graph or self._own):
            self.add_quad(quad)

    def remove(self, quads: Quads, graph: str | None = None) -> None:
        """Removes quads that are there."""
        for quad in engine_quads(quads, graph or self._own):
            self.remove_quad(quad)

    def clear(self, graph: str) -> None:
        """Removes every quad of a graph."""
        name = graph_name(graph)
        for quad in [quad for quad in self.added if quad.graph_name == name]:
            self.added.discard(quad)
        self.removed.update(self._engine.quads_for_pattern(None, None, None, name))

    def replace_graph(self, graph: str, quads: Quads) -> None:
        """Makes ``quads`` the whole content of ``graph``; raises InputError when one names another graph."""
        wanted, name = set(engine_quads(quads, graph)), graph_name(graph)
        if not all(quad.graph_name == name for quad in wanted):
            raise InputError(f"quads of other graphs than {graph}")
        kept, gone = self._compared(name, wanted)
        self.added = {quad for quad in self.added if quad.graph_name != name} | (wanted - kept)
        self.removed = {quad for quad in self.removed if quad.graph_name != name} | gone

    def _compared(self, name: ox.NamedNode, wanted: set[ox.Quad]) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """Which of the wanted quads the graph holds, and what else; reads the graph only where it holds others."""
        held = _size(self._engine, name)
        kept = {quad for quad in wanted if quad in self._engine} if held else set()
        if len(kept) == held:
            return kept, set()
        return kept, set(self._engine.quads_for_pattern(None, None, None, name)) - wanted

    def add_quad(self, quad: ox.Quad) -> None:
        """Adds one quad of the engine."""
        if quad in self.removed:
            self.removed.discard(quad)
        elif quad not in self._engine:
            self.added.add(quad)

    def remove_quad(self, quad: ox.Quad) -> None:
        """Removes one quad of the engine."""
        if quad in self.added:
            self.added.discard(quad)
        elif quad in self._engine:
            self.removed.add(quad)

    def quads_of(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        """The quads of a graph as the changes leave it."""
        kept = self._engine.quads_for_pattern(None, None, None, name)
        yield from (quad for quad in kept if quad not in self.removed)
        yield from (quad for quad in self.added if quad.graph_name == name)

    def graphs(self) -> set[ox.NamedNode | ox.BlankNode]:
        """The named graphs, those that the changes make included."""
        new = (quad.graph_name for quad in self.added)
        return {*self._engine.named_graphs(), *(name for name in new if not isinstance(name, ox.DefaultGraph))}

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def emptied(self) -> list[ox.NamedNode | ox.BlankNode]:
        """The named graphs of which nothing is left."""
        touched = {quad.graph_name for quad in self.removed} - {quad.graph_name for quad in self.added}
        return [
            name
            for name in touched
            if not isinstance(name, ox.DefaultGraph)
            and all(quad in self.removed for quad in self._engine.quads_for_pattern(None, None, None, name))
        ]

    def merged(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """What the default graph, as the merge of all graphs, is to hold now, and what it loses."""
        gained = {_in_default(quad) for quad in self.added}
        lost = {_in_default(quad) for quad in self.removed} - gained
        return list(gained), [quad for quad in lost if not self._stays(quad)]

    def default_only(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """What an ordinary default graph gains and loses."""
        added, removed = ([q for q in quads if q.graph_name == DEFAULT] for quads in (self.added, self.removed))
        return added, removed

    def _stays(self, triple: ox.Quad) -> bool:
        found = self._engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name != DEFAULT and quad not in self.removed for quad in found)


def _size(engine: ox.Store, name: ox.NamedNode) -> int:
    answer = engine.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
    assert isinstance(answer, ox.QuerySolutions)
    (row,) = answer
    return int(row[0].value)


def _in_default(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def update_text(
    removed: Iterable[ox.Quad], added: Iterable[ox.Quad], dropped: Iterable[ox.NamedNode | ox.BlankNode] = ()
) -> str:
    """One update that removes, adds, and then drops empty graphs; to be run with ``FUNCTIONS``."""
    gone, new = list(removed), list(added)
    parts = [
        _data("DELETE", [quad for quad in gone if not has_blank(quad)]),
        _rows("DELETE", [quad for quad in gone if has_blank(quad)]),
        _data("INSERT", [quad for quad in new if not has_blank(quad)]),
        _rows("INSERT", [quad for quad in new if has_blank(quad)]),
        *(f"DROP SILENT GRAPH {name}" for name in dropped),
    ]
    return " ;\n".join(part for part in parts if part)


def has_blank(quad: ox.Quad) -> bool:
    """Whether a quad has a blank node in it."""
    return _blank(quad.subject) or _blank(quad.object)


def _blank(term: object) -> bool:
    if isinstance(term, ox.Triple):
        return _blank(term.subject) or _blank(term.object)
    return isinstance(term, ox.BlankNode)


def _data(verb: str, quads: list[ox.Quad]) -> str:
    """``INSERT DATA`` or ``DELETE DATA`` of quads without blank nodes."""
    if not quads:
        return ""
    lines = [f"{verb} DATA {{"]
    for graph, group in groupby(sorted(quads, key=_graph_text), key=_graph_text):
        body = "\n".join(f"{term_text(quad.subject)} {quad.predicate} {term_text(quad.object)} ." for quad in group)
        lines.append(f"GRAPH {graph} {{\n{body}\n}}" if graph else body)
    return "\n".join([*lines, "}"])


def _graph_text(quad: ox.Quad) -> str:
    return "" if quad.graph_name == DEFAULT else str(quad.graph_name)


def _rows(verb: str, quads: list[ox.Quad]) -> str:
    """The same for quads with blank nodes, as a template over a table of terms, per kind of graph."""
    named = [quad for quad in quads if quad.graph_name != DEFAULT]
    default = [quad for quad in quads if quad.graph_name == DEFAULT]
    binds = f"BIND({_TERM}(?a) AS ?s) BIND({_TERM}(?b) AS ?o)"
    parts = []
    if named:
        table = "\n".join(f"({_cell(q.subject)} {q.predicate} {_cell(q.object)} {q.graph_name})" for q in named)
        parts.append(f"{verb} {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ VALUES (?a ?p ?b ?g) {{\n{table}\n}} {binds} }}")
    if default:
        table = "\n".join(f"({_cell(q.subject)} {q.predicate} {_cell(q.object)})" for q in default)
        parts.append(f"{verb} {{ ?s ?p ?o }} WHERE {{ VALUES (?a ?p ?b) {{\n{table}\n}} {binds} }}")
    return " ;\n".join(parts)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.BlankNode | ox.Triple):
        return str(ox.Literal(term_text(term), datatype=_TERM))
    return str(term)
