"""A graph, or a whole store, written in a format."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from kg.graph.store.changes import DEFAULT
from kg.graph.store.formats import Format
from kg.graph.store.parse import ENGINE_FORMATS, graph_name
from kg.graph.terms import PREFIXES


def dump(engine: ox.Store, out: BinaryIO, chosen: Format, graph: str | None, *, merged: bool) -> None:
    """Writes a graph, or all; a default graph that holds all others (``merged``) is left out where they are told."""
    engine_format = ENGINE_FORMATS[chosen.name]
    if graph is None and chosen.datasets:
        quads = engine.quads_for_pattern(None, None, None, None)
        told = (quad for quad in quads if quad.graph_name != DEFAULT) if merged else quads
        ox.serialize(told, out, engine_format, prefixes=PREFIXES)
        return
    name = graph_name(graph) if graph else DEFAULT
    if chosen.name == "ntriples":
        engine.dump(out, engine_format, from_graph=name)
        return
    triples = (quad.triple for quad in engine.quads_for_pattern(None, None, None, name))
    ox.serialize(triples, out, engine_format, prefixes=PREFIXES)
