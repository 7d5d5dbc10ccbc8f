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
        (FIRE + "Analysts say that each army lost 40 men.", "Killing", "target", {"india", "pakistan"}),
    ],
)
def test_the_two_are_those_spoken_of_together(text: str, kind: str, role: str, who: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind == kind]
    assert keys(event, role) == who


WAR = "Chadian tanks rolled into Sudanese villages on Monday. A Sudanese spokesman said that Chad would pay. "


@pytest.mark.parametrize(
    ("text", "kind", "role", "who"),
    [
        (WAR + "In Oslo, Norway urged both governments to stop.", "Appeal", "target", {"chad", "sudan"}),
        (WAR + "The two countries have fought since 2009 near Tine.", "Attack", "agent", {"chad", "sudan"}),
        (WAR + "Kofi Annan asked both sides to talk.", "Appeal", "target", {"chad", "sudan"}),
        (
            WAR + "Norway bombed Oslo hours before delegations sat down for talks.",
            "Negotiation",
            "agent",
            {"chad", "sudan"},
        ),
    ],
)
def test_the_two_are_the_adversaries_of_the_article(text: str, kind: str, role: str, who: set[str]) -> None:
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


GUNMEN = "The gunmen stormed a hotel in Nairobi on Monday. "


@pytest.mark.parametrize(
    ("text", "kind", "role", "who"),
    [
        (GUNMEN + "They killed six guards.", "Killing", "agent", {"test-gunmen"}),
        ("Some hijackers seized a jet. They freed two women.", "Concession", "agent", {"test-hijackers"}),
        (
            "Idriss Deby met the envoys of Peru and Chile and accused them of lies.",
            "Accusation",
            "target",
            {"peru", "chile"},
        ),
        ("Kofi Annan wrote to the leaders of Mali and Togo urging them to act.", "Appeal", "target", {"mali", "togo"}),
        ("UN envoys praised Chad. UN inspectors accused it of torture.", "Accusation", "target", {"chad"}),
        (
            "UN envoys accused Peru, and Chilean officials accused them of lies.",
            "Accusation",
            "agent",
            {"chilean-officials"},
        ),
    ],
)
def test_they_and_it_are_those_that_the_clause_leaves(text: str, kind: str, role: str, who: set[str]) -> None:
    assert keys([event for event in extract(text) if event.kind == kind][-1], role) == who


def test_whoever_a_sentence_presents_is_meant_in_the_next() -> None:
    told = (
        "Peru sent Ann Lee to Lima. The winner may be Idriss Deby, the president of Chad. His soldiers killed six men."
    )
    [killing] = [event for event in extract(told) if event.kind == "Killing"]
    assert keys(killing, "agent") == {"chadian-forces"}
