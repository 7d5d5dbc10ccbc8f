"""Who talks where the text names nobody beside the talks: those of whom it has told that they deal with each other.

"Iran reached an accord with Iraq. *The negotiations* had lasted a week", "*Delegations* sat down", "*talks* resume".
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.text.events.completeness import MUTUAL
from kg.text.events.kinds import TALKS
from kg.text.events.participants import referents
from kg.text.events.subjects import surface_subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene

_PARTIES = frozenset({"State", "ArmedGroup", "IntergovernmentalOrganisation", "PoliticalParty", "Organisation"})
_TOGETHER = MUTUAL | {"Retreat"}
_SIDES = frozenset({"two", "both", "they", "side", "party", "pair", "sides", "parties"})
_NEAR = 2
_WITH = frozenset({"between", "with", "among"})
_DEFINITE = frozenset({"the", "these", "those", "this", "that"})


def note_parties(scene: Scene, frame: Frame) -> None:
    """Keeps who deals with or fights each other."""
    agents, targets = frame.roles.get("agent", []), frame.roles.get("target", [])
    if frame.kind in TALKS and len(agents) > 1:
        scene.story.talked = True
    sides = agents if frame.kind in _TOGETHER else [*agents, *targets] if frame.kind == "Attack" else []
    sides = list(dict.fromkeys(sides))
    if len(sides) > 1 and (frame.kind in MUTUAL or all(one.kind in _PARTIES for one in sides)):
        scene.story.dealings.append((scene.parse.sentence[frame.token], sides))


def known_parties(scene: Scene, frame: Frame) -> list[Referent]:
    """The parties to talks of which the text names none; nobody where talks told before are spoken of again."""
    parse, story, token = scene.parse, scene.story, frame.token
    agents = frame.roles.get("agent", [])
    if frame.kind == "Agreement" and not agents and _is_reached(scene, token):
        return last_parties(scene, parse.sentence[token])
    if frame.kind not in TALKS or not all(one in _nameless(scene) for one in agents):
        return agents
    if parse.is_verb(token):
        heads = surface_subjects(parse, token)
        told = not agents and any(parse.lemma[head] in _SIDES for head in heads)
        known = told or (agents and any(parse.lemma[head] in words("events", "sets", "delegates") for head in heads))
    else:
        again = story.talked and any(parse.word[kid] in _DEFINITE for kid in parse.children(token, "det"))
        told = again or any(parse.dep[kid] == "poss" or parse.word[kid] in _WITH for kid in parse.kids[token])
        known = not agents and not told and parse.lemma[token] in words("events", "sets", "talks")
    return (last_parties(scene, parse.sentence[token]) if known else []) or agents


def _is_reached(scene: Scene, verb: int) -> bool:
    """ "An agreement *was reached*", after talks just told of."""
    parse = scene.parse
    if not parse.is_verb(verb) or not parse.is_passive(verb) or parse.child(verb, "agent") is not None:
        return False
    deals, dealings = words("events", "sets", "deals"), scene.story.dealings
    near = bool(dealings) and parse.sentence[verb] - dealings[-1][0] < _NEAR
    return near and any(parse.lemma[kid] in deals for kid in parse.children(verb, "nsubjpass"))


def _nameless(scene: Scene) -> list[Referent]:
    return [*scene.document.crowds.values(), *scene.document.cited.values()]


def last_parties(scene: Scene, sentence: int) -> list[Referent]:
    """Who dealt with each other just before, else those who did so again and again."""
    dealings = scene.story.dealings
    if dealings and sentence - dealings[-1][0] <= _NEAR:
        return dealings[-1][1]
    joined = _joined(scene, sentence - 1)
    if joined:
        return joined
    counts = Counter(frozenset(one.id for one in sides) for _, sides in dealings)
    often = [ids for ids, count in counts.most_common(1) if count > 1]
    return next((sides for _, sides in dealings if often and {one.id for one in sides} == often[0]), [])


def _joined(scene: Scene, sentence: int) -> list[Referent]:
    """Two states or persons that are together the subject of a sentence: "*Ann Lee and Tom Hill* left the palace"."""
    parse, document = scene.parse, scene.document
    for index in range(*parse.sentences[sentence]) if sentence >= 0 else ():
        if parse.dep[index] != "nsubj" or parse.dep[parse.head[index]] != "ROOT":
            continue
        found = [one for item in parse.conjuncts(index) for one in referents(document, parse, item)]
        kinds = {one.kind for one in found}
        if len(found) == 2 and (kinds == {"Person"} or kinds <= _PARTIES):
            return found
    return []
