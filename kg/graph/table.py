"""Tables for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_NARROWEST = 8
_GAP = "  "


def table(names: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None = None) -> str:
    """Rows under a heading; cells are cut with an ellipsis only where ``width`` columns do not hold the table."""
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    if not names:
        return f"{len(rows)} solutions without variables\n"
    widths = [max(display_width(cell) for cell in column) for column in zip(names, *cells, strict=True)]
    if width is not None:
        widths = _fit(widths, width - len(_GAP) * (len(widths) - 1))
    lines = [_line(names, widths), _GAP.join("─" * size for size in widths)]
    lines += [_line(row, widths) for row in cells]
    return "\n".join([*lines, f"({len(rows)} {'row' if len(rows) == 1 else 'rows'})", ""])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(_pad(cell, size) for cell, size in zip(cells, widths, strict=True)).rstrip()


def _fit(widths: list[int], available: int) -> list[int]:
    """Takes room from the widest columns until all fit, or none can give more."""
    sizes = list(widths)
    while sum(sizes) > available and max(sizes) > _NARROWEST:
        widest = max(sizes)
        others = [size for size in sizes if size < widest]
        count = len(sizes) - len(others)
        floor = max([_NARROWEST, *others])
        target = max(floor, (available - sum(others)) // count)
        sizes = [min(size, max(target, _NARROWEST)) if size == widest else size for size in sizes]
        if target > floor or floor == _NARROWEST:
            break
    return sizes


def display_width(text: str) -> int:
    """How many columns a terminal gives to a text: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _pad(text: str, size: int) -> str:
    short = text
    if display_width(short) > size:
        while display_width(short) > size - 1:
            short = short[:-1]
        short += "…"
    return short + " " * (size - display_width(short))
