"""Where events are, over the ways in which news tells it."""

from __future__ import annotations

import pytest

from kg.model import Event
from tests.text.extraction import extract, keys


def of(kind: str, text: str) -> Event:
    """The first event of a kind in a text read on Thursday 12 May 2016."""
    return next(event for event in extract(text) if event.kind == kind)


def placed(kind: str, text: str) -> set[str]:
    """The keys of its places."""
    return keys(of(kind, text), "place")


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Peru and Chile signed a pact in the town of Malbrova on Monday.", "Agreement", "malbrova"),
        ("Gunmen attacked a convoy near the village of Tarvi in northern Mali.", "Attack", "tarvi"),
        (
            "The truce was signed on Monday near the Malian town of Kidova by General Idriss Deby of Chad.",
            "Agreement",
            "kidova",
        ),
        ("In Accra David Cameron condemned the attack in Nairobi.", "Accusation", "accra"),
        ("In New York Ban Ki-moon condemned the attack.", "Accusation", "new-york-city"),
        ("Protesters in Cairo threw stones at police.", "Protest", "cairo"),
    ],
)
def test_towns_and_cities_named_in_a_phrase(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("On a visit to Nairobi, Barack Obama criticised China.", "Accusation", "nairobi"),
        ("After talks with Sergei Lavrov in Geneva, John Kerry said that the truce would hold.", "Statement", "geneva"),
        ("Petro Poroshenko told a rally in Odessa that Ukraine would leave the union.", "Statement", "odessa"),
        (
            "Jens Stoltenberg, speaking at NATO headquarters, accused Russia of bombing civilians.",
            "Accusation",
            "brussels",
        ),
        (
            "After three hours of talks in the Kremlin, Angela Merkel said that the deal was not done.",
            "Statement",
            "moscow",
        ),
        ("Petro Poroshenko told a rally outside parliament that Ukraine would leave the union.", "Statement", "kyiv"),
        ("David Cameron said in Downing Street that Britain would leave the pact.", "Statement", "london"),
        ("Vladimir Putin startled reporters in Sochi by announcing that Russia would leave.", "Statement", "sochi"),
    ],
)
def test_what_is_said_is_said_at_the_occasion(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Heraldo Muñoz, who had flown to Quito to plead for the pact, said that Chile was ready.", "Appeal", "quito"),
        ("Joko Widodo flew to Lima on Tuesday in an attempt to mediate between Peru and Chile.", "Mediation", "lima"),
        ("Francois Hollande travelled to Bamako, where he met the president of Mali.", "Meeting", "bamako"),
    ],
)
def test_a_journey_leads_to_what_it_is_for(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("The Geneva talks between Syria and the rebels collapsed on Friday.", "Negotiation", "geneva"),
        ("Chile sued Bolivia before the International Court of Justice in The Hague.", "Accusation", "the-hague"),
        (
            "Peru and Chile concluded a pact on Monday, ending a week of talks in the Austrian capital.",
            "Agreement",
            "vienna",
        ),
    ],
)
def test_places_told_further_off(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "UNITED NATIONS — The Security Council voted on Monday to extend the mission in Mali.",
            "Vote",
            "new-york-city",
        ),
        ("BEIJING — Joko Widodo urged support on Monday for the peace plan.", "Appeal", "beijing"),
    ],
)
def test_the_dateline_places_what_opens_the_article(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BAMAKO — The rulers of Chad and Niger warned on Monday that an attack would mean war.", "Threat"),
        ("Barack Obama condemned the attack in Nairobi.", "Accusation"),
        ("Peru blamed the killings on the Canadians; Ottawa denied any role.", "Rejection"),
    ],
)
def test_other_places_are_not_where_it_is_said(text: str, kind: str) -> None:
    assert placed(kind, text) == set()


