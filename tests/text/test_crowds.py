"""People without a name of their own: who they are, whose state they are of, and when they are nobody to record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document
from tests.text.extraction import extract, keys

Annotate = Callable[..., Document]

ACTING = [
    ("Protest", "Prisoners rioted at a jail in Kigali on Monday.", "test-prisoners"),
    ("Protest", "Students throughout Peru staged demonstrations on Friday.", "peruvian-students"),
    ("Coercion", "Buddhist hackers have defaced nearly 300 Danish web sites.", "test-buddhist-hackers"),
    ("Accusation", "Christian refugees accused Sudan of murder.", "test-christian-refugees"),
    ("Threat", "Druze inhabitants of the Golan Heights threatened to strike.", "syrian-druze-inhabitants"),
    ("Demand", "The prisoners demanded that the government of Mali release them.", "test-prisoners"),
    ("Protest", "Croatian Serb pensioners protested in Zagreb.", "croatian-serb-pensioners"),
    ("Attack", "Bosnian Serbs attacked a village near Tuzla.", "bosnian-serbs"),
    ("Attack", "Kosovo Albanians attacked a convoy near Pec.", "kosovo-albanians"),
    ("Demand", "The Hungarians of western Romania are demanding autonomy.", "hungarians-of-romania"),
    ("Accusation", "Diplomats in Cairo criticised Libya.", "test-diplomats-in-cairo"),
    ("Statement", "Analysts said that Kenya would win.", "test-analysts"),
    ("Statement", "Residents denied that Kenya had beaten Uganda, officials said.", "test-officials"),
]


@pytest.mark.parametrize(("kind", "text", "agent"), ACTING)
def test_who_acts(kind: str, text: str, agent: str) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert {key for event in found for key in keys(event, "agent")} == ({agent} if agent else set())


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("Students throughout Peru met.", "Peruvian students", "Peru"),
        ("Bosnian Serbs met.", "Bosnian Serbs", "Bosnia and Herzegovina"),
        ("Ethnic Russians in Latvia met.", "ethnic Russians", "Latvia"),
        ("Yoruba elders backed the Nigerian president.", "Yoruba elders", "Nigeria"),
        ("Croatian Serb refugees met.", "Croatian Serb refugees", "Croatia"),
    ],
)
def test_the_text_tells_their_state(annotate: Annotate, text: str, name: str, state: str) -> None:
    document = annotate(text)
    [group] = [one for one in (*document.referents, *document.crowds.values()) if one.name == name]
    assert group.state is not None
    assert group.state.name == state


@pytest.mark.parametrize(
    "text",
    [
        "Islamist gunmen fled.",
        "He spoke in Farsi.",
        "A centre for Countering Radical Ideology was opened.",
        "Jewish settlers left.",
    ],
)
def test_adjectives_languages_and_slogans_are_nobody(annotate: Annotate, text: str) -> None:
    assert [one.name for one in annotate(text).referents] == []


def test_those_counted_dead_are_no_actors() -> None:
    [killing] = extract("A bomb killed 40 people on Monday.")
    assert killing.killed == 40
    assert keys(killing, "target") == set()


def test_the_same_crowd_is_one() -> None:
    first, second = extract("Political prisoners went on hunger strike. The prisoners demanded the release of others.")
    assert keys(first, "agent") == keys(second, "agent") == {"test-political-prisoners"}


def test_who_visits_an_embassy_is_not_of_its_state(annotate: Annotate) -> None:
    [crowd] = annotate("Students threw stones at the Belgian embassy.").crowds.values()
    assert crowd.state is None


def test_a_state_is_no_part_of_the_name_of_its_weapon(annotate: Annotate) -> None:
    names = {one.name for one in annotate("Recent US Predator strikes killed two men in Yemen.").referents}
    assert "United States" in names


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("Three UN monitors accused Mali.", "United Nations monitors", "Three UN monitors"),
        ("Demonstrators in Accra burned cars.", "Ghanaian demonstrators", "Demonstrators in Accra"),
        ("The first unarmed monitors accused Mali.", "unarmed monitors", "first unarmed monitors"),
        ("Kenya said that eight suspects were in custody.", "suspects", "eight suspects"),
    ],
)
def test_the_words_of_the_text_are_names_too(annotate: Annotate, text: str, name: str, alias: str) -> None:
    document = annotate(text)
    [group] = [one for one in (*document.referents, *document.crowds.values()) if one.name == name]
    assert alias in group.aliases


@pytest.mark.parametrize(
    ("text", "kind", "role", "key"),
    [
        ("Mali expelled 12 aid groups.", "Expulsion", "target", "test-aid-groups"),
        ("Burundi closed five radio stations.", "Coercion", "target", "test-radio-stations"),
        ("Opposition parties rejected the result.", "Rejection", "agent", "test-opposition-parties"),
        ("Three airlines suspended flights to Peru.", "Sanction", "agent", "test-airlines"),
        ("Peru imposed sanctions on ten Chadian companies.", "Sanction", "target", "chad"),
    ],
)
def test_organisations_without_a_name_act_and_suffer(text: str, kind: str, role: str, key: str) -> None:
    [event] = [one for one in extract(text) if one.kind == kind]
    assert key in keys(event, role)
