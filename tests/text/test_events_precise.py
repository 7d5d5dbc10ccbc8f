"""What looks like an event at first sight and is another, a part of another, or none."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys


def kinds(text: str) -> list[str]:
    return sorted(event.kind for event in extract(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"Please come to Norway, we will be happy to see you," Ana Quispe said.', "Visit"),
        ('"Help us and send aid to Chad," Youssouf Saleh said.', "Aid"),
        ('"I am willing to exchange opinions with your government," Evo Morales said.', "Agreement"),
        ("Norway was ready to discuss the border with Russia.", "Agreement"),
        ("Norway said that it would decide how to deploy its troops in the Gulf.", "Mobilisation"),
        ("Peru has not decided whether to recall its ambassador from Chile.", "Sanction"),
        ("The talks will begin two weeks after the Norwegian monitors arrive in Quito.", "Visit"),
        ("Lima will act when Chilean troops enter Tacna.", "Mobilisation"),
        ("Barack Obama said that Washington would not hesitate to defend itself.", "Rejection"),
        ("Norway said it had decided to recall its envoy from Peru.", "Threat"),
        ("The militia, accused of abuses in Mali, denied everything.", "Accusation"),
        ("Peru welcomes the contacts between Quito and Bogota.", "Consultation"),
        ("Heraldo Munoz will speak to his Peruvian counterpart on his return to Santiago.", "Visit"),
        ("Evo Morales handed over a letter from his vice president.", "Concession"),
        ('"Chad has been assaulted, insulted and sold out by its friends," Idriss Deby said.', "Attack"),
        ("She intends to send an inspection team to Peru next week.", "Aid"),
        ("Idriss Deby said that he had lost a brother.", "Killing"),
        ("Idriss Deby shot himself in the palace.", "Attack"),
        ("Gunmen fired into the air in Gao.", "Attack"),
        ("The army withdrew its support from Idriss Deby.", "Retreat"),
        ("Rwandan soldiers went from house to house in Kigali.", "Visit"),
        ("Amid talk of a coup, President Idriss Deby flew to Lima.", "Consultation"),
        ("The bill was crushed by 432 votes to 120 in the Congress of Peru.", "Coercion"),
        ("Chile insisted that the Peruvian army free the hostages.", "Concession"),
        ("Chile turned on Peru, accusing it of deploying soldiers without consent.", "Coercion"),
    ],
)
def test_it_is_no_such_event(text: str, kind: str) -> None:
    assert kind not in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Angela Merkel said that Norway had decided to send aid to Chad.", "Aid"),
        ("Mali's army entered Gao after the rebels left.", "Mobilisation"),
        ("When Chilean troops entered Tacna, Peru protested.", "Mobilisation"),
        ("Chad accused Ali Diarra of treason.", "Accusation"),
        ("Evo Morales handed over two prisoners to Chile.", "Cooperation"),
    ],
)
def test_it_is_one_still(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("Chile turned on Peru, accusing it of spying.", "Accusation", {"chile"}, {"peru"}),
        (
            "Ollanta Humala dismissed the finance minister, Luis Castilla, on Monday.",
            "Expulsion",
            {"ollanta-humala"},
            {"luis-castilla"},
        ),
        ("Dilma Rousseff sacked Aldo Rebelo on Tuesday.", "Expulsion", {"dilma-rousseff"}, {"aldo-rebelo"}),
        ("General Ali Diarra had himself sworn in as president.", "Appointment", set(), {"ali-diarra"}),
        (
            "Ali Diarra, who had met President Idriss Deby, left and had himself sworn in as president.",
            "Appointment",
            set(),
            {"ali-diarra"},
        ),
        (
            "Ali Diarra, who had led the overthrow of President Idriss Deby, fled.",
            "Coercion",
            {"ali-diarra"},
            {"idriss-deby"},
        ),
    ],
)
def test_who_does_it_to_whom(text: str, kind: str, agents: set[str], targets: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind == kind]
    assert keys(event, "agent") == agents
    assert keys(event, "target") == targets


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Shelling by Chadian troops claimed the lives of four women near Abeche on Monday.", {"chadian-forces"}),
        ("Six Kenyan soldiers died on May 3 when Somali militiamen shelled their camp.", {"somali-militiamen"}),
        ("A Malian raid killed four women near Gao on Monday.", {"mali"}),
    ],
)
def test_a_death_and_the_attack_that_caused_it_are_one(text: str, agents: set[str]) -> None:
    [event] = [event for event in extract(text) if event.kind in ("Attack", "Killing")]
    assert event.kind == "Killing"
    assert keys(event, "agent") == agents


def test_two_coups_of_different_years_are_two() -> None:
    text = "Ali Diarra, who had led the overthrow of Idriss Deby in 2014, staged a second coup last May."
    assert sorted(event.date for event in extract(text) if event.kind == "Coercion") == ["2014", "2015-05"]


def test_a_telephone_conversation_that_is_held_is_a_call() -> None:
    text = "Heraldo Munoz will hold a telephone conversation with Ana Maria Sanchez on Friday."
    [event] = [event for event in extract(text) if event.kind not in ("Agreement", "Statement")]
    assert (event.kind, event.planned, event.date) == ("PhoneCall", True, "2016-05-13")
    assert keys(event, "agent") == {"heraldo-munoz", "ana-maria-sanchez"}


def test_the_meeting_that_was_told_of_is_no_other() -> None:
    text = (
        "Horacio Cartes met Evo Morales in Lima on Tuesday. "
        "During the meeting, which took place at the palace, Morales spoke of the border."
    )
    told = [event for event in extract(text) if event.kind == "Meeting"]
    assert {(event.roles, event.date) for event in told} == {(told[0].roles, "2016-05-10")}
    assert keys(told[0], "agent") == {"horacio-cartes", "evo-morales"}


def test_their_talks_are_of_host_and_guest() -> None:
    text = "Ban Ki-moon arrived in Paris on Tuesday and had dinner with John Kerry. Their talks continued on Wednesday."
    [event] = [event for event in extract(text) if event.kind == "Negotiation"]
    assert keys(event, "agent") == {"ban-ki-moon", "john-kerry"}
    assert event.date == "2016-05-11"


def test_strikes_that_are_called_something_are_not_called() -> None:
    assert kinds("Ann Lee called the strikes a colonial aggression.") == ["Accusation"]


def test_who_is_spoken_of_once_is_no_party_to_a_war() -> None:
    [attack] = [
        one for one in extract("French jets fired the first shots. British ships sailed home.") if one.kind == "Attack"
    ]
    assert keys(attack, "target") == set()
