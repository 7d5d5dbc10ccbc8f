"""Those who follow or oppose somebody are not he; a day before a noun names nobody."""

from __future__ import annotations

import pytest

from tests.text.extraction import extract, keys


@pytest.mark.parametrize(
    ("text", "kind", "role", "expected"),
    [
        ("Supporters of Mr Dlamini took to the streets on Monday.", "Protest", "agent", "supporters-of-dlamini"),
        (
            "Ali Bongo won. Mr Bongo's backers marched through Libreville on Monday.",
            "Protest",
            "agent",
            "backers-of-ali-bongo",
        ),
        (
            "Opponents of President Ali Bongo clashed with the police in Libreville.",
            "Protest",
            "agent",
            "opponents-of-ali-bongo",
        ),
        ("Police arrested supporters of Ali Bongo on Friday.", "Detention", "target", "supporters-of-ali-bongo"),
        ("Last Tuesday night gunmen stormed a police station in Bujumbura.", "Attack", "agent", "test-gunmen"),
        ("Last Friday evening rebels attacked the town of Bria.", "Attack", "agent", "central-african-rebels"),
    ],
)
def test_a_group_is_named_by_whom_it_follows_and_by_no_date(text: str, kind: str, role: str, expected: str) -> None:
    assert [keys(event, role) for event in extract(text) if event.kind == kind] == [{expected}]


def test_a_partys_supporters_stand_for_the_party() -> None:
    found = extract("Supporters of the FMLN rallied in San Salvador.")
    assert [keys(event, "agent") for event in found if event.kind == "Protest"] == [
        {"farabundo-marti-national-liberation-front"}
    ]
