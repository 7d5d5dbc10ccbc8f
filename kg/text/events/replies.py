"""To whom one replies where only the thing is named: "Mali asked for troops. Chad turned down *the request*".

A refusal, blame or praise whose object is "the request", "the claim", "the step" is of whoever made or took it, in the
same sentence or in those just before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Role
from kg.text.events.kinds import SPOKEN
from kg.text.events.mentions import role_keys, sentence_of
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.model import Event
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse

_REPLYING = frozenset({"Rejection", "Accusation", "Support", "Concession"})
_ASKING = frozenset({"Appeal", "Demand", "Threat", "Agreement", "Mediation"})
_SHARED = frozenset(
    {"Agreement", "Meeting", "Negotiation", "Summit", "PhoneCall", "Visit", "Election", "Investigation"}
)
_CHARGING = frozenset({"Accusation", "Statement"})
_DEEDS = ("WeaponsTest", "Attack", "Killing", "Expulsion", "Sanction", "Retreat", "Detention", "Coercion", "Visit")
_BACK, _FAR = 2, 6  # sentences; the second where the words are akin
_STEM = 5  # letters
_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "all", "an", "any"})
_ABOUT = ("to", "at", "over", "of", "by", "against", "about", "with", "as")


def reply(scene: Scene, mentions: list[Told]) -> None:
    """Gives replies that name nobody those to whom they reply."""
    for number, mention in enumerate(mentions):
        if mention.event.kind not in _REPLYING or mention.token < 0 or role_keys(mention.event, "target"):
            continue
        kinds = _kinds(scene.parse, mention.token)
        if kinds is None:
            continue
        makers = _makers(scene, mentions[:number], mention, kinds)
        if makers:
            roles = {*mention.event.roles, *(Role(name="target", key=key) for key in makers)}
            ordered = tuple(sorted(roles, key=lambda role: (role.name, role.key)))
            mention.event = replace(mention.event, roles=ordered)


def _kinds(parse: Parse, token: int) -> frozenset[str] | None:
    """The kinds of event that the thing replied to may be; an empty set for any deed, none if nothing points back."""
    if not parse.is_verb(token):
        return None
    for thing in _things(parse, token):
        if not _points_back(parse, thing):
            continue
        lemma = parse.lemma[thing]
        if lemma in words("events", "replies", "asked"):
            return _ASKING
        if lemma in words("events", "replies", "charged") or lemma in words("events", "replies", "worded"):
            return _CHARGING
        named = frozenset(kind for kind in _DEEDS if lemma in words("events", "retold", "kinds", kind))
        if named or lemma in words("events", "replies", "voted"):
            return named or frozenset({"Vote", "Veto"})
        if lemma in words("events", "replies", "done"):
            return frozenset()
    return None


def _things(parse: Parse, verb: int) -> list[int]:
    """What is replied to: objects, and what the verb is about."""
    return [*objects(parse, verb), *(noun for word in _ABOUT for noun in prepositional(parse, verb, word))]


def _points_back(parse: Parse, noun: int) -> bool:
    """ "the request", and no more: nobody's in particular, and about nothing that is told here."""
    kids = [kid for kid in parse.kids[noun] if parse.dep[kid] not in ("punct", "amod", "cc", "conj")]
    return bool(kids) and all(parse.dep[kid] == "det" and parse.word[kid] in _POINTING for kid in kids)


def _makers(scene: Scene, before: list[Told], mention: Told, kinds: frozenset[str]) -> frozenset[str]:
    """Who did last what is replied to, and is not who replies."""
    own = role_keys(mention.event, "agent")
    bodies = (one for one in scene.document.referents if one.key in own and one.kind in ("GovernmentBody", "Person"))
    sides = {one.state.key for one in bodies if one.state is not None}
    for earlier in reversed(before):
        gap = sentence_of(scene, mention) - sentence_of(scene, earlier)
        if gap > (_FAR if kinds else 1) or earlier.token < 0:
            break
        if gap > _BACK and not _is_of_one_stem(scene.parse, mention.token, earlier.token):
            continue
        if not kinds and earlier.event.kind in SPOKEN:
            continue
        makers = role_keys(earlier.event, "agent")
        if kinds == _CHARGING and _is_comment(scene.parse, mention.token, earlier.token):
            continue
        if makers & sides:
            continue  # what one's own state did is not replied to
        if makers and _fits(earlier.event, kinds) and earlier.token < mention.token:
            return frozenset() if makers & own else makers
        if not kinds:
            break  # the deed told last is not one that "the step" means
    return frozenset()


def _is_comment(parse: Parse, token: int, earlier: int) -> bool:
    """Whether one replies to words on which others were told to have commented: "said *the remarks* showed"."""
    worded = words("events", "replies", "worded")
    if not any(parse.lemma[thing] in worded for thing in _things(parse, token)):
        return False
    start, end = parse.sentences[parse.sentence[earlier]]
    return any(parse.lemma[here] in worded and parse.tag[here][:2] == "NN" for here in range(start, end))


def _is_of_one_stem(parse: Parse, token: int, earlier: int) -> bool:
    """Whether the thing replied to has the name of what was done: "*proposed* talks", and later "the *proposal*"."""
    return any(parse.lemma[thing][:_STEM] == parse.lemma[earlier][:_STEM] for thing in objects(parse, token))


def _fits(event: Event, kinds: frozenset[str]) -> bool:
    if event.kind == "Vote" and event.choice != "For":
        return False  # those who adopted it
    return event.kind in kinds if kinds else event.kind not in SPOKEN | _SHARED
