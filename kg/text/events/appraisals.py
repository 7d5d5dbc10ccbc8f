"""What something is called: "called the raid *an outrage*", "described it as *piracy*", however it is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import actors
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.document import Document
    from kg.text.parse import Parse

_NAMING = frozenset({"call", "brand", "label", "declare", "dub", "term", "pronounce"})
_OPENING = frozenset({'"', "“", "``", "'", "‘", "`"})
_GUILTY = frozenset({"responsible", "guilty", "culpable", "liable", "answerable", "blame", "culprit", "complicit"})
_BEARING = frozenset({"bear", "carry", "share", "shoulder", "have"})
_GUILT = frozenset({"responsibility", "blame", "guilt"})
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
    blamed = any(parse.lemma[kid] == "blame" and parse.tag[kid] == "VB" for kid in parse.children(verb, "xcomp"))
    return blamed or _is_called(parse, verb, words("events", "appraisal", "answering"))


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


def is_blaming(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether somebody else is said to be guilty: "said that Chad *was to blame*", "bore responsibility"."""
    for clause in parse.children(verb, "ccomp"):
        others = [kid for kid in parse.children(clause, "nsubj") if not parse.tag[kid].startswith("PRP")]
        if not others or parse.child(clause, "neg") is not None:
            continue
        told = [kid for kid in parse.kids[clause] if parse.dep[kid] in ("acomp", "xcomp", "attr")]
        if parse.lemma[clause] == "be" and any(parse.lemma[kid] in _GUILTY for kid in told):
            return True
        if parse.lemma[clause] in _BEARING and any(
            parse.lemma[kid] in _GUILT for kid in parse.children(clause, "dobj")
        ):
            return True
    return False


def is_abused(document: Document, parse: Parse, index: int) -> bool:
    """Whether somebody is called names: "called Ann Lee *a liar*"."""
    return bool(actors(document, parse, objects(parse, index))) and _is_called_names(parse, index)


def is_named(parse: Parse, index: int) -> bool:
    """Whether the object is only called something: "called him 'reckless'", "called Mali a friend"."""
    if parse.child(index, "oprd", "xcomp", "ccomp", "acomp", "attr") is not None:
        return True
    for name in objects(parse, index):
        for noun in (name, *parse.children(name, "appos")):
            if any(_is_indefinite(parse, kid) for kid in parse.children(noun, "appos")):
                return True  # "called his colleague, Ann Lee, a liar"
    ends = (parse.subtree(head)[1] for head in objects(parse, index))
    return any(parse.word[end] in _OPENING for end in ends if end < parse.size)


def _is_called_names(parse: Parse, index: int) -> bool:
    """ "called him a madman": some noun after the object, and no kind one."""
    nouns = [
        *parse.children(index, "oprd", "attr"),
        *(n for o in objects(parse, index) for n in parse.children(o, "appos")),
    ]
    nouns = [noun for noun in nouns if parse.tag[noun] == "NN" and _is_indefinite(parse, noun)]
    return bool(nouns) and not any(parse.lemma[noun] in words("events", "sets", "endearing") for noun in nouns)


def _is_indefinite(parse: Parse, noun: int) -> bool:
    return any(parse.word[kid] in ("a", "an") for kid in parse.children(noun, "det"))
