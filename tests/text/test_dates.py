"""Dates of news prose, read on Thursday 12 May 2016."""

from __future__ import annotations

import pytest

from kg.text.dates import When, find_dates

PUBLISHED = "2016-05-12"

PAST = [
    ("The envoy left on Tuesday.", "2016-05-10", ""),
    ("The envoy left on Thursday.", "2016-05-12", ""),
    ("The envoy left last Thursday.", "2016-05-05", ""),
    ("The envoy left late on Friday night.", "2016-05-06", ""),
    ("He left yesterday.", "2016-05-11", ""),
    ("He left today.", "2016-05-12", ""),
    ("He left on June 29.", "2015-06-29", ""),
    ("He left on 3 March 2014.", "2014-03-03", ""),
    ("He left on Oct. 14.", "2015-10-14", ""),
    ("They met in April.", "2016-04", ""),
    ("They met in December.", "2015-12", ""),
    ("They met in November 2013.", "2013-11", ""),
    ("They met in mid-February.", "2016-02", ""),
    ("They met last month.", "2016-04", ""),
    ("They met earlier this month.", "2016-05", ""),
    ("They met last week.", "2016-05-02", "2016-05-08"),
    ("They met earlier this week.", "2016-05-09", "2016-05-12"),
    ("They met at the weekend.", "2016-05-07", "2016-05-08"),
    ("They met in 2011.", "2011", ""),
    ("They met last year.", "2015", ""),
    ("They met two years ago.", "2014", ""),
    ("They met three days ago.", "2016-05-09", ""),
    ("They met two months ago.", "2016-03", ""),
    ("They met a fortnight ago.", "2016-04", ""),
    ("They met on May 3-5.", "2016-05-03", "2016-05-05"),
    ("They met on Monday and Tuesday.", "2016-05-09", "2016-05-10"),
    ("They met in the summer of 2012.", "2012-06", "2012-08"),
    ("They met from 28 April to 3 May.", "2016-04-28", "2016-05-03"),
    ("They met between December 30 and January 2.", "2015-12-30", "2016-01-02"),
    ("They met from May 30 to June 2, 2014.", "2014-05-30", "2014-06-02"),
    ("They met on New Year’s Eve.", "2015-12-31", ""),
    ("They met on Christmas Day.", "2015-12-25", ""),
    ("They met over the past week.", "2016-05-05", "2016-05-12"),
    ("They met twice in the past three days.", "2016-05-09", "2016-05-12"),
]

COMING = [
    ("She will leave on Tuesday.", "2016-05-17", ""),
    ("She will leave next month.", "2016-06", ""),
    ("She will leave next week.", "2016-05-16", "2016-05-22"),
    ("She will leave tomorrow.", "2016-05-13", ""),
    ("She will leave on June 29.", "2016-06-29", ""),
    ("She will leave in March.", "2017-03", ""),
    ("She will leave on Saturday and Sunday.", "2016-05-14", "2016-05-15"),
    ("She will leave by the end of the year.", "2016", ""),
]


@pytest.mark.parametrize(("text", "start", "end"), PAST)
def test_the_past_reading_is_no_more_precise_than_the_words(text: str, start: str, end: str) -> None:
    (expression,) = find_dates(text, PUBLISHED)
    assert expression.past == When(start, end)


@pytest.mark.parametrize(("text", "start", "end"), COMING)
def test_the_coming_reading_lies_ahead(text: str, start: str, end: str) -> None:
    (expression,) = find_dates(text, PUBLISHED)
    assert expression.coming == When(start, end)


@pytest.mark.parametrize(
    "text",
    ["They may leave.", "Troops march on.", "It cost 2000 dollars.", "Some 1,998 people came.", "He may march in."],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


def test_without_a_publication_date_only_full_dates_are_known() -> None:
    assert find_dates("He left on Tuesday.", "") == []
    assert find_dates("He left on 3 March 2014.", "")[0].past == When("2014-03-03")


def test_words_are_kept_with_their_place() -> None:
    text = "He left on Tuesday for Lima."
    (expression,) = find_dates(text, PUBLISHED)
    assert text[expression.begin : expression.finish] == expression.text == "Tuesday"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They met in the spring.", "2016-03", "2016-05"),
        ("They met last winter.", "2015-12", "2016-02"),
        ("They met last autumn.", "2015-09", "2015-11"),
        ("They met in the second quarter of 2015.", "2015-04", "2015-06"),
        ("They met in the first half of last year.", "2015-01", "2015-06"),
        ("They fought in the 1990s.", "1990", "1999"),
        ("They fought from 2003 to 2011.", "2003", "2011"),
        ("They fought between March and April.", "2016-03", "2016-04"),
        ("They fought from November to January.", "2015-11", "2016-01"),
        ("They fought from March to May 2014.", "2014-03", "2014-05"),
        ("They met earlier in the week.", "2016-05-09", "2016-05-12"),
        ("They met fourteen months ago.", "2015-03", ""),
        ("They met the day before yesterday.", "2016-05-10", ""),
    ],
)
def test_named_stretches_of_the_calendar(text: str, start: str, end: str) -> None:
    (found,) = find_dates(text, "2016-05-12")
    assert found.past == When(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "It is the 23rd anniversary.",
        "In the fall of the government.",
        "On the 38th parallel.",
        "Since the 5th Division left.",
    ],
)
def test_ordinals_and_falls_that_are_no_dates(text: str) -> None:
    assert not find_dates(text, "2016-05-12")


def test_last_weekend_is_over_where_it_is_told_on_a_weekend() -> None:
    (saturday,) = find_dates("They met last weekend.", "2016-05-14")
    assert saturday.past == When("2016-05-07", "2016-05-08")
    (thursday,) = find_dates("They met last weekend.", PUBLISHED)
    assert thursday.past == When("2016-05-07", "2016-05-08")
