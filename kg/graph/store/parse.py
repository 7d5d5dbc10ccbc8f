"""RDF of every format, and N-Quads terms, as the engine's quads; and the engine's complaints as our errors."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import InputError, QueryError
from kg.graph.store.formats import graph_format
from kg.graph.store.protocol import Quad, Quads

_QUERY_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r"\[[^\]]*\](?=,|$)|\[_\]")
_EXPECTED = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,"][^,"]*')
_DATA_PLACE = re.compile(r"^Parser error at line \d+ (?:between columns \d+ and \d+|column \d+): ")
ENGINE_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "n3": ox.RdfFormat.N3,
}


def query_error(error: SyntaxError | ValueError, text: str) -> QueryError:
    """The engine's complaint about a query or update as one line with line and column."""
    match = _QUERY_PLACE.match(str(error))
    if not match:
        return QueryError(" ".join(str(error).split())[:300])
    line, column, expected = int(match[1]), int(match[2]), " ".join(match[3].split())
    if "Prefix not found" in expected:
        lines = text.splitlines()
        word = re.search(r"[\w.-]*:\S*\s*\Z", lines[line - 1][: column - 1]) if line <= len(lines) else None
        return QueryError(f"line {line}, column {column}: unknown prefix {word[0] if word else ''}".rstrip())
    wanted = [part for part in _EXPECTED.findall(_CHARACTER_CLASS.sub("", expected)) if part.strip()]
    sentence = next((part for part in wanted if part[0].isupper() and " " in part), "")
    if sentence:
        reason = sentence
    elif any(part.startswith('"\\\\') for part in wanted):
        reason = "a text is not closed with its quotation mark, or has a backslash before what cannot be escaped"
    elif wanted:
        reason = f"expected {', '.join(wanted)}"
    else:
        reason = "unexpected end of the text" if _at_end(text, line, column) else "not understood"
    return QueryError(f"line {line}, column {column}: {reason[:300]}")


def _at_end(text: str, line: int, column: int) -> bool:
    lines = text.splitlines() or [""]
    return line >= len(lines) and column > len(lines[-1])


def data_error(error: SyntaxError, source: str) -> InputError:
    """The engine's complaint about RDF as one line with the source and its line."""
    return InputError(_DATA_PLACE.sub("", str(error.msg)), source=source or "data", line=error.lineno)


def parse(
    data: bytes | str | BinaryIO, fmt: str, *, source: str = "", base: str | None = None, rename: bool = True
) -> Iterator[ox.Quad]:
    """Reads RDF as quads; blank nodes get new labels unless ``rename`` is false. Raises InputError with the line."""
    engine_format = ENGINE_FORMATS[graph_format(fmt).name]
    try:
        yield from ox.parse(data, engine_format, base_iri=base, rename_blank_nodes=rename)
    except SyntaxError as error:
        raise data_error(error, source) from None
    except MemoryError as error:
        raise InputError(f"a term is too large: {error}", source=source) from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: {error.reason}", source=source) from None
    except ValueError as error:
        raise InputError(str(error), source=source) from None


def engine_quads(quads: Quads, graph: str | None = None) -> list[ox.Quad]:
    """N-Quads lines as the engine's quads; those that name no graph get ``graph``."""
    if isinstance(quads, str | bytes):
        data: str | bytes = quads
    else:
        data = "\n".join(line.rstrip("\n") for line in quads)
    parsed = list(parse(data, "nquads", rename=False))
    if graph is None:
        return parsed
    name, default = graph_name(graph), ox.DefaultGraph()
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, name) if quad.graph_name == default else quad
        for quad in parsed
    ]


@lru_cache(maxsize=4096)
def graph_name(graph: str) -> ox.NamedNode:
    """The IRI of a graph term; raises InputError when it is none."""
    if not (graph.startswith("<") and graph.endswith(">")):
        raise InputError(f"not the IRI of a graph: {graph}")
    try:
        return ox.NamedNode(graph[1:-1])
    except ValueError as error:
        raise InputError(f"not the IRI of a graph: {graph}: {error}") from None


