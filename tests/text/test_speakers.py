"""Speakers named after what they say, in every place where newspapers put them."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Togo will pull back its guns, trucks and tents, officials said.", "test-officials"),
        ("Togo has refused a request by Benin to be let in, a trader close to the Fijian envoy said.", "fijian-envoy"),
        ("The fund will lend Togo a billion dollars, its mission chief in Lome, Ann Lee, said on Monday.", "ann-lee"),
        ("Benin has closed the crossing, the Togolese interior minister, Ann Lee, told reporters.", "ann-lee"),
    ],
)
def test_who_said_it_comes_after_it(text: str, speaker: str) -> None:
    said = [event for event in extract(text) if event.kind == "Statement"]
    assert any(key.endswith(speaker) for event in said for key in keys(event, "agent"))


@pytest.mark.parametrize(
    ("text", "kind", "doers"),
    [
        (
            "The heads of both chambers, who met in Oslo on Monday, turned down the offer.",
            "Meeting",
            "test-heads-of-both-chambers",
        ),
        ("The two men met in Oslo on Monday.", "Meeting", ""),
    ],
)
def test_a_chamber_is_nobody_who_meets(text: str, kind: str, doers: str) -> None:
    found = {key for event in extract(text) if event.kind == kind for key in keys(event, "agent")}
    assert found == {doers} - {""}


def test_the_two_are_the_only_persons_told_of() -> None:
    text = "Ann Lee accused Tom Hill of lying. Mr Hill, who spoke after her, smiled. The two later met in private."
    [met] = [event for event in extract(text) if event.kind == "Meeting"]
    assert keys(met, "agent") == {"ann-lee", "tom-hill"}


def test_two_women_are_others() -> None:
    text = "Ann Lee accused Tom Hill of lying. Two women were arrested by Togo on Monday."
    [arrest] = [event for event in extract(text) if event.kind == "Detention"]
    assert not {"ann-lee", "tom-hill"} & keys(arrest, "target")


def test_what_waits_for_a_condition_is_no_event() -> None:
    kinds = {event.kind for event in extract("Mr Hill said Togo would sign the treaty as soon as it got guarantees.")}
    assert "Agreement" not in kinds
