"""When events are where the text tells it by way of another clause, a length of time, or a happening named before."""

from __future__ import annotations

import pytest

from kg.model import Event
from tests.text.extraction import extract


def of(kind: str, text: str) -> Event:
    """The first event of a kind in a text read on Thursday 12 May 2016."""
    return next(event for event in extract(text) if event.kind == kind)


def dated(kind: str, text: str) -> str:
    """Its date or interval, as FROM/TO."""
    event = of(kind, text)
    return f"{event.date}/{event.end_date}" if event.end_date else event.date


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Peru recalled its ambassador on Tuesday, a day after Chile seized a fishing boat.", "Coercion", "2016-05-09"),
        (
            "Five days after Pakistan tested a missile, the Security Council approved a resolution on Saturday.",
            "WeaponsTest",
            "2016-05-02",
        ),
        (
            "Kenya expelled the Sudanese envoy on Friday, two days before Sudan closed its embassy.",
            "Sanction",
            "2016-05-08",
        ),
        ("Two days after Chile expelled the envoy on Friday, Peru recalled its ambassador.", "Sanction", "2016-05-08"),
        ("Hours after Chile expelled the envoy on Monday, Peru recalled its ambassador.", "Sanction", "2016-05-09"),
        ("Three weeks after Chad tested a missile, Niger expelled its envoy on Monday.", "WeaponsTest", "2016-04"),
    ],
)
def test_days_are_counted_between_clauses(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Mali's army ended its six-week bombing of Gao on Monday.", "Attack", "2016-03/2016-05"),
        ("Chad's army stopped its five-day bombardment of Faya on Tuesday.", "Attack", "2016-05"),
        ("Rebels in Mali have killed 2,000 soldiers in 14 months of fighting.", "Killing", "2015-03/2016-05"),
    ],
)
def test_what_has_lasted_began_so_long_ago(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


def test_a_visit_of_three_days_is_on_the_day_it_began() -> None:
    assert dated("Visit", "Barack Obama arrived in Hanoi on Monday on a three-day visit.") == "2016-05-09"


def test_since_a_happening_that_is_dated_elsewhere() -> None:
    text = "Mali's army seized power in a coup in March. Ten protesters have been killed since the coup."
    assert dated("Killing", text) == "2016-03/2016-05"


def test_another_round_is_not_the_one_dated() -> None:
    text = "The first round was held in March. Ten Malian protesters have been killed since the second round."
    assert dated("Killing", text) == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Peru expelled the Chilean ambassador in March 2015; Chile expelled Peru's the following month.", "2015-04"),
        ("Peru recalled its ambassador in 2013. Two years later it expelled the envoy of Chile.", "2015"),
        ("Peru expelled the Chilean ambassador on 3 March. Chile expelled Peru's the same day.", "2016-03-03"),
        ("Peru expelled the Chilean ambassador on Monday. Chile expelled Peru's shortly after midnight.", "2016-05-10"),
        ("Peru expelled the Chilean envoy on Monday. Chile expelled Peru's after midnight on Wednesday.", "2016-05-11"),
    ],
)
def test_time_is_counted_from_the_time_told_last(text: str, date: str) -> None:
    assert [event.date for event in extract(text) if event.kind == "Expulsion"][-1] == date


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        (
            "Joko Widodo flew to Lima on Tuesday in an attempt to mediate between Peru and Chile.",
            "Mediation",
            "2016-05-10",
        ),
        ("Troops of Chad shelled Gao on Monday after troops of Mali were seen leaving Niger.", "Retreat", "2016-05-09"),
        ("Francois Hollande flew on Friday to Bamako, where he met the president of Mali.", "Meeting", "2016-05-06"),
    ],
)
def test_clauses_share_the_day_of_what_they_explain(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


def test_nothing_is_planned_for_the_past() -> None:
    planned = [event for event in extract("Chile will host talks with Peru, it said last week.") if event.planned]
    assert planned
    assert not any(event.date for event in planned)


def test_an_opening_in_the_perfect_is_of_the_day_told_next() -> None:
    text = "Peru has warned Chile of war. In a statement on Tuesday, Peru also accused Chile of piracy."
    assert dated("Threat", text) == "2016-05-10"


def test_when_it_was_said_may_be_told_afterwards() -> None:
    assert dated("Accusation", "Barack Obama criticised China. He made the remarks in Hanoi on Monday.") == "2016-05-09"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On Friday Chile voted against a resolution condemning Sudan.", "Accusation"),
        (
            "On Friday Chile and Peru voted against a text passed by the Human Rights Council accusing Mali.",
            "Accusation",
        ),
    ],
)
def test_what_a_motion_says_is_of_the_day_of_the_vote(text: str, kind: str) -> None:
    assert all(event.date == "2016-05-06" for event in extract(text) if event.kind in (kind, "Vote"))


