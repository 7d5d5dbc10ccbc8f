"""Weekdays that the parser joins with what follows: "quit on *Monday and Peru* recalled", "met on *Tuesday a* king"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.date_words import MONTHS
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_DAYS = WEEKDAYS | frozenset({"today", "yesterday", "night", "morning", "afternoon", "evening", "week", "month"})
_PHRASES = frozenset({"on", "in", "at", "after", "during"})


def part_weekdays(parse: Parse) -> None:
    """Gives verbs the subjects and objects that hang on a weekday, and verbs of saying the day that dates them."""
    for day in range(parse.size):
        if parse.dep[day] == "compound" and parse.word[day] in WEEKDAYS and parse.word[day - 1] == "on":
            _part_name(parse, day)
        if parse.dep[day] in ("pobj", "npadvmod"):
            _date_saying(parse, day)
        if parse.word[day] in WEEKDAYS and parse.dep[day] == "pobj":
            _free_subject(parse, day)
            _free_object(parse, day)


def _free_subject(parse: Parse, day: int) -> None:
    """ "on Monday *and prosecutors* sought": the subject of the verb that follows."""
    for noun in parse.children(day, "conj"):
        end = parse.subtree(noun)[1]
        verb = next((here for here in range(end, min(end + 4, parse.size)) if parse.is_verb(here)), None)
        if parse.word[noun] in WEEKDAYS or verb is None or parse.tag[verb] not in ("VBD", "VBZ", "VBP", "VBN", "VB"):
            continue
        if parse.child(verb, "nsubj", "nsubjpass") is None and parse.dep[verb] in ("conj", "ROOT", "ccomp", "advcl"):
            passive = parse.child(verb, "auxpass") is not None
            parse.move(noun, verb, "nsubjpass" if passive else "nsubj")


def _free_object(parse: Parse, day: int) -> None:
    """ "shot down on Tuesday *the idea*": the object of the verb before."""
    preposition = parse.head[day]
    verb = parse.head[preposition]
    for noun in list(parse.children(preposition, "pobj")):
        if noun > day and parse.is_noun(noun) and parse.is_verb(verb) and parse.child(verb, "dobj") is None:
            parse.move(noun, verb, "dobj")


def _part_name(parse: Parse, day: int) -> None:
    """ "told reporters on [Monday Peru] would close": the subject of what is said begins after the day."""
    name, preposition = parse.head[day], day - 1
    if parse.dep[name] in ("nsubj", "nsubjpass") and name > day and parse.child(preposition, "pobj") is None:
        parse.move(day, preposition, "pobj")


def _date_saying(parse: Parse, day: int) -> None:
    """ "said *on Tuesday* he would leave": what stands before the subject of the clause tells when it was said."""
    phrase = parse.head[day] if parse.dep[day] == "pobj" else day
    clause = parse.head[phrase]
    teller = parse.head[clause]
    if not teller < phrase < clause or parse.dep[clause] not in ("ccomp", "advcl") or not parse.is_verb(clause):
        return
    dated = parse.word[day] in _DAYS or parse.word[day] in MONTHS or parse.entity[day] == "GPE"
    if not dated or (phrase != day and parse.word[phrase] not in _PHRASES):
        return
    subject = parse.child(clause, "nsubj", "nsubjpass", "expl")
    first, end = parse.subtree(phrase)
    if subject is None or subject < phrase or any(parse.word[here] in (",", "that") for here in range(teller, end)):
        return
    if parse.subtree(clause)[0] != first or parse.lemma[teller] not in words("modality", "clause", "reported"):
        return
    parse.move(phrase, teller, parse.dep[phrase])
    if parse.child(teller, "ccomp") is None and parse.child(clause, "mark") is None:
        parse.dep[clause] = "ccomp"
