"""What a verb or noun says of itself: negation, auxiliaries, conditions, imperatives, adjectives of doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.factuality.done import has_come, is_at_once, is_hindsight, is_plain
from kg.text.factuality.moods import CONDITIONAL, DEMANDED, DENIED, FUTURE, PLANNED, POSSIBLE, Effects, effects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

_MODAL = {"may": POSSIBLE, "might": POSSIBLE, "could": POSSIBLE, "can": POSSIBLE, "ca": POSSIBLE, "would": POSSIBLE}
_MODAL |= {"'d": POSSIBLE, "should": DEMANDED, "must": DEMANDED, "ought": DEMANDED, "cannot": DENIED, "dare": POSSIBLE}
_QUESTION_WORDS = frozenset({"how", "whether", "when", "where", "what", "whom"})
_OPENING = frozenset({'"', "“", "‘", "'", "``"})


_DYING = frozenset({"die", "kill", "perish", "drown"})
_JUDGING = frozenset({"find", "judge", "declare", "hold"})
_SUPPLYING = frozenset({"supply", "provide", "furnish", "equip", "present", "reward", "arm"})
_TO_NOTHING = frozenset({"agree", "consent", "commit", "pledge", "admit", "object"})


def own_mood(parse: Parse, here: int, known: Effects, reported: bool) -> str:
    """The mood that the word itself is in, empty where it asserts; ``reported`` makes "would" a future."""
    if parse.is_noun(here):
        return _noun_mood(parse, here, known)
    if _is_imperative(parse, here) or _is_wondered(parse, here):
        return DEMANDED if parse.child(here, "aux") is None else POSSIBLE
    if _is_instead(parse, here):
        return DENIED
    mood = DEMANDED if _is_mandative(parse, here) else ""
    for kid in parse.kids[here]:
        label, word = parse.dep[kid], parse.word[kid]
        if is_exceeded(parse, kid):
            continue
        if (
            label == "neg"
            or is_ended(parse, kid)
            or (label in ("advmod", "preconj", "cc") and word in known.never and kid < here)
        ):
            return DENIED
        judged = label in ("ccomp", "oprd") and parse.tag[kid].startswith("JJ") and parse.lemma[here] in _JUDGING
        if judged and parse.child(kid, "neg") is not None and parse.child(kid, "aux", "mark") is None:
            return DENIED  # "found him *not guilty*"
        if label == "mark" and word in known.conditional and not has_come(parse, here):
            return CONDITIONAL
        if label == "advmod" and word in known.perhaps:
            return POSSIBLE
        if label == "auxpass" and parse.tag[kid] == "VB" and _is_subjunctive(parse, here, kid):
            return DEMANDED
        if label in ("aux", "auxpass"):
            mood = _auxiliary(parse, here, kid, reported) or mood
        if label in ("nsubj", "nsubjpass", "dobj") and _is_nobody(parse, kid) and not is_at_once(parse, kid):
            return DENIED
        if word == "with" and parse.lemma[here] in _SUPPLYING:
            if any(_is_nobody(parse, end) for end in parse.children(kid, "pobj")):
                return DENIED  # "supplied them *with neither* arms nor money"
            continue
        if (
            label == "prep"
            and parse.lemma[here] in _TO_NOTHING
            and any(parse.word[end] == "nothing" for end in parse.children(kid, "pobj"))
        ):
            return DENIED  # "agreed to nothing"
    if parse.dep[here] == "conj" and _joined_by(parse, here) == "nor":
        return DENIED  # "neither condemned *nor endorsed* it"
    if mood in ("", PLANNED) and _is_conditioned(parse, here, mood, known):
        return CONDITIONAL
    if not mood and parse.dep[here] == "conj" and not is_finite_alone(parse, here):
        return own_mood(parse, parse.head[here], known, reported) if parse.is_verb(parse.head[here]) else ""
    return mood


def _is_instead(parse: Parse, here: int) -> bool:
    """ "Had fled *rather than* surrender": what was not chosen, however the parse hangs it."""
    if parse.tag[here] not in ("VB", "VBP", "VBG"):
        return False
    before = here - 2 if parse.tag[here - 1] == "RB" else here - 1
    return before > 0 and parse.word[before] == "than" and parse.word[before - 1] in ("rather", "sooner")


def _is_subjunctive(parse: Parse, here: int, be: int) -> bool:
    """ "Insisted that they *be freed*": what is asked for, not told."""
    subject = parse.child(here, "nsubjpass", "nsubj")
    return parse.dep[here] == "ccomp" and subject is not None and subject < be and parse.child(here, "aux") is None


def _is_mandative(parse: Parse, here: int) -> bool:
    """ "Insisted that the army *leave* and *free* the town": a bare form with a subject."""
    if parse.tag[here] != "VB" or parse.child(here, "aux", "auxpass") is not None:
        return False
    if parse.dep[here] == "conj" and parse.child(here, "nsubj", "nsubjpass") is None:
        return parse.is_verb(parse.head[here]) and _is_mandative(parse, parse.head[here])
    marked = any(parse.word[kid] == "that" for kid in parse.children(here, "mark"))
    return parse.dep[here] == "ccomp" and marked and parse.child(here, "nsubj") is not None


def _joined_by(parse: Parse, here: int) -> str:
    """The conjunction nearest before a conjunct."""
    joining = [kid for kid in parse.children(parse.head[here], "cc") if kid < here]
    return parse.word[joining[-1]] if joining else ""


def is_ended(parse: Parse, adverb: int) -> bool:
    """ "No longer": not any more."""
    return parse.word[adverb] == "longer" and parse.word[adverb - 1] == "no"


def is_exceeded(parse: Parse, adverb: int) -> bool:
    """ "*Not only* condemned the raid": and did more."""
    return parse.word[adverb] == "not" and parse.word[adverb + 1] in ("only", "merely", "simply", "just")


def _is_imperative(parse: Parse, here: int) -> bool:
    """ "Please come to Lima": a bare verb that nothing governs as an infinitive, and that has no subject."""
    if parse.tag[here] != "VB" or parse.child(here, "nsubj", "nsubjpass", "aux", "auxpass", "mark") is not None:
        return False
    if parse.child(here, "intj") is not None or parse.head[here] == here:
        return True
    if parse.dep[here] == "ccomp" and parse.lemma[parse.head[here]] in effects().reported:
        return parse.word[here - 1] in _OPENING
    return parse.dep[here] == "conj" and parse.is_verb(parse.head[here]) and _is_imperative(parse, parse.head[here])


def _is_wondered(parse: Parse, here: int) -> bool:
    """ "would decide how to adapt", "unsure whether to go": an infinitive after a question word is an open question."""
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    return infinitive and any(
        parse.word[kid] in _QUESTION_WORDS and kid < here
        for kid in parse.children(here, "advmod", "mark", "dobj", "attr", "pobj")
    )


def _is_conditioned(parse: Parse, here: int, mood: str, known: Effects) -> bool:
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
    soon = (kid for kid in parse.children(here, "advmod") if parse.word[kid] in ("soon", "long"))
    if any(parse.child(kid, "advcl") is not None for kid in soon):
        return True  # "will come as soon as he is free"
    return any(
        parse.word[mark] in ("if", "unless", "should", "provided", "lest")
        for clause in parse.children(here, "advcl")
        for mark in parse.children(clause, "mark")
    )


def _auxiliary(parse: Parse, here: int, kid: int, reported: bool) -> str:
    word = parse.word[kid]
    if word in ("would", "could", "'d", "will") and parse.lemma[here] == "say" and _is_only(parse, here):
        return ""  # "would say *only* that talks went on", and did
    if word in FUTURE:
        return PLANNED
    if word in ("would", "'d"):
        if not reported and is_hindsight(parse, here):
            return ""
        perfect = any(parse.lemma[other] == "have" for other in parse.children(here, "aux"))
        return PLANNED if reported and not perfect else POSSIBLE
    if word in ("may", "might", "could") and _is_estimated(parse, here):
        return ""
    return _MODAL.get(word, "")


def _is_estimated(parse: Parse, verb: int) -> bool:
    """Whether only the number of the dead is in doubt: "as many as 300 people may have died"."""
    if parse.lemma[verb] not in _DYING or not any(parse.lemma[kid] == "have" for kid in parse.children(verb, "aux")):
        return False
    heads = parse.children(verb, "nsubj", "nsubjpass")
    return any(parse.tag[here] == "CD" for head in heads for here in range(parse.subtree(head)[0], head + 1))


def _is_only(parse: Parse, verb: int) -> bool:
    """Whether "only" stands beside a verb: "would *only* say", "would say *only* that"."""
    return parse.word[verb - 1] == "only" or parse.word[verb + 1 : verb + 2] == ["only"]


def _is_nobody(parse: Parse, subject: int) -> bool:
    if parse.word[subject] in ("nobody", "none", "neither", "nothing", "no-one"):
        return True
    first = parse.subtree(subject)[0]
    if "not" in (parse.word[first], parse.word[max(0, first - 1)]) and "single" in parse.word[first:subject]:
        return True  # "not a single soldier was killed"
    return any(parse.word[kid] in ("no", "neither") for kid in parse.children(subject, "det", "preconj", "cc"))


def is_finite_alone(parse: Parse, here: int) -> bool:
    """Whether a verb joined to another has a subject, auxiliary or finite form of its own."""
    for kid in parse.kids[here]:
        bare = parse.dep[kid] == "auxpass" and parse.tag[kid] == "VB"  # "must go or *be* removed"
        if parse.dep[kid] in ("aux", "nsubj", "nsubjpass", "auxpass") and not bare:
            return True
    return parse.tag[here] in ("VBD", "VBZ", "VBP")


def _noun_mood(parse: Parse, here: int, known: Effects) -> str:
    for kid in parse.kids[here]:
        if parse.dep[kid] in ("det", "neg", "preconj") and parse.word[kid] in ("no", "neither", "any"):
            if is_plain(parse, here):
                return ""
            return DENIED if parse.word[kid] != "any" else POSSIBLE
        if parse.dep[kid] == "det" and parse.word[kid] == "every" and parse.tag[here] == "NN":
            return POSSIBLE  # "says so at every meeting": of none in particular
        if parse.dep[kid] == "amod" and parse.word[kid] in words("modality", "adjectives", "irrealis"):
            return POSSIBLE
        if parse.dep[kid] == "amod" and parse.word[kid] in words("modality", "adjectives", "planned"):
            return PLANNED
    return ""