def test_the_day_of_a_clause_whose_subjects_are_a_list() -> None:
    text = (
        "Joko Widodo flew to Kenya on Tuesday, a day after the kingdom, Niger, Chad and Mali severed ties with Ghana."
    )
    assert dated("Sanction", text) == "2016-05-09"


def test_who_is_still_there_speaks_on_the_same_day() -> None:
    text = "Joko Widodo landed in Lima on Tuesday. After talks in Lima, Mr Widodo accused Chile of piracy."
    assert dated("Accusation", text) == "2016-05-10"


def test_speakers_who_met_on_a_day_spoke_on_it() -> None:
    text = "The foreign ministers of the European Union, who met in Riga on Monday, urged Iran to talk."
    assert dated("Appeal", text) == "2016-05-09"


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("LIMA, May 11. /PNA/. John Kerry has been received by Alan Garcia.", "Meeting", "2016-05-11"),
        (
            "LIMA, May 11 (PNA) -- John Kerry has been received by Alan Garcia.\n\nEarlier in the day he held talks"
            " with Ollanta Humala.",
            "Negotiation",
            "2016-05-11",
        ),
        ("LIMA, May 11 (PNA) -- Peru has expelled the envoy of Chile.", "Expulsion", "2016-05-11"),
        (
            "LIMA, May 11 (PNA) -- Peru has expelled the envoy of Chile.\n\nPeru warned Chile on Tuesday.",
            "Expulsion",
            "2016-05-10",
        ),
        (
            "Evo Morales told a crowd of thousands who rallied on April 14 in Sucre that Bolivia would leave.",
            "Statement",
            "2016-04-14",
        ),
    ],
)
def test_the_day_of_the_dateline_and_past_clauses_of_plans(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


def test_what_happened_before_at_a_place_dates_no_plan() -> None:
    text = (
        "John Kerry will hold a phone call with Taro Kono upon his return to Geneva, where the two held talks in March."
    )
    assert dated("PhoneCall", text) == ""


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Peru yielded in January. It expelled the envoy of Chile on the 23rd.", "Expulsion", "2016-01-23"),
        ("Peru expelled the envoy of Chile on the 10th.", "Expulsion", "2016-05-10"),
        ("Peru expelled the envoy of Chile on the 28th.", "Expulsion", "2016-04-28"),
        (
            "Peru yielded in January. It expelled an envoy on the 23rd and signed a pact with Mali two days later.",
            "Agreement",
            "2016-01-25",
        ),
        ("On Friday Peru expelled the envoy. A week earlier Chile recalled its ambassador.", "Sanction", "2016-04-29"),
    ],
)
def test_days_told_by_their_number_or_distance(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        (
            "Peru and Chile signed the pact on Monday. On the eve of the signing rebels killed two soldiers.",
            "Killing",
            "2016-05-08",
        ),
        (
            "Peru's army shelled Tarvi on Monday. Officials said that 23 people had been killed.",
            "Killing",
            "2016-05-09",
        ),
        (
            "On Monday Alan Garcia addressed the Arab League, which accused Chile of aggression.",
            "Accusation",
            "2016-05-09",
        ),
        ("The Taliban claimed the bombing that killed 40 policemen in Herat on May 2.", "Attack", "2016-05-02"),
    ],
)
def test_what_the_story_goes_on_with_is_of_its_day(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


def test_a_day_long_past_is_not_that_of_the_story() -> None:
    text = (
        "Alan Garcia and Ana Moya met on February 3 in Lima.\n\nChile's president, Juan Moncada, accused Peru of theft."
    )
    assert dated("Accusation", text) == ""


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        # what frames the clause, and what was told of the same day
        ("Minister Juan Roca of Peru resigned shortly after being questioned on Tuesday.", "Resignation", "2016-05-10"),
        ("Chad's army shelled Gao on Tuesday. Hours earlier, rebels had killed two soldiers.", "Killing", "2016-05-10"),
        (
            "Kenya's president met the rebels on Monday. Earlier the same day, gunmen had killed a guard.",
            "Killing",
            "2016-05-09",
        ),
        ("The envoy of Peru met Chile's president earlier in the day.", "Meeting", "2016-05-12"),
        # the day after what the main clause tells, not what an aside does
        (
            "Troops killed a rebel on Tuesday, ending a siege that began on Friday. Ada Cole resigned the next day.",
            "Resignation",
            "2016-05-11",
        ),
        # since when, and until now
        ("Three monks held since they entered Chad in March were freed on Tuesday.", "Detention", "2016-03"),
        ("At least 60 people have died in Taiz since Monday.", "Killing", "2016-05-09/2016-05-12"),
        ("Over the past three days, Chad's warplanes have bombed Gao.", "Attack", "2016-05-09/2016-05-12"),
        # years told otherwise
        ("Chad and Niger signed a pact in mid-2015.", "Agreement", "2015"),
        (
            "Chad invaded Niger in 2003. On May 1 of that year its president declared victory.",
            "Statement",
            "2003-05-01",
        ),
        # "last Wednesday" is not yesterday
        ("Chad expelled Niger's envoy last Wednesday.", "Expulsion", "2016-05-04"),
        # what takes its date from a clause about it
        (
            "Police in Chad arrested Ali Moussa on the eve of the vote, which took place on Sunday.",
            "Detention",
            "2016-05-07",
        ),
    ],
)
def test_dates_by_frames_asides_and_what_the_text_told(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


def test_a_day_in_the_name_of_a_city_is_no_date() -> None:
    assert dated("Detention", "Police arrested Ali Moussa in 6th of October City on Tuesday.") == "2016-05-10"


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        # an opening phrase that the parser cuts off
        (
            "Ana Ruiz spoke on April 30th. It was short. On April 1st the Peruvian government held a referendum on "
            "secession that a court had banned; some 900 people were hurt when police fired rubber bullets.",
            "Election",
            "2016-04-01",
        ),
        # what dates a noun dates no later day
        (
            "Chad's court on Saturday threw out the results of the April 8 vote. "
            "Two days earlier Mali had expelled Chad's envoy.",
            "Expulsion",
            "2016-05-05",
        ),
        # months of what is asked about
        (
            "Ana Ruiz arrived on Monday. She called for an inquiry into the murders of two judges in March 2009.",
            "Appeal",
            "2016-05-09",
        ),
    ],
)
def test_dates_of_clauses_and_of_what_they_mention(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Relations broke down last year when Chad expelled the Sudanese envoy.", "Expulsion", "2015"),
        ("Ties soured in March, when Chad expelled the Sudanese envoy.", "Expulsion", "2016-03"),
        ("Chad has been shelling Tine since Friday.", "Attack", "2016-05-06/2016-05-12"),
        (
            "At least 512 people have been killed and 4,200 injured since war broke out on May 3, doctors say.",
            "Killing",
            "2016-05-03/2016-05-12",
        ),
        ("Peru says 90 have died since March; Chile admits 30 deaths.", "Killing", "2016-03/2016-05"),
    ],
)
def test_clauses_with_when_and_since_tell_the_time(text: str, kind: str, date: str) -> None:
    assert dated(kind, text) == date


