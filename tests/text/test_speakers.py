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


@pytest.mark.parametrize(
    ("text", "kind", "doers"),
    [
        (
            "With strokes of matching golden pens, Ann Lee and Tom Hill put their names to a treaty.",
            "Agreement",
            {"ann-lee", "tom-hill"},
        ),
        ("In a short appearance at the White House Barack Obama said that it was over.", "Statement", {"barack-obama"}),
        (
            "The pact was signed by Ann Lee, Togo's top envoy, and her Fijian counterpart, Tom Hill.",
            "Agreement",
            {"ann-lee", "tom-hill"},
        ),
        ("Ann Lee and Tom Hill talked for two hours in Lome.", "Meeting", {"ann-lee", "tom-hill"}),
        ('Ann Lee came home from Lome with "a feeling of the deepest relief".', "Statement", {"ann-lee"}),
    ],
)
def test_subjects_hung_on_a_noun_before_them(text: str, kind: str, doers: set[str]) -> None:
    assert {key for event in extract(text) if event.kind == kind for key in keys(event, "agent")} == doers


def test_an_aside_is_about_the_name_before_it() -> None:
    text = "Tom Hill pressed Ann Lee on Monday, but Mary Poe, in her first visit to Togo, stayed silent."
    [visit] = [event for event in extract(text) if event.kind == "Visit"]
    assert keys(visit, "agent") == {"mary-poe"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann Lee says so at every meeting.", "Meeting"),
        ("The Fijian delegates agreed to nothing.", "Agreement"),
        ("Ann Lee announced the accord between the two clans.", "Agreement"),
        ("Ann Lee said she would come to Togo in June.", "Agreement"),
    ],
)
def test_what_nobody_does(text: str, kind: str) -> None:
    assert not [event for event in extract(text) if event.kind == kind and keys(event, "agent") == {"ann-lee"}]
