"""What governs an event word makes of it: "refused to", "a call for", "if", "is expected to", one edge at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.factuality.done import has_come, is_done, is_undenied
from kg.text.factuality.moods import (
    COMPARING,
    CONDITIONAL,
    DEMANDED,
    DENIED,
    FUTURE,
    PLANNED,
    POSSIBLE,
    Effects,
    effects,
)
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

_TEMPORAL = frozenset({"after", "when", "before", "as", "while", "once"})
_NOT_A_FACT = frozenset({"without", "against", "instead", "despite_not", "barring", "short"})
_SAID = frozenset({"report", "say", "believe", "think", "know", "see", "allege", "find", "understand", "show"})
_LIKENING = frozenset({"similar", "comparable", "akin", "reminiscent", "equivalent", "identical"})
_SPANS = frozenset({"day", "week", "month", "year", "decade", "hour"})
_OCCURRING = frozenset({"take", "be", "begin", "open", "start", "occur", "follow", "happen", "come"})
_BEGINNING = frozenset(
    {"open", "begin", "start", "take", "happen", "occur", "materialise", "materialize", "come", "resume"}
)
_GATHERINGS = frozenset({"summit", "meeting", "talk", "session", "conference", "encounter"})
_SINGLING = frozenset({"only", "first", "last", "sole", "second", "third", "latest"})
_RESTRICTING = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "last"})


def step_up(parse: Parse, here: int, head: int, known: Effects) -> str:
    """What the edge from ``here`` up to ``head`` does: a mood, ``reported``, ``pass`` or ``stop``."""
    label = parse.dep[here]
    if is_done(parse, here, head):
        return "pass"
    if is_undenied(parse, here, head):
        return "stop"
    if label == "ccomp" and parse.word[head] == "now":
        return "stop"  # "now that Mali has left"
    if label in ("xcomp", "advcl", "ccomp", "csubj") and _is_weighed(parse, here, head):
        return POSSIBLE
    if label in ("xcomp", "advcl", "ccomp") and _is_too(parse, here, head):
        return DENIED
    if label in ("xcomp", "advcl", "acl", "relcl", "ccomp") and _is_without(parse, here):
        return DENIED
    if label in ("ccomp", "xcomp", "csubj", "csubjpass", "pcomp", "acomp", "oprd", "attr"):
        return _clause_step(parse, here, head, label, known)
    if label in ("relcl", "acl"):
        return _modifier_step(parse, here, head, known)
    if label == "advcl":
        return _adverbial_step(parse, here, known)
    if label in ("dobj", "obj", "nsubjpass", "appos") and not parse.is_verb(here):
        return _object_step(parse, here, head, label, known)
    if label == "pobj":
        return _prepositional_step(parse, here, head, known)
    if label == "conj" and _is_rejected(parse, here, head):
        return DENIED
    if label == "parataxis":
        return "reported" if parse.lemma[head] in known.reported else "stop"
    if label in ("nsubj",) and not parse.is_verb(here):
        return _subject_step(parse, here, head)
    if label in ("poss", "compound", "nmod", "amod"):
        return "stop" if parse.is_verb(here) else "pass"
    return "pass"


def _is_weighed(parse: Parse, here: int, head: int) -> bool:
    """Whether an act is only judged: "it *would be wrong to* bomb"."""
    if not any(parse.word[kid] == "to" for kid in parse.children(here, "aux")):
        return False
    verb = parse.head[head] if parse.dep[head] in ("acomp", "attr") else head
    if parse.lemma[verb] != "be" or not any(parse.word[kid] == "it" for kid in parse.kids[verb]):
        return False
    if verb == head and parse.child(verb, "acomp", "attr") is None:
        return False
    return any(parse.tag[kid] == "MD" for kid in parse.children(verb, "aux"))


def _is_too(parse: Parse, here: int, head: int) -> bool:
    """Whether something is too much so to be done: "was *too ill to* stand trial"."""
    if not any(parse.word[kid] == "to" for kid in parse.children(here, "aux")):
        return False
    owners = (head, *parse.children(head, "acomp", "advmod"))
    return any(parse.tag[owner][:2] in ("JJ", "RB") and parse.word[owner - 1] == "too" for owner in owners)


def _is_without(parse: Parse, here: int) -> bool:
    """ "Was in *no mood to* apologise", "had no right to": who is not minded or entitled to do it does not."""
    to = next((kid for kid in parse.children(here, "aux") if parse.word[kid] == "to"), -1)
    return to > 1 and parse.word[to - 2] == "no" and parse.tag[to - 1] in ("NN", "NNS")


def _is_rejected(parse: Parse, here: int, head: int) -> bool:
    """Whether what is done is done rather than this: "abstained rather than *use* its veto"."""
    joining = [kid for kid in parse.children(head, "cc") if head < kid < here]
    return bool(joining) and parse.word[joining[-1]] == "than"


def _clause_step(parse: Parse, here: int, head: int, label: str, known: Effects) -> str:
    if label == "pcomp":
        return _prepositional_step(parse, here, head, known)
    if label == "ccomp" and any(test(parse, here, head) for test in (_is_juxtaposed, _is_listed, _is_commented)):
        return "stop"
    lemma = parse.lemma[head]
    if parse.tag[head].startswith("JJ") or parse.dep[head] == "acomp":
        return known.adjective.get(parse.word[head], "pass")
    if lemma in ("be", "seem", "appear", "become", "feel", "remain"):
        for kid in parse.children(head, "acomp"):
            if kid != here and known.adjective.get(parse.word[kid]):
                return known.adjective[parse.word[kid]]
    if parse.is_noun(head) and label in ("ccomp", "xcomp"):
        return POSSIBLE if lemma in known.irrealis_nouns else "pass"
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    mood = _phrase(parse, head, known.clause)
    if lemma == "have" and parse.tag[here] == "VBN":
        return "pass"  # "had himself sworn in"
    if lemma == "say" or (mood == "reported" and not infinitive):
        return "reported"
    if label in ("acomp", "attr", "oprd"):
        return "pass"
    if infinitive and lemma in ("prefer", "choose", "opt", "elect") and parse.tag[head] in ("VBD", "VBN"):
        return "pass"  # "preferred to stay away", "chose to abstain": and did
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


def _is_commented(parse: Parse, here: int, head: int) -> bool:
    """ "Chad *shut* the port, something Mali *denies*": the parser hangs the sentence below the comment on it."""
    comma = parse.subtree(here)[1]
    if here > head or comma + 2 >= parse.size or parse.word[comma] != ",":
        return False
    if parse.word[comma + 1] == "something":
        return True
    noun = next((i for i in range(comma + 1, min(comma + 5, head)) if parse.tag[i] == "NN"), -1)
    told = words("events", "sets", "charges") | words("events", "sets", "proposals")
    return parse.word[comma + 1] in ("a", "an") and noun > 0 and parse.lemma[noun] in told


def _is_listed(parse: Parse, here: int, head: int) -> bool:
    """ "Ghana *voted* for it, Togo *abstained*": the parser hangs the first of two sentences below the second."""
    return here < head and parse.lemma[head] in ("abstain", "vote") and parse.child(here, "mark") is None


def _phrase(parse: Parse, verb: int, table: dict[str, str]) -> str:
    """What the verb with its particle does ("ruled out"), else the verb alone."""
    particle = parse.child(verb, "prt")
    if particle is not None and f"{parse.lemma[verb]} {parse.word[particle]}" in table:
        return table[f"{parse.lemma[verb]} {parse.word[particle]}"]
    return table.get(parse.lemma[verb], "")


def _infinitive(parse: Parse, head: int, lemma: str, mood: str) -> str:
    passive = any(parse.dep[kid] == "auxpass" for kid in parse.kids[head])
    if lemma in _SAID and passive:
        return "reported"
    if lemma in ("expect", "anticipate") and not passive:
        return POSSIBLE  # what others expect is not scheduled
    if lemma == "go" and parse.tag[head] == "VBG":
        return PLANNED if parse.child(head, "aux") is not None else "pass"  # "is going to resign"
    if lemma in ("expect", "anticipate", "schedule", "plan", "slate", "set", "intend", "arrange", "be"):
        return PLANNED
    if mood == "reported" and lemma == "agree":
        return PLANNED
    if mood == "reported":
        return DEMANDED if lemma == "tell" else "pass"
    if mood in ("planned", "promised"):
        return PLANNED
    return mood or "pass"


def _modifier_step(parse: Parse, here: int, head: int, known: Effects) -> str:
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    if infinitive and parse.lemma[head] == "decision" and _is_taken(parse, head):
        return "pass"  # "Mali's decision to expel him", "a decision by Mali to do so" tells of a step
    if infinitive and parse.lemma[head] == "invitation" and parse.dep[head] == "dobj":
        return PLANNED if parse.lemma[parse.head[head]] in words("modality", "accepting") else POSSIBLE
    if infinitive and any(_is_single(parse, kid) for kid in (head, *parse.children(head, "amod"))):
        return "pass"  # "the only country to vote against it", "the first to leave"
    if infinitive or parse.child(here, "mark") is not None:
        return POSSIBLE if infinitive or parse.lemma[head] in known.irrealis_nouns else "pass"
    if parse.tag[here] == "VB" and parse.lemma[head] in known.irrealis_nouns:
        return POSSIBLE  # "their demand that Kabul free them", some word taken for "that"
    if _is_compared(parse, head):
        return DENIED
    if parse.dep[here] == "relcl" or is_definite(parse, head) or _is_aside(parse, here):
        return "stop"
    if parse.tag[here] == "VBN" and any(parse.dep[kid] in ("agent", "npadvmod") for kid in parse.kids[here]):
        return "stop"
    return "pass"


def _is_aside(parse: Parse, verb: int) -> bool:
    """ "Envoys, *meeting* in Accra, set no date": they met; "ties, *cut* in 1959, will be restored": they were cut."""
    if parse.word[verb - 1] != "," or parse.head[verb] > verb:
        return False
    placed = any(parse.word[kid] in ("in", "on", "since", "after") for kid in parse.children(verb, "prep"))
    return parse.tag[verb] == "VBG" or (parse.tag[verb] == "VBN" and placed)


def _is_taken(parse: Parse, decision: int) -> bool:
    """Whether it is told whose decision it was."""
    by = (kid for kid in parse.children(decision, "prep", "agent") if parse.word[kid] in ("by", "of"))
    named = any(parse.tag[end].startswith("NNP") for kid in by for end in parse.children(kid, "pobj"))
    return named or parse.child(decision, "poss") is not None


def _is_single(parse: Parse, adjective: int) -> bool:
    return parse.lemma[adjective] in _SINGLING or parse.word[adjective] in _SINGLING


def _is_compared(parse: Parse, noun: int) -> bool:
    """Whether the noun stands in a comparison: "unlike in 1990, when"."""
    here = noun
    for _ in range(4):
        if parse.dep[here] not in ("pobj", "prep", "pcomp") or parse.head[here] == here:
            return False
        here = parse.head[here]
        if parse.word[here] in COMPARING:
            return True
    return False


def is_definite(parse: Parse, noun: int) -> bool:
    """Whether a noun speaks of something known: a name, or with "the", "this", "its" before it."""
    if parse.tag[noun].startswith("NNP"):
        return True
    return any(
        parse.dep[kid] in ("poss", "det") and (parse.dep[kid] == "poss" or parse.word[kid] in _RESTRICTING)
        for kid in parse.kids[noun]
    )


def _is_governed(parse: Parse, here: int) -> bool:
    """Whether an infinitive after an active verb without an object is what that verb needs."""
    head = parse.head[here]
    return head < here and not parse.is_passive(head) and parse.child(head, "dobj", "xcomp", "ccomp") is None


def _adverbial_step(parse: Parse, here: int, known: Effects) -> str:
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(here, "aux"))
    if infinitive and any(parse.word[kid] == "for" for kid in parse.children(here, "mark")):
        return known.prep.get(f"{parse.lemma[parse.head[here]]} for", POSSIBLE)
    if infinitive:
        perfect = any(parse.lemma[kid] == "have" for kid in parse.children(here, "aux"))
        if perfect and parse.lemma[parse.head[here]] in _SAID and parse.is_passive(parse.head[here]):
            return "reported"  # "was said on Monday to have signed": taken for a purpose
        if _phrase(parse, parse.head[here], known.clause) in ("planned", "promised") and _is_governed(parse, here):
            return PLANNED  # "resolved on Monday to recall": what was resolved, taken for a purpose
        if _is_asked(parse, here, known):
            return DEMANDED
        preferred = parse.lemma[parse.head[here]] == "prefer" and parse.tag[parse.head[here]] in ("VBD", "VBN")
        return "pass" if preferred or parse.lemma[parse.head[here]] in words("modality", "realising") else POSSIBLE
    if any(parse.word[kid] in known.conditional for kid in parse.children(here, "mark", "advmod")):
        return "stop" if has_come(parse, here) else CONDITIONAL
    if _is_coming(parse, here):
        return CONDITIONAL
    if _is_juxtaposed(parse, here, parse.head[here]) or _is_capping(parse, here):
        return "stop"
    if parse.tag[here] == "VBG" and not any(parse.word[i] == "," for i in range(parse.head[here], here)):
        governed = _phrase(parse, parse.head[here], known.clause)  # "ruled out sending": a gerund taken for an aside
        if governed in (DENIED, POSSIBLE) and parse.child(here, "mark") is None:
            return governed
    if any(parse.dep[kid] in ("nsubj", "nsubjpass") for kid in parse.kids[here]):
        return "stop"
    return "pass"


def _is_capping(parse: Parse, here: int) -> bool:
    """ "Would sign, *capping* nine months of talks": what has lasted for long has been."""
    spent = parse.child(here, "dobj") if parse.tag[here] == "VBG" else None
    return spent is not None and parse.lemma[spent] in _SPANS and parse.word[spent + 1] == "of"


def _is_asked(parse: Parse, here: int, known: Effects) -> bool:
    """ "Called on Mali *to leave*": what is asked of him, taken for a purpose."""
    head = parse.head[here]
    upon = any(parse.word[kid] in ("on", "upon") and head < kid < here for kid in parse.children(head, "prep"))
    return upon and _phrase(parse, head, known.clause) == DEMANDED


def _is_coming(parse: Parse, here: int) -> bool:
    """ "will leave after the monitors arrive": a present tense of time below a future has not come about yet."""
    if parse.word[parse.head[here]] in ("soon", "long"):  # "would sign as soon as it was free"
        verb = parse.head[parse.head[here]]
        return any(parse.word[kid] in (*FUTURE, "would") for kid in parse.children(verb, "aux"))
    marked = any(parse.word[kid] in _TEMPORAL for kid in parse.children(here, "mark", "advmod"))
    if not marked or parse.tag[here] not in ("VBP", "VBZ", "VB"):
        return False
    if any(parse.word[kid] in ("have", "has") for kid in parse.children(here, "aux")):
        return False
    return any(parse.word[kid] in FUTURE for kid in parse.children(parse.head[here], "aux"))


def _object_step(parse: Parse, here: int, head: int, label: str, known: Effects) -> str:
    if label == "appos":
        return "stop"
    if parse.lemma[head] in words("modality", "factive", "verbs") and is_definite(parse, here):
        return "stop"  # "refused to condemn the invasion": there was one
    mood = _phrase(parse, head, known.noun)
    if not mood or (parse.lemma[head] == "offer" and parse.lemma[here] in words("modality", "performed")):
        return "pass"  # who offers an apology has apologised
    if label == "nsubjpass" and mood == PLANNED:
        past = any(parse.word[kid] in ("had", "was", "were") for kid in parse.children(head, "aux", "auxpass"))
        return "pass" if past else PLANNED
    return mood


def _prepositional_step(parse: Parse, here: int, preposition: int, known: Effects) -> str:
    word = parse.word[preposition]
    if word in COMPARING or word in _NOT_A_FACT:
        return DENIED
    governor = parse.head[preposition]
    if word == "of" and parse.word[preposition - 1] in ("instead", "short"):
        return DENIED
    if f"{parse.lemma[governor]} {word}" in words("modality", "factive", "phrases") and is_definite(parse, here):
        return "stop"  # "demanded an apology for the raid": it took place
    if word in ("since", "in") and any(parse.tag[kid] in ("JJS", "RBS") for kid in parse.kids[governor]):
        return DENIED  # "the worst crisis since the invasion" tells of the crisis
    if parse.lemma[governor] == "be" and any(parse.word[kid] in _LIKENING for kid in parse.children(governor, "acomp")):
        return DENIED
    if word == "to" and parse.lemma[governor] == "lead" and parse.tag[governor] == "VBD":
        return "pass"  # "led to a raid": there was one
    mood = known.prep.get(f"{parse.lemma[governor]} {word}", "") or known.prep.get(f"{parse.word[governor]} {word}", "")
    if mood:
        return DEMANDED
    if parse.is_noun(governor) and parse.lemma[governor] in known.irrealis_nouns and word in ("of", "for", "to", "on"):
        return POSSIBLE
    if word == "at" and parse.lemma[here] in _GATHERINGS and is_definite(parse, here):
        return "stop"  # "failed to agree at their summit": they held one
    return (
        "stop"
        if parse.is_noun(here) and word in ("after", "since", "during", "before", "following", "amid")
        else "pass"
    )


def _subject_step(parse: Parse, here: int, head: int) -> str:
    if parse.lemma[head] in ("be", "seem", "look", "appear", "remain"):
        for kid in parse.children(head, "acomp"):
            mood = effects().adjective.get(parse.word[kid], "")
            if mood == POSSIBLE or (mood == PLANNED and parse.child(kid, "xcomp") is not None):
                return mood
        if parse.lemma[head] == "be" and any(
            parse.word[to] == "to" for kid in parse.children(head, "xcomp") for to in parse.children(kid, "aux")
        ):
            return PLANNED  # "talks are to open in May"
        if parse.lemma[head] == "be" and parse.word[head + 1 : head + 2] == ["off"] and parse.tag[head] != "VBG":
            return DENIED  # "her trip to Lima is off"
    if parse.lemma[head] in ("have", "fail") and _is_outstanding(parse, head):
        return DENIED
    if _is_any(parse, here) and parse.lemma[head] not in _OCCURRING:
        imagined = any(parse.word[kid] in ("would", "'d", "could") for kid in parse.children(head, "aux"))
        if imagined and parse.is_verb(head):
            return POSSIBLE  # "an invasion would bring swift costs"
    return "pass" if parse.is_verb(head) and not is_definite(parse, here) else "stop"


def _is_outstanding(parse: Parse, verb: int) -> bool:
    """ "The talks *have yet to* open", "the conference *failed to* open": they have not."""
    unborn = parse.lemma[verb] == "fail" or parse.word[verb + 1 : verb + 2] == ["yet"]
    return unborn and any(
        parse.lemma[kid] in _BEGINNING and any(parse.word[to] == "to" for to in parse.children(kid, "aux"))
        for kid in parse.children(verb, "xcomp")
    )


def _is_any(parse: Parse, noun: int) -> bool:
    return any(parse.word[kid] in ("a", "an", "any", "another") for kid in parse.children(noun, "det"))
