"""Times that a clause has from the one beside it: joined to it, or with the same subject and no time of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.when.clauses import clause_of, is_main, is_simple_past

if TYPE_CHECKING:
    from kg.text.dates import When
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_ALONGSIDE = frozenset({"before", "while", "after", "upon", "on", "when"})


def joined_time(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """The time of the clause before, of the same tense: "In May the bloc demanded it; Peru *barred* its ships"."""
    parse = scene.parse
    clause = clause_of(parse, frame.token)
    if not (is_main(parse, clause) and is_simple_past(parse, clause)) or _timed(scene, clause):
        return None
    for verb in _joined(parse, clause):
        if not is_simple_past(parse, verb):
            continue
        for time in scene.times.get(verb, ()):
            if time.past is not None and not time.since:
                return time.past, time.text
    return None


def _joined(parse: Parse, clause: int) -> list[int]:
    """The clauses of the sentence that stand before and beside one, nearest first, whichever heads the other."""
    found, here = [kid for kid in parse.children(clause, "conj", "ccomp", "parataxis") if kid < clause], clause
    while parse.dep[here] == "conj" and parse.head[here] != here:
        here = parse.head[here]
        found.extend(kid for kid in (here, *parse.children(here, "conj")) if kid < clause)
    return sorted((verb for verb in set(found) if parse.is_verb(verb)), reverse=True)


def _timed(scene: Scene, clause: int) -> bool:
    return any(time.past is not None for time in scene.times.get(clause, ()))


def beside(parse: Parse, token: int) -> int | None:
    """The main clause of which a gerund tells what its subject did then: "*before urging* the rebels to disarm"."""
    here = token
    while parse.dep[here] == "conj" and parse.head[here] != here:
        here = parse.head[here]
    if parse.tag[here] != "VBG":
        return None
    head = parse.head[here]
    if parse.dep[here] == "pcomp":
        return clause_of(parse, head) if parse.word[head] in _ALONGSIDE else None
    marks = [parse.word[kid] for kid in parse.children(here, "mark", "advmod")]
    return head if parse.dep[here] == "advcl" and set(marks) & _ALONGSIDE and parse.is_verb(head) else None
