"""A graph, or a whole store, written in a format."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from io import BytesIO
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.graph.store.changes import DEFAULT
from kg.graph.store.formats import Format
from kg.graph.store.parse import ENGINE_FORMATS, graph_name
from kg.graph.store.processors import DESCRIPTORS, opens_by_name, two_processors
from kg.graph.terms import PREFIXES

_PIECE: Final = 2**17
"""The most bytes that are given at a time, but for longer lines."""
_FEW: Final = 2**14
"""Fewer bytes than these are waited upon, as long as there may be more."""
_PAUSE: Final = 0.0002


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


def dumped(engine: ox.Store, graph: str | None) -> Iterator[bytes]:
    """The N-Triples of a graph, or of the default graph, in pieces of whole lines.

    The engine writes them, without Python's lock, into memory that is read from meanwhile.
    """
    name = graph_name(graph) if graph else DEFAULT
    if not (hasattr(os, "memfd_create") and opens_by_name() and two_processors()):
        out = BytesIO()
        engine.dump(out, ENGINE_FORMATS["ntriples"], from_graph=name)
        yield out.getvalue()
        return
    file = os.memfd_create("dump")
    try:
        with ThreadPoolExecutor(1, "dump") as pool:
            yield from _lines(
                file, pool.submit(engine.dump, f"{DESCRIPTORS}/{file}", ENGINE_FORMATS["ntriples"], from_graph=name)
            )
    finally:
        os.close(file)


def _lines(file: int, writing: Future[object]) -> Iterator[bytes]:
    begin, size = 0, _PIECE
    while True:
        ended = writing.done()
        piece = os.pread(file, size, begin)
        end = piece.rfind(b"\n") + 1
        if end and (ended or len(piece) >= _FEW):
            yield piece[:end]
            begin, size = begin + end, _PIECE
        elif len(piece) == size:
            size *= 2
        elif ended:
            break
        else:
            wait([writing], _PAUSE)
    writing.result()
