"""Nouns that name events: "the signing of", "his refusal to", "calls for", "the Russian invasion"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.frames import Frame
from kg.text.lexicon import event_lexicon

if TYPE_CHECKING:
    from kg.text.lexicon import Trigger
    from kg.text.parse import Parse

_MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod", "advmod", "intj"})


def nominal_frames(parse: Parse, start: int, end: int, taken: set[int]) -> list[Frame]:
    """Frames evoked by the nouns of one sentence, except those ``taken`` by a verbal phrase."""
    found = []
    for index in range(start, end):
        if index in taken or parse.tag[index] not in ("NN", "NNS") or parse.dep[index] in _MODIFYING:
            continue
        trigger = noun_trigger(parse, index)
        other = _is_coming_home(parse, index) or _is_written(parse, index) or _is_rumour(parse, index)
        if trigger is not None and not other:
            found.append(Frame(index, trigger))
    return found


def noun_trigger(parse: Parse, index: int) -> Trigger | None:
    """The most specific trigger that the noun at ``index`` matches."""
    triggers = event_lexicon().nouns.get(parse.lemma[index], ())
    return next((trigger for trigger in triggers if _matches(parse, index, trigger)), None)


def _is_coming_home(parse: Parse, index: int) -> bool:
    """ "on his return to Lima": when something else happens, no visit."""
    return parse.lemma[index] == "return" and parse.word[parse.head[index]] in ("on", "upon", "until")


def _is_written(parse: Parse, index: int) -> bool:
    """ "A note of protest": a paper; "on alert": a state."""
    preposition = parse.head[index]
    if parse.lemma[index] == "alert" and parse.word[preposition] == "on":
        return True
    return (
        parse.dep[index] == "pobj"
        and parse.word[preposition] == "of"
        and parse.lemma[parse.head[preposition]] == "note"
    )


def _is_rumour(parse: Parse, index: int) -> bool:
    """ "Amid *talk* of a coup": what people say, no talks."""
    such = ("such", "this", "that", "all", "loose", "idle", "tough")  # "*such* talk"
    return parse.word[index] == "talk" and (
        any(parse.word[kid] in ("of", "about", "that") for kid in parse.children(index, "prep", "mark"))
        or any(parse.word[kid] in such for kid in parse.children(index, "amod", "det", "predet"))
    )


def _matches(parse: Parse, index: int, trigger: Trigger) -> bool:
    if trigger.modifiers and not any(
        parse.word[kid] in trigger.modifiers or parse.lemma[kid] in trigger.modifiers
        for kid in parse.children(index, "compound", "amod", "nmod")
    ):
        return False
    if not trigger.prepositions:
        return True
    kids = parse.kids[index]
    if "between" in trigger.prepositions and parse.dep[index] == "nsubj":
        kids = [*kids, *parse.kids[parse.head[index]]]  # "fighting erupted on Monday between X and Y"
    for kid in kids:
        if parse.word[kid] in trigger.prepositions and parse.dep[kid] in ("prep", "agent", "dative"):
            if not trigger.preposition_objects:
                return True
            wanted = trigger.preposition_objects
            if any({parse.lemma[end], parse.entity[end]} & wanted for end in parse.children(kid, "pobj")):
                return True
    if "that" in trigger.prepositions:
        return any(
            parse.dep[kid] in ("acl", "ccomp") and parse.child(kid, "mark") is not None for kid in parse.kids[index]
        )
    return False
