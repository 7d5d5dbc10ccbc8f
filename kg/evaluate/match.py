"""Which predicted event is which gold event: one to one, best overlap first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluate.gold import Choice, GoldEvent
from kg.evaluate.names import Names
from kg.evaluate.predicted import PredictedEvent, Prediction

MUTUAL = frozenset({"Meeting", "Summit", "Negotiation", "Agreement"})
"""Classes in which everybody is an agent, so that agents and targets are one set."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Matched pairs, and what is left on both sides."""

    pairs: tuple[tuple[GoldEvent, PredictedEvent], ...]
    missed: tuple[GoldEvent, ...]
    extra: tuple[PredictedEvent, ...]


def sides(gold: GoldEvent) -> list[tuple[str, tuple[Choice, ...]]]:
    """The participants as they are compared: agents and targets, or all in one where the event is mutual."""
    if MUTUAL & set(gold.kinds):
        return [("participants", gold.agents + gold.targets)]
    return [("agents", gold.agents), ("targets", gold.targets)]


def keys(event: PredictedEvent, side: str) -> frozenset[str]:
    """The keys of the predicted participants on one side."""
    if side == "participants":
        return event.agents | event.targets
    return event.agents if side == "agents" else event.targets


def pair(gold: Sequence[GoldEvent], prediction: Prediction, names: Names) -> Pairing:
    """Pairs events greedily by overlap of participants, then of evidence, then by rank of the class."""
    candidates = []
    for g, event in enumerate(gold):
        evidence = locate(event.evidence, prediction.text)
        for p, predicted in enumerate(prediction.events):
            score = _score(event, predicted, prediction, names, evidence)
            if score is not None:
                candidates.append((score, g, p))
    candidates.sort(key=lambda item: ([-part for part in item[0]], item[1], item[2]))
    taken_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, p in candidates:
        if g not in taken_gold and p not in taken:
            taken_gold[g] = p
            taken.add(p)
    return Pairing(
        pairs=tuple((gold[g], prediction.events[p]) for g, p in sorted(taken_gold.items())),
        missed=tuple(event for g, event in enumerate(gold) if g not in taken_gold),
        extra=tuple(event for p, event in enumerate(prediction.events) if p not in taken),
    )


def _score(
    gold: GoldEvent, event: PredictedEvent, prediction: Prediction, names: Names, evidence: tuple[int, int] | None
) -> tuple[float, ...] | None:
    """How well an event fits, larger is better; None where it does not match at all."""
    ranks = [rank for rank, kind in enumerate(gold.kinds) if kind in event.classes]
    if not ranks:
        return None
    overlap = 0
    for side, wanted in sides(gold):
        present = prediction.names_of(keys(event, side))
        overlap += sum(names.any_meets(choice, present) for choice in wanted)
    same_sentence = overlaps(gold.evidence, evidence, event)
    if not overlap and not (not gold.agents and not gold.targets and same_sentence):
        return None
    same_date = bool(gold.date) and gold.date in event.dates
    return (overlap, same_sentence, same_date, not gold.optional, -ranks[0])


def locate(evidence: str, text: str) -> tuple[int, int] | None:
    """Where the article says ``evidence``, whatever its white space and quotation marks; None where it does not."""
    words = [re.escape(word) for word in re.split(r"[\s\"'“”‘’]+", evidence) if word]
    if not words:
        return None
    found = re.search(r"[\s\"'“”‘’]+".join(words), text)
    return (found.start(), found.end()) if found else None


def overlaps(evidence: str, span: tuple[int, int] | None, event: PredictedEvent) -> bool:
    """Whether a sentence reported for the event overlaps the gold evidence."""
    if span is None:
        return bool(evidence) and (evidence in event.sentence or event.sentence in evidence)
    return any(begin < span[1] and span[0] < finish for begin, finish in event.spans)
