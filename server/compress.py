"""Content codings: gzip and zstd, for whole bodies and for streams."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache

import zstandard

_TEXTUAL = ("text/", "application/json", "application/ld+json", "application/problem+json", "application/xml")
_CODINGS = ("zstd", "gzip")


def compressible(content_type: str) -> bool:
    """Whether a media type is text that compression makes smaller."""
    media = content_type.partition(";")[0]
    return media.startswith(_TEXTUAL) or media.endswith(("+json", "+xml", "-triples", "-quads", "/trig", "javascript"))


@lru_cache(maxsize=256)
def encoding_for(accepted: str) -> str:
    """The coding that an Accept-Encoding header allows and that we prefer: zstd, gzip or none (empty)."""
    if not accepted:
        return ""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.strip().partition(";")
        try:
            weights[name.strip()] = float(parameter.partition("=")[2]) if "=" in parameter else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    other = weights.get("*", 0.0)
    best = max(_CODINGS, key=lambda coding: weights.get(coding, other))
    return best if weights.get(best, other) > 0 else ""


def compress(body: bytes, coding: str) -> bytes:
    """A whole body in a coding."""
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=1).compress(body)
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def compress_body(body: bytes | Iterator[bytes], coding: str) -> bytes | Iterator[bytes]:
    """A body in a coding; a stream stays a stream."""
    return compress(body, coding) if isinstance(body, bytes) else _stream(body, coding)


def _stream(chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
    packer = (
        zstandard.ZstdCompressor(level=1).compressobj() if coding == "zstd" else zlib.compressobj(1, zlib.DEFLATED, 31)
    )
    try:
        for chunk in chunks:
            packed = packer.compress(chunk)
            if packed:
                yield packed
        yield packer.flush()
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()
