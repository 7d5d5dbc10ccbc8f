"""An HTTP request to a SPARQL endpoint as the protocol defines it (SPARQL 1.1 Protocol, sections 2.1 and 2.2)."""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus

from server.problems import HttpProblem
from server.sparql.environ import Environ, read_body

FORM = "application/x-www-form-urlencoded"
_MANY_PARAMETERS = 2000
_QUOTED = bytes.maketrans(b"%+", b"= ")
_NAME = re.compile(r"[0-9A-Za-z-]{20,80}")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The RDF dataset a request asks for; None where it does not say (section 2.1.4)."""

    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


USUAL: Final = Dataset()
"""The dataset of requests that ask for none."""


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """One operation: its text, dataset, wanted format and time-out; an empty text asks for the service description.

    Without ``infer`` only what is stated is asked.
    """

    text: str
    dataset: Dataset = USUAL
    format: str = ""
    timeout: float | None = None
    name: str = ""
    infer: bool = True


@dataclass(frozen=True, slots=True)
class Operation:
    """How query and update differ in the protocol: parameter names, media type, whether GET is allowed."""

    parameter: str
    media_type: str
    default_graphs: str
    named_graphs: str
    methods: tuple[str, ...]


QUERY = Operation("query", "application/sparql-query", "default-graph-uri", "named-graph-uri", ("GET", "HEAD", "POST"))
UPDATE = Operation("update", "application/sparql-update", "using-graph-uri", "using-named-graph-uri", ("POST",))


def read_request(environ: Environ, operation: Operation, *, most_bytes: int) -> SparqlRequest:
    """The operation that a request carries; raises HttpProblem with 400, 405, 413 or 415 where it breaks the rules."""
    method = str(environ["REQUEST_METHOD"])
    if method not in operation.methods:
        allowed = ", ".join((*operation.methods, "OPTIONS"))
        raise HttpProblem(405, f"{method} is not a method of this endpoint", {"Allow": allowed})
    in_url = _parameters(str(environ.get("QUERY_STRING", "")), "the URL")
    if method != "POST":
        return _request(_one(in_url, operation.parameter), in_url, operation)
    media_type = str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
    _require_utf8(str(environ.get("CONTENT_TYPE", "")))
    if media_type == FORM:
        body = _text(read_body(environ, most_bytes), "the form")
        in_body = _parameters(body, "the form")
        every = {name: in_url.get(name, []) + in_body.get(name, []) for name in {*in_url, *in_body}}
        return _request(_one(every, operation.parameter, required=True), every, operation)
    if media_type == operation.media_type:
        text = _text(read_body(environ, most_bytes), f"the {operation.parameter}")
        if operation.parameter in in_url:
            raise HttpProblem(400, f"the {operation.parameter} is given twice: in the URL and in the body")
        return _request(text, in_url, operation)
    if not media_type:
        raise HttpProblem(400, f"the request has no Content-Type; it must be {FORM} or {operation.media_type}")
    raise HttpProblem(415, f"the Content-Type must be {FORM} or {operation.media_type}, not {media_type}")


def lone_query(query_string: str) -> str:
    """The query in a URL whose only parameter it is; empty where there is another, or it is not UTF-8."""
    if not query_string.startswith("query=") or "&" in query_string:
        return ""
    try:
        return _decoded(query_string[6:])
    except UnicodeDecodeError:
        return ""


def name_of(environ: Environ) -> str:
    """The name a client gives its query in ``X-Query-Id`` to cancel it by, long enough that nobody guesses it."""
    given = str(environ.get("HTTP_X_QUERY_ID", ""))
    return given if _NAME.fullmatch(given) else ""


def _require_utf8(content_type: str) -> None:
    _, _, parameters = content_type.lower().partition("charset=")
    charset = parameters.partition(";")[0].strip().strip('"')
    if charset and charset not in ("utf-8", "utf8", "us-ascii"):
        raise HttpProblem(415, f"the charset must be utf-8, not {charset[:40]}")


def _text(body: bytes, what: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpProblem(400, f"{what} is not UTF-8: byte {error.start}") from None


def _parameters(encoded: str, where: str) -> dict[str, list[str]]:
    """Names and values of an URL-encoded text, which must be UTF-8 under its percent signs."""
    pieces = encoded.split("&")
    if len(pieces) > _MANY_PARAMETERS:
        raise HttpProblem(400, f"{where} has more than {_MANY_PARAMETERS} parameters")
    found: dict[str, list[str]] = {}
    try:
        for piece in filter(None, pieces):
            name, _, value = piece.partition("=")
            found.setdefault(_decoded(name), []).append(_decoded(value))
    except UnicodeDecodeError:
        raise HttpProblem(400, f"{where} is not UTF-8 where it is percent-encoded") from None
    return found


def _decoded(text: str) -> str:
    """Text without its percent-encoding; quoted-printable is the same with another sign, and is read in C."""
    if "%" not in text:
        return text.replace("+", " ")
    if text.isascii() and "\n" not in text and "\r" not in text:
        quoted = text.replace("=", "%3D").encode().translate(_QUOTED)
        found = a2b_qp(quoted)
        if len(found) == len(quoted) - 2 * quoted.count(b"="):  # no percent sign was without its two digits
            return found.decode()
    return unquote_plus(text, errors="strict")


def _one(parameters: Mapping[str, list[str]], name: str, *, required: bool = False) -> str:
    values = parameters.get(name, [])
    if len(values) > 1:
        raise HttpProblem(400, f"there must be one parameter {name}, not {len(values)}")
    if required and not values:
        raise HttpProblem(400, f"the parameter {name} is missing")
    return values[0] if values else ""


def _request(text: str, parameters: Mapping[str, list[str]], operation: Operation) -> SparqlRequest:
    other = UPDATE if operation is QUERY else QUERY
    if other.parameter in parameters:
        raise HttpProblem(400, f"{other.parameter} belongs to the other endpoint, here it is {operation.parameter}")
    if not parameters or (len(parameters) == 1 and operation.parameter in parameters):
        return SparqlRequest(text)
    default, named = _all(parameters, operation.default_graphs), _all(parameters, operation.named_graphs)
    return SparqlRequest(
        text=text,
        dataset=USUAL if default is None and named is None else Dataset(default, named),
        format=_one(parameters, "format") or _one(parameters, "output"),
        timeout=_seconds(_one(parameters, "timeout")),
        infer=_truth(_one(parameters, "infer"), "infer"),
    )


def _all(parameters: Mapping[str, list[str]], name: str) -> tuple[str, ...] | None:
    return tuple(parameters[name]) if name in parameters else None


def _truth(value: str, name: str) -> bool:
    """What a parameter says, true where it is not given."""
    if value.casefold() not in ("", "true", "false", "1", "0"):
        raise HttpProblem(400, f"{name} is true or false")
    return value.casefold() not in ("false", "0")


def _seconds(value: str) -> float | None:
    """A time-out in seconds, or None where none is given; a fraction is allowed."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        raise HttpProblem(400, "timeout is a number of seconds") from None
    if not 0 < seconds < 1e6:
        raise HttpProblem(400, "timeout is a positive number of seconds")
    return seconds
