"""A made-up graph in our vocabulary, and kinds of query over it; the same seed gives the same bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

KG = "https://w3id.org/communique/ontology#"
BASE = "http://localhost:8000/id/"
_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_PART_OF = "<http://www.w3.org/ns/org#subOrganizationOf>"
_VOCABULARY = """
accord ballot border budget cabinet ceasefire coalition consulate court customs decree delegate embargo envoy
export fishery frontier grain harbour hearing inquiry levy mandate militia minister observer pact parliament patrol
pipeline plenary premier protocol quota railway refugee reservoir resolution sanction senate session shipment siege
strait summit tariff treaty tribunal truce turbine valley vessel veto visa voter warning wheat workshop
"""
_WORDS = _VOCABULARY.split()
_CLASSES = ("Meeting", "Statement", "Accusation", "Agreement", "Support", "Threat", "Attack", "Visit", "Sanction")
_EPOCH = date(2005, 1, 1)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each thing there are at a scale; scale 1 gives about a million triples."""

    people: int
    bodies: int
    posts: int
    events: int
    topics: int

    @classmethod
    def at(cls, scale: float) -> Sizes:
        """The sizes at a scale."""
        return cls(*(max(20, int(n * scale)) for n in (9000, 1500, 900, 62_000, 90)))


class Graph:
    """Writes triples about made-up politics as N-Triples lines."""

    def __init__(self, scale: float, seed: int = 2012) -> None:
        self.sizes = Sizes.at(scale)
        self._random = random.Random(seed)

    def lines(self) -> Iterator[str]:
        """All triples."""
        yield from self._bodies()
        yield from self._people()
        yield from self._tenures()
        yield from self._events()
        yield from self._votes()

    def _text(self, words: int) -> str:
        return " ".join(self._random.choices(_WORDS, k=words)).capitalize()

    def _date(self) -> str:
        return literal((_EPOCH + timedelta(days=self._random.randrange(7000))).isoformat(), "date")

    def _one(self, kind: str, count: int) -> str:
        return thing(kind, self._random.randrange(count))

    def _actor(self) -> str:
        """Few actors are in most of the news."""
        few = max(20, self.sizes.people // 30)
        return self._one("person", few if self._random.random() < 0.6 else self.sizes.people)

    def _bodies(self) -> Iterator[str]:
        for i in range(self.sizes.bodies):
            body = thing("organisation", i)
            yield triple(body, _RDF_TYPE, kg("Organisation"))
            yield triple(body, _LABEL, literal(f"{self._text(3)} {i}"))
            if i:
                yield triple(body, _PART_OF, thing("organisation", (i - 1) // 4))

    def _people(self) -> Iterator[str]:
        for i in range(self.sizes.people):
            person = thing("person", i)
            yield triple(person, _RDF_TYPE, kg("Person"))
            yield triple(person, _RDF_TYPE, kg("Actor"))
            yield triple(person, _LABEL, literal(f"{self._text(2)} {i}"))
            yield triple(person, kg("ofState"), thing("state", self._random.randrange(190)))
            yield triple(person, kg("memberOf"), self._one("organisation", self.sizes.bodies))

    def _tenures(self) -> Iterator[str]:
        for post in range(self.sizes.posts):
            day, n = 0, 0
            while day < 7000:
                tenure, days = thing("tenure", f"{post}-{n}"), self._random.randrange(300, 1500)
                yield triple(tenure, _RDF_TYPE, kg("Tenure"))
                yield triple(tenure, kg("position"), thing("position", post))
                yield triple(tenure, kg("holder"), self._one("person", self.sizes.people))
                yield triple(tenure, kg("start"), literal((_EPOCH + timedelta(days=day)).isoformat(), "date"))
                if day + days < 7000:
                    yield triple(tenure, kg("end"), literal((_EPOCH + timedelta(days=day + days)).isoformat(), "date"))
                day, n = day + days, n + 1

    def _events(self) -> Iterator[str]:
        for i in range(self.sizes.events):
            event, report = thing("event", i), thing("report", i)
            yield triple(event, _RDF_TYPE, kg(self._random.choice(_CLASSES)))
            yield triple(event, _RDF_TYPE, kg("Event"))
            yield triple(event, kg("date"), self._date())
            for role in ("agent", "target"):
                actor = self._actor()
                yield triple(event, kg(role), actor)
                yield triple(event, kg("participant"), actor)
            yield triple(event, kg("place"), thing("place", self._random.randrange(400)))
            yield triple(event, kg("report"), report)
            yield triple(report, _RDF_TYPE, kg("Report"))
            yield triple(report, kg("article"), thing("article", i // 3))
            yield triple(report, kg("quote"), literal(f"{self._text(self._random.randrange(10, 24))}."))
            yield triple(report, kg("confidence"), literal("0.9", "decimal"))

    def _votes(self) -> Iterator[str]:
        for topic in range(self.sizes.topics):
            for motion in range(6):
                voters = self._random.sample(range(190), 190)
                for choice, part in (("For", voters[:110]), ("Against", voters[110:150]), ("Abstain", voters[150:])):
                    vote = thing("event", f"vote-{topic}-{motion}-{choice}")
                    yield triple(vote, _RDF_TYPE, kg("Vote"))
                    yield triple(vote, kg("topic"), thing("topic", topic))
                    yield triple(vote, kg("choice"), kg(choice))
                    yield from (triple(vote, kg("agent"), thing("state", voter)) for voter in part)


def thing(kind: str, name: object) -> str:
    """The IRI of a made-up thing as a term."""
    return f"<{BASE}{kind}/{name}>"


def kg(name: str) -> str:
    """A term of the ontology."""
    return f"<{KG}{name}>"


def literal(text: str, datatype: str = "") -> str:
    """A literal that needs no escapes."""
    return f'"{text}"^^<{_XSD}{datatype}>' if datatype else f'"{text}"'


def triple(subject: str, predicate: str, obj: str) -> str:
    """One N-Triples line."""
    return f"{subject} {predicate} {obj} .\n"


def queries(scale: float, each: int = 100, seed: int = 7) -> dict[str, list[str]]:
    """Queries by kind, ``each`` of them at most, drawn at random but always the same."""
    sizes, chance = Sizes.at(scale), random.Random(seed)
    few = max(20, sizes.people // 30)

    def person(count: int = sizes.people) -> str:
        return thing("person", chance.randrange(count))

    kinds: dict[str, Callable[[], str]] = {
        "lookup": lambda: f"SELECT ?p ?o {{ {person()} ?p ?o }}",
        "pair": lambda: (
            f"SELECT ?e ?d ?t {{ ?e kg:participant {person(few)} , {person(few)} ; kg:date ?d ; kg:report ?r ."
            " ?r kg:quote ?t } ORDER BY DESC(?d) LIMIT 20"
        ),
        "held": lambda: _held(thing("position", chance.randrange(sizes.posts)), chance.randrange(6900)),
        "votes": lambda: (
            f"SELECT ?a ?b (COUNT(*) AS ?n) {{ ?v kg:topic {thing('topic', chance.randrange(sizes.topics))} ;"
            " kg:agent ?a , ?b FILTER(STR(?a) < STR(?b)) } GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b LIMIT 20"
        ),
        "path": lambda: (
            "SELECT ?m ?name { ?m kg:memberOf ?o ."
            f" ?o {_PART_OF}* {thing('organisation', 8 + chance.randrange(20))} . ?m rdfs:label ?name }}"
        ),
        "text": lambda: (
            f'SELECT ?r ?t {{ ?r kg:quote ?t FILTER(CONTAINS(LCASE(?t), "{chance.choice(_WORDS)}'
            f' {chance.choice(_WORDS)}")) }} LIMIT 100'
        ),
        "contains": lambda: (
            f'SELECT ?r ?t {{ ?r kg:quote ?t FILTER(CONTAINS(LCASE(?t), "{chance.choice(_WORDS)}'
            f' {chance.choice(_WORDS)}") || ?r = ?t) }} LIMIT 100'
        ),
        "describe": lambda: f"DESCRIBE {thing('event', chance.randrange(sizes.events))}",
        "construct": lambda: (
            "CONSTRUCT { ?e kg:date ?d ; kg:place ?w ; kg:report ?r } WHERE {"
            f" ?e kg:participant {person(few)} ; kg:date ?d ; kg:place ?w ; kg:report ?r }} LIMIT 1000"
        ),
        "large": lambda: (
            f"SELECT ?e ?a ?d {{ ?e kg:participant ?a ; kg:date ?d }} LIMIT {chance.randrange(99_000, 100_000)}"
        ),
    }
    prologue = f"PREFIX kg: <{KG}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    return {kind: [prologue + make() for _ in range(each)] for kind, make in kinds.items()}


def _held(position: str, day: int) -> str:
    on = literal((_EPOCH + timedelta(days=day)).isoformat(), "date")
    return (
        f"SELECT ?person ?name ?s {{ ?h kg:position {position} ; kg:holder ?person ; kg:start ?s ."
        " ?person rdfs:label ?name OPTIONAL { ?h kg:end ?end }"
        f" FILTER(?s <= {on} && (!BOUND(?end) || ?end > {on})) }}"
    )
