"""Where an event happened: place phrases of the trigger, then of its clause, then where the narrative is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import GATHERING, PHYSICAL, SPOKEN, VIOLENT
from kg.text.events.participants import actors
from kg.text.events.phrases import ADDRESSING, modifiers
from kg.text.events.subjects import surface_subjects
from kg.text.events.where.afar import called_from, said_from, speaking_clauses
from kg.text.events.where.openings import opened
from kg.text.events.where.sites import LOCATING, named, place, places_under
from kg.text.events.where.standpoints import marched, of_deed, present, stationed, when_there
from kg.text.events.where.storied import story_place
from kg.text.events.where.surroundings import around, has_own_goal, seized, whereabouts
from kg.text.events.where.theatres import home_of_strife, scene_of_violence, theatre
from kg.text.events.where.venues import below, court, goal, seat, venue
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_TOWARDS = LOCATING | {"to", "into", "for", "from"}
_CLIMBED = frozenset({"conj", "xcomp", "dobj", "pobj", "prep", "nsubjpass", "advcl", "acl", "nsubj", "attr", "pcomp"})
_CALLED_BY_PLACE = frozenset({"Meeting", "Summit", "Negotiation", "Consultation", "Attack", "Killing", "Protest"})


def place_of(scene: Scene, frame: Frame) -> list[Referent]:
    """The places the text gives for an event, nearest phrase first; for what is said, where the speaker was told of."""
    return _told_place(scene, frame) or story_place(scene, frame)


def _told_place(scene: Scene, frame: Frame) -> list[Referent]:
    """The place that the phrases and clauses around the trigger name."""
    for read in _READINGS:
        found = read(scene, frame)
        if found:
            return found
    return []


def _in_phrases(scene: Scene, frame: Frame) -> list[Referent]:
    """The place phrases of the trigger and of the clauses above it, nearest first."""
    surfaces = frame.kind in PHYSICAL
    for token in _placing_tokens(scene, frame, surfaces=surfaces):
        if frame.kind in SPOKEN and _speaks(scene.parse.lemma[token]) and is_of_object(scene.parse, token):
            continue
        found = places_under(scene, token, surfaces=surfaces)
        if frame.kind in SPOKEN and token == frame.token and frame.trigger.prepositions:
            targets = frame.roles.get("target", [])  # "lashed out *at Mali*"
            found = [one for one in found if one not in targets]
        if found:
            return found
    return []


def _in_chamber(scene: Scene, frame: Frame) -> list[Referent]:
    """Where parliament sits, told after what is spoken of: "deplored the raid *in the Knesset*"."""
    atlas, parse = scene.document.atlas, scene.parse
    if atlas is None or frame.kind not in SPOKEN or not parse.is_verb(frame.token):
        return []
    owners = [frame.token, *parse.children(frame.token, "dobj")]
    inside = [kid for owner in owners for kid in parse.children(owner, "prep") if parse.word[kid] == "in"]
    rooms = [noun for kid in inside for noun in parse.children(kid, "pobj")]
    bodies = [one for noun in rooms for one in scene.document.refer(parse.doc[noun]) if atlas.is_building(one)]
    seats = [atlas.seat(body) for body in bodies]
    return [seat for seat in seats if seat is not None][:1]


def _at_occasion(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the occasion is, for what takes no room of its own."""
    return [] if frame.kind in PHYSICAL | {"PhoneCall"} else venue(scene, _placing_tokens(scene, frame, surfaces=False))


