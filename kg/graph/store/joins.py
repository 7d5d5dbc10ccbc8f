"""Small joins that start at named things or at a text, answered where planning costs the engine more than answering.

What stands beside a thing, the objects of a subject and property or the subjects of a property and object, is kept for
as long as the store is the same, so that well-known things are not read again for every query about them. Whatever is
unusual or becomes large is left to the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.graph.store.compiled import Solution, compiled
from kg.graph.store.joined import Find, Given, Join
from kg.graph.store.known import LONG, LONGEST, Known, Neighbours, Row
from kg.graph.store.parse import known_term
from kg.graph.store.sought import Sought
from kg.graph.store.values import TooMuch
from kg.graph.store.writer import Writer

if TYPE_CHECKING:
    from kg.graph.store.oxigraph import OxigraphStore

_MOST_FOUND: Final = 300
"""More solutions than this are not ordered, nor written."""
_MOST_STARTED: Final = 640
"""Texts that are started at where a LIMIT may be reached; whoever has more does not know them all."""


class Joins:
    """Answers joins over the default graph of a store that is in memory; for one thread."""

    def __init__(self, store: OxigraphStore, *, alone: bool = False, find: Find | None = None) -> None:
        """``alone`` says that nobody writes to the store while a join is answered; ``find`` finds texts."""
        self._store = store
        self._find = find
        self._alone = alone
        self._near = Neighbours()

    def answer(self, join: Join, given: Given) -> bytes | None:
        """The solutions as SPARQL 1.1 Query Results JSON; None where the engine is to answer, as it is what groups."""
        return None if join.grouping else self._unless_changed(lambda: _written(join, self._solutions(join, given)))

    def look_up(self, sought: Sought, constants: Sequence[str]) -> bytes | None:
        """The answer to a look-up, as ``answer`` gives it."""
        return self._unless_changed(lambda: sought.written(self._near.around[sought.pattern(constants)]))

    def _unless_changed(self, find: Callable[[], bytes]) -> bytes | None:
        """What is found, if the store is the same before and after, and it is not left to the engine."""
        image = self._store.image
        step = self._store.version if self._alone else image.step
        engine = image.engine or (self._store.engine if self._alone else None)
        if engine is None or (not self._alone and step % 2):
            return None  # a commit is being made
        self._near.renew(engine, step)
        try:
            body = find()
        except TooMuch:
            return None
        return body if self._alone or image.step == step else None  # two calls may have seen two states

    def _solutions(self, join: Join, given: Given) -> list[Solution]:
        """The solutions, without those that a LIMIT leaves out where any will do."""
        near, text = self._near, given.text
        for s, p, o in join.named:
            if near.named[text(o)] not in near.ahead[text(p)][near.named[text(s)]].members:
                return []
        slot, seeds, left = -1, list[Row](), join.open
        for number, place, ahead, predicate, term in join.ways:
            row = (near.ahead if ahead else near.behind)[text(predicate)][near.named[text(term)]]
            if row is LONG:
                left = (*left, number)
            elif seeds and place != slot:
                raise TooMuch
            else:
                slot = place
                seeds.append(row)
        if not seeds:
            slot, terms = self._sought(join, given)
            return compiled(join, slot, left)(terms, given, near)
        return compiled(join, slot, left)(_common(seeds) if len(seeds) > 1 else seeds[0], given, near)

    def _sought(self, join: Join, given: Given) -> tuple[int, Iterator[Known]]:
        """A variable that must hold a text, and the literals that may."""
        for condition in join.filters:
            if condition.seeks is None or not condition.early or self._find is None:
                continue
            (slot,) = condition.reads
            for s, p, o in join.triples:
                if o == slot and isinstance(s, int):
                    found = self._find(given.text(p), condition.seeks(given))
                    if found is not None:
                        return slot, self._some(found if join.enough is not None else _few(found))
        raise TooMuch

    def _some(self, texts: Iterator[str]) -> Iterator[Known]:
        """Literals, until it is seen that too many would have to be looked at."""
        for text in islice(texts, _MOST_STARTED):
            yield self._near.known(known_term(text))
        if next(texts, None) is not None:
            raise TooMuch


def _few(texts: Iterator[str]) -> Iterator[str]:
    """All of them; raises TooMuch where they are many."""
    found = list(islice(texts, LONGEST + 1))
    if len(found) > LONGEST:
        raise TooMuch
    return iter(found)


def _common(seeds: list[Row]) -> Iterable[Known]:
    """What is in all rows."""
    first, *others = sorted(seeds, key=len)
    terms: Iterable[Known] = first
    for other in others:
        terms = filter(other.members.__contains__, terms)
    return terms


def _written(join: Join, solutions: list[Solution]) -> bytes:
    """Solutions in order and without what is not asked for; raises TooMuch for terms that the engine should write."""
    if len(solutions) > _MOST_FOUND:
        raise TooMuch
    if join.writer is None:
        join.writer = Writer.of(join)
    written: bytes = join.writer.written(solutions)
    return written
