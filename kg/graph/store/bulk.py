"""Many triples at once: in and out of the engine without a Python object for each."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.store.changes import DEFAULT
from kg.graph.store.parse import ENGINE_FORMATS, graph_name, parse


def dump_triples(engine: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> bytes:
    """A graph of the engine as N-Triples."""
    found = engine.dump(format=ENGINE_FORMATS["ntriples"], from_graph=graph)
    assert found is not None
    return found


def add_triples(engine: ox.Store, graph: str, triples: bytes, merged: bool) -> None:
    """Adds N-Triples to a graph, and to the merge where one is kept, in one transaction of the engine.

    Lines with blank nodes go another way, as the engine would give these new labels; they are added after the others.
    """
    name = graph_name(graph)
    lines = triples.splitlines()
    plain = [line[:-2] for line in lines if b"_:" not in line] if b"_:" in triples else [line[:-2] for line in lines]
    ending = f" {graph} .\n".encode()
    data = b"".join(line + ending for line in plain)
    if merged:
        data += b"".join(line + b" .\n" for line in plain)
    engine.load(data, ENGINE_FORMATS["nquads"], lenient=True)
    if len(plain) < len(lines):
        blank = b"\n".join(line for line in lines if b"_:" in line)
        found = list(parse(blank, "ntriples", rename=False))
        engine.extend(ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in found)
        if merged:
            engine.extend(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT) for quad in found)
