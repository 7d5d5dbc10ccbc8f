"""Quotations: where they begin and end, whatever the quotation marks, nested ones left inside the outer."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

_OPENING = {"“": "”", "«": "»", "„": "“"}
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters ``begin`` to ``finish`` between the marks (marks excluded); ``text`` is what stands there."""

    begin: int
    finish: int
    text: str

    @property
    def words(self) -> int:
        """How many words are quoted."""
        return len(self.text.split())


def find_quotes(text: str) -> list[Quote]:
    """All outermost quotations in order; a quotation left open ends with its paragraph, as newspapers write them."""
    quotes: list[Quote] = []
    start = 0
    for paragraph in text.split("\n\n"):
        quotes.extend(_in_paragraph(paragraph, start))
        start += len(paragraph) + 2
    return quotes


def _in_paragraph(paragraph: str, start: int) -> list[Quote]:
    quotes: list[Quote] = []
    position = 0
    while position < len(paragraph):
        mark = paragraph[position]
        closing = _closing(paragraph, position, mark)
        if closing:
            first = position + len(closing) if mark == "`" else position + 1
            end = _end(paragraph, first, mark, closing)
            inner = paragraph[first:end]
            if inner.strip() and len(inner) <= _LONGEST:
                quotes.append(Quote(start + first, start + end, inner))
            position = end
        position += 1
    return quotes


def _closing(paragraph: str, position: int, mark: str) -> str:
    if mark in _OPENING:
        return _OPENING[mark]
    if mark == '"':
        return '"'
    if paragraph.startswith("``", position):
        return "''"
    if mark == "‘" and (position == 0 or not paragraph[position - 1].isalnum()):
        return "’"
    return ""


def _end(paragraph: str, position: int, mark: str, closing: str) -> int:
    if closing == "’":
        return _single_end(paragraph, position)
    depth = 1
    for index in range(position, len(paragraph)):
        if mark != closing and paragraph[index] == mark:
            depth += 1
        elif paragraph.startswith(closing, index):
            depth -= 1
            if not depth:
                return index
    return len(paragraph)


def _single_end(paragraph: str, position: int) -> int:
    """A closing ’ is no apostrophe: no letter follows it."""
    for index in range(position, len(paragraph)):
        if paragraph[index] == "’" and not paragraph[index + 1 : index + 2].isalnum():
            return index
    return position


class QuoteIndex:
    """Finds the quotation that covers a character."""

    def __init__(self, quotes: list[Quote]) -> None:
        self.quotes = quotes
        self._begins = [quote.begin for quote in quotes]

    def at(self, offset: int) -> Quote | None:
        """The quotation in which the character at ``offset`` stands."""
        number = bisect_right(self._begins, offset) - 1
        if number >= 0 and offset < self.quotes[number].finish:
            return self.quotes[number]
        return None

    def within(self, begin: int, finish: int) -> list[Quote]:
        """The quotations that begin between two offsets, or reach into that stretch."""
        return [quote for quote in self.quotes if quote.begin < finish and quote.finish > begin]
