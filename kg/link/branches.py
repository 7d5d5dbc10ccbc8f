"""The hierarchy of event classes as merging and reading need it: ``ontology/lexicon/branches.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from kg.config import data_dir


@dataclass(frozen=True, slots=True)
class Branches:
    """The class hierarchy as merging needs it."""

    parents: Mapping[str, str]
    symmetric: frozenset[str]
    spoken: frozenset[str]

    def root(self, kind: str) -> str:
        """The topmost class above ``kind``."""
        while kind in self.parents:
            kind = self.parents[kind]
        return kind

    def on_one_branch(self, one: str, other: str) -> bool:
        """Whether one class is the other or above it."""
        return self._above(one, other) or self._above(other, one)

    def _above(self, upper: str, lower: str) -> bool:
        while lower != upper and lower in self.parents:
            lower = self.parents[lower]
        return lower == upper


@lru_cache(maxsize=1)
def load_branches() -> Branches:
    """The hierarchy of ``ontology/lexicon/branches.yaml``."""
    data: dict[str, Any] = yaml.safe_load(
        (data_dir("ontology") / "lexicon" / "branches.yaml").read_text(encoding="utf-8")
    )
    return Branches(data["parents"], frozenset(data["symmetric"]), frozenset(data["spoken"]))
