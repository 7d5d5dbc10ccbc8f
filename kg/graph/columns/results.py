"""Solutions as SPARQL 1.1 Query Results in JSON, TSV and CSV: many texts are put together at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.graph.columns.own import Terms
from kg.graph.columns.table import Table
from kg.graph.columns.written import csv_texts, json_texts, name_text, tsv_texts
from kg.graph.reason.dictionary import Ids

_FEW: Final = 2000
"""Cells that are written one by one; of more, each term once."""
_AT_ONCE: Final = 2048
"""Rows that are put together at a time."""

Variables: TypeAlias = Sequence[tuple[str, int]]
"""Names and numbers."""
Write: TypeAlias = Callable[[Iterable[bytes], bytes], list[bytes]]
"""Writes terms, each after a mark."""


def json_pieces(terms: Terms, tables: Iterable[Table], variables: Variables, certain: int) -> Iterator[bytes]:
    """The answer in pieces; ``certain`` is a variable that no solution lacks."""
    head = b'{"head":{"vars":[%b]},"results":{"bindings":[' % b",".join(name_text(name) for name, _ in variables)
    begin = b""
    ordered = sorted(variables, key=lambda variable: variable[1] != certain)
    marks = [b"%b%b:" % (b"," if at else b"},{", name_text(name)) for at, (name, _) in enumerate(ordered)]
    for table in tables:
        cells = np.empty((table.size, len(ordered)), dtype=object)
        for at, (mark, (_, number)) in enumerate(zip(marks, ordered, strict=True)):
            cells[:, at] = texts(terms, table.column(number), json_texts, (mark, b""))
        if not begin:
            begin = head + b"{"
            cells[0, 0] = begin + cells[0, 0][3:]
        yield from _joined(cells)
    yield b"}]}}" if begin else head + b"]}}"


def tsv_pieces(terms: Terms, tables: Iterable[Table], variables: Variables) -> Iterator[bytes]:
    """As tab-separated values."""
    yield b"\t".join(b"?" + name.encode() for name, _ in variables)
    yield from _separated(terms, tables, variables, tsv_texts, (b"\n", b"\t"))
    yield b"\n"


def csv_pieces(terms: Terms, tables: Iterable[Table], variables: Variables) -> Iterator[bytes]:
    """As comma-separated values."""
    yield b",".join(name.encode() for name, _ in variables)
    yield from _separated(terms, tables, variables, csv_texts, (b"\r\n", b","))
    yield b"\r\n"


def _separated(
    terms: Terms, tables: Iterable[Table], variables: Variables, write: Write, marks: tuple[bytes, bytes]
) -> Iterator[bytes]:
    """Rows, each after the first mark, its cells with the second between them."""
    for table in tables:
        cells = np.empty((table.size, len(variables)), dtype=object)
        for at, (_, number) in enumerate(variables):
            mark = marks[at > 0]
            cells[:, at] = texts(terms, table.column(number), write, (mark, mark))
        yield from _joined(cells)


def _joined(cells: NDArray[np.object_]) -> Iterator[bytes]:
    """The cells of some rows after the other, as texts may be long."""
    for begin in range(0, len(cells), _AT_ONCE):
        yield b"".join(cells[begin : begin + _AT_ONCE].ravel().tolist())


def texts(
    terms: Terms, numbers: Ids, write: Write, marks: tuple[bytes, bytes]
) -> Sequence[bytes] | NDArray[np.object_]:
    """The terms as they are written after the first mark, and the second where there is none."""
    mark, unbound = marks
    if len(numbers) <= _FEW:
        found = write(terms.terms(numbers.clip(0)), mark)
        return [text if number >= 0 else unbound for text, number in zip(found, numbers.tolist(), strict=True)]
    marked = np.zeros(len(terms) + 1, dtype=np.bool_)
    marked[numbers] = True  # what is unbound, -1, marks the last
    once = marked[:-1].nonzero()[0]
    places = np.empty(len(marked), dtype=np.int32)
    places[once], places[-1] = np.arange(len(once)), len(once)
    written = np.empty(len(once) + 1, dtype=object)
    written[:-1], written[-1] = write(terms.terms(once), mark), unbound
    cells: NDArray[np.object_] = written[places[numbers]]
    return cells
