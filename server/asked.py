"""What a Flask request wants of a page that is RDF."""

from __future__ import annotations

from flask import Request, Response

from server.negotiate import GRAPHS, HTML, Format, by_name, choose
from server.problems import HttpProblem


def graph_format_for(request: Request) -> Format:
    """The RDF format by ``?format=`` or Accept, Turtle for browsers; raises HttpProblem 400 or 406."""
    name = request.args.get("format", "")
    if name:
        named = by_name(name, GRAPHS)
        if named is None:
            raise HttpProblem(400, f"format is one of {', '.join(f.name for f in GRAPHS)}")
        return named
    chosen = choose(request.headers.get("Accept", ""), (*GRAPHS, HTML))
    if chosen is None:
        raise HttpProblem(406, f"this comes as {', '.join(f.media_type for f in GRAPHS)}")
    return GRAPHS[0] if chosen is HTML else chosen


def graph_response(body: bytes, chosen: Format, request: Request) -> Response:
    """RDF as a response with a strong entity tag, 304 where the client has it."""
    response = Response(body, content_type=chosen.content_type)
    response.vary.add("Accept")
    response.add_etag()
    response.make_conditional(request)
    return response
