"""Answers to queries that columns can join and write; everything else is left to the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from kg.graph.columns.columns import Columns
from kg.graph.columns.conditions import ordered
from kg.graph.columns.results import csv_pieces, json_pieces, tsv_pieces
from kg.graph.columns.solutions import solutions
from kg.graph.columns.table import Table, cut, distinct_rows, together
from kg.graph.columns.triples import Triples
from kg.graph.store import Given, Join
from kg.graph.store.values import TooMuch

_TABLES: Final = ("json", "tsv", "csv")
_GRAPHS: Final = ("ntriples", "turtle")
_MOST_HELD: Final = 2_000_000
"""Solutions that are put in order, made distinct or filtered, all of which are held."""


def answer(columns: Columns, join: Join, given: Given, fmt: str, out: BinaryIO) -> bool:
    """Writes the answer, a piece at a time; False, and nothing written, where the store is to answer."""
    if fmt not in (_GRAPHS if join.template else _TABLES):
        return False
    asked = join.variables(join.template) if join.template else frozenset(number for _, number in join.columns)
    if not asked & join.certain:
        return False
    try:
        tables = _arranged(columns, join, given, asked)
        pieces = _pieces(columns, join, given, cut(tables, join.offset, join.limit), fmt)
    except TooMuch:
        return False
    for piece in pieces:
        out.write(piece)
    return True


def _arranged(columns: Columns, join: Join, given: Given, asked: frozenset[int]) -> Iterable[Table]:
    """The solutions, in order and distinct where that is asked; raises TooMuch where the store is to answer."""
    needed = asked.union(number for number, _ in join.order)
    tables = solutions(columns, join, given, needed)
    if not (join.filters or join.order or join.distinct):
        return tables
    names = sorted(needed)
    if join.distinct:
        tables = (distinct_rows(table, names) for table in tables)
    table = together(_held(tables, join.enough))
    if table.size and join.order:
        table = ordered(columns, table, join.order)
    if table.size and join.distinct:
        table = distinct_rows(table, sorted(asked))
    return (table,)


def _held(tables: Iterator[Table], enough: int | None) -> list[Table]:
    """All tables, or enough of them, as a filter may have to be left to the store before anything is written."""
    held, size = list[Table](), 0
    for table in tables:
        held.append(table)
        size += table.size
        if size > _MOST_HELD:
            raise TooMuch
        if enough is not None and size >= enough:
            break
    return held


def _pieces(columns: Columns, join: Join, given: Given, tables: Iterator[Table], fmt: str) -> Iterator[bytes]:
    if fmt == "json":
        return json_pieces(columns, tables, join.columns, _certain(join))
    if fmt == "tsv":
        return tsv_pieces(columns, tables, join.columns)
    if fmt == "csv":
        return csv_pieces(columns, tables, join.columns)
    triples = Triples(columns, join.template, given)
    return triples.turtle(tables) if fmt == "turtle" else triples.ntriples(tables)


def _certain(join: Join) -> int:
    """A variable asked for that every solution has."""
    return next(number for _, number in join.columns if number in join.certain)
