"""Articles as JSON lines, one a line: ``{"id", "text", "title", "published", "publisher", "url"}``."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError
from kg.model import Article
from kg.text.read import page, plain, published
from kg.text.read.decode import reason_of, tidy
from kg.text.read.slug import digest

_TEXTS = ("id", "text", "title", "published", "publisher", "url", "author", "language", "html")


def articles(path: Path, *, dated: str = "") -> Iterator[Article | InputError]:
    """The articles of a file, a line at a time; a bad line is an error with its number, and the rest goes on."""
    source = str(path)
    count = 0
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    count += 1
                    yield _safely(line, source, number, path, dated)
    except (OSError, EOFError, zlib.error) as error:
        yield InputError(reason_of(error), source=source)
        return
    if not count:
        yield InputError("is empty", source=source)


def _open(path: Path) -> IO[bytes] | gzip.GzipFile:
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if zipped else path.open("rb")


def _safely(line: bytes, source: str, number: int, path: Path, dated: str) -> Article | InputError:
    try:
        return article(_record(line), source=source, line=number, stem=path.name.split(".")[0], dated=dated)
    except InputError as error:
        return InputError(error.reason, source=source, line=number)


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte 0x{line[error.start]:02x} at column {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise InputError("JSON nested too deeply") from error
    if not isinstance(record, dict):
        raise InputError("not a JSON object")
    return record


def article(record: dict[str, Any], *, source: str, line: int, stem: str, dated: str = "") -> Article:
    """The article of one record; ``html`` is taken where there is no ``text``. Raises InputError for a bad field."""
    for name in _TEXTS:
        value = record.get(name)
        if value is not None and not isinstance(value, (str, int) if name == "id" else str):
            raise InputError(f'"{name}" is not text', source=source, line=line)
    date = (record.get("published") or "").strip()
    if date and not published.iso(date):
        raise InputError(f'"published" is not a date: {date[:40]!r}', source=source, line=line)
    text = record.get("text") or ""
    marked_up = (not text.strip() and record.get("html")) or (text if text.lstrip()[:1] == "<" else "")
    if not text.strip() and not marked_up:
        raise InputError('has no "text"', source=source, line=line)
    named = record.get("id") or record.get("slug")
    fields = {**record, "id": str(named) if named else "", "source": ""}
    stem = f"{stem}-{digest(text or marked_up)}"
    if marked_up:
        return page.article(marked_up, source=source, stem=stem, dated=dated, fields=_known(fields))
    return plain.compose(tidy(text), _known(fields), source=_place(source, line), stem=stem, dated=dated)


def _known(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if isinstance(value, str) and name not in {"text", "html"}}


def _place(source: str, line: int) -> str:
    return f"{Path(source).name}:{line}"
