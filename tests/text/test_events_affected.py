"""Whom a deed concerns: owners and addressees, those named in purposes and contents, states of what is struck."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

CONCERNED = [
    # owner or addressee of the thing
    ("Sanction", "Portugal announced a suspension of ferry links with Morocco on Monday.", "morocco"),
    ("Sanction", "Sweden tightened the naval blockade of Latvia in the Baltic.", "latvia"),
    ("Investigation", "Belgium is investigating alleged torture by Rwandan officers.", "rwandan-officers"),
    ("Rejection", "Ahmed Hassan reneged on his commitment to the Kenyan people.", "kenyan-people"),
    ("Aid", "A UN convoy evacuated the wounded from the besieged Bosnian village of Zepa.", "bosnia-and-herzegovina"),
    # purpose and content
    ("Demand", "The rebels insisted on their demand that Uganda grant them land.", "uganda"),
    ("Protest", "Kenyan teachers blocked roads to press their demands for better pay from Somalia.", "somalia"),
    ("Threat", "Bolivia threatened to cut off water to the Chilean port of Arica.", "chile"),
    ("Threat", "Sudan threatened to close the crossing unless Chad withdrew its troops.", "chad"),
    # what lies in a state
    ("Attack", "Turkish jets fired rockets at targets in Aleppo.", "syria"),
    ("Attack", "Colombian guerrillas blew up a pipeline leading into Quito.", "ecuador"),
]


@pytest.mark.parametrize(("kind", "text", "target"), CONCERNED)
def test_the_deed_concerns(kind: str, text: str, target: str) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert found
    assert any(target in keys(event, "target") for event in found), found


UNCONCERNED = [
    ("Rejection", "Brazil opposes tougher sanctions against Venezuela."),
    ("Accusation", "Petro Poroshenko denounced the verdict and made clear that his country was not bound by it."),
    ("Protest", "Thousands of Bolivians marched in the rain on Friday."),
]


@pytest.mark.parametrize(("kind", "text"), UNCONCERNED)
def test_nobody_is_concerned(kind: str, text: str) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert [keys(event, "target") for event in found] == [set()]
