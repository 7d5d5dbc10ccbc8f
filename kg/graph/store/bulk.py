"""Many triples at once, into the engine without a Python object for each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.graph.store import journal
from kg.graph.store.changes import DEFAULT
from kg.graph.store.parse import ENGINE_FORMATS, graph_name, parse

_LARGE: Final = 8 * 2**20


def add_triples(engine: ox.Store, graph: str, triples: bytes, merged: bool, folder: Path | None) -> None:
    """Adds N-Triples to a graph, and to the merge where one is kept; many of them, on disk, through a journal.

    Lines with blank nodes go another way, as the engine would give these new labels; they are added after the others.
    """
    name = graph_name(graph)
    plain, blank = _parted(triples)
    data = plain.replace(b" .\n", f" {graph} .\n".encode())
    if merged:
        data += plain
    if folder and len(data) > _LARGE:
        journal.write_lines(folder, data)
        journal.apply(engine, folder)
    else:
        engine.load(data, ENGINE_FORMATS["nquads"], lenient=True)
    if blank:
        found = list(parse(blank, "ntriples", rename=False))
        engine.extend(ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in found)
        if merged:
            engine.extend(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT) for quad in found)


def _parted(triples: bytes) -> tuple[bytes, bytes]:
    """Lines without blank nodes, and lines that may have some; each ends in a full stop and a line end."""
    if b"_:" not in triples:
        return triples, b""
    lines = triples.splitlines(keepends=True)
    return b"".join(line for line in lines if b"_:" not in line), b"".join(line for line in lines if b"_:" in line)
