"""Where occasions are: talks, visits, journeys, courts and the seats of bodies that a clause speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import SPOKEN
from kg.text.events.phrases import ADDRESSING, addressed, prepositional
from kg.text.events.where.sites import named, places_under
from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene

_AT_OCCASIONS = frozenset({"after", "during", "before", "following", "on", "upon", "at", "in", "with"})
_BEFORE_BODIES = frozenset({"before", "to", "with"})
_BODY_KINDS = frozenset({"GovernmentBody", "IntergovernmentalOrganisation"})


def venue(scene: Scene, clauses: Iterable[int]) -> list[Referent]:
    """Where the occasion is at which something is said or done: "after talks in Lima", "on a visit to Peru"."""
    parse = scene.parse
    verbs = [token for token in clauses if parse.is_verb(token)]
    gathered = [clause for verb in verbs for clause in addressed(parse, verb)]
    nouns = [kid for verb in verbs for kid in parse.children(verb, "dobj", "dative") if parse.lemma[verb] in ADDRESSING]
    for kid in (kid for verb in verbs for kid in parse.children(verb, "prep")):
        if parse.word[kid] in _AT_OCCASIONS:
            nouns.extend(parse.children(kid, "pobj"))
    for noun in nouns:
        found = occasion_place(scene, noun)
        if found:
            return found
    return [one for clause in gathered for one in places_under(scene, clause)]


def occasion_place(scene: Scene, noun: int) -> list[Referent]:
    """Where an occasion is, told with it, with those it is between, or as where a journey leads."""
    parse = scene.parse
    for occasion in [noun, *prepositional(parse, noun, "of")]:
        if parse.lemma[occasion] not in words("places", "words", "occasions"):
            continue
        parties = [party for word in ("with", "between", "of") for party in prepositional(parse, occasion, word)]
        parties.extend([inner for party in parties for inner in prepositional(parse, party, "of")])
        found = places_under(scene, occasion) or [
            one for party in parties for item in parse.conjuncts(party) for one in places_under(scene, item)
        ]
        visits = parse.lemma[occasion] in words("places", "words", "visits")
        journey = prepositional(parse, occasion, "to") if visits else []
        found = found or [one for goal in journey for one in named(scene, goal, False)]
        if found:
            return found
    return []


def goal(scene: Scene, verb: int) -> list[Referent]:
    """Where a journey leads."""
    for kid in scene.parse.children(verb, "prep"):
        if scene.parse.word[kid] in ("to", "in", "at", "into"):
            for filler in scene.parse.children(kid, "pobj"):
                found = named(scene, filler, True)
                if found:
                    return found
    return []


def below(scene: Scene, token: int, depth: int = 0) -> list[Referent]:
    """A city named deeper in the phrase: "are to discuss a widening of the ban in Brussels"."""
    for kid in scene.parse.children(token, "dobj", "prep", "pobj", "npadvmod", "advcl", "xcomp"):
        if scene.parse.dep[kid] == "advcl" and (depth or scene.parse.tag[kid] != "VBG"):
            continue
        found = [one for one in places_under(scene, kid) if one.kind == "Place"]
        found = found or (below(scene, kid, depth + 1) if depth < 4 else [])
        if found:
            return found
    return []


def court(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the body is before which something is brought: "sued Chile before the court in The Hague, accusing it"."""
    parse = scene.parse
    verbs = [frame.token, *([parse.head[frame.token]] if parse.dep[frame.token] in ("advcl", "conj", "xcomp") else [])]
    for verb in verbs if frame.kind in SPOKEN | {"Investigation"} else []:
        owners = [verb, *parse.children(verb, "dobj")]
        for kid in (kid for owner in owners for kid in parse.children(owner, "prep", "dative")):
            if parse.word[kid] not in _BEFORE_BODIES:
                continue
            for body in parse.children(kid, "pobj"):
                if any(one.kind in _BODY_KINDS for one in scene.document.refer(parse.doc[body])):
                    found = [one for one in places_under(scene, body) if one.kind == "Place"]
                    if found:
                        return found
    return []


def seat(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the body sits that the motion names: "a text passed by the council in Geneva"."""
    parse = scene.parse
    for kid in parse.children(frame.token, "prep", "dobj"):
        for motion in [kid, *parse.children(kid, "pobj")]:
            for clause in parse.children(motion, "acl"):
                for by in parse.children(clause, "agent"):
                    for body in parse.children(by, "pobj"):
                        found = places_under(scene, body) or places_under(scene, clause)
                        if found:
                            return found
    return []
