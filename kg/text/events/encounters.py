"""Words that mean a meeting, a summit or a delivery by who or what stands with them: "called on Ann Lee"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import actors
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, subjects
from kg.text.lexicon import words
from kg.text.weekdays import WEEKDAYS

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

_BLOCS = frozenset({"IntergovernmentalOrganisation", "Organisation"})
_ARRANGING = frozenset({"be", "due", "expect", "schedule", "slate", "set", "plan"})
_GOING = frozenset({"go", "come", "fly", "travel", "drive", "rush", "hurry", "return", "allow", "permit"})


def is_visited(document: Document, parse: Parse, verb: int) -> bool:
    """Whether somebody is called on, and for nothing: no infinitive, no "for", and one person named."""
    people = prepositional(parse, verb, "on")
    for owner in (verb, *people):
        below = parse.children(owner, "xcomp", "ccomp", "advcl", "acl")
        if any(parse.word[mark] == "to" for kid in below for mark in parse.children(kid, "aux")):
            return False
    for here in range(verb + 1, parse.subtree(verb)[1]):
        if parse.word[here] in (",", "and"):
            break  # "called on Ann Lee, at whose house he stayed for an hour"
        if parse.tag[here] == "TO" or parse.word[here] in ("to", "for", "not"):
            return False
    return any(_is_person(document, parse, head) for head in people)


def is_several(document: Document, parse: Parse, verb: int) -> bool:
    """Whether two or more talk, to each other if to nobody else: "Ann Lee and Tom Hill talked for an hour"."""
    if any(parse.word[kid] in ("to", "about", "of", "at", "before") for kid in parse.children(verb, "prep")):
        return False
    if parse.child(verb, "ccomp", "dobj", "xcomp") is not None:
        return False
    found = [one for one in actors(document, parse, subjects(parse, verb)) if one.kind == "Person"]
    return len(found) > 1


def is_jointly(document: Document, parse: Parse, verb: int) -> bool:
    """Whether two or more do it: "Chad and Libya opened a pipeline"."""
    return len(actors(document, parse, subjects(parse, verb))) > 1


def is_counterpart(document: Document, parse: Parse, verb: int) -> bool:
    """Whether it is a person with whom time is spent: "spent two days with Ann Lee"."""
    owners = (verb, *objects(parse, verb))
    return any(_is_person(document, parse, head) for owner in owners for head in prepositional(parse, owner, "with"))


def is_awaited(document: Document, parse: Parse, verb: int) -> bool:
    """Whether somebody is seen by appointment: "went to see Ann Lee", "will see", "saw her in Lima on Monday"."""
    if parse.child(verb, "xcomp", "ccomp") is None and (_is_gone_to(parse, verb) or _is_seen_then(parse, verb)):
        return any(_is_person(document, parse, head) for head in objects(parse, verb))
    auxiliaries = {parse.word[kid] for kid in parse.children(verb, "aux")}
    coming = bool(auxiliaries & {"will", "'ll"}) or (
        "to" in auxiliaries and parse.dep[verb] == "xcomp" and parse.lemma[parse.head[verb]] in _ARRANGING
    )
    return (
        coming
        and parse.child(verb, "xcomp", "ccomp") is None
        and any(parse.tag[head] == "NNP" and _is_person(document, parse, head) for head in objects(parse, verb))
    )


def _is_gone_to(parse: Parse, verb: int) -> bool:
    """ "Went *to see* her", "sees her *on Friday*"."""
    if parse.dep[verb] in ("xcomp", "advcl") and parse.lemma[parse.head[verb]] in _GOING:
        return any(parse.word[kid] == "to" for kid in parse.children(verb, "aux"))
    days = [*parse.children(verb, "npadvmod"), *prepositional(parse, verb, "on")]
    return parse.tag[verb] in ("VBZ", "VBP") and any(parse.lemma[day] in WEEKDAYS for day in days)


def _is_seen_then(parse: Parse, verb: int) -> bool:
    """ "Had seen her *there* on Wednesday", "saw him *for an hour*": it is told when, where or how long."""
    if parse.tag[verb] not in ("VBD", "VBN") or parse.is_passive(verb) or parse.dep[verb] == "relcl":
        return False
    if parse.child(verb, "neg", "advcl", "oprd", "acl") is not None:
        return False
    adverbs = {parse.lemma[kid] for kid in parse.children(verb, "advmod", "npadvmod")}
    if adverbs & {"never", "last", "first", "often", "rarely", "recently"}:
        return False  # "never saw her again": by chance, if at all
    sites = {parse.word[kid] for kid in parse.children(verb, "prep")} & {"in", "at", "for", "on"}
    return bool(sites) or bool(adverbs & (WEEKDAYS | {"there", "here", "yesterday", "today"}))


def is_by_name(document: Document, parse: Parse, verb: int) -> bool:
    """Whether a person is the object by his name: "put *Ann Lee* in his place", but not "put *him* in his place"."""
    return any(parse.tag[head] == "NNP" and _is_person(document, parse, head) for head in objects(parse, verb))


def is_dated(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether a day, month or year is told with it: "is seeking re-election *in May*"."""
    calendar = words("naming", "calendar")
    return any(parse.word[here] in calendar for here in range(verb + 1, parse.subtree(verb)[1]))


