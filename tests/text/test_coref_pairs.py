"""Whom "both sides", "the pair", "each" and "the rebels" mean: those spoken of together, or named."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

TRUCE = "Peru and the Free Andes Movement signed a truce. "
MET = "Angela Merkel met Francois Hollande in Berlin. "
FIRE = "India and Pakistan traded fire. "


@pytest.mark.parametrize(
    ("text", "kind", "role", "who"),
    [
        (TRUCE + "Chile urged both sides to respect it.", "Appeal", "target", {"peru", "free-andes-movement"}),
        (TRUCE + "The two warring parties accused Chile.", "Accusation", "agent", {"peru", "free-andes-movement"}),
        (TRUCE + "The guerrillas condemned Chile.", "Accusation", "agent", {"free-andes-movement"}),
        ("The Taliban met officials in Doha. The insurgents rejected a truce.", "Rejection", "agent", {"taliban"}),
        ("Norway met Peru and Chad. Both delegations signed a pact.", "Agreement", "agent", {"peru", "chad"}),
        (MET + "The two men condemned Russia.", "Accusation", "agent", {"angela-merkel", "francois-hollande"}),
        (MET + "The pair condemned Russia.", "Accusation", "agent", {"angela-merkel", "francois-hollande"}),
        (MET + "Both condemned Russia.", "Accusation", "agent", {"angela-merkel", "francois-hollande"}),
        (MET + "They condemned Russia.", "Accusation", "agent", {"angela-merkel", "francois-hollande"}),
        (MET + "Russia condemned the two.", "Accusation", "target", {"angela-merkel", "francois-hollande"}),
        (FIRE + "Each blamed the other.", "Accusation", "target", {"india", "pakistan"}),
        (FIRE + "Each side blamed the other.", "Accusation", "agent", {"india", "pakistan"}),
    ],
)
def test_the_two_are_those_spoken_of_together(text: str, kind: str, role: str, who: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind == kind]
    assert keys(event, role) == who


@pytest.mark.parametrize(
    "text",
    [
        FIRE + "Shells fell on both sides of the border, which Nepal condemned.",
        "Peru sent an envoy. Both sides condemned Chile.",
        "Angela Merkel spoke of France. The pair of shoes condemned Russia.",
    ],
)
def test_nobody_is_meant_where_no_two_were_spoken_of(text: str) -> None:
    assert all(len(keys(event, "agent")) < 2 for event in extract(text) if event.kind == "Accusation")


def test_fighters_of_a_state_are_not_the_group_named_elsewhere() -> None:
    told = "The Taliban met Afghan officials in Doha. Malian rebels killed nine Chadian soldiers."
    [killing] = [event for event in extract(told) if event.kind == "Killing"]
    assert keys(killing, "agent") == {"malian-rebels"}
