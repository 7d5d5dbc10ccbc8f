"""Who is meant where several bear the name, and what a name without reference data is of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document

Annotate = Callable[..., Document]


def meant(document: Document, words: str) -> list[str]:
    """The names of those whom the last mention with these words means."""
    spans = sorted(document.spans, key=lambda s: (s.start, s.end))
    found = [s for s in spans if " ".join(document.doc[s.start : s.end].text.split()) == words]
    return [r.name for r in found[-1].referents] if found else []


SURNAMES = [
    ("Senator Maria Keller spoke. She praised her father, Pablo Keller. Keller then left the hall.", "Keller"),
    ("Senator Maria Keller spoke. It was built by her late uncle Pablo Keller. Ms Keller left.", "Ms Keller"),
    ("Senator Pablo Keller met Maria Keller in Lima. Mrs Keller had asked for it.", "Mrs Keller"),
]


@pytest.mark.parametrize(("text", "words"), SURNAMES)
def test_a_surname_is_not_that_of_a_relative_told_of_in_passing(annotate: Annotate, text: str, words: str) -> None:
    assert meant(annotate(text, "2012-06-05"), words) == ["Maria Keller"]


KINDS = [
    ("The Kivu National Front won 30 seats in parliament.", "Kivu National Front", "PoliticalParty"),
    ("Voters chose the Kivu National Front in the election.", "Kivu National Front", "PoliticalParty"),
    ("The Kivu National Front ambushed soldiers and killed two.", "Kivu National Front", "ArmedGroup"),
    ("Rebels of the Upper Nile Movement raided a post.", "Upper Nile Movement", "ArmedGroup"),
]


def test_a_surname_with_a_particle_is_that_of_the_person_with_the_office(annotate: Annotate) -> None:
    text = "President Bashar al-Assad spoke. He had followed his father, Hafez al-Assad. Mr Assad left."
    assert meant(annotate(text, "2012-06-05"), "Mr Assad") == ["Bashar al-Assad"]


@pytest.mark.parametrize(("text", "name", "kind"), KINDS)
def test_a_front_is_a_party_or_fights_by_what_is_told_of_it(
    annotate: Annotate, text: str, name: str, kind: str
) -> None:
    assert {one.kind for one in annotate(text, "2012-06-05").referents if one.name == name} == {kind}


def test_guerrillas_are_those_of_whom_the_article_tells_not_whoever_was_named_last(annotate: Annotate) -> None:
    text = (
        "The Tamil Tigers shelled Jaffna. The Tamil Tigers then fled. The Tamil Tigers lost a camp. "
        "Students burned a flag of the National Hills Front. The guerrillas denied it."
    )
    assert meant(annotate(text, "2002-02-05"), "The guerrillas") == ["Liberation Tigers of Tamil Eelam"]


def test_a_coalition_is_named_by_who_leads_it_whatever_else_it_is_called(annotate: Annotate) -> None:
    text = "The Kenyan-led military coalition met. The Kenyan-led coalition agreed."
    (one,) = [r for r in annotate(text, "2012-06-05").referents if r.kind == "Organisation"]
    assert one.name == "Kenyan-led coalition"
    assert "Kenyan-led military coalition" in one.aliases


def test_where_most_happens_is_not_where_those_who_only_speak_live(annotate: Annotate) -> None:
    text = "Oslo sent a draft. Oslo praised it. Oslo signed. A bomb went off in Colombo. Police in Colombo were hit."
    home = annotate(text, "2002-02-05").home
    assert home is not None
    assert home.name == "Sri Lanka"
