"""Joins as functions of Python: loops over neighbours, one in the other, with filters where variables are known.

A function is written once for all queries of a shape. Nothing of a query's text is in it, only numbers: ``v3`` is a
variable, ``t3`` the text of a term, ``k3`` a term that is known, ``b3`` neighbours by a property, ``c3`` a constant;
the constants of a query come as an argument. For who held a position on a date it reads, in part::

    for v1 in b1[v0]:
        if not ((v1.kind == c0[0] or too_much()) and v1.key <= c0[1]): continue
        for v2 in b2[v0]:
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, product
from typing import Any, Final, NoReturn, TypeAlias

from kg.graph.store.joined import Filter, Given, Join, Step, order_of
from kg.graph.store.known import Known, Neighbours
from kg.graph.store.values import TooMuch, contains, spelling

_MOST_WORK: Final = 2000
"""Neighbours that are looked at on the way."""
_DEEPEST: Final = 18
"""Loops within loops; Python has twenty."""
_MOST_WAYS: Final = 64

Solution: TypeAlias = tuple[Known | None, ...]
Find: TypeAlias = Callable[[Iterable[Known], Given, Neighbours], list[Solution]]
"""The solutions that start at some terms, with the variables that are ordered by and then those that are written."""
Decide: TypeAlias = Callable[..., bool]
"""Whether a condition holds for terms in the place of its variables, by their numbers."""


def too_much() -> NoReturn:
    """Leaves the query to the engine."""
    raise TooMuch


class Names:
    """The names that conditions have for constants, and which variables may be without a value."""

    def __init__(self, certain: frozenset[int], bound: frozenset[int]) -> None:
        self.certain, self.bound = certain, bound
        self.values: dict[str, Any] = {"too_much": too_much, "contains": contains, "spelling": spelling, "iri": "iri"}
        self.given: list[str] = []
        self._taken: dict[tuple[str, str], str] = {}

    def constant(self, read: Callable[[Given], Any]) -> str:
        """The name of what ``read`` makes of a query."""
        name = f"c{len(self.given)}"
        self.values[f"read_{name}"] = read
        self.given.append(f"{name} = read_{name}(given)")
        return name

    def text(self, term: str) -> str:
        """An expression for the text of a term."""
        if term[1].isdigit():
            return f"given.constants[{int(term[1:-1])}]"
        return self._name("t", term, "")

    def node(self, term: str) -> str:
        """The name of a term that is known."""
        return self._name("k", term, f"near.named[{self.text(term)}]")

    def beside(self, predicate: str, *, ahead: bool) -> str:
        """The name of the neighbours by a property."""
        return self._name("b", f"{ahead}{predicate}", f"near.{'ahead' if ahead else 'behind'}[{self.text(predicate)}]")

    def _name(self, letter: str, term: str, made: str) -> str:
        name = self._taken.get((letter, term))
        if name is None:
            name = self._taken[letter, term] = f"{letter}{len(self._taken)}"
            if made:
                self.given.append(f"{name} = {made}")
            else:
                self.values[name] = term
        return name


class _Text:
    """Lines of Python, and how deep they are."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._depth = self._loops = 0

    def add(self, line: str) -> None:
        """A line."""
        self.lines.append(f"{'    ' * self._depth}{line}")

    @contextmanager
    def within(self, line: str) -> Iterator[None]:
        """A line, and the block that it begins."""
        with self.level():
            self.begin(line)
            yield

    @contextmanager
    def level(self) -> Iterator[None]:
        """Returns in the end to the depth of the beginning."""
        depth, loops = self._depth, self._loops
        yield
        self._depth, self._loops = depth, loops

    def begin(self, line: str) -> None:
        """Begins a block that goes on to the end of the level."""
        self.add(line)
        self._depth += 1
        self._loops += line.startswith("for ")
        if self._loops > _DEEPEST:
            raise TooMuch


def compiled(join: Join, slot: int, left: tuple[int, ...]) -> Find:
    """The function for solutions that start at a variable's terms, where these triples are left to join."""
    key = slot, left
    find = join.compiled.get(key)
    if find is None:
        if len(join.compiled) >= _MOST_WAYS:
            join.compiled.clear()
        find = join.compiled[key] = _finder(join, slot, left)
    return find


def _finder(join: Join, slot: int, left: tuple[int, ...]) -> Find:
    names = Names(join.certain, join.bound)
    try:
        lines = _Finder(join, names).lines(slot, left)
    except TooMuch:
        return lambda _start, _given, _near: too_much()
    find: Find = made(lines, names.values, "find")
    return find


def made(lines: Iterable[str], scope: dict[str, Any], name: str) -> Any:
    """What Python makes of lines that were written here."""
    exec("\n".join(lines), scope)
    return scope[name]


