"""The one place that composes the flow: read → annotate → extract → link → map → store → infer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.build.extract import Tools, load_tools, read_article
from kg.config import Settings
from kg.model import Article, Reading
from kg.text import read

__all__ = ["Tools", "load_tools", "one_article", "read_article", "read_together"]


def one_article(path: Path, *, published: str = "") -> Article:
    """The only article of a file; raises InputError where there is none."""
    return next(iter(read.articles_of(path, published=published)))


def read_together(articles: Iterable[Article], settings: Settings | None = None) -> Sequence[Reading]:
    """Readings of several articles as one store would hold them: the same happening has one key in all."""
    from kg.link import merge

    tools = load_tools(settings or Settings.from_environment())
    return merge.merge([read_article(article, tools) for article in articles])
