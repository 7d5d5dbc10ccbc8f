"""Making judgements felt: what follows from the graph is inferred anew, beside the request where that takes long."""

from __future__ import annotations

import threading

from kg.graph.infer import reasoner
from kg.graph.reason.beyond import apply_rules
from kg.graph.store.protocol import Store
from kg.graph.terms import Minter

_PATIENCE = 10.0  # seconds that the sender of a judgement waits for what follows from it
_one_at_a_time = threading.Lock()


def settle(store: Store, minter: Minter) -> None:
    """Infers; returns when that is done, or goes on beside the request where it takes longer."""
    thread = threading.Thread(target=_infer, args=(store, minter), name="judgements")
    thread.start()
    thread.join(_PATIENCE)


def _infer(store: Store, minter: Minter) -> None:
    with _one_at_a_time:
        reasoner().infer(store, minter)
        apply_rules(store, minter)
