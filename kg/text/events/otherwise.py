"""What the words of an event tell of that is none: victories without a ballot, exercises called off, others' talks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.nominal import noun_trigger
from kg.text.events.subjects import adjunct_subject
from kg.text.factuality import PLANNED
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_GATHERING = frozenset({"leader", "president", "minister", "head", "chief", "king", "ruler", "chancellor", "premier"})
_HAPPENINGS = frozenset({"Resignation", "Visit", "Killing", "Detention", "Appointment", "PhoneCall"})
_LASTING = frozenset({"hour", "minute", "day", "night", "week", "month"})
_HOLDING = frozenset({"lead", "head", "hold", "serve", "occupy", "be", "govern", "rule", "become", "chair", "command"})


def means_otherwise(scene: Scene, frame: Frame) -> bool:
    """Whether what stands with the words of an event shows that something else is told."""
    test = _TESTS.get(frame.kind)
    return test is not None and test(scene, frame)


def is_attended(scene: Scene, frame: Frame, one: Referent) -> bool:
    """Whether a noun only tells where one man's doings lie: "told reporters *after the talks*" is no talks of his."""
    parse, document, noun = scene.parse, scene.document, frame.token
    if one.kind not in ("Person", "State") or not parse.is_noun(noun) or parse.dep[noun] != "pobj":
        return False
    if parse.word[parse.head[noun]] == "of" and parse.lemma[parse.head[parse.head[noun]]] in _LASTING:
        return False  # "after four hours *of talks*, she said": those she has held
    heads = [head for head in adjunct_subject(parse, noun) if parse.tag[head] == "NNS"]
    if frame.kind in ("Summit", "Meeting") and any(parse.lemma[head] in _GATHERING for head in heads):
        return False  # "leaders of 40 states, at their summit in Lima, said"
    return not any(one in document.refer(parse.doc[here]) for here in range(*parse.subtree(noun)))


def is_happening(parse: Parse, verb: int, head: int) -> bool:
    """Whether a thing that happened is the subject: "the resignation *of Ann Lee* removed an obstacle"."""
    if parse.tag[head] != "NN" or not parse.is_verb(verb) or parse.lemma[head] not in event_lexicon().nouns:
        return False
    trigger = noun_trigger(parse, head)
    return trigger is not None and trigger.kind in _HAPPENINGS


def _is_otherwise_won(scene: Scene, frame: Frame) -> bool:
    """Whether what is won is no poll: "a *diplomatic* victory", "secured the *ninth* vote"."""
    parse, prize = scene.parse, frame.companion
    if prize is None:
        return False
    before = {parse.word[kid] for kid in parse.children(prize, "amod", "compound")}
    if parse.lemma[prize] == "vote" and parse.tag[prize] == "NN":
        return bool(before & words("events", "sets", "ordinals"))
    return bool(before & words("events", "sets", "unpolled"))


def _is_broken_off(scene: Scene, frame: Frame) -> bool:
    """Whether what was done together ends or is put off: "suspended joint exercises with Chad"."""
    parse, noun = scene.parse, frame.token
    verb = parse.head[noun]
    ended = parse.lemma[verb] in words("events", "sets", "ending")
    return parse.is_noun(noun) and ended and parse.dep[noun] in ("dobj", "nsubjpass")


def _is_mustered(scene: Scene, frame: Frame) -> bool:
    """Whether arms are sent to nobody who could use them: "has sent fighter jets and a warship"."""
    parse, arms = scene.parse, words("events", "sets", "troops")
    if frame.companion is None or parse.lemma[frame.companion] not in arms or frame.roles.get("target"):
        return False
    named = any(scene.document.refer(parse.doc[here]) for here in range(*parse.subtree(frame.companion)))
    return not named and parse.lemma[frame.token] in ("send", "dispatch", "fly", "rush")


def _is_only_pledged(scene: Scene, frame: Frame) -> bool:
    """Whether a settlement is only what a paper or a word promises: "a declaration pledging to settle disputes"."""
    parse, verb = scene.parse, frame.token
    pledging = parse.lemma[parse.head[verb]] in ("pledge", "promise", "vow", "commit", "undertake", "oblige", "bind")
    return frame.judgement.mood == PLANNED and pledging and parse.lemma[verb] in ("settle", "resolve", "end", "compose")


def _is_labelled(scene: Scene, frame: Frame) -> bool:
    """Whether something is only called a name: "called the strikes *an aggression*"."""
    parse, verb, noun = scene.parse, frame.token, frame.companion
    if parse.lemma[verb] != "call" or noun is None or not parse.is_verb(verb):
        return False
    labels = [*parse.children(verb, "oprd", "attr"), *(kid for kid in parse.children(noun, "appos") if kid > noun)]
    return (
        parse.child(noun, "det") is not None
        and parse.word[noun - 1] in ("the", "this", "these", "those")
        and any(parse.child(label, "det") is not None or parse.tag[label] == "JJ" for label in labels)
    )


_TESTS: dict[str, Callable[[Scene, Frame], bool]] = {
    "Election": _is_otherwise_won,
    "Cooperation": _is_broken_off,
    "Agreement": _is_only_pledged,
    "Aid": _is_mustered,
    "Protest": _is_labelled,
}


def is_feat(scene: Scene, frame: Frame) -> bool:
    """Whether somebody only did it first: "became the first president *to visit* Peru" took no office."""
    parse, verb = scene.parse, frame.token
    if parse.lemma[verb] != "become":
        return False
    below = [*parse.children(verb, "xcomp"), *(kid for attr in parse.kids[verb] for kid in parse.kids[attr])]
    deeds = [kid for kid in below if any(parse.word[aux] == "to" for aux in parse.children(kid, "aux"))]
    return any(parse.lemma[deed] not in _HOLDING for deed in deeds)
