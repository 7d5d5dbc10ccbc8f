"""Who is on whose side: allies, friends, patrons, proxies, and those whom somebody backs and arms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document
from tests.text.test_relations import allied

Annotate = Callable[..., Document]


def pairs(*told: tuple[str, str]) -> set[frozenset[str]]:
    """Pairs without order."""
    return {frozenset(pair) for pair in told}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Libya, Khartoum's last friend in the region, stayed silent.", pairs(("Libya", "Sudan"))),
        ("Belarus and Serbia, Moscow's last friends, abstained.", pairs(("Belarus", "Russia"), ("Serbia", "Russia"))),
        ("China has been Pakistan's staunchest friend for decades.", pairs(("China", "Pakistan"))),
        ("Russia's ally Serbia refused.", pairs(("Serbia", "Russia"))),
        ("Poland is one of Ukraine's closest allies.", pairs(("Poland", "Ukraine"))),
        ("Jordan, a neighbour and ally of Iraq, refused.", pairs(("Jordan", "Iraq"))),
        ("Syria and Iran, allies since 1980, signed a pact.", pairs(("Syria", "Iran"))),
        ("The two allies, Turkey and Azerbaijan, held exercises.", pairs(("Turkey", "Azerbaijan"))),
        ("Moscow's allies, including Cuba, voted against.", pairs(("Cuba", "Russia"))),
        ("Washington's closest Asian allies, Japan and India, quarrelled.",
         pairs(("Japan", "United States"), ("India", "United States"))),
        ("Pedro Sosa, a close ally of President Luis Vega, was arrested.", pairs(("Pedro Sosa", "Luis Vega"))),
        ("Pedro Sosa, the mayor and Mr. Vega's closest ally, refused.", pairs(("Pedro Sosa", "Vega"))),
        ("A senior ally of Ruth Adler, Hans Kern, refused.", pairs(("Ruth Adler", "Hans Kern"))),
        ("Iran, the main backer of the Houthis, denied it.", pairs(("Iran", "Houthis"))),
        ("Tehran is the chief patron of Hezbollah.", pairs(("Iran", "Hezbollah"))),
        ("Hezbollah, the movement that Iran finances and arms, denied it.", pairs(("Iran", "Hezbollah"))),
        ("The Houthis, who are backed by Iran, fired a missile.", pairs(("Iran", "Houthis"))),
        ("Iran-backed Houthi rebels fired a missile.", pairs(("Iran", "Houthis"))),
        ("Saudi Arabia, which backs the opposition in Syria, refused.", pairs(("Saudi Arabia", "Syrian opposition"))),
    ],
)  # fmt: skip
def test_who_is_on_whose_side_is_told(annotate: Annotate, text: str, told: set[frozenset[str]]) -> None:
    assert allied(annotate(text, "2015-03-05")) == told


@pytest.mark.parametrize(
    "text",
    [
        "Ethiopia, once an ally of the Soviet Union, agreed.",
        "Chad, no longer an ally of Libya, refused.",
        "Peru and Chile were never allies.",
        "The two allies agreed. Peru and Chile are neighbours.",
        "Ann Lee, a friend of President Obama, left for Rome.",
        "Angola, which supported the coup in Gabon, sent troops.",
        "A supporter of Mr. Vega, Pedro Sosa, was killed in Quito.",
        "Supporters of Argentina and Brazil clashed in Rome.",
        "The US-trained economist Ann Lee refused.",
        "Turkey, the rebels' ally, refused.",
    ],
)
def test_no_alliance_is_read_from_what_is_past_private_or_done_once(annotate: Annotate, text: str) -> None:
    assert allied(annotate(text, "2015-03-05")) == set()
