"""The names, media types and suffixes of the formats that graphs and query results are written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the name options use, its media type, its file suffixes, and whether it carries named graphs."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    datasets: bool = False


GRAPH_FORMATS: Final[dict[str, Format]] = {
    fmt.name: fmt
    for fmt in (
        Format("turtle", "text/turtle", (".ttl", ".turtle")),
        Format("ntriples", "application/n-triples", (".nt",)),
        Format("nquads", "application/n-quads", (".nq",), datasets=True),
        Format("trig", "application/trig", (".trig",), datasets=True),
        Format("rdfxml", "application/rdf+xml", (".rdf", ".owl", ".xml")),
        Format("jsonld", "application/ld+json", (".jsonld",), datasets=True),
        Format("n3", "text/n3", (".n3",)),
    )
}
RESULT_FORMATS: Final[dict[str, Format]] = {
    fmt.name: fmt
    for fmt in (
        Format("json", "application/sparql-results+json", (".json", ".srj")),
        Format("xml", "application/sparql-results+xml", (".xml", ".srx")),
        Format("csv", "text/csv", (".csv",)),
        Format("tsv", "text/tab-separated-values", (".tsv",)),
    )
}
_SHORT: Final = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml", "xml": "rdfxml", "json": "jsonld"}


def graph_format(name: str) -> Format:
    """The RDF format of that name or short name; raises UsageError naming those there are."""
    found = GRAPH_FORMATS.get(name) or GRAPH_FORMATS.get(_SHORT.get(name, ""))
    if found is None:
        raise UsageError(f"unknown RDF format {name!r}: one of {', '.join(GRAPH_FORMATS)}")
    return found


def result_format(name: str) -> Format:
    """The format for solutions and booleans of that name; raises UsageError naming those there are."""
    if name not in RESULT_FORMATS:
        raise UsageError(f"unknown result format {name!r}: one of {', '.join(RESULT_FORMATS)}")
    return RESULT_FORMATS[name]


def format_of(filename: str) -> Format | None:
    """The RDF format that a file's suffix tells, or None."""
    for fmt in GRAPH_FORMATS.values():
        if filename.lower().endswith(fmt.suffixes):
            return fmt
    return None
