"""Finding things by what people type: beginnings of words first, then names a few letters away."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

_FEW = 60
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing; ``weight`` says how much is known of it, ``alias`` whether it is not its label."""

    text: str
    thing: str
    weight: int = 0
    alias: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A thing found, the name that matched, and how well (0 to 100, weight included above that)."""

    thing: str
    name: str
    score: float


def fold(text: str) -> str:
    """A text without case, accents and punctuation, words separated by one space."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain))


def trigrams(folded: str) -> set[str]:
    """The three-letter pieces of a folded text, each word with a space before and after it."""
    padded = f" {folded} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


@dataclass(slots=True)
class Names:
    """An index of names by trigrams; a look-up counts shared trigrams, then compares the best few in full."""

    names: Sequence[Name]
    folded: list[str] = field(default_factory=list)
    lengths: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    postings: dict[str, NDArray[np.int32]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[Name]) -> Names:
        """Indexes the names."""
        kept = [name for name in names if name.text.strip()]
        folded = [fold(name.text) for name in kept]
        lists: dict[str, list[int]] = defaultdict(list)
        lengths = np.ones(len(kept))
        for i, text in enumerate(folded):
            pieces = trigrams(text)
            lengths[i] = len(pieces)
            for piece in pieces:
                lists[piece].append(i)
        return cls(kept, folded, lengths, {piece: np.array(ids, dtype=np.int32) for piece, ids in lists.items()})

    def find(self, text: str, limit: int = 10) -> list[Found]:
        """The things whose names fit a text best, each once."""
        wanted = fold(text[:200])
        if not wanted or not self.names:
            return []
        best: dict[str, Found] = {}
        for i in self._candidates(wanted):
            name = self.names[i]
            score = closeness(wanted, self.folded[i]) - name.alias + min(name.weight, 200) / 40
            if score >= 62 and (name.thing not in best or best[name.thing].score < score):
                best[name.thing] = Found(name.thing, name.text, score)
        return sorted(best.values(), key=lambda found: (-found.score, found.name))[:limit]

    def _candidates(self, wanted: str) -> list[int]:
        """The names that share most trigrams with the text, measured so that neither long nor short ones win."""
        shared = np.zeros(len(self.names))
        pieces = trigrams(wanted) | {f" {wanted[:2]}"[:3]}
        for piece in pieces:
            if piece in self.postings:
                shared[self.postings[piece]] += 1
        ranking = shared / (0.7 * len(pieces) + 0.3 * self.lengths)
        few = np.argpartition(-ranking, _FEW)[:_FEW] if len(ranking) > _FEW else np.arange(len(ranking))
        return [int(i) for i in few if shared[i] > 0]


def closeness(wanted: str, name: str) -> float:
    """How well a folded name fits a folded text: 100 for the same, a little less where it only begins with it."""
    if name == wanted:
        return 100
    if name.startswith(wanted):
        return 97
    if f" {wanted}" in f" {name}":
        return 92
    return max(fuzz.ratio(wanted, name), 0.94 * fuzz.token_sort_ratio(wanted, name), 0.88 * _best_word(wanted, name))


def _best_word(wanted: str, name: str) -> float:
    """The fit of the text with the best run of as many words of the name."""
    words, length = name.split(), len(wanted.split())
    runs = (" ".join(words[i : i + length]) for i in range(max(1, len(words) - length + 1)))
    return max((fuzz.ratio(wanted, run) for run in runs), default=0)
