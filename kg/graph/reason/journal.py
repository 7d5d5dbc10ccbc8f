"""What a change touches, so that the difference can be told without looking at the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from kg.graph.reason.dictionary import Ids
from kg.graph.reason.facts import Facts, Name
from kg.graph.reason.relations import GONE, Marks, Mask


@dataclass(slots=True)
class Journal:
    """The marks that facts had before a change."""

    facts: Facts
    _noted: dict[Name, list[tuple[Ids, Marks]]] = field(default_factory=dict)

    def note(self, name: Name, keys: Ids) -> None:
        """Remembers the marks of facts that are about to change."""
        self._noted.setdefault(name, []).append((keys, self.facts.relation(name).marks_of(keys)))

    def note_new(self, name: Name, keys: Ids) -> None:
        """Remembers that facts were not there before."""
        self._noted.setdefault(name, []).append((keys, np.full(len(keys), GONE, dtype=np.int32)))

    def difference(self) -> tuple[dict[Name, Ids], dict[Name, Ids]]:
        """Facts that are derived now and were not, and those that were and are not, by relation."""
        gained, lost = {}, {}
        for name, parts in self._noted.items():
            keys, before = _earliest(parts)
            after = derived(self.facts.relation(name).marks_of(keys))
            gained[name], lost[name] = keys[after & ~before], keys[before & ~after]
        return gained, lost


def _earliest(parts: list[tuple[Ids, Marks]]) -> tuple[Ids, Mask]:
    """The keys, each once, and whether they were derived when they were first noted."""
    if len(parts) == 1:
        return parts[0][0], derived(parts[0][1])
    keys, marks = np.concatenate([keys for keys, _ in parts]), np.concatenate([marks for _, marks in parts])
    order = np.argsort(keys, kind="stable")
    keys, marks = keys[order], marks[order]
    first = np.concatenate((np.ones(min(1, len(keys)), dtype=np.bool_), keys[1:] != keys[:-1]))
    return keys[first], derived(marks[first])


def derived(marks: Marks) -> Mask:
    """Which marks are of facts that hold and were not stated."""
    found: Mask = (marks >= 0) & ((marks & 1) == 0)
    return found
