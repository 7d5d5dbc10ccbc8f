"""Small joins that start at named things or at a text, answered where planning costs the engine more than answering.

What stands beside a thing, the objects of a subject and property or the subjects of a property and object, is kept for
as long as the store is the same, so that well-known things are not read again for every query about them. Whatever is
unusual or becomes large is left to the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.graph.store.changes import DEFAULT
from kg.graph.store.joined import Decide, Find, Given, Join, Row, Step, order_of
from kg.graph.store.lookup import WRITERS
from kg.graph.store.parse import known_term
from kg.graph.store.values import Node, TooMuch, Value, value

if TYPE_CHECKING:
    from kg.graph.store.oxigraph import OxigraphStore

_LONGEST: Final = 600
"""Longer rows of neighbours are not read."""
_MOST_WORK: Final = 300
"""More solutions than this are not looked at on the way."""
_AT_ONCE: Final = 64
"""Things that are started at before it is seen whether a LIMIT is reached."""
_MOST_STARTED: Final = 10 * _AT_ONCE
"""Things that are started at where a LIMIT may be reached; whoever has more does not know them all."""
_MOST_KEPT: Final = 100_000
"""Neighbours that are kept, twice."""


class _Beside:
    """The neighbours of a thing by a property: in a row, and to be asked for one."""

    __slots__ = ("nodes", "row")

    def __init__(self, nodes: list[Node]) -> None:
        self.row = nodes
        self.nodes: list[Node] | frozenset[Node] = nodes if len(nodes) < 4 else frozenset(nodes)


_Key: TypeAlias = tuple[Node | None, ox.NamedNode, Node | None]


class Joins:
    """Answers joins over the default graph of a store that is in memory; for one thread."""

    def __init__(self, store: OxigraphStore, *, alone: bool = False, find: Find | None = None) -> None:
        """``alone`` says that nobody writes to the store while a join is answered; ``find`` finds texts."""
        self._store = store
        self._find = find
        self._alone = alone
        self._engine: ox.Store | None = None
        self._at: object = None
        self._kept: dict[_Key, _Beside | None] = {}
        self._older: dict[_Key, _Beside | None] = {}
        self._held = 0

    def answer(self, join: Join, given: Given) -> bytes | None:
        """The solutions as SPARQL 1.1 Query Results JSON; None where the engine is to answer."""
        image = self._store.image
        step = self._store.version if self._alone else image.step
        engine = image.engine or (self._store.engine if self._alone else None)
        if engine is None or (not self._alone and step % 2):
            return None  # a commit is being made
        if step != self._at or engine is not self._engine:
            self._engine, self._at, self._kept, self._older, self._held = engine, step, {}, {}, 0
        try:
            body = _written(join, self._solutions(join, given))
        except (TooMuch, KeyError):
            return None
        return body if self._alone or image.step == step else None  # two calls may have seen two states

    def _solutions(self, join: Join, given: Given) -> list[Row]:
        """The solutions, without those that a LIMIT leaves out where any will do."""
        decide = [condition.with_given(given) for condition in join.filters]
        slot, nodes, left = self._start(join, given)
        enough = join.enough
        if enough is None:
            return self._extended(list(nodes), slot, left, join, given, decide)
        found: list[Row] = []
        for _ in range(0, _MOST_STARTED, _AT_ONCE):
            some = list(islice(nodes, _AT_ONCE))
            found += self._extended(some, slot, left, join, given, decide)
            if len(some) < _AT_ONCE or len(found) >= enough:
                return found
            if len(found) > _MOST_WORK:
                break
        raise TooMuch

    def _extended(
        self, nodes: Sequence[Node], slot: int, left: tuple[int, ...], join: Join, given: Given, decide: list[Decide]
    ) -> list[Row]:
        """The solutions that have one of the nodes in that place."""
        empty: Row = [None] * join.size
        rows = [[*empty[:slot], node, *empty[slot + 1 :]] for node in nodes]
        known = frozenset((slot,))
        for condition, holds in zip(join.filters, decide, strict=True):
            if condition.early and condition.reads <= known:
                rows = [row for row in rows if holds(row)]
        rows = self._steps(rows, order_of(join, -1, left, known), given, decide)
        if len(rows) > _MOST_WORK:
            raise TooMuch
        for number in range(len(join.optional)):
            rows = self._with_optional(rows, join, number, given)
        for condition, late in zip(join.filters, decide, strict=True):
            if not condition.early:
                rows = [row for row in rows if late(row)]
        return rows

    def _start(self, join: Join, given: Given) -> tuple[int, Iterator[Node], tuple[int, ...]]:
        """The variable with the fewest neighbours, what it may be, and the triples that are left to join."""
        left: list[int] = []
        seeds: dict[int, list[_Beside]] = {}
        possible = True
        for number, (s, p, o) in enumerate(join.triples):
            if isinstance(s, int) and isinstance(o, int):
                left.append(number)
                continue
            subject = None if isinstance(s, int) else given.node(s)
            obj = None if isinstance(o, int) else given.node(o)
            if subject is not None and obj is not None:
                possible = possible and obj in self._demand(subject, given.node(p), None).nodes
                continue
            beside = self._near(subject, given.node(p), obj)
            if beside is None:
                left.append(number)
            else:
                seeds.setdefault(s if isinstance(s, int) else int(o), []).append(beside)
        if not possible:
            return 0, iter(()), ()
        if not seeds:
            return *self._sought(join, given), tuple(left)
        if len(seeds) > 1:
            raise TooMuch
        ((slot, groups),) = seeds.items()
        groups.sort(key=lambda beside: len(beside.row))
        nodes: list[Node] = groups[0].row
        for group in groups[1:]:
            held = group.nodes
            nodes = [node for node in nodes if node in held]
        return slot, iter(nodes), tuple(left)

    def _sought(self, join: Join, given: Given) -> tuple[int, Iterator[Node]]:
        """A variable that must hold a text, and the literals that may."""
        for condition in join.filters:
            if condition.seeks is None or not condition.early or self._find is None:
                continue
            (slot,) = condition.reads
            for s, p, o in join.triples:
                if o == slot and isinstance(s, int):
                    found = self._find(str(given.node(p)), condition.seeks(given), _MOST_STARTED + 1)
                    if found is not None and (len(found) <= _LONGEST or join.enough is not None):
                        return slot, map(known_term, found)
        raise TooMuch

    def _steps(self, rows: list[Row], steps: Sequence[Step], given: Given, decide: Sequence[Decide]) -> list[Row]:
        """The solutions that extend the rows by all steps."""
        work = 0
        for step in steps:
            rows = self._step(rows, step, given)
            for number in step.then:
                condition = decide[number]
                rows = [row for row in rows if condition(row)]
            work += len(rows)
            if work > _MOST_WORK:
                raise TooMuch
            if not rows:
                break
        return rows

    def _with_optional(self, rows: list[Row], join: Join, number: int, given: Given) -> list[Row]:
        """The rows extended by an OPTIONAL, those that it does not extend as they are."""
        places = tuple(range(len(join.optional[number])))
        found: list[Row] = []
        known = frozenset[int]()
        for row in rows:
            if number or not known:  # before the first of them all rows have the same variables
                known = frozenset([slot for slot, node in enumerate(row) if node is not None])
            steps = order_of(join, number, places, known)
            if len(steps) == 1:
                found += self._step((row,), steps[0], given) or (row,)
            else:
                found += self._steps([row[:]], steps, given, ()) or (row,)
        return found

    def _step(self, rows: Sequence[Row], step: Step, given: Given) -> list[Row]:
        """The rows extended by one triple."""
        forward, check, (s, p, o), predicate, _ = step
        predicate = predicate or given.node(p)
        start, end = (s, o) if forward else (o, s)
        fixed = given.node(start) if isinstance(start, str) else None
        last = given.node(end) if isinstance(end, str) else None
        found: list[Row] = []
        kept = self._kept
        for row in rows:
            node = fixed or row[start]  # type: ignore[index]  # a number, as it is not fixed
            key = (node, predicate, None) if forward else (None, predicate, node)
            beside = kept[key] if key in kept else self._near(*key)
            if beside is None:
                raise TooMuch
            if not check:
                _extend(row, end, beside.row, found)  # type: ignore[arg-type]  # a number, as there is something to find
            elif (last or row[end]) in beside.nodes:  # type: ignore[index,operator]  # likewise
                found.append(row)
        return found

    def _demand(self, subject: Node | None, predicate: ox.NamedNode, obj: Node | None) -> _Beside:
        beside = self._near(subject, predicate, obj)
        if beside is None:
            raise TooMuch
        return beside

    def _near(self, subject: Node | None, predicate: ox.NamedNode, obj: Node | None) -> _Beside | None:
        """What is in the one place of a triple that is None; None where it is too much to be looked at."""
        key = (subject, predicate, obj)
        try:
            return self._kept[key]
        except KeyError:
            pass
        beside = self._older[key] if key in self._older else self._read(subject, predicate, obj)
        self._kept[key] = beside
        self._held += 1 + (len(beside.row) if beside else 0)
        if self._held > _MOST_KEPT:
            self._older, self._kept, self._held = self._kept, {}, 0
        return beside

    def _read(self, subject: Node | None, predicate: ox.NamedNode, obj: Node | None) -> _Beside | None:
        assert self._engine is not None
        if isinstance(subject, ox.Literal | ox.Triple):
            return _Beside([])
        quads = self._engine.quads_for_pattern(subject, predicate, obj, DEFAULT)
        nodes: list[Node] = [quad[2 if obj is None else 0] for quad in islice(quads, _LONGEST + 1)]
        return _Beside(nodes) if len(nodes) <= _LONGEST else None


def _extend(row: Row, slot: int, nodes: Sequence[Node], found: list[Row]) -> None:
    """Adds the row once for each node in that place; the last one without a copy."""
    for node in nodes[:-1]:
        copy = row[:]
        copy[slot] = node
        found.append(copy)
    if nodes:
        row[slot] = nodes[-1]
        found.append(row)


def _written(join: Join, rows: list[Row]) -> bytes:
    """Solutions in order and without what is not asked for; raises KeyError for terms that the engine should write."""
    for slot, descending in reversed(join.order):
        keys = {id(row): _ordered(row[slot]) for row in rows}
        if len({kind for kind, _ in keys.values()}) > 1:
            raise TooMuch
        rows.sort(key=lambda row, keys=keys: keys[id(row)], reverse=descending)  # type: ignore[misc]  # bound here, as it must
    columns = [(f"{quoted(name)}:", slot) for name, slot in join.columns]
    texts = [
        ",".join([name + WRITERS[type(node)](node) for name, slot in columns if (node := row[slot]) is not None])
        for row in rows
    ]
    if join.distinct:
        texts = list(dict.fromkeys(texts))
    texts = texts[join.offset :][: join.limit]
    names = ",".join([quoted(name) for name, _ in join.columns])
    bindings = "{" + "},{".join(texts) + "}" if texts else ""
    return f'{{"head":{{"vars":[{names}]}},"results":{{"bindings":[{bindings}]}}}}'.encode()


def _ordered(node: Node | None) -> Value:
    if node is None:
        raise TooMuch
    return value(node)
