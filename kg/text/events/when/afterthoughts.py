"""When and where an event was, as other sentences tell it: "He made the remarks in Lima on Monday".

Runs over the events of a whole article in the order of the text, each with the token that tells of it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from kg.text.dates import When
from kg.text.events.doers import share_doers
from kg.text.events.kinds import LASTING, SPOKEN, TALKS
from kg.text.events.mentions import is_perfect, placed, role_keys, sentence_of
from kg.text.events.participants import actors
from kg.text.events.replies import reply
from kg.text.events.subjects import subjects
from kg.text.events.tolls import share_tolls
from kg.text.events.when.clauses import is_recent, is_simple_past
from kg.text.events.where.sites import places_under
from kg.text.events.where.whereabouts import (
    narrow,
    share_agreements,
    share_field,
    share_ground,
    share_meetings,
    share_stage,
    stay,
)
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.model import Event
    from kg.text.document import Referent
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Scene

_DAY = len("2012-06-05")
_NEAR = 2
_FULL = 8  # tokens: titles, bylines and greetings have fewer
_UTTERING = frozenset({"make", "issue", "give", "deliver", "voice"})


def complete(scene: Scene, mentions: list[Told]) -> None:
    """Adds to events what sentences before and after them tell of their time and place."""
    cast = {one.key: one for one in scene.document.referents if one.key}
    _speak_of(scene, mentions)
    reply(scene, mentions)
    _date_opening(scene, mentions)
    _date_news(scene, mentions)
    _date_lead(scene, mentions)
    share_meetings(scene, mentions)
    share_agreements(mentions, cast, scene)
    stay(scene, mentions, cast)
    share_stage(scene, mentions)
    share_field(scene, mentions)
    share_ground(scene, mentions)
    share_doers(scene, mentions, cast)
    share_tolls(scene, mentions)
    narrow(scene, mentions, cast)
    _date_by_place(scene, mentions)


# -- what was said, spoken of again ----------------------------------------------------------------------------------


def _speak_of(scene: Scene, mentions: list[Told]) -> None:
    """ "He made the remarks in Lima on Monday", "She was speaking in Quito": where and when the last was said."""
    parse = scene.parse
    for number, (start, end) in enumerate(parse.sentences):
        for verb in (index for index in range(start, end) if _speaks_of(scene, index)):
            agents = actors(scene.document, parse, subjects(parse, verb))
            where = frozenset(one.key for one in _place_of_speech(scene, verb) if one.key)
            times = [time for time in scene.times.get(verb, ()) if time.past is not None]
            said = [m for m in mentions if m.event.kind in SPOKEN and number - _NEAR <= sentence_of(scene, m) < number]
            said = [m for m in said if not agents or _by(m.event, agents)]
            for mention in said if agents else said[-1:]:
                event = mention.event
                if where and not role_keys(event, "place"):
                    event = placed(event, where)
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
    return any(key in keys for key in role_keys(event, "agent"))


def _date_opening(scene: Scene, mentions: list[Told]) -> None:
    """ "Peru has warned Chile … In a statement on Tuesday it said": the day of what the article opens with."""
    opening = [m for m in mentions if m.event.kind in SPOKEN and is_perfect(scene, m.token)]
    opened = _opened(scene)
    for mention in (mention for mention in opening if sentence_of(scene, mention) in opened):
        if mention.event.date or mention.event.planned:
            continue
        for other in mentions:
            gap = sentence_of(scene, other) - sentence_of(scene, mention)
            same = role_keys(other.event, "agent") & role_keys(mention.event, "agent")
            if 0 < gap <= _NEAR and same and other.event.kind in SPOKEN and other.event.date_text:
                event = other.event
                mention.event = replace(
                    mention.event, date=event.date, end_date=event.end_date, date_text=event.date_text
                )
                break


def _date_lead(scene: Scene, mentions: list[Told]) -> None:
    """ "Peru has expelled an envoy …": news without a day is of the first day that the article then tells of."""
    opened, day = _opened(scene), scene.story.lead
    if day is None or not is_recent(scene, day) or len(scene.datelines) > 1:
        return
    for mention in mentions:
        event = mention.event
        fresh = event.kind not in LASTING and not event.date and not event.planned and mention.token >= 0
        if fresh and opened.get(sentence_of(scene, mention), day) is None and _is_news(scene, mention.token):
            mention.event = replace(event, date=day.start, end_date="")


def _is_news(scene: Scene, token: int) -> bool:
    """Whether the main clause of a sentence is in the present perfect: "has expelled"."""
    parse = scene.parse
    while parse.dep[token] == "conj" and parse.child(token, "nsubj", "nsubjpass") is None:
        token = parse.head[token]
    reported = parse.dep[token] == "ccomp" and is_simple_past(parse, parse.head[token])  # "…, state radio announced"
    main = parse.head[token] == token or (reported and parse.head[parse.head[token]] == parse.head[token])
    return main and any(parse.word[kid] in ("has", "have") for kid in parse.children(token, "aux"))


def _opened(scene: Scene) -> dict[int, When | None]:
    """The sentences that open the article or a section of it, with the day of the dateline."""
    if not scene.datelines:
        full = (n for n, (start, end) in enumerate(scene.parse.sentences) if end - start >= _FULL)
        return dict.fromkeys(range(next(islice(full, _NEAR - 1, None), 0) + 1))
    first = min(scene.datelines)
    opened: dict[int, When | None] = dict.fromkeys(range(first))
    opened |= {n: one.when for begin, one in scene.datelines.items() for n in range(begin, one.last + 1)}
    return opened


def _date_news(scene: Scene, mentions: list[Told]) -> None:
    """ "LIMA, May 3 — Peru has expelled an envoy": on the day that is told next of the same parties, else that day."""
    opened = _opened(scene)
    for number, mention in enumerate(mentions):
        event, day = mention.event, opened.get(sentence_of(scene, mention))
        if event.planned or mention.token < 0 or day is None:
            continue
        supposed = event.date == day.start and not event.date_text  # the simple past on the day of the dateline
        if not supposed and (event.date or not is_perfect(scene, mention.token)):
            continue
        if scene.parse.head[mention.token] != mention.token:
            continue
        parties = role_keys(event, "agent", "target")
        if supposed and len(scene.datelines) == 1:
            day = _day_next(scene, sentence_of(scene, mention)) or day
        for other in mentions[number + 1 :]:
            told = other.event
            near = sentence_of(scene, other) - sentence_of(scene, mention) <= _NEAR
            if near and told.date_text and len(told.date) == _DAY and parties & role_keys(told, "agent", "target"):
                if told.date <= day.start and not told.end_date and not told.planned:
                    day = When(told.date)
                break
        mention.event = replace(event, date=day.start, end_date="")


def _day_next(scene: Scene, number: int) -> When | None:
    """The recent day that one of the two sentences after one tells first."""
    last = min(number + _NEAR, len(scene.parse.sentences) - 1)
    for token in range(scene.parse.sentences[number][1], scene.parse.sentences[last][1]):
        for time in scene.times.get(token, ()):
            if time.past is not None and is_recent(scene, time.past):
                return time.past
    return None


def _date_by_place(scene: Scene, mentions: list[Told]) -> None:
    """ "She landed in Lima on Tuesday … After talks in Lima she said": still on Tuesday, unless told otherwise."""
    for number, mention in enumerate(mentions):
        event = mention.event
        if event.kind not in SPOKEN | TALKS or event.date_text or event.planned or not role_keys(event, "place"):
            continue
        if mention.token < 0 or is_perfect(scene, mention.token):
            continue
        for other in reversed(mentions[:number]):
            told = other.event
            if not 0 <= sentence_of(scene, mention) - sentence_of(scene, other) <= 2 * _NEAR:
                break
            there = role_keys(told, "place") == role_keys(event, "place") and role_keys(told, "agent") & role_keys(
                event, "agent"
            )
            if there and told.date_text and len(told.date) == _DAY and not told.end_date and not told.planned:
                mention.event = replace(event, date=told.date, end_date="")
                break
