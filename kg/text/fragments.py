"""Sentences that the parser cut after their opening phrase: "On May 1st" and "the council met"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST = 12


def join_fragments(parse: Parse) -> None:
    """Joins an opening phrase without a verb to the sentence that goes on after it in small letters."""
    joined: list[tuple[int, int]] = []
    for start, end in parse.sentences:
        if joined and _goes_on(parse, joined[-1], start):
            first, _ = joined.pop()
            _hang(parse, first, start, end)
            start = first
        joined.append((start, end))
    if len(joined) == len(parse.sentences):
        return
    parse.sentences = joined
    parse.sentence = [number for number, (start, end) in enumerate(joined) for _ in range(start, end)]


def _goes_on(parse: Parse, fragment: tuple[int, int], following: int) -> bool:
    """Whether a fragment is a prepositional phrase that neither a full stop nor a line break (a token) ends."""
    start, end = fragment
    if end - start > _LONGEST or parse.tag[start] != "IN" or parse.head[start] != start:
        return False
    if any(parse.tag[index] in _FINITE for index in range(start, end)) or not parse.word[end - 1][-1:].isalnum():
        return False
    return str(parse.doc[following])[:1].islower()


def _hang(parse: Parse, opening: int, start: int, end: int) -> None:
    """Hangs the opening preposition on the first finite verb that has a subject."""
    for verb in range(start, end):
        if parse.tag[verb] in _FINITE and parse.child(verb, "nsubj", "nsubjpass") is not None:
            parse.move(opening, verb, "prep")
            return


def free_numbers(parse: Parse, start: int) -> None:
    """Undoes "In [Paris forty people] were held": a city does not stand before a number in its phrase."""
    city, head = start + 1, parse.head[start]
    if city + 1 >= parse.size or parse.tag[city + 1] != "CD" or parse.dep[city] != "compound":
        return
    crowd = parse.head[city]
    if parse.head[crowd] == start and parse.is_verb(head) and parse.child(head, "nsubj", "nsubjpass") is None:
        parse.move(crowd, head, "nsubjpass" if parse.child(head, "auxpass") is not None else "nsubj")
        parse.move(city, start, "pobj")
