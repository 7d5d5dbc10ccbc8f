"""A dateline is a sentence of its own, so that its city is nobody's subject."""

from __future__ import annotations

import pytest

from kg.config import Settings
from kg.text.annotate import load_pipeline
from kg.text.datelines import written_on


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("OSLO —", "Norway and Sweden signed a pact on Monday."),
        ("NEW DELHI —", "Kari Lund met Ola Berg on Monday."),
        ("QUITO, Ecuador —", "Rebels freed two sailors."),
        ("LIMA, Peru (Reuters) -", "Peru recalled its envoy."),
        ("LIMA, Peru -", "Ravid Hamari, the former prime minister, was freed on Monday."),
        ("LONDON, Nov. 6 -", "Peru and Chile signed an accord."),
        ("GENEVA, Aug. 4 --", "Chile abstained."),
        ("PORT-AU-PRINCE –", "Haiti expelled a diplomat."),
        ("Niamey, Niger –", "Rosa Diaz sold bread."),
        ("Quito/Lima:", "Peru recalled its envoy."),
        ("Oslo, Aug. 4 (NTB):", "Norway recalled its envoy."),
        ("LIMA, May 3 (Andina) --", "Peru recalled its envoy."),
    ],
)
def test_sentence_begins_after_the_dateline(dateline: str, rest: str) -> None:
    doc = load_pipeline(Settings())(f"{dateline} {rest}")
    assert [sentence.text for sentence in doc.sents] == [dateline, rest]


@pytest.mark.parametrize(
    "text",
    [
        "NATO, which met in Oslo on Monday, agreed to the plan — but only just.",
        "The UN-backed truce — the third — collapsed.",
        "U.S.-led forces left.",
    ],
)
def test_other_dashes_begin_no_sentence(text: str) -> None:
    assert len(list(load_pipeline(Settings())(text).sents)) == 1


@pytest.mark.parametrize(
    ("text", "published", "today"),
    [
        ("QUITO, June 2 -- Peru recalled its envoy today.", "1995-06-03", "1995-06-02"),
        ("Envoy recalled\n\nBy Ana Ruiz\n\nQuito, 2 June (PNA) - Peru recalled its envoy.", "1995-06-03", "1995-06-02"),
        ("QUITO, June 2 -- Peru recalled its envoy today.", "1995-06-12", "1995-06-12"),
        ("QUITO -- Peru recalled its envoy on June 2.", "1995-06-03", "1995-06-03"),
        ("QUITO, June 2 -- Peru recalled its envoy today.", "", ""),
    ],
)
def test_today_is_the_day_of_the_dateline(text: str, published: str, today: str) -> None:
    assert written_on(text, published) == today
