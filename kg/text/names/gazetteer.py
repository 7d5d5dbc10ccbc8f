"""Finds names that the reference data knows, by hash lookups at the beginnings of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.link.names import fold
from kg.link.reference import Reference, Sense, first_word

if TYPE_CHECKING:
    from kg.text.parse import Parse


@dataclass(frozen=True, slots=True)
class Known:
    """Tokens ``start`` to ``end`` (exclusive) spell a name of the reference data."""

    start: int
    end: int
    senses: tuple[Sense, ...]


def find_known(parse: Parse, reference: Reference) -> list[Known]:
    """The longest known names of a document, left to right, not overlapping."""
    text = fold(parse.source)
    ends = {end: index + 1 for index, (_, end) in enumerate(parse.bounds)}
    found: list[Known] = []
    free = 0
    for index, (begin, end) in enumerate(parse.bounds):
        if index < free:
            continue
        character = text[begin]
        if not (character.isupper() or character.isdigit() or text[begin:end] == "al"):
            continue
        known = _longest(text, begin, ends, reference) or (
            _shouted(text, begin, ends, reference) if end - begin > 2 and text[begin:end].isupper() else None
        )
        if known:
            found.append(Known(index, known[0], known[1]))
            free = known[0]
    return found


def _longest(text: str, begin: int, ends: dict[int, int], reference: Reference) -> tuple[int, tuple[Sense, ...]] | None:
    word = first_word(text[begin : begin + 24])
    for length in reference.lengths.get(word, ()):
        end = ends.get(begin + length)
        if end is not None:
            senses = reference.names.get(text[begin : begin + length])
            if senses and not _are_two(text[begin : begin + length], senses, reference):
                return end, senses
    return _longest(text[:begin] + "A" + text[begin + 1 :], begin, ends, reference) if word == "al" else None


def _are_two(name: str, senses: tuple[Sense, ...], reference: Reference) -> bool:
    """Whether a region is called by the two states that it is made of: they act, and the region does not."""
    halves = name.split(" and ")
    if len(halves) != 2 or any(sense.record.kind != "Place" for sense in senses):
        return False
    return all(any(sense.record.kind == "State" for sense in reference.names.get(half, ())) for half in halves)


def _shouted(text: str, begin: int, ends: dict[int, int], reference: Reference) -> tuple[int, tuple[Sense, ...]] | None:
    """A name in capitals, as in datelines: KUWAIT CITY."""
    for length in reference.shouted_lengths.get(first_word(text[begin : begin + 24]), ()):
        end = ends.get(begin + length)
        if end is not None:
            senses = reference.shouted.get(text[begin : begin + length])
            if senses:
                return end, senses
    return None
