"""Articles in web archives (WARC, ISO 28500), gzipped or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from kg.errors import InputError
from kg.model import Article
from kg.text.read import decode, page, plain
from kg.text.read.slug import slugify

_PAGES = frozenset({"response", "resource"})
_HTML = ("text/html", "application/xhtml+xml")


def articles(path: Path, *, dated: str = "") -> Iterator[Article | InputError]:
    """The pages of an archive as articles, a record at a time; other media and failed requests are passed over."""
    try:
        with path.open("rb") as stream:
            yield from _records(stream, path, dated)
    except (OSError, ArchiveLoadFailed, EOFError) as error:
        yield InputError(f"is not a readable WARC file: {error}", source=str(path))


def _records(stream: Any, path: Path, dated: str) -> Iterator[Article | InputError]:
    records = 0
    for record in ArchiveIterator(stream):
        records += record.format == "warc"
        if record.format == "warc" and record.rec_type in _PAGES and _is_page(record):
            yield _article(record, path, dated)
    if not records:
        yield InputError("is not a WARC file, or has no records", source=str(path))


def _media_type(record: Any) -> tuple[str, str]:
    """The media type and the charset that the server declared."""
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    kind, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
    _, _, charset = parameters.partition("charset=")
    return kind.strip().casefold(), charset.split(";")[0].strip().strip("\"'")


def _is_page(record: Any) -> bool:
    failed = record.http_headers is not None and not (record.http_headers.statusline or "").startswith("200")
    return not failed and _media_type(record)[0] in (*_HTML, "text/plain")


def _article(record: Any, path: Path, dated: str) -> Article | InputError:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    source = f"{path}: {url}"
    kind, charset = _media_type(record)
    try:
        data = record.content_stream().read()
        if kind not in _HTML:
            text = decode.tidy(decode.plain(data, source))
            return plain.compose(text, {"url": url}, source=path.name, stem=slugify(url), dated=dated)
        text = decode.html(data, source, charset)
        return page.article(text, source=path.name, stem=slugify(url), dated=dated, fields={"url": url})
    except InputError as error:
        return InputError(error.reason, source=source)
