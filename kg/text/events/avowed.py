"""What a speaker only says of himself, and nothing that happened: "would welcome them", "explained her abstention"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import actors
from kg.text.events.subjects import subjects
from kg.text.factuality import PLANNED

if TYPE_CHECKING:
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Frame, Scene

# stands that somebody announces: what he says of them is all that there is
_STANDS = frozenset({"Support", "Appeal", "Cooperation"})
_GIVEN = frozenset({"Concession", "Aid"})
_DEEDS = frozenset({"Attack", "Killing", "Agreement"})
_UNBOUND = frozenset({"ready", "committed", "commit"})
_CAST = frozenset({"Vote", "Veto"})
_BALLOTS = frozenset({"abstention", "vote", "ballot"})


def is_only_said(scene: Scene, frame: Frame) -> bool:
    """Whether the text tells only that somebody says so: a stand to come, a promise, a deed of "ours"."""
    parse, token, kind = scene.parse, frame.token, frame.kind
    reported, coming = bool(frame.judgement.reports), frame.judgement.mood == PLANNED
    if coming and kind in _STANDS and reported and not _is_pledged(scene, frame):
        return True
    if coming and kind not in _GIVEN and _is_promised(scene, token):
        return True
    if kind == "Agreement" and parse.dep[token] == "acomp":
        return reported and parse.lemma[token] in _UNBOUND  # "said that his country stood ready to lead it"
    return kind in _DEEDS and _is_ours(scene, token)


def without_explained(scene: Scene, mentions: list[Told]) -> list[Told]:
    """The events without votes spoken of again: "explained *her abstention*", told where the votes were counted."""
    parse = scene.parse
    again = {
        number
        for number, one in enumerate(mentions)
        if one.event.kind == "Vote"
        and parse.lemma[one.token] in _BALLOTS
        and parse.is_noun(one.token)
        and parse.child(one.token, "poss") is not None
    }
    cast = any(one.event.kind in _CAST for number, one in enumerate(mentions) if number not in again)
    return [one for number, one in enumerate(mentions) if number not in again] if cast else mentions


def _is_pledged(scene: Scene, frame: Frame) -> bool:
    """ "Hungary said *it* would support the text": a state that says so binds itself."""
    verbs = frame.judgement.reports[:1]
    said = [one for verb in verbs for one in actors(scene.document, scene.parse, subjects(scene.parse, verb))]
    return frame.kind == "Support" and any(one.kind == "State" and one in frame.roles["agent"] for one in said)


def _is_promised(scene: Scene, token: int) -> bool:
    """ "Promised *to track* them down", and whatever is joined to that."""
    parse = scene.parse
    while parse.dep[token] == "conj" and parse.is_verb(parse.head[token]):
        token = parse.head[token]
    return parse.dep[token] == "xcomp" and parse.lemma[parse.head[token]] == "promise"


def _is_ours(scene: Scene, token: int) -> bool:
    """ "“*We* hit a camp,” she said": what the speaker's own side did, in his words."""
    parse = scene.parse
    if scene.quotes.at(parse.doc[token].idx) is None:
        return False
    while parse.dep[token] == "conj" and parse.is_verb(parse.head[token]) and parse.child(token, "nsubj") is None:
        token = parse.head[token]
    return any(parse.word[kid] in ("we", "i") for kid in parse.children(token, "nsubj"))
