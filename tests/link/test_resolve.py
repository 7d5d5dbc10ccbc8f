"""Entities of a document: keys, identities with scores, belonging, overrides."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.config import Settings
from kg.errors import InputError
from kg.link.reference import Reference, load_reference
from kg.link.resolve import entities, load_overrides
from kg.model import Article, Entity
from kg.text.annotate import annotate, load_pipeline


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline(Settings())


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def entities_of(
    text: str,
    nlp: Language,
    reference: Reference,
    published: str = "2012-06-05",
    overrides: dict[str, str] | None = None,
) -> dict[str, Entity]:
    article = Article(slug="x", title="", text=text, source="test", published=published)
    return {e.key: e for e in entities(annotate(article, reference, nlp), reference, overrides)}


def identities(entity: Entity) -> set[str]:
    return {i.iri for i in entity.identities}


def test_states_persons_and_cities_are_linked(nlp: Language, reference: Reference) -> None:
    found = entities_of("Russian President Vladimir Putin landed in Beijing.", nlp, reference)
    assert identities(found["state/russia"]) == {"http://www.wikidata.org/entity/Q159"}
    assert identities(found["person/vladimir-putin"]) == {"http://www.wikidata.org/entity/Q7747"}
    assert identities(found["place/beijing"]) == {"http://www.wikidata.org/entity/Q956"}
    assert found["state/russia"].iso3 == "RUS"
    assert found["place/beijing"].located_in == "state/china"
    assert found["person/vladimir-putin"].of_state == "state/russia"
    assert all(0.75 <= i.score <= 1 for e in found.values() for i in e.identities)


def test_unknown_person_is_an_entity_without_identity(nlp: Language, reference: Reference) -> None:
    found = entities_of("Kenya's interior minister, Juma Otieno, agreed.", nlp, reference)
    assert found["person/juma-otieno"].identities == ()
    assert found["person/juma-otieno"].of_state == "state/kenya"


def test_the_same_unknown_person_has_one_key_in_two_articles(nlp: Language, reference: Reference) -> None:
    one = entities_of("Kenya's interior minister, Juma Otieno, agreed.", nlp, reference)
    other = entities_of("Mr Otieno spoke in Nairobi. Juma Otieno left.", nlp, reference)
    assert "person/juma-otieno" in one.keys() & other.keys()


def test_namesake_in_another_office_is_not_linked(nlp: Language, reference: Reference) -> None:
    found = entities_of("Kenya's foreign minister, Igor Ivanov, agreed.", nlp, reference, "2001-05-01")
    person = next(e for e in found.values() if e.kind == "Person")
    assert person.identities == ()
    assert person.key not in reference.records


def test_groups_and_bodies_know_their_state(nlp: Language, reference: Reference) -> None:
    found = entities_of("Syrian rebels and Kenya's foreign ministry objected.", nlp, reference)
    assert found["armed-group/syrian-rebels"].of_state == "state/syria"
    assert found["body/ministry-of-foreign-affairs-of-kenya"].of_state == "state/kenya"


def test_document_knows_its_author(nlp: Language, reference: Reference) -> None:
    found = entities_of("Kofi Annan spoke. Annan's peace plan failed.", nlp, reference)
    assert found["document/annan-peace-plan"].authors == ("person/kofi-annan",)


def test_judgement_by_hand_overrides(nlp: Language, reference: Reference, tmp_path: Path) -> None:
    path = tmp_path / "links.yaml"
    path.write_text("person/juma-otieno: Q1\nperson/vladimir-putin:\n", encoding="utf-8")
    overrides = dict(load_overrides(path))
    text = "Vladimir Putin met Kenya's interior minister, Juma Otieno."
    found = entities_of(text, nlp, reference, overrides=overrides)
    assert identities(found["person/juma-otieno"]) == {"http://www.wikidata.org/entity/Q1"}
    assert found["person/vladimir-putin"].identities == ()


def test_broken_judgements_are_told(tmp_path: Path) -> None:
    path = tmp_path / "links.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(InputError, match="not valid YAML"):
        load_overrides(path)


def test_reading_twice_gives_the_same_entities(nlp: Language, reference: Reference) -> None:
    text = "The leaders of Russia and China met in Beijing. Syrian rebels objected, Mr Otieno said."
    assert entities_of(text, nlp, reference) == entities_of(text, nlp, reference)
