"""Names easily cut or mistaken: last names of several words, given names, places lived in, bodies for a purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document

Annotate = Callable[..., Document]


def people(document: Document) -> set[str]:
    return {one.name for one in document.referents if one.kind == "Person"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Police freed Daw Nan Khin Mya. Ms Khin Mya went home.", {"Daw Nan Khin Mya"}),
        ("José Luis Ortiz Vega spoke. Mr Ortiz Vega left. Mr Ortiz sighed.", {"José Luis Ortiz Vega"}),
        ("President Ortiz Vega spoke. José Luis Ortiz Vega left.", {"José Luis Ortiz Vega"}),
        ("Griet van der Molen spoke. Mrs van der Molen left.", {"Griet van der Molen"}),
        ("Paul de Groot spoke. President de Groot left. General de Groot died.", {"Paul de Groot"}),
        ("Tarek al-Hamdi spoke. Mr al-Hamdi left. Al-Hamdi died.", {"Tarek al-Hamdi"}),
        ("Maria de los Angeles Pinto spoke. Ms Pinto left.", {"Maria de los Angeles Pinto"}),
        ("Tsai Mei-ling spoke. Ms Tsai left.", {"Tsai Mei-ling"}),
        ("Dr. Le Van Do, the foreign minister, spoke. Mr. Do left.", {"Le Van Do"}),
        ("Jean-Marc Lavalle met reporters. Mr. Lavalle left.", {"Jean-Marc Lavalle"}),
        ("Mr Luis Soto met Mrs Ana Soto. Mr Soto left. Mrs Soto stayed.", {"Luis Soto", "Ana Soto"}),
    ],
)
def test_a_last_name_is_the_person_of_the_full_name(annotate: Annotate, text: str, names: set[str]) -> None:
    assert people(annotate(text)) == names


def test_what_follows_a_title_and_a_hyphen_is_no_name(annotate: Annotate) -> None:
    assert people(annotate("The president-elect, Ann Kerr, spoke. The US-backed rebels left.")) == {"Ann Kerr"}


def test_initials_and_a_last_name_are_looked_up(annotate: Annotate) -> None:
    document = annotate("F. W. de Klerk spoke.", "1993-05-01")
    assert "person/f-w-de-klerk" in {one.key for one in document.referents}


@pytest.mark.parametrize("name", ["Viktor Mazur", "Jean-Claude Nkembe", "Olusegun Bamidele", "Klaus Brandner"])
@pytest.mark.parametrize(
    "text",
    [
        "Officials blamed {} for the failure.",
        "Police arrested {} on Monday.",
        "Supporters of {} marched through the capital.",
        "The president and {} signed the accord.",
    ],
)
def test_who_bears_a_given_name_is_a_person_wherever_he_stands(annotate: Annotate, text: str, name: str) -> None:
    assert people(annotate(text.format(name))) == {name}


@pytest.mark.parametrize("name", ["Khan Zamar", "Hassan Qadim", "Tell Murgan"])
@pytest.mark.parametrize(
    "text",
    [
        "Fighting broke out in {} on Monday.",
        "Residents of {} fled.",
        "The shelling of {} went on.",
        "Troops entered {} on Monday.",
        "The army took {} after a week.",
        "The rebels withdrew from {} to the hills.",
    ],
)
def test_what_is_entered_shelled_or_lived_in_is_a_place(annotate: Annotate, text: str, name: str) -> None:
    document = annotate(text.format(name))
    assert people(document) == set()
    assert [one.name for one in document.referents if one.kind == "Place"] == [name]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Union for the Renewal of Chad", "Organisation"),
        ("Union for Peace and Justice", "Organisation"),
        ("Committee to Save the Nation", "Organisation"),
        ("Lions of the Desert", "Organisation"),
        ("Bank for Coastal Development", "Company"),
        ("National Security Agency of Georgia", "GovernmentBody"),
        ("Valley Defence Committees", "Organisation"),
        ("Jamaat-e-Watan", "Organisation"),
    ],
)
@pytest.mark.parametrize("text", ["The army blamed the {} for the attack.", "Talks with the {} collapsed."])
def test_bodies_are_named_whole(annotate: Annotate, text: str, name: str, kind: str) -> None:
    document = annotate(text.format(name))
    assert (name, kind) in {(one.name, one.kind) for one in document.referents}
    assert people(document) == set()


def test_a_body_is_called_by_its_state_too(annotate: Annotate) -> None:
    document = annotate("The Bar Association of Chad refused.")
    (bar,) = [one for one in document.referents if one.name == "Bar Association"]
    assert "Bar Association of Chad" in bar.aliases
    assert bar.state is not None and bar.state.name == "Chad"


def test_what_acts_with_an_article_and_two_words_is_a_body(annotate: Annotate) -> None:
    (body,) = annotate("The Tan Sangha opposes it.").referents
    assert (body.name, body.kind) == ("Tan Sangha", "Organisation")
