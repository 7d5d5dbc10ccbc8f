"""Whether the text presents something as having happened, as scheduled, or only as urged, denied, feared, imagined.

The judgement starts at the word that names the event and climbs the parse: its own auxiliaries and negation first,
then everything that governs it ("refused to", "a call for", "if", "is expected to"). One irreal governor is enough to
make it a proposition; one scheduling governor makes it planned; a reporting governor only adds a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.lexicon import load, words

if TYPE_CHECKING:
    from kg.text.parse import Parse

ASSERTED, PLANNED, POSSIBLE, DEMANDED, DENIED, CONDITIONAL, QUESTION = (
    "asserted",
    "planned",
    "possible",
    "demanded",
    "denied",
    "conditional",
    "question",
)
_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_MODAL = {"may": POSSIBLE, "might": POSSIBLE, "could": POSSIBLE, "can": POSSIBLE, "ca": POSSIBLE, "would": POSSIBLE}
_MODAL |= {"'d": POSSIBLE, "should": DEMANDED, "must": DEMANDED, "ought": DEMANDED, "cannot": DENIED, "dare": POSSIBLE}
_QUESTION_WORDS = frozenset({"how", "whether", "when", "where", "what", "whom"})
_OPENING = frozenset({'"', "“", "‘", "'", "``"})
_TEMPORAL = frozenset({"after", "when", "before", "as", "while", "once"})
_COMPARING = frozenset({"like", "than", "unlike"})
_NOT_A_FACT = frozenset({"without", "against", "instead", "despite_not", "barring", "short"})
_LIKENING = frozenset({"similar", "comparable", "akin", "reminiscent", "equivalent", "identical"})
_SINGLING = frozenset({"only", "first", "last", "sole", "second", "third", "latest"})
_AWAITING = frozenset({"expect", "schedule", "slate", "await"})
_RESTRICTING = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "last"})


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


@dataclass(frozen=True, slots=True)
class _Effects:
    clause: dict[str, str]
    noun: dict[str, str]
    prep: dict[str, str]
    adjective: dict[str, str]
    irrealis_nouns: frozenset[str]
    conditional: frozenset[str]
    perhaps: frozenset[str]
    never: frozenset[str]
    reported: frozenset[str]


@lru_cache(maxsize=1)
def _effects() -> _Effects:
    clause: dict[str, str] = {}
    for mood in ("reported", "planned", "promised", "possible", "demanded", "denied"):
        for word in words("modality", "clause", mood):
            clause.setdefault(word, mood)
    noun = {
        word: mood for mood in ("planned", "possible", "demanded", "denied") for word in words("modality", "noun", mood)
    }
    prep = {phrase: mood for mood in load("modality")["prep"] for phrase in words("modality", "prep", mood)}
    adjective = {word: mood for mood in ("planned", "possible") for word in words("modality", "phrases", mood)}
    return _Effects(
        clause,
        noun,
        prep,
        adjective,
        words("modality", "nouns", "irrealis"),
        words("modality", "marks", "conditional"),
        words("modality", "adverbs", "possible") | words("modality", "adverbs", "almost"),
        words("modality", "adverbs", "denied"),
        words("modality", "clause", "reported"),
    )


def judge(parse: Parse, token: int, *, own: bool = True) -> Judgement:
    """How the text presents the event that ``token`` (a verb, or a noun naming an event) stands for.

    Without ``own``, its own negation and auxiliaries are left out of account.
    """
    effects = _effects()
    reports: list[int] = []
    planned, coordinated = _is_awaited(parse, token, effects), False
    here = token
    for _ in range(40):
        mood = _own_mood(parse, here, effects, bool(reports) or _is_reported(parse, here, effects))
        if not own and here == token:
            mood = ""
        if coordinated and mood != CONDITIONAL:
            mood = ""
        if mood == DENIED and here != token and parse.is_noun(here) and _is_definite(parse, token):
            mood = ""  # "no link with the release": the release is a fact
        if mood == PLANNED:
            planned = True
        elif mood:
            return Judgement(mood, tuple(reports), here)
        head = parse.head[here]
        reports.extend(kid for kid in parse.children(here, "parataxis") if parse.lemma[kid] in effects.reported)
        if head == here:
            break
        step = _step(parse, here, head, effects)
        if step == "stop":
            break
        if step == "reported":
            reports.append(head)
        elif step == PLANNED:
            planned = True
        elif step not in ("", "pass"):
            return Judgement(step, tuple(reports), head)
        # "did not yield but abstained": a finite conjunct has no part in the negation and auxiliaries of the first
        coordinated = parse.dep[here] == "conj" and parse.is_verb(here) and _is_finite_alone(parse, here)
        here = head
    if _is_likened(parse, token):
        return Judgement(DENIED, tuple(reports))
    if _is_question(parse, token):
        return Judgement(QUESTION, tuple(reports))
    return Judgement(PLANNED if planned else ASSERTED, tuple(reports))


def _is_likened(parse: Parse, token: int) -> bool:
    """Whether it is told for comparison only: "Unlike in 1990, when", "as in 1956, when", "like X pounding"."""
    start, _ = parse.sentences[parse.sentence[token]]
    here = token
    for _ in range(12):
        head = parse.head[here]
        if parse.dep[here] == "pcomp" and parse.word[head] in _COMPARING:
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
        if word in (*_COMPARING, "as", "not", "just") and before[place + 1] in ("in", "on", "during", "at", "of"):
            return not any(parse.is_verb(i) for i in range(clause - len(before) + place, clause))
    return False


def _is_awaited(parse: Parse, token: int, effects: _Effects) -> bool:
    """ "is due in Lima", "was expected in Quito": who is due there has not come yet."""
    if parse.dep[token] == "acomp":
        return effects.adjective.get(parse.word[token]) == PLANNED and parse.child(token, "xcomp") is None
    return parse.lemma[token] in _AWAITING and parse.is_passive(token) and parse.child(token, "xcomp") is None


def _is_question(parse: Parse, token: int) -> bool:
    start, end = parse.sentences[parse.sentence[token]]
    return any(parse.word[index] == "?" for index in range(max(start, end - 2), end))


def _is_reported(parse: Parse, here: int, effects: _Effects) -> bool:
    while parse.dep[here] == "conj" and parse.is_verb(parse.head[here]):
        here = parse.head[here]
    head = parse.head[here]
    return parse.dep[here] in ("ccomp", "acl") and (parse.lemma[head] in effects.reported or parse.is_noun(head))


def _own_mood(parse: Parse, here: int, effects: _Effects, reported: bool) -> str:
    if parse.is_noun(here):
        return _noun_mood(parse, here, effects)
    if _is_imperative(parse, here) or _is_wondered(parse, here):
        return DEMANDED if parse.child(here, "aux") is None else POSSIBLE
    mood = ""
    for kid in parse.kids[here]:
        label, word = parse.dep[kid], parse.word[kid]
        if label == "neg" or (label in ("advmod", "preconj", "cc") and word in effects.never and kid < here):
            return DENIED
        if label == "mark" and word in effects.conditional:
            return CONDITIONAL
        if label == "advmod" and word in effects.perhaps:
            return POSSIBLE
        if label in ("aux", "auxpass"):
            mood = _auxiliary(parse, here, kid, reported) or mood
        if label in ("nsubj", "nsubjpass", "dobj") and _is_nobody(parse, kid):
            return DENIED
    if mood in ("", PLANNED) and _is_conditioned(parse, here, mood, effects):
        return CONDITIONAL
    if not mood and parse.dep[here] == "conj" and not _is_finite_alone(parse, here):
        return _own_mood(parse, parse.head[here], effects, reported) if parse.is_verb(parse.head[here]) else ""
    return mood


def _is_imperative(parse: Parse, here: int) -> bool:
    """ "Please come to Lima": a bare verb that nothing governs as an infinitive, and that has no subject."""
    if parse.tag[here] != "VB" or parse.child(here, "nsubj", "nsubjpass", "aux", "auxpass", "mark") is not None:
        return False
    if parse.child(here, "intj") is not None or parse.head[here] == here:
        return True
    if parse.dep[here] == "ccomp" and parse.lemma[parse.head[here]] in _effects().reported:
        return parse.word[here - 1] in _OPENING
    return parse.dep[here] == "conj" and parse.is_verb(parse.head[here]) and _is_imperative(parse, parse.head[here])


def _is_wondered(parse: Parse, here: int) -> bool:
    """ "would decide how to adapt", "unsure whether to go": an infinitive after a question word is an open question."""
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    return infinitive and any(
        parse.word[kid] in _QUESTION_WORDS and kid < here
        for kid in parse.children(here, "advmod", "mark", "dobj", "attr", "pobj")
    )


def _is_conditioned(parse: Parse, here: int, mood: str, effects: _Effects) -> bool:
    """ "will go unless …", and "had he gone, …"."""
    subject = parse.child(here, "nsubj", "nsubjpass")
    for kid in parse.children(here, "aux"):
        if (
            parse.word[kid] in ("had", "should")
            and subject is not None
            and kid < subject
            and kid == parse.subtree(here)[0]
        ):
            return True
    if mood != PLANNED:
        return False
    return any(
        parse.word[mark] in ("if", "unless", "should", "provided", "lest")
        for clause in parse.children(here, "advcl")
        for mark in parse.children(clause, "mark")
    )


def _phrase(parse: Parse, verb: int, table: dict[str, str]) -> str:
    """What the verb with its particle does ("ruled out"), else the verb alone."""
    particle = parse.child(verb, "prt")
    if particle is not None and f"{parse.lemma[verb]} {parse.word[particle]}" in table:
        return table[f"{parse.lemma[verb]} {parse.word[particle]}"]
    return table.get(parse.lemma[verb], "")


def _auxiliary(parse: Parse, here: int, kid: int, reported: bool) -> str:
    word = parse.word[kid]
    if word in _FUTURE:
        return PLANNED
    if word in ("would", "'d"):
        perfect = any(parse.lemma[other] == "have" for other in parse.children(here, "aux"))
        return PLANNED if reported and not perfect else POSSIBLE
    return _MODAL.get(word, "")


def _is_nobody(parse: Parse, subject: int) -> bool:
    if parse.word[subject] in ("nobody", "none", "neither", "nothing", "no-one"):
        return True
    return any(parse.word[kid] in ("no", "neither") for kid in parse.children(subject, "det", "preconj", "cc"))


def _is_finite_alone(parse: Parse, here: int) -> bool:
    if any(parse.dep[kid] in ("aux", "nsubj", "nsubjpass", "auxpass") for kid in parse.kids[here]):
        return True
    return parse.tag[here] in ("VBD", "VBZ", "VBP")


def _noun_mood(parse: Parse, here: int, effects: _Effects) -> str:
    for kid in parse.kids[here]:
        if parse.dep[kid] in ("det", "neg", "preconj") and parse.word[kid] in ("no", "neither", "any"):
            return DENIED if parse.word[kid] != "any" else POSSIBLE
        if parse.dep[kid] == "amod" and parse.word[kid] in words("modality", "adjectives", "irrealis"):
            return POSSIBLE
        if parse.dep[kid] == "amod" and parse.word[kid] in words("modality", "adjectives", "planned"):
            return PLANNED
    return ""


def _step(parse: Parse, here: int, head: int, effects: _Effects) -> str:
    """What the edge from ``here`` up to ``head`` does: a mood, ``reported``, ``pass`` or ``stop``."""
    label = parse.dep[here]
    if label in ("ccomp", "xcomp", "csubj", "csubjpass", "pcomp", "acomp", "oprd", "attr"):
        return _clause_step(parse, here, head, label, effects)
    if label in ("relcl", "acl"):
        return _modifier_step(parse, here, head, effects)
    if label == "advcl":
        return _adverbial_step(parse, here, effects)
    if label in ("dobj", "obj", "nsubjpass", "appos") and not parse.is_verb(here):
        return _object_step(parse, here, head, label, effects)
    if label == "pobj":
        return _prepositional_step(parse, here, head, effects)
    if label == "parataxis":
        return "reported" if parse.lemma[head] in effects.reported else "stop"
    if label in ("nsubj",) and not parse.is_verb(here):
        return _subject_step(parse, here, head)
    if label in ("poss", "compound", "nmod", "amod"):
        return "stop" if parse.is_verb(here) else "pass"
    return "pass"


def _clause_step(parse: Parse, here: int, head: int, label: str, effects: _Effects) -> str:
    if label == "pcomp":
        return _prepositional_step(parse, here, head, effects)
    if label == "ccomp" and _is_juxtaposed(parse, here, head):
        return "stop"
    lemma = parse.lemma[head]
    if parse.tag[head].startswith("JJ") or parse.dep[head] == "acomp":
        return effects.adjective.get(parse.word[head], "pass")
    if lemma in ("be", "seem", "appear", "become", "feel", "remain"):
        for kid in parse.children(head, "acomp"):
            if kid != here and effects.adjective.get(parse.word[kid]):
                return effects.adjective[parse.word[kid]]
    if parse.is_noun(head) and label in ("ccomp", "xcomp"):
        return POSSIBLE if lemma in effects.irrealis_nouns else "pass"
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    mood = _phrase(parse, head, effects.clause)
    if lemma == "have" and parse.tag[here] == "VBN":
        return "pass"  # "had himself sworn in"
    if lemma == "say" or (mood == "reported" and not infinitive):
        return "reported"
    if label in ("acomp", "attr", "oprd"):
        return "pass"
    if infinitive and lemma == "prefer" and parse.tag[head] == "VBD":
        return "pass"  # "preferred to stay away": and did
    if infinitive:
        return _infinitive(parse, head, lemma, mood)
    if mood in ("planned",):
        return PLANNED if lemma != "be" else "pass"
    if mood == "promised":
        return PLANNED
    return mood if mood in (POSSIBLE, DEMANDED, DENIED) else "pass"


def _is_juxtaposed(parse: Parse, here: int, head: int) -> bool:
    """Whether a semicolon keeps the clause apart: the parser hangs the first of two sentences below the second."""
    return any(parse.word[index] == ";" for index in range(min(here, head) + 1, max(here, head)))


def _infinitive(parse: Parse, head: int, lemma: str, mood: str) -> str:
    passive = any(parse.dep[kid] == "auxpass" for kid in parse.kids[head])
    if (
        lemma in ("report", "say", "believe", "think", "know", "see", "allege", "find", "understand", "show")
        and passive
    ):
        return "reported"
    if lemma in ("expect", "anticipate") and not passive:
        return POSSIBLE  # what others expect is not scheduled
    if lemma in ("expect", "anticipate", "schedule", "plan", "slate", "set", "intend", "arrange", "be"):
        return PLANNED
    if mood == "reported" and lemma == "agree":
        return PLANNED
    if mood == "reported":
        return DEMANDED if lemma == "tell" else "pass"
    if mood in ("planned", "promised"):
        return PLANNED
    return mood or "pass"


def _modifier_step(parse: Parse, here: int, head: int, effects: _Effects) -> str:
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    if infinitive and parse.lemma[head] == "decision" and parse.child(head, "poss") is not None:
        return "pass"  # "Mali's decision to expel him" tells of a step
    if infinitive and any(parse.lemma[kid] in _SINGLING for kid in parse.children(head, "amod")):
        return "pass"  # "the only country to vote against it", "the first to leave"
    if infinitive or parse.child(here, "mark") is not None:
        return POSSIBLE if infinitive or parse.lemma[head] in effects.irrealis_nouns else "pass"
    if parse.tag[here] == "VB" and parse.lemma[head] in effects.irrealis_nouns:
        return POSSIBLE  # "their demand that Kabul free them", some word taken for "that"
    if _is_compared(parse, head):
        return DENIED
    if parse.dep[here] == "relcl" or _is_definite(parse, head):
        return "stop"
    if parse.tag[here] == "VBN" and any(parse.dep[kid] in ("agent", "npadvmod") for kid in parse.kids[here]):
        return "stop"
    return "pass"


def _is_compared(parse: Parse, noun: int) -> bool:
    """Whether the noun stands in a comparison: "unlike in 1990, when"."""
    here = noun
    for _ in range(4):
        if parse.dep[here] not in ("pobj", "prep", "pcomp") or parse.head[here] == here:
            return False
        here = parse.head[here]
        if parse.word[here] in _COMPARING:
            return True
    return False


def _is_definite(parse: Parse, noun: int) -> bool:
    if parse.tag[noun].startswith("NNP"):
        return True
    return any(
        parse.dep[kid] in ("poss", "det") and (parse.dep[kid] == "poss" or parse.word[kid] in _RESTRICTING)
        for kid in parse.kids[noun]
    )


def _adverbial_step(parse: Parse, here: int, effects: _Effects) -> str:
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    if infinitive and any(parse.word[kid] == "for" for kid in parse.children(here, "mark")):
        return effects.prep.get(f"{parse.lemma[parse.head[here]]} for", POSSIBLE)
    if infinitive:
        preferred = parse.lemma[parse.head[here]] == "prefer" and parse.tag[parse.head[here]] in ("VBD", "VBN")
        return "pass" if preferred or parse.lemma[parse.head[here]] in words("modality", "realising") else POSSIBLE
    if any(parse.word[kid] in effects.conditional for kid in parse.children(here, "mark", "advmod")):
        return CONDITIONAL
    if _is_coming(parse, here):
        return CONDITIONAL
    if _is_juxtaposed(parse, here, parse.head[here]):
        return "stop"
    if parse.tag[here] == "VBG" and not any(parse.word[i] == "," for i in range(parse.head[here], here)):
        governed = _phrase(parse, parse.head[here], effects.clause)  # "ruled out sending": a gerund taken for an aside
        if governed in (DENIED, POSSIBLE) and parse.child(here, "mark") is None:
            return governed
    if any(parse.dep[kid] in ("nsubj", "nsubjpass") for kid in parse.kids[here]):
        return "stop"
    return "pass"


def _is_coming(parse: Parse, here: int) -> bool:
    """ "will leave after the monitors arrive": a present tense of time below a future has not come about yet."""
    marked = any(parse.word[kid] in _TEMPORAL for kid in parse.children(here, "mark", "advmod"))
    if not marked or parse.tag[here] not in ("VBP", "VBZ", "VB"):
        return False
    if any(parse.word[kid] in ("have", "has") for kid in parse.children(here, "aux")):
        return False
    return any(parse.word[kid] in _FUTURE for kid in parse.children(parse.head[here], "aux"))


def _object_step(parse: Parse, here: int, head: int, label: str, effects: _Effects) -> str:
    if label == "appos":
        return "stop"
    mood = _phrase(parse, head, effects.noun)
    if not mood or (parse.lemma[head] == "offer" and parse.lemma[here] in words("modality", "performed")):
        return "pass"  # who offers an apology has apologised
    if label == "nsubjpass" and mood == PLANNED:
        past = any(parse.word[kid] in ("had", "was", "were") for kid in parse.children(head, "aux", "auxpass"))
        return "pass" if past else PLANNED
    return mood


def _prepositional_step(parse: Parse, here: int, preposition: int, effects: _Effects) -> str:
    word = parse.word[preposition]
    if word in _COMPARING or word in _NOT_A_FACT:
        return DENIED
    governor = parse.head[preposition]
    if word in ("since", "in") and any(parse.tag[kid] in ("JJS", "RBS") for kid in parse.kids[governor]):
        return DENIED  # "the worst crisis since the invasion" tells of the crisis
    if parse.lemma[governor] == "be" and any(parse.word[kid] in _LIKENING for kid in parse.children(governor, "acomp")):
        return DENIED
    mood = effects.prep.get(f"{parse.lemma[governor]} {word}", "") or effects.prep.get(
        f"{parse.word[governor]} {word}", ""
    )
    if mood:
        return DEMANDED
    if (
        parse.is_noun(governor)
        and parse.lemma[governor] in effects.irrealis_nouns
        and word in ("of", "for", "to", "on")
    ):
        return POSSIBLE
    return (
        "stop"
        if parse.is_noun(here) and word in ("after", "since", "during", "before", "following", "amid")
        else "pass"
    )


def _subject_step(parse: Parse, here: int, head: int) -> str:
    if parse.lemma[head] in ("be", "seem", "look", "appear", "remain"):
        for kid in parse.children(head, "acomp"):
            mood = _effects().adjective.get(parse.word[kid], "")
            if mood == POSSIBLE or (mood == PLANNED and parse.child(kid, "xcomp") is not None):
                return mood
        if parse.lemma[head] == "be" and any(
            parse.word[to] == "to" for kid in parse.children(head, "xcomp") for to in parse.children(kid, "aux")
        ):
            return PLANNED  # "talks are to open in May"
    return "pass" if parse.is_verb(head) and not _is_definite(parse, here) else "stop"
