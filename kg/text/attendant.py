"""Repairs the parse of who stands aside at a vote, told after "with": "with Peru, Chad and Mali *abstaining*"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

_STANDING = frozenset({"abstain", "dissent", "vote"})
_BETWEEN = frozenset({"NNP", "NNPS", "NN", "NNS", "CC", ",", "DT", "IN", "JJ", "CD"})


def hang_attendants(parse: Parse) -> None:
    """Hangs the gerund below "with", and the names between below it, where the parser joined it to something else."""
    for index, lemma in enumerate(parse.lemma):
        if lemma not in _STANDING or parse.tag[index] != "VBG" or parse.dep[index] == "pcomp":
            continue
        preposition = _with_before(parse, index)
        names = None if preposition is None else parse.child(preposition, "pobj")
        if preposition is None or names is None or (parse.head[index] == index and not _raise_passive(parse, index)):
            continue
        parse.move(index, preposition, "pcomp")
        parse.move(names, index, "nsubj")


def _raise_passive(parse: Parse, index: int) -> bool:
    """Makes "[the text] adopted by 12 votes" the root of the sentence, where that is the gerund's subject."""
    subject = parse.child(index, "nsubj", "nsubjpass")
    passive = next(parse.children(subject, "acl"), None) if subject is not None else None
    if subject is None or passive is None:
        return False
    parse.raise_root(passive, index, "advcl")
    parse.move(subject, passive, "nsubjpass")
    return True


def _with_before(parse: Parse, index: int) -> int | None:
    """The "with" before the names that stand before a gerund."""
    start = parse.sentences[parse.sentence[index]][0]
    for before in range(index - 1, start - 1, -1):
        if parse.word[before] == "with":
            return before
        if parse.tag[before] not in _BETWEEN:
            return None
    return None
