"""Places around a trigger that no phrase of its own names: of those who act, of what is seized, in the same clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import GATHERING, PHYSICAL, SPOKEN
from kg.text.events.phrases import modifiers, prepositional
from kg.text.events.subjects import objects, surface_subjects
from kg.text.events.where.sites import LOCATING, SURFACES, named, place, places_under
from kg.text.events.where.venues import occasion_place
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_FAR = 8
_STEPS = frozenset({"pobj", "prep", "npadvmod", "agent", "pcomp", "appos", "conj", "advmod", "compound", "nmod"})
_CARRYING = frozenset({"in", "at", "on", "by", "with", "during", "near", "outside", "inside"})
_SEIZING = frozenset({"Attack", "Killing", "Coercion", "Detention", "Mobilisation"})


def whereabouts(scene: Scene, frame: Frame) -> list[Referent]:
    """Where those are who do it: "police *in Cairo* arrested", "the envoy, *who was in Oslo*, said"."""
    parse = scene.parse
    if not parse.is_verb(frame.token):
        return []
    for subject in _acting(scene, frame):
        common = parse.tag[subject] in ("NN", "NNS") and frame.kind in PHYSICAL | {"Vote", "Sanction"}
        found = (places_under(scene, subject) if common else []) or _told_of(scene, subject)
        if found:
            return found
    return []


def _acting(scene: Scene, frame: Frame) -> list[int]:
    """The subjects of the trigger; of the clause above too, where "he" in "when he said" is who acts there."""
    parse = scene.parse
    found = surface_subjects(parse, frame.token)
    above = parse.head[frame.token]
    if parse.dep[frame.token] == "advcl" and above != frame.token and frame.kind in SPOKEN:
        agents = frame.roles.get("agent", [])
        outer = surface_subjects(parse, above)
        found = [*found, *(one for one in outer if any(r in agents for r in scene.document.refer(parse.doc[one])))]
    return found


def _told_of(scene: Scene, subject: int) -> list[Referent]:
    """Where a clause or phrase beside a name says its bearer is: "Ann Lee, on a visit to Lima, …"."""
    parse = scene.parse
    for clause in parse.children(subject, "relcl", "acl"):
        if parse.lemma[clause] not in words("places", "words", "staying") or clause in scene.times:
            continue  # "Ann Lee, who visited Lima last month"
        goals = [noun for word in ("to", "into") for noun in prepositional(parse, clause, word)]
        seen = list(parse.children(clause, "dobj")) if parse.lemma[clause] in ("visit", "tour") else []
        found = places_under(scene, clause) or [one for noun in (*goals, *seen) for one in named(scene, noun, False)]
        if found:
            return found
    for kid in parse.children(subject, "prep"):
        if parse.word[kid] in ("on", "at", "during", "in"):
            found = [one for noun in parse.children(kid, "pobj") for one in occasion_place(scene, noun)]
            if found:
                return found
    return []


def seized(scene: Scene, frame: Frame) -> list[Referent]:
    """What is invaded or captured is where that happens: "*the town* which its troops took", "the siege *of* X"."""
    parse = scene.parse
    tokens = [frame.token, *([frame.companion] if frame.companion is not None else [])]
    tokens.extend(sorted(_together(parse, frame.token) - {frame.token}))
    if frame.kind not in _SEIZING or not any(
        parse.lemma[token] in words("places", "words", "conquests") for token in tokens
    ):
        return []
    heads = [noun for token in tokens for noun in (objects(parse, token) if parse.is_verb(token) else ())]
    heads.extend(noun for token in tokens for word in ("of", "into") for noun in prepositional(parse, token, word))
    return next((found for head in heads if (found := place(scene, head, 0))), [])


def around(scene: Scene, frame: Frame) -> list[Referent]:
    """The nearest place of the clause that a locating phrase names, however deep: "a mile *inside Peru*"."""
    parse = scene.parse
    clause = frame.token
    if parse.dep[clause] in ("dobj", "nsubj") and parse.lemma[parse.head[clause]] in words(
        "places", "words", "commenting"
    ):
        return []
    while not parse.is_verb(clause) and parse.head[clause] != clause:
        clause = parse.head[clause]
    alone = frame.kind in PHYSICAL and has_own_goal(parse, clause)
    clauses = frozenset({clause}) if alone else _together(parse, clause)
    begin, finish = parse.sentences[parse.sentence[frame.token]]
    quoted = scene.quotes.at(parse.doc[frame.token].idx)
    found: list[tuple[int, list[Referent]]] = []
    for span in _places_within(scene, begin, finish):
        preposition = _preposition(parse, span)
        if preposition is None or (frame.kind in SPOKEN and preposition > frame.token):
            continue
        if scene.quotes.at(parse.doc[span].idx) != quoted:
            continue
        word = parse.word[preposition]
        locates = word in LOCATING or (frame.kind in PHYSICAL and word in SURFACES and word != "into")
        if locates and _reaches(scene, frame, preposition, clauses):
            found.append((abs(span - frame.token), place(scene, span, 0)))
    return next((places for _, places in sorted(found, key=lambda item: item[0]) if places), [])


def _together(parse: Parse, clause: int) -> frozenset[int]:
    """A clause and those before it that it only continues: "bombed a camp and *killed* ten"."""
    clauses = {clause}
    while parse.dep[clause] in ("conj", "xcomp") and parse.child(clause, "nsubj", "nsubjpass") is None:
        clause = parse.head[clause]
        clauses.add(clause)
    return frozenset(clauses)


def _places_within(scene: Scene, begin: int, finish: int) -> Iterator[int]:
    for index in range(begin, finish):
        span = scene.document.by_root.get(index)
        if span is None or span.root != index or span.form == "pronoun":
            continue
        if any(one.kind in ("Place", "State") for one in span.referents):
            yield index


def _preposition(parse: Parse, token: int) -> int | None:
    """The preposition that a name follows, itself or as a part of the phrase: "in the Peruvian town of Tarvi"."""
    here = token
    for _ in range(3):
        head = parse.head[here]
        if parse.dep[here] == "pobj" and parse.word[head] != "of":
            return head
        if parse.dep[here] not in ("pobj", "prep", "conj", "appos") or head == here:
            return None
        if parse.dep[here] == "prep" and not _is_land(parse, head):
            return None
        here = head
    return None


def _is_land(parse: Parse, noun: int) -> bool:
    """Whether a noun is a part of what it is "of": "the north of Mali", not "the request of Mali"."""
    lemma = parse.lemma[noun]
    kinds = (("events", "grammar", "settlement"), ("places", "words", "spots"), ("places", "words", "scenes"))
    return lemma in words("places", "words", "parts") or any(lemma in words(*kind) for kind in kinds)


def _reaches(scene: Scene, frame: Frame, preposition: int, clauses: frozenset[int]) -> bool:
    """Whether only phrases that may carry a place lie between it and the clause."""
    parse, here = scene.parse, preposition
    for _ in range(_FAR):
        head = parse.head[here]
        if head in clauses:
            return _is_circumstance(scene, frame, here)
        dep = parse.dep[here]
        loose = dep == "advcl" and parse.is_noun(here)
        if head == here or parse.is_verb(head) or not (dep in _STEPS or loose or _opens(parse, here)):
            return False
        if dep == "prep" and here != preposition and not _carries(parse, here):
            return False
        if frame.kind in SPOKEN and any(r.kind != "Place" for r in scene.document.refer(parse.doc[head])):
            return False
        here = head
    return False


def _carries(parse: Parse, preposition: int) -> bool:
    """Whether a phrase sets a scene: "before the cameras in a hall", but not "before the attack in Lima"."""
    if parse.word[preposition] != "before":
        return parse.word[preposition] in _CARRYING
    return not any(parse.lemma[noun] in event_lexicon().nouns for noun in parse.children(preposition, "pobj"))


def _opens(parse: Parse, here: int) -> bool:
    return parse.dep[here] == "pobj"


def _is_circumstance(scene: Scene, frame: Frame, top: int) -> bool:
    """Whether a phrase directly below the clause tells how, when or where, and not of what is spoken."""
    parse = scene.parse
    label = parse.dep[top]
    if label in ("nsubj", "csubj", "relcl", "ccomp"):
        return False
    if label in ("dobj", "nsubjpass"):
        return frame.kind in PHYSICAL or frame.kind in GATHERING
    return label != "prep" or parse.word[top] in LOCATING | SURFACES or _carries(parse, top)


def is_remote(scene: Scene, token: int) -> bool:
    """Whether something is said over the air or in writing: "in a radio address", "on Twitter"."""
    parse, remote = scene.parse, words("places", "words", "remote")
    owners = [token, *parse.children(token, "dobj")]
    told = (kid for owner in owners for kid in parse.children(owner, "prep"))
    media = [kid for kid in told if parse.word[kid] in ("in", "on", "by", "via", "over")]
    nouns = [noun for kid in media for noun in parse.children(kid, "pobj")]
    if parse.lemma[token] in remote:
        return True
    return any(parse.lemma[one] in remote for noun in nouns for one in (noun, *modifiers(parse, noun)))


def has_own_goal(parse: Parse, verb: int) -> bool:
    """Whether a clause tells by itself where: "shut the embassy in Lima and *sent troops to the frontier*"."""
    owners = [verb, *parse.children(verb, "dobj")]
    phrases = [kid for owner in owners for kid in parse.children(owner, "prep", "dative")]
    return any(parse.word[kid] in ("to", "into", "towards", "toward", "at", "near") for kid in phrases)
