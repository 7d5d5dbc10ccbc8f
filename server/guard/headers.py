"""Headers that every answer carries: what a browser may do with it, and who may read it from another origin."""

from __future__ import annotations

import re

from server.sparql.environ import Headers

_CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: Headers = [
    ("Content-Security-Policy", _CONTENT_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("X-Frame-Options", "DENY"),
]
CROSS_ORIGIN: Headers = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After, X-Query-Id"),
]
_METHODS = {
    "/sparql": "GET, HEAD, POST, OPTIONS",
    "/update": "POST, OPTIONS",
    "/store": "GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS",
}
_HEADER_NAMES = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~, -]{0,500}")


def methods_of(path: str) -> str:
    """The methods that a path takes, for Allow and for preflights."""
    return _METHODS.get("/" + path.lstrip("/").partition("/")[0], "GET, HEAD, OPTIONS")


def preflight(path: str, wanted_headers: str) -> Headers:
    """The answer to a CORS preflight (Fetch standard, section 3.2); no credentials are ever allowed."""
    allowed = wanted_headers if _HEADER_NAMES.fullmatch(wanted_headers) else ""
    return [
        ("Allow", methods_of(path)),
        ("Access-Control-Allow-Methods", methods_of(path)),
        ("Access-Control-Allow-Headers", allowed or "Accept, Authorization, Content-Type"),
        ("Access-Control-Max-Age", "86400"),
        ("Content-Length", "0"),
    ]
