"""Clauses whose verb is that of the clause before: "Mali called for calm and *Chad for* restraint"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Role
from kg.text.events.anaphora import Told
from kg.text.events.kinds import SPOKEN
from kg.text.events.participants import actors

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse

_NAMED = ("of", "by", "from", "in")


def gapped(scene: Scene, told: list[Told]) -> list[Told]:
    """Tells what verbs of speech tell of a second speaker, who is no target of the first."""
    found: list[Told] = []
    for mention in told:
        if mention.token < 0 or mention.event.kind not in SPOKEN or not scene.parse.is_verb(mention.token):
            continue
        gap = _gap(scene.parse, mention.token)
        second = actors(scene.document, scene.parse, [gap[0]]) if gap else []
        if not gap or not second:
            continue
        others = {one.key for one in second}
        own = {role.key for role in mention.event.roles if role.name == "agent"}
        if not others - own:
            continue
        concerned = [one for one in _concerned(scene, gap[1]) if one not in second]
        kept = (role for role in mention.event.roles if role.name not in ("agent", "target"))
        new = [*kept, *_roles("agent", second), *_roles("target", concerned)]
        event = replace(mention.event, roles=_sorted(new), quotation="", content=None)
        found.append(Told(event, token=gap[1]))
        late = {*others, *(one.key for one in concerned)}
        first = [role for role in mention.event.roles if role.name != "target" or role.key not in late]
        mention.event = replace(mention.event, roles=_sorted(first))
    return found


def _gap(parse: Parse, verb: int) -> tuple[int, int] | None:
    """The second speaker, and the head of what he speaks of: a name joined to an object, before another object."""
    phrases = list(parse.children(verb, "prep"))
    pairs = [
        (object_, other)
        for one in phrases
        for other in phrases
        if one < other and parse.word[one] == parse.word[other]
        for object_ in parse.children(one, "pobj")
    ]
    things = list(parse.children(verb, "dobj"))
    pairs += [(one, other) for one in things for other in things if one < other]
    for object_, other in pairs:
        start = parse.subtree(other)[0]
        for speaker in parse.conjuncts(object_)[1:]:
            if parse.tag[speaker] == "NNP" and speaker + 1 == start:
                inner = parse.child(other, "pobj")
                return speaker, other if inner is None else inner
    for object_ in things:  # "Mali urged patience, and *Chad* restraint": taken for one name
        for noun in parse.children(object_, "conj"):
            name = parse.subtree(noun)[0]
            parted = parse.word[name - 2 : name] == [",", "and"] and parse.dep[name] in ("compound", "nmod")
            if parted and parse.tag[name] == "NNP" and parse.tag[noun] in ("NN", "NNS") and parse.entity[name] == "GPE":
                return name, noun
    for speaker in parse.children(verb, "conj"):  # "Mali condemned the raid and *Chad* the reply": taken for a verb
        thing = parse.child(speaker, "dobj")
        if thing is not None and parse.doc[speaker].text.istitle() and parse.subtree(thing)[0] == speaker + 1:
            return speaker, thing
    return None


def _concerned(scene: Scene, noun: int) -> list[Referent]:
    parse = scene.parse
    heads = [noun, *parse.children(noun, "poss", "amod", "compound")]
    heads += [kid for on in parse.children(noun, "prep") if parse.word[on] in _NAMED for kid in parse.kids[on]]
    return list(dict.fromkeys(actors(scene.document, parse, heads)))


def _roles(name: str, people: list[Referent]) -> list[Role]:
    return [Role(name=name, key=one.key) for one in people if one.key]


def _sorted(roles: list[Role]) -> tuple[Role, ...]:
    return tuple(sorted(set(roles), key=lambda role: (role.name, role.key)))
