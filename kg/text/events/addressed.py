"""To whom somebody speaks where a verb of calling or writing tells it: "telephoned *Ann Lee* to offer support"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import DOCUMENTS, PLACES, participants
from kg.text.events.phrases import prepositional
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.events.frames import Frame
    from kg.text.parse import Parse

_SPOKEN = frozenset({"Support", "Appeal", "Demand", "Threat", "Accusation", "Rejection", "Statement", "Concession"})
_RINGING = frozenset({"telephone", "phone", "ring", "call", "write", "cable"})
_CALLS = frozenset({"call", "conversation", "message", "telegram", "cable", "note"})
_CLAUSES = frozenset({"advcl", "xcomp", "acl"})


def addressed(document: Document, parse: Parse, frame: Frame) -> list[Referent]:
    """Who is called on or written to for what the frame tells; none where the clause around tells of nobody."""
    verb, joined = frame.token, parse.head[frame.token]
    if frame.kind in _SPOKEN and parse.dep[verb] == "conj" and parse.lemma[joined] in _RINGING:
        return _others(document, parse, frame, _reached(parse, joined, verb))  # "rang Ann Lee and urged"
    written = _written_to(parse, verb) if frame.kind in _SPOKEN and parse.is_verb(verb) else []
    if written:
        return _others(document, parse, frame, written)
    while parse.dep[verb] == "conj" and parse.is_verb(parse.head[verb]):
        verb = parse.head[verb]
    if frame.kind not in _SPOKEN or not parse.is_verb(verb) or parse.dep[verb] not in _CLAUSES:
        return []
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(verb, "aux"))
    if not infinitive and parse.tag[verb] != "VBG":
        return []
    return _others(document, parse, frame, _reached(parse, parse.head[verb], verb))


def _written_to(parse: Parse, verb: int) -> list[int]:
    """Whom a message is to in which something is said: "said in a letter *to Ann Lee*", "in a call to her, urged"."""
    papers = words("events", "sets", "papers") | _CALLS
    return [
        reader
        for word in ("in", "during")
        for paper in prepositional(parse, verb, word)
        if parse.lemma[paper] in papers
        for tie in ("to", "with")
        for reader in prepositional(parse, paper, tie)
    ]


def _others(document: Document, parse: Parse, frame: Frame, heads: list[int]) -> list[Referent]:
    found = participants(document, parse, heads)
    return [one for one in found if one.kind not in PLACES | DOCUMENTS and one not in frame.roles.get("agent", [])]


def _reached(parse: Parse, governor: int, clause: int) -> list[int]:
    """Whom the verb of calling or the paper above the clause reaches."""
    papers = words("events", "sets", "papers")
    if parse.is_noun(governor):
        return prepositional(parse, governor, "to") if parse.lemma[governor] in papers else []
    if parse.lemma[governor] not in words("events", "grammar", "addressing"):
        return []
    things = [kid for kid in parse.children(governor, "dobj", "dative") if kid < clause]
    written = [kid for kid in things if parse.lemma[kid] in papers]
    to = [*prepositional(parse, governor, "to"), *(one for kid in written for one in prepositional(parse, kid, "to"))]
    return [one for one in to if one < clause] or [kid for kid in things if kid not in written]
