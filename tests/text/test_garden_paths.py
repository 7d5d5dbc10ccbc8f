"""Sentences that the parser reads on the wrong path: participles for verbs, verbs joined to what was said."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract

DOERS = [
    ("Militias opposed to the vote have killed four people.", "Killing", "militias"),
    ("Militias opposed to independence killed four people.", "Killing", "militias"),
    ("Kenya condemned the raid in which fighters based in Somalia had killed 12 soldiers.", "Killing", "fighters"),
    ("Ana Ruiz said that Kenya's aid had come too late, and urged that troops be sent.", "Appeal", "ana-ruiz"),
    ("Ana Ruiz said that Kenya would send troops and warned Chad.", "Threat", "ana-ruiz"),
    ("Ana Ruiz said that she did not know the men and accused Chad of a plot.", "Accusation", "ana-ruiz"),
    ("Kenya went to court over the dam built in Sudan and accused Chad of a plot.", "Accusation", "kenya"),
    ("Ana Ruiz denied her men had fired on Kenya and accused Chad of a plot.", "Accusation", "ana-ruiz"),
    ("Ana Ruiz said Chad bore responsibility for the raid.", "Accusation", "ana-ruiz"),
    ("Tass quoted Ana Ruiz as accusing Chad of a plot.", "Accusation", "ana-ruiz"),
    ("Military officers said that a four-man junta took control of Chad.", "Coercion", "junta"),
    ("Ana Ruiz of Peru, fearing that Chad would spread the war, appealed to Kenya.", "Appeal", "ana-ruiz"),
    ("In Gao the army seized power in Niger on Monday.", "Coercion", "nigerien-army"),
    ("Chad left the town and Malian paratroopers fought their way to Gao.", "Attack", "malian-forces"),
    ("Ana Ruiz left, and President Idriss Deby, in Gao for a summit, called for aid.", "Appeal", "idriss-deby"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "doer"), DOERS)
def test_who_acts_is_found_whatever_stands_between(text: str, kind: str, doer: str) -> None:
    (event,) = [one for one in extract(text) if one.kind == kind]
    agents = [role.key.rpartition("/")[2] for role in event.roles if role.name == "agent"]
    assert len(agents) == 1
    assert agents[0].endswith(doer)


OWNERS = [
    ("Kenya said that Chad had attacked its troops.", "body/kenyan-forces"),
    ("Kenya protested. Chad had seized its ambassador.", "state/kenya"),
]


@pytest.mark.parametrize(("text", "harmed"), OWNERS)
def test_nobody_harms_what_is_his_own(text: str, harmed: str) -> None:
    done = [one for one in extract(text) if one.kind != "Statement"]  # that Kenya speaks of Chad harms nobody
    targets = {role.key for one in done for role in one.roles if role.name == "target"}
    assert harmed in targets
    assert not any("chad" in key for key in targets)


@pytest.mark.parametrize(
    "text",
    [
        '"We will not accept pressure," Ana Ruiz declared.',
        '"We are not afraid," Ana Ruiz declared.',
        "Ana Ruiz would say only that talks went on.",
        "Ana Ruiz would only say that the plan was sound.",
    ],
)
def test_what_is_said_is_a_statement_whatever_it_denies(text: str) -> None:
    assert "Statement" in {one.kind for one in extract(text)}


def test_who_is_called_upon_to_do_something_is_asked() -> None:
    (event,) = extract("The Security Council called upon the Government of Chad to release the prisoners.")
    assert (event.kind, [role.key for role in event.roles if role.name == "target"]) == ("Appeal", ["state/chad"])


def test_a_verb_after_a_quotation_is_not_quoted() -> None:
    (meeting,) = [
        one
        for one in extract('Ana Ruiz declared that "war has started" and conferred with Idriss Deby.')
        if one.kind == "Meeting"
    ]
    assert {role.key.rpartition("/")[2] for role in meeting.roles} == {"ana-ruiz", "idriss-deby"}


def test_a_country_called_occupied_is_not_occupied_by_who_acts() -> None:
    found = extract("The Security Council voted to ban trade with Iraq and occupied Kuwait.")
    assert "Coercion" not in {one.kind for one in found}
