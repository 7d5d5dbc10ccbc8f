"""Communiqué: news on world politics as a knowledge graph that reasons and explains itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.explain import Explanation

__version__ = "0.1.0"


def explain(store: Path | str, subject: str, predicate: str, obj: str) -> Explanation:
    """Why a fact of the store in that folder holds: its proof, down to sentences, and the other ways to it.

    Terms are IRIs, prefixed names, keys or names, as ``kg explain`` takes them. Raises StoreError, and NotFoundError
    where the fact is not derivable. To explain many, open the store and keep an ``Explainer``.

    >>> kg.explain("kg.store", "Russia", "kg:vetoedWith", "China").proof.rule
    'prp-spo2'
    """
    from kg.config import Settings
    from kg.graph.explain import Explainer, named
    from kg.graph.store import open_store
    from kg.graph.terms import Minter

    minter = Minter(Settings.from_environment().base)
    with open_store(store, read_only=True) as opened:
        return Explainer(opened, minter).explain(named(opened, minter, subject, predicate, obj))
