"""Whether the text presents something as having happened, as scheduled, or only as urged, denied, feared, imagined.

The judgement starts at the word that names the event and climbs the parse: its own auxiliaries and negation first
(`own`), then everything that governs it (`governors`: "refused to", "a call for", "if", "is expected to"). One irreal
governor is enough to make it a proposition; one scheduling governor makes it planned; a reporting governor only adds a
source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.factuality.governors import is_definite, step_up
from kg.text.factuality.moods import (
    ASSERTED,
    COMPARING,
    CONDITIONAL,
    DEMANDED,
    DENIED,
    PLANNED,
    POSSIBLE,
    QUESTION,
    Effects,
    effects,
)
from kg.text.factuality.own import is_finite_alone, own_mood
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

__all__ = [
    "ASSERTED",
    "CONDITIONAL",
    "DEMANDED",
    "DENIED",
    "PLANNED",
    "POSSIBLE",
    "QUESTION",
    "Judgement",
    "judge",
]

_JOINING = frozenset({"and", "but", "so", "yet"})
_ASKING = frozenset(
    {"what", "who", "why", "how", "where", "when", "which", "is", "are", "did", "does", "do", "has", "have"}
)
_AWAITING = frozenset({"expect", "schedule", "slate", "await"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the text says about an event word: a ``mood``, and the reporting verbs above it, innermost first.

    ``governor`` is the token that made it irreal, or -1.
    """

    mood: str
    reports: tuple[int, ...] = ()
    governor: int = -1

    @property
    def is_event(self) -> bool:
        """Whether it is presented as having happened or as scheduled."""
        return self.mood in (ASSERTED, PLANNED)


def judge(parse: Parse, token: int, *, own: bool = True) -> Judgement:
    """How the text presents the event that ``token`` (a verb, or a noun naming an event) stands for.

    Without ``own``, its own negation and auxiliaries are left out of account.
    """
    known = effects()
    reports: list[int] = []
    planned, coordinated = _is_awaited(parse, token, known), False
    here = token
    for _ in range(40):
        mood = own_mood(parse, here, known, bool(reports) or _is_reported(parse, here, known))
        if not own and here == token:
            mood = ""
        if coordinated and mood != CONDITIONAL:
            mood = ""
        if mood == DENIED and here != token and parse.is_noun(here) and is_definite(parse, token):
            mood = ""  # "no link with the release": the release is a fact
        if mood == PLANNED:
            planned = True
        elif mood:
            return _irreal(parse, token, mood, reports, here)
        head = parse.head[here]
        reports.extend(kid for kid in parse.children(here, "parataxis") if parse.lemma[kid] in known.reported)
        if head == here:
            break
        step = step_up(parse, here, head, known)
        if step == "stop":
            break
        if step == "reported":
            reports.append(head)
        elif step == PLANNED:
            planned = True
        elif step not in ("", "pass"):
            return _irreal(parse, token, step, reports, head)
        # "did not yield but abstained": a finite conjunct has no part in the negation and auxiliaries of the first
        coordinated = parse.dep[here] == "conj" and parse.is_verb(here) and is_finite_alone(parse, here)
        here = head
    if _is_likened(parse, token):
        return Judgement(DENIED, tuple(reports))
    if _is_question(parse, token):
        return Judgement(QUESTION, tuple(reports))
    return Judgement(PLANNED if planned else ASSERTED, tuple(reports))


def _irreal(parse: Parse, token: int, mood: str, reports: list[int], governor: int) -> Judgement:
    """The judgement of what ``governor`` makes irreal, but for what was uttered: "resisted *a plea by Mali*"."""
    if mood == DENIED and governor != token and parse.lemma[token] in words("modality", "uttered"):
        owned = parse.child(token, "poss") is not None or any(parse.word[kid] == "by" for kid in parse.kids[token])
        named = any(parse.entity[kid] in ("GPE", "NORP", "ORG") for kid in parse.children(token, "amod", "compound"))
        if parse.is_noun(token) and (owned or (named and parse.tag[token] == "NN")):
            return Judgement(ASSERTED)
    if governor != token and _is_presupposed(parse, token, governor):
        return Judgement(ASSERTED, tuple(reports))
    return Judgement(mood, tuple(reports), governor)


def _is_presupposed(parse: Parse, token: int, governor: int) -> bool:
    """Whether a deed is only spoken of: "suggested that *the murder* of Ann Lee had been used against him"."""
    verb = parse.head[token]
    if parse.dep[token] not in ("nsubj", "nsubjpass") or parse.lemma[token] not in words("modality", "presupposed"):
        return False
    if not parse.is_verb(verb) or parse.dep[verb] != "ccomp" or parse.head[verb] != governor:
        return False
    hypothetical = any(parse.tag[kid] == "MD" or parse.word[kid] == "to" for kid in parse.children(verb, "aux"))
    whose = any(parse.word[kid] == "of" for kid in parse.kids[token]) or parse.child(token, "poss") is not None
    return is_definite(parse, token) and whose and not hypothetical and parse.tag[verb] != "VB"


def _is_likened(parse: Parse, token: int) -> bool:
    """Whether it is told for comparison only: "Unlike in 1990, when", "as in 1956, when", "like X pounding"."""
    start, _ = parse.sentences[parse.sentence[token]]
    here = token
    for _ in range(12):
        head = parse.head[here]
        if parse.dep[here] == "pcomp" and parse.word[head] in COMPARING:
            return True
        first = parse.subtree(here)[0]
        when = any(parse.word[kid] == "when" and kid < here for kid in parse.children(here, "advmod", "mark"))
        if when and _compares_time(parse, start, first):
            return True
        if head == here:
            return False
        here = head
    return False


def _compares_time(parse: Parse, start: int, clause: int) -> bool:
    """Whether "unlike in 1990," or "as in May," stands before a clause that begins at ``clause``."""
    before = [parse.word[i] for i in range(max(start, clause - 8), clause)]
    for place, word in enumerate(before[:-1]):
        if word in (*COMPARING, "as", "not", "just") and before[place + 1] in ("in", "on", "during", "at", "of"):
            return not any(parse.is_verb(i) for i in range(clause - len(before) + place, clause))
    return False


def _is_awaited(parse: Parse, token: int, known: Effects) -> bool:
    """ "is due in Lima", "was expected in Quito": who is due there has not come yet."""
    if parse.dep[token] == "acomp":
        return known.adjective.get(parse.word[token]) == PLANNED and parse.child(token, "xcomp") is None
    return parse.lemma[token] in _AWAITING and parse.is_passive(token) and parse.child(token, "xcomp") is None


def _is_question(parse: Parse, token: int) -> bool:
    start, end = parse.sentences[parse.sentence[token]]
    if not any(parse.word[index] == "?" for index in range(max(start, end - 2), end)):
        return False
    # "Kenya voted for it, and what came of that?": only what follows is asked
    return not any(
        parse.word[index] in (",", ";", ":") and parse.word[index + 1] in _JOINING and parse.word[index + 2] in _ASKING
        for index in range(token, end - 3)
    )


def _is_reported(parse: Parse, here: int, known: Effects) -> bool:
    while parse.dep[here] == "conj" and parse.is_verb(parse.head[here]):
        here = parse.head[here]
    head = parse.head[here]
    return parse.dep[here] in ("ccomp", "acl") and (parse.lemma[head] in known.reported or parse.is_noun(head))
