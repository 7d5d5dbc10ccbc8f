"""Whom a pronoun cannot mean: whoever acts on him, and whom the words name that he is said to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.coref_clauses import doers, is_bidden, patients
from kg.text.speakers import SPEAKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.text.coref import Tracker
    from kg.text.document import Referent

_STOPS = frozenset({":", ";"})
_MARKS = frozenset({'"', "“", "”", "``", "''"})


def bound(tracker: Tracker, index: int, word: str) -> frozenset[int]:
    """Whom a pronoun cannot mean: the subject of its clause ("Hu told him"), what it is apposed to ("Hu, his")."""
    if tracker.scene.tag[index] == "PRP$":
        apposed = tracker.scene.ending.get(index - 1) if index and tracker.scene.low[index - 1] == "," else None
        return frozenset(r.id for r in apposed.referents) if apposed else frozenset()
    parse = tracker.scene.parse
    if parse.dep[index] == "nsubj" and is_bidden(parse, index):
        return _referents(tracker, parse.children(parse.head[parse.head[index]], "nsubj", "nsubjpass"))
    reported = _reported_before(tracker, index) | _told_of(tracker, index)
    if word not in ("him", "her", "it", "them") or reported:
        return reported
    head = parse.head[parse.head[index]] if parse.dep[index] == "pobj" else parse.head[index]
    if parse.dep[index] == "pobj" and parse.dep[head] == "dobj" and parse.tag[head] in ("CD", "JJS", "DT", "NNS", "NN"):
        head = parse.head[head] if parse.word[parse.head[index]] == "of" else head  # "arrested six of them"
    subjects = doers(parse, head)
    # "*UN* envoys accused it", "a deputy, *Ann Lee*, accused her"
    parts = [part for kid in subjects for part in parse.children(kid, "amod", "compound", "nmod", "appos")]
    return _referents(tracker, (*subjects, *parts))


def lone(tracker: Tracker, index: int, fits: Callable[[Referent], bool]) -> Referent | None:
    """Who alone is named in the clause that the pronoun's goes on from: "the fall brought *Lee* back; he took over"."""
    scene, parse = tracker.scene, tracker.scene.parse
    joined = scene.low[index - 1] == ";" or scene.low[max(0, index - 2) : index] in ([",", "and"], [",", "but"])
    if not joined or parse.dep[index] not in ("nsubj", "nsubjpass") or parse.lemma[parse.head[index]] in SPEAKING:
        return None
    start = parse.sentences[parse.sentence[index]][0]
    near = [seen.referents for seen in tracker.seen if start <= seen.index < index]
    people = [one for referents in near for one in referents if one.kind == "Person"]
    return people[0] if len(people) == 1 and fits(people[0]) else None


def _told_of(tracker: Tracker, index: int) -> frozenset[int]:
    """Of whom a relative clause tells that has the pronoun as its subject: "*Lee*, whom he succeeded"."""
    parse, verb = tracker.scene.parse, tracker.scene.parse.head[index]
    if parse.dep[index] != "nsubj" or parse.dep[verb] != "relcl":
        return frozenset()
    return _referents(tracker, (parse.head[verb],))


def _referents(tracker: Tracker, tokens: Iterable[int]) -> frozenset[int]:
    spans = (tracker.scene.document.by_root.get(token) for token in tokens)
    return frozenset(r.id for span in spans if span for r in span.referents)


def patient(tracker: Tracker, index: int, fits: Callable[[Referent], bool], word: str) -> Referent | None:
    """To whom the clause before did something: "turned on Chad, accusing *it*"."""
    if word not in ("him", "her", "it"):
        return None
    beyond = bound(tracker, index, word)
    for token in patients(tracker.scene.parse, index):
        span = tracker.scene.document.by_root.get(token)
        if span and len(span.referents) == 1:
            [one] = span.referents
            if not one.members and one.id not in beyond and fits(one):
                return one
    return None


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
    ends = _MARKS if {*parse.word[index - 2 : index]} & _MARKS else _STOPS  # 'was brief: "I agree," he said'
    start = next((mark for mark in range(index - 3, first, -1) if parse.word[mark] in ends), first)
    names = (span for span in tracker.scene.document.spans if start <= span.root < index and span.form == "name")
    return frozenset(one.id for span in names for one in span.referents)
