"""Small graphs that the server itself writes: descriptions of the service, the dataset, and single things."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TypeAlias

from kg.graph import terms
from kg.graph.export import export
from kg.graph.store import open_store

Row: TypeAlias = tuple[str, str, str]
"""A triple as terms; the predicate and the object may be prefixed names."""
_PREFIXED = re.compile(r"[a-z]+:[A-Za-z][\w-]*")
_SCRATCH = "<urn:communique:scratch>"


def write(rows: Iterable[Row], fmt: str) -> bytes:
    """The triples, sorted, in an RDF format."""
    lines = sorted({f"{s} {_term(p)} {_term(o)} ." for s, p, o in rows})
    with open_store(None) as scratch:
        scratch.replace_graph(_SCRATCH, lines)
        out = io.BytesIO()
        if fmt == "ntriples":
            return "".join(f"{line}\n" for line in lines).encode()
        export(scratch, out, fmt, graph=_SCRATCH)
    return out.getvalue()


def _term(text: str) -> str:
    return terms.curie(text) if _PREFIXED.fullmatch(text) else text
