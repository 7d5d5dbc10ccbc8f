"""Phrases that hang on a noun or verb: prepositional objects, and modifiers before a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

ADDRESSING = frozenset({"tell", "address", "brief", "inform", "startle", "assure", "remind"})


def addressed(parse: Parse, verb: int) -> list[int]:
    """The clause that says where and when those were to whom one spoke: "told a crowd that *gathered* in Lima"."""
    if parse.lemma[verb] not in ADDRESSING:
        return []
    heard = list(parse.children(verb, "dobj", "dative"))
    heard.extend(noun for crowd in list(heard) for noun in prepositional(parse, crowd, "of"))
    clauses = [clause for noun in heard for clause in parse.children(noun, "relcl", "acl")]
    return [clause for clause in clauses if parse.tag[clause] in ("VBD", "VBN", "VBG")]


def prepositional(parse: Parse, head: int, word: str) -> list[int]:
    """Objects of the preposition ``word`` under ``head``, through stacked prepositions and coordination."""
    found: list[int] = []
    if word == "of":
        # "pulled the country out of the pact"
        found.extend(
            f
            for out in parse.children(head, "prep", "prt")
            if parse.word[out] == "out"
            for f in prepositional(parse, out, "of")
        )
    for kid in parse.kids[head]:
        if parse.dep[kid] in ("prep", "agent", "dative") and parse.word[kid] == word:
            found.extend(parse.children(kid, "pobj"))
            for other in parse.children(kid, "conj"):
                if parse.word[other] == word:
                    found.extend(parse.children(other, "pobj"))
    return found


def by_phrases(parse: Parse, verb: int) -> list[int]:
    """The fillers of "by" below a verb; a by-phrase with "not" is nobody's."""
    return [
        filler
        for kid in parse.kids[verb]
        if parse.dep[kid] in ("agent", "prep", "conj") and parse.word[kid] == "by"
        for preposition in parse.conjuncts(kid)
        if not any(parse.dep[neg] == "neg" for neg in parse.kids[preposition])
        for filler in parse.children(preposition, "pobj")
    ]


def modifiers(parse: Parse, noun: int) -> list[int]:
    """What stands before a noun: "Malian", "NATO", and who leads it: "*NATO*-led"."""
    before = list(parse.children(noun, "amod", "compound", "nmod"))
    leading = [one for kid in before if parse.word[kid] == "led" for one in parse.kids[kid] if one < kid - 1]
    return [kid for kid in before if not parse.is_verb(kid)] + leading


def shared(parse: Parse, verb: int) -> list[int]:
    """The object of a verb joined right after: "stormed and looted *the embassy*", "first froze and then cut aid"."""
    if parse.child(verb, "prep", "ccomp", "xcomp", "dative", "prt") is not None:
        return []
    for other in parse.children(verb, "conj"):
        if parse.is_verb(other) and other - verb <= 3 and parse.child(other, "nsubj", "nsubjpass") is None:
            return [kid for kid in parse.children(other, "dobj", "obj") if kid > other]
    return []
