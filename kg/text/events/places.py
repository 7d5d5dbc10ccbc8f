"""Where an event happened: place phrases of the trigger, then of its clause, then where the narrative is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import actors
from kg.text.events.subjects import surface_subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

LOCATING = frozenset({"in", "at", "near", "outside", "inside", "across", "throughout", "around", "off", "along"})
_SURFACES = frozenset({"on", "over", "through", "along"})
_BUILDINGS = frozenset({"at", "outside", "inside"})
_PLACE_KINDS = frozenset({"Place", "State"})
_CLIMBED = frozenset({"conj", "xcomp", "dobj", "pobj", "prep", "nsubjpass", "advcl", "acl", "nsubj", "attr"})
_SPOKEN = frozenset({"Statement", "Appeal", "Demand", "Accusation", "Rejection", "Threat", "Support"})
_AT_LEAD = _SPOKEN | {"Meeting", "Summit", "Negotiation", "Agreement", "Visit"}
_GATHERING = frozenset({"Meeting", "Summit", "Negotiation", "Agreement", "Consultation", "Vote"})
_PHYSICAL = frozenset(
    {"Attack", "Killing", "Protest", "Mobilisation", "Coercion", "Detention", "Retreat", "WeaponsTest", "Visit"}
)
_VIOLENT = frozenset({"Attack", "Killing", "Detention"})


def place_of(scene: Scene, frame: Frame) -> list[Referent]:
    """The places the text gives for an event, nearest phrase first; for what is said, where the speaker was told of."""
    parse = scene.parse
    surfaces = frame.kind in _PHYSICAL
    tokens = _placing_tokens(parse, frame)
    if surfaces:
        tokens.extend([kid for token in tokens for kid in parse.children(token, "dobj", "nsubjpass")])
    for token in tokens:
        found = places_under(scene, token, surfaces=surfaces)
        if found:
            return found
    if frame.kind in _VIOLENT:
        return _scene_of_violence(scene, frame)
    if "vote" in frame.trigger.flags:
        found = _seat(scene, frame)
        if found:
            return found
    if frame.kind in _GATHERING:
        found = _below(scene, frame.token)
        if found:
            return found
    if frame.kind in _SPOKEN | {"Vote", "Veto"} and _is_there(scene, frame):
        return [scene.story.place] if scene.story.place else []
    if frame.kind in _AT_LEAD and scene.dateline is not None and _opens_story(scene, frame.token):
        return [scene.dateline]
    return []


def _is_there(scene: Scene, frame: Frame) -> bool:
    """Whether who speaks is who the story placed last, or votes where it is."""
    if "vote" in frame.trigger.flags:
        return scene.story.place is not None
    agents = frame.roles.get("agent", [])
    there = scene.story.there
    return not there or any(one in there or one.state in there for one in agents)


def _opens_story(scene: Scene, token: int) -> bool:
    """Whether a verb belongs to the sentence that the dateline places."""
    return scene.parse.is_verb(token) and scene.parse.sentence[token] <= scene.dateline_end


def _placing_tokens(parse: Parse, frame: Frame) -> list[int]:
    tokens = [frame.token]
    if frame.companion is not None:
        tokens.append(frame.companion)
    for kid in parse.children(frame.token, "nsubj", "advcl"):
        # "the minister, speaking in Lima, said"
        tokens.extend(
            verb
            for verb in ([kid] if parse.is_verb(kid) else parse.children(kid, "acl"))
            if parse.lemma[verb] in ("speak", "meet", "talk", "gather")
        )
    here = frame.token
    for _ in range(4):
        head, label = parse.head[here], parse.dep[here]
        if head == here or label not in _CLIMBED or _is_apart(parse, here, label):
            break
        if parse.dep[head] != "prep":
            tokens.append(head)
        here = head
    return tokens


def _is_apart(parse: Parse, here: int, label: str) -> bool:
    """Whether the clause above is about something else."""
    if label == "nsubj" and parse.is_verb(here):
        return True
    if label == "advcl" and parse.child(here, "mark") is not None:
        return True
    return label == "conj" and parse.child(here, "nsubj", "nsubjpass") is not None


def places_under(scene: Scene, token: int, depth: int = 0, *, surfaces: bool = False) -> list[Referent]:
    """The places of the locating phrases below a token; with ``surfaces`` also "on" and "over"."""
    parse = scene.parse
    for kid in parse.children(token, "prep", "advmod", "agent"):
        if parse.word[kid] in LOCATING or (surfaces and parse.word[kid] in _SURFACES):
            for filler in parse.children(kid, "pobj"):
                found = _place(scene, filler, depth, building=parse.word[kid] in _BUILDINGS)
                if found:
                    return found
    return []


def _place(scene: Scene, filler: int, depth: int, *, building: bool = False) -> list[Referent]:
    parse = scene.parse
    if parse.lemma[filler] in words("events", "grammar", "settlement"):
        # "the Malian town of Gao": the name comes after
        return _inner_place(scene, filler, depth) or _named(scene, filler, building)
    return _named(scene, filler, building) or (_inner_place(scene, filler, depth) if depth < 4 else [])


def _named(scene: Scene, filler: int, building: bool) -> list[Referent]:
    kinds = _PLACE_KINDS | {"GovernmentBody"} if building else _PLACE_KINDS
    named = [one for item in scene.parse.conjuncts(filler) for one in scene.document.refer(scene.parse.doc[item])]
    return [one for one in named if one.kind in kinds]


def _inner_place(scene: Scene, filler: int, depth: int) -> list[Referent]:
    parse = scene.parse
    for kid in parse.children(filler, "prep", "appos", "acl"):
        if parse.dep[kid] == "appos":
            found = _named(scene, kid, False)
        elif parse.dep[kid] == "acl":
            heads = [
                name for as_ in parse.children(kid, "prep", "oprd") for name in [as_, *parse.children(as_, "pobj")]
            ]
            found = _named_any(scene, heads) if parse.lemma[kid] in ("know", "call", "name") else []
        elif parse.word[kid] in _inner_words(parse, filler):
            found = [place for inner in parse.children(kid, "pobj") for place in _place(scene, inner, depth + 1)]
        else:
            continue
        if found:
            return found
    return []


def _named_any(scene: Scene, heads: list[int]) -> list[Referent]:
    return [one for head in heads for one in _named(scene, head, False)]


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
            found = places_under(scene, token, surfaces=True) or _inner_place(scene, token, 0)
            if found:
                return found
    return []


def _below(scene: Scene, token: int, depth: int = 0) -> list[Referent]:
    """A city named deeper in the phrase: "are to discuss a widening of the ban in Brussels"."""
    for kid in scene.parse.children(token, "dobj", "prep", "pobj", "npadvmod"):
        found = [one for one in places_under(scene, kid) if one.kind == "Place"]
        found = found or (_below(scene, kid, depth + 1) if depth < 4 else [])
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


def note_place(scene: Scene, start: int, end: int) -> None:
    """Tells the story where the main clause of a sentence takes place, for what is said there next."""
    parse = scene.parse
    for index in range(start, end):
        if parse.head[index] == index and parse.is_verb(index):
            spoken = [
                kid for kid in parse.children(index, "advcl", "nsubj") for kid in (kid, *parse.children(kid, "acl"))
            ]
            for token in (index, *(kid for kid in spoken if parse.lemma[kid] == "speak")):
                found = [one for one in places_under(scene, token) if one.kind != "State"]
                if found:
                    scene.story.place = found[0]
                    scene.story.there = actors(scene.document, parse, surface_subjects(parse, index))


def find_dateline(scene: Scene) -> None:
    """Reads "LIMA, Peru —" at the head of the article: where its first sentence happens."""
    parse, document = scene.parse, scene.document
    for number, (start, end) in enumerate(parse.sentences[:4]):
        for index in range(start, min(end, start + 9)):
            if parse.word[index] in ("—", "–", "-", "--") and str(parse.doc[start]).isupper():
                spans = [span for span in document.spans if start <= span.start < index]
                places = [one for span in spans for one in span.referents if one.kind in _PLACE_KINDS]
                if places:
                    scene.dateline = places[0]
                    scene.dateline_end = number if end - index > 3 else number + 1
                return


def _inner_words(parse: Parse, filler: int) -> tuple[str, ...]:
    """The prepositions that lead on from a noun to a place: an attack is "on" a town."""
    inner = ("of", "in", "near", "at", "outside")
    return (*inner, "on") if parse.lemma[filler] in words("events", "sets", "attacks") else inner
