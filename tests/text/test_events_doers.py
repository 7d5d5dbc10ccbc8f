"""Who does, suffers and negotiates what sentences tell without naming him, as the sentences before tell."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

RAID = "Peruvian troops attacked a camp of the Free Andes Movement near Cuzco on Tuesday. "
BOMBING = "Chad bombed the Nigerien town of Agadez on Monday. "
ACCORD = "Peru and Chile signed an accord in Lima on Monday. "


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        (RAID + "Forty people were killed.", {"peruvian-forces"}),
        (RAID + "Four fighters died in the assault, and nine were taken to Lima.", {"peruvian-forces"}),
        (BOMBING + "Seven villagers perished.", {"chad"}),
        (RAID + "Chile protested. Two shepherds had been shot dead.", {"peruvian-forces"}),
        ("Peru and Chile agreed to a truce on Monday after six days of fighting in which 30 people died.",
         {"peru", "chile"}),
        (RAID + "Nine people were killed when a bus fell into a river.", set()),
        (RAID + "In Kenya 30 people died of cholera.", set()),
        ("Chad has lost a war. More than 900 people have been killed since May.", set()),
    ],
)  # fmt: skip
def test_who_struck_killed_those_who_died_of_it(text: str, agents: set[str]) -> None:
    killings = [event for event in extract(text) if event.kind == "Killing"]
    assert {key for event in killings for key in keys(event, "agent")} == agents


def test_deaths_are_on_the_side_that_was_struck() -> None:
    [death] = [event for event in extract(BOMBING + "Three people died.") if event.kind == "Killing"]
    assert keys(death, "target") == {"niger"}
    own = extract("Chad attacked Niger on Monday. Ten Chadian soldiers were killed.")
    assert [keys(event, "agent") for event in own if event.kind == "Killing"] == [{"niger"}]


def test_civilians_who_died_are_not_the_soldiers_who_did() -> None:
    *_, death = extract("Ten Russian peacekeepers were killed in Chad. Two civilians also died.")
    assert (death.killed, keys(death, "target")) == (2, set())


def test_who_died_in_the_fighting_may_have_died_by_either_side() -> None:
    *_, death = extract("Rebels stormed the prison in Gao. Two hundred people were killed in the fighting.")
    assert (death.kind, keys(death, "agent")) == ("Killing", set())


def test_deaths_told_with_the_noun_of_an_attack_are_counted_with_it() -> None:
    text = "Chile condemned the attack by Peru on Bolivia, in which nine people were killed."
    [attack] = [event for event in extract(text) if event.kind in ("Attack", "Killing")]
    assert (keys(attack, "agent"), attack.killed) == ({"peru"}, 9)


@pytest.mark.parametrize(
    ("text", "kind", "agents"),
    [
        ("Chad detained the envoy Ann Lee in May. Chile complained. Ann Lee was released on Monday.", "Concession",
         {"chad"}),
        ("Rebels of the Free Andes Movement seized Ann Lee in May. Lee was freed on Monday.", "Concession",
         {"free-andes-movement"}),
        ("Ann Lee was released on Monday.", "Concession", set()),
    ],
)  # fmt: skip
def test_who_held_somebody_lets_him_go(text: str, kind: str, agents: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind == kind]
    assert keys(event, "agent") == agents


@pytest.mark.parametrize(
    "text",
    [
        ACCORD + "Talks on the border are to begin in June.",
        ACCORD + "Negotiations on fishing rights collapsed on Tuesday.",
        "Peru and Chile went to war in May. In Lima delegations sat down for talks on Monday.",
        ACCORD + "It followed a year in which the two held consultations in Quito.",
    ],
)
def test_talks_are_between_those_who_deal_with_each_other(text: str) -> None:
    talks = [event for event in extract(text) if event.kind in ("Negotiation", "Meeting")]
    assert {key for event in talks for key in keys(event, "agent")} == {"peru", "chile"}


@pytest.mark.parametrize(
    "text",
    [
        ACCORD + "Bolivia's talks with the fund are to begin in June.",
        ACCORD + "Negotiations between the unions resumed on Tuesday.",
        "The minister welcomed talks.",
    ],
)
def test_talks_of_others_are_not_theirs(text: str) -> None:
    talks = [event for event in extract(text) if event.kind in ("Negotiation", "Meeting")]
    assert not any(keys(event, "agent") & {"peru", "chile"} for event in talks)


def test_bystanders_are_no_sides() -> None:
    text = (
        "Thailand and Cambodia agreed to a ceasefire. Thailand blamed Cambodia for the fighting, and Cambodia blamed "
        "Thailand. France and Japan sent observers. Officers from the two sides are to meet on Friday."
    )
    [meeting] = [event for event in extract(text) if event.kind == "Meeting"]
    assert keys(meeting, "agent") == {"thailand", "cambodia"}


def test_a_name_after_an_aside_is_joined_to_the_name_before() -> None:
    text = "Ann Lee, the Chilean envoy, and Tom Hill signed a treaty in Lima."
    [event] = [event for event in extract(text) if event.kind == "Agreement"]
    assert keys(event, "agent") == {"ann-lee", "tom-hill"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A storm struck Mozambique. Norway praised the southern African country.", {"mozambique"}),
        ("Voters in Sri Lanka went to the polls. China praised the island nation.", {"sri-lanka"}),
        ("Moldova is at odds with Russia. Romania praised the tiny former Soviet republic.", {"moldova"}),
        ("Chile is at odds with Finland. Peru praised the Nordic country.", {"finland"}),
        ("Qatar is at odds with Chad. Peru praised the gas-rich emirate.", {"qatar"}),
        ("Chile held an election. Peru praised the neighbouring country.", set()),
        ("Saudi Arabia is at odds with Qatar. Peru praised the emirate.", {"qatar"}),
        ("Saudi Arabia, Egypt and Bahrain are at odds with Qatar. Qatar praised the three countries.",
         {"saudi-arabia", "egypt", "bahrain"}),
    ],
)  # fmt: skip
def test_states_are_called_by_what_they_are(text: str, who: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind == "Support"]
    assert keys(event, "target") == who


LIFE = (
    "Karim, the soldier who ruled Chad for 30 years, died on Sunday.\n\nAnn Lee, a lawyer, said that she was glad.\n\n"
)


def test_he_is_the_person_of_an_obituary() -> None:
    text = LIFE + "He was a major in 1975. He invaded Niger in April of that year."
    [invasion] = [event for event in extract(text) if event.kind == "Attack"]
    assert keys(invasion, "agent") == {"karim"}


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Ann Lee, the first woman to lead Chile, died in a Lima hospital on Sunday.", False),
        ("Bishop Tom Hill died on Sunday.", False),
        ("Ann Lee, the Chilean envoy, died on Sunday when a bomb went off beneath her car.", True),
        ("Ann Lee, the Chilean envoy, died of her wounds on Sunday.", True),
        ("Nine soldiers died on Sunday.", True),
    ],
)
def test_who_dies_is_not_killed_unless_something_killed_him(text: str, killed: bool) -> None:
    assert any(event.kind == "Killing" for event in extract(text)) is killed


def test_months_are_of_the_year_that_a_paragraph_tells_of() -> None:
    text = (
        "In January 1998 Peru signed a treaty with Chile. On May 12 Bolivia expelled the Peruvian ambassador. "
        "Nine days later Ecuador recalled its envoy from Lima. In March, Chile expelled the Bolivian envoy."
    )
    assert [event.date for event in extract(text, "2008-01-28")][1:] == ["1998-05-12", "1998-05-21", "1999-03"]
    told = "In 1998 Peru signed a treaty with Chile. On May 2 Bolivia expelled the Peruvian ambassador."
    assert extract(told, "2008-05-12")[-1].date == "2008-05-02"


def test_that_very_day_is_the_day_told_last() -> None:
    text = "On Jan. 3 Peru expelled the Chilean envoy. Ann Lee, the foreign minister, flew to Quito that very day."
    assert {event.date for event in extract(text, "2008-01-08")} == {"2008-01-03"}


def test_they_are_those_whose_leaders_met() -> None:
    text = (
        "Mali and Chad denounced France. Leaders of the European Union met in Brussels on Sunday. They condemned "
        "Niger. They also froze its assets."
    )
    told = [event for event in extract(text) if event.kind in ("Accusation", "Sanction")][1:]
    assert [keys(event, "agent") for event in told] == [{"european-union"}, {"european-union"}]


def test_those_named_among_the_dead_are_dead() -> None:
    [death] = extract("Fourteen people died, among them Ann Lee, a seamstress of 23.")
    assert (keys(death, "agent"), keys(death, "target"), death.killed) == (set(), {"ann-lee"}, 14)


def test_who_tells_after_a_comma_said_what_stands_before() -> None:
    [said] = extract("The cause was organ failure, the chief of the medical team, Tom Hill, told reporters.")
    assert (said.kind, keys(said, "agent")) == ("Statement", {"tom-hill"})


def test_of_several_countries_none_is_whom_they_do_it_to() -> None:
    text = "Peru, Chad, Egypt and Chile broke with Qatar. Qatar denied it. The four countries accuse Doha of spying."
    [blame] = [event for event in extract(text) if event.kind == "Accusation"]
    assert (keys(blame, "agent"), keys(blame, "target")) == ({"peru", "chad", "egypt", "chile"}, {"qatar"})


def test_the_country_of_a_report_is_where_it_happens() -> None:
    text = (
        "Soldiers seized power in Niger on Monday. The army closed the airport in Niamey, and Niger's president was "
        "arrested. Britain's foreign secretary, Tom Hill, said that the African Union would suspend the country."
    )
    [sanction] = [event for event in extract(text) if event.kind == "Sanction"]
    assert keys(sanction, "target") == {"niger"}


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Chad invaded Niger on Christmas Eve 1989.", ["1989-12-24"]),
        ("The envoy Jan Hill flew to Baku on Monday.", ["2016-05-09"]),
        ("Peru met Chile on Monday.\n\nIn February 1988 Chad invaded Niger. Days later Mali condemned Chad.",
         ["2016-05-09", "1988-02", "1988-02"]),
        ("Chad invaded Niger on May 3 1989. Ali Karim quit in August 2003. A treaty was signed in Accra a week later.",
         ["1989-05-03", "2003-08", "2003-08"]),
    ],
)  # fmt: skip
def test_background_is_not_of_the_day_of_the_news(text: str, dates: list[str]) -> None:
    assert [event.date for event in extract(text)] == dates


@pytest.mark.parametrize(
    "text", ["A pact was signed in Lima in March 2007.", "It rests on the accord signed at Lima in May."]
)
def test_pacts_are_signed_though_nobody_is_named(text: str) -> None:
    [event] = extract(text)
    assert (event.kind, keys(event, "agent"), keys(event, "place")) == ("Agreement", set(), {"lima"})
