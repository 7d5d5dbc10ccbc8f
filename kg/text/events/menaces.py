"""What somebody says he, or another, will do or suffer: "said it would retaliate", "would not rule out force"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.matching import matches
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects
from kg.text.factuality.own import is_ended
from kg.text.lexicon import event_lexicon, menaces, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.document import Document
    from kg.text.parse import Parse

HOSTILE = frozenset(
    {"Attack", "Sanction", "Coercion", "Expulsion", "Detention", "Mobilisation", "Killing", "Veto", "Rejection"}
)
_COMING = frozenset({"will", "would", "shall", "'ll", "wo", "'d"})
_EXCLUDING = frozenset({"rule", "exclude", "preclude", "discount"})


def is_menacing(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether what is said is that somebody will strike, or be made to pay: "said it would respond in kind"."""
    return any(
        (_is_coming(parse, clause) and not _is_negated(parse, clause) and _is_menace(parse, clause))
        or (_is_coming(parse, clause) and _is_conditional(parse, clause))
        or _is_to_follow(parse, clause)
        for clause in _said(parse, verb)
    )


def is_hostile(_document: Document, parse: Parse, word: int) -> bool:
    """Whether what somebody vows or is ready to do is done against another: "vowed to block the deal"."""
    for clause in parse.children(word, "xcomp", "ccomp", "advcl", "acl"):
        if any(parse.word[kid] == "to" for kid in parse.children(clause, "aux")):
            for act in parse.conjuncts(clause):
                if not _is_negated(parse, act) and any(
                    (_is_menace(parse, act), _is_menace(parse, act, "Hostile"), _is_against(parse, act))
                ):
                    return True
    return False


def is_refusing(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether somebody vows not to do it: "vowed never to yield"."""
    return any(
        any(parse.word[kid] in ("not", "never") for kid in parse.children(clause, "neg", "advmod"))
        and any(parse.word[kid] == "to" for kid in parse.children(clause, "aux"))
        for clause in parse.children(verb, "xcomp", "ccomp", "advcl")
    )


def is_left_open(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether somebody refuses to exclude that he will strike: "refused to rule out force"."""
    return any(_excludes_force(parse, clause) for clause in parse.children(verb, "xcomp", "ccomp"))


def open_threats(parse: Parse, start: int, end: int) -> Iterator[int]:
    """Verbs that leave force open: "would not *rule out* air strikes", "has not *excluded* sanctions"."""
    for index in range(start, end):
        if parse.lemma[index] in _EXCLUDING and _is_negated(parse, index) and _excludes_force(parse, index):
            yield index


def _said(parse: Parse, verb: int) -> Iterator[int]:
    for clause in parse.children(verb, "ccomp", "xcomp", "advcl"):
        if any(parse.word[kid] in ("whether", "if") for kid in parse.children(clause, "mark")):
            continue
        if parse.dep[clause] != "advcl" or clause < verb:
            yield from parse.conjuncts(clause)


def _is_coming(parse: Parse, clause: int) -> bool:
    return any(parse.word[kid] in _COMING for kid in parse.children(clause, "aux"))


def _is_conditional(parse: Parse, clause: int) -> bool:
    """ "aid would be suspended *unless* Chad paid": what is done to somebody who does not do as he is told."""
    if parse.lemma[clause] in words("events", "voting", "states") or parse.lemma[clause] == "stay":
        return False  # "would stay unless they were thrown out"
    return any(
        parse.word[mark] == "unless"
        for below in parse.children(clause, "advcl")
        for mark in parse.children(below, "mark")
    )


def _is_to_follow(parse: Parse, clause: int) -> bool:
    """ "more *strikes could follow*"."""
    severe = any(parse.lemma[kid] in words("menaces", "severe") for kid in parse.children(clause, "acomp", "attr"))
    if not severe and parse.lemma[clause] not in ("follow", "come", "resume", "ensue", "result", "expect"):
        return False
    modal = any(parse.tag[kid] == "MD" for kid in parse.children(clause, "aux"))
    force = words("menaces", "force")
    return modal and any(parse.lemma[kid] in force for kid in parse.children(clause, "nsubj", "nsubjpass"))


def _is_negated(parse: Parse, verb: int) -> bool:
    """ "Will not pay", "would no longer pay"."""
    return parse.child(verb, "neg") is not None or any(is_ended(parse, kid) for kid in parse.children(verb, "advmod"))


def _is_menace(parse: Parse, verb: int, group: str = "Menace") -> bool:
    """Whether the verb, with what stands by it, is one that the lexicon lists as a menace."""
    return any(matches(parse, verb, trigger)[0] for trigger in menaces(group).get(parse.lemma[verb], ()))


def _is_against(parse: Parse, verb: int) -> bool:
    """Whether the verb tells of a hostile act before all."""
    triggers = event_lexicon().verbs.get(parse.lemma[verb], ())
    kind = next((one.kind for one in triggers if not one.clause and matches(parse, verb, one)[0]), "")
    return kind in HOSTILE


def _excludes_force(parse: Parse, verb: int) -> bool:
    """Whether the verb excludes force: "rule out the use of force", "exclude sending troops"."""
    lemma = parse.lemma[verb]
    if lemma not in _EXCLUDING or (lemma == "rule" and "out" not in _particles(parse, verb)):
        return False
    force = words("menaces", "force")
    for thing in objects(parse, verb):
        inside = [thing, *parse.children(thing, "compound"), *prepositional(parse, thing, "of")]
        inside += [deep for one in prepositional(parse, thing, "of") for deep in prepositional(parse, one, "of")]
        if any(parse.lemma[one] in force for one in inside):
            return True
    return any(
        _is_menace(parse, kid) or _is_against(parse, kid) for kid in parse.children(verb, "xcomp", "pcomp", "advcl")
    )


def _particles(parse: Parse, verb: int) -> set[str]:
    return {parse.word[kid] for kid in parse.children(verb, "prt", "prep", "advmod")}
