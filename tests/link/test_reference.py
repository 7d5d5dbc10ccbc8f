"""Reference data: who held which office when, what a name may stand for."""

from __future__ import annotations

import pickle

import pytest

from kg.errors import InputError
from kg.link.reference import Reference, first_word, load_reference, spellings
from kg.link.tables import office_alone


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.mark.parametrize(
    ("role", "state", "date", "name"),
    [
        ("HeadOfState", "state/russia", "2009-05-01", "Dmitry Medvedev"),
        ("HeadOfState", "state/russia", "2012-06", "Vladimir Putin"),
        ("HeadOfGovernment", "state/united-kingdom", "2005", "Tony Blair"),
        ("ForeignMinister", "state/united-states", "2014-02-01", "John Kerry"),
        ("SecretaryGeneral", "organisation/united-nations", "2011-01-01", "Ban Ki-moon"),
    ],
)
def test_date_decides_between_holders(reference: Reference, role: str, state: str, date: str, name: str) -> None:
    assert name in [r.name for r in reference.holders(role, state, date)]


def test_offices_of_a_person_are_in_order(reference: Reference) -> None:
    starts = [o.start for o in reference.offices("person/vladimir-putin")]
    assert starts == sorted(starts)
    assert starts


@pytest.mark.parametrize(
    ("name", "key", "how"),
    [
        ("Côte d'Ivoire", "state/ivory-coast", "name"),
        ("Kenyan", "state/kenya", "demonym"),
        ("Ankara", "place/ankara", "capital"),
        ("Kremlin", "body/kremlin", "name"),
        ("Downing Street", "state/united-kingdom", "metonym"),
        ("UN Security Council", "organisation/united-nations-security-council", "name"),
        ("NATO", "organisation/nato", "acronym"),
    ],
)
def test_name_stands_for(reference: Reference, name: str, key: str, how: str) -> None:
    senses = {(s.record.key, s.how) for s in reference.lookup(name)}
    assert (key, how) in senses or key in {k for k, _ in senses}


def test_unknown_name_stands_for_nothing(reference: Reference) -> None:
    assert reference.lookup("Zorro the Unknown") == ()


def test_facts_about_some_keys_speak_of_them_only(reference: Reference) -> None:
    entities, tenures, memberships = reference.facts_about({"person/vladimir-putin", "state/russia", "person/nobody"})
    assert {"person/vladimir-putin", "state/russia"} <= {e.key for e in entities}
    assert {t.holder for t in tenures} == {"person/vladimir-putin"}
    assert all(t.evidence is None and t.source for t in tenures)
    assert not memberships


def test_membership_needs_both_sides(reference: Reference) -> None:
    _, _, memberships = reference.facts_about({"state/norway", "organisation/nato"})
    assert {(m.member, m.organisation) for m in memberships} == {("state/norway", "organisation/nato")}


def test_every_fact_names_entities_that_exist(reference: Reference) -> None:
    entities, tenures, memberships = reference.everything()
    keys = {e.key for e in entities}
    assert len(keys) == len(entities)
    assert {t.holder for t in tenures} <= keys
    assert {t.organisation for t in tenures} <= keys
    assert {m.member for m in memberships} | {m.organisation for m in memberships} <= keys


def test_facts_travel_between_processes(reference: Reference) -> None:
    facts = reference.facts_about({"person/vladimir-putin"})
    assert pickle.loads(pickle.dumps(facts)) == facts


def test_spellings() -> None:
    assert {"Ministry of Defense", "Ministry of Defence"} == set(spellings("Ministry of Defense"))


def test_first_word_ends_at_the_first_sign() -> None:
    assert (first_word("al-Assad"), first_word("U.S."), first_word("...")) == ("al", "U", ".")


def test_missing_folder_is_told(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(InputError, match="no reference data"):
        load_reference(Path(str(tmp_path)) / "absent")


def test_an_office_is_known_without_what_its_source_adds(reference: Reference) -> None:
    (chancellor,) = reference.holders_named("HeadOfGovernment", "Scholz", "2022-05-20")
    assert chancellor.name == "Olaf Scholz"
    assert chancellor in reference.holders("HeadOfGovernment", "state/germany", "2022-05-20")
    assert office_alone("Deputy Prime Minister of Sweden", "Sweden") == "Deputy Prime Minister"
    assert office_alone("Minister of Foreign Affairs", "Austria") == "Minister of Foreign Affairs"
    assert office_alone("Premier of Quebec", "Canada") == "Premier of Quebec"
