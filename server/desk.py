"""Answers that are given where a request arrives, as nobody has to wait for them."""

from __future__ import annotations

import time
from typing import Any, Protocol

from kg.errors import KgError
from server.answer import ADMITTED, Complete
from server.problems import HttpProblem
from server.sparql.begun import Begun
from server.sparql.environ import Environ


class Quick(Protocol):
    """What may know the answer to a query without waiting."""

    def at_once(self, environ: Environ) -> Complete | None:
        """The answer, its body complete, or None."""
        ...

    def begin(self, environ: dict[str, Any]) -> Begun | None:
        """Has the answer found, if others need not wait meanwhile."""
        ...

    def finish(self, begun: Begun) -> Complete | None:
        """The answer to what was begun, or None."""
        ...


class Versioned(Protocol):
    """What has commits that are counted."""

    @property
    def version(self) -> int:
        """How many there were."""
        ...


class Admission(Protocol):
    """Whoever decides how often a client may ask."""

    def admit(self, client: str) -> None:
        """Counts a request; raises HttpProblem 429 where there were too many."""
        ...


class Witness(Protocol):
    """Whoever counts and logs what is answered here."""

    def at_once(self, client: str, status: int, sent: int, began: float) -> None:
        """Counts and logs a query that was answered where it arrived."""
        ...

    def unforeseen(self, path: str, error: BaseException) -> None:
        """Logs an error that nobody foresaw."""
        ...


class Desk:
    """Answers at once what ``quick`` knows, within the rate, counted; there is one in each process that answers."""

    def __init__(self, quick: Quick, store: Versioned, rate: Admission, witness: Witness) -> None:
        self._quick = quick
        self._store = store
        self._rate = rate
        self._witness = witness

    @property
    def version(self) -> int:
        """Which commit of the store is answered from."""
        return self._store.version

    def again(self, client: str, status: int, size: int) -> bool:
        """Whether a client may have once more what it had; counts it if so."""
        try:
            self._rate.admit(client)
        except HttpProblem:
            return False
        self._witness.at_once(client, status, size, time.perf_counter())
        return True

    def begin(self, environ: dict[str, Any]) -> Begun | None:
        """Begins what a worker is to answer, after ``at_once`` could not; None where it is for a thread."""
        began = time.perf_counter()
        try:
            begun = self._quick.begin(environ)
        except KgError:
            return None
        except Exception as error:  # as below
            self._witness.unforeseen("/sparql", error)
            return None
        if begun:
            begun.began = began
        return begun

    def finish(self, begun: Begun) -> Complete | None:
        """The answer to what was begun; None where a thread is to read on."""
        answer = self._quick.finish(begun)
        if answer is not None:
            self._witness.at_once(begun.environ["REMOTE_ADDR"], answer.status, len(answer.body), begun.began)
        return answer

    def at_once(self, environ: dict[str, Any]) -> Complete | None:
        """The complete answer to a GET of ``/sparql`` that needs no waiting; None where it is for a thread to find.

        The headers that every answer carries are not among its headers.
        """
        began, client = time.perf_counter(), environ["REMOTE_ADDR"]
        try:
            self._rate.admit(client)
            environ[ADMITTED] = True
            answer = self._quick.at_once(environ)
        except KgError:
            return None  # a thread has the time to say what is wrong
        except Exception as error:  # nothing may reach the connection, which others' answers share
            self._witness.unforeseen("/sparql", error)
            return None
        if answer is not None:
            self._witness.at_once(client, answer.status, len(answer.body), began)
        return answer
