"""The graph, or one of its graphs, as a file.

Turtle and TriG are sorted and grouped, so that equal graphs give equal files; N-Triples, N-Quads, JSON-LD and RDF/XML
are streamed by the store; CSV and GraphML are for tools that know no RDF. None of them holds the graph in memory.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from kg.errors import NotFoundError, UsageError
from kg.graph.store import Store
from kg.graph.terms import RDF, RDFS, datatype, is_literal, shorten, value
from kg.graph.turtle import Writer

_TYPE: Final = f"<{RDF}type>"
_LABEL: Final = f"<{RDFS}label>"


def export(store: Store, out: BinaryIO, fmt: str = "turtle", *, graph: str | None = None, base: str = "") -> None:
    """Writes the merge of all graphs (with named graphs where the format has them), or only ``graph``, a term.

    ``base`` abbreviates IRIs below it. Raises UsageError for an unknown format, NotFoundError for an unknown graph.
    """
    if fmt not in EXPORTS:
        raise UsageError(f"unknown export format {fmt!r}: one of {', '.join(EXPORTS)}")
    if graph is not None and graph not in store.graphs():
        raise NotFoundError(f"no graph {graph}; there are: {', '.join(store.graphs()) or 'none'}")
    EXPORTS[fmt](store, out, graph, base)


def subjects(store: Store, graph: str | None) -> list[str]:
    """The subjects of a graph, or of the merge of all, sorted."""
    if graph is not None:
        return sorted({subject for subject, _, _, _ in store.quads(graph=graph)})
    return sorted({subject for subject, _, _ in store.triples()})


def _turtle(store: Store, out: BinaryIO, graph: str | None, base: str) -> None:
    writer = Writer(base)
    out.write(writer.header().encode())
    for block in _blocks(store, writer, graph):
        out.write(f"\n{block}".encode())


def _trig(store: Store, out: BinaryIO, graph: str | None, base: str) -> None:
    writer = Writer(base)
    out.write(writer.header().encode())
    for name in [graph] if graph else store.graphs():
        out.write(f"\n{writer.term(name)} {{\n".encode())
        for block in _blocks(store, writer, name, "    "):
            out.write(block.encode())
        out.write(b"}\n")


def _blocks(store: Store, writer: Writer, graph: str | None, indent: str = "") -> Iterator[str]:
    for subject in subjects(store, graph):
        if graph is None:
            pairs = [(predicate, obj) for _, predicate, obj in store.triples(subject)]
        else:
            pairs = [(predicate, obj) for _, predicate, obj, _ in store.quads(subject, graph=graph)]
        yield writer.block(subject, pairs, indent)


def _by_store(fmt: str) -> Callable[[Store, BinaryIO, str | None, str], None]:
    def write(store: Store, out: BinaryIO, graph: str | None, base: str) -> None:
        store.dump(out, fmt, graph=graph)

    return write


def _csv(store: Store, out: BinaryIO, graph: str | None, base: str) -> None:
    """A row a quad: subject, predicate, object, the object's datatype where it is a literal, graph."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(["subject", "predicate", "object", "datatype", "graph"])
    for subject, predicate, obj, name in store.quads(graph=graph):
        kind = datatype(obj) if is_literal(obj) else ""
        start = subject if subject.startswith("_:") else value(subject)
        rows.writerow([start, value(predicate), obj if obj.startswith("_:") else value(obj), kind, value(name)])
    text.detach()


_GRAPHML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="label" for="node" attr.name="label" attr.type="string"/>
  <key id="type" for="node" attr.name="type" attr.type="string"/>
  <key id="property" for="edge" attr.name="property" attr.type="string"/>
  <graph edgedefault="directed">
"""


def _graphml(store: Store, out: BinaryIO, graph: str | None, base: str) -> None:
    """Things minted under the base as nodes with label and types, the properties between them as edges."""
    start = f"<{base}id/" if base else "<"

    def edges() -> Iterator[tuple[str, str, str]]:
        found = store.triples() if graph is None else ((s, p, o) for s, p, o, _ in store.quads(graph=graph))
        return (edge for edge in found if edge[0].startswith(start) and edge[2].startswith(start) and edge[1] != _TYPE)

    out.write(_GRAPHML_HEAD.encode())
    for node in sorted({end for subject, _, obj in edges() for end in (subject, obj)}):
        labels = sorted(value(obj) for _, _, obj in store.triples(node, _LABEL))
        types = sorted(shorten(obj) for _, _, obj in store.triples(node, _TYPE) if obj.startswith("<"))
        label = labels[0] if labels else value(node)
        out.write(
            f"    <node id={quoteattr(value(node))}>"
            f'<data key="label">{_xml(label)}</data><data key="type">{_xml(" ".join(types))}</data></node>\n'.encode()
        )
    for subject, predicate, obj in edges():
        out.write(
            f"    <edge source={quoteattr(value(subject))} target={quoteattr(value(obj))}>"
            f'<data key="property">{_xml(shorten(predicate))}</data></edge>\n'.encode()
        )
    out.write(b"  </graph>\n</graphml>\n")


def _xml(text: str) -> str:
    """Text for XML 1.0, which has no place for control characters."""
    return escape("".join(char if char >= " " or char in "\t\n\r" else "\ufffd" for char in text))


EXPORTS: Final[dict[str, Callable[[Store, BinaryIO, str | None, str], None]]] = {
    "turtle": _turtle,
    "trig": _trig,
    "ntriples": _by_store("ntriples"),
    "nquads": _by_store("nquads"),
    "jsonld": _by_store("jsonld"),
    "rdfxml": _by_store("rdfxml"),
    "csv": _csv,
    "graphml": _graphml,
}
"""The formats by name."""
SUFFIXES: Final = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".csv": "csv",
    ".graphml": "graphml",
}
"""The format that a file name asks for."""
