"""Turns that look unreal and tell of a deed done: "took the step of leaving", "would leave years later"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

_STEPS = frozenset({"step", "liberty", "trouble", "precaution", "opportunity", "chance"})
OCCASIONS = frozenset({"opportunity", "chance", "occasion", "moment"})
_DENYING = frozenset({"hesitate", "stop", "cease", "fail", "forget", "neglect", "omit", "help"})
_PLAINNESS = frozenset({"surprise", "secret", "doubt", "wonder", "coincidence", "accident", "question"})
_TOLD = frozenset({"ROOT", "conj", "relcl", "advcl"})
_PLAIN = frozenset({"did", "has", "have", "had"})
_PAST = frozenset({"VBD", "VBN"})


def is_done(parse: Parse, here: int, head: int) -> bool:
    """Whether what governs a clause, for all its form, says that it was done."""
    label = parse.dep[here]
    if label == "pcomp":
        noun = parse.head[head]
        taken = parse.lemma[parse.head[noun]] == "take" and parse.dep[noun] in ("dobj", "nsubjpass")
        return parse.word[head] == "of" and parse.lemma[noun] in _STEPS and taken
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    if infinitive and _is_chance(parse, here, head):
        return True
    if label not in ("xcomp", "advcl"):
        return False
    if parse.lemma[head] in ("dare", "help"):  # "dared to vote against it", "helped draft it"
        return parse.tag[head] in _PAST and label == "xcomp" and parse.child(head, "dobj") is None
    if parse.word[head] == "had":  # "had to leave", but not "said that it had to"
        return infinitive and parse.dep[head] in _TOLD
    return parse.word[head] == "far" and any(parse.word[kid] == "as" for kid in parse.children(here, "mark"))


def _is_chance(parse: Parse, here: int, head: int) -> bool:
    """ "Took the opportunity to thank", "used the occasion to warn": and did so."""
    noun, verb = head, parse.head[head]
    if parse.dep[here] in ("advcl", "xcomp"):
        verb, noun = head, parse.child(head, "dobj") or head
    taken = parse.lemma[verb] in ("take", "seize", "use", "grab") and parse.tag[verb] in (*_PAST, "VBG")
    return taken and parse.dep[noun] == "dobj" and parse.lemma[noun] in OCCASIONS


def is_undenied(parse: Parse, here: int, head: int) -> bool:
    """ "Did not hesitate to leave", "has not stopped shelling": what is denied of a denial took place."""
    if parse.lemma[head] not in _DENYING or parse.dep[here] != "xcomp" or parse.dep[head] not in _TOLD:
        return False
    denied = any(parse.dep[kid] == "neg" or parse.word[kid] == "never" for kid in parse.kids[head])
    auxiliaries = [parse.word[kid] for kid in parse.children(head, "aux")]
    finite = parse.tag[head] == "VBD" if not auxiliaries else set(auxiliaries) <= _PLAIN
    return denied and (finite or (parse.lemma[head] == "help" and auxiliaries == ["could"]))


def is_plain(parse: Parse, noun: int) -> bool:
    """ "It was *no secret* that Mali had left", "there is *no doubt* that": and it had."""
    return parse.lemma[noun] in _PLAINNESS and any(
        parse.word[mark] == "that" for kid in parse.children(noun, "acl", "relcl") for mark in parse.kids[kid]
    )


def has_come(parse: Parse, clause: int) -> bool:
    """ "Were calm until Mali left": a past after until or once, below nothing that is yet to come."""
    if not any(parse.word[kid] in ("until", "till", "once") for kid in parse.children(clause, "mark", "advmod")):
        return False
    past = parse.tag[clause] == "VBD" or any(parse.word[kid] in ("had", "was", "were") for kid in parse.kids[clause])
    above = parse.head[clause]
    open_yet = any(parse.tag[kid] == "MD" or parse.word[kid] == "to" for kid in parse.children(above, "aux"))
    told = parse.tag[above] == "VBD" or any(parse.word[kid] in ("had", "was", "were") for kid in parse.kids[above])
    return past and told and not open_yet and parse.dep[above] in ("ROOT", "conj")


def is_hindsight(parse: Parse, verb: int) -> bool:
    """ "Would leave it three years *later*", "would *go on* to lead it": the past's future, seen from after it."""
    if parse.dep[verb] not in ("ROOT", "relcl", "conj"):
        return False
    if parse.lemma[verb] == "go" and parse.child(verb, "xcomp") is not None:
        return any(parse.word[kid] == "on" for kid in parse.kids[verb])
    return any(parse.word[kid] == "later" and parse.child(kid, "npadvmod") is not None for kid in parse.kids[verb])


def is_at_once(parse: Parse, noun: int) -> bool:
    """ "Lost *no time* in leaving": and left; "made *no secret* of his anger"."""
    if parse.lemma[noun] in ("secret", "bone"):
        return parse.lemma[parse.head[noun]] == "make"
    return parse.lemma[noun] == "time" and parse.lemma[parse.head[noun]] in ("lose", "waste")