def test_what_is_condemned_is_not_where_it_is_condemned() -> None:
    text = "In London, David Cameron described the veto by Russia and China as shameful."
    vetoes = [event for event in extract(text) if event.kind == "Veto"]
    assert not any(keys(event, "place") for event in vetoes)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Barack Obama criticised China. He made the remarks at a summit in Hanoi on Monday.", "Accusation", "hanoi"),
        (
            "Russia said it would cut oil. Its energy minister, Alexander Novak, made the announcement in Kazan.",
            "Statement",
            "kazan",
        ),
        ("Jens Stoltenberg accused Russia of lying. He was speaking to reporters in Tallinn.", "Accusation", "tallinn"),
    ],
)
def test_where_it_was_said_may_be_told_afterwards(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


def test_what_is_said_after_a_meeting_is_said_there() -> None:
    text = "John Kerry met Sergei Lavrov in Geneva. After his meeting with Mr Lavrov, Mr Kerry said he agreed."
    assert placed("Statement", text) == {"geneva"}


def test_a_reporter_of_the_meeting_need_not_be_there() -> None:
    text = "State television reported after a meeting between John Kerry and Sergei Lavrov in Geneva that all was well."
    said = [event for event in extract(text) if event.kind == "Statement"]
    assert not any(keys(event, "place") for event in said if "john-kerry" not in keys(event, "agent"))


def test_a_speaker_stays_where_he_was() -> None:
    text = 'Angela Merkel said in Riga that Germany was ready. She accused Russia of lying. "We wait," she added.'
    assert [keys(event, "place") for event in extract(text)] == [{"riga"}] * 3


def test_another_speaker_is_elsewhere() -> None:
    text = "Angela Merkel said in Riga on Monday that Germany was ready. Francois Hollande accused Russia of lying."
    assert placed("Accusation", text) == set()


def test_a_summit_decides_where_it_meets() -> None:
    text = "At a summit in Abuja on Sunday the African Union suspended Mali. The African Union also closed the borders."
    assert [keys(event, "place") for event in extract(text) if event.kind == "Sanction"] == [{"abuja"}] * 2


def test_a_visitor_of_a_state_is_in_the_city_where_he_met_his_host() -> None:
    text = "Joko Widodo flew to Peru on Tuesday. Mr Widodo held talks in Cusco with Ollanta Humala."
    assert placed("Visit", text) == {"cusco"}


@pytest.mark.parametrize(
    "text",
    [
        "Rwanda's army has killed 3,000 people in ten months of bloodshed.",
        "More than 3,000 people have been killed since the uprising against Rwanda's government began.",
    ],
)
def test_an_uprising_costs_lives_in_its_country(text: str) -> None:
    assert placed("Killing", text) == {"rwanda"}


def test_what_is_opposed_is_elsewhere() -> None:
    assert placed("Rejection", "Peru and Chile oppose foreign intervention in Mali.") == set()


def test_the_neighbour_of_his_country_is_not_his_country() -> None:
    assert placed("Visit", "Joko Widodo arrived in Lima on his first visit to his country's neighbour.") == {"lima"}


def test_a_clause_of_the_opening_is_not_at_the_dateline() -> None:
    text = "GENEVA — The council voted on Monday, hours after Joko Widodo told the people of Ambon that he was ready."
    said = [event for event in extract(text) if event.kind == "Statement"]
    assert not any(keys(event, "place") for event in said)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("The foreign ministers of the European Union, who met in Riga, urged Iran to talk.", "Appeal", "riga"),
        ("Egypt's army arrested 40 members of the Muslim Brotherhood in Alexandria.", "Detention", "alexandria"),
        ("Joko Widodo travelled to Islamabad and met Nawaz Sharif.", "Meeting", "islamabad"),
        ("GENEVA, March 20 - Joko Widodo condemned the shelling of a hospital in Aleppo.", "Accusation", "geneva"),
        ("Joko Widodo is to fly to Russia for a summit of the African Union in Kazan.", "Visit", "kazan"),
    ],
)
def test_places_of_speakers_captives_and_hosts(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("LIMA, May 11. /PNA/. John Kerry met Alan Garcia on Wednesday.", "Meeting", "lima"),
        ("Lima, Peru – John Kerry met Alan Garcia on Wednesday.", "Meeting", "lima"),
        ("Quito/Lima: John Kerry met Alan Garcia on Wednesday.", "Meeting", "quito"),
        ("LIMA, May 11 (PNA) -- The truce was signed here on Wednesday by Peru and Chile.", "Agreement", "lima"),
        ("Iran tested a missile at its Tarvand-e nuclear test site on Monday.", "WeaponsTest", "tarvand-e"),
        ("Gunmen attacked a patrol in the Mirpura and Sodal sectors on Monday.", "Attack", "mirpura"),
        ("Shelling by Chadian troops in the Mirpura and Sodal sectors killed two women.", "Killing", "mirpura"),
        (
            "Vietnam landed marines in Tarvi Bay on Monday. China seized a boat there.",
            "Coercion",
            "tarvi-bay",
        ),
        ("Niger has ordered the German ambassador to leave the country within 48 hours.", "Expulsion", "niger"),
        (
            "Since the colonels of Niger staged a second coup last May, Niger has had no parliament.",
            "Coercion",
            "niger",
        ),
        (
            "Evo Morales told a crowd of thousands who rallied on Friday in Sucre that Bolivia would leave the pact.",
            "Statement",
            "sucre",
        ),
        (
            "SANTIAGO - In Lima, Ollanta Humala declined to comment. Chilean troops fired on the Cuban Embassy.",
            "Attack",
            "santiago",
        ),
        ("Students protested outside the embassy of Chad in Paris.", "Protest", "paris"),
    ],
)
def test_datelines_spots_and_theatres(text: str, kind: str, place: str) -> None:
    assert placed(kind, text) == {place}


