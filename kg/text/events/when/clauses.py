"""Clauses and their tense: which verb a noun stands under, what tells the running story, what frames it in time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.text.dates import When, parse_published
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse

_DAY = len("2012-06-05")
FRAMING = frozenset({"before", "after", "when", "as", "while", "hours"})


def clause_of(parse: Parse, token: int) -> int:
    """The verb of the clause in which a noun trigger stands; a verb is its own."""
    here = token
    while not parse.is_verb(here) and parse.head[here] != here:
        here = parse.head[here]
    return here


def is_main(parse: Parse, token: int) -> bool:
    """Whether a verb heads a main clause, a clause joined to one, or what a reporting verb of one reports."""
    here = token
    for _ in range(6):
        if parse.head[here] == here:
            return parse.is_verb(here)
        if parse.dep[here] not in ("conj", "ccomp", "parataxis", "xcomp") and not (
            parse.dep[here] == "advcl" and _is_parallel(parse, here)
        ):
            return False
        here = parse.head[here]
    return False


def _is_parallel(parse: Parse, clause: int) -> bool:
    mark, subject = parse.child(clause, "mark"), parse.child(clause, "nsubj")
    if subject is not None and parse.tag[subject] == "WDT":
        return False
    return mark is None or parse.word[mark] in ("although", "though", "while", "whereas")


def is_plain_past(parse: Parse, token: int) -> bool:
    """Whether a clause of place or of a noun is itself in the past: "will fly to Lima, where they *met* in May"."""
    for verb in (token, clause_of(parse, token)):
        where = any(parse.word[kid] == "where" for kid in parse.children(verb, "advmod"))
        if parse.tag[verb] == "VBD" and (where or (verb == token and parse.dep[verb] == "relcl")):
            return True
        if where and any(parse.tag[kid] in ("VBD", "VBN") for kid in parse.children(verb, "amod")):
            return True  # "where the two held talks", read as one noun
    return False


def is_simple_past(parse: Parse, verb: int) -> bool:
    here = verb
    for _ in range(5):
        auxiliaries = [parse.word[kid] for kid in parse.children(here, "aux", "auxpass")]
        if parse.tag[here] == "VBD" or "was" in auxiliaries or "were" in auxiliaries or "did" in auxiliaries:
            return not {"have", "has", "had", "'ve", "'s"} & set(auxiliaries)
        if parse.tag[here] == "VBN" and not auxiliaries and parse.child(here, "nsubj") is not None:
            return True  # "the envoy, who could have blocked the text, abstained": a past tense read as a participle
        if parse.tag[here] in ("VB", "VBP") and not auxiliaries and parse.child(here, "nsubj") is not None:
            return parse.head[here] == here and parse.word[here] in words("events", "sets", "unchanging")
        if auxiliaries and auxiliaries != ["to"]:
            return False
        if parse.dep[here] not in ("conj", "xcomp", "advcl") or parse.head[here] == here:
            return False
        here = parse.head[here]
    return False


def framing_clauses(parse: Parse, verb: int) -> list[int]:
    """Adverbial clauses that say when: "hours before the envoy landed", "shortly after *being sworn in* on Tuesday"."""
    gerunds = [
        clause
        for kid in parse.children(verb, "prep", "advmod")
        if parse.word[kid] in ("after", "before", "on", "upon", "while")
        for clause in parse.children(kid, "pcomp")
    ]
    return gerunds + [
        kid
        for kid in parse.children(verb, "advcl")
        if any(parse.word[mark] in FRAMING for mark in parse.children(kid, "mark", "advmod", "npadvmod"))
        or (kid < verb and parse.tag[kid] in ("VBN", "VBG") and parse.child(kid, "mark") is None)
    ]


def occasions_of(parse: Parse, verb: int) -> list[int]:
    """Events at which the verb's action took place: "at a summit on Sunday leaders gave"."""
    return [
        filler
        for kid in parse.children(verb, "prep")
        if parse.word[kid] in ("at", "during", "in", "on")
        for filler in parse.children(kid, "pobj")
        if parse.is_noun(filler)
    ]


def trailing_time(scene: Scene, verb: int) -> tuple[When, str] | None:
    """The day that ends a main clause and was hung on its last noun: "blamed her for the attack on Friday".

    Only days just before publication: what is longer ago is about the noun.
    """
    parse = scene.parse
    if not (parse.is_verb(verb) and is_main(parse, verb) and is_simple_past(parse, verb)):
        return None
    nouns = list(parse.children(verb, "dobj", "prep"))
    for _ in range(3):
        for noun in nouns:
            for time in scene.times.get(noun, ()):
                if time.past is not None and is_recent(scene, time.past):
                    return time.past, time.text
        nouns = [kid for noun in nouns for kid in parse.children(noun, "pobj", "prep", "dobj", "acl")]
        nouns = [one for one in nouns if parse.dep[one] != "acl" or _is_met(parse, one)]
    return None


def _is_met(parse: Parse, clause: int) -> bool:
    """Whether a clause says where an audience was: "told reporters *gathered* in Lima on Friday"."""
    return parse.lemma[clause] in words("places", "words", "audiences")


def when_time(scene: Scene, verb: int) -> tuple[When, str] | None:
    """The date before a clause that tells what happened then: "broke down *last year* when Chad expelled"."""
    parse, here = scene.parse, verb
    while parse.dep[here] == "conj" and parse.child(here, "nsubj", "nsubjpass") is None:
        here = parse.head[here]
    when = next((kid for kid in parse.children(here, "advmod") if parse.word[kid] == "when"), -1)
    if parse.dep[here] not in ("advcl", "relcl") or when < 1:
        return None
    first, _ = parse.sentences[parse.sentence[here]]
    ended = when - (parse.word[when - 1] == ",")
    times = (time for token in range(first, when) for time in scene.times.get(token, ()) if time.last == ended)
    told = next((time for time in times if time.past is not None), None)
    return (told.past, told.text) if told is not None and told.past is not None else None


def is_recent(scene: Scene, when: When) -> bool:
    published = parse_published(scene.document.article.published)
    if published is None or len(when.start) != _DAY or when.end:
        return False
    return 0 <= (published - date.fromisoformat(when.start)).days <= 7
