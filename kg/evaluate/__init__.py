"""Figures against gold files, as ``gold/SCHEMA.md`` defines them, all articles taken to be in one store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.evaluate import gold as gold_files
from kg.evaluate.gold import Gold
from kg.evaluate.predicted import predictions
from kg.evaluate.schema import load
from kg.evaluate.score import Score, Scorer
from kg.model import Reading

__all__ = ["Gold", "Score", "evaluate", "score"]


def score(golds: Sequence[Gold], readings: Sequence[Reading]) -> Score:
    """Scores readings against gold, pairwise; events with one key in several readings are one event."""
    schema = load()
    total = Score()
    for gold, prediction in zip(golds, predictions(readings, schema), strict=True):
        Scorer(gold, prediction, schema, total).add()
    return total


def evaluate(paths: Iterable[Path]) -> Score:
    """Reads the articles beside the gold files of ``paths`` (files or folders) and scores what is read.

    Raises InputError for a path, gold file or article that cannot be read.
    """
    from kg.build import one_article, read_together

    golds = [gold_files.load(path) for path in gold_files.find(paths)]
    articles = [one_article(gold.article, published=gold.published) for gold in golds]
    return score(golds, read_together(articles))
