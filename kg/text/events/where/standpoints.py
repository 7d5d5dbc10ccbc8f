"""Where those are who speak or act, told beside them: "officials in Lima said", "while opening a clinic in Quito"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import PHYSICAL, SPOKEN
from kg.text.events.subjects import surface_subjects
from kg.text.events.when.clauses import clause_of
from kg.text.events.where.sites import inner_place, named, place, places_under
from kg.text.events.where.venues import occasion_place
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_AT = frozenset({"at", "during", "in", "before"})
_GROUND = frozenset({"parts", "premises", "spots"})
_ACTING = PHYSICAL | {"Agreement", "Sanction", "Concession", "Recognition", "Appointment"}


def present(scene: Scene, frame: Frame) -> list[Referent]:
    """Where somebody is by what he does meanwhile: "*opening* a clinic in Lima, she said", "on the steps of"."""
    parse = scene.parse
    if frame.kind not in SPOKEN or not parse.is_verb(frame.token):
        return []
    for verb in _going_on(parse, frame.token):
        clauses = (kid for kid in parse.children(verb, "advcl") if parse.tag[kid] == "VBG")
        meant = (kid for kid in clauses if parse.lemma[kid] in words("places", "words", "present"))
        found = next((found for kid in meant if (found := _of_clause(scene, kid))), [])
        found = found or _on_ground(scene, verb) or _from_home(scene, verb) or _at_object(scene, verb)
        if found:
            return found
    return []


def _going_on(parse: Parse, verb: int) -> Iterator[int]:
    """A verb, and those before it whose subject it shares: "*received* them in Lima and called it an honour"."""
    yield verb
    while parse.dep[verb] == "conj" and parse.child(verb, "nsubj", "nsubjpass") is None:
        verb = parse.head[verb]
        yield verb


def _of_clause(scene: Scene, clause: int) -> list[Referent]:
    """Where a participle says somebody is: told with it, with its object, or the object itself."""
    parse = scene.parse
    if parse.child(clause, "nsubj") is not None:
        return []
    objects = parse.children(clause, "dobj")
    found = places_under(scene, clause, surfaces=True) or _on_ground(scene, clause)
    found = found or [one for noun in objects for one in places_under(scene, noun)]
    if found or parse.lemma[clause] not in ("visit", "tour", "reach"):
        return found
    return [one for noun in objects for one in named(scene, noun, False)]


def _on_ground(scene: Scene, verb: int) -> list[Referent]:
    """A ground on which one stands: "on the steps of the palace in Lima", "on the tarmac of Quito airport"."""
    parse = scene.parse
    for kid in parse.children(verb, "prep"):
        for noun in parse.children(kid, "pobj") if parse.word[kid] == "on" else ():
            if any(parse.lemma[noun] in words("places", "words", kind) for kind in _GROUND):
                found = inner_place(scene, noun, 0)
                if found:
                    return found
    return []


def _from_home(scene: Scene, verb: int) -> list[Referent]:
    """Whence somebody speaks, hung on what he speaks of: "welcomed the accord *from his home in Natal*"."""
    parse = scene.parse
    for noun in parse.children(verb, "dobj"):
        for kid in parse.children(noun, "prep"):
            for home in parse.children(kid, "pobj") if parse.word[kid] == "from" else ():
                if parse.lemma[home] in words("places", "words", "abodes"):
                    found = place(scene, home, 0)
                    if found:
                        return found
    return []


def _at_object(scene: Scene, verb: int) -> list[Referent]:
    """The occasion hung on what is announced: "announced the accord *at a news conference in Lima*"."""
    parse = scene.parse
    for noun in parse.children(verb, "dobj"):
        if parse.lemma[noun] in event_lexicon().nouns and parse.lemma[noun] in words("events", "sets", "attacks"):
            continue
        for kid in parse.children(noun, "prep"):
            for occasion in parse.children(kid, "pobj") if parse.word[kid] in _AT else ():
                found = occasion_place(scene, occasion) if _is_platform(parse, occasion) else []
                found = found or (_house(scene, occasion) if parse.word[kid] == "at" else [])
                if found:
                    return found
    return []


def _is_platform(parse: Parse, noun: int) -> bool:
    return parse.lemma[noun] in words("places", "words", "platforms")


def _house(scene: Scene, noun: int) -> list[Referent]:
    """The house of a body at which something is announced: "announced the landing *at the White House*"."""
    bodies = [one for one in scene.document.refer(scene.parse.doc[noun]) if one.kind == "GovernmentBody"]
    return place(scene, noun, 0, building=True) if bodies else []


def marched(scene: Scene, frame: Frame) -> list[Referent]:
    """Where a march leads: "marched *to the gates of the palace in Lima*"."""
    parse = scene.parse
    if frame.kind != "Protest" or not parse.is_verb(frame.token):
        return []
    if parse.lemma[frame.token] not in words("places", "words", "marches"):
        return []
    goals = (
        kid for kid in parse.children(frame.token, "prep") if parse.word[kid] in ("to", "towards", "toward", "upon")
    )
    nouns = (noun for kid in goals for noun in parse.children(kid, "pobj"))
    return next((found for noun in nouns if (found := place(scene, noun, 0, building=True))), [])


def stationed(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the subject is by his own phrase: "*officials in Lima* said", "Ann Lee, *then in Chile*, said"."""
    parse = scene.parse
    if frame.kind not in SPOKEN or not parse.is_verb(frame.token):
        return []
    for subject in surface_subjects(parse, frame.token):
        for noun in (subject, *_offices(parse, subject)):
            for kid in parse.children(noun, "prep"):
                if parse.word[kid] not in ("in", "at") or kid > frame.token > subject:
                    continue
                fillers = [filler for filler in parse.children(kid, "pobj") if not _is_of_name(scene, noun, filler)]
                person = parse.tag[subject] in ("NNP", "NNPS")
                found = [
                    one
                    for filler in fillers
                    for one in _told_at(scene, filler)
                    if person or (one.kind == "Place" and one.state is not None)
                ]
                if found:
                    return found[:1]
    return []


