"""Dumps in parts: a download that broke off goes on, and never with bytes of another version."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kg.config import Settings
from kg.graph.store import open_store
from tests.server.conftest import BASE, TOKEN, Served, filled, serve

SUFFIXES = ["ttl", "trig", "nt", "nq", "jsonld", "rdf"]


@pytest.fixture
def own() -> Iterator[Served]:
    """The small graph, on a server that no other test writes to."""
    with open_store(None) as store:
        yield from serve(filled(store), Settings(base=BASE, token=TOKEN))


def get(served: Served, suffix: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return served.client.get(f"/export.{suffix}", headers=named)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_parts_are_those_of_the_whole(own: Served, suffix: str) -> None:
    whole = get(own, suffix)
    assert whole.status_code == 200 and whole.headers["Accept-Ranges"] == "bytes"
    size = len(whole.content)
    for asked, begin, end in (
        ("0-99", 0, 100),
        ("100-", 100, size),
        ("-7", size - 7, size),
        (f"10-{size * 2}", 10, size),
    ):
        part = get(own, suffix, Range=f"bytes={asked}", Accept_Encoding="gzip")
        assert part.status_code == 206
        assert part.content == whole.content[begin:end]
        assert part.headers["Content-Range"] == f"bytes {begin}-{end - 1}/{size}"
        assert part.headers["ETag"].partition("-zstd")[0].strip('"') in whole.headers["ETag"]


def test_a_part_beyond_the_end_is_416_and_tells_the_size(own: Served) -> None:
    size = len(get(own, "nt").content)
    answer = get(own, "nt", Range=f"bytes={size}-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{size}"


@pytest.mark.parametrize("asked", ["bytes=5-1", "bytes=0-1,3-4", "lines=1-2", "bytes=x", ""])
def test_what_is_no_single_part_is_answered_whole(own: Served, asked: str) -> None:
    answer = get(own, "nt", Range=asked)
    assert answer.status_code == 200
    assert answer.content == get(own, "nt").content


def test_if_range_goes_on_only_with_the_same_version(own: Served) -> None:
    tag = get(own, "nt", Accept_Encoding="identity").headers["ETag"]
    assert get(own, "nt", Range="bytes=5-9", If_Range=tag).status_code == 206
    own.store.replace_graph("<urn:x:more>", '<urn:x:s> <urn:x:p> "new" .')
    after = get(own, "nt", Range="bytes=5-9", If_Range=tag)
    assert after.status_code == 200 and b'"new"' in after.content
    assert get(own, "nt", Range="bytes=0-", If_Range=after.headers["ETag"]).content == after.content


def test_a_dump_that_the_client_has_is_304(own: Served) -> None:
    for coding in ("identity", "gzip"):
        tag = get(own, "ttl", Accept_Encoding=coding).headers["ETag"]
        again = get(own, "ttl", Accept_Encoding=coding, If_None_Match=tag)
        assert again.status_code == 304 and again.content == b""
    assert own.client.head("/export.ttl").headers["ETag"] == get(own, "ttl", Accept_Encoding="identity").headers["ETag"]
