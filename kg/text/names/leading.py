"""Offices told by verbs: "is led by", "who heads", "holds the presidency of", "under General X"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.link.titles import Title
from kg.text.document import Holding, Referent
from kg.text.lexicon import words
from kg.text.names.complements import BODY_KINDS
from kg.text.names.roll import belonging

if TYPE_CHECKING:
    from kg.text.names.offices import Offices

_LEADING_VERBS = {
    "lead": "Leader",
    "head": "Head",
    "chair": "Chairman",
    "command": "Commander",
    "found": "Founder",
    "direct": "Director",
    "run": "Head",
}
_MOVEMENTS = frozenset({"PoliticalParty", "ArmedGroup"})
_COMMANDED = (
    "army",
    "guard",
    "forces",
    "force",
    "troops",
    "navy",
    "military",
    "rebels",
    "fighters",
    "militia",
    "police",
)


class Leading:
    """Reads the verbs of one scene that tell who leads what."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.scene = offices.scene

    def verb(self, index: int) -> None:
        """ "The council is led by X", "X, who heads the agency", "Y holds the presidency of the union"."""
        parse, lemma = self.scene.parse, self.scene.parse.lemma[index]
        text = _LEADING_VERBS.get(lemma)
        if text:
            title = self.scene.titles.normalise(text)
            people, bodies = self.led_by(index) if parse.is_passive(index) else self.leads(index)
            beside = self._beside(index)
            if beside or not (self._one_of_them(index, people) or self._is_part(index)):
                self._lead(index, title, people, beside or bodies)
        elif lemma == "preside":
            self._presides_over(index)
        elif lemma == "speak":
            self._speaks_for(index)
        elif lemma in ("hold", "assume"):
            self._presides(index)
        self.offices.succession.verb(index)
        if lemma in ("take", "assume"):
            self._takes_office(index)

    def _beside(self, index: int) -> list[Referent]:
        """The party or armed group that "led by" follows: "members of the Green Front, *led by* X"."""
        end = index - (self.scene.low[index - 1] == ",")
        before = self.scene.ending.get(end) if self.scene.parse.is_passive(index) else None
        return [r for r in before.referents if r.kind in _MOVEMENTS] if before else []

    def _speaks_for(self, index: int) -> None:
        """ "X, who speaks for the movement": its spokesman."""
        parse = self.scene.parse
        if parse.dep[index] != "relcl" or parse.tag[index] not in ("VBZ", "VBP"):
            return
        people, _ = self.leads(index)
        heads = [t for k in parse.children(index, "prep") if parse.word[k] == "for" for t in parse.children(k, "pobj")]
        self._lead(index, self.scene.titles.normalise("Spokesman"), people, self.all(heads))

    def _presides_over(self, index: int) -> None:
        """ "X, who presides over the league": its president."""
        parse = self.scene.parse
        people, _ = self.leads(index)
        heads = [t for k in parse.children(index, "prep") if parse.word[k] == "over" for t in parse.children(k, "pobj")]
        self._lead(index, self.scene.titles.normalise("President"), people, self.all(heads))

    def _takes_office(self, index: int) -> None:
        """ "X, who took office last month": when the office told of X began."""
        parse = self.scene.parse
        if any(parse.lemma[k] in ("office", "power") for k in parse.children(index, "dobj")):
            people, _ = self.leads(index)
            for person in people[:1]:
                held = [h for h in self.offices.by_holder.get(person.id, ()) if not h.former and h.verb < 0]
                for holding in held[-1:]:
                    holding.verb = index

    def under(self, index: int) -> None:
        """ "the presidential guard under General X": he commands it."""
        before, person = self.scene.ending.get(index), self.scene.person_at(index + 1)
        if not before or not person or before.referents[0].kind not in ("GovernmentBody", "ArmedGroup"):
            return
        if any(word in before.referents[0].name.lower() for word in _COMMANDED):
            self._lead(index, self.scene.titles.normalise("Commander"), [*person.referents], [*before.referents])

    def _lead(self, index: int, title: Title, people: list[Referent], bodies: list[Referent]) -> None:
        for person in [p for p in people if p.kind == "Person"][:1]:
            for body in [b for b in bodies if b.kind in BODY_KINDS][:1]:
                if body.kind == "GovernmentBody" and body.name.startswith("Ministry of ") and body.state:
                    self._minister(index, person, body)
                    continue
                role = title.body_role or title.role
                self.offices.keep(Holding(index, index + 1, title, title.text, person, body, role))
                person.state = person.state or body.state

    def _minister(self, index: int, person: Referent, ministry: Referent) -> None:
        """ "X, who had run the foreign ministry": its minister, formerly where it is told as over."""
        portfolio = ministry.name.removeprefix("Ministry of ").rpartition(" of ")[0]
        title = self.scene.titles.normalise(f"Minister of {portfolio}")
        parse = self.scene.parse
        former = any(parse.word[kid] == "had" for kid in parse.children(index, "aux"))
        if title.role and ministry.state:
            holding = Holding(index, index + 1, title, title.text, person, ministry.state, title.role, former)
            self.offices.keep(holding)

    def _one_of_them(self, index: int, people: list[Referent]) -> bool:
        """ "Ambassadors led by X of Kenya", "a delegation of ministers headed by X": he is one of them."""
        parse, scene = self.scene.parse, self.scene
        heads = [parse.head[index]] if parse.dep[index] in ("acl", "relcl") else [*parse.children(index, "nsubjpass")]
        heads += [t for h in heads for p in parse.children(h, "prep") for t in parse.children(p, "pobj")]
        offices = [piece for h in heads if (piece := scene.at[h]) and piece.kind == "title" and piece.plural]
        if not offices or not people or not parse.is_passive(index):
            return False
        piece = offices[0]
        agents = [t for k in parse.children(index, "agent") for t in parse.children(k, "pobj")]
        if piece.pseudo or any(person.kind != "Person" for person in people):
            return False
        office = self.offices.titles.office(piece)
        for person, agent in zip(people, [one for first in agents for one in parse.conjuncts(first)], strict=False):
            named = scene.at[agent]
            of = belonging(scene, named.end)[0] if named else None
            own = (of,) if of else tuple(o for o in office.organisations if o.kind == "State")
            self.offices.hold(replace(office, organisations=own, explicit=bool(own)), person, 0.8)
        return True

    def _is_part(self, index: int) -> bool:
        """ "A *delegation* of the bloc headed by X": he does not head the bloc."""
        parse, head = self.scene.parse, self.scene.parse.head[index]
        if parse.dep[index] != "acl" or parse.dep[head] != "pobj":
            return False
        return parse.lemma[parse.head[parse.head[head]]] in words("naming", "parties_sent")

    def led_by(self, index: int) -> tuple[list[Referent], list[Referent]]:
        parse = self.scene.parse
        agents = [
            t
            for k in parse.children(index, "agent", "prep")
            if parse.word[k] == "by"
            for t in parse.children(k, "pobj")
        ]
        subjects = list(parse.children(index, "nsubjpass"))
        if parse.dep[index] in ("acl", "relcl"):
            head = parse.head[index]
            subjects = [] if parse.tag[head] == "PRP" else [head]  # "talks between *them*, led by X"
        return self.all([one for agent in agents for one in parse.conjuncts(agent)]), self.all(subjects)

    def leads(self, index: int) -> tuple[list[Referent], list[Referent]]:
        parse = self.scene.parse
        subjects = list(parse.children(index, "nsubj"))
        if parse.dep[index] == "relcl" and any(parse.word[k] == "who" for k in subjects):
            head = parse.head[index]
            people = any(r.kind == "Person" for r in self.offices.holders.referents(head))
            subjects = [parse.head[head] if parse.dep[head] == "appos" and not people else head]
        objects = [k for k in parse.children(index, "dobj") if k > index]
        return self.all(subjects), self.all(objects)

    def all(self, heads: list[int]) -> list[Referent]:
        """The referents of some heads, descriptions read where they were not yet."""
        found: list[Referent] = []
        for head in heads:
            piece = self.scene.at[head]
            if piece and piece.kind == "ministry":
                found.append(self.offices.titles.ministry_at(piece))
                continue
            if self.scene.tag[head] == "PRP":
                found.extend(self.offices.holders.referents(head) or self.offices.tracker.pronoun(head))
                continue
            found.extend(
                self.offices.holders.referents(head)
                or (self.offices.titles.describe(head) if self.scene.at[head] is None else ())
            )
        return found

    def _presides(self, index: int) -> None:
        """ "X, who holds the presidency of the union": its president; a state's turn makes no office."""
        parse = self.scene.parse
        for target in parse.children(index, "dobj"):
            if parse.lemma[target] not in ("presidency", "chairmanship", "chair", "premiership"):
                continue
            people, _ = self.leads(index)
            bodies = [
                r
                for k in parse.children(target, "prep")
                if parse.word[k] == "of"
                for r in self.all(list(parse.children(k, "pobj")))
            ]
            text = "President" if parse.lemma[target] == "presidency" else "Chairman"
            self._lead(index, self.scene.titles.normalise(text), people, bodies)
