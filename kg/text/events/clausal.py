"""What clause follows a verb: an infinitive, a gerund, a that-clause that says what must be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.subjects import objects

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

_SUFFERING = frozenset({"face", "risk", "suffer", "be", "pay", "die", "lose"})
_OWN = frozenset({"our", "my", "his", "her", "their"})


def governs(parse: Parse, index: int, form: str, lemmas: frozenset[str], companion: int | None) -> bool:
    """Whether an infinitive, gerund or that-clause follows, of one of the verbs if any are told."""
    below = list(parse.children(index, "xcomp", "ccomp", "advcl"))
    if companion is not None:
        below.extend(parse.children(companion, "acl", "relcl"))  # "gave them two days to leave"
    for kid in below:
        infinitive = any(parse.word[item] == "to" for item in parse.children(kid, "aux"))
        told = not lemmas or parse.lemma[kid] in lemmas
        if form == "inf" and infinitive and told:
            return True
        hung = parse.dep[kid] == "acl" and any(parse.word[mark] == "that" for mark in parse.children(kid, "mark"))
        if form == "that" and not infinitive and (parse.dep[kid] == "ccomp" or hung):
            return True  # "sent word that"
        if form == "bare" and parse.tag[kid] == "VB" and not infinitive and told:
            return True  # "make Chad *pay*"
        if form == "ing" and parse.tag[kid] == "VBG" and told:
            return True
    return False


def is_ultimatum(_document: Document, parse: Parse, index: int) -> bool:
    """Whether it is told what comes of not doing it: "two days to leave *or face* war"."""
    clauses = [
        *parse.children(index, "xcomp", "ccomp", "advcl"),
        *(kid for item in objects(parse, index) for kid in parse.children(item, "acl", "relcl")),
    ]
    return any(
        parse.lemma[other] in _SUFFERING and any(parse.word[kid] == "or" for kid in parse.children(clause, "cc"))
        for clause in clauses
        for other in parse.children(clause, "conj")
    )


def is_kept_from(parse: Parse, index: int, preposition: str) -> bool:
    """ "stopped the allies *from opening* talks"."""
    return any(
        parse.word[kid] == preposition and parse.child(kid, "pcomp") is not None
        for owner in (index, *objects(parse, index))
        for kid in parse.children(owner, "prep")
    )


def has_for_to(_document: Document, parse: Parse, index: int) -> bool:
    """ "called *for* the army *to* leave"."""
    return any(
        {"for", "to"} <= {parse.word[kid] for kid in parse.children(clause, "mark", "aux")}
        for clause in parse.children(index, "advcl", "ccomp", "xcomp")
    )


def wants_done(_document: Document, parse: Parse, index: int) -> bool:
    """ "wants it *lifted*"."""
    return any(
        parse.tag[kid] == "VBN" and parse.child(kid, "aux") is None and parse.child(kid, "nsubj") is not None
        for kid in parse.children(index, "ccomp")
    )


def is_beknown(_document: Document, parse: Parse, index: int) -> bool:
    """ "Let it be *known* that"."""
    return any(parse.lemma[kid] == "know" for kid in parse.children(index, "ccomp", "xcomp"))


def is_clear(_document: Document, parse: Parse, index: int) -> bool:
    return any(parse.word[kid] == "clear" for kid in parse.children(index, "ccomp", "acomp", "oprd", "xcomp"))


def is_obliging(parse: Parse, clause: int, wanted: str) -> bool:
    """Whether a that-clause says what must (or should) be done."""
    if wanted == "must" and parse.tag[clause] == "VB" and parse.child(clause, "aux", "auxpass") is None:
        return parse.child(clause, "nsubj") is not None  # "insisted that the army leave"
    passive = parse.child(clause, "auxpass")
    if wanted == "must" and passive is not None and parse.tag[passive] == "VB" and parse.child(clause, "aux") is None:
        return parse.child(clause, "nsubjpass") is not None  # "insisted that they be freed"
    modals = ("must",) if wanted == "must" else ("should", "ought")
    own = parse.children(clause, "aux")
    first = parse.subtree(clause)[0]  # "should Chad err again": a condition
    if wanted == "must" and _is_advised(parse, clause):
        return False
    return any(parse.word[kid] in modals and kid != first and parse.dep[kid + 1] != "nsubj" for kid in own)


def _is_advised(parse: Parse, clause: int) -> bool:
    """Whether a duty is the speaker's own, or nobody's: "*we* must act", "*his* men must", "the nation must *not*"."""
    heads = list(parse.children(clause, "nsubj", "nsubjpass"))
    if any(parse.word[head] in ("we", "i") or parse.word[head - 1] in _OWN for head in heads):
        return True
    denied = parse.child(clause, "neg") is not None
    return denied and not any(parse.tag[head].startswith("NNP") for head in heads)
