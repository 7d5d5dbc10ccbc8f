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
            keys, first = np.unique(np.concatenate([keys for keys, _ in parts]), return_index=True)
            before = derived(np.concatenate([marks for _, marks in parts])[first])
            after = derived(self.facts.relation(name).marks_of(keys))
            gained[name], lost[name] = keys[after & ~before], keys[before & ~after]
        return gained, lost


def derived(marks: Marks) -> Mask:
    """Which marks are of facts that hold and were not stated."""
    found: Mask = (marks >= 0) & ((marks & 1) == 0)
    return found
