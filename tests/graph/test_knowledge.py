"""Inference, proofs, descriptions, checks and counts, on two articles in a store on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError, NotFoundError, UsageError
from kg.graph import check, describe, proof, stats
from kg.graph.explain import Explainer, explain
from kg.graph.find import find, search
from kg.graph.infer import reasoner, trivial
from kg.graph.load import load_file
from kg.graph.proof import Proof
from kg.graph.schema import install_ontology, ontology_files
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter, curie, kg, value
from tests.graph.conftest import fill

MINTER = Minter("http://example.org/")
NORLAND, SUDRIA, ESTRA = (MINTER.id(f"state/{name}") for name in ("norland", "sudria", "estra"))
LEADER = MINTER.id("person/ada-brandt")


# Inference


@pytest.mark.parametrize(
    "triple",
    [
        (NORLAND, kg("vetoedWith"), SUDRIA),
        (SUDRIA, kg("vetoedWith"), NORLAND),
        (NORLAND, kg("votedWith"), SUDRIA),
        (NORLAND, kg("alignedWith"), SUDRIA),
        (ESTRA, kg("allyOf"), NORLAND),
        (LEADER, kg("metWith"), ESTRA),
        (LEADER, kg("represents"), NORLAND),
        (NORLAND, kg("memberOf"), MINTER.id("organisation/northern-pact")),
    ],
)
def test_what_follows_is_inferred(filled: OxigraphStore, triple: tuple[str, str, str]) -> None:
    assert filled.contains(*triple, MINTER.inferred)


def test_nothing_follows_from_what_is_only_urged_or_planned(filled: OxigraphStore) -> None:
    assert not filled.ask("ASK { ?s a kg:Attack ; kg:target ?o }")
    assert not filled.contains(LEADER, kg("attacks"), ESTRA)
    assert not filled.ask("ASK { ?e kg:planned true ; kg:meetingParticipant ?who }")


def test_inferred_graph_repeats_nothing_and_says_nothing_trivial(filled: OxigraphStore) -> None:
    for subject, predicate, obj, _ in filled.quads(graph=MINTER.inferred):
        others = {graph for *_, graph in filled.quads(subject, predicate, obj)} - {MINTER.inferred}
        assert not others
        assert not trivial((subject, predicate, obj))
        assert not subject.startswith('"')


def test_inference_writes_only_the_difference(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        fill(store)
        first = reasoner().infer(store, MINTER)
        again = reasoner().infer(store, MINTER)
        assert first.added == first.derived == again.derived and (again.added, again.removed) == (0, 0)
        store.clear(MINTER.article_graph("one"))
        assert reasoner().infer(store, MINTER).removed > 0
        assert not store.contains(NORLAND, kg("vetoedWith"), SUDRIA)
        store.clear(MINTER.article_graph("two"))
        reasoner().infer(store, MINTER)
        assert not store.ask("ASK { ?s a kg:Event }")


def test_owlrl_derives_the_same_of_what_articles_say(filled: OxigraphStore) -> None:
    def of_things(store: OxigraphStore) -> set[tuple[str, str, str]]:
        quads = store.quads(graph=MINTER.inferred)
        return {(s, p, o) for s, p, o, _ in quads if MINTER.key(s) and not o.startswith("_:")}

    with open_store(None) as store:
        fill(store)
        reasoner("owlrl").infer(store, MINTER)
        assert of_things(store) == of_things(filled)


def test_unknown_reasoner_says_which_there_are() -> None:
    with pytest.raises(UsageError, match="owlrl"):
        reasoner("hermit")


# Ontology


def test_ontology_is_installed_once(store: OxigraphStore, minter: Minter) -> None:
    assert install_ontology(store, minter)
    version = store.version
    assert not install_ontology(store, minter)
    assert store.version == version


def test_changed_ontology_replaces_the_one_before(store: OxigraphStore, minter: Minter, tmp_path: Path) -> None:
    path = tmp_path / "model.ttl"
    path.write_text("<http://example.org/A> a <http://www.w3.org/2002/07/owl#Class> .")
    install_ontology(store, minter, tmp_path)
    path.write_text("<http://example.org/B> a <http://www.w3.org/2002/07/owl#Class> .")
    assert install_ontology(store, minter, tmp_path)
    assert not store.ask("ASK { <http://example.org/A> ?p ?o }") and store.ask("ASK { <http://example.org/B> ?p ?o }")


def test_broken_ontology_names_file_and_line(store: OxigraphStore, minter: Minter, tmp_path: Path) -> None:
    install_ontology(store, minter)
    before = store.size()
    (tmp_path / "model.ttl").write_text("<http://example.org/A> a\n oops .")
    with pytest.raises(InputError, match=r"model\.ttl:2: "):
        install_ontology(store, minter, tmp_path)
    assert store.size() == before


def test_shapes_are_no_part_of_the_ontology() -> None:
    assert ontology_files() and not [path for path in ontology_files() if path.name.startswith("shapes")]


# Proofs


def rules(found: Proof) -> list[str]:
    return [found.rule, *(rule for premise in found.premises for rule in rules(premise) if rule)]


def test_stated_fact_is_explained_by_its_sentences(filled: OxigraphStore) -> None:
    found = explain(filled, MINTER, (MINTER.id("event/veto"), kg("agent"), SUDRIA))
    assert found.stated and len(found.graphs) == 2
    assert [report.quote for report in found.reports] == [
        "Norland and Sudria vetoed the fishing motion in the Harbour Council on Friday.",
        "Sudria blocked the motion.",
    ]


def test_relation_is_explained_by_the_sentence_that_states_it(filled: OxigraphStore) -> None:
    (report,) = explain(filled, MINTER, (NORLAND, kg("allyOf"), ESTRA)).reports
    assert report.quote == "Norland is an ally of Estra."


def test_derived_fact_is_explained_by_rule_down_to_sentences(filled: OxigraphStore) -> None:
    found = explain(filled, MINTER, (NORLAND, kg("votedWith"), SUDRIA))
    assert "prp-spo2" in rules(found)
    assert kg("vetoer") in {leaf.triple[1] for leaf in found.leaves()}
    assert "vetoed the fishing motion" in " ".join(report.quote for report in found.all_reports())


def test_proof_is_shown_as_text_and_json(filled: OxigraphStore) -> None:
    found = explain(filled, MINTER, (SUDRIA, kg("alignedWith"), NORLAND))
    text = proof.render(found, filled, MINTER.base)
    assert text.startswith("Sudria aligned with Norland   [") and "“Norland and Sudria vetoed" in text
    tree = json.loads(found.as_json())
    assert tree["rule"] and tree["premises"]


def test_everything_inferred_has_a_proof_that_ends_in_what_is_stated(filled: OxigraphStore) -> None:
    explainer = Explainer(filled, MINTER)
    for subject, predicate, obj, _ in filled.quads(graph=MINTER.inferred):
        found = explainer.proof((subject, predicate, obj))
        assert found.rule, (subject, predicate, obj)
        for leaf in found.leaves():
            assert leaf.graphs and MINTER.inferred not in leaf.graphs


def test_no_proof_rests_on_its_own_conclusion(filled: OxigraphStore) -> None:
    def circular(found: Proof, above: frozenset[tuple[str, str, str]]) -> bool:
        inside = above | {found.triple}
        return found.triple in above or any(circular(premise, inside) for premise in found.premises)

    explainer = Explainer(filled, MINTER)
    for subject, predicate, obj, _ in filled.quads(graph=MINTER.inferred):
        assert not circular(explainer.proof((subject, predicate, obj)), frozenset())


def test_what_does_not_hold_is_not_explained(filled: OxigraphStore) -> None:
    with pytest.raises(NotFoundError, match="neither stated nor derived"):
        explain(filled, MINTER, (SUDRIA, kg("accuses"), NORLAND))


# Finding and describing


@pytest.mark.parametrize("text", ["Norland", "norland", "Norlandic", "state/norland", NORLAND, value(NORLAND)])
def test_things_are_found_by_name_key_or_iri(filled: OxigraphStore, text: str) -> None:
    assert find(filled, MINTER, text) == NORLAND


def test_terms_of_the_ontology_are_found_by_prefixed_name(filled: OxigraphStore) -> None:
    assert find(filled, MINTER, "kg:vetoedWith") == kg("vetoedWith")


def test_unknown_name_suggests_similar_ones(filled: OxigraphStore) -> None:
    with pytest.raises(NotFoundError, match="Ada Brandt"):
        find(filled, MINTER, "ada")
    assert (LEADER, "Ada Brandt") in search(filled, MINTER, "brandt ada")


def test_description_has_positions_relations_and_events_with_sentences(filled: OxigraphStore) -> None:
    found = describe.describe(filled, MINTER, LEADER)
    assert found.label == "Ada Brandt" and found.types == ("person",) and found.names == ("Brandt",)
    assert found.identifiers == ("http://www.wikidata.org/entity/Q999999001",)
    (position,) = found.positions
    assert "president" in position.says and position.reports[0].quote.startswith("President Ada Brandt met")
    assert any(relation.says == "met with Estra" and relation.inferred for relation in found.relations)
    assert {event.date for event in found.events} == {"", "2031-05"}
    text = describe.render(found)
    assert "Positions" in text and "Events" in text and "“President Ada Brandt met" in text
    assert json.loads(found.as_json())["label"] == "Ada Brandt"


def test_nobody_is_related_to_himself(filled: OxigraphStore) -> None:
    assert not [r for r in describe.describe(filled, MINTER, NORLAND).relations if r.iri == value(NORLAND)]


def test_unknown_thing_cannot_be_described(filled: OxigraphStore) -> None:
    with pytest.raises(NotFoundError):
        describe.describe(filled, MINTER, MINTER.id("state/atlantis"))


# Counts and checks


def test_counts(filled: OxigraphStore) -> None:
    found = stats.statistics(filled, MINTER)
    assert (found.articles, found.events) == (2, 5)
    assert found.triples == filled.size() and found.inferred == filled.size(MINTER.inferred)
    assert found.graphs["article/*"] == sum(filled.size(MINTER.article_graph(slug)) for slug in ("one", "two"))
    assert found.classes["kg:Veto"] == 1
    assert "kg:Veto" in stats.render(found) and json.loads(found.as_json())["articles"] == 2


def test_sound_graph_has_no_contradictions(filled: OxigraphStore) -> None:
    assert not list(check.contradictions(filled, MINTER))


CONTRADICTIONS = {
    "cax-dw": "e:x a kg:Person, kg:Group .",
    "eq-diff1": "e:x owl:sameAs e:y ; owl:differentFrom e:y .",
    "prp-irp": "e:p a owl:IrreflexiveProperty . e:x e:p e:x .",
    "prp-asyp": "e:p a owl:AsymmetricProperty . e:x e:p e:y . e:y e:p e:x .",
    "prp-pdw": "e:p owl:propertyDisjointWith e:q . e:x e:p e:y ; e:q e:y .",
    "cls-nothing2": "e:x a owl:Nothing .",
    "cls-com": "e:C owl:complementOf e:D . e:x a e:C, e:D .",
    "cax-adc": "[] a owl:AllDisjointClasses ; owl:members ( e:C e:D ) . e:x a e:C, e:D .",
    "prp-npa1": "[] owl:sourceIndividual e:x ; owl:assertionProperty e:p ; owl:targetIndividual e:y . e:x e:p e:y .",
    "prp-npa2": "[] owl:sourceIndividual e:x ; owl:assertionProperty e:p ; owl:targetValue 1 . e:x e:p 1 .",
    "eq-diff2": "[] a owl:AllDifferent ; owl:distinctMembers ( e:x e:y ) . e:x owl:sameAs e:y .",
}


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_contradiction_is_found_once_and_proved(rule: str) -> None:
    store = open_store(None)
    install_ontology(store, MINTER)
    head = "".join(f"@prefix {p}: <{value(curie(p + ':'))}> .\n" for p in ("kg", "owl"))
    data = f"{head}@prefix e: <http://example.org/> .\n{CONTRADICTIONS[rule]}"
    store.load(data.encode(), "turtle", graph=MINTER.graph("x"))
    (found,) = check.contradictions(store, MINTER)
    assert found.rule == rule
    assert all(MINTER.graph("x") in p.graphs or MINTER.ontology in p.graphs for p in found.proofs)
    report = check.CheckReport((found,), ())
    assert not report and f"[{rule}]" in check.render(report, store) and json.loads(report.as_json())["sound"] is False


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/communique/ontology#> .
kg:PersonShape a sh:NodeShape ; sh:targetClass kg:Person ;
  sh:property [ sh:path kg:iso3 ; sh:minCount 1 ; sh:message "needs a code" ] ."""


