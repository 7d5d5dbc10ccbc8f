"""Where an event happened: place phrases of the trigger, then of the sentence, then the dateline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import participants

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_LOCATING = (
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "across",
    "throughout",
    "around",
    "off",
    "over",
    "through",
    "along",
    "on",
)
_PLACE_KINDS = frozenset({"Place", "State"})


def place_of(scene: Scene, frame: Frame) -> list[Referent]:
    """The places the text gives for an event, nearest phrase first."""
    parse = scene.parse
    for token in _placing_tokens(parse, frame):
        found = _places_under(scene.document, parse, token)
        if found:
            return found
    return []


def _placing_tokens(parse: Parse, frame: Frame) -> list[int]:
    tokens = [frame.token]
    if frame.companion is not None:
        tokens.append(frame.companion)
    here = frame.token
    for _ in range(4):
        head, label = parse.head[here], parse.dep[here]
        if head == here or label not in ("conj", "xcomp", "dobj", "pobj", "prep", "nsubjpass", "advcl", "acl", "nsubj"):
            break
        if label == "nsubj" and parse.is_verb(here):
            break
        if label == "advcl" and parse.child(here, "mark") is not None:
            break
        if label == "conj" and parse.child(here, "nsubj", "nsubjpass") is not None:
            break
        if parse.dep[head] != "prep":
            tokens.append(head)
        here = head
    return tokens


def _places_under(document: Document, parse: Parse, token: int) -> list[Referent]:
    for kid in parse.children(token, "prep", "advmod"):
        if parse.word[kid] in _LOCATING:
            for filler in parse.children(kid, "pobj"):
                found = _place(document, parse, filler)
                if found:
                    return found
    return []


def _place(document: Document, parse: Parse, filler: int) -> list[Referent]:
    found = [referent for referent in participants(document, parse, [filler]) if referent.kind in _PLACE_KINDS]
    if found:
        return found
    for kid in parse.children(filler, "prep"):
        if parse.word[kid] in ("of", "in", "near"):
            for inner in parse.children(kid, "pobj"):
                found = [
                    referent for referent in participants(document, parse, [inner]) if referent.kind in _PLACE_KINDS
                ]
                if found:
                    return found
    for kid in parse.children(filler, "appos"):
        found = [referent for referent in participants(document, parse, [kid]) if referent.kind in _PLACE_KINDS]
        if found:
            return found
    return []
