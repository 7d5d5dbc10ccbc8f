"""Reading HTML, JSON lines, feeds and web archives."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.text import read

NEWS = [
    "LIMA — Peru and Chile signed a treaty on their sea border on Monday, ending a quarrel of thirty years.",
    "Peru's foreign minister, Rosa Quispe, met her Chilean counterpart, Pedro Soto, before the ceremony in Lima.",
    "Fishing fleets of both countries had asked their governments for a settlement since the last war of words.",
]
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Treaty signed | Andes Post</title>
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Treaty signed in Lima",
"datePublished": "2014-02-03T09:00:00-05:00", "author": [{"name": "Inés Rojas"}], "publisher": {"name": "Andes Post"}}]}
</script><link rel="canonical" href="https://andes.example/treaty"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><div class="cookie"><p>We use cookies on this site.</p></div>
<article><h1>Treaty signed in Lima</h1><p class="byline">By Inés Rojas</p>%s
<div class="newsletter"><p>Sign up for our briefing.</p></div></article>
<section id="comments"><h2>2 comments</h2><p>Chile attacked first!</p></section>
<footer>© 2014 Andes Post</footer></body></html>"""
HTML = PAGE % "".join(f"<p>{paragraph}</p>" for paragraph in NEWS)


def only(path: Path) -> Article:
    (article,) = read.articles_of(path)
    return article


def store(folder: Path, data: bytes | str, name: str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_page_gives_its_news_and_what_its_metadata_says(tmp_path: Path) -> None:
    article = only(store(tmp_path, HTML, "a.html"))
    assert article.text.split("\n\n") == NEWS
    assert (article.title, article.author) == ("Treaty signed in Lima", "Inés Rojas")
    assert (article.publisher, article.published) == ("Andes Post", "2014-02-03")
    assert (article.source, article.language) == ("https://andes.example/treaty", "en")


def test_structured_data_that_does_not_parse_is_passed_over(tmp_path: Path) -> None:
    page = HTML.replace('{"@graph"', '{"@graph":').replace(
        "<head>", '<head><meta property="article:published_time" content="2014-02-04T00:00:00Z">'
    )
    article = only(store(tmp_path, page, "a.html"))
    assert (article.published, article.title) == ("2014-02-04", "Treaty signed in Lima")


@pytest.mark.parametrize(
    "broken",
    [
        HTML.replace("</p>", "").replace("</article>", ""),
        HTML.replace("</body></html>", ""),
        HTML.replace("<p>", "<p><b><i>"),
        "<p>" + "</p><p>".join(NEWS),
        HTML.replace("<!doctype html>", "<<<>>").replace("</head>", ""),
    ],
)
def test_broken_html_still_gives_its_news(tmp_path: Path, broken: str) -> None:
    text = only(store(tmp_path, broken, "a.html")).text
    assert all(paragraph in text for paragraph in NEWS) and "attacked" not in text


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-16", "utf-8"])
def test_declared_charset_is_respected(tmp_path: Path, charset: str) -> None:
    page = HTML.replace('charset="utf-8"', f'charset="{charset}"')
    page = page.replace("LIMA —", "LIMA -").replace("Rosa", "Inés")
    assert "Inés Quispe" in only(store(tmp_path, page.encode(charset), "a.html")).text


def test_page_in_another_charset_than_it_declares_is_read(tmp_path: Path) -> None:
    assert "Inés" in only(store(tmp_path, HTML.replace("Rosa", "Inés").encode("windows-1252"), "a.html")).text


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><body><script>x()</script></body></html>"])
def test_page_without_text_is_an_error(tmp_path: Path, page: str) -> None:
    (error,) = read.articles([store(tmp_path, page, "a.html")])
    assert isinstance(error, InputError) and "has no text" in str(error)


def test_json_lines_give_an_article_a_line_and_an_error_a_bad_line(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "one", "text": NEWS[0], "title": "Treaty", "published": "2014-02-03", "publisher": "Post"}),
        '{"text": "unfinished',
        "",
        json.dumps({"title": "no text"}),
        json.dumps(["not", "an", "object"]),
        json.dumps({"text": 7}),
        json.dumps({"text": NEWS[1], "url": "https://e.org/2"}),
    ]
    path = store(tmp_path, "\n".join(lines), "news.jsonl")
    items = list(read.articles([path]))
    articles = [item for item in items if isinstance(item, Article)]
    errors = [item for item in items if isinstance(item, InputError)]
    assert [error.line for error in errors] == [2, 4, 5, 6]
    assert all(str(error).startswith(f"{path}:") and "\n" not in str(error) for error in errors)
    assert (articles[0].slug, articles[0].title, articles[0].published) == ("one", "Treaty", "2014-02-03")
    assert articles[1].source == "https://e.org/2" and articles[1].text == NEWS[1]


def test_json_line_with_a_wrong_byte_is_that_lines_error(tmp_path: Path) -> None:
    good = json.dumps({"text": NEWS[0]}).encode()
    items = list(read.articles([store(tmp_path, good + b'\n{"text": "caf\xe9"}\n' + good[:-2] + b'!"}', "n.jsonl")]))
    assert [isinstance(item, InputError) for item in items] == [False, True, False]


