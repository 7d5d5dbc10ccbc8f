"""Every term is documented, and the data that the mapper reads from the ontology is whole."""

from __future__ import annotations

import yaml
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from kg.config import data_dir

KG = Namespace("https://w3id.org/communique/ontology#")

CONTRACT_CLASSES = """
Actor Person Organisation Group State IntergovernmentalOrganisation GovernmentBody ArmedGroup PoliticalParty
Company MediaOrganisation Place Document Tenure Position Membership Event Proposition Report Article Statement
Consultation Meeting Summit Visit PhoneCall Negotiation Mediation Agreement Support Recognition Cooperation
Aid Concession Retreat Request Appeal Demand Accusation Rejection Vote Veto Threat Protest Sanction Expulsion
Mobilisation WeaponsTest Coercion Detention Attack Killing Investigation OfficeChange Appointment Election
Resignation
"""
CONTRACT_OBJECTS = """
locatedIn author ofState holder position positionIn role member organisation holdsPosition represents memberOf
involves participant agent target place topic body motion choice content voter speaker supporter describes
mentions report article attributedTo participatesIn metWith votedWith vetoedWith supports opposes accuses
allyOf alignedWith atOddsWith
"""
CONTRACT_LITERALS = """
iso3 start end asOf former membershipKind date endDate dateText killed injured atLeast planned quotation text
quote begin finish confidence
"""


def own(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(KG)}


def test_every_term_has_label_comment_and_definer(ontology: Graph) -> None:
    for term in own(ontology):
        assert ontology.value(term, RDFS.label), term
        assert len(str(ontology.value(term, RDFS.comment))) > 8, term
        assert ontology.value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/communique/ontology"), term


def test_no_two_terms_of_a_kind_share_a_label(ontology: Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept):
        labels = [str(ontology.value(t, RDFS.label)) for t in own(ontology) & set(ontology.subjects(RDF.type, kind))]
        assert len(labels) == len(set(labels)), sorted(x for x in labels if labels.count(x) > 1)


def test_the_terms_that_others_count_on_are_there(ontology: Graph) -> None:
    for names, kind in (
        (CONTRACT_CLASSES, OWL.Class),
        (CONTRACT_OBJECTS, OWL.ObjectProperty),
        (CONTRACT_LITERALS, OWL.DatatypeProperty),
    ):
        for name in names.split():
            assert (KG[name], RDF.type, kind) in ontology, name


def test_nothing_is_named_that_is_not_declared(aligned: Graph) -> None:
    named = {t for triple in aligned for t in triple if isinstance(t, URIRef) and t.startswith(KG)}
    assert named - own(aligned) == set()


def test_event_classes_say_how_general_roles_become_specific(ontology: Graph) -> None:
    events = set(ontology.transitive_subjects(RDFS.subClassOf, KG.Event))
    for event in events:
        for annotation, general in ((KG.agentRole, KG.agent), (KG.targetRole, None), (KG.documentRole, KG.target)):
            role = ontology.value(event, annotation)
            above = set(ontology.transitive_objects(role, RDFS.subPropertyOf))
            assert (general or KG.participant) in above, (event, annotation)
    assert len(events) == 38


def test_specific_roles_are_not_claimed_for_other_events(ontology: Graph) -> None:
    """The domain of a role is the class that names it or one above, so that no role changes an event's class."""
    for annotation in (KG.agentRole, KG.targetRole, KG.documentRole):
        for event, role in ontology.subject_objects(annotation):
            above = set(ontology.transitive_objects(event, RDFS.subClassOf))
            for each in ontology.transitive_objects(role, RDFS.subPropertyOf):
                domain = ontology.value(each, RDFS.domain)
                choice = (event, RDF.type, KG.Choice) in ontology
                assert domain is None or domain in above or choice, (event, each)


def test_events_with_a_plover_root_have_a_code_and_most_a_quadrant(ontology: Graph) -> None:
    for event in set(ontology.subjects(KG.ploverType)):
        assert ontology.value(event, KG.cameoCode) or event == KG.Vote, event
        assert ontology.value(event, KG.quadClass) or event == KG.Vote, event


def test_role_concepts_form_one_tree_and_say_whether_they_speak_for_their_organisation(ontology: Graph) -> None:
    for concept in ontology.subjects(SKOS.inScheme, KG.Roles):
        assert KG.OfficeHolder in set(ontology.transitive_objects(concept, SKOS.broader)), concept
        assert len(list(ontology.objects(concept, SKOS.broader))) <= 1, concept
        assert ontology.value(concept, KG.speaksFor) is not None, concept


def test_titles_of_the_lexicon_lead_to_role_concepts_of_the_ontology(ontology: Graph) -> None:
    titles = yaml.safe_load((data_dir("ontology") / "lexicon" / "titles.yaml").read_text(encoding="utf-8"))
    used = {t[key] for t in titles["titles"] for key in ("role", "body_role") if t.get(key)}
    assert {name for name in used if (KG[name], SKOS.inScheme, KG.Roles) not in ontology} == set()
