"""What events are about, in the words of the text: what was said or asked, and what was quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Proposition
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.events.frames import Frame, Scene

_CALENDAR = words("naming", "calendar")


def proposition(scene: Scene, start: int, end: int, describes: str = "") -> Proposition:
    """What the tokens from ``start`` to ``end`` say, with whom they mention."""
    document = scene.document
    mentions = tuple(
        dict.fromkeys(
            referent.key
            for span in document.spans
            if start <= span.root < end
            for referent in span.referents
            if referent.key
        )
    )
    return Proposition(text=scene.parse.text(start, end).strip(" ,\n"), describes=describes, mentions=mentions)


_CONTENT_KINDS = frozenset(
    {
        "Statement",
        "Appeal",
        "Demand",
        "Request",
        "Threat",
        "Rejection",
        "Accusation",
        "Agreement",
        "Concession",
        "Support",
    }
)


def content_of(scene: Scene, frame: Frame) -> Proposition | None:
    """What was said, asked or agreed: the clause or phrase below the trigger."""
    if frame.kind not in _CONTENT_KINDS:
        return None
    parse = scene.parse
    owner = frame.token if frame.companion is None else frame.companion
    for token in dict.fromkeys((frame.token, owner)):
        for kid in parse.children(token, "ccomp", "xcomp", "acl"):
            return proposition(scene, *parse.subtree(kid))
        for kid in parse.children(token, "prep"):
            if parse.word[kid] in ("for", "of", "to", "against", "on") and any(
                _says_something(scene, filler) for filler in parse.children(kid, "pobj", "pcomp")
            ):
                start, end = parse.subtree(kid)
                return proposition(scene, start + 1, end)
    for kid in parse.children(frame.token, "dobj"):
        if kid != frame.companion and _says_something(scene, kid):
            return proposition(scene, *parse.subtree(kid))
    return None


def _says_something(scene: Scene, head: int) -> bool:
    """Whether a phrase tells what was said or asked: no pronoun, no day."""
    parse = scene.parse
    if parse.tag[head] in ("PRP", "WDT", "WP", "DT", "EX"):
        return False
    first, last = parse.subtree(head)
    return not (scene.times.get(head) or all(parse.word[i] in _CALENDAR for i in range(first, last)))


def quotation_of(scene: Scene, frame: Frame) -> str:
    """The words in quotation marks of the sentence of a statement."""
    if frame.kind != "Statement":
        return ""
    parse = scene.parse
    start, end = parse.sentences[parse.sentence[frame.token]]
    quotes = scene.quotes.within(parse.doc[start].idx, parse.doc[end - 1].idx + len(parse.doc[end - 1]))
    return " ".join(quote.text.strip() for quote in quotes)
