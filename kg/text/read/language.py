"""Whether a text is in the one language that is read."""

from __future__ import annotations

import re
from typing import Final

from spacy.lang.en.stop_words import STOP_WORDS

_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST: Final = 20
"""Of fewer words nothing is said: a headline may have no function word at all."""
_SHARE: Final = 0.25
"""English news has 0.46 and more, other languages 0.15 and less, what looks English in them counted in."""


def is_english(text: str) -> bool:
    """Whether as many of the words in small letters are function words as in English; true of a few words."""
    words = [word for word in _WORD.findall(text) if word == word.casefold()]
    return len(words) < _FEWEST or sum(word in STOP_WORDS for word in words) >= _SHARE * len(words)
