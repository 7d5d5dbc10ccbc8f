"""What is denied, refused, threatened, urged, asked or imagined is no event."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.text.extraction import extract

SENTENCES = [
    pytest.param(line["kinds"], line["text"], id=f"{reason}: {line['text'][:60]}")
    for reason, lines in yaml.safe_load(Path(__file__).with_name("not_happened.yaml").read_text()).items()
    for line in lines
]


def test_there_are_enough_of_them() -> None:
    assert len(SENTENCES) >= 150


@pytest.mark.parametrize(("kinds", "text"), SENTENCES)
def test_it_is_not_said_to_have_happened(kinds: list[str], text: str) -> None:
    assert [event.kind for event in extract(text) if event.kind in kinds] == []