def _told_at(scene: Scene, filler: int) -> list[Referent]:
    """The places and states that a noun itself names, or whose city it is; no seats of bodies."""
    span = scene.document.by_root.get(filler)
    told = [one for one in span.referents if one.kind in ("Place", "State")] if span is not None else []
    return [one for one in named(scene, filler, False) if told]


def _is_of_name(scene: Scene, noun: int, filler: int) -> bool:
    """Whether a place is only a part of the subject's name: "the Conference on Security in *Europe*"."""
    spans = (span for span in scene.document.spans if span.start <= noun < span.end and span.start <= filler < span.end)
    return any(one.kind != "Person" for span in spans for one in span.referents)


def _offices(parse: Parse, noun: int) -> list[int]:
    """The office whose official it is: "an official *of the ministry* in Lima"."""
    of = [kid for kid in parse.children(noun, "prep") if parse.word[kid] in ("of", "at")]
    return [one for kid in of for one in parse.children(kid, "pobj")] if parse.tag[noun] in ("NN", "NNS") else []


def of_deed(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the attack was that a clause says killed: "a strike on a hall in Lima *that killed* ten"."""
    parse, clause = scene.parse, frame.token
    if frame.kind not in PHYSICAL or not parse.is_verb(clause):
        return []
    while parse.dep[clause] == "conj" and parse.child(clause, "nsubj", "nsubjpass") is None:
        clause = parse.head[clause]
    noun = parse.head[clause]
    if parse.dep[clause] != "relcl" or not parse.is_noun(noun) or parse.lemma[noun] not in event_lexicon().nouns:
        return []
    return places_under(scene, noun, surfaces=True) or inner_place(scene, noun, 0)


def when_there(scene: Scene, frame: Frame) -> list[Referent]:
    """Where the clause is whose day a clause with "when" goes on from: "burned in Lima on Friday, *when* crowds"."""
    parse, clause = scene.parse, clause_of(scene.parse, frame.token)
    noun = parse.head[clause]
    when = any(parse.word[kid] == "when" for kid in parse.children(clause, "advmod"))
    if parse.dep[clause] != "relcl" or not when or frame.kind not in _ACTING or not parse.is_noun(noun):
        return []
    return places_under(scene, clause_of(parse, noun))
