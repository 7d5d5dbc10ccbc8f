"""Titles: what texts and reference data call an office, normalised."""

from __future__ import annotations

import re

import pytest

from kg.config import data_dir
from kg.link.titles import load_titles


@pytest.mark.parametrize(
    ("said", "text", "role"),
    [
        ("Minister of Foreign Affairs", "Foreign Minister", "ForeignMinister"),
        ("minister for foreign affairs", "Foreign Minister", "ForeignMinister"),
        ("Minister of the Interior", "Interior Minister", "InteriorMinister"),
        ("defense secretary", "Defence Secretary", "DefenceMinister"),
        ("deputy foreign minister", "Deputy Foreign Minister", "DeputyMinister"),
        ("Permanent Representative to the United Nations", "Ambassador to the United Nations", "Ambassador"),
        ("ambassador to France", "Ambassador to France", "Ambassador"),
        ("secretary-general", "Secretary-General", "SecretaryGeneral"),
        ("heads of state", "President", "HeadOfState"),
        ("spokesmen", "Spokesman", "Spokesperson"),
        ("vice president", "Vice President", "DeputyHeadOfState"),
        ("Keeper of the Seals", "Keeper of the Seals", ""),
    ],
)
def test_title_is_normalised(said: str, text: str, role: str) -> None:
    title = load_titles().normalise(said)
    assert (title.text, title.role) == (text, role)


def test_longest_title_wins() -> None:
    found = load_titles().match(["the", "deputy", "secretary", "of", "state", "of"], 1)
    assert found is not None
    assert (found.end, found.title.text) == (5, "Deputy Secretary of State")


def test_plural_is_told() -> None:
    found = load_titles().match(["foreign", "ministers"], 0)
    assert found is not None
    assert found.plural


def test_every_role_is_a_concept_of_the_ontology() -> None:
    ontology = (data_dir("ontology") / "communique.ttl").read_text(encoding="utf-8")
    concepts = set(re.findall(r"^kg:(\w+) a owl:NamedIndividual, skos:Concept\b", ontology, re.MULTILINE))
    lexicon = load_titles()
    used = set(lexicon.roles)
    assert used <= concepts
