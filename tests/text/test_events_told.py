"""What plain sentences tell of, in active, passive, nominal, light-verb and coordinated form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.text.extraction import extract, keys

NAMES = ("told.yaml", "told_war.yaml", "told_idioms.yaml", "told_phrases.yaml", "told_power.yaml", "told_turns.yaml")
TOLD = [
    pytest.param(kind, line, id=f"{kind}: {line['text'][:60]}")
    for name in (
        *NAMES,
        "told_dispute.yaml",
        "told_harm.yaml",
        "told_deeds.yaml",
        "told_diplomacy.yaml",
        "told_manners.yaml",
        "told_ways.yaml",
        "told_encounters.yaml",
        "told_gatherings.yaml",
        "told_missions.yaml",
    )
    for kind, lines in yaml.safe_load(Path(__file__).with_name(name).read_text()).items()
    for line in lines
]


@pytest.mark.parametrize(("kind", "line"), TOLD)
def test_the_event_is_found_with_its_roles(kind: str, line: dict[str, Any]) -> None:
    found = [event for event in extract(line["text"]) if event.kind == kind]
    assert found
    assert any(
        set(line.get("agents", ())) <= keys(event, "agent")
        and set(line.get("targets", ())) <= keys(event, "target")
        and event.planned == line.get("planned", False)
        and line.get("killed") in (None, event.killed)
        for event in found
    ), found
