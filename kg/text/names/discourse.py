"""Gives every name in a document a referent, left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.reference import Record, Reference
from kg.text.document import Document, Referent, Span
from kg.text.names.gazetteer import find_known

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

_KINDS = {"PERSON": "Person", "ORG": "Organisation", "GPE": "Place", "LOC": "Place", "FAC": "Place"}


def read_names(document: Document, reference: Reference) -> None:
    """Adds a span and a referent for every name."""
    doc = document.doc
    taken = [False] * (len(doc) + 1)
    by_key: dict[str, Referent] = {}
    for known in find_known(doc, reference):
        record = known.senses[0].record
        if known.senses[0].how == "capital" and record.state in reference.by_iso3:
            record = _capital(doc[known.start : known.end], record, reference)
        referent = by_key.get(record.key) or _new(document, record.kind, record.name, record.key)
        by_key[record.key] = referent
        _mention(document, doc[known.start : known.end], referent)
        taken[known.start : known.end] = [True] * (known.end - known.start)
    surnames: dict[str, Referent] = {r.name.split()[-1]: r for r in document.referents if r.kind == "Person"}
    for entity in doc.ents:
        kind = _KINDS.get(entity.label_)
        if not kind or any(taken[entity.start : entity.end]):
            continue
        name = entity.text.removeprefix("the ").removesuffix("’s").removesuffix("'s")
        referent = surnames.get(name.split()[-1]) or _new(document, kind, name, "")
        surnames.setdefault(name.split()[-1], referent)
        _mention(document, entity, referent)


def _capital(span: Tokens, record: Record, reference: Reference) -> Record:
    """The state that a capital stands for when it acts, else the city itself."""
    state = reference.by_iso3[record.state]
    return record if span.root.dep_ in ("pobj", "npadvmod", "appos", "ROOT") else state


def _new(document: Document, kind: str, name: str, key: str) -> Referent:
    referent = Referent(len(document.referents), kind, name, key)
    document.referents.append(referent)
    return referent


def _mention(document: Document, tokens: Tokens, referent: Referent) -> None:
    span = Span(tokens.start, tokens.end, tokens.root.i, (referent,))
    document.spans.append(span)
    document.by_root[span.root] = span
