"""Where an event happened: place phrases of the trigger, then of its clause, then where the narrative is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.phrases import ADDRESSING, addressed, modifiers, prepositional
from kg.text.events.sites import LOCATING, inner_place, named, place, places_under
from kg.text.events.subjects import surface_subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

GATHERING = frozenset({"Meeting", "Summit", "Negotiation", "Agreement", "Consultation", "Vote"})
SPOKEN = frozenset({"Statement", "Appeal", "Demand", "Accusation", "Rejection", "Threat", "Support"})
_TOWARDS = LOCATING | {"to", "into", "for", "from"}
_EARLY = 3
_AT_OCCASIONS = frozenset({"after", "during", "before", "following", "on", "at", "in", "with"})
_TALKS = frozenset({"Meeting", "Negotiation", "Consultation"})
_VISITS = frozenset({"visit", "trip", "journey", "tour"})
_BEFORE_BODIES = frozenset({"before", "to", "with"})
_BODY_KINDS = frozenset({"GovernmentBody", "IntergovernmentalOrganisation"})
_CLIMBED = frozenset({"conj", "xcomp", "dobj", "pobj", "prep", "nsubjpass", "advcl", "acl", "nsubj", "attr", "pcomp"})
_AT_LEAD = SPOKEN | {"Meeting", "Summit", "Negotiation", "Agreement", "Visit", "Vote"}
_PHYSICAL = frozenset(
    {"Attack", "Killing", "Protest", "Mobilisation", "Coercion", "Detention", "Retreat", "WeaponsTest", "Visit"}
)
_VIOLENT = frozenset({"Attack", "Killing", "Detention"})
_CALLED_BY_PLACE = frozenset({"Meeting", "Summit", "Negotiation", "Consultation", "Attack", "Killing", "Protest"})


def place_of(scene: Scene, frame: Frame) -> list[Referent]:
    """The places the text gives for an event, nearest phrase first; for what is said, where the speaker was told of."""
    return _told_place(scene, frame) or _inferred_place(scene, frame)


def _told_place(scene: Scene, frame: Frame) -> list[Referent]:
    """The place that the phrases and clauses around the trigger name."""
    parse = scene.parse
    surfaces = frame.kind in _PHYSICAL
    called = _calling(scene, frame)
    if called:
        return called
    for token in _placing_tokens(parse, frame, surfaces=surfaces):
        if frame.kind in SPOKEN and is_of_object(parse, token):
            continue
        found = places_under(scene, token, surfaces=surfaces)
        if found:
            return found
    found = _below(scene, frame.token) if frame.kind in GATHERING and parse.is_noun(frame.token) else []
    found = found or _place_around(scene, frame) or ([] if surfaces else _venue(scene, frame))
    if found:
        return found
    if frame.kind in _VIOLENT:
        found = _scene_of_violence(scene, frame)
    if not found and surfaces:
        found = _whereabouts(scene, frame)
    if not found and frame.kind in _VIOLENT:
        found = _home_of_strife(scene, frame)
    if not found:
        found = _theatre(scene, frame)
    if not found and "vote" in frame.trigger.flags:
        found = _seat(scene, frame)
    if not found and (frame.kind in GATHERING or surfaces):
        found = _below(scene, frame.token)
    return found or _court(scene, frame)


def _inferred_place(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the story is: the place its last sentence told of, or the dateline."""
    if "vote" in frame.trigger.flags and scene.dateline is not None and _sits_at(scene, frame, scene.dateline):
        return [scene.dateline]
    if frame.kind in SPOKEN | {"Vote", "Veto"} and scene.story.place is not None and _is_there(scene, frame):
        return [scene.story.place]
    if frame.kind in _AT_LEAD and scene.dateline is not None and _opens_story(scene, frame):
        return [scene.dateline]
    return []


def _sits_at(scene: Scene, frame: Frame, place: Referent) -> bool:
    """Whether a body that votes early in the article sits where it is written."""
    atlas = scene.document.atlas
    if scene.parse.sentence[frame.token] > scene.dateline_end + _EARLY or not scene.parse.is_verb(frame.token):
        return False
    bodies = [*frame.roles.get("body", []), *frame.roles.get("agent", [])]
    return atlas is not None and any(atlas.seat(body) is place for body in bodies)


def _is_there(scene: Scene, frame: Frame) -> bool:
    """Whether who speaks is who the story placed last, or votes where it is."""
    if "vote" in frame.trigger.flags:
        return scene.parse.is_verb(frame.token)
    agents = frame.roles.get("agent", [])
    there = scene.story.there
    if not there:
        return scene.parse.sentence[frame.token] <= scene.story.place_sentence + 1
    return any(one in there or (one.state is not None and one.state in there) for one in agents)


def _opens_story(scene: Scene, frame: Frame) -> bool:
    """Whether the event is of the sentence that the dateline places, and of somebody who may have been there."""
    if not scene.parse.is_verb(frame.token) or scene.parse.sentence[frame.token] > scene.dateline_end:
        return False
    if frame.kind not in SPOKEN or scene.dateline is None:
        return True
    if frame.token not in scene.parse.conjuncts(_root(scene.parse, frame.token)):
        return False  # "… hours after the colonel told the people": he is elsewhere
    perfect = any(scene.parse.word[kid] in ("have", "has", "had") for kid in scene.parse.children(frame.token, "aux"))
    home = scene.dateline.state
    agents = frame.roles.get("agent", [])
    return not perfect and any(one.kind == "Person" or home in (one, one.state) for one in agents)