def test_a_participant_speaks_where_the_report_opens() -> None:
    text = (
        "LIMA, May 11 (PNA) -- John Kerry was received by Alan Garcia on Wednesday.\n\n"
        "Chile had asked for a ban in March.\n\nKerry stressed that the pact would hold.\n\n"
        "Angela Merkel stressed that the pact was dead."
    )
    said = [event for event in extract(text) if event.kind == "Statement"]
    assert [keys(event, "place") for event in said] == [{"lima"}, set()]


def test_a_foreigner_whose_city_is_named_is_not_at_the_dateline() -> None:
    text = "LIMA (AP) - President Idriss Deby of Chad told envoys in N'Djamena that it was over."
    assert placed("Statement", text) == {"ndjamena"}


def test_each_section_has_its_dateline() -> None:
    text = (
        "QUITO, May 10 - John Kerry met Alan Garcia.\n\nHe said little.\n\n"
        "OSLO, May 11 - Angela Merkel met Erna Solberg."
    )
    met = [event for event in extract(text) if event.kind == "Meeting"]
    assert [(keys(event, "place"), event.date) for event in met] == [
        ({"quito"}, "2016-05-10"),
        ({"oslo"}, "2016-05-11"),
    ]


def test_there_is_no_place_where_none_was_told() -> None:
    assert placed("Coercion", "China seized a boat there on Monday.") == set()


def test_here_in_a_quotation_is_not_the_dateline() -> None:
    text = 'LIMA, May 11 (PNA) -- Alan Garcia was in Quito. "We signed the pact here on Monday," he said.'
    assert all(keys(event, "place") != {"lima"} for event in extract(text) if event.kind == "Agreement")


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        # names that nobody knows, after "in" and "at", are places unless trusted
        ("Gunmen killed ten monks in Tarvisk on Monday.", "Killing", {"tarvisk"}),
        ("Four farmers were killed by Indian artillery at Nakyari.", "Killing", {"nakyari"}),
        ("A tribunal at an army base in Dorvest sentenced Ana Silva to death.", "Detention", {"dorvest"}),
        # what is hit is where it is, not the land around it
        ("Chad's jets hit Faya in northern Chad on Monday.", "Attack", {"faya-largeau"}),
        ("A bomb killed 40 policemen in the Sarhad district of northern Chad.", "Killing", {"sarhad"}),
        # a settlement of the state told, whatever is called so elsewhere
        ("Pakistani rockets killed nine people near the Iranian town of Hanoi.", "Killing", {"hanoi"}),
        # a city's square, a hotel on an island, the road from an airport, the site
        ("Peru's president, Ana Silva, told a crowd in Lima's Victory Square that it was over.", "Statement", {"lima"}),
        ("The presidents of Peru and Chile met at a hotel on Tarva, an island off the coast.", "Meeting", {"tarva"}),
        ("A general was killed by a bomb on the road from Baghdad airport.", "Killing", {"baghdad"}),
        # clauses within clauses
        ("Ten monks were killed when their bus was hit by shells as it drove into Gao.", "Killing", {"gao"}),
    ],
)
def test_names_after_in_and_what_leads_on_to_them(text: str, kind: str, place: set[str]) -> None:
    event = next(one for one in extract(text) if one.kind == kind)
    assert keys(event, "place") == place


