"""Whom a pronoun cannot mean: whoever acts on him, and whom the words name that he is said to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.speakers import SPEAKING

if TYPE_CHECKING:
    from kg.text.coref import Tracker

_MARKS = frozenset({'"', "“", "”", "``", "''"})


def bound(tracker: Tracker, index: int, word: str) -> frozenset[int]:
    """Whom a pronoun cannot mean: the subject of its clause ("Hu told him"), what it is apposed to ("Hu, his")."""
    if tracker.scene.tag[index] == "PRP$":
        apposed = tracker.scene.ending.get(index - 1) if index and tracker.scene.low[index - 1] == "," else None
        return frozenset(r.id for r in apposed.referents) if apposed else frozenset()
    reported = _reported_before(tracker, index)
    if word not in ("him", "her", "it", "them") or reported:
        return reported
    parse = tracker.scene.parse
    head = parse.head[parse.head[index]] if parse.dep[index] == "pobj" else parse.head[index]
    subjects = list(parse.children(head, "nsubj", "nsubjpass"))
    parts = [part for kid in subjects for part in parse.children(kid, "amod", "compound", "nmod")]
    spans = (tracker.scene.document.by_root.get(kid) for kid in (*subjects, *parts))  # "*UN* envoys accused it"
    return frozenset(r.id for span in spans if span for r in span.referents)


def _reported_before(tracker: Tracker, index: int) -> frozenset[int]:
    """Whom what is said names, where the pronoun says it: "*Chad* had warned *the emir*, he said"."""
    parse, verb = tracker.scene.parse, tracker.scene.parse.head[index]
    if parse.dep[index] != "nsubj" or parse.lemma[verb] not in SPEAKING:
        return frozenset()
    said = [kid for kid in parse.children(verb, "ccomp") if kid < index]
    if parse.dep[verb] == "parataxis":
        said.append(parse.head[verb])
    if not said:
        return frozenset()
    first = min(parse.subtree(clause)[0] for clause in said)
    opening = (mark for mark in range(index - 3, first, -1) if parse.word[mark] in _MARKS)
    start = next(opening, first) if {*parse.word[index - 2 : index]} & _MARKS else first
    names = (span for span in tracker.scene.document.spans if start <= span.root < index and span.form == "name")
    return frozenset(one.id for span in names for one in span.referents)
