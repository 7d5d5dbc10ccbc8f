"""Generates a news graph of the project's own vocabulary: articles, events with roles and reports, tenures, members.

Sizes follow the number of stated triples. Everything is drawn with a fixed seed; actors as news has them: a few in very
many events, most in few.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

KG = "https://w3id.org/communique/ontology#"
BASE = "http://localhost:8000/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
XSD = "http://www.w3.org/2001/XMLSchema#"

EVENTS = (
    *("Meeting", "Summit", "Visit", "PhoneCall", "Negotiation", "Agreement", "Support", "Recognition", "Cooperation"),
    *("Aid", "Appeal", "Demand", "Accusation", "Rejection", "Threat", "Protest", "Sanction", "Mobilisation", "Attack"),
    *("Killing", "Statement", "Investigation", "Appointment"),
)
_WORDS = (
    *("envoy", "border", "accord", "budget", "harbour", "treaty", "energy", "summit", "ministry", "tariff", "rescue"),
    *("council", "vote", "reform", "grain", "port"),
)


def kg(name: str) -> str:
    """A term of the ontology."""
    return f"<{KG}{name}>"


def thing(kind: str, name: object) -> str:
    """An IRI as the project mints it."""
    return f"<{BASE}id/{kind}/{name}>"


def roles_of(ontology: bytes) -> dict[str, dict[str, str]]:
    """By annotation (``agentRole``, ``targetRole``) the specific property of each event class, from N-Triples."""
    found: dict[str, dict[str, str]] = {"agentRole": {}, "targetRole": {}}
    for line in ontology.decode().splitlines():
        subject, predicate, rest = line.split(" ", 2)
        name = predicate.removeprefix(f"<{KG}").rstrip(">")
        if name in found:
            found[name][subject] = rest.removesuffix(" .")
    return found


class News:
    """Draws articles, each a list of statements; the actors are stated once, by ``reference``.

    ``roles`` are the specific properties that the ontology declares for the classes; they are stated besides the
    general ones, as where articles become RDF.
    """

    def __init__(self, triples: int, roles: dict[str, dict[str, str]], seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._roles = roles
        scale = max(triples, 1000)
        self.states = [thing("state", f"state-{i}") for i in range(min(195, 20 + scale // 500))]
        self.people = [thing("person", f"person-{i}") for i in range(max(20, scale // 60))]
        self.organisations = [thing("organisation", f"organisation-{i}") for i in range(max(5, scale // 600))]

    def reference(self) -> Iterator[str]:
        """States, people with an office each, organisations with members."""
        draw = self._random
        for kind, names in (("State", self.states), ("Person", self.people), ("Organisation", self.organisations)):
            for i, name in enumerate(names):
                yield f"{name} {TYPE} {kg(kind)}"
                yield f'{name} {LABEL} "{kind} {draw.choice(_WORDS)} {i}"@en'
        for i, person in enumerate(self.people):
            tenure, position = thing("tenure", f"t{i}"), thing("position", f"p{i}")
            yield f"{tenure} {TYPE} {kg('Tenure')}"
            yield f"{tenure} {kg('holder')} {person}"
            yield f"{tenure} {kg('position')} {position}"
            yield f"{position} {TYPE} {kg('Position')}"
            yield f"{position} {kg('positionIn')} {draw.choice(self.states)}"
            yield f"{tenure} {kg('start')} {self._date()}"
        for i, organisation in enumerate(self.organisations):
            for j in range(draw.randrange(2, 12)):
                membership = thing("membership", f"m{i}-{j}")
                yield f"{membership} {TYPE} {kg('Membership')}"
                yield f"{membership} {kg('member')} {draw.choice(self.states)}"
                yield f"{membership} {kg('organisation')} {organisation}"

    def article(self, number: int) -> Iterator[str]:
        """An article with a few events, each with roles, a date and a report; one in eight has a vote."""
        draw = self._random
        article = thing("article", f"article-{number}")
        yield f"{article} {TYPE} {kg('Article')}"
        yield f'{article} <http://purl.org/dc/terms/title> "{" ".join(draw.choices(_WORDS, k=6)).capitalize()}"'
        yield f"{article} <http://purl.org/dc/terms/issued> {self._date()}"
        for i in range(draw.randrange(2, 6)):
            event = thing("event", f"e{number}-{i}")
            yield from self._event(event, article, f"r{number}-{i}")
        if number % 8 == 0:
            yield from self._vote(number)

    def _event(self, event: str, article: str, report: str) -> Iterator[str]:
        draw, report = self._random, thing("report", report)
        kind = kg(draw.choice(EVENTS))
        yield f"{event} {TYPE} {kind}"
        for _ in range(draw.choice((1, 2, 2, 3))):
            yield from self._role(event, kind, "agent")
        if draw.random() < 0.7:
            yield from self._role(event, kind, "target")
        yield f"{event} {kg('place')} {draw.choice(self.states)}"
        yield f"{event} {kg('date')} {self._date()}"
        begin = draw.randrange(6000)
        yield f"{event} {kg('report')} {report}"
        yield f"{report} {TYPE} {kg('Report')}"
        yield f"{report} {kg('article')} {article}"
        yield f'{report} {kg("quote")} "{" ".join(draw.choices(_WORDS, k=14)).capitalize()}."'
        yield f'{report} {kg("begin")} "{begin}"^^<{XSD}integer>'
        yield f'{report} {kg("finish")} "{begin + 90}"^^<{XSD}integer>'
        yield f'{report} {kg("confidence")} "0.{draw.randrange(5, 10)}"^^<{XSD}decimal>'

    def _role(self, event: str, kind: str, role: str) -> Iterator[str]:
        actor = self._actor()
        yield f"{event} {kg(role)} {actor}"
        specific = self._roles[f"{role}Role"].get(kind)
        if specific:
            yield f"{event} {specific} {actor}"

    def _vote(self, number: int) -> Iterator[str]:
        draw = self._random
        vote = thing("event", f"v{number}")
        yield f"{vote} {TYPE} {kg('Vote')}"
        yield f"{vote} {kg('motion')} {thing('document', f'motion-{number}')}"
        yield f"{vote} {kg('choice')} {kg(draw.choice(('For', 'Against', 'Abstain')))}"
        for state in draw.sample(self.states, 4):
            yield f"{vote} {kg('agent')} {state}"
            yield f"{vote} {kg('voter')} {state}"

    def _actor(self) -> str:
        draw = self._random
        if draw.random() < 0.35:
            return self.states[int(len(self.states) * draw.random() ** 2)]
        return self.people[int(len(self.people) * draw.random() ** 1.5)]

    def _date(self) -> str:
        draw = self._random
        return f'"20{draw.randrange(10, 25)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"^^<{XSD}date>'


def graph(triples: int, ontology: bytes) -> tuple[list[str], list[list[str]]]:
    """Reference statements, and articles of statements, of about so many triples in all."""
    news = News(triples, roles_of(ontology))
    reference = list(news.reference())
    articles: list[list[str]] = []
    total = len(reference)
    while total < triples:
        articles.append(list(dict.fromkeys(news.article(len(articles)))))
        total += len(articles[-1])
    return reference, articles
