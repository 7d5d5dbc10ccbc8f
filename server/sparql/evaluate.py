"""Running one query to an answer: the job, and the evaluator that does it in the server's own process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.graph.store.protocol import Dataset, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A query that may run: text, dataset, format, the seconds it has, who asked, if its SERVICEs were looked at.

    ``plain`` says that it was looked at, reads the default graph alone, and reaches out to nobody.


    ``name`` is what its client calls it, to cancel it by; empty where it gave none.
    """

    text: str
    format: str
    dataset: Dataset | None = None
    base: str | None = None
    service: bool = False
    plain: bool = False
    seconds: float = 30.0
    client: str = ""
    name: str = ""


class Evaluator(Protocol):
    """Whatever turns jobs into bytes."""

    def run(self, job: Job) -> Iterator[bytes]:
        """The serialised answer in pieces; what is wrong with the query is raised before the first of them."""
        ...


class InProcess:
    """Evaluates in the calling thread; nothing can stop it, so it is for look-ups and for tests."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def run(self, job: Job) -> Iterator[bytes]:
        """The whole answer as one piece."""
        results = self._store.query(job.text, dataset=job.dataset, base=job.base, service=job.service, plain=job.plain)
        return iter((results.serialize(job.format),))
