"""OWL 2 RL/RDF over sorted integer columns: compiled rules, rounds, proofs and retraction.

The engine knows no store. ``Engine`` takes N-Triples or N-Quads bytes and gives the inferred triples in the same form;
``kg.graph.reason.adapter`` puts it behind the reasoner interface of ``kg.graph.infer``. See docs/reasoning.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.reason.engine import Engine
from kg.graph.reason.state import Limits

if TYPE_CHECKING:
    from kg.graph.reason.adapter import NativeReasoner

__all__ = ["Engine", "Limits", "reasoner"]


def reasoner() -> NativeReasoner:
    """The reasoner, as ``kg.graph.infer`` asks for it."""
    from kg.graph.reason.adapter import NativeReasoner

    return NativeReasoner()