class _Finder:
    """Writes the function that finds solutions."""

    def __init__(self, join: Join, names: Names) -> None:
        self._join, self._names, self._text = join, names, _Text()
        self._waiting = [number for number, condition in enumerate(join.filters) if not condition.early]
        self._outer = 0

    def lines(self, slot: int, left: tuple[int, ...]) -> list[str]:
        """Its lines."""
        join, text = self._join, self._text
        known = frozenset((slot,))
        text.begin(f"for v{slot} in start:")
        for number, condition in enumerate(join.filters):
            if condition.early and condition.reads <= known:
                self._filter(number)
        steps = order_of(join, -1, left, known)
        for at, step in enumerate(steps):
            self._steps((step,))
            known |= join.variables((step.pattern,))
            if not any(later.then for later in steps[at + 1 :]):
                self._decide(known)
        self._rest()
        text.add(f"found.append({_tuple(written_slots(join))})")
        if join.enough is not None:
            text.add(f"if len(found) >= {join.enough}: return found")
        opening = [*self._names.given, "found = []", "work = 0"]
        return ["def find(start, given, near):", *_indented([*opening, *text.lines, "return found"])]

    def _decide(self, known: frozenset[int]) -> None:
        """The OPTIONALs that filters wait for, as soon as there is what they start at, and those filters."""
        join, waiting = self._join, self._waiting
        while self._outer < len(join.optional):
            inside = join.variables(join.optional[self._outer])
            wanted = frozenset[int]().union(*(join.filters[number].reads for number in waiting))
            if not (inside - join.certain) & wanted or not inside & join.certain <= known:
                return
            self._optional(self._outer)
            self._outer += 1
            known |= inside
            unsure = join.variables(chain(*join.optional[self._outer :])) - join.certain  # they may yet have values
            for number in [n for n in waiting if join.filters[n].reads & join.bound <= known - unsure]:
                waiting.remove(number)
                self._filter(number)

    def _rest(self) -> None:
        """The OPTIONALs and filters that are left."""
        for number in range(self._outer, len(self._join.optional)):
            self._optional(number)
        for number in self._waiting:
            self._filter(number)

    def _filter(self, number: int) -> None:
        self._text.add(f"if not ({self._join.filters[number].source(self._names, True)}): continue")

    def _steps(self, steps: Iterable[Step]) -> None:
        """Loops over what each triple leads to, and what only checks."""
        names = self._names
        for forward, check, (s, p, o), then in steps:
            start, end = (s, o) if forward else (o, s)
            beside = f"{names.beside(p, ahead=forward)}[{self._place(start)}]"
            if check:
                self._text.add(f"if {self._place(end)} not in {beside}.members: continue")
            else:
                self._loop(f"v{end}", beside)
            for number in then:
                self._filter(number)

    def _loop(self, variable: str, row: str) -> None:
        self._text.add(f"row = {row}")
        self._text.add("work += len(row)")
        self._text.add(f"if work > {_MOST_WORK}: too_much()")
        self._text.begin(f"for {variable} in row:")

    def _place(self, place: int | str) -> str:
        return f"v{place}" if isinstance(place, int) else self._names.node(place)

    def _optional(self, number: int) -> None:
        """Loops over what an OPTIONAL adds; over what is known already where it adds nothing."""
        join = self._join
        triples = join.optional[number]
        places, inside = tuple(range(len(triples))), join.variables(triples)
        before = join.certain.union(*map(join.variables, join.optional[:number]))
        unsure, new = sorted((inside & before) - join.certain), sorted(inside - before)
        if not unsure and len(triples) == 1:
            (step,) = _order(join, number, places, join.certain) or (None,)
            if step and not step.check:
                forward, _, (s, p, o), _ = step
                beside = f"{self._names.beside(p, ahead=forward)}[{self._place(s if forward else o)}]"
                self._loop(f"v{new[0]}", f"{beside} or (None,)")
                return
        self._text.add(f"before{number} = {_tuple(unsure)}")
        self._text.add(f"more{number} = []")
        for has in product((True, False), repeat=len(unsure)):
            cases = [f"before{number}[{at}] is {'not ' if there else ''}None" for at, there in enumerate(has)]
            known = join.certain.union(slot for slot, there in zip(unsure, has, strict=True) if there)
            with self._text.within(f"for _ in (0,) if {' and '.join(cases) or 'True'} else ():"):
                steps = _order(join, number, places, known)
                if steps is None:
                    self._text.add("too_much()")
                else:
                    self._steps(steps)
                    self._text.add(f"more{number}.append({_tuple([*unsure, *new])})")
        if unsure or new:
            nothing = f"(*before{number}, {'None, ' * len(new)})"
            self._text.begin(f"for {_tuple([*unsure, *new])} in more{number} or ({nothing},):")


def _order(join: Join, number: int, places: tuple[int, ...], known: frozenset[int]) -> Sequence[Step] | None:
    """The steps of an OPTIONAL; None where there is no way through."""
    try:
        return order_of(join, number, places, known)
    except TooMuch:
        return None


def written_slots(join: Join) -> list[int]:
    """The variables that are ordered by, and then those that are written, where they may have a value."""
    if any(slot not in join.bound for slot, _ in join.order):
        raise TooMuch
    return [slot for slot, _ in join.order] + [slot for _, slot in join.columns if slot in join.bound]


@lru_cache(maxsize=512)
def decider(condition: Filter) -> Callable[[Given], Decide]:
    """Makes what decides a condition, once a query gives its constants."""
    names = Names(frozenset(), condition.reads)
    decision = condition.source(names, True)
    arguments = ", ".join(f"v{slot}" for slot in sorted(condition.reads))
    lines = _indented([*names.given, f"return lambda {arguments}: bool({decision})"])
    decide: Callable[[Given], Decide] = made(["def decider(given):", *lines], names.values, "decider")
    return decide


def _tuple(slots: Iterable[int]) -> str:
    return f"({''.join(f'v{slot}, ' for slot in slots)})"


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
