"""Queries that are answered where they arrive: look-ups, and what is sure to be little work."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.store import Given, Join, Joins, Store, open_store
from server.answer import Complete
from server.compress import encoding_for
from server.negotiate import GRAPHS, HTML, RESULTS, Format, by_name, choose
from server.problems import HttpProblem
from server.sparql import request as protocol
from server.sparql.begun import MEDIUM
from server.sparql.bounded import Fans
from server.sparql.cache import Entry, matches
from server.sparql.environ import Environ, Headers
from server.sparql.evaluate import InProcess, Job
from server.sparql.inspect import Inspection, recall, require_query
from server.sparql.pace import Pace
from server.sparql.walk import Walk

TABLES = (*RESULTS, HTML)
OF_GRAPHS = (*GRAPHS, HTML)
ALWAYS = (("Vary", "Accept, Accept-Encoding"), ("Cache-Control", "no-cache"))
"""Headers of every answer to a query."""
SHORT = 2000
"""Characters of a query that is read where others wait."""
_QUICK_JOIN = 0.004
"""Seconds a join may take on average; it is slow only until what it reads is kept."""
SMALL = 2**15
"""Bytes of an answer that are compressed without asking what else waits."""


class Quickly:
    """Answers what needs no waiting, and nothing else."""

    def __init__(self, store: Store, base: str, fans: Fans | None, joins: Joins | None) -> None:
        """``base`` is that of relative IRIs in queries."""
        self._store = store
        self._base = base
        self._fans = fans
        self._evaluator = InProcess(store)
        self._joins = joins
        self._nothing = open_store(None)
        self._pace, self._pace_of_joins = Pace(), Pace(_QUICK_JOIN)

    def at_once(self, environ: Environ) -> Complete | None:
        """The answer to a GET if it is a look-up, or is little work; None for all that may take longer."""
        text = protocol.lone_query(environ["QUERY_STRING"])
        accept = environ.get("HTTP_ACCEPT", "")
        if not 0 < len(text) <= SHORT:
            return None
        recalled = recall(text)
        if recalled:
            known, constants = recalled
            if known.sought is None:
                return self._little(environ, text, accept, known, constants)
            format = choose_format(known, "", accept)
            found = self._joins.look_up(known.sought, constants) if self._joins and format.name == "json" else None
            if found is not None:
                return small(environ, Entry.of(found), format, fresh=True)
        seen = require_query(text)
        if seen.found is None:
            return self._little(environ, text, accept, seen, seen.constants)
        format = choose_format(seen, "", accept)
        body = None if format is HTML else self._store.look_up(seen.found, format.name)
        return None if body is None else small(environ, Entry.of(body), format, fresh=True)

    def begin(self, _environ: Environ) -> None:
        """Nothing: there are no workers here."""

    def finish(self, _begun: object) -> None:
        """Nothing was begun."""

    def _little(
        self, environ: Environ, text: str, accept: str, seen: Inspection, constants: Sequence[str]
    ) -> Complete | None:
        """The answer to a query that is sure to be little work, unless one of its shape took long a short while ago."""
        if seen.walk is None or seen.volatile or "HTTP_X_QUERY_ID" in environ:
            return None
        format = choose_format(seen, "", accept)
        join = seen.walk.join
        if join is not None and self._joins is not None and format.name == "json":
            body = self._joined(self._joins, text, seen.walk, join, Given(constants))
            if body is not None:
                return small(environ, Entry.of(body), format, fresh=not join.seeks_text)  # only the server has texts
        if format is HTML or not self._pace.is_quick(seen.walk) or not self.is_little(seen.walk, constants):
            return None
        job = Job(text=text, format=format.name, plain=True, base=self._base)
        began = self._pace.begin(seen.walk)
        body = b"".join(self._evaluator.run(job))
        self._pace.end(seen.walk, began)
        return small(environ, Entry.of(body), format, fresh=True)

    def _joined(self, joins: Joins, text: str, walk: Walk, join: Join, given: Given) -> bytes | None:
        """The answer to a query that the store can join without the engine; None for any other."""
        pace = self._pace_of_joins
        if not pace.is_quick(walk):
            return None
        if not join.understood:
            self._nothing.query(text, base=self._base, plain=True)  # raises what is wrong with it
            join.understood = True
        began = pace.begin(walk)
        answer = joins.answer(join, given)
        pace.end(walk, began)
        return answer

    def is_little(self, walk: Walk, constants: Sequence[str]) -> bool:
        """Whether a query that reads the default graph alone is sure to be little work."""
        return self._fans is not None and self._fans.bounded(walk, constants)


def small(environ: Environ, entry: Entry, format: Format, *, fresh: bool = False) -> Complete | None:
    """A complete answer, unless it is so large that others would wait for it, above all while it is compressed."""
    most = SMALL if environ.get("HTTP_ACCEPT_ENCODING") else MEDIUM
    return complete(environ, entry, format, fresh=fresh) if len(entry.body) <= most else None


def complete(environ: Environ, answer: Entry, format: Format, *, fresh: bool = False) -> Complete:
    """An answer as the request wants it: in a content coding, with its tag, or 304 where the client has it."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING")
    coding = encoding_for(accepted) if accepted else ""
    body, tag = answer.encoded(coding)
    headers: Headers = [("Content-Type", format.content_type), *ALWAYS, ("ETag", tag)]
    if "HTTP_IF_NONE_MATCH" in environ and matches(environ["HTTP_IF_NONE_MATCH"], tag):
        return Complete(304, headers, fresh=fresh)
    if body is not answer.body:
        headers.append(("Content-Encoding", coding))
    headers.append(("Content-Length", str(len(body))))
    return Complete(200, headers, body, fresh=fresh)


def choose_format(seen: Inspection, name: str, accept: str, *, page: bool = True) -> Format:
    """The format of the answer by ``?format=`` or Accept, HTML only for a ``page``; raises HttpProblem 400 or 406."""
    offers = TABLES if seen.form in ("SELECT", "ASK") else OF_GRAPHS
    offers = offers if page else offers[:-1]
    if name:
        named = by_name(name, offers)
        if named is None:
            raise HttpProblem(400, f"format is one of {', '.join(f.name for f in offers)} for {seen.form}")
        return named
    found = choose(accept, offers)
    if found is None:
        types = ", ".join(f.media_type for f in offers)
        raise HttpProblem(406, f"{seen.form} is answered as {types}")
    return found
