"""Interviews: which paragraphs are answers, and whose, by the labels that open them ("Q:", "A:", "LEE:")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.text.document import Document, Referent

_LABEL = re.compile(r"\s*\**([A-Z][A-Za-zÀ-ž.'’ -]{0,40}?)\**\s?[:.]\**\s")
_ASKING = frozenset({"q", "question", "interviewer"})
_ANSWERING = frozenset({"a", "answer"})
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """Characters ``begin`` to ``finish`` of a paragraph, said by ``speaker``."""

    begin: int
    finish: int
    speaker: Referent


def find_answers(document: Document) -> list[Answer]:
    """The answers of an interview in order; none where the article is no interview, or does not tell with whom."""
    turns = list(_turns(document.article.text))
    asked = [begin for begin, _, label in turns if label.casefold() in _ASKING or label.casefold() in _ANSWERING]
    labelled = [turn for turn in turns if turn[2].casefold() in _ANSWERING]
    if len(labelled) >= _LEAST and any(turn[2].casefold() in _ASKING for turn in turns):
        speaker = _introduced(document, asked[0])
        return [Answer(begin, finish, speaker) for begin, finish, _ in labelled] if speaker else []
    return _named(document, turns)


def _turns(text: str) -> Iterator[tuple[int, int, str]]:
    """Begin, end and label of each paragraph that has one."""
    position = 0
    for paragraph in text.split("\n\n"):
        found = _LABEL.match(paragraph)
        if found:
            yield position, position + len(paragraph), found.group(1).strip()
        position += len(paragraph) + 2


def _introduced(document: Document, before: int) -> Referent | None:
    """Whom the lines above the first question introduce: the person named first."""
    for span in sorted(document.spans, key=lambda one: one.start):
        if document.doc[span.start].idx >= before:
            return None
        person = next((one for one in span.referents if one.kind == "Person" and span.form == "name"), None)
        if person is not None:
            return person
    return None


def _named(document: Document, turns: list[tuple[int, int, str]]) -> list[Answer]:
    """ "LEE: …", "Lee: …": answers of a person whose surname is the label of several paragraphs."""
    labels = [label.casefold() for _, _, label in turns]
    if not any(label in _ASKING for label in labels):
        return []
    people = {one.name.casefold().split()[-1]: one for one in document.referents if one.kind == "Person" and one.name}
    found = [
        Answer(begin, finish, people[label.casefold().split()[-1]])
        for begin, finish, label in turns
        if label.casefold().split()[-1] in people
    ]
    return found if len(found) >= _LEAST else []
