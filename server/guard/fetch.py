"""Fetching a page that somebody names, from the hosts that may be asked and from nowhere else."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterable

from kg.errors import ForbiddenError, InputError
from server.guard.addresses import Target, check_url

_MOST_BYTES = 5 * 2**20
_SECONDS = 15.0


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was checked, but asks for, and verifies, the host by its name."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.address, target.port, timeout=_SECONDS)
        self._host_name = target.host
        self._tls = ssl.create_default_context()

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self._host_name)


def fetch_page(url: str, allowed_hosts: Iterable[str]) -> bytes:
    """The bytes of a web page; no redirect is followed, as it could lead elsewhere.

    Raises ForbiddenError where the host is not allowed, InputError where there is no such page or it is too large.
    """
    hosts = list(allowed_hosts)
    if not hosts:
        raise ForbiddenError("this server fetches no pages: KG_SERVICE_HOSTS names none; paste the text instead")
    target = check_url(url, hosts)
    plain = http.client.HTTPConnection(target.address, target.port, timeout=_SECONDS)
    connection = _Pinned(target) if target.scheme == "https" else plain
    try:
        connection.request("GET", target.path, headers={"Host": target.host, "Accept": "text/html"})
        response = connection.getresponse()
        body = response.read(_MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise InputError(f"cannot be fetched: {error}", source=url[:200]) from None
    finally:
        connection.close()
    if response.status != 200:
        raise InputError(f"the host answered {response.status} {response.reason}", source=url[:200])
    if len(body) > _MOST_BYTES:
        raise InputError(f"the page is larger than {_MOST_BYTES:,} bytes", source=url[:200])
    return body
