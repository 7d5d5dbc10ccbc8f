"""The Graph Store HTTP Protocol at ``/store`` (SPARQL 1.1 Graph Store HTTP Protocol).

A graph is named by ``?graph=IRI``, by ``?default``, or directly by a path below ``/store/``. Reading is free, writing
needs the token. ``?default`` is what was written to the default graph itself, not the merge that queries see.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import BinaryIO, cast
from urllib.parse import parse_qs, quote

from werkzeug.datastructures import FileStorage
from werkzeug.formparser import parse_form_data

from kg.config import Settings
from kg.errors import ForbiddenError, InputError, NotFoundError, UsageError
from kg.graph import terms
from kg.graph.reason.keeping import Keeper
from kg.graph.store import OWN_DEFAULT, Store, open_store, parse_lines
from server.answer import Answer
from server.compress import encoding_for
from server.guard.token import require_token
from server.guard.xml import refuse_bombs
from server.limits import Limits
from server.negotiate import GRAPHS, Format, by_name, choose
from server.problems import HttpProblem
from server.sparql.cache import Entry, matches
from server.sparql.environ import Environ, Headers, read_body
from server.sparql.inspect import inspect
from server.sparql.spool import Spool

METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH")
_FORMATS = tuple(f for f in GRAPHS if f.name not in ("trig", "nquads"))
_IN_PATHS = "/-._~:@!$&'()*+,;="
_UPDATE = "application/sparql-update"


class GraphStore:
    """Reads and writes whole graphs; each write is one transaction, with what follows from it."""

    def __init__(self, store: Store, settings: Settings, limits: Limits, keeper: Keeper | None = None) -> None:
        self._store = store
        self._base = settings.base
        self._token = settings.token
        self._limits = limits
        self._keeper = keeper
        self._methods: dict[str, Callable[[Environ, str, str], Answer]] = {
            "GET": self._get,
            "HEAD": self._get,
            "PUT": self._put,
            "POST": self._post,
            "DELETE": self._delete,
            "PATCH": self._patch,
        }

    def answer(self, environ: Environ) -> Answer:
        """The answer to a request; raises KgError for what is wrong with it."""
        method = environ["REQUEST_METHOD"]
        act = self._methods.get(method)
        if act is None:
            raise HttpProblem(405, f"{method} is not a method of graphs", {"Allow": ", ".join((*METHODS, "OPTIONS"))})
        writes = method not in ("GET", "HEAD")
        if writes:
            require_token(environ.get("HTTP_AUTHORIZATION", ""), self._token)
        name = self._name(environ, creating=method == "POST")
        graph = OWN_DEFAULT if name == "" else terms.iri(name)
        if not (writes and self._keeper):
            return act(environ, graph, name)
        self._keeper.refuse(graph)
        answer = act(environ, graph, name)
        self._keeper.settle()
        return answer

    def _name(self, environ: Environ, *, creating: bool) -> str:
        """The IRI of the graph a request is about, empty for the default graph (sections 4.1 and 4.2)."""
        asked = parse_qs(str(environ.get("QUERY_STRING", "")), keep_blank_values=True)
        path = str(environ.get("PATH_INFO", "")).removeprefix("/store").lstrip("/")
        graphs = asked.get("graph", [])
        if path:
            if graphs or "default" in asked:
                raise HttpProblem(400, "the graph is named twice: by the path and by a parameter")
            return f"{self._base}store/{quote(path.encode('latin-1'), safe=_IN_PATHS)}"
        if len(graphs) > 1 or (graphs and "default" in asked):
            raise HttpProblem(400, "one graph at a time: graph=IRI or default")
        if graphs:
            if ":" not in graphs[0].partition("/")[0]:
                raise HttpProblem(400, "graph is an absolute IRI")
            return graphs[0]
        if "default" in asked:
            return ""
        if creating:
            return f"{self._base}store/{secrets.token_hex(8)}"
        raise HttpProblem(400, "which graph? graph=IRI, default, or a path below /store/")

    def _exists(self, graph: str) -> bool:
        return graph == OWN_DEFAULT or any(True for _ in self._store.quads(graph=graph))

    def _require(self, graph: str, name: str) -> None:
        if not self._exists(graph):
            raise NotFoundError(f"there is no graph {name}")

    def _get(self, environ: Environ, graph: str, name: str) -> Answer:
        self._require(graph, name)
        wanted = parse_qs(str(environ.get("QUERY_STRING", ""))).get("format", [""])[0]
        chosen = by_name(wanted, _FORMATS) if wanted else choose(environ.get("HTTP_ACCEPT", ""), GRAPHS)
        if chosen is None:
            raise HttpProblem(406, f"graphs come as {', '.join(f.media_type for f in _FORMATS)}")
        spool = Spool()
        self._store.dump(cast("BinaryIO", spool), chosen.name, graph=graph)
        if spool.large:
            large: Headers = [("Content-Type", chosen.content_type), ("Vary", "Accept")]
            return Answer(200, [*large, ("Content-Length", str(spool.size))], spool.pieces())
        coding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body, tag = Entry.of(spool.whole()).encoded(coding)
        headers: Headers = [("Content-Type", chosen.content_type), ("Vary", "Accept, Accept-Encoding"), ("ETag", tag)]
        if matches(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
            return Answer(304, headers)
        if coding and tag.endswith(f'-{coding}"'):
            headers.append(("Content-Encoding", coding))
        return Answer(200, [*headers, ("Content-Length", str(len(body)))], body)

    def _put(self, environ: Environ, graph: str, name: str) -> Answer:
        lines = self._read(environ, name)
        existed = self._exists(graph)
        self._store.replace_graph(graph, lines)
        return _written(name, created=not existed)

    def _post(self, environ: Environ, graph: str, name: str) -> Answer:
        content_type = environ.get("CONTENT_TYPE", "")
        if content_type.lower().startswith("multipart/form-data"):
            lines = self._parts(environ, name)
        elif content_type.partition(";")[0].strip().lower() == _UPDATE:
            return self._patch(environ, graph, name)
        else:
            lines = self._read(environ, name)
        existed = self._exists(graph)
        with self._store.transaction() as changes:
            changes.add(lines, graph=graph)
        return _written(name, created=not existed)

    def _delete(self, _environ: Environ, graph: str, name: str) -> Answer:
        self._require(graph, name)
        self._store.clear(graph)
        return Answer(204, [("Cache-Control", "no-store")])

    def _patch(self, environ: Environ, graph: str, name: str) -> Answer:
        """Applies an update to the graph alone: it sees nothing else and may name no other (section 5.7)."""
        media_type = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if media_type != _UPDATE:
            raise HttpProblem(415, f"a patch is {_UPDATE}", {"Accept-Patch": _UPDATE})
        text = read_body(environ, self._limits.max_query).decode("utf-8", "replace")
        if inspect(text).reaches_out:
            raise ForbiddenError("LOAD and SERVICE are not allowed on this server")
        existed = self._exists(graph)
        with open_store(None, merged=False) as scratch:
            with scratch.transaction() as changes:
                changes.add(f"{s} {p} {o} ." for s, p, o, _ in self._store.quads(graph=graph))
            scratch.update(text, base=name or self._base)
            if scratch.graphs():
                raise HttpProblem(422, "a patch of one graph may not write to another")
            self._store.replace_graph(graph, [f"{s} {p} {o} ." for s, p, o in scratch.triples()])
        return _written(name, created=not existed)

    def _read(self, environ: Environ, name: str) -> list[str]:
        body = read_body(environ, self._limits.max_body)
        return triples(body, _format(environ.get("CONTENT_TYPE", "")), name or self._base)

    def _parts(self, environ: Environ, name: str) -> list[str]:
        """The merge of all files of a form (section 5.5)."""
        declared = environ.get("CONTENT_LENGTH") or "0"
        if not declared.isdigit() or int(declared) > self._limits.max_body:
            raise HttpProblem(413, f"the form is larger than {self._limits.max_body:,} bytes")
        _, _, files = parse_form_data(dict(environ), max_content_length=self._limits.max_body, max_form_parts=1000)
        try:
            return [line for _, file in files.items(multi=True) for line in self._part(file, name)]
        finally:
            for _, file in files.items(multi=True):
                file.close()

    def _part(self, file: FileStorage, name: str) -> list[str]:
        media_type = file.mimetype if file.mimetype != "application/octet-stream" else ""
        chosen = _format(media_type) if media_type else by_name((file.filename or "").rpartition(".")[2], _FORMATS)
        if chosen is None:
            raise HttpProblem(415, "a part says neither by type nor by suffix what it is")
        return triples(file.stream.read(), chosen, name or self._base)


def triples(body: bytes, chosen: Format, base: str) -> list[str]:
    """The triples of a document as N-Triples lines; raises InputError with the line, or where it names graphs."""
    if chosen.name == "rdfxml":
        refuse_bombs(body)
    try:
        lines = list(parse_lines(body, chosen.name, source="body", base=base))
    except UsageError as error:
        raise HttpProblem(415, str(error)) from None
    if chosen.name == "jsonld":
        _require_one_graph(lines)
    return lines


def _require_one_graph(lines: Iterable[str]) -> None:
    with open_store(None, merged=False) as scratch:
        scratch.load("\n".join(lines).encode(), "nquads")
        if scratch.graphs():
            raise InputError("the document names graphs; this is about one of them", source="body")


def _format(content_type: str) -> Format:
    media_type = content_type.partition(";")[0].strip().lower()
    if not media_type:
        raise HttpProblem(400, "the request has no Content-Type")
    found = by_name(media_type, _FORMATS)
    if found is None:
        raise HttpProblem(415, f"graphs are sent as {', '.join(f.media_type for f in _FORMATS)}")
    return found


def _written(name: str, *, created: bool) -> Answer:
    headers: Headers = [("Cache-Control", "no-store")]
    if created and name:
        headers.append(("Location", name))
    return Answer(201 if created else 204, [*headers, ("Content-Length", "0")] if created else headers)
