"""When and where an event was, as other sentences tell it: "He made the remarks in Lima on Monday".

Runs over the events of a whole article in the order of the text, each with the token that tells of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Role
from kg.text.dates import When
from kg.text.events.participants import actors
from kg.text.events.places import GATHERING, SPOKEN
from kg.text.events.sites import places_under
from kg.text.events.subjects import subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.model import Event
    from kg.text.document import Referent
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Scene

_DAY = len("2012-06-05")
_TALKS = frozenset({"Meeting", "Negotiation", "Summit", "Consultation"})
_DECIDED = SPOKEN | {"Sanction", "Agreement", "Recognition", "Appointment", "Expulsion", "Concession"}
_NEAR = 2
_UTTERING = frozenset({"make", "issue", "give", "deliver", "voice"})
_HAVING = frozenset({"have", "has", "had", "'ve", "’ve", "'d", "’d"})


def complete(scene: Scene, mentions: list[Told]) -> None:
    """Adds to events what sentences before and after them tell of their time and place."""
    cast = {one.key: one for one in scene.document.referents if one.key}
    _speak_of(scene, mentions)
    _date_opening(scene, mentions)
    _date_news(scene, mentions)
    _share_meetings(scene, mentions)
    _stay(scene, mentions, cast)
    _share_stage(scene, mentions, cast)
    _narrow(scene, mentions, cast)
    _date_by_place(scene, mentions)


def _keys(event: Event, *names: str) -> frozenset[str]:
    return frozenset(role.key for role in event.roles if role.name in names)


def _placed(event: Event, places: frozenset[str]) -> Event:
    roles = {*event.roles, *(Role(name="place", key=key) for key in places)}
    return replace(event, roles=tuple(sorted(roles, key=lambda role: (role.name, role.key))))


def _sentence(scene: Scene, mention: Told) -> int:
    return scene.parse.sentence[mention.token]


def _agree(one: Event, other: Event) -> bool:
    """Whether both may be on one day."""
    return not one.date or not other.date or (one.date, one.end_date) == (other.date, other.end_date)


# -- what was said, spoken of again ----------------------------------------------------------------------------------


def _speak_of(scene: Scene, mentions: list[Told]) -> None:
    """ "He made the remarks in Lima on Monday", "She was speaking in Quito": where and when the last was said."""
    parse = scene.parse
    for number, (start, end) in enumerate(parse.sentences):
        for verb in (index for index in range(start, end) if _speaks_of(scene, index)):
            agents = actors(scene.document, parse, subjects(parse, verb))
            where = frozenset(one.key for one in _place_of_speech(scene, verb) if one.key)
            times = [time for time in scene.times.get(verb, ()) if time.past is not None]
            said = [m for m in mentions if m.event.kind in SPOKEN and number - _NEAR <= _sentence(scene, m) < number]
            said = [m for m in said if not agents or _by(m.event, agents)]
            for mention in said if agents else said[-1:]:
                event = mention.event
                if where and not _keys(event, "place"):
                    event = _placed(event, where)
                if times and times[0].past is not None and not event.date_text:
                    when = times[0].past
                    event = replace(event, date=when.start, end_date=when.end, date_text=times[0].text)
                mention.event = event


def _place_of_speech(scene: Scene, verb: int) -> list[Referent]:
    """Where a clause says it was: told with the verb, with what was made, or with its occasion."""
    parse = scene.parse
    phrases = [filler for kid in parse.children(verb, "prep") for filler in parse.children(kid, "pobj")]
    for token in (verb, *parse.children(verb, "dobj", "nsubjpass"), *phrases):
        found = places_under(scene, token)
        if found:
            return found
    return []


def _speaks_of(scene: Scene, verb: int) -> bool:
    """Whether a clause only says where or when something was said that was told before."""
    parse = scene.parse
    if not parse.is_verb(verb):
        return False
    if parse.lemma[verb] == "speak":
        progressive = parse.tag[verb] == "VBG" and any(parse.word[kid] in ("was", "were") for kid in parse.kids[verb])
        return progressive and parse.dep[verb] == "ROOT"
    nouns = parse.children(verb, "nsubjpass" if parse.is_passive(verb) else "dobj")
    return parse.lemma[verb] in _UTTERING and any(
        parse.lemma[noun] in words("places", "words", "sayings")
        and any(
            parse.word[kid] in ("the", "his", "her", "their", "its", "this", "these", "those")
            for kid in parse.kids[noun]
        )
        for noun in nouns
    )


def _by(event: Event, agents: list[Referent]) -> bool:
    """Whether one of them said it, or speaks for the state that did."""
    keys = {one.key for one in agents} | {one.state.key for one in agents if one.state is not None}
    return any(key in keys for key in _keys(event, "agent"))


def _date_opening(scene: Scene, mentions: list[Told]) -> None:
    """ "Peru has warned Chile … In a statement on Tuesday it said": the day of what the article opens with."""
    opening = [m for m in mentions if m.event.kind in SPOKEN and _is_perfect(scene, m.token)]
    opened = _opened(scene)
    for mention in (mention for mention in opening if _sentence(scene, mention) in opened):
        if mention.event.date or mention.event.planned:
            continue
        for other in mentions:
            gap = _sentence(scene, other) - _sentence(scene, mention)
            same = _keys(other.event, "agent") & _keys(mention.event, "agent")
            if 0 < gap <= _NEAR and same and other.event.kind in SPOKEN and other.event.date_text:
                event = other.event
                mention.event = replace(
                    mention.event, date=event.date, end_date=event.end_date, date_text=event.date_text
                )
                break


def _opened(scene: Scene) -> dict[int, When | None]:
    """The sentences that open the article or a section of it, with the day of the dateline."""
    if not scene.datelines:
        return {0: None}
    first = min(scene.datelines)
    opened: dict[int, When | None] = dict.fromkeys(range(first))
    opened |= {n: one.when for begin, one in scene.datelines.items() for n in range(begin, one.last + 1)}
    return opened


def _date_news(scene: Scene, mentions: list[Told]) -> None:
    """ "LIMA, May 3 — Peru has expelled an envoy": on the day that is told next of the same parties, else that day."""
    opened = _opened(scene)
    for number, mention in enumerate(mentions):
        event, day = mention.event, opened.get(_sentence(scene, mention))
        if event.date or event.planned or mention.token < 0 or day is None or not _is_perfect(scene, mention.token):
            continue
        if scene.parse.head[mention.token] != mention.token:
            continue
        parties = _keys(event, "agent", "target")
        for other in mentions[number + 1 :]:
            told = other.event
            near = _sentence(scene, other) - _sentence(scene, mention) <= _NEAR
            if near and told.date_text and len(told.date) == _DAY and parties & _keys(told, "agent", "target"):
                if told.date <= day.start and not told.end_date and not told.planned:
                    day = When(told.date)
                break
        mention.event = replace(event, date=day.start, end_date="")


def _date_by_place(scene: Scene, mentions: list[Told]) -> None:
    """ "She landed in Lima on Tuesday … After talks in Lima she said": still on Tuesday, unless told otherwise."""
    for number, mention in enumerate(mentions):
        event = mention.event
        if event.kind not in SPOKEN | _TALKS or event.date_text or event.planned or not _keys(event, "place"):
            continue
        if mention.token < 0 or _is_perfect(scene, mention.token):
            continue
        for other in reversed(mentions[:number]):
            told = other.event
            if not 0 <= _sentence(scene, mention) - _sentence(scene, other) <= 2 * _NEAR:
                break
            there = _keys(told, "place") == _keys(event, "place") and _keys(told, "agent") & _keys(event, "agent")
            if there and told.date_text and len(told.date) == _DAY and not told.end_date and not told.planned:
                mention.event = replace(event, date=told.date, end_date="")
                break


def _is_perfect(scene: Scene, token: int) -> bool:
    return any(scene.parse.word[kid] in _HAVING for kid in scene.parse.children(token, "aux"))


# -- who stays where -------------------------------------------------------------------------------------------------


def _share_meetings(scene: Scene, mentions: list[Told]) -> None:
    """One meeting told twice is in one place, and so is what a participant says after it."""
    talks = [m for m in mentions if m.event.kind in _TALKS and not m.event.planned]
    for mention in talks:
        if _keys(mention.event, "place"):
            continue
        for other in talks:
            agents, others = _keys(mention.event, "agent", "target"), _keys(other.event, "agent", "target")
            same = len(agents & others) > 1 and _agree(mention.event, other.event)
            if same and _keys(other.event, "place"):
                mention.event = _placed(mention.event, _keys(other.event, "place"))
                break
    by_token = {m.token: m.event for m in talks}
    for mention in mentions:
        if mention.event.kind not in SPOKEN or _keys(mention.event, "place"):
            continue
        for kid in scene.parse.children(mention.token, "prep"):
            for noun in scene.parse.children(kid, "pobj"):
                meeting = by_token.get(noun)
                if meeting and _keys(meeting, "place") and _keys(meeting, "agent") & _keys(mention.event, "agent"):
                    mention.event = _placed(mention.event, _keys(meeting, "place"))


def _stay(scene: Scene, mentions: list[Told], cast: dict[str, Referent]) -> None:
    """A person who speaks or acts somewhere is still there in the next sentence; so is a body at its meeting."""
    last: dict[str, Told] = {}
    for mention in mentions:
        event, kind = mention.event, mention.event.kind
        if mention.token < 0 or event.planned or _is_perfect(scene, mention.token):
            continue
        if not _keys(event, "place") and (kind in _DECIDED or kind in _TALKS):
            for key in sorted(_keys(event, "agent")):
                before = last.get(key)
                if before is not None and _stays(scene, before, mention, cast.get(key)):
                    event = mention.event = _placed(event, _keys(before.event, "place"))
                    break
        if _keys(event, "place") and (kind in SPOKEN | GATHERING or kind == "Visit"):
            for key in _keys(event, "agent"):
                last[key] = mention


def _share_stage(scene: Scene, mentions: list[Told], cast: dict[str, Referent]) -> None:
    """Who took part in what a report opens with speaks where that was, until he is told to be elsewhere."""
    for first, dateline in sorted(scene.datelines.items()):
        later = [number for number in scene.datelines if number > first]
        section = [m for m in mentions if first <= _sentence(scene, m) < min(later, default=len(scene.parse.sentences))]
        staged = [
            m for m in section if _sentence(scene, m) <= dateline.last + 1 and m.event.kind in GATHERING | {"Visit"}
        ]
        place = dateline.place.key if dateline.place is not None else ""
        staged = [m for m in staged if _keys(m.event, "place") == {place} and not m.event.planned]
        present = _persons_around(scene, staged)
        for mention in section if place else ():
            event = mention.event
            agents = _keys(event, "agent")
            if _keys(event, "place") - {place} and not event.planned:
                present = present - agents
            spoken = event.kind in SPOKEN | _TALKS and not _keys(event, "place") and not event.planned
            if not spoken or event.date_text or mention.token < 0 or not agents & present:
                continue
            if event.date and not any(_agree(event, one.event) for one in staged):
                continue
            if _is_main_past(scene, mention.token):
                mention.event = _placed(event, frozenset({place}))


def _persons_around(scene: Scene, staged: list[Told]) -> frozenset[str]:
    """The persons named in the sentences that tell of some events, and those who took part in them."""
    found = {key for mention in staged for key in _keys(mention.event, "agent", "target")}
    sentences = {_sentence(scene, mention) for mention in staged}
    for span in scene.document.spans:
        if scene.parse.sentence[span.start] in sentences:
            found |= {one.key for one in span.referents if one.kind == "Person" and one.key}
    return frozenset(key for key in found if key.startswith("person/"))


def _is_main_past(scene: Scene, token: int) -> bool:
    """Whether a main clause, or one joined to it, tells of it in the simple past."""
    parse = scene.parse
    while parse.dep[token] == "conj" and parse.head[token] != token:
        token = parse.head[token]
    return parse.tag[token] == "VBD" and parse.head[token] == token and not _is_perfect(scene, token)


def _stays(scene: Scene, before: Told, mention: Told, who: Referent | None) -> bool:
    """Whether who was at a place still is there."""
    gap = _sentence(scene, mention) - _sentence(scene, before)
    if who is None or not _agree(before.event, mention.event) or not scene.parse.is_verb(mention.token):
        return False
    if before.token == mention.token:
        return True
    if who.kind == "Person":
        same_day = len(mention.event.date) == _DAY and mention.event.date == before.event.date
        return 0 < gap <= _NEAR or (gap > 0 and same_day)
    met = before.event.kind in _TALKS or any(
        other in ("Meeting", "Summit") for other in _kinds_of_sentence(scene, before)
    )
    return met and 0 < gap <= _NEAR


def _kinds_of_sentence(scene: Scene, mention: Told) -> list[str]:
    """What gatherings a sentence speaks of."""
    start, end = scene.parse.sentences[_sentence(scene, mention)]
    found = {"summit": "Summit", "meeting": "Meeting", "conference": "Meeting", "session": "Meeting"}
    return [found[scene.parse.lemma[i]] for i in range(start, end) if scene.parse.lemma[i] in found]


def _narrow(scene: Scene, mentions: list[Told], cast: dict[str, Referent]) -> None:
    """Who flew to a state and next held talks in its city flew to that city."""
    for mention in mentions:
        states = [cast[key] for key in _keys(mention.event, "place") if key in cast and cast[key].kind == "State"]
        if mention.event.kind != "Visit" or len(states) != 1:
            continue
        city = _city_next(scene, mentions, mention, states[0], cast)
        if city is None:
            continue
        for other in mentions:
            same = _sentence(scene, other) == _sentence(scene, mention) and _keys(other.event, "place") == {
                states[0].key
            }
            if same and _keys(other.event, "agent") & _keys(mention.event, "agent"):
                roles = tuple(replace(role, key=city) if role.name == "place" else role for role in other.event.roles)
                other.event = replace(other.event, roles=roles)


def _city_next(
    scene: Scene, mentions: list[Told], visit: Told, state: Referent, cast: dict[str, Referent]
) -> str | None:
    """The city of a state in which the visitor is told to be soon after."""
    for other in mentions:
        gap = _sentence(scene, other) - _sentence(scene, visit)
        if not 0 <= gap <= _NEAR + 1 or not _keys(other.event, "agent") & _keys(visit.event, "agent"):
            continue
        for key in sorted(_keys(other.event, "place")):
            one = cast.get(key)
            if one is not None and one.kind == "Place" and one.state is state and _agree(other.event, visit.event):
                if other.event.planned != visit.event.planned:
                    continue
                return key
    return None