def test_json_text_may_hold_header_and_furniture(tmp_path: Path) -> None:
    text = "Treaty signed\n3 February 2014\n\n" + "\n\n".join(NEWS) + "\n\nLeave a comment"
    article = only(store(tmp_path, json.dumps({"text": text}), "n.jsonl"))
    assert (article.title, article.published) == ("Treaty signed", "2014-02-03")
    assert article.text.split("\n\n") == NEWS


def test_zipped_json_lines_are_read(tmp_path: Path) -> None:
    data = gzip.compress(json.dumps({"id": "z", "text": NEWS[0]}).encode())
    assert only(store(tmp_path, data, "n.jsonl.gz")).slug == "z"


def test_json_lines_are_streamed(tmp_path: Path) -> None:
    line = json.dumps({"text": NEWS[0]}).encode() + b"\n"
    path = store(tmp_path, line + b"not json\n" * 1000, "n.jsonl")
    stream = read.articles([path])
    assert isinstance(next(stream), Article) and isinstance(next(stream), InputError)


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Andes Post</title><item><title>Treaty signed</title><link>https://e.org/1</link>
<pubDate>Mon, 03 Feb 2014 09:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[{"".join(f"<p>{p}</p>" for p in NEWS)}<p>Read more</p>]]></content:encoded></item>
<item><title>Empty</title></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Andes Post</title>
<entry><title>Treaty signed</title><published>2014-02-03T09:00:00Z</published><link href="https://e.org/1"/>
<author><name>Inés Rojas</name></author><content type="text">{NEWS[0]}</content></entry></feed>"""


def test_rss_carries_articles(tmp_path: Path) -> None:
    article, error = read.articles([store(tmp_path, RSS, "feed.rss")])
    assert isinstance(article, Article) and isinstance(error, InputError)
    assert article.text.split("\n\n") == NEWS
    assert (article.title, article.publisher, article.published) == ("Treaty signed", "Andes Post", "2014-02-03")
    assert article.source == "https://e.org/1"


def test_atom_carries_articles(tmp_path: Path) -> None:
    article = only(store(tmp_path, ATOM, "feed.xml"))
    assert (article.text, article.author, article.published) == (NEWS[0], "Inés Rojas", "2014-02-03")


def test_xml_that_is_no_feed_is_an_error(tmp_path: Path) -> None:
    (error,) = read.articles([store(tmp_path, "<note><to>Inés</to></note>", "note.xml")])
    assert isinstance(error, InputError) and "is not an RSS or Atom feed" in str(error)


def archive(*pages: tuple[str, str, str, bytes], zipped: bool = True) -> bytes:
    """A web archive of responses: address, status, media type and body of each."""
    records = []
    for url, status, kind, body in pages:
        response = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        head += f"WARC-Record-ID: <urn:uuid:{len(records)}>\r\nContent-Type: application/http; msgtype=response\r\n"
        record = f"{head}Content-Length: {len(response)}\r\n\r\n".encode() + response + b"\r\n\r\n"
        records.append(gzip.compress(record) if zipped else record)
    return b"".join(records)


@pytest.mark.parametrize("zipped", [True, False])
def test_archive_gives_its_pages(tmp_path: Path, zipped: bool) -> None:
    page = HTML.replace('<link rel="canonical" href="https://andes.example/treaty">', "").encode()
    data = archive(
        ("https://e.org/treaty", "200 OK", "text/html; charset=utf-8", page),
        ("https://e.org/gone", "404 Not Found", "text/html", page),
        ("https://e.org/pic", "200 OK", "image/png", b"\x89PNG"),
        ("https://e.org/none", "200 OK", "text/html", b"<html></html>"),
        zipped=zipped,
    )
    items = list(read.articles([store(tmp_path, data, "crawl.warc.gz" if zipped else "crawl.warc")]))
    assert [type(item) for item in items] == [Article, InputError]
    article = items[0]
    assert isinstance(article, Article)
    assert (article.source, article.title) == ("https://e.org/treaty", "Treaty signed in Lima")
    assert article.text.split("\n\n") == NEWS


def test_cut_archive_is_an_error(tmp_path: Path) -> None:
    items = list(read.articles([store(tmp_path, b"not an archive at all", "crawl.warc")]))
    assert len(items) == 1 and isinstance(items[0], InputError)


@pytest.mark.parametrize(("data", "name"), [(HTML, "page"), (json.dumps({"text": NEWS[0]}), "lines"), (ATOM, "feed")])
def test_file_without_suffix_is_known_by_how_it_begins(tmp_path: Path, data: str, name: str) -> None:
    assert NEWS[0] in only(store(tmp_path, data, name)).text


def test_source_articles_lose_their_furniture_and_keep_their_news(shared: Path) -> None:
    one, two = read.articles_of(shared / "seeds")
    for article in (one, two):
        assert not any(word in article.text for word in ("favor", "Leave a comment", "Read more", "Issue #", "$2"))
    assert one.title.startswith("Putin, Hu Urge") and one.published == ""
    assert two.published == "2012-06-06" and two.title.startswith("Putin, Hu Meet")
