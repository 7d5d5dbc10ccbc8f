"""What somebody only says of himself, and who is told to have met or blamed somebody though one side has no name."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys


def kinds(text: str) -> list[str]:
    return sorted(event.kind for event in extract(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Evo Morales said that he would welcome Angela Merkel.", "Support"),
        ("Angela Merkel told reporters that Germany would back Uganda.", "Support"),
        ("Norway said it would ask the United Nations for a new inquiry.", "Appeal"),
        ("Idriss Deby said that Chad would cooperate with Niger.", "Cooperation"),
        ("Ghana has promised to arrest the hijackers.", "Detention"),
        ("The generals in Mali promised to hold elections in May.", "Election"),
        ("Uganda promised to hit back with tariffs and to expel Kenyan diplomats.", "Expulsion"),
        ("Angela Merkel said that her country stood ready to lead the force.", "Agreement"),
        ('"We attacked a depot," said Ana Quispe, a spokeswoman for Peru.', "Attack"),
        ('"We sign and then we think," a Chilean diplomat remarked.', "Agreement"),
        ('"We must not lose our heads," Angela Merkel said.', "Demand"),
        ("Evo Morales said that his ministers must be patient.", "Demand"),
        ("Angela Merkel warned that the continent must not fall asleep.", "Demand"),
        ("Angela Merkel, the German chancellor, called on Sudan to cooperate with it.", "Cooperation"),
    ],
)
def test_what_is_only_said_is_no_event(text: str, kind: str) -> None:
    assert kind not in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norway will support Peru at the summit on Friday.", "Support"),
        ("Ghana has promised to free the hostages.", "Concession"),
        ("Angela Merkel said that Norway must withdraw its troops from Chad.", "Demand"),
        ("Angela Merkel said that Norway must not attack Chad.", "Demand"),
        ("Norwegian forces attacked a depot in Peru, Ana Quispe said.", "Attack"),
        ("Explaining its vote, Chad said that the text was weak.", "Vote"),
    ],
)
def test_what_is_done_or_asked_is_one_still(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_a_vote_explained_is_the_vote_cast() -> None:
    text = "Peru abstained and the resolution was adopted by 12 votes to none. Ollanta Humala justified his abstention."
    assert {"ollanta-humala"} not in [keys(event, "agent") for event in extract(text) if event.kind == "Vote"]


@pytest.mark.parametrize(
    ("text", "kind", "agents"),
    [
        ("The two envoys met Evo Morales on Friday.", "Meeting", {"evo-morales"}),
        ("Angela Merkel consulted Lima on the plan.", "Meeting", {"angela-merkel"}),
        ("Evo Morales telephoned several of his ministers.", "PhoneCall", {"evo-morales"}),
    ],
)
def test_one_side_needs_no_name(text: str, kind: str, agents: set[str]) -> None:
    assert agents <= set().union(*(keys(event, "agent") for event in extract(text) if event.kind == kind))


@pytest.mark.parametrize(
    "text",
    [
        "Ben Carter met the demand for more money.",
        "Ben Carter discussed the budget on the telephone.",
        "Ben Carter telephoned to ask for more time.",
    ],
)
def test_nobody_is_met_where_nobody_is_told(text: str) -> None:
    assert not {"Meeting", "PhoneCall"} & set(kinds(text))


def test_who_is_blamed_by_them_is_told() -> None:
    found = extract("The villagers fled from Evo Morales, whom they blame for the raid.")
    assert {"evo-morales"} in [keys(event, "target") for event in found if event.kind == "Accusation"]


@pytest.mark.parametrize(
    "text",
    [
        "Lima protested within hours of a decision by Chile to expel its envoy.",
        "The decision of Chile to expel a Peruvian envoy angered Lima.",
    ],
)
def test_a_decision_of_somebody_tells_of_the_step(text: str) -> None:
    assert {"chile"} in [keys(event, "agent") for event in extract(text) if event.kind == "Expulsion"]
