"""Inferred triples told while more are still derived, so that they can be written meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from kg.graph.reason.dictionary import Ids, lines
from kg.graph.reason.export import Columns, changed, exported
from kg.graph.reason.facts import Name
from kg.graph.reason.state import State
from kg.graph.reason.vocabulary import EXPRESSIONS

Tell: TypeAlias = Callable[[Sequence[bytes]], None]
"""Takes statements ``s p o`` without their full stops."""
_PIECE: Final = 100
"""Statements that are told at once, where a relation has not more."""


class Unsteady(Exception):
    """What was told, or how it is told, may be different in the end: only a closed graph is to be told."""


class Teller:
    """Tells what each round adds.

    In the end that is what a closed graph is told as, each triple once, unless something is merged, or a class
    expression found that nobody stated: then ``Unsteady`` is raised, and what was told is to be forgotten.
    """

    def __init__(self, state: State, tell: Tell) -> None:
        self.told = 0
        self._state = state
        self._tell = tell
        self._begun = False
        self._statements: list[bytes] = []

    def begin(self) -> None:
        """Nothing is about to be merged, as far as is known: tells what is derived so far."""
        if self._state.merges_things():
            raise Unsteady
        if not self._begun:
            self._begun = True
            self._say(exported(self._state, False, True))
            self._pass_on()

    def found(self, name: Name, keys: Ids) -> None:
        """There are new facts in a relation."""
        if self._begun:
            if name[0] in EXPRESSIONS:
                raise Unsteady
            self._say(changed(self._state, {name: keys}))

    def ended(self, *, merging: bool) -> None:
        """A round is over, with equalities among what it found where it is ``merging``."""
        if self._begun and merging:
            raise Unsteady
        self._pass_on()

    def _say(self, found: Iterable[Columns]) -> None:
        """Passes on what has come together, so that whoever writes it need not wait for the end of a round."""
        for columns in found:
            self._statements += lines(self._state.dictionary, *columns)
            if len(self._statements) > _PIECE:
                self._pass_on()

    def _pass_on(self) -> None:
        if self._statements:
            self.told += len(self._statements)
            self._tell(self._statements)
            self._statements = []
