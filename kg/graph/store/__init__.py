"""The store of the graph: a small protocol, and pyoxigraph behind it.

>>> from kg.graph.store import open_store
>>> with open_store(None) as store:
...     store.replace_graph("<http://example.org/g>", '<http://example.org/s> <http://example.org/p> "x" .')
...     store.size()
"""

from __future__ import annotations

from kg.graph.store.formats import GRAPH_FORMATS, RESULT_FORMATS, Format, format_of, graph_format, result_format
from kg.graph.store.joined import Given, Join
from kg.graph.store.joins import Joins
from kg.graph.store.lookup import Lookup, read_lookup
from kg.graph.store.opening import open_store
from kg.graph.store.oxigraph import LARGE, OWN_DEFAULT, OxigraphStore
from kg.graph.store.parse import canonical_lines, parse_lines, stored_form
from kg.graph.store.processors import two_processors
from kg.graph.store.protocol import Dataset, Delta, Quad, Quads, Results, Store, Tell, Transaction
from kg.graph.store.sought import Sought
from kg.graph.store.sparql import names_graphs

__all__ = [
    "GRAPH_FORMATS",
    "LARGE",
    "OWN_DEFAULT",
    "RESULT_FORMATS",
    "Dataset",
    "Delta",
    "Format",
    "Given",
    "Join",
    "Joins",
    "Lookup",
    "OxigraphStore",
    "Quad",
    "Quads",
    "Results",
    "Sought",
    "Store",
    "Tell",
    "Transaction",
    "canonical_lines",
    "format_of",
    "graph_format",
    "names_graphs",
    "open_store",
    "parse_lines",
    "read_lookup",
    "result_format",
    "stored_form",
    "two_processors",
]
