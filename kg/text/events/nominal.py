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
    lexicon = event_lexicon()
    found = []
    for index in range(start, end):
        if index in taken or parse.tag[index] not in ("NN", "NNS") or parse.dep[index] in _MODIFYING:
            continue
        for trigger in lexicon.nouns.get(parse.lemma[index], ()):
            if _matches(parse, index, trigger):
                found.append(Frame(index, trigger))
                break
    return found


def _matches(parse: Parse, index: int, trigger: Trigger) -> bool:
    if trigger.modifiers and not any(
        parse.word[kid] in trigger.modifiers or parse.lemma[kid] in trigger.modifiers
        for kid in parse.children(index, "compound", "amod", "nmod")
    ):
        return False
    if not trigger.prepositions:
        return True
    for kid in parse.kids[index]:
        if parse.word[kid] in trigger.prepositions and parse.dep[kid] in ("prep", "agent", "dative"):
            if not trigger.preposition_objects:
                return True
            if any(parse.lemma[filler] in trigger.preposition_objects for filler in parse.children(kid, "pobj")):
                return True
    if "that" in trigger.prepositions:
        return any(
            parse.dep[kid] in ("acl", "ccomp") and parse.child(kid, "mark") is not None for kid in parse.kids[index]
        )
    return False