def test_an_embassy_stands_where_the_story_is() -> None:
    text = "Protesters gathered in Tunis on Monday. A mob stormed the U.S. embassy compound."
    attack = next(one for one in extract(text) if one.kind == "Attack")
    assert "washington" not in keys(attack, "place")


def test_who_is_trusted_is_no_place() -> None:
    assert not any(
        "zelny" in keys(one, "place") for one in extract("The party voiced its confidence in Zelny on Monday.")
    )


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        # from where somebody speaks or appeals
        ("Ana Silva said from Havana that Peru would keep the truce.", "Statement", {"havana"}),
        ("Speaking from Havana, Ana Silva denied the charge.", "Rejection", {"havana"}),
        ("Ana Silva said by telephone from Havana that she would stay.", "Statement", {"havana"}),
        ("Ana Silva told reporters over the radio from Honduras that she would stay.", "Statement", {"honduras"}),
        (
            "Ana Silva flies to Havana on Friday for the funeral, where she will meet Raul Castro.",
            "Meeting",
            {"havana"},
        ),
        ("Ana Silva warned from Lima on Tuesday that the truce would end.", "Threat", {"lima"}),
        # the capital that is named beside, the garden of a house
        ("Soldiers detained Ana Silva in a raid on Monday in the capital, Tarvisk.", "Detention", {"tarvisk"}),
        ("Barack Obama, speaking in the White House Rose Garden, condemned China.", "Accusation", {"white-house"}),
        # the parser cuts a dateline off from the sentence that it places
        (
            "LAUSANNE, Switzerland – Iran and six powers agreed on a nuclear deal on Thursday.",
            "Agreement",
            {"lausanne"},
        ),
        ("TARVISK, May 12 — Peru and Chile signed a pact on Thursday.", "Agreement", {"tarvisk"}),
    ],
)
def test_places_from_which_and_beside_which(text: str, kind: str, place: set[str]) -> None:
    event = next(one for one in extract(text) if one.kind == kind)
    assert keys(event, "place") == place


def test_a_hall_that_nobody_knows_is_not_where_the_story_was_last() -> None:
    text = "A bomb exploded in Nairobi on Monday. Ana Silva, speaking in Tarvi Hall, said that Peru would help."
    said = next(one for one in extract(text) if one.kind == "Statement")
    assert "nairobi" not in keys(said, "place")


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        # a sentence or a clause of it opens with the city, whatever the parser joins it with
        ("In Nairobi mounted police charged demonstrators who were marching on the palace.", "Coercion", "nairobi"),
        ("In Nairobi mounted police charged demonstrators who were marching on the palace.", "Protest", "nairobi"),
        (
            "In the southern city of Malbrova officers fired live rounds at a crowd, Kenya admitted.",
            "Attack",
            "malbrova",
        ),
        ("Omar Diallo, the rebel chief, accused Mali by radio from Chad of torture.", "Accusation", "chad"),
        # "the capital", where no capital was named just before
        ("Thousands of students marched through the capital of Kenya. Kenya denied it.", "Protest", "kenya"),
        ("Kenya voted on Sunday. Thousands of Kenyans poured into the streets of the capital.", "Protest", "nairobi"),
        ("Kenyan gunmen attacked Mombasa. Kenyan rebels then shelled the capital.", "Attack", "nairobi"),
        # premises that are called by their city
        ("Gunmen shot dead a former Chadian general in a Nairobi park.", "Killing", "nairobi"),
        # where that was in which people died
        (
            "The court heard of the loss of a Chadian airliner over Lagos in 1989, in which 80 died.",
            "Killing",
            "lagos",
        ),
        # where parliament sits, after what is spoken of
        ("Ehud Barak deplored the decision in the Knesset on Monday.", "Accusation", "jerusalem"),
        # further down in what is done
        (
            "Kenyan police used tear gas to disperse a group of protesters in the town of Malbrova.",
            "Coercion",
            "malbrova",
        ),
    ],
)
def test_places_that_open_a_sentence_or_are_meant_by_it(text: str, kind: str, place: str) -> None:
    assert {place} in [keys(event, "place") for event in extract(text) if event.kind == kind]


