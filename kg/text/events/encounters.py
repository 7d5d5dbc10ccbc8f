"""Words that mean a meeting, a summit or a delivery by who or what stands with them: "called on Ann Lee"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

_BLOCS = frozenset({"IntergovernmentalOrganisation", "Organisation"})
_ARRANGING = frozenset({"be", "due", "expect", "schedule", "slate", "set", "plan"})


def is_visited(document: Document, parse: Parse, verb: int) -> bool:
    """Whether somebody is called on, and for nothing: no infinitive, no "for", and one person named."""
    last = parse.subtree(verb)[1]
    asked = any(parse.word[here] == "to" and parse.tag[here] == "TO" for here in range(verb, last))
    if asked or any(parse.word[here] == "for" for here in range(verb, last)):
        return False
    return any(_is_person(document, parse, head) for head in prepositional(parse, verb, "on"))


def is_awaited(document: Document, parse: Parse, verb: int) -> bool:
    """Whether it is yet to come that somebody is seen: "is to see Ann Lee", "will see"."""
    auxiliaries = {parse.word[kid] for kid in parse.children(verb, "aux")}
    coming = bool(auxiliaries & {"will", "'ll"}) or (
        "to" in auxiliaries and parse.dep[verb] == "xcomp" and parse.lemma[parse.head[verb]] in _ARRANGING
    )
    return (
        coming
        and parse.child(verb, "xcomp", "ccomp") is None
        and any(parse.tag[head] == "NNP" and _is_person(document, parse, head) for head in objects(parse, verb))
    )


def is_bloc(document: Document, parse: Parse, verb: int) -> bool:
    """Whether the subject is an organisation, which can convene its leaders."""
    return any(one.kind in _BLOCS for head in subjects(parse, verb) for one in document.refer(parse.doc[head]))


def is_act(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether what is justified was done by somebody, and is an event of its own: "explained its abstention"."""
    return any(parse.lemma[head] in words("events", "sets", "acts") for head in objects(parse, verb))


def is_arms(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether weapons are the subject: "the first of six howitzers"."""
    heads = subjects(parse, verb)
    heads = [*heads, *(inner for head in heads for inner in prepositional(parse, head, "of"))]
    return any(parse.lemma[head] in words("events", "sets", "arms") for head in heads)


def _is_person(document: Document, parse: Parse, head: int) -> bool:
    found = document.refer(parse.doc[head])
    return bool(found) and all(one.kind == "Person" for one in found)
