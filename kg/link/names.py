"""Names as strings: folding that keeps offsets, keys for transliterations, slugs for keys."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

_PUNCTUATION = {0x2019: "'", 0x2018: "'", 0x02BC: "'", 0x0060: "'", 0x2010: "-", 0x2011: "-", 0x2013: "-", 0x2014: "-"}
_LETTERS = {
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ð": "d",
    "Ð": "D",
    "þ": "t",
    "Þ": "T",
    "ħ": "h",
}


class _Fold(dict[int, str]):
    """A translation table filled as characters are met; every character maps to exactly one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace():
            folded = " "
        else:
            base = unicodedata.normalize("NFKD", character)[0]
            folded = _LETTERS.get(character, base if base.isalnum() or base.isascii() else character)
        self[code] = folded
        return folded


_TABLE = _Fold(_PUNCTUATION)


def fold(text: str) -> str:
    """The text without accents, typographic quotes and dashes, of the same length so that offsets stay true."""
    return text.translate(_TABLE)


def name_key(name: str) -> str:
    """The form under which a name is looked up: folded, spaces normalised, a leading article dropped."""
    folded = " ".join(fold(name).split())
    return folded[4:] if folded[:4].lower() == "the " else folded


def slug(name: str) -> str:
    """The readable part of a key: ASCII words joined by hyphens (``ministry-of-foreign-affairs-of-china``)."""
    letters = (
        fold(name).replace("+", " plus ").encode("ascii", "ignore").decode().lower().replace("'", "").replace(".", "")
    )
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "unnamed"


_PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "abu",
        "abd",
        "ul",
        "ud",
        "ad",
        "as",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
    ]
)
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(gh|kh|qu|ck|[qgkc])", "k"),
        (r"(sch|sh|zh|ch|[sz])", "s"),
        (r"(dh|th|[dt])", "t"),
        (r"(ph|[vfw])", "f"),
        (r"[jy]", "i"),
        (r"h", ""),
        (r"[aeiou]+", ""),
        (r"(.)\1+", r"\1"),
    )
]


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a name word by sound, the same for the usual transliterations (Gadhafi, Qaddafi)."""
    sounds = fold(word).lower().replace("'", "")
    for pattern, sound in _SOUNDS:
        sounds = pattern.sub(sound, sounds)
    return sounds or fold(word).lower()[:1]


def name_words(name: str) -> list[str]:
    """The words of a personal name without particles and initials: ``Walid al-Moallem`` gives Walid, Moallem."""
    words = [w for w in re.split(r"[\s\-]+", fold(name)) if w.strip(".'")]
    long = [w for w in words if w.lower().strip(".") not in _PARTICLES and len(w.strip(".")) > 1]
    return long or words


def person_key(name: str) -> str:
    """First and last word of a personal name by sound; two spellings of one name usually share it."""
    words = name_words(name)
    return f"{skeleton(words[0])} {skeleton(words[-1])}" if len(words) > 1 else ""


def same_person_name(one: str, other: str) -> float:
    """How likely two names are spellings of one personal name, 0 to 1; the last words carry the weight."""
    a, b = [w.lower() for w in name_words(one)], [w.lower() for w in name_words(other)]
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    if len(short) > 2 and short[-1] == long[-1] and _runs_through(short, long):
        return 0.95
    if min(len(a), len(b)) > 1 and _alike(a[0], b[0]) < 0.85 and sorted(a) != sorted(b):
        return 0.0
    if len(short) < len(long) and short[-1] not in long and _alike(short[-1], long[-1]) < 0.85:
        return 0.0  # "Juan Mora" sounds like the given names of "Juan María Bordaberry"
    alike = [max(_alike(word, candidate) for candidate in b) for word in a]
    back = [max(_alike(word, candidate) for candidate in a) for word in b]
    shorter = alike if len(a) <= len(b) else back
    return min(shorter) if shorter else 0.0


def _runs_through(short: list[str], long: list[str]) -> bool:
    """Whether the words of a name are words of a longer one in the same order: without the names before and between."""
    rest = iter(long)
    return all(word in rest for word in short)


def spelled_alike(one: str, other: str) -> bool:
    """Whether two names of one sound are spelled so alike that, of high office-holders, they are one person.

    Names of short words ("Kim Jong Il") differ by a letter from person to person and must be the same.
    """
    a, b = [w.lower() for w in name_words(one)], [w.lower() for w in name_words(other)]
    if a == b:
        return True
    if max(map(len, a)) <= 5 and len(a) > 2:
        return False
    first, last = (float(JaroWinkler.similarity(x, y)) for x, y in ((a[0], b[0]), (a[-1], b[-1])))
    short, long = sorted((len(a[-1]), len(b[-1])))
    return last >= 0.87 and first >= 0.8 and short >= 4 and short > 0.6 * long


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    similarity = float(JaroWinkler.normalized_similarity(one, other))
    consonants = len(skeleton(one))
    if skeleton(one) == skeleton(other) and (consonants > 3 or similarity >= (0.7 if consonants > 2 else 0.8)):
        return 0.95
    return similarity * 0.9
