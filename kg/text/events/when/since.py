"""From a day, a month or a happening until now: "since Friday", "since the coup", "since fighting erupted in May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.dates import When
from kg.text.events.mentions import is_perfect
from kg.text.events.when.expressions import occasion_of

if TYPE_CHECKING:
    from kg.text.events.frames import Frame, Scene

_DAY, _MONTH = len("2012-06-05"), len("2012-06")


def until_now(scene: Scene, when: When) -> When:
    """From a day until publication: "*since Friday* at least 60 have died"."""
    published = scene.document.article.published[:_DAY]
    lasting = len(when.start) == len(published) == _DAY and not when.end and when.start < published
    return When(when.start, published) if lasting else when


def since_time(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """From when something the text dates elsewhere until now: "40 have died since *the coup*"."""
    parse = scene.parse
    for kid in parse.children(frame.token, "prep"):
        for noun in parse.children(kid, "pobj") if parse.word[kid] == "since" else ():
            when = scene.occasions.get(occasion_of(parse, noun))
            published = scene.document.article.published
            if when is None or not published:
                continue
            start = when.start[:_MONTH]
            end = published[: len(start)]
            return When(start, end if end != start else ""), parse.text(kid, noun + 1)
    return None


def since_clause(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """Until now from when a clause further on says: "40 have died and 90 been hurt *since war broke out on May 3*"."""
    parse = scene.parse
    if frame.kind != "Killing" or not is_perfect(scene, frame.token):
        return None
    _, end = parse.sentences[parse.sentence[frame.token]]
    for mark in range(frame.token + 1, end):
        if parse.word[mark] == "since" and parse.dep[mark] == "mark":
            for time in scene.times.get(parse.head[mark], ()):
                if time.past is not None:
                    return until_now(scene, time.past), time.text
    return None
