"""What stands above an article's text: headline, byline, publisher, date of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.text.read import furniture, published

_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BYLINE = re.compile(r"^(?:by|from|von|par|written\s+by)\s*:?\s+([^\W\d_].{2,120})$", re.I)
_DATED = re.compile(
    r"^(?:first\s+)?(?:published|posted|updated|last\s+updated|modified|issued|date|created|release[d]?)\b"
    r"(?:\s+(?:on|at))?\s*:?\s*",
    re.I,
)
_LATER = re.compile(r"\b(?:updated|modified|amended)\b", re.I)
_LABELLED = re.compile(r"^(?:source|publisher|publication|newspaper|agency)\s*:\s*(.{2,80})$", re.I)
_TITLED = re.compile(r"^(?:title|headline)\s*:\s*(.{4,300})$", re.I)
_OUTLET = re.compile(
    r"\b(?:times|post|herald|courier|gazette|tribune|chronicle|journal|guardian|telegraph|observer|monitor|dispatch"
    r"|sentinel|independent|mail|express|star|globe|mirror|wire|news|newswire|agency|press|reuters|daily|weekly"
    r"|broadcasting|today|review|standard|examiner|register|ledger|bulletin|argus|record|bbc|cnn|afp|ap)\b",
    re.I,
)
_APPEAL = re.compile(r"^support\s+((?:the\s+)?[A-Z][\w.’' -]{3,50})!$", re.I)
_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’-]{2,40}(?:,\s*[A-Z][\w.’ -]{2,30})?"
    r"(?:[,\s]+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,?\s+\d{4})?|\d{1,2}\s+[A-Z][a-z]{2,8}(?:\s+\d{4})?))?"
    r"\s*(?:\(([A-Z][\w .]{1,40})\)\s*)?(?:—|–|--|-|_)\s"
)
_MAX_LINE = 250
_MAX_LINES = 12


@dataclass(slots=True)
class Header:
    """What a header says; empty where it does not."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""


def split(paragraphs: Sequence[str], *, title: str = "") -> tuple[Header, list[str]]:
    """The header above an article, and the paragraphs that follow it.

    A header is made of lines that are no sentences. The first that is neither date, byline nor furniture is the
    headline. A text of a single paragraph has no header; neither has one whose first paragraph is a sentence.
    """
    header = Header(title=title)
    number = 0
    for number, line in enumerate(paragraphs):
        if not _belongs(line, paragraphs[number + 1 :], header):
            break
        _take(line, header)
    body = list(paragraphs[number:])
    _read_dateline(body, header)
    return header, body


def _belongs(line: str, rest: Sequence[str], header: Header) -> bool:
    if _same(line) == _same(header.title) and header.title:
        return True
    if not rest or len(line) > _MAX_LINE or _DATELINE.match(line):
        return False
    if furniture.is_line(line) or furniture.is_appeal(line) or _date_in(line) or _BYLINE.match(line):
        return True
    return not _TERMINAL.search(line) or (not header.title and _is_headline(line, rest))


def _is_headline(line: str, rest: Sequence[str]) -> bool:
    """Whether a line that ends like a sentence is a headline all the same: it comes again, or asks above a text."""
    again = any(_same(line) == _same(other) for other in rest[:3])
    return again or (line.endswith(("?", "!")) and len(line) <= 120)


def _take(line: str, header: Header) -> None:
    if match := _TITLED.match(line):
        header.title = match[1]
    elif match := _APPEAL.match(line):
        header.publisher = header.publisher or match[1]
    elif furniture.is_line(line) or furniture.is_appeal(line):
        return
    elif date := _date_in(line):
        if not header.published or not _LATER.search(line):
            header.published = header.published or date
    elif match := _LABELLED.match(line):
        header.publisher = match[1]
    elif header.title and (match := _BYLINE.match(line)):
        header.author = _names(match[1])
    elif not header.title:
        header.title = line
    elif not header.publisher and _is_outlet(line):
        header.publisher = line


def _is_outlet(line: str) -> bool:
    capitals = sum(word[0].isupper() for word in line.split())
    return len(line.split()) <= 6 and capitals >= len(line.split()) - 1 and bool(_OUTLET.search(line))


def _names(byline: str) -> str:
    """The names of a byline without place and paper: "Jo Marsh in Vienna" → "Jo Marsh"."""
    names = re.split(r"\s+(?:in|at|for)\s+|,\s+|\s*[|·/]\s*|\s+-\s+", byline)[0]
    return "; ".join(re.split(r"\s+and\s+", names))


def _date_in(line: str) -> str:
    """The date of a line that is about the date: labelled, or with little else in it."""
    found = published.iso(line)
    if not found:
        return ""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if word.casefold() not in published.MONTHS]
    labelled = any(_DATED.match(part.strip()) for part in re.split(r"[|·•]", line))
    return found if labelled or (len(words) <= 6 and not _TERMINAL.search(line)) else ""


def _read_dateline(body: Sequence[str], header: Header) -> None:
    match = _DATELINE.match(body[0]) if body else None
    if match:
        header.published = header.published or published.iso(match[0])
        header.publisher = header.publisher or (match[1] or "")


def _same(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
