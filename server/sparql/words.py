"""Where each word stands in many texts, so that a phrase is found by its rarest word.

All texts are one row of word numbers with a zero between them. For each word the places are known where it stands; a
phrase is where its other words stand beside its rarest one. Four bytes for a word's place in a text, and four for the
text's place in the word's list.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int32]
_WORD = re.compile(r"[a-z0-9]+")
_FIRST = 2**12
"""Places of a word that are looked at before others."""


class Words:
    """An index that does not change; texts are numbered as they come."""

    def __init__(self, texts: Iterable[str]) -> None:
        numbers: dict[str, int] = {}
        row, starts = array("i", [0]), array("i")
        for text in texts:
            starts.append(len(row))
            row.extend([numbers.setdefault(word, len(numbers) + 1) for word in _WORD.findall(text.lower())])
            row.append(0)
        self._numbers = numbers
        self._row: Numbers = np.frombuffer(row, dtype=np.int32)
        self._starts: Numbers = np.frombuffer(starts, dtype=np.int32) if starts else np.zeros(0, np.int32)
        self._places: Numbers = np.argsort(self._row, kind="stable").astype(np.int32)
        self._ends = np.cumsum(np.bincount(self._row, minlength=len(numbers) + 1))
        self._spelled = "\n" + "".join(f"{word}\n" for word in numbers)
        self._offsets = list(accumulate((len(word) + 1 for word in numbers), initial=1))

    def find(self, text: str) -> Iterator[Numbers] | None:
        """The texts that may hold an ASCII text in any case, more rather than fewer; None where it has no words.

        A word at the edge of what is sought may be the end, or the beginning, of a longer one. Texts come some at a
        time, as they are found, and may come again.
        """
        sought = text.lower()
        words = _WORD.findall(sought)
        if not words:
            return None
        last = len(words) - 1
        fitting = [
            self._fitting(word, before=i == 0 and sought[0].isalnum(), after=i == last and sought[-1].isalnum())
            for i, word in enumerate(words)
        ]
        rarest = min(range(len(words)), key=lambda i: sum(map(self._count, fitting[i])))
        return self._texts(fitting, rarest)

    def _texts(self, fitting: list[list[int]], rarest: int) -> Iterator[Numbers]:
        """The texts where words stand in this order."""
        for places in self._standing(fitting[rarest]):
            for i, numbers in enumerate(fitting):
                if i != rarest:
                    beside = self._row.take(places + (i - rarest), mode="clip")
                    places = places[beside == numbers[0] if len(numbers) == 1 else np.isin(beside, numbers)]
            yield np.unique(np.searchsorted(self._starts, places, side="right") - 1).astype(np.int32)

    def _fitting(self, word: str, *, before: bool, after: bool) -> list[int]:
        """The numbers of the words that are this one, or have it at their end or beginning."""
        if not (before or after):
            return [self._numbers[word]] if word in self._numbers else []
        sought = f"{'' if before else chr(10)}{word}{'' if after else chr(10)}"
        return list(dict.fromkeys(bisect_right(self._offsets, at) for at in self._at(sought, skip=not before)))

    def _at(self, sought: str, *, skip: bool) -> Iterator[int]:
        """Where words that have it are spelled; ``skip`` steps over a line end before the word."""
        at = self._spelled.find(sought)
        while at >= 0:
            yield at + skip
            at = self._spelled.find(sought, at + 1)

    def _count(self, number: int) -> int:
        return int(self._ends[number] - self._ends[number - 1])

    def _standing(self, numbers: list[int]) -> Iterator[Numbers]:
        """Where any of these words stands, few places at first, so that whoever wants few texts has them soon."""
        size, taken, held = _FIRST, list[Numbers](), 0
        for n in numbers:
            places = self._places[self._ends[n - 1] : self._ends[n]]
            while len(places):
                taken.append(places[: size - held])
                held += len(taken[-1])
                places = places[len(taken[-1]) :]
                if held == size:
                    yield np.concatenate(taken)
                    size, taken, held = size * 2, [], 0
        if taken:
            yield np.concatenate(taken)
