"""Names by the article's date: states that are no more, leaders long before or after, and what is called after them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document

Annotate = Callable[..., Document]


def keys(annotate: Annotate, text: str, published: str) -> set[str]:
    return {one.key for one in annotate(text, published).referents}


@pytest.mark.parametrize(
    ("text", "published", "key", "other"),
    [
        ("The Russians refused.", "1968-03-02", "state/soviet-union", "state/russia"),
        ("The Russians refused.", "1998-03-02", "state/russia", "state/soviet-union"),
        (
            "In Moscow the foreign ministry refused.",
            "1979-03-02",
            "body/ministry-of-foreign-affairs-of-the-soviet-union",
            "state/russia",
        ),
        ("Bonn refused.", "1976-05-04", "state/germany", "place/bonn"),
        ("He died in Bonn.", "1976-05-04", "place/bonn", "group/bonn"),
        ("Prague refused.", "1983-01-07", "state/czechoslovakia", "state/czech-republic"),
        ("Hanoi refused.", "1969-05-04", "state/north-vietnam", "place/hanoi"),
        ("Hanoi refused.", "1989-05-04", "state/vietnam", "state/north-vietnam"),
        ("Saigon refused.", "1969-05-04", "state/south-vietnam", "place/ho-chi-minh-city"),
        ("Saigon refused.", "1999-05-04", "place/ho-chi-minh-city", "state/south-vietnam"),
        ("He died in Salisbury.", "1971-05-04", "place/harare", "place/salisbury"),
        ("He died in Salisbury.", "2011-05-04", "place/salisbury", "place/harare"),
        ("He died in Peking.", "1971-05-04", "place/beijing", "group/peking"),
        ("He died in Tel Aviv.", "1971-05-04", "place/tel-aviv", "group/tel-aviv"),
        ("Tel Aviv refused.", "1971-05-04", "state/israel", "place/tel-aviv"),
        ("Yemen refused.", "1971-05-04", "state/north-yemen", "state/yemen"),
        ("He died in Leopoldville.", "1961-05-04", "place/kinshasa", "person/leopoldville"),
        ("Malaya refused.", "1961-05-04", "state/malaysia", "person/malaya"),
        (
            "The Baghdad Pact met.",
            "1957-05-04",
            "organisation/central-treaty-organization",
            "organisation/baghdad-pact",
        ),
    ],
)
def test_a_state_is_what_it_was_on_the_day(annotate: Annotate, text: str, published: str, key: str, other: str) -> None:
    found = keys(annotate, text, published)
    assert key in found
    assert other not in found


def test_west_germany_is_another_name_of_germany_while_there_were_two(annotate: Annotate) -> None:
    (german,) = [one for one in annotate("Germany refused.", "1976-05-04").referents if one.kind == "State"]
    assert "West Germany" in german.aliases
    (german,) = [one for one in annotate("Germany refused.", "1996-05-04").referents if one.kind == "State"]
    assert "West Germany" not in german.aliases


def test_the_halves_of_a_nation_are_two_states(annotate: Annotate) -> None:
    text = "South Vietnamese troops attacked. The North Vietnamese retreated, and both Vietnams protested."
    document = annotate(text, "1969-05-04")
    assert {one.key for one in document.referents if one.kind == "State"} == {
        "state/south-vietnam",
        "state/north-vietnam",
    }


@pytest.mark.parametrize(
    ("text", "published", "key"),
    [
        ("F.W. de Klerk flew to Paris.", "1990-05-04", "person/f-w-de-klerk"),
        ("King Faisal flew to Paris.", "1973-05-04", "person/faisal-bin-abdulaziz-al-saud"),
        ("President Thieu flew to Paris.", "1969-05-04", "person/nguyen-van-thieu"),
        ("Premier Pham Van Dong flew to Paris.", "1969-05-04", "person/pham-van-dong"),
        ("Nicaragua's Daniel Ortega spoke.", "1988-06-01", "person/daniel-ortega"),
        ("In Libya Colonel Muammar al-Qadhafi spoke.", "1988-06-01", "person/muammar-gaddafi"),
    ],
)
def test_leaders_are_known_by_their_state_years_away_and_by_other_spellings(
    annotate: Annotate, text: str, published: str, key: str
) -> None:
    assert key in keys(annotate, text, published)


def test_another_name_of_the_same_consonants_is_another_person(annotate: Annotate) -> None:
    assert "person/alpha-conde" not in keys(annotate, "President Kaunda flew home.", "2012-06-05")


@pytest.mark.parametrize(
    "place", ["King Henry Street", "Prince Carol Square", "General Lopez Airport", "Queen Ana Island"]
)
def test_what_is_called_after_somebody_with_his_title_is_a_place(annotate: Annotate, place: str) -> None:
    found = [one for one in annotate(f"They met in {place} on Monday.", "2012-06-05").referents if one.name == place]
    assert [one.kind for one in found] == ["Place"]


def test_who_is_only_called_mister_is_known_by_that_too(annotate: Annotate) -> None:
    (person,) = [one for one in annotate("Mr Okoro refused.", "2012-06-05").referents if one.kind == "Person"]
    assert person.name == "Okoro"
    assert "Mr Okoro" in person.aliases


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Philippine parliament met.", "Parliament of the Philippines"),
        ("The Dutch foreign ministry refused.", "Ministry of Foreign Affairs of the Netherlands"),
        ("The Kenyan parliament met.", "Parliament of Kenya"),
    ],
)
def test_bodies_are_named_with_the_article_of_their_state(annotate: Annotate, text: str, name: str) -> None:
    assert name in {one.name for one in annotate(text, "2012-06-05").referents}


def test_a_bare_office_is_not_of_the_state_where_somebody_else_is_known_to_hold_it(annotate: Annotate) -> None:
    text = (
        "HARARE, Zimbabwe -- Voters were angry in Zimbabwe. In Washington, President Obama praised the vote."
        " The vice president, Joice Moyo, disagreed."
    )
    document = annotate(text, "2010-02-27")
    (person,) = [one for one in document.referents if one.name == "Joice Moyo"]
    assert person.state is not None
    assert person.state.key == "state/zimbabwe"


@pytest.mark.parametrize("when", ["In April", "Last June", "Since August", "In late May"])
def test_a_month_is_no_first_name(annotate: Annotate, when: str) -> None:
    names = {one.name for one in annotate(f"{when} Julius Novak flew to Moscow.", "1955-08-16").referents}
    assert "Julius Novak" in names


def test_the_capital_of_a_state_that_is_no_more_is_a_city(annotate: Annotate) -> None:
    assert "place/moscow" in keys(annotate, "They flew to the Soviet capital.", "1955-05-16")
