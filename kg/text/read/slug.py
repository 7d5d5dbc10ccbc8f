"""Names of articles in IRIs: readable, stable, and unique within a run."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LENGTH = 80


def slugify(text: str, length: int = LENGTH) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word: "Talks in Łódź" → ``talks-in-lodz``."""
    plain = text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    plain = re.sub(r"(?<=\w)['’](?=\w)", "", plain)
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    return slug if len(slug) <= length else slug[: length + 1].rsplit("-", 1)[0][:length]


def digest(text: str) -> str:
    """Eight hexadecimal digits that tell one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def slug_of(*, identifier: str = "", title: str = "", published: str = "", stem: str = "", text: str = "") -> str:
    """The slug of an article: its own identifier, else title and date, else the name of its file.

    An article that is known by none of them is named by a digest of its text.
    """
    if identifier and (slug := slugify(identifier)):
        return slug
    if title and (slug := slugify(title)):
        return f"{slug}-{published}" if published else slug
    return slugify(stem) or f"article-{digest(text)}"
