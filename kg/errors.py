"""The one tree of errors: each reads as one helpful line and knows its exit and HTTP status."""

from __future__ import annotations


class KgError(Exception):
    """Anything a user can be told in one line; the message says what is wrong and, where there is one, where."""

    exit_status = 1
    http_status = 500


class UsageError(KgError):
    """A call that does not fit the interface: an unknown format, graph, query name or reasoner."""

    exit_status = 2
    http_status = 400


class InputError(KgError):
    """An article, RDF file or gold file that cannot be read; reads as ``source:line: reason``."""

    exit_status = 3
    http_status = 400

    def __init__(self, reason: str, *, source: str = "", line: int | None = None) -> None:
        where = f"{source}:{line}: " if source and line is not None else f"{source}: " if source else ""
        super().__init__(f"{where}{reason}")
        self.reason = reason
        self.source = source
        self.line = line


class QueryError(InputError):
    """A SPARQL query or update that does not parse or may not run; line and column where known."""


class NotFoundError(KgError):
    """A name or IRI of which the graph knows nothing."""

    exit_status = 1
    http_status = 404


class InconsistencyError(KgError):
    """The graph contradicts the ontology."""

    exit_status = 1
    http_status = 409


class ForbiddenError(KgError):
    """A write without the token, or a fetch from a host that is not allowed."""

    exit_status = 1
    http_status = 403


class LimitError(KgError):
    """A bound on time, memory, rows or size was reached; nothing partial was kept or shown."""

    exit_status = 1
    http_status = 503


class ExtractorError(KgError):
    """The language model that should extract facts cannot be reached or gives no usable answer."""

    exit_status = 1
    http_status = 503


class StoreError(KgError):
    """The store cannot be opened, is locked, or is not a store."""

    exit_status = 4
    http_status = 503
