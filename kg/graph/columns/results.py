"""Solutions as SPARQL 1.1 Query Results in JSON, TSV and CSV: all texts of a block are put together at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.graph.columns.columns import Columns
from kg.graph.columns.table import Table
from kg.graph.columns.written import csv_text, json_text, name_text, tsv_text
from kg.graph.reason.dictionary import Ids

_FEW: Final = 2000
"""Cells that are written one by one; of more, each term once."""

Variables: TypeAlias = Sequence[tuple[str, int]]
"""Names and numbers."""
Write: TypeAlias = Callable[[bytes], bytes]


def json_pieces(columns: Columns, tables: Iterable[Table], variables: Variables, certain: int) -> Iterator[bytes]:
    """The answer in pieces, one a table; ``certain`` is a variable that no solution lacks."""
    head = b'{"head":{"vars":[%b]},"results":{"bindings":[' % b",".join(name_text(name) for name, _ in variables)
    begin = b""
    ordered = sorted(variables, key=lambda variable: variable[1] != certain)
    marks = [b"%b%b:" % (b"," if at else b"},{", name_text(name)) for at, (name, _) in enumerate(ordered)]
    for table in tables:
        cells = np.empty((table.size, len(ordered)), dtype=object)
        for at, (mark, (_, number)) in enumerate(zip(marks, ordered, strict=True)):
            cells[:, at] = texts(columns, table.column(number), _after(mark, json_text), b"")
        if not begin:
            begin = head + b"{"
            cells[0, 0] = begin + cells[0, 0][3:]
        yield b"".join(cells.ravel().tolist())
    yield b"}]}}" if begin else head + b"]}}"


def tsv_pieces(columns: Columns, tables: Iterable[Table], variables: Variables) -> Iterator[bytes]:
    """As tab-separated values."""
    yield b"\t".join(b"?" + name.encode() for name, _ in variables)
    yield from _separated(columns, tables, variables, tsv_text, (b"\n", b"\t"))
    yield b"\n"


def csv_pieces(columns: Columns, tables: Iterable[Table], variables: Variables) -> Iterator[bytes]:
    """As comma-separated values."""
    yield b",".join(name.encode() for name, _ in variables)
    yield from _separated(columns, tables, variables, csv_text, (b"\r\n", b","))
    yield b"\r\n"


def _separated(
    columns: Columns, tables: Iterable[Table], variables: Variables, write: Write, marks: tuple[bytes, bytes]
) -> Iterator[bytes]:
    """Rows, each after the first mark, its cells with the second between them."""
    for table in tables:
        cells = np.empty((table.size, len(variables)), dtype=object)
        for at, (_, number) in enumerate(variables):
            mark = marks[at > 0]
            cells[:, at] = texts(columns, table.column(number), _after(mark, write), mark)
        yield b"".join(cells.ravel().tolist())


def _after(mark: bytes, write: Write) -> Write:
    return lambda term: mark + write(term)


def texts(columns: Columns, numbers: Ids, write: Write, unbound: bytes) -> Sequence[bytes] | NDArray[np.object_]:
    """What is written for each of the terms, and where there is none."""
    if len(numbers) <= _FEW:
        found = list(map(write, columns.terms(numbers.clip(0))))
        return [text if number >= 0 else unbound for text, number in zip(found, numbers.tolist(), strict=True)]
    marked = np.zeros(len(columns) + 1, dtype=np.bool_)
    marked[numbers] = True  # what is unbound, -1, marks the last
    once = marked[:-1].nonzero()[0]
    places = np.full(len(marked), len(once), dtype=np.int32)
    places[once] = np.arange(len(once))
    written = np.empty(len(once) + 1, dtype=object)
    written[:-1] = list(map(write, columns.terms(once)))
    written[-1] = unbound
    found_at: NDArray[np.object_] = written[places[numbers]]
    return found_at