def engine_term(term: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    """A term of any kind as the engine's; raises InputError for what is none."""
    if term.startswith("<") and not term.startswith("<<"):
        return graph_name(term)
    try:
        quad: ox.Quad
        (quad,) = ox.parse(f"<a:a> <a:a> {term} .", ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        raise InputError(f"not an RDF term: {term}") from None
    return quad.object


def known_term(term: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    """A term that the store gave as the engine's, quickly where it is a literal without escapes."""
    if "\\" in term or term[:1] != '"':
        return engine_term(term)
    text, _, mark = term[1:].rpartition('"')
    if not mark:
        return ox.Literal(text)
    if mark[0] == "@" and "--" not in mark:
        return ox.Literal(text, language=mark[1:])
    return ox.Literal(text, datatype=ox.NamedNode(mark[3:-1])) if mark[:3] == "^^<" else engine_term(term)


@lru_cache(maxsize=2**14)
def stored_form(term: str) -> str:
    """A term as a store gives it back: numbers and times are kept by their value."""
    name, engine = ox.NamedNode("x:x"), ox.Store()
    engine.add(ox.Quad(name, name, known_term(term)))
    (quad,) = engine
    return term_text(quad.object)


def term_text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """An engine's term as N-Triples text; the engine writes triple terms without their brackets."""
    if isinstance(term, ox.Triple):
        return f"<<( {term_text(term.subject)} {term.predicate} {term_text(term.object)} )>>"
    return str(term)


def plain(quad: ox.Quad) -> Quad:
    """An engine's quad as four terms, the last one empty for the default graph."""
    graph = quad.graph_name
    return (
        term_text(quad.subject),
        str(quad.predicate),
        term_text(quad.object),
        "" if isinstance(graph, ox.DefaultGraph) else str(graph),
    )


class QuadSet(Collection[Quad]):
    """Quads of the engine, given as terms only when they are looked at."""

    def __init__(self, quads: Collection[ox.Quad]) -> None:
        self._quads = quads

    def __len__(self) -> int:
        return len(self._quads)

    def __iter__(self) -> Iterator[Quad]:
        return map(plain, self._quads)

    def __contains__(self, quad: object) -> bool:
        return any(found == quad for found in self)


class Lines(Collection[Quad]):
    """N-Quads lines of one graph as quads, read when they are looked at; ``count`` of them are different."""

    def __init__(self, data: bytes, graph: str, count: int) -> None:
        self._data = data
        self._graph = graph
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Quad]:
        read = parse(io.BytesIO(self._data), "nquads", rename=False)
        return ((*plain(quad)[:3], self._graph) for quad in read)

    def __contains__(self, quad: object) -> bool:
        return any(found == quad for found in self)


def parse_lines(data: bytes | str | BinaryIO, fmt: str, *, source: str = "", base: str | None = None) -> Iterator[str]:
    """Reads RDF of any format as N-Quads lines without line ends; raises InputError with the line."""
    return (f"{quad} ." for quad in parse(data, fmt, source=source, base=base))


def canonical_lines(documents: Iterable[tuple[bytes, str, str]]) -> list[str]:
    """Several documents (data, format, source) merged into sorted N-Quads lines, blank nodes labelled by content.

    Equal content gives equal lines (RDF Dataset Canonicalization 1.0), and labels that no other content gives.
    """
    dataset = ox.Dataset(quad for data, fmt, source in documents for quad in parse(data, fmt, source=source))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} ." for quad in dataset)
    mark = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
    return sorted(f"{_relabel(quad, mark)} ." for quad in dataset)


def _relabel(quad: ox.Quad, mark: str) -> ox.Quad:
    def fresh(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> object:
        return ox.BlankNode(f"b{mark}{term.value}") if isinstance(term, ox.BlankNode) else term

    return ox.Quad(fresh(quad.subject), quad.predicate, fresh(quad.object), quad.graph_name)  # type: ignore[arg-type]  # fresh keeps the kind of term


def placed(quad: ox.Quad | ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """The quad, in ``graph`` when it is in none."""
    if isinstance(quad, ox.Quad) and not isinstance(quad.graph_name, ox.DefaultGraph):
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)
