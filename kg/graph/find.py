"""From what a person types to a term: an IRI, a prefixed name, a key, or the name of a thing."""

from __future__ import annotations

import re
from collections import Counter

from kg.errors import NotFoundError
from kg.graph.store import Store
from kg.graph.terms import PREFIXES, Minter, curie, iri, kg, literal, value

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")
_NAMES = ("rdfs:label", "skos:altLabel")
_MOST = 50


def find(store: Store, minter: Minter, text: str) -> str:
    """The term that ``text`` means: ``<iri>``, IRI, ``kg:votedWith``, ``state/russia``, a name or part of one.

    Of several things with the name the one with most facts is meant. Raises NotFoundError, with what is similar.
    """
    written = as_term(minter, text)
    if written and known(store, written):
        return written
    found = by_name(store, minter, text)
    if found:
        return found[0]
    similar = ", ".join(sorted({label for _, label in search(store, minter, text)})[:5])
    raise NotFoundError(f"the graph knows nothing of {text!r}" + (f"; there is: {similar}" if similar else ""))


def as_term(minter: Minter, text: str) -> str:
    """The IRI or literal that a text writes out in some way; empty when it can only be a name."""
    text = text.strip()
    if text.startswith(("<", '"')):
        return text
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return iri(PREFIXES[prefix] + local)
    if _ABSOLUTE.match(text) and "://" in text:
        return iri(text)
    if re.fullmatch(r"[a-z]+/[^\s/]+(?:/[^\s/]+)*", text):
        return minter.id(text)
    return curie("rdf:type") if text == "a" else ""


def known(store: Store, term: str) -> bool:
    """Whether any triple has the term in it."""
    return any(
        True
        for found in (store.triples(term), store.triples(None, term), store.triples(None, None, term))
        for _ in found
    )


def by_name(store: Store, minter: Minter, name: str) -> list[str]:
    """Things whose label or other name is ``name``, whatever its case; the one with most facts first.

    Things of articles come before terms of vocabularies, entities before facts about them.
    """
    wanted = literal(name.strip().casefold())
    query = f"""SELECT DISTINCT ?s WHERE {{ {{ ?s rdfs:label ?l }} UNION {{ ?s skos:altLabel ?l }}
      FILTER(LCASE(STR(?l)) = {wanted}) }} LIMIT {_MOST}"""
    found = [row["s"] for row in store.rows(query)]
    return sorted(found, key=lambda term: (_rank(store, minter, term), -_weight(store, term), term))


def _rank(store: Store, minter: Minter, term: str) -> int:
    if not minter.key(term):
        return 2
    return 1 if store.contains(term, curie("rdf:type"), kg("Report")) else 0


def _weight(store: Store, term: str) -> int:
    return sum(1 for _ in zip(store.triples(None, None, term), range(1000), strict=False))


def search(store: Store, minter: Minter, text: str, limit: int = 20) -> list[tuple[str, str]]:
    """Things with a name that contains every word of ``text``: term and label, those named most often first."""
    words = [word for word in re.split(r"\W+", text.casefold()) if word]
    if not words:
        return []
    test = " && ".join(f"CONTAINS(LCASE(STR(?l)), {literal(word)})" for word in words)
    query = f"""SELECT ?s ?l WHERE {{ {{ ?s rdfs:label ?l }} UNION {{ ?s skos:altLabel ?l }}
      FILTER({test}) FILTER(STRSTARTS(STR(?s), {literal(minter.base + "id/")})) }} LIMIT 500"""
    labels: dict[str, str] = {}
    times: Counter[str] = Counter()
    for row in store.rows(query):
        label = value(row["l"])
        labels[row["s"]] = min(label, labels.get(row["s"], label), key=len)
        times[row["s"]] += 1
    ordered = sorted(labels, key=lambda term: (len(labels[term]), -times[term], term))
    return [(term, labels[term]) for term in ordered[:limit]]
