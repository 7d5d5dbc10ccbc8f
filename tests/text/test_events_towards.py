"""Towards whom something is said or done where no slot of the trigger tells."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys


@pytest.mark.parametrize(
    ("text", "kind", "role", "expected"),
    [
        ("Kenya and Chad expelled each other's envoys on Monday.", "Expulsion", "target", {"kenya", "chad"}),
        ("Hillary Clinton telephoned Ban Ki-moon and urged restraint.", "Appeal", "target", {"ban-ki-moon"}),
        ("Norway said that Kenya had broken the truce.", "Statement", "target", {"kenya"}),
        ("Barack Obama said that Peru's explanation was wholly incredible.", "Statement", "target", {"peru"}),
        ("Ban Ki-moon left Norway for Kenya on Monday.", "Visit", "target", {"kenya"}),
        (
            "Kenya fired on Chad. Chad shelled Kenya. Kenya blamed Chad. Two Kenyan jets were shot down on Friday.",
            "Attack",
            "agent",
            {"chad"},
        ),
        (
            "Kenya accused Chad of spying. Kenya broke off diplomatic relations on Friday. Rain fell.",
            "Sanction",
            "target",
            {"chad"},
        ),
        (
            "The United Nations suspended Kenya. Norway announced an arms embargo of its own.",
            "Sanction",
            "target",
            {"kenya"},
        ),
        (
            "Barack Obama, Vladimir Putin and Hu Jintao in a joint statement urged Mali to disarm.",
            "Appeal",
            "agent",
            {"barack-obama", "vladimir-putin", "hu-jintao"},
        ),
    ],
)
def test_it_is_towards_whom_the_sentence_tells(text: str, kind: str, role: str, expected: set[str]) -> None:
    told = [event for event in extract(text) if event.kind == kind]
    assert any(expected <= keys(event, role) for event in told), told


@pytest.mark.parametrize("text", ["Norway said that Norway had kept its word.", "Norway said that it would wait."])
def test_who_speaks_of_himself_addresses_nobody(text: str) -> None:
    assert not any(keys(event, "target") for event in extract(text) if event.kind == "Statement")


def test_who_was_punished_long_before_is_not_punished_now() -> None:
    text = (
        "The United Nations suspended Kenya on Monday. It had taken no such step since it suspended Chad in 1962. "
        "Norway recalled its ambassador."
    )
    recalls = [event for event in extract(text) if event.kind == "Sanction" and "norway" in keys(event, "agent")]
    assert not any("chad" in keys(event, "target") for event in recalls)


def test_nobody_rebuffs_his_own_forces() -> None:
    text = "Kenya denied that its troops had fired first."
    denials = [event for event in extract(text) if event.kind == "Rejection"]
    assert denials
    assert not any("kenyan-forces" in key for event in denials for key in keys(event, "target"))
