"""Answers to queries that columns can join and write; everything else is left to the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from kg.graph.columns.columns import Columns
from kg.graph.columns.grouped import grouped, needed
from kg.graph.columns.own import Own, Terms
from kg.graph.columns.results import csv_pieces, json_pieces, tsv_pieces
from kg.graph.columns.solutions import solutions
from kg.graph.columns.table import UNBOUND, Table, cut, distinct_rows, together
from kg.graph.columns.triples import Triples
from kg.graph.columns.values import ordered
from kg.graph.store import Given, Join
from kg.graph.store.joined import Grouping
from kg.graph.store.values import TooMuch

_TABLES: Final = ("json", "tsv", "csv")
_GRAPHS: Final = ("ntriples", "turtle")
_MOST_HELD: Final = 2_000_000
"""Solutions that are put in order, made distinct or filtered, all of which are held."""


def answer(columns: Columns, join: Join, given: Given, fmt: str, out: BinaryIO) -> bool:
    """Writes the answer, a piece at a time; False, and nothing written, where the store is to answer."""
    if fmt not in (_GRAPHS if join.template else _TABLES):
        return False
    try:
        pieces = _answered(columns, join, given, fmt)
    except TooMuch:
        return False
    for piece in pieces:
        out.write(piece)
    return True


def _answered(columns: Columns, join: Join, given: Given, fmt: str) -> Iterator[bytes]:
    if join.grouping:
        own = Own(columns)
        table = _groups(own, columns, join, join.grouping, given)
        certain = next((name for _, name in join.columns if (table.column(name) != UNBOUND).all()), None)
        if certain is None:
            raise TooMuch
        return _written(own, join, cut((table,), join.offset, join.limit), fmt, certain)
    asked = join.variables(join.template) if join.template else frozenset(number for _, number in join.columns)
    if not asked & join.certain:
        raise TooMuch
    tables = cut(_arranged(columns, join, given, asked), join.offset, join.limit)
    if join.template:
        triples = Triples(columns, join.template, given)
        return triples.turtle(tables) if fmt == "turtle" else triples.ntriples(tables)
    return _written(columns, join, tables, fmt, next(number for _, number in join.columns if number in join.certain))


def _groups(own: Own, columns: Columns, join: Join, grouping: Grouping, given: Given) -> Table:
    """The groups, in order and distinct where that is asked; raises TooMuch where the store is to answer."""
    table = grouped(own, join, grouping, given, solutions(columns, join, given, needed(join, grouping)))
    if table.size > 1 and join.order:
        table = ordered(own, table, join.order, None if join.distinct else join.most)
    if table.size and join.distinct:
        table = distinct_rows(table, [number for _, number in join.columns])
    return table


def _arranged(columns: Columns, join: Join, given: Given, asked: frozenset[int]) -> Iterable[Table]:
    """The solutions, in order and distinct where that is asked; raises TooMuch where the store is to answer."""
    kept = asked.union(number for number, _ in join.order)
    tables = solutions(columns, join, given, kept)
    if not (join.filters or join.order or join.distinct):
        return tables
    names = sorted(kept)
    if join.distinct:
        tables = (distinct_rows(table, names) for table in tables)
    table = together(_held(tables, join.enough))
    if table.size > 1 and join.order:
        table = ordered(columns, table, join.order, None if join.distinct else join.most)
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


def _written(terms: Terms, join: Join, tables: Iterable[Table], fmt: str, certain: int) -> Iterator[bytes]:
    """A table in pieces; ``certain`` is a variable asked for that every solution has."""
    if fmt == "json":
        return json_pieces(terms, tables, join.columns, certain)
    return (tsv_pieces if fmt == "tsv" else csv_pieces)(terms, tables, join.columns)
