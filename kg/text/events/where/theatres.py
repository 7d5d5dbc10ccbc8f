"""Where violence and seizures of power are: with the weapon, in the clause that says how, in whose state strife is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.phrases import prepositional
from kg.text.events.where.sites import LOCATING, inner_place, place, places_under
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse


def scene_of_violence(scene: Scene, frame: Frame) -> list[Referent]:
    """Places told with the weapon or in the clause that says how: "died when shells hit a school in Taiz"."""
    parse = scene.parse
    together = [frame.token, *(kid for kid in parse.children(frame.token, "conj") if parse.is_verb(kid))]
    for kid in (kid for verb in together for kid in parse.children(verb, "agent", "prep", "advcl")):
        if parse.dep[kid] == "advcl":
            further = [one for clause in parse.children(kid, "advcl", "xcomp") for one in _chain(parse, clause)]
            tokens = [kid, *parse.children(kid, "dobj", "nsubjpass"), *further]
        else:
            tokens = list(parse.children(kid, "pobj"))
        for token in tokens:
            found = places_under(scene, token, surfaces=True) or inner_place(scene, token, 0)
            if found:
                return found
    for clause in parse.children(frame.token, "relcl"):  # "the bombing that killed ten in Taiz"
        found = [one for token in (clause, *parse.children(clause, "dobj")) for one in places_under(scene, token)]
        if found:
            return found
    found = _in_which(scene, frame)
    if found:
        return found
    for kid in parse.children(frame.token, "nsubj", "csubj"):
        # "shelling by troops in the valley killed two"
        if parse.lemma[kid] in words("events", "sets", "attacks") or parse.tag[kid] == "VBG":
            by = [noun for agent in parse.children(kid, "agent", "prep") for noun in parse.children(agent, "pobj")]
            found = next((found for token in (kid, *by) if (found := places_under(scene, token))), [])
            if found:
                return found
    return []


def _in_which(scene: Scene, frame: Frame) -> list[Referent]:
    """Where that was in which people died: "the loss of the airliner *over Chad*, in which 80 were killed"."""
    parse, clause = scene.parse, frame.token
    pronouns = [word for kid in parse.children(clause, "prep") for word in parse.children(kid, "pobj", "pcomp")]
    if parse.dep[clause] != "relcl" or not any(parse.word[word] == "which" for word in pronouns):
        return []
    here = parse.head[clause]
    for noun in (here, parse.head[here], parse.head[parse.head[here]]):
        if not parse.is_noun(noun):
            continue
        near = [index for index in range(clause - 1, noun, -1) if parse.word[index] in LOCATING | {"over"}]
        fillers = (filler for index in near for filler in parse.children(index, "pobj"))
        found = next((found for filler in fillers if (found := place(scene, filler, 0))), [])
        if found:
            return found[:1]
    return []


def _chain(parse: Parse, clause: int) -> list[int]:
    """A clause and those that it goes on with: "as it *came* in to *land* at Gao"."""
    return [clause, *(one for kid in parse.children(clause, "xcomp", "advcl") for one in _chain(parse, kid))]


def home_of_strife(scene: Scene, frame: Frame) -> list[Referent]:
    """The country of an uprising that has cost lives: "1,000 have been killed since the revolt began"."""
    parse = scene.parse
    if frame.kind != "Killing" or not parse.is_verb(frame.token):
        return []
    owners = [frame.token, *parse.children(frame.token, "advcl")]
    nouns = [
        noun
        for kid in (kid for owner in owners for kid in parse.children(owner, "prep", "nsubj"))
        for noun in ([kid] if parse.dep[kid] == "nsubj" else _with_whole(parse, kid))
    ]
    if not any(parse.lemma[noun] in words("places", "words", "strife") for noun in nouns):
        return []
    agents = [one if one.kind in ("State", "Person") else one.state for one in frame.roles.get("agent", [])]
    states = [one.state if one is not None and one.kind == "Person" else one for one in agents]
    state = (
        next((one for one in states if one is not None and one.kind == "State"), None)
        or scene.document.home
        or scene.document.focus
    )
    return [state] if state is not None else []


def theatre(scene: Scene, frame: Frame) -> list[Referent]:
    """The state of those who seize power in it or lose it, or order an envoy "to leave the country"."""
    parse = scene.parse
    nouns = [frame.token] if frame.companion is None else [frame.token, frame.companion]
    if any(parse.lemma[noun] in words("places", "words", "overthrows") for noun in nouns):
        ousted = [one.state for one in frame.roles.get("target", []) if one.state is not None]
        return ousted[:1]
    inside = any(parse.lemma[noun] in words("places", "words", "coups") for noun in nouns)
    if frame.kind == "Expulsion":
        verbs = parse.children(frame.token, "xcomp", "ccomp", "advcl", "acl")
        goals = [noun for verb in (frame.token, *verbs) for noun in parse.children(verb, "dobj")]
        for kid in parse.children(frame.token, "prep"):
            goals.extend(parse.children(kid, "pobj") if parse.word[kid] in ("from", "of") else ())
        inside = any(parse.lemma[noun] in words("places", "words", "homelands") for noun in goals)
    if not inside:
        return []
    agents = frame.roles.get("agent", [])
    states = (one if one.kind == "State" else one.state for one in agents)
    found = [state for state in states if state is not None][:1]
    home = scene.document.home or scene.document.focus
    return found or ([home] if home is not None and frame.kind != "Expulsion" else [])


def _with_whole(parse: Parse, preposition: int) -> list[int]:
    """The object of a preposition, and what it is of: "in months *of fighting*"."""
    fillers = list(parse.children(preposition, "pobj"))
    return [*fillers, *(noun for filler in fillers for noun in prepositional(parse, filler, "of"))]
