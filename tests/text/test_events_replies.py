"""To whom one replies where the text names only the request, the charge or the step."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Mali asked Chad for troops on Monday. Chad turned down the request.", "Rejection", {"mali"}),
        ("Norway accused Belarus of spying. Belarus dismissed the charge.", "Rejection", {"norway"}),
        ("Kenya demanded compensation from Uganda. Uganda rebuffed the demand.", "Rejection", {"kenya"}),
        ("Kenya expelled three Ugandan envoys on Friday. Norway deplored the expulsions.", "Accusation", {"kenya"}),
        ("Peru severed ties with Cuba. Bolivia called the decision shameful.", "Accusation", {"peru"}),
    ],
)
def test_a_reply_is_to_whoever_spoke_or_acted(text: str, kind: str, target: set[str]) -> None:
    replies = [event for event in extract(text) if event.kind == kind]
    assert any(target <= keys(event, "target") for event in replies), replies


@pytest.mark.parametrize(
    "text",
    [
        "Kenya asked Uganda for troops. Kenya later dropped the request, and rejected the criticism.",
        "Kenya met Uganda on Friday. Norway deplored the decision.",
        "Kenya expelled an envoy in March. In May it held talks. In June came rain. Norway deplored the vote.",
    ],
)
def test_nobody_is_replied_to_who_did_something_else(text: str) -> None:
    for event in extract(text):
        if event.kind in ("Rejection", "Accusation"):
            assert "uganda" not in keys(event, "target")
            assert "kenya" not in keys(event, "target")
