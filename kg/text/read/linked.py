"""schema.org articles in a page's JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_KINDS = ("Article", "BlogPosting", "Report")


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """What a page's structured data says of its article; empty where it does not."""

    headline: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""


def news_article(scripts: Iterable[str]) -> NewsArticle:
    """The first article among JSON-LD scripts; scripts that do not parse are passed over, as browsers do."""
    for script in scripts:
        try:
            data = json.loads(script, strict=False)
        except json.JSONDecodeError:
            continue
        for node in _nodes(data):
            if any(kind.endswith(_KINDS) for kind in _texts(node.get("@type"))):
                return _article(node)
    return NewsArticle()


def _article(node: dict[str, Any]) -> NewsArticle:
    return NewsArticle(
        headline=_name(node.get("headline") or node.get("name")),
        author=_name(node.get("author")),
        publisher=_name(node.get("publisher")),
        published=_name(node.get("datePublished")),
        url=_name(node.get("url") or node.get("mainEntityOfPage")),
    )


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph", []))


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value or "")]


def _name(value: Any) -> str:
    """The name of a node, or of several: text, ``{"name": …}``, ``{"@id": …}`` or a list of them."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_name, value)))
    if isinstance(value, dict):
        return _name(value.get("name") or value.get("@id"))
    return " ".join(str(value).split()) if value else ""
