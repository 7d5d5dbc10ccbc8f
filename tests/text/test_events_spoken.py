"""What is said: who says it and when, whom it blames, in quotations and clauses that the parse mistakes."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys

COUNCIL = {"united-nations-security-council"}
MASKED = {"test-masked-spokesman"}
ENVOY = {"test-malian-envoy-in-oslo"}
ASSEMBLY = {"united-nations-general-assembly"}
COMMENTED = ("Accusation", {"chad"}, {"ann-lee"})


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Alpha Conde said on Tuesday he would not sign the accord.", "2016-05-10"),
        ("Chinese officials said on Monday they would send aid to Nepal.", "2016-05-09"),
        ("Peru announced in Lima on Monday it would close the border with Chile.", "2016-05-09"),
    ],
)
def test_a_day_before_the_clause_said_is_that_of_saying_it(text: str, date: str) -> None:
    said = [event for event in extract(text) if event.kind == "Statement"]
    assert [event.date for event in said] == [date]
    assert not [event for event in extract(text) if event.planned and event.date]


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Chad condemned the bombing of Serbia.", "Accusation", set()),
        ("Chad condemned the attack on Serbia.", "Accusation", set()),
        ("The Saudi bombing of Yemen was condemned by Chad.", "Accusation", {"saudi-arabia"}),
        ("Chad condemned the NATO-led bombing of Serbia.", "Accusation", {"nato"}),
        ("Mali opposed the French-led bombing of Libya.", "Rejection", {"france"}),
        ("Mali defended the invasion of Grenada.", "Support", set()),
        ("Peru hit back at Chile.", "Accusation", {"chile"}),
        ("Mali scoffed at Chad's claim.", "Rejection", {"chad"}),
        ("Mali slammed the door on Chad.", "Rejection", {"chad"}),
        ("Mali came out against the Chadian plan.", "Rejection", {"chad"}),
    ],
)
def test_blame_and_praise_are_of_the_doer_and_not_of_whom_it_befell(text: str, kind: str, target: set[str]) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert [keys(event, "target") for event in found] == [target]


@pytest.mark.parametrize("verb", ["charged", "replied", "countered", "proclaimed", "cabled", "fumed"])
def test_what_is_said_with_any_verb_of_saying_is_ascribed_to_the_speaker(verb: str) -> None:
    deeds = extract(f"Chad {verb} that Turkey had occupied two villages.")
    told = [event.evidence.attributed_to for event in deeds if event.kind == "Coercion"]
    assert told == [("state/chad",)]


@pytest.mark.parametrize(
    "text",
    [
        '"The talks have achieved nothing," shot back Ann Lee.',
        'The talks, Ann Lee went on, "have achieved nothing at all".',
        'Ann Lee spoke on Monday. They were, she went on, "shocking and saddening".',
        '"Chad wants peace. Mali wants peace. We have seen who does not," Ann Lee said.',
    ],
)
def test_a_quotation_is_of_whoever_is_named_after_or_inside_it(text: str) -> None:
    said = [event for event in extract(text) if event.kind == "Statement"]
    assert said
    assert all(keys(event, "agent") == {"ann-lee"} for event in said)


def test_what_is_urged_in_a_call_is_told_beside_the_call() -> None:
    found = extract("Barack Obama, in a 30-minute phone call, pressed Hosni Mubarak to begin a transition.")
    assert {event.kind for event in found} == {"PhoneCall", "Appeal"}


def test_a_second_speaker_told_by_two_nouns_alone_speaks_himself() -> None:
    found = extract("Britain urged patience, and France moderation.")
    assert [keys(event, "agent") for event in found] == [{"united-kingdom"}, {"france"}]


def test_a_description_with_turned_is_no_clause() -> None:
    (said,) = extract("The Turkish leader, a poet turned politician, said the operation had been halted.")
    assert said.kind == "Statement"


def test_a_former_holder_is_not_the_present_one() -> None:
    text = (
        "French Foreign Minister Dominique de Villepin spoke. Robin Cook, foreign secretary until 2001, quit. "
        "The former foreign secretary denounced the war."
    )
    blaming = [event for event in extract(text, "2003-03-18") if event.kind == "Accusation"]
    assert [keys(event, "agent") for event in blaming] == [{"robin-cook"}]


def test_backing_won_by_a_tally_is_no_election() -> None:
    found = extract("Tony Blair won parliament's backing for military action by 412 votes to 149.")
    assert "Election" not in {event.kind for event in found}
    assert {"Support", "Vote"} <= {event.kind for event in found}


@pytest.mark.parametrize(
    ("text", "kind", "agents"),
    [
        ("Dublin, which had gone along with the sanctions, called for a meeting.", "Appeal", {"ireland"}),
        ("Ann Lee, it is understood, had assured the Malians that war was over.", "Statement", {"ann-lee"}),
        ("There was silence in Lima; in Oslo, Mali's leader, Ann Lee, said he was sad.", "Statement", {"ann-lee"}),
        ("Australia and New Zealand condemned the plan.", "Accusation", {"australia", "new-zealand"}),
        ("Among those siding with Russia were Cuba and Syria.", "Support", {"cuba", "syria"}),
        ("Chad said it could no longer support the measures.", "Rejection", {"chad"}),
        ("The Labour Party associated itself with the Malian stand.", "Support", {"labour-party"}),
        (
            'Ann Lee spoke to Tom Hill. Ann Lee smiled. "It is over now," the former mayor said.',
            "Statement",
            {"ann-lee"},
        ),
    ],
)
def test_who_speaks_is_found_past_asides_and_descriptions(text: str, kind: str, agents: set[str]) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert found
    assert keys(found[-1], "agent") == agents


@pytest.mark.parametrize(
    "text",
    [
        "Jeremy Corbyn, the Labour leader, vowed to block it.",
        "Beijing resolutely opposes it.",
        "Donald Trump wrote on Twitter that it would be hard.",
    ],
)
def test_a_step_or_a_medium_is_nobody_spoken_to(text: str) -> None:
    assert not any(keys(event, "target") for event in extract(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Opposition leaders in Chad held the government to blame.", "Detention"),
        ("Chad has torpedoed it, Mali said.", "Attack"),
        ("Roh Moo-hyun staked his name on engaging North Korea.", "Attack"),
        ("Ann Lee announced that she would run. Tom Hill was expected to follow suit.", "Agreement"),
        ("Chad condemned the occupation of Mali.", "Coercion"),
    ],
)
def test_words_of_blame_and_dealings_are_no_force(text: str, kind: str) -> None:
    assert not [event for event in extract(text) if event.kind == kind and keys(event, "agent")]


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("The Security Council met. With France abstaining, it condemned the coup.", "Accusation", COUNCIL, set()),
        ("Norway, Peru and Italy cautioned NATO. Russia thanked it on Friday.", "Support", {"russia"}, {"nato"}),
        ("Mr. Heath, for the Conservative Party, deplored the vote.", "Accusation", {"heath"}, set()),
        ("Barack Obama, in a message to Raul Castro, warned of war.", "Threat", {"barack-obama"}, {"raul-castro"}),
        ("Chad assured Mali of its cooperation.", "Support", {"chad"}, {"mali"}),
        ("Barack Obama said consequences would be grave if Mali attacked.", "Threat", {"barack-obama"}, {"mali"}),
        ("Mali said it would make Chad pay a price for it.", "Threat", {"mali"}, {"chad"}),
        ('Peru agreed. "It is over now," vowed a masked spokesman, "until May".', "Statement", MASKED, set()),
        ('"We were asked, and we helped," a Malian envoy in Oslo said at noon.', "Statement", ENVOY, set()),
        ("Mariano Rajoy, calling it a sad day, asked Mali for calm.", "Appeal", {"mariano-rajoy"}, {"mali"}),
    ],
)
def test_speakers_and_hearers(text: str, kind: str, agents: set[str], targets: set[str]) -> None:
    (found,) = [event for event in extract(text) if event.kind == kind]
    assert keys(found, "agent") == agents
    assert keys(found, "target") == targets


def test_what_is_promised_for_tomorrow_dates_nothing_else() -> None:
    found = extract("Ann Lee promised a reply tomorrow. Chad condemned the plan.", "2016-05-12")
    assert all(event.date != "2016-05-13" for event in found)


def test_an_act_that_would_be_wrong_is_none() -> None:
    assert {event.kind for event in extract("Peru told Mali it would be unjust to bomb Chile.")} <= {"Statement"}


@pytest.mark.parametrize(
    ("text", "kind", "agents"),
    [
        ("Chad, which has often used its veto, hailed the Malian step.", "Support", {"chad"}),
        (
            "Ban Ki-moon, due to meet Hassan Rouhani in Oslo on Monday, smiled.",
            "Meeting",
            {"ban-ki-moon", "hassan-rouhani"},
        ),
        ("Israel's ambassador, Tal Orr, posted on X that it was over.", "Statement", {"tal-orr"}),
        ("Ukraine thanked the Kremlin chief. Dmitry Medvedev left.", "Support", {"ukraine"}),
    ],
)
def test_subjects_are_found_past_what_is_told_of_them(text: str, kind: str, agents: set[str]) -> None:
    (found,) = [event for event in extract(text) if event.kind == kind]
    assert keys(found, "agent") == agents


def test_a_leader_is_known_by_the_last_name_where_the_state_is_named() -> None:
    found = extract("Britain's Mrs Thatcher condemned the plan.", "1985-10-11")
    assert [keys(event, "agent") for event in found] == [{"margaret-thatcher"}]


def test_lawmakers_who_pass_a_motion_are_of_the_body_spoken_of() -> None:
    text = "The European Parliament met. By 395 votes to 200, lawmakers passed a motion."
    bodies = [keys(event, "body") for event in extract(text) if event.kind == "Vote"]
    assert bodies == [{"european-parliament"}]


def test_a_figure_of_speech_with_set_is_no_attack() -> None:
    found = extract("Russia recognised the rebel regions, setting Georgia on a collision course.")
    assert "Attack" not in {event.kind for event in found}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Pierre Wigny called the charges grotesque.", {"Rejection"}),
        ("Ghana offered troops; so did Guinea.", {"Aid"}),
        ("Belgian troops had intervened only to save lives.", set()),
        ("Ann Lee declined comment.", {"Statement"}),
        ("Momcilo Krajisnik, speaker of the Serb assembly, left.", set()),
    ],
)
def test_what_is_said_of_charges_and_offers(text: str, kinds: set[str]) -> None:
    assert {event.kind for event in extract(text)} == kinds


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("The General Assembly met. The Assembly adopted it by acclamation.", "Vote", ASSEMBLY, set()),
        ("Washington sprang to Israel's aid.", "Support", {"united-states"}, {"israel"}),
        ("Syria demanded that Israel be punished, as did Iran.", "Demand", {"iran", "syria"}, {"israel"}),
        ("Ann Lee said it was over. Mali said the remarks were wrong. Chad hit out at the comments.", *COMMENTED),
        ("Theresa May spoke. May, who had won a vote, denied it.", "Rejection", {"theresa-may"}, set()),
    ],
)
def test_who_does_likewise_and_replies(text: str, kind: str, agents: set[str], targets: set[str]) -> None:
    found = [event for event in extract(text) if event.kind == kind]
    assert found
    assert keys(found[-1], "agent") == agents
    assert keys(found[-1], "target") == targets


def test_who_did_so_does_not_do_what_was_told_before() -> None:
    found = extract("Chad protested. Peru and Chile said the deal was dead; so did Mali.")
    assert not [event for event in found if event.kind == "Accusation" and "mali" in keys(event, "agent")]


def test_such_talk_and_what_weighs_on_talks_are_no_talks() -> None:
    found = extract("Peru said such talk was dangerous. Chad said the remarks would weigh on nuclear talks.")
    assert {event.kind for event in found} == {"Statement"}


def test_who_swears_in_a_city_appoints_nobody() -> None:
    (said,) = extract("Yasir Arafat swore in Beirut that there would be no autonomy.")
    assert said.kind == "Statement"
    assert keys(said, "place") == {"beirut"}


def test_a_state_named_as_a_culprit_is_not_appointed() -> None:
    found = extract("Israel, named by the Tower Commission as an instigator, denied it.")
    assert {event.kind for event in found} == {"Rejection"}
