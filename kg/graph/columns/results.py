"""Solutions as SPARQL 1.1 Query Results JSON: a text for each term, and all texts of a block put together at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from json.encoder import encode_basestring as quoted
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.graph.columns.columns import Columns
from kg.graph.columns.solutions import Table
from kg.graph.reason.dictionary import Ids

_FEW: Final = 2000
"""Cells that are written one by one; of more, each term once."""


def json_pieces(columns: Columns, tables: Iterable[Table], variables: Sequence[tuple[str, int]]) -> Iterator[bytes]:
    """The answer in pieces, one a table."""
    names = ",".join([quoted(name) for name, _ in variables])
    head = f'{{"head":{{"vars":[{names}]}},"results":{{"bindings":['.encode()
    marks = [f"{',' if at else '},{'}{quoted(name)}:".encode() for at, (name, _) in enumerate(variables)]
    first = True
    for table in tables:
        cells = np.empty((table.size, len(variables)), dtype=object)
        for at, (mark, (_, variable)) in enumerate(zip(marks, variables, strict=True)):
            cells[:, at] = texts(columns, table.columns[variable], lambda term, mark=mark: mark + json_text(term))  # type: ignore[misc]  # bound here
        if first:
            cells[0, 0] = head + cells[0, 0].removeprefix(b"},")
            first = False
        yield b"".join(cells.ravel().tolist())
    yield head + b"]}}" if first else b"}]}}"


def texts(columns: Columns, numbers: Ids, write: Callable[[bytes], bytes]) -> NDArray[np.object_] | list[bytes]:
    """What is written for each of the terms."""
    if len(numbers) <= _FEW:
        return list(map(write, columns.terms(numbers)))
    marked = np.zeros(len(columns), dtype=np.bool_)
    marked[numbers] = True
    once = marked.nonzero()[0]
    places = np.empty(len(columns), dtype=np.int32)
    places[once] = np.arange(len(once))
    written = np.empty(len(once), dtype=object)
    written[:] = list(map(write, columns.terms(once)))
    found: NDArray[np.object_] = written[places[numbers]]
    return found


def json_text(term: bytes) -> bytes:
    """A plain term in JSON; the escapes of canonical N-Triples are JSON's as well."""
    if term[:1] == b"<":
        return b'{"type":"uri","value":"%b"}' % term[1:-1]
    if term[:1] == b"_":
        return b'{"type":"bnode","value":"%b"}' % term[2:]
    if term[-1:] == b'"':
        return b'{"type":"literal","value":%b}' % term
    text, _, kind = term.rpartition(b'"')
    if kind[:1] == b"@":
        return b'{"type":"literal","value":%b","xml:lang":"%b"}' % (text, kind[1:])
    return b'{"type":"literal","value":%b","datatype":"%b"}' % (text, kind[3:-1])