def _venue(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the occasion is at which something is said or done: "after talks in Lima", "on a visit to Peru"."""
    parse = scene.parse
    verbs = [token for token in _placing_tokens(parse, frame, surfaces=False) if parse.is_verb(token)]
    gathered = [clause for verb in verbs for clause in addressed(parse, verb)]
    nouns = [kid for verb in verbs for kid in parse.children(verb, "dobj", "dative") if parse.lemma[verb] in ADDRESSING]
    for kid in (kid for verb in verbs for kid in parse.children(verb, "prep")):
        if parse.word[kid] in _AT_OCCASIONS:
            nouns.extend(parse.children(kid, "pobj"))
    for noun in nouns:
        for occasion in [noun, *prepositional(parse, noun, "of")]:
            if parse.lemma[occasion] not in words("places", "words", "occasions"):
                continue
            parties = [party for word in ("with", "between", "of") for party in prepositional(parse, occasion, word)]
            parties.extend([inner for party in parties for inner in prepositional(parse, party, "of")])
            found = places_under(scene, occasion) or [
                one for party in parties for item in parse.conjuncts(party) for one in places_under(scene, item)
            ]
            journey = prepositional(parse, occasion, "to") if parse.lemma[occasion] in _VISITS else []
            found = found or [one for goal in journey for one in named(scene, goal, False)]
            if found:
                return found
    return [one for clause in gathered for one in places_under(scene, clause)]


def _root(parse: Parse, token: int) -> int:
    here = token
    while parse.head[here] != here:
        here = parse.head[here]
    return here


def _calling(scene: Scene, frame: Frame) -> list[Referent]:
    """The city by which a happening is called: "the Geneva talks", "the Brussels bombing"."""
    if frame.kind not in _CALLED_BY_PLACE or scene.parse.is_verb(frame.token):
        return []
    atlas = scene.document.atlas
    for kid in modifiers(scene.parse, frame.token):
        if scene.parse.dep[kid] not in ("compound", "nmod", "amod") or not str(scene.parse.doc[kid])[:1].isupper():
            continue
        named = [one for one in scene.document.refer(scene.parse.doc[kid]) if one.kind == "Place"]
        city = atlas.city(kid) if atlas is not None and not named else None
        if named:
            return named
        if city is not None:
            return [city]
    return []


def _placing_tokens(parse: Parse, frame: Frame, *, surfaces: bool) -> list[int]:
    """The trigger, what belongs to it and the clauses above it, as far as they tell of the same occasion."""
    tokens = [frame.token]
    if frame.companion is not None and not _opines(parse, frame):
        tokens.append(frame.companion)
    for kid in parse.children(frame.token, "nsubj", "advcl"):
        # "the minister, speaking in Lima, said"
        tokens.extend(
            verb
            for verb in ([kid] if parse.is_verb(kid) else parse.children(kid, "acl", "relcl"))
            if parse.lemma[verb] in words("places", "words", "speaking")
        )
    here = frame.token
    for _ in range(4):
        head, label = parse.head[here], parse.dep[here]
        if head == here or label not in _CLIMBED or _is_apart(parse, here, label) or _is_comment(parse, here, head):
            break
        if parse.dep[head] != "prep":
            tokens.append(head)
        here = head
    if surfaces:
        tokens.extend([kid for token in tokens for kid in parse.children(token, "dobj", "nsubjpass")])
    return tokens


def is_of_object(parse: Parse, verb: int) -> bool:
    """Whether the only place phrase follows the object, and so belongs to it: "condemned *the attack in Nairobi*"."""
    phrases = [kid for kid in parse.children(verb, "prep") if parse.word[kid] in LOCATING]
    objects = [kid for kid in parse.children(verb, "dobj") if parse.is_noun(kid)]
    if not parse.is_verb(verb) or len(phrases) != 1 or not objects or parse.lemma[verb] in ADDRESSING | {"summon"}:
        return False
    occasions = words("places", "words", "occasions")
    nouns = [*objects, *parse.children(phrases[0], "pobj")]
    if any(
        parse.lemma[noun] in occasions or parse.lemma[noun] in words("places", "words", "sayings") for noun in nouns
    ):
        return False
    return parse.subtree(objects[-1])[1] == phrases[0]


def _opines(parse: Parse, frame: Frame) -> bool:
    """Whether the object of the trigger is what is spoken of: "opposed *intervention in Mali*", but "made *a plea*"."""
    return frame.kind in SPOKEN and parse.lemma[frame.token] not in words("events", "light", "agent")


def _is_apart(parse: Parse, here: int, label: str) -> bool:
    """Whether the clause above is about something else."""
    if label == "nsubj" and parse.is_verb(here):
        return True
    if label == "advcl" and parse.child(here, "mark") is not None:
        return True
    if label == "pcomp" and parse.word[parse.head[here]] not in ("by", "in"):
        return True
    return label == "conj" and parse.child(here, "nsubj", "nsubjpass") is not None


def _is_comment(parse: Parse, here: int, head: int) -> bool:
    """Whether a happening is only spoken of: "in Lima she condemned *the attack*"."""
    return (
        parse.is_noun(here)
        and parse.dep[here] in ("dobj", "nsubj", "nsubjpass")
        and parse.lemma[head] in words("places", "words", "commenting")
    )


def _place_around(scene: Scene, frame: Frame) -> list[Referent]:
    """The place of "…, where he met her", of a journey with this purpose, of a phrase that opens the sentence."""
    parse, here = scene.parse, frame.token
    for _ in range(5):
        head, label = parse.head[here], parse.dep[here]
        if head == here:
            break
        if label == "relcl" and _is_where(parse, here) and parse.word[parse.head[head]] in _TOWARDS:
            return named(scene, head, False)
        if label == "relcl" or (label == "advcl" and parse.child(here, "mark") is not None):
            break
        if label == "conj" and parse.is_verb(here) and parse.child(here, "nsubj", "nsubjpass") is not None:
            return _opening(scene, head) if frame.kind in _PHYSICAL else []
        journey = parse.is_verb(head) and parse.lemma[head] in words("places", "words", "journeys")
        if journey and (label != "conj" or frame.kind in _TALKS):
            return _goal(scene, head)
        here = head
    return []


def _is_where(parse: Parse, clause: int) -> bool:
    return any(parse.word[kid] == "where" for kid in parse.children(clause, "advmod"))


def _opening(scene: Scene, verb: int) -> list[Referent]:
    """The place told before the subject of a clause, which holds for the clauses joined to it, too."""
    subject = scene.parse.child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return []
    for kid in scene.parse.children(verb, "prep"):
        if kid < subject and scene.parse.word[kid] in LOCATING:
            for filler in scene.parse.children(kid, "pobj"):
                return place(scene, filler, 0)
    return []


def _goal(scene: Scene, verb: int) -> list[Referent]:
    """Where a journey leads."""
    for kid in scene.parse.children(verb, "prep"):
        if scene.parse.word[kid] in ("to", "in", "at", "into"):
            for filler in scene.parse.children(kid, "pobj"):
                found = named(scene, filler, False)
                if found:
                    return found
    return []


def _whereabouts(scene: Scene, frame: Frame) -> list[Referent]:
    """Where those are who do it: "police *in Cairo* arrested"."""
    parse = scene.parse
    if not parse.is_verb(frame.token):
        return []
    for subject in surface_subjects(parse, frame.token):
        if parse.tag[subject] in ("NN", "NNS"):
            found = places_under(scene, subject)
            if found:
                return found
    return []


def _scene_of_violence(scene: Scene, frame: Frame) -> list[Referent]:
    """Places told with the weapon or in the clause that says how: "died when shells hit a school in Taiz"."""
    parse = scene.parse
    together = [frame.token, *(kid for kid in parse.children(frame.token, "conj") if parse.is_verb(kid))]
    for kid in (kid for verb in together for kid in parse.children(verb, "agent", "prep", "advcl")):
        if parse.dep[kid] == "advcl":
            tokens = [kid, *parse.children(kid, "dobj", "nsubjpass")]
        else:
            tokens = list(parse.children(kid, "pobj"))
        for token in tokens:
            found = places_under(scene, token, surfaces=True) or inner_place(scene, token, 0)
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


def _home_of_strife(scene: Scene, frame: Frame) -> list[Referent]:
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
    state = next((one for one in states if one is not None and one.kind == "State"), None) or scene.document.focus
    return [state] if state is not None else []


def _theatre(scene: Scene, frame: Frame) -> list[Referent]:
    """The state of those who seize power in it, or order an envoy "to leave the country"."""
    parse = scene.parse
    nouns = [frame.token] if frame.companion is None else [frame.token, frame.companion]
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
    return found or ([scene.document.focus] if scene.document.focus is not None and frame.kind != "Expulsion" else [])


def _with_whole(parse: Parse, preposition: int) -> list[int]:
    """The object of a preposition, and what it is of: "in months *of fighting*"."""
    fillers = list(parse.children(preposition, "pobj"))
    return [*fillers, *(noun for filler in fillers for noun in prepositional(parse, filler, "of"))]


def _below(scene: Scene, token: int, depth: int = 0) -> list[Referent]:
    """A city named deeper in the phrase: "are to discuss a widening of the ban in Brussels"."""
    for kid in scene.parse.children(token, "dobj", "prep", "pobj", "npadvmod", "advcl"):
        if scene.parse.dep[kid] == "advcl" and (depth or scene.parse.tag[kid] != "VBG"):
            continue
        found = [one for one in places_under(scene, kid) if one.kind == "Place"]
        found = found or (_below(scene, kid, depth + 1) if depth < 4 else [])
        if found:
            return found
    return []


def _court(scene: Scene, frame: Frame) -> list[Referent]:
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


def _seat(scene: Scene, frame: Frame) -> list[Referent]:
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
