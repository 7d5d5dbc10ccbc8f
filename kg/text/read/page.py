"""Articles as HTML pages: the text through trafilatura, the rest from the page's own metadata."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from kg.errors import InputError
from kg.model import Article
from kg.text.read import plain, published
from kg.text.read.decode import tidy
from kg.text.read.linked import NewsArticle, news_article

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='pubdate' or @name='publishdate' or @name='date' or @name='dc.date.issued' or @name='DC.date.issued'"
    " or @name='DC.date' or @name='parsely-pub-date' or @name='sailthru.date' or @name='citation_publication_date']"
    "/@content",
    "//article//time/@datetime",
    "//*[@itemprop='datePublished']/@datetime",
    "//time/@datetime",
)
_TITLES = ("//meta[@property='og:title']/@content", "//article//h1", "//h1")
_PUBLISHERS = ("//meta[@property='og:site_name']/@content", "//meta[@name='DC.publisher']/@content")
_VISIBLE = ".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"
_URLS = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page with what trafilatura and its structured data say of it."""

    tree: Any
    extracted: Any
    data: NewsArticle

    def first(self, paths: tuple[str, ...]) -> str:
        """The text of the first node that any of the XPath expressions finds."""
        for path in paths:
            for node in self.tree.xpath(path):
                text = node if isinstance(node, str) else node.text_content()
                if text.strip():
                    return " ".join(text.split())
        return ""


def article(page: str, *, source: str, stem: str, dated: str = "", fields: dict[str, Any] | None = None) -> Article:
    """The article of an HTML page; ``fields`` known from outside (a feed, an archive) come before the page's own.

    Raises InputError where the page has no text of an article.
    """
    parsed = parse(page, source)
    known = {**_metadata(parsed), **{name: value for name, value in (fields or {}).items() if value}}
    return plain.compose(tidy(_body(parsed, source)), known, source=source, stem=stem, dated=dated)


def parse(page: str, source: str) -> Page:
    """A page as a tree, however broken; raises InputError where there is nothing to parse."""
    try:
        tree = lxml_html.document_fromstring(page.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise InputError(f"is not an HTML page: {error}", source=source) from error
    data = news_article(tree.xpath("//script[@type='application/ld+json']/text()"))
    extracted = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True)
    return Page(tree, extracted, data)


def _body(page: Page, source: str) -> str:
    text = page.extracted.text if page.extracted is not None else ""
    if not text:
        blocks = page.tree.xpath("//body//p") or page.tree.xpath("//body")
        text = "\n".join(" ".join("".join(block.xpath(_VISIBLE)).split()) for block in blocks)
    if not text.strip():
        raise InputError("has no text of an article", source=source)
    return "\n\n".join(line.removeprefix("- ").strip() for line in text.split("\n"))


def _metadata(page: Page) -> dict[str, Any]:
    found, data = page.extracted, page.data
    guessed = {name: getattr(found, name, None) or "" for name in ("title", "author", "sitename", "date")}
    language = page.tree.get("lang") or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "en"
    return {
        "title": data.headline or page.first(_TITLES) or guessed["title"],
        "author": data.author or guessed["author"],
        "publisher": data.publisher or page.first(_PUBLISHERS) or guessed["sitename"],
        "published": published.iso(data.published) or published.iso(page.first(_DATES)) or guessed["date"],
        "url": page.first(_URLS) or data.url,
        "language": language.split("-")[0].casefold(),
    }
