"""Verbs joined to what was said, not to who said it: "recalled that rebels *had* come and *had* burnt the town"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

_AUXILIARIES = frozenset({"have", "be"})


def join_reported(parse: Parse) -> None:
    """Hangs a verb below that of the clause reported where they share an auxiliary that the reporting verb lacks."""
    telling = words("modality", "clause", "reported")
    for index in range(parse.size):
        teller = parse.head[index]
        if parse.dep[index] != "conj" or parse.lemma[teller] not in telling or not parse.is_verb(index):
            continue
        if parse.child(teller, "aux", "auxpass") is not None:
            continue
        if parse.child(index, "nsubj", "nsubjpass", "expl") is not None:
            continue
        told = _told(parse, teller, index)
        if told is not None and _auxiliaries(parse, index) & _auxiliaries(parse, told):
            parse.move(index, told, "conj")


def raise_tellers(parse: Parse) -> None:
    """Joins "said that Kenya had come late, and [urged] others to hurry" to who says it: a comma ends what is said."""
    telling = words("modality", "clause", "reported") | words("modality", "clause", "demanded")
    for index in range(2, parse.size):
        told, teller = parse.head[index], parse.head[parse.head[index]]
        if parse.dep[index] != "conj" or parse.lemma[index] not in telling or parse.dep[told] != "ccomp":
            continue
        if parse.lemma[teller] not in telling or parse.tag[teller] != "VBD" or not teller < told < index:
            continue
        joined = parse.word[index - 2 : index] in ([",", "and"], [",", "but"]) or parse.tag[told] == "VB"
        plain = parse.child(index, "nsubj", "nsubjpass", "aux", "auxpass", "expl") is None
        if joined and plain and parse.tag[index] in ("VBD", "VBN") and parse.tag[told] != "VBD":
            parse.tag[index] = "VBD"
            parse.move(index, teller, "conj")


def _told(parse: Parse, teller: int, before: int) -> int | None:
    """The verb of the last clause reported that stands between the reporting verb and ``before``."""
    clauses = [kid for kid in parse.children(teller, "ccomp") if teller < kid < before and parse.is_verb(kid)]
    return clauses[-1] if clauses else None


def _auxiliaries(parse: Parse, verb: int) -> frozenset[str]:
    """The auxiliaries of a verb as written; modal verbs, forms of "have" and "be"."""
    return frozenset(
        parse.word[kid]
        for kid in parse.children(verb, "aux", "auxpass")
        if parse.tag[kid] == "MD" or parse.lemma[kid] in _AUXILIARIES
    )
