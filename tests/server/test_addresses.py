"""Where the server may reach out to: nowhere but to public addresses of allowed hosts, whatever the URL says."""

from __future__ import annotations

import pytest

from kg.errors import ForbiddenError
from server.guard.addresses import check_url, is_public

ALLOWED = ("data.example.org",)
PUBLIC = "93.184.216.34"
TRICKS = [
    # loopback by name and number, in every notation
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://localhost.localdomain/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.127.127.127/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0177.0.0x1/",
    "http://127.0.0.1.:80/",
    "http://0/",
    "http://0.0.0.0/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    # IPv6
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[ff02::1]/",
    # private, link-local, shared, metadata
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://192.0.0.192/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://metadata.google.internal/",
    "http://2852039166/",
    "http://0xA9FEA9FE/",
    # names that are not the allowed one, however they look
    "http://data.example.org.evil.example/",
    "http://evil-data.example.org/",
    "http://data.example.org@127.0.0.1/",
    "http://user:secret@data.example.org/",
    "http://127.0.0.1#@data.example.org/",
    "http://127.0.0.1?@data.example.org/",
    "http://127.0.0.1\\@data.example.org/",
    "http://data.example.org\\.evil.example/",
    "http://data.example.org%2eevil.example/",
    "http://data.example.org:22/",
    "http://data.example.org:8080/",
    "http://data.example.org:99999/",
    "http://data.exаmple.org/",
    "http://data.example.org\t/",
    "http://data.example.org\r\nHost: evil/",
    "http:// data.example.org/",
    # other schemes
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "ftp://data.example.org/",
    "gopher://data.example.org/",
    "dict://127.0.0.1:11211/",
    "jar:http://data.example.org!/",
    "data:text/turtle,<a:a> <a:b> <a:c>.",
    "//data.example.org/",
    "data.example.org",
    "http:///path",
    "http://",
    "",
]


@pytest.mark.parametrize("url", TRICKS)
def test_tricks_are_refused_before_anything_is_resolved(url: str) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(ForbiddenError):
        check_url(url, ALLOWED, resolver)


INWARD = [
    "127.0.0.1",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:c0a8:101::",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    "fe80::1%eth0",
    "169.254.169.254",
    "0.0.0.0",
    "240.0.0.1",
    "100.64.0.1",
    "not an address",
]


@pytest.mark.parametrize("address", INWARD)
def test_an_allowed_name_that_leads_inward_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(ForbiddenError):
        check_url("https://data.example.org/sparql", ALLOWED, lambda host, port: [PUBLIC, address])


def test_the_address_that_was_checked_is_the_one_to_connect_to() -> None:
    """A second look-up, which rebinding would answer otherwise, never happens."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    target = check_url("https://data.example.org/sparql?x=1#y", ALLOWED, lambda host, port: next(answers))
    assert (target.address, target.host, target.port, target.path) == (PUBLIC, "data.example.org", 443, "/sparql?x=1")


def test_a_name_without_address_is_refused() -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(ForbiddenError, match="no address"):
        check_url("https://data.example.org/", ALLOWED, resolver)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)
