"""What follows from small examples, and what must not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

KG = Namespace("https://w3id.org/communique/ontology#")
ID = Namespace("http://example.org/id/")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
Infer = Callable[..., Graph]

TENURE = """
:oman a kg:State . :ministry a kg:GovernmentBody ; kg:ofState :oman ; kg:organOf :oman .
:t a kg:Tenure ; kg:holder :sara ; kg:incumbent :sara ; kg:position :spokeswoman .
:spokeswoman a kg:Position ; kg:positionIn :ministry .
"""

FOLLOWS = {
    "taking part": (":e a kg:Visit ; kg:visitor :a .", "a participatesIn e"),
    "general roles": (":e a kg:Accusation ; kg:accuser :a ; kg:accused :b .", "e target b"),
    "all roles": (":e a kg:Vote ; kg:motion :m .", "e involves m"),
    "meeting": (":e a kg:Meeting ; kg:meetingParticipant :a , :b .", "a metWith b"),
    "meeting is consulting": (":e a kg:Summit ; kg:meetingParticipant :a , :b .", "b consultedWith a"),
    "calling": (":e a kg:PhoneCall ; kg:caller :a , :b .", "a consultedWith b"),
    "agreeing": (":e a kg:Agreement ; kg:party :a , :b .", "a agreedWith b"),
    "voting together": (":v a kg:Vote ; kg:choice kg:Against ; kg:voterAgainst :a , :b .", "a votedWith b"),
    "voting together aligns": (":v a kg:Vote ; kg:voter :a , :b .", "a alignedWith b"),
    "vetoing together": (":v a kg:Veto ; kg:vetoer :a , :b .", "a vetoedWith b"),
    "vetoing is voting": (":v a kg:Veto ; kg:vetoer :a , :b .", "a votedWith b"),
    "a veto is against": (":v a kg:Veto .", "v choice Against"),
    "a veto is a rejection": (":v a kg:Veto .", "v type Rejection"),
    "vetoing opposes the motion": (":v a kg:Veto ; kg:vetoer :a ; kg:motion :m .", "a opposes m"),
    "voting for supports": (":v a kg:Vote ; kg:voterInFavour :a ; kg:motion :m .", "a supports m"),
    "supporting": (":e a kg:Support ; kg:supporter :a ; kg:supported :b .", "a supports b"),
    "supporting a plan": (":e a kg:Support ; kg:supporter :a ; kg:supportedDocument :plan .", "a supports plan"),
    "opposing": (":e a kg:Rejection ; kg:opponent :a ; kg:opposed :b .", "a opposes b"),
    "opposing sets at odds": (":e a kg:Rejection ; kg:opponent :a ; kg:opposed :b .", "b atOddsWith a"),
    "protesting opposes": (":e a kg:Protest ; kg:protester :a ; kg:protestTarget :b .", "a opposes b"),
    "accusing": (":e a kg:Accusation ; kg:accuser :a ; kg:accused :b .", "a accuses b"),
    "accusing sets at odds": (":e a kg:Accusation ; kg:accuser :a ; kg:accused :b .", "b atOddsWith a"),
    "attacking sets at odds": (":e a kg:Killing ; kg:attacker :a ; kg:attacked :b .", "a atOddsWith b"),
    "mutual support aligns": (":a kg:mutuallySupports :b .", "b alignedWith a"),
    "declared alliance": (":a kg:allyOf :b .", "b allyOf a"),
    "alliance aligns": (":a kg:allyOf :b .", "b alignedWith a"),
    "defence alliance": (
        ":pact a kg:DefenceAlliance . :x kg:member :a ; kg:alliance :pact . :y kg:member :b ; kg:alliance :pact .",
        "a allyOf b",
    ),
    "membership": (":x a kg:Membership ; kg:member :a ; kg:organisation :club .", "a memberOf club"),
    "holding an office": (TENURE, "sara holdsPosition spokeswoman"),
    "representing": (TENURE, "sara represents ministry"),
    "representing the state": (TENURE, "sara represents oman"),
    "of the state by the office": (TENURE, "sara ofState oman"),
    "of the state by an office of state": (
        ":t kg:holder :p ; kg:position :q . :q kg:officeOf :chad .",
        "p ofState chad",
    ),
    "a spokeswoman's accusation is the state's": (
        TENURE + ":e a kg:Accusation ; kg:accuser :sara ; kg:accused :b .",
        "oman accuses b",
    ),
    "a leader's support is the state's": (
        TENURE + ":e a kg:Support ; kg:supporter :sara ; kg:supportedDocument :plan .",
        "oman supports plan",
    ),
    "accusing a leader is being at odds with his state": (
        TENURE + ":e a kg:Accusation ; kg:accuser :b ; kg:accused :sara .",
        "b atOddsWith oman",
    ),
    "place within": (":e a kg:Attack ; kg:place :city . :city kg:locatedIn :land .", "e happenedIn land"),
    "transitive places": (":a kg:locatedIn :b . :b kg:locatedIn :c .", "a locatedIn c"),
    "reported by": (":e kg:report :r . :r kg:article :paper .", "e reportedBy paper"),
}


@pytest.fixture(scope="module")
def closure(infer: Infer) -> Graph:
    """All examples closed at once."""
    return infer(apart({name: example for name, (example, _) in (FOLLOWS | DOES_NOT_FOLLOW).items()}))


@pytest.mark.parametrize("name", FOLLOWS)
def test_follows(closure: Graph, name: str) -> None:
    assert term(FOLLOWS[name][1], name) in closure


DOES_NOT_FOLLOW = {
    "a planned meeting is no meeting": (":e a kg:Meeting ; kg:planned true ; kg:agent :a , :b .", "a metWith b"),
    "agents of a vote whose choice is unknown": (":e a kg:Vote ; kg:agent :a , :b .", "a votedWith b"),
    "rejecting a proposition opposes nobody it mentions": (
        ":e a kg:Rejection ; kg:opponent :a ; kg:content :p . :p a kg:Proposition ; kg:mentions :b .",
        "a opposes b",
    ),
    "support is not mutual by itself": (":e a kg:Support ; kg:supporter :a ; kg:supported :b .", "b supports a"),
    "one-sided support does not align": (":e a kg:Support ; kg:supporter :a ; kg:supported :b .", "a alignedWith b"),
    "voting alike in two votes": (
        ":v kg:voterAgainst :a ; kg:motion :m . :w kg:voterAgainst :b ; kg:motion :n .",
        "a votedWith b",
    ),
    "opposing a plan sets nobody at odds": (
        ":e a kg:Rejection ; kg:opponent :a ; kg:opposedDocument :plan .",
        "a atOddsWith plan",
    ),
    "a former holder does not speak for the state": (
        ":t kg:holder :p ; kg:former true ; kg:position :q . :q kg:officeOf :chad .",
        "p represents chad",
    ),
    "a rebel leader does not speak for the state": (
        ":t kg:holder :p ; kg:incumbent :p ; kg:position :q . :q kg:positionIn :rebels . :rebels kg:ofState :chad .",
        "p represents chad",
    ),
    "a common club is no alliance": (
        ":x kg:member :a ; kg:organisation :club . :y kg:member :b ; kg:organisation :club .",
        "a allyOf b",
    ),
    "alignment does not run on": (":a kg:alignedWith :b . :b kg:alignedWith :c .", "a alignedWith c"),
    "a meeting does not align": (":e a kg:Meeting ; kg:meetingParticipant :a , :b .", "a alignedWith b"),
    "a proposition is no event": (":p a kg:Proposition ; kg:describes kg:Attack .", "p type Attack"),
}


@pytest.mark.parametrize("name", DOES_NOT_FOLLOW)
def test_does_not_follow(closure: Graph, name: str) -> None:
    assert term(DOES_NOT_FOLLOW[name][1], name) not in closure


def test_the_examples_contradict_nothing(closure: Graph) -> None:
    assert not list(closure.objects(None, ERROR))


CONTRADICTS = {
    "a person who is an organisation": ":x a kg:Person , kg:State .",
    "a person who is a place": ":x a kg:Person , kg:Place .",
    "an event that is an actor": ":x a kg:Meeting , kg:Person .",
    "a plan that acts": ":x a kg:Document , kg:Group .",
    "a proposition that is an event": ":x a kg:Proposition , kg:Attack .",
}


def test_contradictions_are_found(infer: Infer) -> None:
    graph = infer(apart(CONTRADICTS))
    errors = [str(error) for error in graph.objects(None, ERROR)]
    assert [name for name in CONTRADICTS if not any(home(name) in error for error in errors)] == []


@pytest.mark.parametrize("choices", ["kg:Vote ; kg:choice kg:For , kg:Against", "kg:Veto ; kg:choice kg:For"])
def test_a_vote_has_one_choice_and_a_veto_is_against(infer: Infer, choices: str) -> None:
    assert list(infer(f":v a {choices} .").objects(None, ERROR))


def test_a_state_is_organisation_and_place_at_once(infer: Infer) -> None:
    graph = infer(":x a kg:State .")
    assert {(ID.x, RDF.type, KG.Organisation), (ID.x, RDF.type, KG.Place)} <= set(graph)
    assert not list(graph.objects(None, ERROR))


def home(name: str) -> str:
    """A namespace for each example, so that one closure serves them all."""
    return f"http://example.org/{name.replace(' ', '-')}/"


def apart(examples: Mapping[str, str]) -> str:
    """The examples as one Turtle document, each with names of its own."""
    return "\n".join(f"@prefix : <{home(name)}> .\n{example}" for name, example in examples.items())


def term(fact: str, name: str) -> tuple[URIRef, URIRef, URIRef]:
    subject, predicate, obj = fact.split()
    here = Namespace(home(name))
    if predicate == "type":
        return here[subject], RDF.type, KG[obj]
    return here[subject], KG[predicate], KG[obj] if obj[0].isupper() else here[obj]
