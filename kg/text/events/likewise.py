"""Who does what another was just told to do: "Mali did the same", "Chad followed suit", "Niger answered in kind"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Role
from kg.text.events.anaphora import Told
from kg.text.events.build import report
from kg.text.events.frames import Frame
from kg.text.events.kinds import SPOKEN
from kg.text.events.participants import actors
from kg.text.events.subjects import subjects
from kg.text.factuality import PLANNED, judge
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from kg.model import Event
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse

_AUXILIARY = frozenset({"do", "does", "did", "has", "have", "had", "is", "was", "were"})
_BEFORE = frozenset({"and", ",", ";", "–", "—"})
# what is not done again by another: one holds the talks, one dies
_REPEATED = frozenset(
    {"Statement", "Accusation", "Appeal", "Demand", "Rejection", "Threat", "Support", "Recognition", "Sanction"}
    | {"Expulsion", "Retreat", "Concession", "Mobilisation", "Aid", "Vote", "Visit", "Agreement", "Resignation"}
)


def likewise(scene: Scene, start: int, end: int, before: list[Told]) -> list[Told]:
    """The events that a sentence tells only by likening them to the one told before."""
    parse = scene.parse
    found: list[Told] = []
    for verb in range(start, end):
        answers = _answers(parse, verb)
        if not answers and not _likens(parse, verb, start):
            continue
        heads = subjects(parse, verb) or list(parse.children(verb, "nsubj", "attr", "dobj"))
        agents = actors(scene.document, parse, heads)
        model = _model(scene, verb, before)
        judgement = judge(parse, verb)
        if model is None or not agents or not judgement.is_event:
            continue
        did = {role.key for role in model.event.roles if role.name == "agent"}
        if not answers and model.event.kind != "Statement" and {one.key for one in agents} <= did:
            continue  # told of them already: "Mali condemned it; so did Chad"
        if judgement.mood == PLANNED and model.event.kind in SPOKEN:
            continue  # "was expected to follow suit"
        frame = Frame(verb, event_lexicon().verbs["say"][-1], judgement=judgement, roles={"agent": agents})
        found.extend(
            Told(_again(scene, one.event, frame, answers=answers), token=verb) for one in _with_more(model, before)
        )
    return found


def _again(scene: Scene, told: Event, frame: Frame, *, answers: bool) -> Event:
    """What was told, of those who did it once more, on the day told with that."""
    kept = [role for role in told.roles if role.name not in ("agent", "place")]
    if answers:
        kept = [Role(name="target", key=_party(scene, role.key)) for role in told.roles if role.name == "agent"]
    roles = {*kept, *(Role(name="agent", key=one.key) for one in frame.roles["agent"] if one.key)}
    time = next((time for time in scene.times.get(frame.token, ()) if time.past is not None), None)
    when = time.past if time else None
    return replace(
        told,
        date=when.start if when else told.date,
        end_date=when.end if when else told.end_date,
        date_text=time.text if time else told.date_text,
        evidence=report(scene, frame),
        roles=tuple(sorted(roles, key=lambda role: (role.name, role.key))),
        quotation="",
    )


def _with_more(model: Told, before: list[Told]) -> list[Told]:
    """The event likened to, with what its doer undertook by saying it: "Chad said it *would not sign*, and so did"."""
    if model.event.kind != "Statement":
        return [model]
    doers = {role.key for role in model.event.roles if role.name == "agent"}
    same = (one for one in before if one is not model and one.event.evidence.begin == model.event.evidence.begin)
    undertaken = (one for one in same if one.event.kind in _REPEATED - {"Statement"})
    return [model, *(o for o in undertaken if {r.key for r in o.event.roles if r.name == "agent"} == doers)]


def _likens(parse: Parse, verb: int, start: int) -> bool:
    """ "did the same", "did likewise", "followed suit"; "So did", "So has" at the head of a sentence."""
    if parse.lemma[verb] == "follow":
        return any(parse.word[kid] in ("suit", "lead", "example") for kid in parse.children(verb, "dobj"))
    if parse.lemma[verb] == "do":
        same = (parse.word[kid] for kid in parse.children(verb, "dobj", "advmod", "attr"))
        if any(word in ("same", "likewise") for word in same):
            return True
    if parse.word[verb] not in _AUXILIARY or parse.dep[verb] in ("aux", "auxpass"):
        return False
    if parse.lemma[verb] == "do" and parse.child(verb, "dobj") is None:
        after = parse.word[verb + 1 : verb + 3]
        if after[:1] == ["too"] or after == ["as", "well"] or after in (["so", "too"], ["so", "also"]):
            return True  # "Norway condemned it and Sweden *did too*"
    so = next((index for index in range(verb - 1, max(start, verb - 7) - 1, -1) if parse.word[index] == "so"), -1)
    opens = so == start or (so > start and parse.word[so - 1] in _BEFORE)
    return opens and (verb == so + 1 or parse.word[so + 1] == ",") and parse.child(verb, "nsubj") != verb - 1


def _party(scene: Scene, key: str) -> str:
    """The key of the state for which somebody acts, else his own."""
    actor = next((one for one in scene.document.referents if one.key == key), None)
    return actor.state.key if actor and actor.kind == "Person" and actor.state else key


def _answers(parse: Parse, verb: int) -> bool:
    """ "responded in kind", "reciprocated": he does to the other what was done to him."""
    if not parse.is_verb(verb):
        return False
    if any(parse.child(kid, "pcomp") is not None for kid in parse.children(verb, "prep")):
        return False  # "reciprocated by expelling two": what he does is told
    in_kind = any(parse.word[kind] == "kind" for kid in parse.children(verb, "prep") for kind in parse.kids[kid])
    return parse.lemma[verb] == "reciprocate" or (in_kind and parse.lemma[verb] in words("events", "sets", "answering"))


def _model(scene: Scene, verb: int, before: list[Told]) -> Told | None:
    """The event told last in the sentence before, of a main clause if there is one."""
    parse = scene.parse
    near = [one for one in before if 0 <= parse.sentence[verb] - parse.sentence[one.token] <= 1]
    near = [one for one in near if one.event.kind in _REPEATED and one.token >= 0 and one.token != verb]
    main = [one for one in near if parse.head[one.token] == one.token]
    here = [one for one in near if parse.sentence[one.token] == parse.sentence[verb]]
    main = [one for one in main if one in here] or here[-1:] or main
    last = (main or near[-1:])[-1:]
    return next((one for one in near if last and one.token == last[0].token), None)
