"""Many rows of a query as plain values: serialised by the engine and cut here, as that is quickest by far."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.store.protocol import Store
from kg.graph.terms import unescape


def rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    """The solutions of a SELECT as values (IRI, text, blank node's label) in the order of its variables.

    What is unbound is empty. The whole answer is held as bytes while it is read.
    """
    lines = store.query(query).serialize("tsv").decode("utf-8").split("\n")
    for line in lines[1:]:
        if line:
            yield tuple([_value(cell) for cell in line.split("\t")])


def _value(cell: str) -> str:
    """A term of SPARQL 1.1 TSV without its syntax; numbers and booleans may stand there bare."""
    if cell.startswith("<"):
        return cell[1:-1]
    if cell.startswith('"'):
        return unescape(cell[1 : cell.rindex('"')])
    return cell.removeprefix("_:")
