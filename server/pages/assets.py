"""Scripts, styles and fonts: compressed once as well as it goes, kept in memory, and not sent again while unchanged."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path

import zstandard
from flask import Response, abort, current_app, request
from werkzeug.security import safe_join

from server.compress import compressible, encoding_for

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")
_FRESH_FOR = "public, max-age=600"


@dataclass(slots=True)
class Asset:
    """A file in the codings that it is sent in; ``""`` is the file itself."""

    modified: int
    content_type: str
    tag: str
    bodies: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Asset:
        """Reads a file and compresses it, where that makes it smaller."""
        body = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "text/plain"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        asset = cls(path.stat().st_mtime_ns, kind + charset, hashlib.sha256(body).hexdigest()[:20], {"": body})
        if compressible(kind) or kind == "image/svg+xml":
            asset.bodies |= {"gzip": gzip.compress(body, 9, mtime=0)}
            asset.bodies |= {"zstd": zstandard.ZstdCompressor(level=19).compress(body)}
        return asset


_held: dict[Path, Asset] = {}


def serve(filename: str) -> Response:
    """A file of the static folder; 304 where the browser has it, 404 where there is none."""
    found = safe_join(str(current_app.static_folder), filename)
    path = Path(found) if found else None
    if path is None or not path.is_file():
        abort(404)
    asset = _held.get(path)
    if asset is None or asset.modified != path.stat().st_mtime_ns:
        asset = _held[path] = Asset.of(path)
    coding = encoding_for(request.headers.get("Accept-Encoding", ""))
    body = asset.bodies.get(coding)
    response = Response(asset.bodies[""] if body is None else body, content_type=asset.content_type)
    response.headers["Cache-Control"] = _FRESH_FOR
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{asset.tag}-{coding}" if body is not None and coding else asset.tag)
    if body is not None and coding:
        response.headers["Content-Encoding"] = coding
    response.make_conditional(request)
    return response
