"""Every office that a sentence tells, and no other: coordination, lists, possessives, organisations, bare titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.text.document import Document
from kg.text.positions import positions

Annotate = Callable[..., Document]
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("offices.yaml").read_text(encoding="utf-8"))


def told(document: Document) -> set[tuple[str, ...]]:
    """Holder, title and organisation by name, and "former" where the office is past."""
    names = {r.key: r.name for r in document.referents}
    return {
        (names[t.holder], t.title, names[t.organisation], *(("former",) if t.former else ()))
        for t in positions(document)
    }


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_offices_told_are_found_and_no_others(annotate: Annotate, case: dict[str, Any]) -> None:
    document = annotate(case["text"], case.get("date", "2013-05-01"))
    assert told(document) == {tuple(office) for office in case["holds"]}


@pytest.mark.parametrize("verb", ["is to become", "will become"])
def test_an_office_to_come_is_not_held_yet(annotate: Annotate, verb: str) -> None:
    (tenure,) = positions(annotate(f"Juan Vidal {verb} president of Peru.", "2013-05-01"))
    assert tenure.as_of == ""
