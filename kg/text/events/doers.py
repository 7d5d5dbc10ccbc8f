"""Who did what a sentence tells without its doer: those whom the sentences before told of.

"Rebels stormed Tarvi. Ten soldiers died": by their hand. "The army arrested the president. He is being held": by it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Role
from kg.text.events.mentions import role_keys, sentence_of
from kg.text.events.phrases import prepositional
from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model import Event
    from kg.text.document import Referent
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Scene

_NEAR = 2
_VIOLENT = frozenset({"Attack", "Killing"})
_HARM = frozenset({"kill", "shoot", "wound", "injure", "execute", "murder", "massacre", "slaughter", "hurt"})
_OF_POWER = frozenset({"Detention", "Expulsion", "Concession", "Coercion", "Sanction"})
_ENDING = frozenset({"Retreat", "Agreement", "Negotiation", "Meeting"})
_URGING = frozenset({"Appeal", "Demand"})


def share_doers(scene: Scene, mentions: list[Told], cast: Mapping[str, Referent]) -> None:
    """Gives deaths and acts of power that are told without a doer those who did what was told before."""
    for number, mention in enumerate(mentions):
        event = mention.event
        if mention.token < 0 or event.planned or role_keys(event, "agent"):
            continue
        if _is_death(scene, mention):
            _fall(scene, mentions[:number], mention, cast)
        elif event.kind in _OF_POWER and _is_undone_to(scene, mention):
            _suffer(scene, mentions[:number], mention, cast)


# -- deaths ----------------------------------------------------------------------------------------------------------


def _is_death(scene: Scene, mention: Told) -> bool:
    parse, token = scene.parse, mention.token
    if mention.event.kind == "Killing":
        return True
    return mention.event.kind == "Attack" and parse.is_passive(token) and parse.lemma[token] in _HARM


def _fall(scene: Scene, before: Sequence[Told], mention: Told, cast: Mapping[str, Referent]) -> None:
    """Those who died are the victims of the fighting that the text has just told of."""
    if _has_other_cause(scene, mention.token):
        return
    toll = _is_toll(scene, mention)
    for other in reversed(before):
        gap = sentence_of(scene, mention) - sentence_of(scene, other)
        if gap > _NEAR * (not toll) or other.event.planned:
            break
        if other.event.kind in _ENDING | _URGING and _is_of_fighting(scene, mention.token):
            parties = role_keys(other.event, "target" if other.event.kind in _URGING else "agent")
            if gap <= 1 and len(parties) > 1 and all(_is_party(cast.get(key)) for key in parties):
                _fall_on_both(mention, parties, cast)
                return
        if toll:
            continue
        if other.event.kind in _VIOLENT and other.token >= 0:
            if _is_one_fight(mention.event, other.event, cast) and not _is_between_both(scene, mention.token):
                _take_sides(mention, other.event, cast, civilian=_are_civilians(scene, mention.token))
            return


def _fall_on_both(mention: Told, parties: frozenset[str], cast: Mapping[str, Referent]) -> None:
    """Both sides killed who died between them; soldiers of theirs who died are of both."""
    fallen = role_keys(mention.event, "target")
    if not fallen:
        mention.event = _with(mention.event, "agent", parties)
    elif _sides(fallen, cast) & parties and not any(_is_person(cast.get(key)) for key in fallen):
        others = tuple(role for role in mention.event.roles if role.name != "target")
        mention.event = _with(replace(mention.event, roles=others), "target", parties)


def _take_sides(mention: Told, fight: Event, cast: Mapping[str, Referent], *, civilian: bool) -> None:
    """Whoever struck killed those of the other side; where both sides fought, nobody is known to have.

    Civilians who died are of a state that was struck, but not its soldiers.
    """
    victims = _sides(role_keys(mention.event, "target"), cast)
    strikers, struck = role_keys(fight, "agent"), role_keys(fight, "target")
    if victims & _sides(strikers, cast):
        if struck and all(_is_party(cast.get(key)) for key in struck) and not victims & _sides(struck, cast):
            mention.event = _with(mention.event, "agent", struck)
        return
    mention.event = _with(mention.event, "agent", strikers)
    if not role_keys(mention.event, "target"):
        mention.event = _with(
            mention.event, "target", {key for key in struck if _is_party(cast.get(key), states=civilian)}
        )


def _are_civilians(scene: Scene, token: int) -> bool:
    """Whether the dead are told to bear no arms: "two *civilians* died", "the number of *civilian* dead"."""
    start, end = scene.parse.subtree(token)
    return any(scene.parse.lemma[index] in words("events", "sets", "unarmed") for index in range(start, end))


def _is_one_fight(event: Event, fight: Event, cast: Mapping[str, Referent]) -> bool:
    """Whether nothing told of day and place sets a death apart from a fight."""
    if event.date_text and fight.date and (event.date, event.end_date) != (fight.date, fight.end_date):
        return False
    here, there = (_places(role_keys(one, "place"), cast) for one in (event, fight))
    return not here or not there or bool(here & there)


def _is_toll(scene: Scene, mention: Told) -> bool:
    """Whether a figure counts since some day, and not those of one fight: "1,000 have been killed since May"."""
    event = mention.event
    since = any(scene.parse.word[kid] == "since" for kid in scene.parse.kids[mention.token])
    return bool(event.end_date) or since


def _has_other_cause(scene: Scene, token: int) -> bool:
    """Whether the text tells of what they died: "died of hunger", "was killed in a crash"."""
    parse = scene.parse
    causes = [noun for word in ("of", "from") for noun in prepositional(parse, token, word)]
    if any(parse.lemma[noun] not in ("wound", "injury") for noun in causes) and parse.is_verb(token):
        return True
    for clause in parse.children(token, "advcl"):
        if any(parse.word[mark] in ("when", "after", "as") for mark in parse.children(clause, "advmod", "mark")):
            return True  # an attack there would have told who
    inside = [noun for word in ("in", "during") for noun in prepositional(parse, token, word)]
    return any(parse.lemma[noun] in words("events", "sets", "nature") for noun in inside)


def _is_between_both(scene: Scene, token: int) -> bool:
    """Whether they died in what takes two, so that either side may have killed them: "200 died *in the fighting*"."""
    inside = [noun for word in ("in", "during") for noun in prepositional(scene.parse, token, word)]
    return any(scene.parse.lemma[noun] in words("events", "sets", "melees") for noun in inside)


def _is_of_fighting(scene: Scene, token: int) -> bool:
    """Whether they died in the fighting that a noun of the sentence tells of."""
    parse = scene.parse
    start, end = parse.sentences[parse.sentence[token]]
    return any(
        parse.tag[i] in ("NN", "NNS") and parse.lemma[i] in words("events", "sets", "hostilities")
        for i in range(start, end)
    )


# -- acts of power -----------------------------------------------------------------------------------------------------


def _is_undone_to(scene: Scene, mention: Told) -> bool:
    """Whether somebody only suffers it: "was arrested", "walked out of jail"."""
    parse, token = scene.parse, mention.token
    return parse.is_verb(token) and (
        parse.is_passive(token) or parse.tag[token] == "VBN" or mention.event.kind == "Concession"
    )


def _suffer(scene: Scene, before: Sequence[Told], mention: Told, cast: Mapping[str, Referent]) -> None:
    """Who holds somebody lets him go; who has just seized him holds him; this state dismisses an officer."""
    victims = role_keys(mention.event, "target")
    powers = _captor(before, victims) if mention.event.kind == "Concession" else frozenset[str]()
    powers = powers or _who_acted(scene, before, mention) or _employer(mention, cast)
    if powers and not powers & victims:
        mention.event = _with(mention.event, "agent", powers)


def _captor(before: Sequence[Told], victims: frozenset[str]) -> frozenset[str]:
    """Who was last told to hold them."""
    for other in reversed(before):
        if other.event.kind == "Detention" and victims & role_keys(other.event, "target"):
            return role_keys(other.event, "agent")
    return frozenset()


def _who_acted(scene: Scene, before: Sequence[Told], mention: Told) -> frozenset[str]:
    """Who has just done something of the kind to the same people."""
    victims = role_keys(mention.event, "target")
    for other in reversed(before):
        if sentence_of(scene, mention) - sentence_of(scene, other) > _NEAR:
            break
        doers = role_keys(other.event, "agent")
        if other.event.kind in _OF_POWER | _VIOLENT and victims & role_keys(other.event, "target") and doers:
            return doers
    return frozenset()


def _employer(mention: Told, cast: Mapping[str, Referent]) -> frozenset[str]:
    """The state that puts its own officer out of office: "the admiral was dismissed"."""
    own = [one.state for key in role_keys(mention.event, "target") if (one := cast.get(key)) and one.kind == "Person"]
    official = mention.event.kind == "Expulsion" and len(own) == 1
    return frozenset(one.key for one in own if one is not None and one.key) if official else frozenset()


# -- keys ------------------------------------------------------------------------------------------------------------


def _sides(keys: frozenset[str], cast: Mapping[str, Referent]) -> frozenset[str]:
    """The keys with those of the states that they are of."""
    states = (one.state.key for key in keys if (one := cast.get(key)) is not None and one.state is not None)
    return keys | frozenset(states)


def _places(keys: frozenset[str], cast: Mapping[str, Referent]) -> frozenset[str]:
    """The keys of places with those of the states in which they lie."""
    return _sides(keys, cast)


def _is_person(one: Referent | None) -> bool:
    return one is not None and one.kind == "Person"


def _is_party(one: Referent | None, *, states: bool = False) -> bool:
    """Whether it is one side of a fight; with ``states`` only a state."""
    if one is None or one.kind in ("Person", "Place", "Document", "MediaOrganisation"):
        return False
    return one.kind == "State" or not states


def _with(event: Event, name: str, keys: frozenset[str] | set[str]) -> Event:
    roles = {*event.roles, *(Role(name=name, key=key) for key in keys)}
    return replace(event, roles=tuple(sorted(roles, key=lambda role: (role.name, role.key))))
