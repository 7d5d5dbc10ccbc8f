"""Errors as responses: RFC 9457 problem details, or an HTML page for those who read HTML."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import KgError
from server.negotiate import HTML, PROBLEM, choose


class HttpProblem(KgError):
    """A request that HTTP itself has a status for; ``headers`` go with the answer (Allow, Retry-After …)."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.http_status = status
        self.headers = headers or {}


def title_of(status: int) -> str:
    """The phrase of a status code ("Not Found")."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def problem_bytes(status: int, detail: str, instance: str = "") -> bytes:
    """A problem details document; ``type`` is about:blank, so ``title`` is the status phrase (RFC 9457, 4.2.1)."""
    document: dict[str, str | int] = {"type": "about:blank", "title": title_of(status), "status": status}
    if detail:
        document["detail"] = detail
    if instance:
        document["instance"] = instance
    return json.dumps(document, ensure_ascii=False).encode()


def respond(status: int, detail: str) -> Response:
    """The error as the client wants to read it: HTML where Accept prefers it, else problem details."""
    if choose(request.headers.get("Accept", ""), (PROBLEM, HTML)) is HTML:
        page = render_template("error.html", status=status, title=title_of(status), detail=detail)
        return make_response(page, status)
    response = make_response(problem_bytes(status, detail, request.path), status)
    response.content_type = PROBLEM.media_type
    return response


def register(app: Flask) -> None:
    """Answers every error of ours and of HTTP by :func:`respond`; an unforeseen one says nothing of its cause."""

    @app.errorhandler(KgError)
    def ours(error: KgError) -> Response:
        response = respond(error.http_status, str(error))
        if isinstance(error, HttpProblem):
            response.headers.update(error.headers)
        return response

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if error.response is not None:
            return make_response(error.get_response())
        response = respond(error.code or 500, error.description or "")
        for name, value in error.get_headers():
            if name.lower() in ("allow", "retry-after", "location"):
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        app.logger.error("unforeseen error at %s", request.path, exc_info=error)
        return respond(500, "Something failed that should not have; the log has the details.")
