"""The bounds on what strangers may send and make the server do, each with its environment variable."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import Any

from kg.errors import UsageError

_MOST_READERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Every bound of the server; docs/http.md lists them. Zero switches ``rate`` and ``cache_bytes`` off."""

    timeout: float = 30.0
    """Seconds a query may take where the request does not say (``KG_TIMEOUT``)."""
    max_timeout: float = 120.0
    """Seconds a request may ask for at most (``KG_MAX_TIMEOUT``)."""
    max_body: int = 64 * 2**20
    """Bytes of a request body (``KG_MAX_BODY``)."""
    max_query: int = 2**20
    """Bytes of a query text (``KG_MAX_QUERY``)."""
    max_rows: int = 5_000_000
    """Rows or triples in an answer (``KG_MAX_ROWS``)."""
    max_result: int = 2**29
    """Bytes of an answer before compression (``KG_MAX_RESULT``)."""
    max_memory: int = 2 * 2**30
    """Bytes a query may take in its worker above the data itself (``KG_MAX_MEMORY``)."""
    workers: int = 4
    """Worker processes that evaluate queries; 0 evaluates in the server, without a deadline (``KG_WORKERS``)."""
    readers: int = -1
    """Processes that answer small queries beside the server itself, none while ``rate`` is set; -1 is one less than
    cores, 3 at most (``KG_READERS``)."""
    image_share: float = 0.6
    """Share of the machine's memory that the graph may take in memory; the disk answers if it is larger
    (``KG_IMAGE_SHARE``)."""
    waiting: int = 32
    """Queries that may wait for a worker before 503 (``KG_WAITING``)."""
    rate: float = 0.0
    """Requests a second and client that are allowed in the long run (``KG_RATE``)."""
    burst: int = 200
    """Requests a client may send at once (``KG_BURST``)."""
    cache_bytes: int = 64 * 2**20
    """Bytes of answers kept for repeated queries (``KG_CACHE``), and a quarter more for requests equal to the byte."""
    service_hosts: str = ""
    """Hosts that SERVICE may ask, separated by commas (``KG_SERVICE_HOSTS``)."""
    access_log: str = ""
    """File for the access log, one JSON object a line; ``-`` is stderr (``KG_ACCESS_LOG``)."""

    @property
    def most_readers(self) -> int:
        """How many readers there are; one process must count where a rate is set."""
        if self.rate > 0:
            return 0
        return min((os.cpu_count() or 1) - 1, _MOST_READERS) if self.readers < 0 else self.readers

    @classmethod
    def from_environment(cls) -> Limits:
        """Reads the bounds that the environment sets; raises UsageError for one that is not a number."""
        chosen: dict[str, Any] = {}  # the values' types differ by field
        for bound in fields(cls):
            name = variable_of(bound.name)
            if name in os.environ:
                chosen[bound.name] = _value(name, os.environ[name], type(getattr(_DEFAULT, bound.name)))
        return cls(**chosen)


def variable_of(field: str) -> str:
    """The environment variable of a bound."""
    return "KG_CACHE" if field == "cache_bytes" else f"KG_{field.upper()}"


def _value(name: str, text: str, kind: type) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise UsageError(f"{name} must be a number, not {text!r}") from None


_DEFAULT = Limits()
