"""Articles inside RSS and Atom feeds."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import feedparser

from kg.errors import InputError
from kg.model import Article
from kg.text.read import page, plain
from kg.text.read.decode import load, refuse_binary, tidy


def articles(path: Path, *, dated: str = "") -> Iterator[Article | InputError]:
    """The articles of a feed, as far as the feed itself carries their text; an entry without any is an error."""
    try:
        data = load(path)
        refuse_binary(data, str(path))
    except InputError as error:
        yield error
        return
    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        reason = "is not an RSS or Atom feed" if not parsed.version else "is a feed without entries"
        yield InputError(reason, source=str(path))
        return
    for number, entry in enumerate(parsed.entries, start=1):
        yield _article(entry, parsed.feed, path, number, dated)


def _article(entry: Any, feed: Any, path: Path, number: int, dated: str) -> Article | InputError:
    source = f"{path}: entry {number}"
    link = entry.get("link", "")
    fields = {
        "title": entry.get("title", ""),
        "author": entry.get("author", ""),
        "publisher": (entry.get("source") or {}).get("title") or feed.get("title", ""),
        "published": entry.get("published") or entry.get("updated") or "",
        "url": link,
        "language": (feed.get("language") or "en").split("-")[0],
    }
    content = _content(entry)
    if not content.strip():
        return InputError("has no text", source=source)
    try:
        if "<" not in content:
            return plain.compose(tidy(content), fields, source=path.name, stem=path.stem, dated=dated)
        body = f"<html><body><article><h1>{escape(fields['title'])}</h1>{content}</article></body></html>"
        return page.article(body, source=path.name, stem=path.stem, dated=dated, fields=fields)
    except InputError as error:
        return InputError(error.reason, source=source)


def _content(entry: Any) -> str:
    """The longest that the entry says: full content, else its summary."""
    values: list[str] = [item.get("value", "") for item in entry.get("content", ())]
    values.append(entry.get("summary", ""))
    return max(values, key=len)