def _when_elsewhere(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the clause with "when" is: "struck the bargain on Monday, *when* the envoys sat down in Lima"."""
    parse = scene.parse
    if frame.kind not in GATHERING | SPOKEN or not parse.is_verb(frame.token):
        return []
    days = [day for kid in parse.children(frame.token, "prep") for day in parse.children(kid, "pobj")]
    for clause in (one for owner in (frame.token, *days) for one in parse.children(owner, "advcl", "relcl")):
        if not any(parse.word[kid] == "when" for kid in parse.children(clause, "advmod", "mark")):
            continue
        journey = parse.lemma[clause] in words("places", "words", "journeys")
        nouns = [noun for kid in parse.children(clause, "prep") for noun in parse.children(kid, "pobj")]
        found = places_under(scene, clause) or (goal(scene, clause) if journey else [])
        found = found or [one for noun in nouns for one in places_under(scene, noun)]
        if found:
            return found
    return []


def _visited(scene: Scene, frame: Frame) -> list[Referent]:
    """The house that a visit leads to: "came to the White House"."""
    return goal(scene, frame.token) if frame.kind == "Visit" and scene.parse.is_verb(frame.token) else []


def _in_strife(scene: Scene, frame: Frame) -> list[Referent]:
    """Where weapons struck or an uprising is."""
    if frame.kind not in VIOLENT:
        return []
    return scene_of_violence(scene, frame) or whereabouts(scene, frame) or home_of_strife(scene, frame)


def _deeper(scene: Scene, frame: Frame) -> list[Referent]:
    """A city further down in the phrase of what takes place somewhere."""
    return below(scene, frame.token) if frame.kind in GATHERING | PHYSICAL else []


def _at_seat(scene: Scene, frame: Frame) -> list[Referent]:
    return seat(scene, frame) if "vote" in frame.trigger.flags else []


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


def _placing_tokens(scene: Scene, frame: Frame, *, surfaces: bool) -> list[int]:
    """The trigger, what belongs to it and the clauses above it, as far as they tell of the same occasion."""
    parse, tokens = scene.parse, [frame.token]
    if frame.companion is not None and not _opines(parse, frame):
        tokens.append(frame.companion)
    tokens.extend(speaking_clauses(parse, frame.token))
    here = frame.token
    for _ in range(4):
        head, label = parse.head[here], parse.dep[here]
        if head == here or label not in _CLIMBED or _is_apart(parse, here, label) or _is_comment(parse, here, head):
            break
        if label == "conj" and surfaces and has_own_goal(parse, here):
            break
        if parse.dep[head] != "prep":
            tokens.append(head)
        if label == "nsubj" and parse.lemma[head] == "be":
            tokens.extend(parse.children(head, "xcomp"))  # "talks are *to open* in Lima"
        here = head
    if surfaces:
        tokens.extend([kid for token in tokens for kid in parse.children(token, "dobj", "nsubjpass")])
    return [*tokens, *_reporting(scene, frame)]


def _reporting(scene: Scene, frame: Frame) -> list[int]:
    """The verb by which a speaker reports his own side's stance: "*said* in Lima that Peru opposed the plan"."""
    agents = frame.roles.get("agent", []) if frame.kind in SPOKEN else []
    for verb in frame.judgement.reports if agents else ():
        spoken = actors(scene.document, scene.parse, surface_subjects(scene.parse, verb))
        if any(one in agents or (one.state is not None and one.state in agents) for one in spoken):
            return [verb, *speaking_clauses(scene.parse, verb)]
        tokens = [verb, *speaking_clauses(scene.parse, verb)]
        if any(one.state in agents for token in tokens for one in places_under(scene, token)):
            return tokens
    return []


def _speaks(lemma: str) -> bool:
    """Whether a verb says something, or comments on it."""
    spoken = any(trigger.kind in SPOKEN for trigger in event_lexicon().verbs.get(lemma, ()))
    return spoken or lemma in words("places", "words", "commenting")


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
        if label == "relcl" and _is_where(parse, here):
            goal_of = parse.word[parse.head[head]] in _TOWARDS | {"on"}
            towards = goal_of or parse.dep[head] in ("attr", "appos", "dobj", "nsubj")
            found = (named(scene, head, False) if towards else []) or _gone_to(scene, head)
            if found:
                return found
        if label == "relcl" or (label == "advcl" and parse.child(here, "mark") is not None):
            break
        if label == "conj" and parse.is_verb(here) and parse.child(here, "nsubj", "nsubjpass") is not None:
            return _opening(scene, head) if frame.kind in PHYSICAL else []
        journey = parse.is_verb(head) and parse.lemma[head] in words("places", "words", "journeys")
        if journey and (label != "conj" or frame.kind in GATHERING | SPOKEN):
            return goal(scene, head)
        here = head
    return []


def _gone_to(scene: Scene, noun: int) -> list[Referent]:
    """Where the journey leads of which a noun is told: "flew to Rome for *the funeral*, where he met her"."""
    parse, here = scene.parse, noun
    while not parse.is_verb(here) and parse.head[here] != here:
        here = parse.head[here]
    return goal(scene, here) if parse.lemma[here] in words("places", "words", "journeys") else []


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


_READINGS: tuple[Callable[[Scene, Frame], list[Referent]], ...] = (
    _calling,
    seized,
    _in_phrases,
    lambda scene, frame: (
        below(scene, frame.token) if frame.kind in GATHERING and scene.parse.is_noun(frame.token) else []
    ),
    _place_around,
    _when_elsewhere,
    _at_occasion,
    _in_strife,
    whereabouts,
    of_deed,
    when_there,
    theatre,
    _at_seat,
    _deeper,
    court,
    around,
    called_from,
    said_from,
    present,
    stationed,
    marched,
    _visited,
    _in_chamber,
    opened,
)
