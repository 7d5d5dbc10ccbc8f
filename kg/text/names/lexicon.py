"""The common nouns of actors, ``ontology/lexicon/groups.yaml``, ready for lookups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from kg.config import data_dir

_IRREGULAR = {
    "men": "man",
    "people": "people",
    "police": "police",
    "forces": "force",
    "troops": "troop",
    "allies": "ally",
}


def singular(word: str) -> str:
    """The singular of a lower-case noun, by its spelling."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Nouns:
    """What common nouns speak of; every key is a tuple of lower-case singular words or one such word."""

    people: dict[str, str]
    forces: frozenset[str]
    regimes: frozenset[str]
    bodies: dict[tuple[str, ...], str]
    ministries: dict[tuple[str, ...], str]
    countries: dict[str, str]
    monarchies: frozenset[str]
    organisations: dict[str, tuple[str, ...]]
    documents: frozenset[tuple[str, ...]]
    document_heads: frozenset[str]
    regions: dict[tuple[str, ...], str]
    region_heads: frozenset[str]
    communities: frozenset[tuple[str, ...]]
    suffixes: dict[str, str]
    prefixes: dict[str, str]


def _nouns(data: dict[str, Any]) -> Nouns:
    people = {word: kind for kind, words in data["people"].items() for word in words}
    countries = {w: kind for kind, words in data["countries"].items() if kind != "monarchies" for w in words}
    suffixes: dict[str, str] = {}
    for kind, words in data["suffixes"].items():
        for word in words:
            suffixes.setdefault(word, kind)
    return Nouns(
        people=people,
        forces=frozenset(map(singular_phrase, data["forces"])),
        regimes=frozenset(map(singular, data["regimes"])),
        bodies={tuple(k.split()): v for k, v in data["bodies"].items()},
        ministries={tuple(k.split()): v for k, v in data["ministries"].items()},
        countries=countries,
        monarchies=frozenset(data["countries"]["monarchies"]),
        organisations={k: tuple(v) for k, v in data["organisations"].items()},
        documents=frozenset(tuple(d.replace("-", " - ").split()) for d in data["documents"]),
        document_heads=frozenset(data["document_heads"]),
        regions={tuple(k.replace("-", " - ").split()): v for k, v in data["regions"].items()},
        region_heads=frozenset(data["region_heads"]),
        communities=frozenset(tuple(c.split()) for c in data["communities"]),
        suffixes=suffixes,
        prefixes={word: kind for kind, words in data["prefixes"].items() for word in words},
    )


def singular_phrase(phrase: str) -> str:
    """A phrase with its last word in the singular."""
    *head, last = phrase.split()
    return " ".join((*head, singular(last)))


@lru_cache(maxsize=1)
def load_nouns() -> Nouns:
    """The nouns, read once."""
    return _nouns(yaml.safe_load((data_dir("ontology") / "lexicon" / "groups.yaml").read_text(encoding="utf-8")))
