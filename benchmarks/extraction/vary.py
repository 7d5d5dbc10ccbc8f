"""A corpus of any size from a few sample articles: the same prose with other names and numbers."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kg.link.reference import load_reference
from kg.model import Article

_ONSETS = ("B", "D", "F", "G", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Z", "Br", "Dr", "Gr", "Kr", "St", "Tr")
_RIMES = ("ado", "alin", "amar", "aric", "ebo", "enko", "eris", "ikov", "ilo", "inen", "oran", "osic", "ovic", "uno")
_NAME = re.compile(r"\b([A-Z][a-zà-ÿ]+) ([A-Z][a-zà-ÿ]+)\b")
_NUMBER = re.compile(r"(?<![\w.,])\d{2,3}(?![\w.,]*\d)")


def corpus(samples: list[Article], size: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """``size`` records for JSON lines; record n is the same in every run."""
    states = sorted(record.name for record in load_reference().by_iso3.values() if record.weight >= 1)
    for number in range(size):
        chance = random.Random(seed * 1_000_003 + number)
        sample = samples[number % len(samples)]
        day = date(1995, 1, 1) + timedelta(days=chance.randrange(10_000))
        yield {
            "id": f"varied-{number:06}",
            "title": f"{sample.title} ({number})",
            "text": varied(sample.text, states, chance),
            "published": day.isoformat(),
            "publisher": sample.publisher,
        }


def varied(text: str, states: list[str], chance: random.Random) -> str:
    """The text with its states permuted, persons renamed and small numbers changed, each consistently."""
    present = [state for state in states if re.search(rf"\b{state}\b", text)]
    new = dict(zip(present, chance.sample(states, len(present)), strict=True))
    persons = {match[2] for match in _NAME.finditer(text) if match[0] not in states}
    new |= {name: chance.choice(_ONSETS) + chance.choice(_RIMES) for name in sorted(persons - set(new))}
    words = "|".join(sorted(map(re.escape, new), key=len, reverse=True))
    changed = re.sub(rf"\b(?:{words})\b", lambda match: new[match[0]], text) if words else text
    return _NUMBER.sub(lambda match: str(max(10, int(match[0]) + chance.randrange(-9, 90))), changed)


def write(path: Path, samples: list[Article], size: int) -> None:
    """Writes a corpus as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for record in corpus(samples, size):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