def is_undergone(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether it is done to the subject: "*was given* refuge in Chad"."""
    return parse.is_passive(verb)


def is_bloc(document: Document, parse: Parse, verb: int) -> bool:
    """Whether the subject is an organisation, which can convene its leaders."""
    return any(one.kind in _BLOCS for one in actors(document, parse, subjects(parse, verb)))


def is_enrolled(document: Document, parse: Parse, verb: int) -> bool:
    """Whether a state joins, or is admitted to, what has states for members: "returned to the Commonwealth"."""
    states = [*subjects(parse, verb), *objects(parse, verb)]
    if not any(one.kind == "State" for one in actors(document, parse, states)):
        return False
    heads = [*objects(parse, verb), *parse.children(verb, "attr")]
    owners = [verb, *heads, *parse.children(verb, "advmod", "prt")]
    heads += [head for owner in owners for word in ("of", "to", "into") for head in prepositional(parse, owner, word)]
    return any(one.kind == "IntergovernmentalOrganisation" for head in heads for one in document.refer(parse.doc[head]))


def is_act(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether what is justified was done by somebody, and is an event of its own: "explained its abstention"."""
    return any(parse.lemma[head] in words("events", "sets", "acts") for head in objects(parse, verb))


def is_unnamed(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether somebody only asks not to be named."""
    below = parse.children(verb, "xcomp", "ccomp", "advcl")
    return any(parse.lemma[kid] in ("name", "identify", "quote") and parse.is_passive(kid) for kid in below)


def is_heir(document: Document, parse: Parse, verb: int) -> bool:
    """Whether a person is named to or for whom another makes way."""
    heirs = [*prepositional(parse, verb, "to"), *prepositional(parse, verb, "for")]
    heirs.extend(one for way in objects(parse, verb) for one in prepositional(parse, way, "to"))
    return any(_is_person(document, parse, head) for head in heirs)


def are_rivals(document: Document, parse: Parse, verb: int) -> bool:
    """Whether one person gets the better of another, which politicians do at polls: "whom she defeated in 2012"."""
    sides = subjects(parse, verb), objects(parse, verb)
    return all(any(_is_person(document, parse, head) for head in side) for side in sides)


def is_arms(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether weapons are the subject: "the first of six howitzers"."""
    heads = subjects(parse, verb)
    heads = [*heads, *(inner for head in heads for inner in prepositional(parse, head, "of"))]
    return any(parse.lemma[head] in words("events", "sets", "arms") for head in heads)


def _is_person(document: Document, parse: Parse, head: int) -> bool:
    found = document.refer(parse.doc[head])
    return bool(found) and all(one.kind == "Person" for one in found)