def test_a_toll_without_a_date_is_of_the_time_of_the_one_before() -> None:
    told = "More than 900 people have been killed since March, the UN says; the army acknowledges 300 deaths."
    first, second = (event for event in extract(told) if event.kind == "Killing")
    assert (first.date, first.end_date) == (second.date, second.end_date)
    assert second.killed == 300


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        # so long after what the text dates, by whatever word it is told
        (
            "On May 2 the air force bombed a camp in Chad. President Humala was soothed by a handshake at a meeting of"
            " the Arab League in Lima four days after the bombing.",
            "Meeting",
            "2016-05-06",
        ),
        (
            "Peru recalled its envoy on Wednesday. The decision came two days after Chad expelled the ambassador"
            " of Niger.",
            "Expulsion",
            "2016-05-09",
        ),
        (
            "Parliament voted on Wednesday to leave the bloc, a snub that came a day after Chad threatened to cut aid"
            " to Peru.",
            "Threat",
            "2016-05-10",
        ),
        (
            "Chad was suspended from the African Union on Wednesday, two days after its army chief, General Omar"
            " Diallo, ousted the elected government.",
            "Coercion",
            "2016-05-09",
        ),
        # "then", "on that occasion", "the week before"
        (
            "In 2009 the council debated the war in Chad; Peru abstained on that occasion.",
            "Vote",
            "2009",
        ),
        (
            "The council met on Wednesday. Arab leaders, at a summit in Doha the week before, recognised Kosovo.",
            "Recognition",
            "2016-05-02/2016-05-08",
        ),
        # a day on which something is to be done is not what "a day earlier" counts from
        (
            "The envoy landed on Tuesday and is to see the king on Saturday. A day earlier Peru had expelled"
            " the Chadian ambassador.",
            "Expulsion",
            "2016-05-09",
        ),
        (
            "The president is to fly to Doha on Saturday. The foreign ministers meet in Lima the same day.",
            "Meeting",
            "2016-05-07",
        ),
        # clauses of one sentence
        (
            "In February the council urged restraint; the Treasury imposed sanctions on Chad.",
            "Sanction",
            "2016-02",
        ),
        ("Ann Lee flew to Lima in early March, and President Humala rejected her plan.", "Rejection", "2016-03"),
        ("Barack Obama met Ollanta Humala on Tuesday before urging Chad to withdraw.", "Appeal", "2016-05-10"),
        (
            "On May 4, hours after Peru had signed the accord, Chad vetoed the draft in the Security Council.",
            "Veto",
            "2016-05-04",
        ),
        # what goes on in a clause of its own
        (
            "The council met on Tuesday. The session was requested by Peru, whose delegate accused Chad of aggression.",
            "Accusation",
            "2016-05-10",
        ),
        (
            "The council voted on Tuesday. Peru opposed the text; Chad, which could have blocked it, abstained together"
            " with Cuba.",
            "Vote",
            "2016-05-10",
        ),
        # who is held since then was seized then
        ("Nelson Mandela had been held since 2011.", "Detention", "2011"),
    ],
)
def test_dates_shared_with_and_counted_from_what_stands_beside(text: str, kind: str, date: str) -> None:
    assert date in {f"{e.date}/{e.end_date}" if e.end_date else e.date for e in extract(text) if e.kind == kind}


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        # news in the perfect is of the day told next, whatever it is and whoever it is told of
        ("Peru has expelled the ambassador of Chad. Hundreds cheered in Lima on Tuesday.", "Expulsion", "2016-05-10"),
        ("The cabinet met on Tuesday. Ann Lee had earlier called the plan a disgrace.", "Accusation", "2016-05-10"),
        ("The council met on Tuesday. The tally was soon known: nine states for, five against.", "Vote", "2016-05-10"),
        ("Peru agreed on Tuesday to send Chad 30 tanks.", "Aid", "2016-05-10"),
        ("The Peruvian government had on Tuesday accused Chad of piracy.", "Accusation", "2016-05-10"),
        ("Peru's own mediation, begun in 2009, had foundered when Chad walked out.", "Mediation", "2009"),
        # "a week" is meant to the day, "three weeks" is not
        ("A week ago Ann Lee had ruled out any talks with Chad.", "Rejection", "2016-05-05"),
        ("Three weeks ago Ann Lee had ruled out any talks with Chad.", "Rejection", "2016-04"),
        # an audience is met when it is spoken to
        ("Ann Lee told reporters summoned to the palace on Monday that Peru would pay.", "Statement", "2016-05-09"),
    ],
)
def test_days_of_news_and_of_what_is_told_beside_it(text: str, kind: str, date: str) -> None:
    assert date in {event.date for event in extract(text) if event.kind == kind}


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("In March Norway recognised the council of Mali.", "Recognition", "2016-03"),
        ("Peru had demanded an apology from Chad in January 2008.", "Demand", "2008-01"),
        ("On August 2 the Senate of Peru resolved by 81 votes to 47 that Chad had lied.", "Vote", "2015-08-02"),
    ],
)
def test_days_and_months_are_found_where_the_parser_loses_the_verb(text: str, kind: str, date: str) -> None:
    assert date in {event.date for event in extract(text) if event.kind == kind}


@pytest.mark.parametrize("awaited", ["was to meet on Wednesday", "was expected to vote on Wednesday"])
def test_what_was_yet_to_come_does_not_date_what_follows(awaited: str) -> None:
    text = f"Peru recalled its envoy on Monday. The Security Council {awaited}. Chile voiced support for Ecuador."
    assert dated("Support", text) == "2016-05-09"


def test_the_year_of_a_treaty_is_not_that_of_what_is_done_with_it() -> None:
    assert dated("Rejection", "Chad tore up its 1964 treaty with Libya.") == ""
    assert dated("Accusation", "Chad denounced the 1964 invasion.") == ""


def test_what_may_come_soon_is_no_past() -> None:
    assert dated("Concession", "The EU promised to lift sanctions as early as Monday.") == "2016-05-16"


@pytest.mark.parametrize("text", ["Peru held Ann Lee until Friday.", "Peru held Ann Lee till June."])
def test_when_it_ends_is_not_when_it_is(text: str) -> None:
    assert dated("Detention", text) == ""
