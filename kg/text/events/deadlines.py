"""Ultimatums told by the time that is given: "gave the rebels until Friday to withdraw", "a last chance to pay"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.document import Document
    from kg.text.parse import Parse

_TERMS = frozenset({"until", "till", "by"})
_GOING = frozenset({"leave", "depart", "quit", "go"})
_FINAL = frozenset({"last", "final", "one"})


def is_deadline(parse: Parse, verb: int) -> bool:
    """Whether a time is given in which something is to be done."""
    terms = [kid for kid in parse.children(verb, "dobj", "npadvmod") if _is_term(parse, kid)]
    if not (terms or is_until(parse, verb)):
        return False
    return any(_is_infinitive(parse, clause) for clause in _clauses(parse, verb, terms))


def is_until(parse: Parse, verb: int) -> bool:
    """Whether the day beside the verb is that by which something is to be done."""
    return any(parse.word[kid] in _TERMS for kid in parse.children(verb, "prep"))


def is_leaving(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether those given a time are to be gone by then: "has given the envoys until Sunday to leave"."""
    for clause in parse.children(verb, "xcomp", "advcl", "ccomp"):
        if parse.lemma[clause] in _GOING and _is_infinitive(parse, clause):
            return any(parse.word[here] in _TERMS for here in range(verb, clause))
    return False


def _clauses(parse: Parse, verb: int, terms: list[int]) -> Iterator[int]:
    yield from parse.children(verb, "xcomp", "advcl", "ccomp")
    for term in terms:
        yield from parse.children(term, "acl", "relcl", "xcomp")
        for kid in parse.children(term, "prep"):
            yield from (
                clause for time in parse.children(kid, "pobj") for clause in parse.children(time, "acl", "relcl")
            )


def _is_infinitive(parse: Parse, clause: int) -> bool:
    return any(parse.word[kid] == "to" for kid in parse.children(clause, "aux"))


def _is_term(parse: Parse, noun: int) -> bool:
    lemma = parse.lemma[noun]
    if lemma in ("chance", "opportunity", "warning"):
        return any(parse.word[kid] in _FINAL for kid in parse.children(noun, "amod", "nummod"))
    return lemma in words("events", "sets", "terms")
