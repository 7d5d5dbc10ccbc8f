"""Making judgements felt: what follows from the graph is inferred anew, beside the request where that takes long."""

from __future__ import annotations

import threading
from typing import cast

from flask import current_app

from kg.graph.infer import Reasoner, reasoner
from kg.graph.reason.beyond import apply_rules
from kg.graph.store.protocol import Store
from kg.graph.terms import Minter

_PATIENCE = 10.0  # seconds that the sender of a judgement waits for what follows from it
_one_at_a_time = threading.Lock()


def settle(store: Store, minter: Minter) -> None:
    """Infers; returns when that is done, or goes on beside the request where it takes longer."""
    thread = threading.Thread(target=_infer, args=(store, minter, kept_reasoner()), name="judgements")
    thread.start()
    thread.join(_PATIENCE)


def kept_reasoner() -> Reasoner:
    """The application's reasoner: that which keeps the inferred graph true, else one that lasts as long as it does."""
    extensions = current_app.extensions
    kept = extensions.get("keeper") or extensions.setdefault("reasoner", reasoner())
    return cast("Reasoner", kept)


def _infer(store: Store, minter: Minter, kept: Reasoner) -> None:
    with _one_at_a_time:
        kept.infer(store, minter)
        apply_rules(store, minter)
