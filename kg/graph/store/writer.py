"""Solutions in order and cut, written as SPARQL 1.1 Query Results JSON by a function of Python for each shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any, TypeAlias

from kg.graph.store.compiled import Solution, made, written_slots
from kg.graph.store.joined import Join
from kg.graph.store.known import Known
from kg.graph.store.values import TooMuch

Write: TypeAlias = Callable[[Sequence[Solution]], list[str]]
"""Gives the bindings of solutions as JSON, without braces."""


class Writer:
    """Writes the solutions of a query, which may be ordered by the first of their variables."""

    def __init__(self, names: Sequence[str], bindings: Write) -> None:
        self._bindings = bindings
        self._order: Sequence[tuple[int, bool]] = ()
        self._distinct, self._cut = False, slice(None)
        self._head = f'{{"head":{{"vars":[{",".join(map(quoted, names))}]}},"results":{{"bindings":['

    @classmethod
    def of(cls, join: Join) -> Writer:
        """What writes the solutions of a join."""
        columns = [(name, slot) for name, slot in join.columns if slot in join.bound]
        writer = cls([name for name, _ in join.columns], bindings(columns, join.certain, written_slots(join)))
        writer._order, writer._distinct = join.order, join.distinct
        writer._cut = slice(join.offset, join.most)
        return writer

    def written(self, solutions: list[Solution]) -> bytes:
        """Those that are asked for, in order; raises TooMuch for what the engine should order or write."""
        for at in range(len(self._order) - 1, -1, -1):
            if len({_of_kind(solution[at]) for solution in solutions}) > 1:
                raise TooMuch
            solutions.sort(key=lambda solution, at=at: solution[at].key, reverse=self._order[at][1])  # type: ignore[misc]  # bound here, as it must
        if self._distinct:
            texts = list(dict.fromkeys(self._bindings(solutions)))[self._cut]
        else:
            texts = self._bindings(solutions[self._cut])
        bindings = "{" + "},{".join(texts) + "}" if texts else ""
        return f"{self._head}{bindings}]}}}}".encode()


def _of_kind(known: Known | None) -> str:
    if known is None:
        raise TooMuch
    return known.kind


def bindings(columns: Sequence[tuple[str, int]], certain: frozenset[int], places: Sequence[int]) -> Write:
    """The function that writes variables, by name and number, of solutions in which they have these places."""
    scope: dict[str, Any] = {}
    pieces = []
    for at, (name, slot) in enumerate(columns):
        first = at == 0 and slot in certain
        scope[f"n{at}"] = f"{'' if first else ','}{quoted(name)}:"
        piece = f"n{at} + v{slot}.json"
        pieces.append(piece if slot in certain else f"({piece} if v{slot} else '')")
    text = " + ".join(pieces) or "''"
    if columns and columns[0][1] not in certain:
        text = f"({text})[1:]"
    loop = f"for {''.join(f'v{slot}, ' for slot in places) or '_'} in solutions"
    write: Write = made(["def write(solutions):", f"    return [{text} {loop}]"], scope, "write")
    return write
