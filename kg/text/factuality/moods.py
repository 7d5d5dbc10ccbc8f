"""The moods in which a text presents an event, and which governing words bring them about, as the lexicon has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.text.lexicon import load, words

ASSERTED, PLANNED, POSSIBLE, DEMANDED, DENIED, CONDITIONAL, QUESTION = (
    "asserted",
    "planned",
    "possible",
    "demanded",
    "denied",
    "conditional",
    "question",
)
FUTURE = frozenset({"will", "shall", "'ll", "wo"})
COMPARING = frozenset({"like", "than", "unlike"})


@dataclass(frozen=True, slots=True)
class Effects:
    """What words do to what they govern: moods by lemma (or phrase), and words that do one thing."""

    clause: dict[str, str]
    noun: dict[str, str]
    prep: dict[str, str]
    adjective: dict[str, str]
    irrealis_nouns: frozenset[str]
    conditional: frozenset[str]
    perhaps: frozenset[str]
    never: frozenset[str]
    reported: frozenset[str]


@lru_cache(maxsize=1)
def effects() -> Effects:
    """The effects listed in ``modality.yaml``, read once."""
    clause: dict[str, str] = {}
    for mood in ("reported", "planned", "promised", "possible", "demanded", "denied"):
        for word in words("modality", "clause", mood):
            clause.setdefault(word, mood)
    noun = {
        word: mood for mood in ("planned", "possible", "demanded", "denied") for word in words("modality", "noun", mood)
    }
    prep = {phrase: mood for mood in load("modality")["prep"] for phrase in words("modality", "prep", mood)}
    adjective = {word: mood for mood in ("planned", "possible") for word in words("modality", "phrases", mood)}
    return Effects(
        clause,
        noun,
        prep,
        adjective,
        words("modality", "nouns", "irrealis"),
        words("modality", "marks", "conditional"),
        words("modality", "adverbs", "possible") | words("modality", "adverbs", "almost"),
        words("modality", "adverbs", "denied"),
        words("modality", "clause", "reported"),
    )
