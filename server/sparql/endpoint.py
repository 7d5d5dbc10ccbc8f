"""The query endpoint ``/sparql`` (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from kg.errors import ForbiddenError, QueryError
from kg.graph import terms
from kg.graph.query import stated_only
from kg.graph.store import OWN_DEFAULT, Dataset, Joins, OxigraphStore, Store
from server.answer import Answer, Complete
from server.compress import compress_body, encoding_for
from server.federation import Relay
from server.limits import Limits
from server.negotiate import HTML, Format, by_name, choose
from server.problems import HttpProblem
from server.sparql import request as protocol
from server.sparql.begun import BEGUN, MEDIUM, Begun, Line
from server.sparql.bounded import Fans
from server.sparql.cache import Entry, ResultCache
from server.sparql.environ import Environ, Headers
from server.sparql.evaluate import Evaluator, Job
from server.sparql.inspect import Inspection, require_query
from server.sparql.plan import Finder, planned
from server.sparql.quickly import ALWAYS, OF_GRAPHS, SHORT, SMALL, Quickly, choose_format, complete, small
from server.sparql.spool import Spool
from server.workers.pool import Pool

DEFAULT_GRAPH = "urn:x-arq:DefaultGraph"
UNION_GRAPH = "urn:x-arq:UnionGraph"
_USUAL = protocol.USUAL


class QueryEndpoint:
    """Answers queries: negotiates, looks into the cache, evaluates within bounds, tags and compresses."""

    def __init__(
        self,
        store: Store,
        limits: Limits,
        cache: ResultCache,
        *,
        base: str,
        quick: Evaluator,
        bounded: Evaluator,
        finder: Finder | None,
        fans: Fans | None,
        relay: Relay | None,
        describe: Callable[[Environ, Format], Answer],
        page: Callable[[Environ], Answer],
        pool: Pool | None = None,
    ) -> None:
        self._store = store
        self._limits = limits
        self._cache = cache
        self._base = f"{base}sparql"
        self._derived = terms.Minter(base).derived
        self._quick = quick
        self._bounded = bounded
        self._finder = finder
        self._relay = relay
        self._describe = describe
        self._page = page
        self._pool = pool
        self._line = Line(limits.waiting)
        joins = Joins(store, find=finder.some if finder else None) if isinstance(store, OxigraphStore) else None
        self._quickly = Quickly(store, self._base, fans, joins)

    def answer(self, environ: Environ) -> Answer:
        """The answer to a request; raises KgError for what is wrong with it."""
        if environ.get("PATH_INFO") not in ("/sparql", "/sparql/"):
            raise HttpProblem(404, "the query endpoint is /sparql")
        accept = environ.get("HTTP_ACCEPT", "")
        begun: Begun | None = environ.get(BEGUN)
        if begun:
            return self._read_on(environ, begun)
        as_written = environ["REQUEST_METHOD"] in ("GET", "HEAD") and (environ.get("QUERY_STRING", ""), accept)
        recalled = self._cache.recall(self._store.version, as_written) if as_written else None
        if recalled:
            return self._send(environ, *recalled)
        asked = protocol.read_request(environ, protocol.QUERY, most_bytes=self._limits.max_body)
        if not asked.text:
            return self._without_query(environ, asked)
        if len(asked.text) > self._limits.max_query:
            raise HttpProblem(413, f"the query is longer than {self._limits.max_query:,} characters")
        seen = require_query(asked.text)
        format = choose_format(seen, asked.format, accept, page=environ["REQUEST_METHOD"] != "POST")
        if format is HTML:
            return self._page(environ)
        if "HTTP_X_QUERY_ID" in environ:
            asked = replace(asked, name=protocol.name_of(environ))
        answer = self.evaluate(asked, seen, format, str(environ.get("REMOTE_ADDR") or ""))
        if as_written and isinstance(answer, Entry) and not seen.reaches_out:
            self._cache.remember(as_written, _key(asked, format), format)
        return self._send(environ, answer, format)

    def at_once(self, environ: Environ) -> Complete | None:
        """The answer to a GET, if it is kept, is a look-up, or is little work; None for all that may take longer."""
        recalled = self._cache.recall(self._store.version, (environ["QUERY_STRING"], environ.get("HTTP_ACCEPT", "")))
        return small(environ, *recalled) if recalled else self._quickly.at_once(environ)

    def begin(self, environ: dict[str, Any]) -> Begun | None:
        """A GET that a worker answers as it is written, ready to begin; None for any other."""
        text = protocol.lone_query(environ["QUERY_STRING"])
        if self._pool is None or not 0 < len(text) <= SHORT or "HTTP_X_QUERY_ID" in environ:
            return None
        seen = require_query(text)
        if seen.lookup or seen.named or seen.reaches_out or seen.volatile or "CONTAINS" in text.upper():
            return None
        accept = environ.get("HTTP_ACCEPT", "")
        format = choose_format(seen, "", accept)
        if format is HTML or planned(text) != text:
            return None
        asked = protocol.SparqlRequest(text)
        begin = partial(self._pool.begin, self._job(asked, seen, format, environ["REMOTE_ADDR"]))
        return Begun(begin, self._line, environ, _key(asked, format), format, self._store.version)

    def finish(self, begun: Begun) -> Complete | None:
        """The answer to what was begun; None where it is unusual or large, and a thread has to say more."""
        body, environ = begun.body, begun.environ
        if body is None or len(body) > (SMALL if environ.get("HTTP_ACCEPT_ENCODING") else MEDIUM):
            return None
        entry = Entry.of(body)
        self._keep(begun, entry)
        return complete(environ, entry, begun.format)

    def _keep(self, begun: Begun, entry: Entry) -> None:
        if begun.version == self._store.version:
            self._cache.put(begun.version, begun.key, entry)
        as_written = begun.environ["QUERY_STRING"], begun.environ.get("HTTP_ACCEPT", "")
        self._cache.remember(as_written, begun.key, begun.format)

    def _without_query(self, environ: Environ, asked: protocol.SparqlRequest) -> Answer:
        if environ["REQUEST_METHOD"] == "POST":
            raise HttpProblem(400, "the query is empty")
        accept = environ.get("HTTP_ACCEPT", "")
        format = by_name(asked.format, OF_GRAPHS) if asked.format else choose(accept, OF_GRAPHS)
        if format is None:
            raise HttpProblem(406, "the service description comes as RDF or HTML")
        if format is HTML:
            return self._page(environ)
        if any(piece.partition("=")[0] == "query" for piece in str(environ.get("QUERY_STRING", "")).split("&")):
            raise HttpProblem(400, "the query is empty")
        return self._describe(environ, format)

    def _read_on(self, environ: Environ, begun: Begun) -> Answer:
        """The answer to what was begun in the event loop; waits for it."""
        spool = Spool.of(begun)
        if spool.large:
            return self._send(environ, spool, begun.format)
        entry = Entry.of(spool.whole())
        self._keep(begun, entry)
        return self._send(environ, entry, begun.format)

    def evaluate(
        self, asked: protocol.SparqlRequest, seen: Inspection, format: Format, client: str = ""
    ) -> Entry | Spool:
        """The complete answer: nothing is sent before it is known that nothing is missing."""
        if seen.reaches_out:
            return self._federated(asked, seen, format, client)
        key = _key(asked, format)
        version = self._store.version
        cacheable = not seen.volatile
        entry = self._cache.get(version, key) if cacheable else None
        if entry:
            return entry
        usual = asked.dataset is _USUAL and asked.infer
        body = self._store.look_up(seen.found, format.name) if seen.found and usual else None
        if body is None:
            spool = self._collect(self._job(asked, seen, format, client), seen)
            if spool.large:
                return spool
            body = spool.whole()
        entry = Entry.of(body)
        if cacheable and version == self._store.version:
            self._cache.put(version, key, entry)
        return entry

    def _federated(self, asked: protocol.SparqlRequest, seen: Inspection, format: Format, client: str) -> Entry | Spool:
        """A query with SERVICE: only to allowed hosts, and never from the cache, as others' data changes."""
        if self._relay is None:
            raise ForbiddenError("SERVICE is not allowed on this server")
        job = replace(self._job(asked, seen, format, client), text=self._relay.redirected(asked.text), service=True)
        spool = Spool.of(self._bounded.run(job))
        return spool if spool.large else Entry.of(spool.whole())

    def _collect(self, job: Job, seen: Inspection) -> Spool:
        """Runs a job, as it is best planned; what is wrong with a query is told of the query as it was written."""
        if seen.lookup or (job.plain and seen.walk and self._quickly.is_little(seen.walk, seen.constants)):
            return Spool.of(self._quick.run(job))
        better = planned(job.text, self._finder)
        if better != job.text:
            try:
                return Spool.of(self._bounded.run(replace(job, text=better)))
            except QueryError:
                pass  # the message would speak of a place that its author never wrote
        return Spool.of(self._bounded.run(job))

    def _job(self, asked: protocol.SparqlRequest, seen: Inspection, format: Format, client: str) -> Job:
        wanted = asked.timeout or self._limits.timeout
        dataset = dataset_of(asked.dataset)
        if not asked.infer:
            dataset = stated_only(self._store, self._derived, dataset)
        return Job(
            text=asked.text,
            format=format.name,
            dataset=dataset,
            plain=dataset is None and not seen.named and not seen.reaches_out,
            base=self._base,
            seconds=min(wanted, self._limits.max_timeout),
            client=client,
            name=asked.name,
        )

    def _send(self, environ: Environ, answer: Entry | Spool, format: Format) -> Answer:
        if isinstance(answer, Entry):
            return complete(environ, answer, format)
        headers: Headers = [("Content-Type", format.content_type), *ALWAYS]
        coding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if coding:
            return Answer(200, [*headers, ("Content-Encoding", coding)], compress_body(answer.pieces(), coding))
        return Answer(200, [*headers, ("Content-Length", str(answer.size))], answer.pieces())


def _key(asked: protocol.SparqlRequest, format: Format) -> Hashable:
    return asked.text, asked.dataset, asked.infer, format


def dataset_of(asked: protocol.Dataset) -> Dataset | None:
    """The dataset of a request in the store's terms (SPARQL 1.1 Protocol, section 2.1.4).

    The names that Jena gave the default graph and the union of all graphs are understood: naming the union alone is
    the same as naming nothing.
    """
    if asked in (protocol.Dataset(), protocol.Dataset(default_graphs=(UNION_GRAPH,))):
        return None
    default = tuple(_graph(name) for name in asked.default_graphs or ())
    return Dataset(default=default, named=tuple(_graph(name) for name in asked.named_graphs or ()))


def _graph(name: str) -> str:
    if name == DEFAULT_GRAPH:
        return OWN_DEFAULT
    if ":" not in name:
        raise HttpProblem(400, f"{quote(name[:80])} is not the absolute IRI of a graph")
    return terms.iri(name)
