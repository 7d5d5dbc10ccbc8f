"""Answers to queries that columns can join and write; everything else is left to the store."""

from __future__ import annotations

from typing import BinaryIO, Final

from kg.graph.columns.columns import Columns
from kg.graph.columns.results import json_pieces
from kg.graph.columns.solutions import cut, solutions
from kg.graph.columns.triples import Triples
from kg.graph.store import Given, Join
from kg.graph.store.values import TooMuch

_FORMATS: Final = {False: "json", True: "ntriples"}
"""By whether triples are made."""


def answer(columns: Columns, join: Join, given: Given, fmt: str, out: BinaryIO) -> bool:
    """Writes the answer, a piece at a time; False, and nothing written, where the store is to answer."""
    if fmt != _FORMATS[bool(join.template)] or join.optional or join.filters or join.order or join.distinct:
        return False
    places = [place for s, _, o in join.template for place in (s, o)] or [number for _, number in join.columns]
    wanted = frozenset(place for place in places if isinstance(place, int))
    if not wanted <= {place for triple in join.triples for place in triple}:
        return False
    try:
        found = cut(solutions(columns, join, given, wanted), join.offset, join.limit)
        if join.template:
            pieces = Triples(columns, join.template, given).pieces(found)
        else:
            pieces = json_pieces(columns, found, join.columns)
    except TooMuch:
        return False
    for piece in pieces:
        out.write(piece)
    return True
