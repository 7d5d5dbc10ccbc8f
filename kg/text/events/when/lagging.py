"""Events told by how long before or after something else they were: "on Friday, a day after he resigned"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.dates import When
from kg.text.events.when.clauses import clause_of, is_main, is_simple_past, occasions_of
from kg.text.events.when.expressions import occasion_of
from kg.text.lexicon import words
from kg.text.spells import shifted

if TYPE_CHECKING:
    from kg.text.events.frames import Frame, Scene

_DAY = len("2012-06-05")
_DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})


def lagging_time(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """When what is told as so long before or after something else was: "on Friday, a day after he *resigned*"."""
    parse, here = scene.parse, frame.token
    for _ in range(5):
        if here in scene.lags or parse.head[here] == here:
            break
        here = parse.head[here]
    lag = scene.lags.get(here)
    if lag is None:
        return None
    governor = clause_of(parse, parse.head[here])
    above = _day_of_clause(scene, governor)
    when = shifted(above, -lag.number, lag.unit) if above is not None else None
    return (when, scene.document.article.text[lag.begin : lag.finish]) if when is not None else None


def _day_of_clause(scene: Scene, verb: int) -> When | None:
    """The day a clause is told to be on, or that of the story."""
    parse = scene.parse
    for token in (verb, *parse.children(verb, "dobj", "conj", "xcomp", "npadvmod"), *occasions_of(parse, verb)):
        for time in scene.times.get(token, ()):
            if time.past is not None and len(time.past.start) == _DAY and not time.past.end:
                return time.past
    if parse.dep[verb] in ("conj", "ccomp", "xcomp", "advcl") and parse.head[verb] != verb:
        above = _day_of_clause(scene, parse.head[verb])
        if above is not None:
            return above
    if parse.lemma[verb] in words("events", "sets", "happening"):
        return _day_of_subject(scene, verb)
    return scene.story.day if is_main(parse, verb) and is_simple_past(parse, verb) else None


def _day_of_subject(scene: Scene, verb: int) -> When | None:
    """The day of what "came two days after" something: as the text dates it elsewhere, else that of the story."""
    parse = scene.parse
    if parse.dep[verb] == "relcl":
        above = clause_of(parse, parse.head[verb])
        return _day_of_clause(scene, above) if above != verb else None
    subject = parse.child(verb, "nsubj")
    if subject is None or not is_main(parse, verb) or not is_simple_past(parse, verb):
        return None
    told = scene.occasions.get(occasion_of(parse, subject))
    definite = any(parse.word[kid] in _DEFINITE for kid in parse.children(subject, "det", "poss"))
    if told is not None:
        return told if len(told.start) == _DAY and not told.end else None
    return scene.story.day if definite or parse.tag[subject] in ("DT", "PRP") else None


def counted_time(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """When what happened so long after something dated elsewhere was: "met in Lima *six days after the raid*"."""
    parse = scene.parse
    clause = clause_of(parse, frame.token)
    for owner, lag in scene.lags.items():
        if parse.sentence[owner] != parse.sentence[frame.token] or not parse.is_noun(owner):
            continue
        above = _above(scene, owner)
        if not {frame.token, frame.companion} & set(above) and clause != above[-1]:
            continue
        base = _day_of_noun(scene, owner)
        when = shifted(base, lag.number, lag.unit) if base is not None else None
        if when is not None:
            return when, scene.document.article.text[lag.begin : lag.finish]
    return None


def _above(scene: Scene, owner: int) -> list[int]:
    """The nouns above a lag, nearest first, and the verb that ends them."""
    parse, found = scene.parse, [scene.parse.head[scene.parse.head[owner]]]
    while not parse.is_verb(found[-1]) and parse.head[found[-1]] != found[-1]:
        found.append(parse.head[found[-1]])
    return found


def _day_of_noun(scene: Scene, noun: int) -> When | None:
    for time in scene.times.get(noun, ()):
        if time.past is not None:
            return time.past
    told = scene.occasions.get(occasion_of(scene.parse, noun))
    return told if told is not None and not told.end else None


def eve_time(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """The day before what "on the eve of the vote" names, as the text dates that elsewhere, else before the story's."""
    parse = scene.parse
    clause = clause_of(parse, frame.token)
    for kid in (kid for token in {frame.token, clause} for kid in parse.children(token, "prep")):
        for eve in parse.children(kid, "pobj") if parse.word[kid] == "on" else ():
            if parse.word[eve] != "eve":
                continue
            nouns = [noun for of in parse.children(eve, "prep") for noun in parse.children(of, "pobj")]
            dated = (scene.occasions.get(occasion_of(parse, noun)) for noun in nouns)
            base = next((when for when in dated if when is not None), None) or scene.story.day
            when = shifted(base, -1, "day") if base is not None and len(base.start) == _DAY else None
            return (when, parse.text(kid, eve + 1)) if when is not None else None
    return None