def test_delegates_speak_at_the_sitting_that_the_dateline_places() -> None:
    text = (
        "NEW YORK, May 11 — The Security Council condemned Chad on Wednesday.\n\nPeru's delegate, Ann Lee, accused Chad"
        " of piracy. Omar Diallo of Chad told the council that this was a lie. In Lima the government praised her."
    )
    places = {event.kind: keys(event, "place") for event in extract(text)}
    assert places["Accusation"] == {"new-york-city"}
    assert places["Support"] == {"lima"}


def test_a_dateline_that_names_a_body_and_no_city_places_no_delegate() -> None:
    text = (
        "UNITED NATIONS, May 11 — The Security Council condemned Chad on Wednesday.\n\nPeru's delegate, Ann Lee, said"
        " that Chad was lying."
    )
    assert not any(keys(event, "place") for event in extract(text)[1:])


def test_governments_that_meet_decide_where_they_are() -> None:
    text = "DOHA, May 11 — Nine Arab governments resolved on Wednesday to recall their ambassadors from Chad."
    assert keys(of("Sanction", text), "place") == {"doha"}


def test_who_signs_a_pact_signs_it_where_the_states_did() -> None:
    text = (
        "Kenya and Chad signed a treaty of peace in Doha on Monday. Their foreign ministers, Amina Mohamed and Moussa"
        " Faki, put their names to the document."
    )
    signed = [event for event in extract(text) if event.kind == "Agreement"][-1]
    assert keys(signed, "agent") == {"amina-mohamed", "moussa-faki"}
    assert (keys(signed, "place"), signed.date) == ({"doha"}, "2016-05-09")


def test_a_visitor_is_received_where_he_arrived_days_before() -> None:
    text = "Uhuru Kenyatta arrived in Doha on Monday. On Wednesday he was received by Idriss Deby."
    assert keys(of("Meeting", text), "place") == {"doha"}


def test_talks_are_where_they_are_to_open() -> None:
    assert keys(of("Negotiation", "Talks between Kenya and Chad are to open in Doha next month."), "place") == {"doha"}


def test_votes_told_next_are_cast_at_the_sitting() -> None:
    text = (
        "NEW YORK, May 11 — The General Assembly adopted a resolution on Chad on Wednesday.\n\nKenya and Peru opposed"
        " the text. Cuba abstained."
    )
    votes = [keys(event, "place") for event in extract(text) if event.kind == "Vote"]
    assert len(votes) > 1
    assert all(place == {"new-york-city"} for place in votes)


def test_a_deed_among_those_of_a_state_is_where_the_dateline_says() -> None:
    assert placed("Killing", "LIMA, May 3 - Peruvian soldiers killed the Peruvian minister Ann Lee.") == {"lima"}
    assert placed("Killing", "LIMA, May 3 - Chilean soldiers killed two Bolivians.") == set()


def test_who_is_of_another_state_does_not_speak_where_a_crowd_marched() -> None:
    text = "In Lima 200,000 people marched in silence. Chilean minister Ann Lee summoned the Bolivian envoy."
    assert placed("Accusation", text) == set()


def test_one_of_many_buildings_of_an_organisation_is_not_its_seat() -> None:
    assert placed("Attack", "A grenade was thrown at a UN building.") == set()


@pytest.mark.parametrize("text", ["Kabul was bombed on Sunday.", "Kabul fell to the Taliban.", "Rebels shelled Kabul."])
def test_a_capital_that_suffers_force_is_a_town(text: str) -> None:
    assert placed("Attack", text) == {"kabul"}
