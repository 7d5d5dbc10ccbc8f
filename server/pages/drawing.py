"""Where things stand in the drawings that pages carry as SVG, so that they need no script."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

Shape = dict[str, Any]  # plain data for a template
_WIDTH, _HEIGHT = 720, 400


def year_of(date: str, *, at_end: bool = False) -> float:
    """A date as a number of years; one less precise than a day stands for its first day, or its end."""
    parts = [int(part) for part in date[:10].split("-") if part.isdigit()]
    if not parts:
        return math.nan
    month = parts[1] if len(parts) > 1 else 12 if at_end else 1
    day = parts[2] if len(parts) > 2 else 31 if at_end else 1
    return parts[0] + (month - 1) / 12 + (day - 1) / 372


def radial(neighbours: Sequence[Shape]) -> Shape:
    """Neighbours on an ellipse around a centre, sized by their ``count``; labels lean away from the middle."""
    x0, y0 = _WIDTH / 2, _HEIGHT / 2
    most = max((neighbour["count"] for neighbour in neighbours), default=1)
    nodes = []
    for i, neighbour in enumerate(neighbours):
        angle = 2 * math.pi * (i + 0.5) / len(neighbours) - math.pi / 2
        x, y = x0 + math.cos(angle) * 205, y0 + math.sin(angle) * 150
        size = 6 + 12 * math.sqrt(neighbour["count"] / most)
        side = "start" if math.cos(angle) > 0.15 else "end" if math.cos(angle) < -0.15 else "middle"
        away = {"start": size + 6, "end": -size - 6, "middle": 0}[side]
        drop = 4 if side != "middle" else size + 16 if math.sin(angle) > 0 else -size - 8
        width = 1 + 4 * neighbour["count"] / most
        nodes.append(
            neighbour
            | {"x": round(x, 1), "y": round(y, 1), "size": round(size, 1), "anchor": side, "width": round(width, 1)}
            | {"text_x": round(x + away, 1), "text_y": round(y + drop, 1), "short": shorten(neighbour["label"], 24)}
        )
    return {"width": _WIDTH, "height": _HEIGHT, "x": x0, "y": y0, "nodes": nodes}


def shorten(text: str, most: int) -> str:
    """A text cut to ``most`` characters, with an ellipsis where something was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def spans(rows: Sequence[Shape], *, label_width: int = 230) -> Shape:
    """Rows with ``spans`` (pairs of start and end) and ``as_of`` dates as bars and dots over a common axis of years."""
    years = [year_of(date) for row in rows for date in (*row["as_of"], *(start for start, _ in row["spans"]))]
    years += [year_of(end, at_end=True) for row in rows for _, end in row["spans"]]
    known = [year for year in years if not math.isnan(year)]
    if not known:
        return {}
    low, high = math.floor(min(known)), math.ceil(max(known) + 0.01)
    scale = (_WIDTH - label_width - 20) / max(high - low, 1)

    def at(year: float) -> float:
        return round(label_width + (year - low) * scale, 1)

    drawn = [_line(row, i, at, high) for i, row in enumerate(rows)]
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (high - low) / step <= 9)
    ticks = [{"x": at(year), "label": str(year)} for year in range(-(-low // step) * step, high + 1, step)]
    return {"width": _WIDTH, "height": 34 + 30 * len(rows), "rows": drawn, "ticks": ticks, "label_x": label_width - 12}


def _line(row: Shape, i: int, at: Callable[[float], float], high: float) -> Shape:
    dots = [at(year_of(date)) for date in row["as_of"] if not math.isnan(year_of(date))]
    bars = [_bar(year_of(start), year_of(end, at_end=True), at, high) for start, end in row["spans"] if start or end]
    return {"y": 34 + 30 * i, "dots": dots, "bars": bars, "short": shorten(row["label"], 30)}


def _bar(start: float, end: float, at: Callable[[float], float], high: float) -> Shape:
    """A bar from start to end; where one is not known it is drawn as open, to the edge or a little before the end."""
    left = at(start) if not math.isnan(start) else at(end) - 40
    right = at(end) if not math.isnan(end) else at(high)
    return {"x": left, "length": max(round(right - left, 1), 3), "open": math.isnan(end) or math.isnan(start)}


def histogram(counts: Sequence[tuple[str, dict[str, int]]], tones: Sequence[str]) -> Shape:
    """Stacked columns: for each period its count by tone, bottom up in the order of ``tones``."""
    most = max((sum(by_tone.values()) for _, by_tone in counts), default=1) or 1
    width, height, base = 960, 240, 205
    step = (width - 46) / max(len(counts), 1)
    columns = []
    for i, (period, by_tone) in enumerate(counts):
        y, parts = float(base), []
        for tone in tones:
            tall = by_tone.get(tone, 0) / most * (base - 18)
            y -= tall
            if tall:
                parts.append({"tone": tone, "y": round(y, 1), "height": round(tall, 1)})
        x = 40 + i * step
        columns.append(
            {"period": period, "x": round(x, 1), "width": round(max(step * 0.86, 1), 1), "parts": parts}
            | {"total": sum(by_tone.values()), "middle": round(x + step * 0.43, 1)}
        )
    every = max(1, math.ceil(len(columns) / 14))
    return {
        "width": width,
        "height": height,
        "base": base,
        "columns": columns,
        "every": every,
        "most": most,
        "step": step,
    }
