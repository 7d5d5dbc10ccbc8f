"""Who may write: the token, given once in a form and kept as a signed cookie, or sent with each request.

The cookie holds no token but an expiry and its signature under it. It is sent by no other site (SameSite), read by no
script (HttpOnly), and a form from another origin is refused besides.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from server.guard.token import require_token
from server.pages.present import pages as shared
from server.pages.present import show
from server.problems import HttpProblem

pages = Blueprint("session", __name__)
COOKIE = "kg_session"
_SECONDS = 12 * 3600


def signature(token: str, expiry: str) -> str:
    """The signature of an expiry time under the token."""
    return hmac.new(token.encode(), f"session until {expiry}".encode(), hashlib.sha256).hexdigest()


def signed_in() -> bool:
    """Whether this request comes from somebody who has given the token and whose session has not expired."""
    token = shared().settings.token
    expiry, _, given = request.cookies.get(COOKIE, "").partition(".")
    if not token or not expiry.isdigit() or len(expiry) > 12 or int(expiry) < time.time():
        return False
    return hmac.compare_digest(given.encode(), signature(token, expiry).encode())


def require_writer() -> None:
    """Raises HttpProblem 401 or 403 unless the request carries the token, or a session of this origin."""
    if signed_in():
        require_same_origin()
        return
    require_token(request.headers.get("Authorization", ""), shared().settings.token)


def sent_fields() -> Mapping[str, Any]:
    """The fields of a form, or of a JSON object sent in its place."""
    if not request.is_json:
        return request.form
    sent = request.get_json(silent=True)
    return sent if isinstance(sent, dict) else {}


def require_same_origin() -> None:
    """Raises HttpProblem 403 where a browser says that a form of another site sent the request."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    foreign = site not in ("same-origin", "none") if site else origin.partition("://")[2] not in ("", request.host)
    if foreign:
        raise HttpProblem(403, "this form may only be sent from this site")


@pages.get("/login")
def ask() -> Response:
    """A form for the token."""
    return show("login.html", {"next": local(request.args.get("next", "/review")), "failed": False})


@pages.post("/login")
def login() -> AnyResponse:
    """Starts a session where the token is right."""
    require_same_origin()
    token = shared().settings.token
    onward = local(request.form.get("next", "/review"))
    if not token:
        raise HttpProblem(403, "this server is read-only: it was started without KG_TOKEN")
    if not hmac.compare_digest(request.form.get("token", "").encode(), token.encode()):
        return show("login.html", {"next": onward, "failed": True}, 401)
    expiry = str(int(time.time()) + _SECONDS)
    response = redirect(onward, 303)
    value = f"{expiry}.{signature(token, expiry)}"
    response.set_cookie(
        COOKIE, value, max_age=_SECONDS, httponly=True, samesite="Strict", secure=request.is_secure, path="/"
    )
    return response


@pages.post("/logout")
def logout() -> AnyResponse:
    """Ends a session."""
    response = redirect("/", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


def local(address: str) -> str:
    """The address where it is one of this server's own, else the review page."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/review"
