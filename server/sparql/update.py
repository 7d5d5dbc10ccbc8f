"""The update endpoint ``/update`` (SPARQL 1.1 Protocol, section 2.2)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

from kg.config import Settings
from kg.errors import ForbiddenError, QueryError
from kg.graph.reason.keeping import Keeper
from kg.graph.store import Store
from server.answer import Answer
from server.guard.token import require_token
from server.limits import Limits
from server.problems import HttpProblem
from server.sparql import request as protocol
from server.sparql.environ import Environ
from server.sparql.inspect import inspect
from server.sparql.using import with_dataset

Repeatable: TypeAlias = Callable[[str, str], AbstractContextManager[None]]
"""Tells copies of the graph that what the block commits is the update of that text and base."""


class UpdateEndpoint:
    """Executes updates for those who have the token; each is one transaction, with what follows from it."""

    def __init__(
        self, store: Store, settings: Settings, limits: Limits, repeatable: Repeatable, keeper: Keeper | None = None
    ) -> None:
        self._store = store
        self._base = settings.base
        self._token = settings.token
        self._limits = limits
        self._repeatable = repeatable
        self._keeper = keeper

    def answer(self, environ: Environ) -> Answer:
        """204 once the update is committed; raises KgError where it is not, and then nothing is."""
        if environ.get("PATH_INFO") not in ("/update", "/update/"):
            raise HttpProblem(404, "the update endpoint is /update")
        if environ["REQUEST_METHOD"] == "POST":
            require_token(environ.get("HTTP_AUTHORIZATION", ""), self._token)
        asked = protocol.read_request(environ, protocol.UPDATE, most_bytes=self._limits.max_body)
        seen = inspect(asked.text)
        if seen.form and not seen.updates:
            raise QueryError("this is a query; /sparql answers those")
        if seen.reaches_out:
            raise ForbiddenError("LOAD and SERVICE are not allowed on this server; send data to /store")
        text = with_dataset(asked.text, asked.dataset.default_graphs, asked.dataset.named_graphs)
        base = f"{self._base}update"
        with self._repeatable(text, base):
            self._store.update(text, base=base)
        if self._keeper:
            self._keeper.settle()
        return Answer(204, [("Cache-Control", "no-store")])
