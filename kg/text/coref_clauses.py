"""Who acts on whom around a pronoun, by the parse alone: "Hu rang Obama to thank *him*", "demanded that *it* go"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

_JOINED = frozenset({"advcl", "conj", "xcomp"})
_TOWARDS = frozenset({"on", "against", "at", "with", "to", "for"})
_DEEP = 3


def is_bidden(parse: Parse, pronoun: int) -> bool:
    """Whether a clause tells what its subject is to do: "the council demanded that *it* withdraw"."""
    verb = parse.head[pronoun]
    if parse.dep[verb] != "ccomp" or parse.tag[verb] not in ("VB", "VBP") or parse.child(verb, "aux") is not None:
        return False
    marked = any(parse.word[kid] == "that" for kid in parse.children(verb, "mark"))
    return marked and parse.lemma[parse.head[verb]] in words("modality", "clause", "demanded")


def doers(parse: Parse, verb: int) -> list[int]:
    """The subject of a verb; where it has none, that of the clause it is joined to: "expelled them, accusing *it*"."""
    here = verb
    for _ in range(_DEEP):
        found = list(parse.children(here, "nsubj", "nsubjpass"))
        above = parse.head[here]
        if found or parse.dep[here] not in _JOINED or not parse.is_verb(above):
            return found
        if parse.dep[here] == "xcomp" and parse.child(above, "dobj", "dative") is not None:
            return []  # "urged Mali to free him"
        here = above
    return []


def vehicle(parse: Parse, pronoun: int) -> int | None:
    """The ship or plane that "it" is, the subject around it or of the sentence before: "*it* was hit"."""
    if parse.dep[pronoun] not in ("nsubj", "nsubjpass"):
        return None
    start = parse.sentences[max(parse.sentence[pronoun] - 1, 0)][0]
    nouns = (i for i in range(pronoun - 1, start - 1, -1) if parse.dep[i] in ("nsubj", "nsubjpass"))
    subject = next((i for i in nouns if parse.tag[i] != "PRP"), None)
    known = words("events", "sets", "vehicles")
    return subject if subject is not None and parse.tag[subject] == "NN" and parse.lemma[subject] in known else None


def patients(parse: Parse, pronoun: int) -> list[int]:
    """What the clause before does something to, nearest first: "turned on *Chad*, accusing it"."""
    verb = parse.head[pronoun]
    if parse.dep[pronoun] not in ("dobj", "dative") or parse.dep[verb] not in _JOINED:
        return []
    above = parse.head[verb]
    if not parse.is_verb(above) or above > verb or parse.child(verb, "nsubj", "nsubjpass") is not None:
        return []
    things = [kid for kid in parse.children(above, "dobj", "dative") if kid < verb]
    beside = [kid for thing in things for kid in parse.children(thing, "appos")]
    found = [*things, *beside]
    for owner in (above, *things):
        for kid in parse.children(owner, "prep"):
            if parse.word[kid] in _TOWARDS and kid < verb:
                found.extend(parse.children(kid, "pobj"))
    return found


def harmed_by(parse: Parse, pronoun: int) -> int | None:
    """Who does harm to what a possessive tells the owner of, and is not he: "*Chad* had shelled its posts"."""
    thing = parse.head[pronoun]
    verb = parse.head[thing]
    if parse.lemma[thing] in words("events", "grammar", "related"):
        return None  # "Chad accused its neighbour"
    if parse.dep[thing] != "dobj" or parse.lemma[verb] not in words("naming", "harming"):
        return None
    return parse.child(verb, "nsubj")


def is_absolute(parse: Parse, noun: int) -> bool:
    """Whether a noun is the subject of a participle after "with": "with *France* abstaining"."""
    clause = parse.head[noun]
    return parse.dep[noun] == "nsubj" and parse.tag[clause] == "VBG" and parse.word[parse.head[clause]] == "with"
