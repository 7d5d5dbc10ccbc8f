"""The token that writes need (RFC 6750, Bearer)."""

from __future__ import annotations

import hmac

from server.problems import HttpProblem

_REALM = 'Bearer realm="communique"'


def require_token(authorization: str, token: str) -> None:
    """Raises HttpProblem 403 where the server has no token, 401 where the header does not carry it.

    The comparison takes the same time wherever the two differ.
    """
    if not token:
        raise HttpProblem(403, "this server is read-only: it was started without KG_TOKEN")
    scheme, _, given = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise HttpProblem(
            401, "this needs the header Authorization: Bearer and the token", {"WWW-Authenticate": _REALM}
        )
    if not hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), token.encode()):
        challenge = f'{_REALM}, error="invalid_token"'
        raise HttpProblem(401, "the token is not the right one", {"WWW-Authenticate": challenge})
