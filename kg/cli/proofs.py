"""Explanations and descriptions in the formats that commands offer."""

from __future__ import annotations

from kg.errors import NotFoundError
from kg.graph import describe as descriptions
from kg.graph import explain as explanations
from kg.graph import proof as proofs
from kg.graph.find import find
from kg.graph.store import Store
from kg.graph.terms import Minter, literal


def explain(store: Store, triple: tuple[str, str, str], form: str, base: str) -> str:
    """The proof of a triple, whose terms are as a person types them; ``form`` is ``text`` or ``json``."""
    minter = Minter(base)
    subject, predicate, obj = triple
    terms = (find(store, minter, subject), find(store, minter, predicate), _object(store, minter, obj))
    proof = explanations.explain(store, minter, terms)
    return proof.as_json() + "\n" if form == "json" else proofs.render(proof, store, base)


def _object(store: Store, minter: Minter, text: str) -> str:
    """An object is a thing, or else a plain value, such as a quotation."""
    try:
        return find(store, minter, text)
    except NotFoundError:
        plain = literal(text)
        if any(True for _ in store.triples(None, None, plain)):
            return plain
        raise


def describe(store: Store, name: str, form: str, base: str) -> str:
    """What is known of the thing that a person names; ``form`` is ``text`` or ``json``."""
    minter = Minter(base)
    found = descriptions.describe(store, minter, find(store, minter, name))
    return found.as_json() + "\n" if form == "json" else descriptions.render(found)