def test_violations_of_shapes_name_node_path_and_reason(filled: OxigraphStore, tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    report = check.check(filled, MINTER, shapes=tmp_path / "shapes.ttl")
    (found,) = report.violations
    assert (found.label, found.path, found.message) == ("Ada Brandt", "kg:iso3", "needs a code")
    assert not report and "violation: Ada Brandt" in check.render(report, filled)


def test_graph_conforms_to_the_project_s_own_shapes(filled: OxigraphStore) -> None:
    report = check.check(filled, MINTER)
    assert report, check.render(report, filled, MINTER.base)


# Loading


def test_file_is_loaded_by_its_suffix(store: OxigraphStore, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<http://e/s> <http://e/p> <other> .")
    graph = MINTER.graph("x")
    assert load_file(store, path, graph=graph) == 1
    assert load_file(store, path, graph=graph) == 0
    assert [value(o).rpartition("/")[2] for _, _, o, _ in store.quads(graph=graph)] == ["other"]


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("x.ttl", b"<http://e/s> <http://e/p> 1 .\n<http://e/s> oops .", InputError, r"x\.ttl:2: "),
        ("x.nt", b"\xff\xfe\x00", InputError, r"x\.nt"),
        ("x.rdf", b"<html>", InputError, r"x\.rdf"),
        ("x.jsonld", b"{", InputError, r"x\.jsonld"),
        ("x.nt.gz", b"not gzip", InputError, r"x\.nt\.gz"),
        ("x.docx", b"", UsageError, "no RDF format"),
    ],
)
def test_bad_file_is_refused_whole(
    store: OxigraphStore, tmp_path: Path, name: str, content: bytes, error: type[Exception], message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error, match=message):
        load_file(store, path)
    assert store.size() == 0


def test_missing_file_is_one_line(store: OxigraphStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load_file(store, tmp_path / "none.ttl")
