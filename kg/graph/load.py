"""RDF files of any format, read into the store."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.graph.store import LARGE, Store, format_of, graph_format


def load_file(store: Store, path: Path, *, graph: str | None = None, fmt: str | None = None) -> int:
    """Adds a file to the store, all of it or nothing, and returns how many of its quads were new.

    The format is told by ``fmt`` or by the suffix (a further ``.gz`` is unpacked). Triples go to ``graph``, a term, or
    to the default graph; quads keep their graphs. Raises InputError with the file and line, UsageError for a format
    that is unknown.
    """
    name = path.name.removesuffix(".gz")
    chosen = graph_format(fmt) if fmt else format_of(name)
    if chosen is None:
        raise UsageError(f"{path}: the suffix tells no RDF format; name it with --format")
    base = path.resolve().as_uri()
    try:
        if path.suffix != ".gz" and path.stat().st_size > LARGE:
            with path.open("rb") as stream:
                return store.load(stream, chosen.name, graph=graph, source=str(path), base=base)
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
    except (EOFError, zlib.error) as error:
        raise InputError(f"broken gzip: {error}", source=str(path)) from None
    except OSError as error:
        raise InputError(error.strerror or str(error), source=str(path)) from None
    return store.load(data, chosen.name, graph=graph, source=str(path), base=base)
