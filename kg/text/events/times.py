"""Which event a date expression dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.dates import When, find_dates
from kg.text.events.frames import Time

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse


def times_by_token(document: Document, parse: Parse) -> dict[int, list[Time]]:
    """Every date expression under the verb or noun that it modifies in the parse."""
    found: dict[int, list[Time]] = {}
    article = document.article
    for expression in find_dates(article.text, article.published):
        span = document.doc.char_span(expression.begin, expression.finish, alignment_mode="expand")
        if span is None or not len(span):
            continue
        root = span.root.i
        before = parse.word[span.start - 1] if span.start else ""
        time = Time(
            span.start,
            span.end,
            expression.text,
            expression.past,
            expression.coming,
            expression.offset,
            before == "since",
        )
        found.setdefault(_dated(parse, root), []).append(time)
    return found


def _dated(parse: Parse, root: int) -> int:
    """The verb above the expression, or the noun where it stands in a noun phrase."""
    here = root
    for _ in range(6):
        head = parse.head[here]
        if head == here:
            break
        if parse.is_verb(head):
            return head
        label = parse.dep[here]
        here = head
        if parse.is_noun(here) and label in (
            "poss",
            "prep",
            "nummod",
            "compound",
            "npadvmod",
            "nmod",
            "amod",
            "tmod",
            "advmod",
        ):
            return here
    return here


def date_of(scene: Scene, frame: Frame, planned: bool) -> tuple[When | None, str]:
    """When the event is said to happen, and the words that say so; (None, "") where the text does not tell."""
    for token in _dating_tokens(scene.parse, frame):
        for time in scene.times.get(token, ()):
            when = _value(scene, time, planned)
            if when is not None:
                return when, time.text
    return None, ""


def _value(scene: Scene, time: Time, planned: bool) -> When | None:
    when = time.coming if planned else time.past
    if when is None or not time.since or when.end:
        return when
    published = scene.document.article.published
    precision = len(when.start)
    return when if precision >= 10 or not published else When(when.start, published[:precision])


def _dating_tokens(parse: Parse, frame: Frame) -> list[int]:
    """Tokens whose dates are the event's own, nearest first."""
    tokens = [frame.token]
    if frame.companion is not None:
        tokens.append(frame.companion)
    tokens.extend(kid for kid in parse.children(frame.token, "dobj", "nsubj", "nsubjpass") if not parse.is_verb(kid))
    here = frame.token
    for _ in range(5):
        head, label = parse.head[here], parse.dep[here]
        if head == here or not _shares_time(parse, here, head, label):
            break
        tokens.append(head)
        here = head
    for kid in parse.children(frame.token, "conj", "xcomp"):
        if parse.is_verb(kid) and parse.child(kid, "nsubj", "nsubjpass") is None:
            tokens.append(kid)
    return tokens


def _shares_time(parse: Parse, here: int, head: int, label: str) -> bool:
    if label == "conj":
        return parse.child(here, "nsubj", "nsubjpass") is None
    if label == "xcomp":
        return True
    if label == "advcl":
        return parse.child(here, "mark") is None and parse.child(here, "nsubj", "nsubjpass") is None
    if label == "acl":
        return parse.tag[here] == "VBG"
    if label in ("dobj", "nsubj", "nsubjpass") and not parse.is_verb(here):
        return parse.is_verb(head)
    if label in ("pobj", "pcomp", "prep"):
        return parse.word[head if label != "prep" else here] in (
            "of",
            "in",
            "by",
            "to",
            "for",
            "at",
            "with",
            "into",
            "after",
            "on",
        )
    return False
