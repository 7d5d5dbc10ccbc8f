"""Whom a life is told of: in an obituary or a profile "he" at the head of a paragraph is always the same man."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.text.coref import Tracker
    from kg.text.document import Referent

_SPEAKING = frozenset({"say", "tell", "add", "warn", "note", "reply", "insist", "argue", "call", "accuse", "urge"})


def hero(tracker: Tracker, index: int, fits: Callable[[Referent], bool]) -> Referent | None:
    """The person of an obituary or a profile, where nobody else who fits was named in the paragraph so far."""
    scene = tracker.scene
    told = _protagonist(tracker)
    here = scene.parse.sentence[index]
    if told is None or not fits(told) or not here:
        return None
    parse = scene.parse
    opens = parse.sentences[here][0] == index and scene.paragraph[here] != scene.paragraph[here - 1]
    if opens and parse.lemma[parse.head[index]] in _SPEAKING:
        return None  # whoever spoke before goes on
    for seen in reversed(tracker.seen):
        if scene.paragraph[seen.sentence] != scene.paragraph[here]:
            break
        span = scene.document.by_root.get(seen.index)
        if span is not None and span.form == "description":
            continue  # "the future president" may be himself
        if seen.index < index and any(one is not told and fits(one) for one in seen.referents):
            return None
    return told


def _protagonist(tracker: Tracker) -> Referent | None:
    """Who is the subject of the first sentence of an article whose title or first sentence promises a life."""
    scene = tracker.scene
    if not scene.parse.sentences:
        return None
    parse = scene.parse
    first = next((seen for seen in tracker.seen if seen.subject and parse.is_verb(parse.head[seen.index])), None)
    if first is None or scene.paragraph[first.sentence] > 0 or len(first.referents) != 1:
        return None
    told = first.referents[0]
    title = set(re.findall(r"\w+", scene.document.article.title.lower()))
    verb = scene.parse.lemma[scene.parse.head[first.index]]
    lives = words("naming", "lives")
    if told.kind != "Person" or not (verb in lives or title & lives):
        return None
    return told
