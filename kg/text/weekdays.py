"""Weekdays that the parser joins with what follows: "quit on *Monday and Peru* recalled", "met on *Tuesday a* king"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def part_weekdays(parse: Parse) -> None:
    """Gives verbs the subjects and objects that hang on a weekday."""
    for day in range(parse.size):
        if parse.word[day] in WEEKDAYS and parse.dep[day] == "pobj":
            _free_subject(parse, day)
            _free_object(parse, day)
            _leave_clause(parse, day)


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


def _leave_clause(parse: Parse, day: int) -> None:
    """ "Said [on Friday] it was leaving": a day between a verb and its clause is the verb's."""
    preposition = parse.head[day]
    verb, clause = preposition - 1, parse.head[preposition]
    if clause < day or parse.dep[clause] != "ccomp" or parse.head[clause] != verb or not parse.is_verb(verb):
        return
    subject = parse.child(clause, "nsubj", "nsubjpass")
    if subject is not None and subject > day and parse.subtree(preposition)[1] == day + 1:
        parse.move(preposition, verb, "prep")
