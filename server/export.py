"""Everything at once: ``/export.{ttl,trig,nt,nq,jsonld,rdf}``, and the ontology by Accept."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from flask import Blueprint, Response, request

from kg.graph.export import export
from kg.graph.store import Store
from kg.graph.terms import Minter
from server.asked import graph_format_for, graph_response
from server.dumps import Dumps, known, part_of
from server.negotiate import BY_SUFFIX, GRAPHS, HTML, by_name, choose
from server.problems import HttpProblem

_CHUNK = 2**16
_AHEAD = 16
_BROKEN = b"\n*** the export failed here and is not complete ***\n"  # no format parses this, so no client is misled
_EXPORTED = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")


def blueprint(store: Store, minter: Minter) -> Blueprint:
    """``/export.…`` and ``/ontology``."""
    routes = Blueprint("export", __name__)
    dumps = Dumps(store)

    @routes.get("/export.<suffix>")
    def everything(suffix: str) -> Response:
        """The whole graph: the merge of all graphs, or each of them where the format has named graphs.

        As a stream; a part of it, so that a download can go on where it broke off, from a file.
        """
        chosen = BY_SUFFIX.get(suffix)
        if chosen is None or chosen.name not in _EXPORTED:
            raise HttpProblem(404, f"exports end in {', '.join(f.suffix for f in GRAPHS if f.name in _EXPORTED)}")

        def write(out: BinaryIO) -> None:
            export(store, out, chosen.name, base=minter.base)

        tag = dumps.tag(suffix)
        name = f'attachment; filename="communique.{suffix}"'
        headers = {"Content-Disposition": name, "ETag": f'"{tag}"', "Accept-Ranges": "bytes"}
        if known(request, tag):
            return Response(status=304, headers=headers)
        if request.method == "HEAD":
            return Response(content_type=chosen.content_type, headers=headers)
        dump = dumps.get(suffix, write) if request.range else None
        if dump is None:
            return Response(streamed(write), content_type=chosen.content_type, headers=headers)
        response = part_of(dump, request, chosen.content_type)
        response.headers["Content-Disposition"] = name
        return response

    @routes.get("/ontology")
    @routes.get("/ontology.<suffix>")
    def ontology(suffix: str = "") -> Response:
        """The ontology graph by suffix or Accept; readers are sent to its page."""
        if not suffix and choose(request.headers.get("Accept", ""), (*GRAPHS, HTML)) is HTML:
            return Response(status=303, headers={"Location": "/vocabulary", "Vary": "Accept"})
        chosen = by_name(suffix, GRAPHS) if suffix else graph_format_for(request)
        if chosen is None:
            raise HttpProblem(404, f"the ontology ends in {', '.join('.' + f.suffix for f in GRAPHS)}")
        out = io.BytesIO()
        store.dump(out, chosen.name, graph=minter.ontology)
        return graph_response(out.getvalue(), chosen, request)

    return routes


def streamed(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """What ``write`` writes, as pieces while it writes them; it runs in a thread that waits for a slow reader."""
    pieces: queue.Queue[bytes | BaseException | None] = queue.Queue(_AHEAD)
    gone = threading.Event()

    def run() -> None:
        try:
            out = io.BufferedWriter(cast("io.RawIOBase", _Pieces(pieces, gone)), _CHUNK)
            write(out)
            out.flush()
            pieces.put(None)
        except BaseException as error:  # handed to the reader, who raises it
            if not gone.is_set():
                pieces.put(error)

    threading.Thread(target=run, daemon=True, name="export").start()
    return _drain(pieces, gone)


def _drain(pieces: queue.Queue[bytes | BaseException | None], gone: threading.Event) -> Iterator[bytes]:
    try:
        while (piece := pieces.get()) is not None:
            if isinstance(piece, BaseException):
                yield _BROKEN
                raise piece
            yield piece
    finally:
        gone.set()


class _Pieces(io.RawIOBase):
    """A file that puts what is written into a queue, and fails once the reader has gone."""

    def __init__(self, pieces: queue.Queue[bytes | BaseException | None], gone: threading.Event) -> None:
        self._pieces = pieces
        self._gone = gone

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]  # the stub says Buffer
        piece = bytes(data)
        while True:
            if self._gone.is_set():
                raise BrokenPipeError("the reader has gone")
            try:
                self._pieces.put(piece, timeout=0.5)
            except queue.Full:
                continue
            return len(piece)
