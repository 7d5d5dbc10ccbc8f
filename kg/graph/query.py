"""Questions to the graph: from a file, from the library of named queries, or as text; answers in every format."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kg.config import data_dir
from kg.errors import InputError, QueryError, UsageError
from kg.graph.store import Dataset, Results, Store
from kg.graph.table import table
from kg.graph.terms import shorten
from kg.graph.turtle import turtle

_HEADER = re.compile(r"#+\s*([A-Za-z]+)\s*:\s*(.*\S)\s*\Z")
_CONTINUED = re.compile(r"#+\s+(.*\S)\s*\Z")
VIEWS: Final = ("table", "graph", "timeline", "map")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the library: its header says its title, what it answers and how to view the answer."""

    name: str
    text: str
    title: str
    answers: str = ""
    view: str = "table"


def query_library(folder: Path | None = None) -> dict[str, NamedQuery]:
    """The queries in ``queries/`` by name, sorted."""
    found = sorted((folder or data_dir("queries")).glob("*.rq"))
    return {path.stem: named_query(path.stem, path.read_text(encoding="utf-8")) for path in found}


def named_query(name: str, text: str) -> NamedQuery:
    """Reads the header, the ``# key: value`` comments that a query begins with; lines without a key continue one."""
    header: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        match, continued = _HEADER.match(line), _CONTINUED.match(line)
        if match:
            key = match[1].lower()
            header[key] = match[2]
        elif continued and key:
            header[key] += " " + continued[1]
        elif line.strip():
            break
    title = header.get("title", name.replace("-", " ").capitalize())
    view = header.get("view", "table").split(",")[0].strip()
    return NamedQuery(name, text, title, header.get("answers", header.get("description", "")), view)


def stated_only(store: Store, derived: Collection[str], dataset: Dataset | None = None) -> Dataset:
    """A dataset, or that of all graphs, without the graphs of what nobody stated."""
    every = tuple(store.graphs())
    default, named = (every, every) if dataset is None else (dataset.default or (), dataset.named or ())
    kept = [tuple(graph for graph in graphs if graph not in derived) for graphs in (default, named)]
    return Dataset(default=kept[0], named=kept[1])


def is_text(source: str) -> bool:
    """Whether this is a query itself: it has what stands in no name, and hardly in a path."""
    return any(sign in source for sign in "{<")


def read_query(source: str, stdin: Iterable[str] = ()) -> str:
    """The text of a query: ``-`` is ``stdin``, else the text itself, a file, or a name of the library.

    Raises InputError and UsageError.
    """
    if source == "-":
        return "".join(stdin)
    if is_text(source):
        return source
    path = Path(source)
    if path.is_file():
        try:
            return path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read: {error}", source=source) from None
    library = query_library()
    name = source.removesuffix(".rq")
    if name in library:
        return library[name].text
    raise UsageError(f"no file and no query called {source!r}; the queries are: {', '.join(library) or 'none'}")


def run_query(
    store: Store,
    text: str,
    out: BinaryIO,
    fmt: str = "table",
    *,
    base: str = "",
    width: int | None = None,
    dataset: Dataset | None = None,
    source: str = "",
) -> None:
    """Evaluates a query and writes its answer; ``table`` is for people (a graph then comes as Turtle).

    Raises QueryError with ``source``, line and column, and UsageError for a format that is unknown or does not suit.
    """
    try:
        results = store.query(text, dataset=dataset)
    except QueryError as error:
        raise QueryError(error.reason, source=source, line=error.line) from None
    if fmt == "table":
        out.write(render(results, base=base, width=width).encode())
    elif fmt == "turtle" and results.kind == "graph":
        out.write(turtle(_triples(results), base).encode())
    else:
        results.write(out, fmt)


def render(results: Results, *, base: str = "", width: int | None = None) -> str:
    """An answer for a terminal: a table, yes or no, or Turtle."""
    if results.kind == "boolean":
        return "yes\n" if results else "no\n"
    if results.kind == "graph":
        return turtle(_triples(results), base)
    names = results.variables
    rows = [[shorten(row[name], base) if name in row else "" for name in names] for row in results.rows()]
    return table(names, rows, width=width)


def _triples(results: Results) -> Iterable[tuple[str, str, str]]:
    return ((row["s"], row["p"], row["o"]) for row in results.rows())


def serialize(store: Store, text: str, fmt: str, *, base: str = "") -> bytes:
    """The answer of ``run_query`` as bytes."""
    out = io.BytesIO()
    run_query(store, text, out, fmt, base=base)
    return out.getvalue()


def labels(store: Store, terms: Iterable[str]) -> Mapping[str, str]:
    """What to call these things: their labels, where they have one."""
    wanted = sorted({term for term in terms if term.startswith("<")})
    if not wanted:
        return {}
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        query = f"SELECT ?s ?l WHERE {{ VALUES ?s {{ {' '.join(wanted[start : start + 500])} }} ?s rdfs:label ?l }}"
        for row in store.rows(query):
            label = shorten(row["l"])
            found[row["s"]] = min(label, found.get(row["s"], label))
    return found
