"""The default graph once more, as sorted columns of numbers by property, to join many triples at once.

Basic graph patterns whose properties are named are joined and written here; all else is the store's (docs/columns.md).
"""

from __future__ import annotations

from kg.graph.columns.answer import answer
from kg.graph.columns.columns import Columns

__all__ = ["Columns", "answer"]
