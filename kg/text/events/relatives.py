"""What a relative pronoun stands for, and who is said to be what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.conjuncts import RELATIVE_WORDS
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse


_ISSUING = frozenset({"adopt", "pass", "approve", "endorse", "issue", "release", "publish", "sign", "send", "write"})
_OWNING = frozenset({"of", "to", "in", "at", "for", "from", "behind"})
_COUNTS = frozenset({"thousand", "hundred", "dozen", "million", "score", "ten"})


def antecedent(parse: Parse, verb: int, pronoun: int) -> int:
    """The noun that a relative pronoun stands for, or the token itself."""
    if parse.word[pronoun] in RELATIVE_WORDS and parse.tag[pronoun].startswith("W"):
        here = verb
        while parse.dep[here] == "conj" and parse.is_verb(parse.head[here]):
            here = parse.head[here]
        picked = _picked_out(parse, here)
        if picked >= 0:
            return picked
        if parse.dep[here] in ("relcl", "acl"):
            return described(parse, parse.head[here], parse.word[pronoun])
        while parse.dep[here] in ("ccomp", "xcomp") and parse.is_verb(parse.head[here]):
            here = parse.head[here]
            if parse.dep[here] == "relcl":
                return described(parse, parse.head[here], parse.word[pronoun])
    return pronoun


def _picked_out(parse: Parse, clause: int) -> int:
    """Who "it was *Chad* that voted" is about, where the parser takes the clause for a content; -1 if nobody."""
    verb = parse.head[clause]
    if parse.dep[clause] != "ccomp" or parse.lemma[verb] != "be":
        return -1
    subject, named = parse.child(verb, "nsubj"), parse.child(verb, "attr")
    told = subject is not None and named is not None and parse.word[subject] == "it" and named < clause
    return named if told and named is not None else -1


def described(parse: Parse, noun: int, pronoun: str) -> int:
    """The person behind "the leader of Chad, who": the parser hangs the clause on the nearest name."""
    here = noun
    if pronoun in ("who", "whom"):
        while parse.entity[here] in ("GPE", "ORG", "NORP", "LOC") and parse.dep[here] == "pobj":
            owner = parse.head[parse.head[here]]
            if not parse.is_noun(owner):
                break
            here = owner
        here = _owner(parse, here)
    while parse.dep[here] == "appos" and parse.is_noun(parse.head[here]):
        here = parse.head[here]
    issuer = _issuer(parse, here) if pronoun in ("which", "that") else -1
    return issuer if issuer >= 0 else equated(parse, here)


def _issuer(parse: Parse, paper: int) -> int:
    """Whose words a paper is: "*the council* adopted a resolution that urges"; -1 where it is no paper of theirs."""
    verb = parse.head[paper]
    if parse.lemma[paper] not in words("events", "sets", "papers") or parse.lemma[verb] not in _ISSUING:
        return -1
    if parse.dep[paper] != "dobj" or parse.is_passive(verb):
        return -1
    subject = parse.child(verb, "nsubj")
    while subject is None and parse.dep[verb] == "conj" and parse.is_verb(parse.head[verb]):
        verb = parse.head[verb]
        subject = parse.child(verb, "nsubj")
    told = (
        subject is not None and parse.is_noun(subject) and parse.lemma[subject] not in words("events", "sets", "papers")
    )
    return subject if subject is not None and told else -1


def _owner(parse: Parse, noun: int) -> int:
    """ "The heads of the chambers, who", "the heir to a fortune who": chambers are no persons, and their heads are."""
    people = words("events", "sets", "office") | words("groups", "people", "Group") | words("groups", "cited")
    preposition = parse.head[noun]
    if parse.dep[noun] != "pobj" or parse.word[preposition] not in _OWNING or parse.tag[noun] not in ("NN", "NNS"):
        return noun
    owner = parse.head[preposition]
    if parse.lemma[noun] in people or parse.lemma[noun] in _COUNTS:
        return noun
    return owner if parse.lemma[owner] in people else noun


def equated(parse: Parse, noun: int) -> int:
    """Who is said to be the noun: "Chad was the first *country* to", "he was among *leaders* attending"."""
    while parse.dep[noun] == "pobj" and parse.word[parse.head[noun]] == "of" and _is_part(parse, noun):
        noun = parse.head[parse.head[noun]]  # "among the *handful of governments* that voted"
    whole = parse.head[parse.head[noun]] if parse.word[parse.head[noun]] == "of" else noun
    if parse.dep[whole] == "nsubj" and parse.lemma[parse.head[whole]] == "be":
        named = parse.child(parse.head[whole], "attr")  # "one of those that voted for it was *Chad*"
        return noun if named is None or not parse.tag[named].startswith("NNP") else named
    verb = parse.head[noun]
    if parse.dep[noun] == "pobj" and parse.word[verb] in ("among", "of"):
        verb = parse.head[verb] if parse.word[verb] == "among" else parse.head[parse.head[verb]]
    elif parse.dep[noun] == "npadvmod" and parse.is_verb(verb) and _is_singled_out(parse, noun):
        subject = parse.child(verb, "nsubj")  # "*Ann Lee* landed on Sunday, the first premier to do so"
        return noun if subject is None else subject
    elif parse.dep[noun] != "attr":
        return noun
    if parse.lemma[verb] not in ("be", "become", "remain"):
        return noun
    subject = parse.child(verb, "nsubj")
    return noun if subject is None or parse.word[subject] in ("it", "there", "this", "that") else subject


def _is_part(parse: Parse, noun: int) -> bool:
    """Whether it is those of a few who are among others: "among the handful of governments"."""
    part = parse.head[parse.head[noun]]
    among = parse.dep[part] == "pobj" and parse.word[parse.head[part]] == "among"
    return among and parse.lemma[part] in words("events", "grammar", "partitive")


def _is_singled_out(parse: Parse, noun: int) -> bool:
    """ "the *first* president to"."""
    return any(parse.word[kid] in ("first", "last", "only", "latest") for kid in parse.children(noun, "amod"))
