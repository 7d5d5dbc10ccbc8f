"""Files of every format → ``Article``s, with what is no news removed.

``articles`` is a stream of values: an article, or the InputError that says why there is none, so that one bad file
or line never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.model import Article
from kg.text.read import decode, feed, page, plain, published, records, warc
from kg.text.read.slug import digest

__all__ = ["articles", "articles_of", "date", "expected"]

_TEXT = (".txt", ".text", ".md")
_HTML = (".html", ".htm", ".xhtml")
_RECORDS = (".jsonl", ".ndjson", ".jsonlines")
_FEEDS = (".rss", ".atom", ".xml", ".rdf")
_ARCHIVES = (".warc",)
_IN_FOLDERS = (".txt", ".text", *_HTML, *_RECORDS, ".rss", ".atom", ".xml", *_ARCHIVES)

Item = Article | InputError


def date(text: str) -> str:
    """A date given by a user, as ISO text; raises UsageError where it is none."""
    found = published.iso(text)
    if not found:
        raise UsageError(f"not a date: {text!r} (write 2012-06-05)")
    return found


def articles(paths: Iterable[Path], *, published: str = "") -> Iterator[Item]:
    """Every article in files and folders, in order, each slug once.

    Two different articles that would have one slug are told apart by a digest of the text of the later; the very same
    article met again is passed over.
    """
    seen: dict[str, str] = {}
    for path in paths:
        for item in _read(path, published):
            if isinstance(item, InputError):
                yield item
            elif (single := _single(item, seen)) is not None:
                yield single


def articles_of(path: Path, *, published: str = "") -> Iterator[Article]:
    """The articles of one file or folder; raises the first InputError."""
    for item in articles([path], published=published):
        if isinstance(item, InputError):
            raise item
        yield item


def _single(article: Article, seen: dict[str, str]) -> Article | None:
    mark = digest(article.text)
    if seen.get(article.slug) == mark:
        return None
    if article.slug in seen:
        article = replace(article, slug=f"{article.slug}-{mark}")
        if seen.get(article.slug) == mark:
            return None
    seen[article.slug] = mark
    return article


def _read(path: Path, dated: str) -> Iterator[Item]:
    if path.is_dir():
        yield from _folder(path, dated)
    elif not path.exists():
        yield InputError("no such file or folder", source=str(path))
    elif not path.is_file():
        yield InputError("is neither a file nor a folder", source=str(path))
    else:
        yield from _reader(path)(path, dated=dated)


def _folder(folder: Path, dated: str) -> Iterator[Item]:
    """Everything readable below a folder, by name; files of other kinds and hidden ones are not articles."""
    visible = _in_folder(folder)
    if not visible:
        yield InputError("has no articles (.txt, .html, .jsonl, .rss, .atom, .xml, .warc)", source=str(folder))
    for path in visible:
        yield from _read(path, dated)


def _in_folder(folder: Path) -> list[Path]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and _suffix(path) in _IN_FOLDERS]
    return [path for path in files if not any(p.startswith(".") for p in path.relative_to(folder).parts)]


def _suffix(path: Path) -> str:
    suffixes = path.suffixes[-2:]
    return (suffixes[0] if suffixes[-1:] == [".gz"] and len(suffixes) == 2 else path.suffix).casefold()


def _reader(path: Path) -> Callable[..., Iterator[Item]]:
    """The reader for a file by its suffix, or by how it begins where the suffix tells nothing."""
    suffix = _suffix(path)
    for suffixes, reader in (
        (_TEXT, _text),
        (_HTML, _page),
        (_RECORDS, records.articles),
        (_FEEDS, feed.articles),
        (_ARCHIVES, warc.articles),
    ):
        if suffix in suffixes:
            return reader
    return _sniffed(path)


def _sniffed(path: Path) -> Callable[..., Iterator[Item]]:
    try:
        with path.open("rb") as file:
            start = file.read(2048).lstrip()
    except OSError:
        return _text
    begins = start[:512].lower()
    if begins.startswith(b"warc/"):
        return warc.articles
    if b"<rss" in begins or b"<feed" in begins or b"<rdf:rdf" in begins:
        return feed.articles
    if begins.startswith(b"<"):
        return _page
    return records.articles if begins.startswith(b"{") else _text


def _text(path: Path, *, dated: str = "") -> Iterator[Item]:
    def parse(data: bytes) -> Article:
        text = decode.plain(data, str(path))
        if text.lstrip()[:15].casefold().startswith(("<!doctype html", "<html")):
            return page.article(text, source=path.name, stem=_stem(path), dated=dated)
        return plain.article(text, source=path.name, stem=_stem(path), dated=dated)

    yield _safely(path, parse)


def _page(path: Path, *, dated: str = "") -> Iterator[Item]:
    yield _safely(
        path,
        lambda data: page.article(decode.html(data, str(path)), source=path.name, stem=_stem(path), dated=dated),
    )


def _safely(path: Path, parse: Callable[[bytes], Article]) -> Item:
    try:
        return parse(decode.load(path))
    except InputError as error:
        return InputError(error.reason, source=str(path), line=error.line)


def _stem(path: Path) -> str:
    return path.name.removesuffix(".gz").rsplit(".", 1)[0]


def expected(paths: Iterable[Path]) -> int:
    """About how many articles are in files and folders: a line of JSON lines counts as one, any other file as one."""
    return sum(_expected_in(path) for path in paths)


def _expected_in(path: Path) -> int:
    if path.is_dir():
        return sum(map(_expected_in, _in_folder(path)))
    if not path.is_file() or _suffix(path) not in _RECORDS or path.suffix == ".gz":
        return 1
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) or 1
