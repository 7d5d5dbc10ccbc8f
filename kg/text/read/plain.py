"""Articles as plain text: with YAML front matter, a header block, or bare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from kg.errors import InputError
from kg.model import Article
from kg.text.read import furniture, header, published
from kg.text.read.decode import tidy
from kg.text.read.language import is_english
from kg.text.read.slug import slug_of

MAX_CHARACTERS = 500_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]]*$")


def article(text: str, *, source: str, stem: str, dated: str = "") -> Article:
    """The article that a text file holds; ``dated`` counts where neither front matter nor header gives a date.

    Raises InputError where the front matter is not YAML, no news is left, or the text is too long to parse.
    """
    fields, body = front_matter(tidy(text), source)
    return compose(body, fields, source=source, stem=stem, dated=dated)


def front_matter(text: str, source: str) -> tuple[dict[str, Any], str]:
    """The fields above the second ``---``, and what follows."""
    match = _FRONT_MATTER.match(text.lstrip())
    if not match:
        return {}, text
    try:
        fields = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        reason = f"front matter is not YAML: {getattr(error, 'problem', None) or error}"
        raise InputError(reason, source=source, line=line) from error
    if not isinstance(fields, dict):
        return {}, text
    return {str(name).casefold(): value for name, value in fields.items()}, text.lstrip()[match.end() :]


def compose(body: str, fields: Mapping[str, Any], *, source: str, stem: str, dated: str = "") -> Article:
    """An article of given fields and a text that may repeat them in a header."""
    title = _field(fields, "title", "headline")
    author = _field(fields, "author", "byline", "authors")
    head, rest = header.split(paragraphs(body), title=title)
    names = re.split(r"\s*(?:;|,|\band\b)\s*", author or head.author)
    text = "\n\n".join(furniture.clean(rest, title=head.title, authors=names))
    check(text, source)
    date = published.iso(_field(fields, "published", "date", "issued", "datepublished", "pubdate"))
    date = date or head.published
    url = _field(fields, "url", "source", "link")
    identifier = _field(fields, "id", "slug")
    return Article(
        slug=slug_of(identifier=identifier, title=head.title, published=date, stem=stem, text=text),
        title=head.title,
        text=text,
        source=url or source,
        publisher=_field(fields, "publisher", "publication", "sitename", "newspaper") or head.publisher,
        author=author or head.author,
        published=date or dated,
        language=_field(fields, "language", "lang") or "en",
    )


def check(text: str, source: str) -> None:
    """Raises InputError for a text with nothing in it, in another language, or too much for the parser."""
    if not text.strip():
        raise InputError("has no text of an article", source=source)
    if len(text) > MAX_CHARACTERS:
        reason = f"has {len(text):,} characters; an article may have {MAX_CHARACTERS:,}, so split it"
        raise InputError(reason, source=source)
    if not is_english(text):
        raise InputError("is not in English, the one language that is read", source=source)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line; hard-wrapped lines are joined, other lines stand alone."""
    found: list[str] = []
    for block in re.split(r"\n[ \t]*\n+", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        found += [" ".join(lines)] if _is_wrapped(lines) else lines
    return [" ".join(paragraph.split()) for paragraph in found]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines are one paragraph cut at a margin: about as long, but for the last, and some end mid-sentence."""
    if len(lines) < 2:
        return False
    full = lines[:-1]
    widest = max(map(len, full))
    even = all(len(line) >= 0.6 * widest for line in full) and 40 <= widest <= 130
    return even and any(not _TERMINAL.search(line) for line in full) and bool(_TERMINAL.search(lines[-1]))


def _field(fields: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, (list, tuple)):
            value = "; ".join(map(str, value))
        if value not in (None, ""):
            return " ".join(str(value).split())
    return ""
