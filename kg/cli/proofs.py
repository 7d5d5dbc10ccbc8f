"""Explanations and descriptions in the formats that commands offer."""

from __future__ import annotations

from kg.errors import UsageError
from kg.graph import describe as descriptions
from kg.graph.explain import FORMATS, Explainer, named
from kg.graph.find import find
from kg.graph.store import Store
from kg.graph.terms import Minter

SUFFIXES = {"json": "json", "ttl": "turtle", "nt": "ntriples", "mmd": "mermaid"}
"""The formats of explanations by the suffixes of files."""


def chosen(form: str, suffix: str) -> str:
    """The format of an explanation, as asked for or else by the suffix of a file; raises UsageError."""
    found = form or SUFFIXES.get(suffix, "text")
    if found not in FORMATS:
        raise UsageError(f"unknown format {found!r}: one of {', '.join(FORMATS)}")
    return found


def explain(store: Store, triple: tuple[str, str, str], form: str, base: str) -> str:
    """Why a triple holds, its terms as a person types them; ``form`` is one of ``kg.graph.explain.FORMATS``."""
    minter = Minter(base)
    return Explainer(store, minter).explain(named(store, minter, *triple)).written(form, store, base)


def describe(store: Store, name: str, form: str, base: str) -> str:
    """What is known of the thing that a person names; ``form`` is ``text`` or ``json``."""
    minter = Minter(base)
    found = descriptions.describe(store, minter, find(store, minter, name))
    return found.as_json() + "\n" if form == "json" else descriptions.render(found)
