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


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The club has invited Togo to join, Benin's president, Ann Lee, announced on Monday at a rally.", "ann-lee"),
        ("The South's news agency said that the bridge was open.", "test-souths-news-agency"),
        ("Fijian state radio said that the bridge was open.", "test-fijian-state-radio"),
        ("Ann Lee, interviewed in Lome, called it a great day for peace.", "ann-lee"),
        ("Ann Lee assured Tom Hill that the bridge was open.", "ann-lee"),
    ],
)
def test_more_places_of_speakers(text: str, speaker: str) -> None:
    said = [event for event in extract(text) if event.kind == "Statement"]
    assert {key for event in said for key in keys(event, "agent")} == {speaker}


@pytest.mark.parametrize(
    ("kind", "text", "together"),
    [
        ("Meeting", "Ann Lee sat across from Tom Hill in Lome.", {"ann-lee", "tom-hill"}),
        ("Meeting", "Ann Lee and Tom Hill came face to face on Monday.", {"ann-lee", "tom-hill"}),
        ("PhoneCall", "Ann Lee received calls from Tom Hill and from Mary Poe.", {"ann-lee", "tom-hill", "mary-poe"}),
    ],
)
def test_who_faces_or_calls_whom(kind: str, text: str, together: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind == kind]
    assert keys(event, "agent") == together


def test_an_office_given_by_a_clause() -> None:
    [named] = [
        e for e in extract("Ann Lee has chosen Tom Hill, a banker, to run the ministry.") if e.kind == "Appointment"
    ]
    assert keys(named, "target") == {"tom-hill"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann Lee said that the Fijian people had won a great victory.", "Election"),
        ("Ann Lee signed off with a smile.", "Agreement"),
        ("Ann Lee called it a great day for peace.", "Appeal"),
    ],
)
def test_what_the_words_do_not_mean(text: str, kind: str) -> None:
    assert kind not in {event.kind for event in extract(text)}
