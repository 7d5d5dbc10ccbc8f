"""Whom a deed concerns where no slot of its trigger tells: owner, addressee or home of what it is done to.

"announced a suspension of links *with Peru*", "inquired into crimes *by Chilean officers*", "struck to demand reforms
*from the government of Mali*", "blew up a bridge *near Cali*". The phrase of the thing is searched first, then the
clause that gives purpose or content; a place stands for its state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.befallen import doers, is_judged
from kg.text.events.participants import DOCUMENTS, PLACES, referents
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.text.document import Document, Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

# classes of events that are done to somebody, whether or not the sentence names him beside the verb
CONCERNING = frozenset(
    {"Accusation", "Demand", "Threat", "Rejection", "Protest", "Sanction", "Coercion", "Attack", "Support"}
    | {"Investigation", "Aid", "Mobilisation"}
)
# those that strike what lies in a state: its power lines, its villages
_STRIKING = frozenset({"Coercion", "Attack", "Investigation", "Aid", "Sanction", "Protest"})
_TIES = ("against", "by", "of", "with", "from", "to", "between", "among", "towards", "toward", "on", "for", "over")
_SITES = ("in", "at", "into", "near", "outside", "around", "across", "throughout", "along", "through")
_PURPOSES = ("xcomp", "ccomp", "acl", "advcl", "pcomp")
_CONDITIONS = frozenset({"unless", "if", "until"})
_DEEP = 4


class Search:
    """One search below the trigger of one frame; whoever does the deed is not whom it concerns."""

    def __init__(self, document: Document, parse: Parse, frame: Frame) -> None:
        self.document = document
        self.parse = parse
        self.frame = frame
        self.agents = frame.roles.get("agent", [])
        self.seen: set[int] = set()

    def find(self) -> list[Referent]:
        """The actors that the deed concerns, from the nearest phrase that tells of any."""
        parse, token = self.parse, self.frame.token
        things = [head for head in (self.frame.companion, *objects(parse, token)) if head is not None]
        if self.frame.kind == "Rejection":  # "voiced opposition": not the opposition party
            things = [head for head in things if parse.lemma[head] != "opposition"]
        for owner in dict.fromkeys((*things, token)):
            found = self._tied(owner, 0) if owner == token else self._phrase(owner, 0)
            if found:
                return found
        for owner in dict.fromkeys((token, *things)):
            found = self._clauses(owner, 0)
            if found:
                return found
        return self._sites([*things, token]) if self.frame.kind in _STRIKING else []

    def _phrase(self, head: int, depth: int) -> list[Referent]:
        """Who the noun phrase is, or whom it belongs to, is about or is addressed to."""
        if depth > _DEEP or head in self.seen or (self.parse.is_verb(head) and not self._is_people(head)):
            return []
        self.seen.add(head)
        if self.parse.lemma[head] in words("events", "grammar", "related"):
            return []
        if is_judged(self.parse, self.frame.kind, head):
            return self._others(
                one for kid in doers(self.parse, head) for one in referents(self.document, self.parse, kid)
            )
        if self.document.refer(self.parse.doc[head]):
            return self._others(referents(self.document, self.parse, head)) or self._beside(head, "amod", "nmod")
        owners = self._beside(head, "poss")
        if owners or any(self.parse.children(head, "poss")):
            return owners or self._tied(head, depth)
        named = referents(self.document, self.parse, head)
        if any(one in self.agents for one in named):
            return []
        return self._others(named) or self._tied(head, depth) or self._beside(head, "compound", "amod", "nmod")

    def _is_people(self, head: int) -> bool:
        """ "the wounded", "the dead": a participle that stands for people."""
        return self.parse.tag[head] == "VBN" and any(self.parse.children(head, "det"))

    def _tied(self, head: int, depth: int) -> list[Referent]:
        for word in _TIES:
            if head != self.frame.token and self.frame.kind == "Rejection" and word in ("against", "on", "over"):
                continue  # who opposes sanctions against Mali does not oppose Mali
            for filler in prepositional(self.parse, head, word):
                if word == "for" and head == self.frame.token and filler < head:
                    continue  # "Ann Lee, *for the Conservatives*, deplored it"
                found = [one for item in self.parse.conjuncts(filler) for one in self._phrase(item, depth + 1)]
                if found:
                    return list(dict.fromkeys(found))
        return []

    def _beside(self, head: int, *labels: str) -> list[Referent]:
        """What stands before the noun: "Kabul airport", "Quito's demands"."""
        kids = self.parse.children(head, *labels)
        if self.parse.lemma[head] in words("events", "sets", "deals") and "poss" not in labels:
            found = (one for kid in kids for one in self.document.refer(self.parse.doc[kid]))
            return self._others(one for one in found if one.kind not in PLACES)  # "the Geneva accords": not Switzerland
        return self._others(one for kid in kids for one in self.document.refer(self.parse.doc[kid]))

    def _clauses(self, head: int, depth: int) -> list[Referent]:
        """Who is to act, or to be acted upon, in the clause of content or purpose below."""
        if depth > _DEEP:
            return []
        for clause in self.parse.children(head, *_PURPOSES):
            if not self._tells_purpose(clause):
                continue
            found = self._clause(clause, depth)
            if found:
                return found
        return []

    def _clause(self, clause: int, depth: int) -> list[Referent]:
        parse = self.parse
        if not parse.is_verb(clause):
            return self._phrase(clause, depth + 1)
        own = parse.children(clause, "nsubj", "nsubjpass", "dobj", "dative")
        for kid in own:
            if self.frame.kind == "Threat" and parse.lemma[kid] in words("events", "sets", "attacks"):
                continue  # "any attack on Chad would be met with force": no threat to Chad
            found = self._phrase(kid, depth + 1)
            if found:
                return found
        return self._tied(clause, depth + 1) or self._below(clause, depth + 1)

    def _below(self, clause: int, depth: int) -> list[Referent]:
        found = self._clauses(clause, depth)
        for thing in self.parse.children(clause, "dobj"):
            found = found or self._clauses(thing, depth)
        return found

    def _tells_purpose(self, clause: int) -> bool:
        """Content, purpose ("to demand"), or the condition of a threat: not time, reason or manner."""
        parse = self.parse
        if parse.dep[clause] != "advcl":
            return True
        marks = {parse.word[kid] for kid in parse.children(clause, "mark")}
        if marks & _CONDITIONS:
            return self.frame.kind in ("Threat", "Demand")
        return "to" in {parse.word[kid] for kid in parse.children(clause, "aux")} and marks <= {"for"}

    def _sites(self, heads: list[int]) -> list[Referent]:
        """The state in which a thing lies: "power lines leading into Herat", "a plant at Bushehr"."""
        parse = self.parse
        for head in heads:
            owners = [head, *parse.children(head, "acl")] if head != self.frame.token else [head]
            for owner in owners:
                for word in _SITES:
                    found = self._others(one for item in prepositional(parse, owner, word) for one in self._named(item))
                    if found:
                        return found
        return []

    def _named(self, head: int) -> list[Referent]:
        """The place itself, or the one after "the town of"."""
        inner = prepositional(self.parse, head, "of")
        found = [one for item in inner for one in referents(self.document, self.parse, item)]
        return found or referents(self.document, self.parse, head)

    def _others(self, found: Iterable[Referent]) -> list[Referent]:
        """Actors, and the states of places, that do not do the deed themselves."""
        actors = (one.state if one.kind in PLACES else one for one in found if one.kind not in DOCUMENTS)
        own = [*self.agents, *(one.state for one in self.agents if one.kind in ("Person", "GovernmentBody"))]
        others = [one for one in dict.fromkeys(actors) if one is not None and one not in own]
        if self.frame.kind in ("Threat", "Rejection"):
            return [one for one in others if one.kind != "GovernmentBody" or one.state not in own]  # "his forces"
        if self.frame.kind != "Mobilisation":
            return others
        return [
            one for one in others if one.kind != "GovernmentBody" or one.state not in own
        ]  # "put its navy on alert"


def affected(document: Document, parse: Parse, frame: Frame) -> list[Referent]:
    """Whom an event concerns by what is told below its trigger; nobody for classes that are done to nobody."""
    if frame.kind not in CONCERNING or not frame.roles.get("agent"):
        return []
    return Search(document, parse, frame).find()


def punished(scene: Scene, frame: Frame) -> list[Referent]:
    """Whom help is kept from: as told, else whom others were last told to punish, else whom the article is about.

    "The union froze Mali's assets. Canada withheld its aid": from Mali.
    """
    if frame.kind != "Sanction" or not frame.roles.get("agent"):
        return frame.roles.get("target", [])
    if frame.roles.get("target"):
        frame.roles["target"] = [one for one in frame.roles["target"] if not _imposes(scene, frame, one)]
        if scene.parse.dep[frame.token] != "advcl":  # "for the first time since it excluded Cuba": not of this story
            scene.story.punished = [one for one in frame.roles["target"] if one.kind == "State"] or scene.story.punished
        return frame.roles["target"]
    kept, companion = words("events", "sets", "withheld"), frame.companion
    things = [head for head in (companion, *objects(scene.parse, frame.token)) if head is not None]
    if not any(scene.parse.lemma[head] in kept for head in things):
        return []
    home = scene.document.home
    rivals = scene.document.rivals if set(frame.roles["agent"]) & set(scene.document.rivals) else ()
    about = [*rivals] or scene.story.punished or ([home] if home is not None else [])
    own = [one for agent in frame.roles["agent"] for one in (agent, agent.state)]
    return [one for one in about if one not in own]


def _imposes(scene: Scene, frame: Frame, one: Referent) -> bool:
    """Whether an embargo is called by those who impose it: "tightened the *United Nations* embargo"."""
    if one.kind != "IntergovernmentalOrganisation" or frame.companion is None:
        return False
    before = scene.parse.children(frame.companion, "compound", "amod", "nmod", "poss")
    return any(one in scene.document.refer(scene.parse.doc[kid]) for kid in before)


def represented(target: Referent) -> Referent:
    """The state for which an embassy stands: who marches on the embassy of Peru marches against Peru."""
    embassy = target.kind == "GovernmentBody" and target.name.startswith("Embassy of ")
    return target.state if embassy and target.state is not None else target
