"""The engine behind the reasoner interface: reads a store's assertions, writes the difference to its inferred graph."""

from __future__ import annotations

import time
from io import BytesIO

from kg.graph.infer import Inconsistency, InferenceReport
from kg.graph.reason.engine import Engine
from kg.graph.reason.state import Contradiction, Limits
from kg.graph.store import Store
from kg.graph.terms import Minter


class NativeReasoner:
    """Closes the graph with the project's own engine."""

    name = "native"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def infer(self, store: Store, minter: Minter) -> InferenceReport:
        """Derives everything anew and writes the difference; LimitError leaves the inferred graph as it was."""
        begun = time.perf_counter()
        engine = Engine(limits=self._limits)
        engine.load(assertions(store, minter))
        derived = engine.inferred(expand=True)
        delta = store.replace_graph(minter.inferred, derived)
        return InferenceReport(
            reasoner=self.name,
            asserted=engine.asserted,
            derived=derived.count(b"\n"),
            added=len(delta.added),
            removed=len(delta.removed),
            rounds=engine.state.round,
            seconds=time.perf_counter() - begun,
            inconsistencies=tuple(inconsistency(engine, found) for found in engine.contradictions),
        )


def assertions(store: Store, minter: Minter) -> bytes:
    """Every triple of every graph but the inferred one, as N-Triples."""
    out = BytesIO()
    for graph in store.graphs():
        if graph != minter.inferred:
            store.dump(out, "ntriples", graph=graph)
    return out.getvalue()


def inconsistency(engine: Engine, found: Contradiction) -> Inconsistency:
    """A contradiction as those who check a graph show it."""
    text = engine.state.dictionary.text
    premises = found.premises()
    terms = tuple(dict.fromkeys(text(term) for triple in premises for term in triple))
    said = "; ".join(" ".join(text(term) for term in triple) for triple in premises)
    return Inconsistency(f"{found.rule.name}: {said}", rule=found.rule.name, terms=terms)
