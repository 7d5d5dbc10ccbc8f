"""Which addresses the server may reach out to: public ones of allowed hosts, whatever tricks the URL plays."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from kg.errors import ForbiddenError

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver: TypeAlias = Callable[[str, int], Iterable[str]]

_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\uffff\\]")
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_MORE_PRIVATE = tuple(
    ipaddress.ip_network(n)
    for n in (
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "fec0::/10",
        "5f00::/16",
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: the address that was checked is the one to use, so a second look-up cannot change it."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def resolve(host: str, port: int) -> list[str]:
    """The addresses the system's resolver gives for a name."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check_url(url: str, allowed_hosts: Iterable[str], resolver: Resolver = resolve) -> Target:
    """The one address to connect to for a URL; raises ForbiddenError where host or address is not allowed.

    Hosts are matched whole and by name: a number in any notation is never a host. All addresses of a name must be
    public, since the caller cannot choose which of them answers.
    """
    if _UNSAFE.search(url):
        raise ForbiddenError("the URL has characters that a URL may not have")
    host, port, scheme, path = _parts(url)
    if not _NAME.fullmatch(host):
        raise ForbiddenError(f"{host[:80] or 'an empty host'} is not a host name")
    if host not in {h.strip().lower().rstrip(".") for h in allowed_hosts}:
        raise ForbiddenError(f"the host {host} is not one this server may ask")
    try:
        addresses = list(resolver(host, port))
    except OSError:
        raise ForbiddenError(f"the host {host} has no address") from None
    if not addresses:
        raise ForbiddenError(f"the host {host} has no address")
    for address in addresses:
        if not is_public(address):
            raise ForbiddenError(f"the host {host} leads to an address that is not public")
    return Target(scheme, host, port, addresses[0], path)


def _parts(url: str) -> tuple[str, int, str, str]:
    """Host, port, scheme and path of an http or https URL without user information."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").lower()
    except ValueError:
        raise ForbiddenError("the URL cannot be read") from None
    if parts.scheme not in ("http", "https"):
        raise ForbiddenError(f"only http and https are allowed, not {parts.scheme[:20] or 'a relative URL'}")
    if "@" in parts.netloc:
        raise ForbiddenError("a URL with user information is not allowed")
    natural = 443 if parts.scheme == "https" else 80
    if port not in (None, natural):
        raise ForbiddenError(f"only the port {natural} is allowed for {parts.scheme}")
    return host.rstrip("."), natural, parts.scheme, parts._replace(scheme="", netloc="", fragment="").geturl() or "/"


def is_public(text: str) -> bool:
    """Whether an address is reachable by everybody; addresses that wrap another one are judged by it, too."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if any(address.version == n.version and address in n for n in _MORE_PRIVATE):
        return False
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return all(is_public(str(inner)) for inner in _inside(address))


def _inside(address: Address) -> list[Address]:
    """IPv4 addresses inside an IPv6 one: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inner: list[Address] = [a for a in (address.ipv4_mapped, address.sixtofour) if a]
    if address.teredo:
        inner += list(address.teredo)
    if any(address in network for network in _NAT64):
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return inner
