"""What something is called: "called the raid *an outrage*", "described it as *piracy*", however it is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.document import Document
    from kg.text.parse import Parse

_NAMING = frozenset({"call", "brand", "label", "declare", "dub", "term", "pronounce"})
_PREDICATES = ("oprd", "attr", "acomp", "xcomp", "ccomp", "advcl")


def is_damned(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether it is called something bad: "branded the vote a sham"."""
    names = words("events", "appraisal", "damning")
    if parse.lemma[verb] in ("call", "brand", "label", "dub", "denounce", "condemn", "slam"):
        names = names | words("events", "appraisal", "faults")
    return _is_called(parse, verb, names)


def is_dismissed(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether it is called untrue or out of the question: "described the report as pure invention"."""
    return _is_called(parse, verb, words("events", "appraisal", "dismissing"))


def is_held(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether somebody is held to have done it: "held Chad accountable"."""
    return _is_called(parse, verb, words("events", "appraisal", "answering"))


def _is_called(parse: Parse, verb: int, names: frozenset[str]) -> bool:
    for predicate in _predicates(parse, verb):
        inner = prepositional(parse, predicate, "of")
        qualities = [predicate, *parse.children(predicate, "amod", "compound"), *inner]
        if any(f"{parse.lemma[predicate]} of {parse.lemma[one]}" in names for one in inner):
            return True
        if any(parse.dep[kid] == "neg" or parse.word[kid] in ("no", "not") for kid in parse.kids[predicate]):
            continue  # "called it no crime"
        if any(parse.lemma[one] in names or parse.word[one] in names for one in qualities):
            return True
    return False


def _predicates(parse: Parse, verb: int) -> Iterator[int]:
    """The words that say what the object is: its complement, what stands after "as", or what seems to modify it."""
    spoken = prepositional(parse, verb, "of") if parse.lemma[verb] in ("speak", "talk") else []
    for head in [*_complements(parse, verb), *_as(parse, verb), *spoken]:
        if not parse.is_verb(head) or parse.tag[head] in ("VBN", "VBG"):
            yield from parse.conjuncts(head)
    for thing in objects(parse, verb):
        if parse.lemma[verb] in _NAMING and any(parse.tag[kid] == "NNS" for kid in parse.children(thing, "compound")):
            yield thing  # "called [the letters forgeries]"
        for kid in parse.children(thing, "amod", "appos", "acl"):
            if kid > thing:
                yield from parse.conjuncts(kid)
        for noun in parse.children(thing, "prep"):
            for inner in parse.children(noun, "pobj"):
                yield from (kid for kid in parse.children(inner, "appos", "amod") if kid > inner)


def _complements(parse: Parse, verb: int) -> list[int]:
    return [
        kid
        for kid in parse.children(verb, *_PREDICATES)
        if kid > verb and parse.child(kid, "aux", "mark", "cop") is None
    ]


def _as(parse: Parse, verb: int) -> list[int]:
    """What stands after "as": a noun, an adjective, a participle."""
    owners = [verb, *objects(parse, verb)]
    return [
        filler
        for owner in owners
        for kid in parse.children(owner, "prep")
        if parse.word[kid] == "as" and kid > verb
        for filler in parse.children(kid, "pobj", "amod", "pcomp", "acomp", "advmod")
    ]
