"""The answer to a query, serialised by the engine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import QueryError, StoreError, UsageError
from kg.graph.store.formats import GRAPH_FORMATS, graph_format, result_format
from kg.graph.store.parse import ENGINE_FORMATS, term_text
from kg.graph.store.protocol import Kind

_RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}


class OxigraphResults:
    """Fulfils ``Results``; to be read once, in the thread that made it."""

    def __init__(self, answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
        self._answer = answer

    @property
    def kind(self) -> Kind:
        """Whether these are solutions, a boolean or a graph."""
        if isinstance(self._answer, ox.QueryBoolean):
            return "boolean"
        return "solutions" if isinstance(self._answer, ox.QuerySolutions) else "graph"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of a SELECT's variables, in order."""
        if isinstance(self._answer, ox.QuerySolutions):
            return tuple(variable.value for variable in self._answer.variables)
        return ("s", "p", "o") if isinstance(self._answer, ox.QueryTriples) else ()

    def rows(self) -> Iterator[dict[str, str]]:
        """The solutions as terms by variable, unbound ones absent; a graph as ``s``, ``p``, ``o``."""
        if isinstance(self._answer, ox.QueryBoolean):
            raise UsageError("an ASK query has no rows")
        names = self.variables
        try:
            for row in self._answer:
                yield {name: term_text(term) for name, term in zip(names, row, strict=True) if term is not None}
        except OSError as error:
            raise StoreError(f"the query could not be evaluated: {error}") from None

    def write(self, out: BinaryIO, fmt: str) -> None:
        """Serialises to ``out`` while evaluating; raises UsageError when the format does not suit the kind."""
        try:
            if isinstance(self._answer, ox.QueryTriples):
                self._answer.serialize(out, ENGINE_FORMATS[graph_format(fmt).name])
            else:
                if fmt in GRAPH_FORMATS and fmt != "json":
                    raise UsageError(f"{fmt} is for graphs (CONSTRUCT, DESCRIBE); this query gives a table")
                self._answer.serialize(out, _RESULT_FORMATS[result_format(fmt).name])
        except SyntaxError as error:
            raise QueryError(str(error)) from None

    def serialize(self, fmt: str) -> bytes:
        """Serialises to bytes."""
        out = io.BytesIO()
        self.write(out, fmt)
        return out.getvalue()

    def __bool__(self) -> bool:
        if isinstance(self._answer, ox.QueryBoolean):
            return bool(self._answer)
        return any(True for _ in self._answer)
