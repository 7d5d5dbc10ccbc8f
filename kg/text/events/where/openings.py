"""The place that a sentence or one of its clauses opens with, however the parser hung it: "In Lima police charged"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import SPOKEN
from kg.text.events.where.sites import city_at
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_JOINING = frozenset({"and", "but", "while", ";"})
_CLIMBED = frozenset({"xcomp", "dobj", "pobj", "prep", "pcomp", "nsubj", "attr", "oprd"})
_LONGEST = 5


def opened(scene: Scene, frame: Frame) -> list[Referent]:
    """The city that opens the clause of an event; what is told from afar opens with "from"."""
    parse, here = scene.parse, frame.token
    start, _ = parse.sentences[parse.sentence[here]]
    afar = frame.kind in SPOKEN | {"PhoneCall"}
    while start < here and str(parse.doc[start]).isspace():
        start += 1
    for index in range(here - 1, start - 1, -1):
        before = parse.word[index - 1] if index > start else ";"
        if parse.word[index] not in ("in", "from") or before not in _JOINING:
            continue
        if parse.word[index] == "from" and not afar:
            return []
        found = _city_at(scene, index + 1)
        return found if found and _is_within(parse, here, index) else []
    return []


def _city_at(scene: Scene, index: int) -> list[Referent]:
    """The city named at ``index``, or at the end of "the northern town of" that begins there."""
    parse = scene.parse
    if parse.word[index] == "the":
        end = next((i for i in range(index, min(index + _LONGEST, parse.size)) if parse.word[i] == "of"), None)
        if end is None or parse.lemma[end - 1] not in words("places", "words", "scenes"):
            return []
        index = end + 1
    return city_at(scene, index)


def _is_within(parse: Parse, token: int, opening: int) -> bool:
    """Whether nothing but the main clause that opens there, and what it goes on with, stands above a word."""
    here = token
    for _ in range(8):
        head, label = parse.head[here], parse.dep[here]
        if head == here or head < opening:
            return label != "relcl"
        if label == "ccomp" and parse.child(head, "nsubj", "nsubjpass") is None and head - opening <= _LONGEST:
            return True  # "In Lima *mounted* police charged": an adjective read as the verb
        if label == "relcl" and not _is_going_on(parse, here):
            return False
        if label == "advcl" and parse.child(here, "mark") is not None:
            return False
        spoken_of = parse.is_noun(here) and parse.lemma[head] in words("places", "words", "commenting")
        joined = label == "conj" and (parse.child(here, "nsubj", "nsubjpass") is None or not parse.is_verb(here))
        if spoken_of or not (joined or label in _CLIMBED or label in ("advcl", "relcl")):
            return False
        here = head
    return False


def _is_going_on(parse: Parse, clause: int) -> bool:
    """Whether a clause tells of what its noun was doing then: "students who *were marching* on the palace"."""
    past = any(parse.word[kid] in ("was", "were") for kid in parse.children(clause, "aux"))
    return past and parse.tag[clause] == "VBG"
