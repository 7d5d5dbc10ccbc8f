"""A score as a table, its errors as a list, or both as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kg.evaluate.score import Score, Tally

F1_MEASURES = ("events", "roles", "positions", "memberships", "relations")
ACCURACIES = (
    "date", "place", "choice", "victims", "planned", "not planned", "attribution", "evidence",
    "wikidata right", "wikidata wrong",
)  # fmt: skip


def table(score: Score) -> Iterator[str]:
    """The figures as lines: measures with precision, recall and F1, shares, then events by class."""
    yield f"{'':14} {'P':>6} {'R':>6} {'F1':>6}   right/predicted  found/gold"
    for name in F1_MEASURES:
        yield _row(name, score.tally(name))
    yield ""
    for name in ACCURACIES:
        tally = score.tally(name)
        share = f"{tally.recall:6.3f}" if tally.gold else "     –"
        yield f"{name:14} {share}   {tally.found}/{tally.gold}"
    yield ""
    yield "events by class"
    for name, tally in sorted(score.by_class.items()):
        yield _row(name, tally)


def _row(name: str, tally: Tally) -> str:
    figures = f"{tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"
    return f"{name:14} {figures}   {tally.right}/{tally.predicted}  {tally.found}/{tally.gold}"


def errors(score: Score) -> Iterator[str]:
    """What was missed, extra and wrong, by measure and class, each with its sentence."""
    ordered = sorted(score.errors, key=lambda error: (error.measure, error.kind, error.what.split()[0], error.article))
    heading = ("", "")
    for error in ordered:
        if (error.measure, error.kind) != heading:
            heading = (error.measure, error.kind)
            yield ""
            yield f"## {error.measure}: {error.kind}"
        yield f"- {error.what}  [{error.article}]"
        if error.sentence:
            yield f"    {' '.join(error.sentence.split())}"


def as_data(score: Score) -> dict[str, Any]:
    """Everything as one JSON object."""
    return {
        "measures": {name: _figures(tally) for name, tally in score.measures.items()},
        "classes": {name: _figures(tally) for name, tally in sorted(score.by_class.items())},
        "errors": [asdict(error) for error in score.errors],
    }


def _figures(tally: Tally) -> dict[str, float]:
    return {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        **asdict(tally),
    }
