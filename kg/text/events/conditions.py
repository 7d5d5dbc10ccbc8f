"""The conditions of triggers: what else a sentence must say for a verb to have the sense meant, by their names.

Each is given the document, its parse, the verb and what follows the name in the lexicon ("inf_agree/reach").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from kg.text.events.appraisals import is_abused, is_blaming, is_damned, is_dismissed, is_held, is_named
from kg.text.events.ballots import counted, is_at_ballot
from kg.text.events.blasts import is_aimless, is_blast, is_nuclear, is_toll
from kg.text.events.clausal import (
    governs,
    has_for_to,
    is_beknown,
    is_clear,
    is_kept_from,
    is_obliging,
    is_ultimatum,
    wants_done,
)
from kg.text.events.deadlines import is_deadline, is_leaving
from kg.text.events.encounters import (
    are_rivals,
    is_act,
    is_arms,
    is_awaited,
    is_bloc,
    is_by_name,
    is_counterpart,
    is_dated,
    is_enrolled,
    is_heir,
    is_jointly,
    is_several,
    is_undergone,
    is_unnamed,
    is_visited,
)
from kg.text.events.menaces import is_hostile, is_left_open, is_menacing, is_refusing
from kg.text.events.participants import actors
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, subjects
from kg.text.events.tallies import is_costly, is_tallied
from kg.text.events.tolls import is_losses, is_losses_told, is_lost
from kg.text.events.votes import is_legislating
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

Condition: TypeAlias = "Callable[[Document, Parse, int], bool]"

_IDIOMS = frozenset({"surprise", "task", "granted", "ride", "court", "heart"})
_DEBATING = frozenset({"Person", "PoliticalParty", "State", "MediaOrganisation", "Group", "GovernmentBody"})
_CLOSING = frozenset({'"', "”", "''", "’", "'"})
_CURT = 4
_FIGHTING = frozenset({"ArmedGroup", "State", "GovernmentBody", "PoliticalParty"})


def has_clause(document: Document, parse: Parse, index: int, clause: str, companion: int | None = None) -> bool:
    """Whether the condition ``clause`` of a trigger holds at the verb ``index``; ``companion`` is its object noun."""
    wanted, _, detail = clause.partition("_")
    if wanted in CONDITIONS:
        return CONDITIONS[wanted](document, parse, index)
    if wanted == "ballot":
        return is_at_ballot(parse, index) and (detail != "only" or _is_few(parse, index))
    if wanted == "subj":
        return any(parse.lemma[head] in detail.split("/") for head in _deep(parse, subjects(parse, index)))
    if wanted == "under":
        return _is_qualified(parse, index, frozenset(detail.split("/")))
    if wanted == "before":
        return companion is not None and not frozenset(detail.split("/")).isdisjoint(
            parse.lemma[kid] for kid in parse.children(companion, "compound", "amod", "nmod")
        )
    if wanted == "doing":
        return is_kept_from(parse, index, detail)
    if wanted in ("must", "should"):
        return any(is_obliging(parse, kid, wanted) for kid in parse.children(index, "ccomp"))
    return governs(parse, index, wanted, frozenset(detail.split("/")) if detail else frozenset(), companion)


def _is_actor(document: Document, parse: Parse, index: int) -> bool:
    """Whether somebody is the object: in "threw out his request" he was not thrown out."""
    heads = objects(parse, index)
    if any(parse.lemma[head] in words("events", "sets", "proposals") for head in heads):
        return False
    people = words("events", "sets", "people")
    meant = [head for head in heads if parse.tag[head] not in ("NN", "NNS") or _is_somebody(document, parse, head)]
    parts = words("events", "grammar", "partitive") | words("events", "sets", "troops")
    counted = [head for head in heads if parse.lemma[head] in parts or parse.tag[head] in ("CD", "NNS", "DT")]
    told = [*heads, *_deep(parse, counted)]  # "columns of soldiers", but no "readiness of the parties"
    return any(parse.lemma[head] in people for head in told) or bool(actors(document, parse, meant))


def _is_holder(document: Document, parse: Parse, index: int) -> bool:
    heads = _deep(parse, objects(parse, index))
    offices = words("events", "sets", "office") | words("events", "sets", "people")
    named = any(one.kind == "Person" for one in actors(document, parse, heads))
    return named or any(parse.lemma[head] in offices for head in heads)


def _is_person(document: Document, parse: Parse, index: int) -> bool:
    if parse.lemma[index] == "call" and is_named(parse, index):
        return False
    return any(one.kind in ("Person", "State") for one in actors(document, parse, objects(parse, index)))


def _is_of_country(document: Document, parse: Parse, index: int) -> bool:
    return any(one.kind == "State" for one in actors(document, parse, subjects(parse, index)))


def _has_as(_document: Document, parse: Parse, index: int) -> bool:
    phrases = parse.children(index, "prep")
    return parse.child(index, "oprd") is not None or any(parse.word[kid] == "as" for kid in phrases)


def _is_finite(_document: Document, parse: Parse, index: int) -> bool:
    """Whether it is told of itself: what goes on by "*ending* the standoff" is no accord."""
    return parse.tag[index] != "VBG"


def _is_passive(_document: Document, parse: Parse, index: int) -> bool:
    """ "Talks *arranged by* Chad": it is told who had others meet."""
    return parse.dep[index] == "acl" and parse.is_passive(index)


def _is_counted(_document: Document, parse: Parse, index: int) -> bool:
    described = parse.dep[index] in ("acl", "amod")  # "a text backed by 90 states"
    return not described and counted(parse, subjects(parse, index)) is not None


def _is_by_troops(document: Document, parse: Parse, index: int) -> bool:
    troops = words("events", "sets", "troops") | words("groups", "people", "ArmedGroup")
    heads = subjects(parse, index)
    told = any(parse.lemma[head] in troops for head in _deep(parse, heads))
    return told or any(one.kind == "ArmedGroup" for one in actors(document, parse, heads))


def _is_town(document: Document, parse: Parse, index: int) -> bool:
    """Whether the object is a place by name: "took *Gao*", but not "took Oslo by surprise"."""
    if any(parse.lemma[item] in _IDIOMS for word in ("by", "to", "for") for item in prepositional(parse, index, word)):
        return False
    return any(one.kind == "Place" for head in objects(parse, index) for one in document.refer(parse.doc[head]))


def _is_fallen(document: Document, parse: Parse, index: int) -> bool:
    """Whether a city is taken by somebody named: "*Kabul* fell to the Taliban"."""
    lost = [one for head in subjects(parse, index) for one in document.refer(parse.doc[head])]
    victors = [one for head in prepositional(parse, index, "to") for one in document.refer(parse.doc[head])]
    return any(one.kind in ("Place", "State") for one in lost) and any(one.kind in _FIGHTING for one in victors)


def _is_verbal(document: Document, parse: Parse, index: int) -> bool:
    """Whether a politician attacks another with words: "attacked her for having lost", "over the bill"."""
    tellers = actors(document, parse, subjects(parse, index))
    over = any(parse.word[kid] == "over" for kid in parse.children(index, "prep"))
    words_only = over or is_kept_from(parse, index, "for")
    return words_only and any(one.kind in _DEBATING for one in tellers)


def _is_worded(_document: Document, parse: Parse, index: int) -> bool:
    """Whether an attack is made with words: "launched a *scathing* attack on"."""
    biting = words("events", "appraisal", "biting")
    return any(parse.word[kid] in biting for item in objects(parse, index) for kid in parse.children(item, "amod"))


def _meets_deadline(_document: Document, parse: Parse, index: int) -> bool:
    return is_deadline(parse, index)


def _is_embattled(_document: Document, parse: Parse, index: int) -> bool:
    """Whether the text speaks of arms: "retaliated" after duties or expulsions is no attack."""
    return is_at_ballot(parse, index, words("events", "sets", "embattled"))


def _is_barring(_document: Document, parse: Parse, index: int) -> bool:
    """Whether it is trade or travel that is banned: "imposed a *travel* ban"."""
    kinds = words("events", "sets", "barred")
    return any(
        parse.word[kid] in kinds
        for head in objects(parse, index)
        for kid in parse.children(head, "compound", "amod", "nmod")
    )


def _is_qualified(parse: Parse, index: int, kinds: frozenset[str]) -> bool:
    """Whether one of these words stands before the noun of a phrase of the verb: "came under *mortar* fire"."""
    return any(
        parse.lemma[word] in kinds
        for phrase in parse.children(index, "prep")
        for noun in parse.children(phrase, "pobj")
        for word in parse.children(noun, "compound", "amod", "nmod")
    )


def _is_somebody(document: Document, parse: Parse, head: int) -> bool:
    """Whether the noun itself speaks of people: "hosted a Fijian choir", but no "ceremony" of theirs."""
    return bool(document.refer(parse.doc[head])) or parse.lemma[head] in words("events", "grammar", "partitive")


def _is_few(parse: Parse, index: int) -> bool:
    """ "Only Mali and Cuba": the subject is said to be few."""
    few = ("only", "just", "merely", "alone")
    heads = subjects(parse, index)
    return any(parse.word[word] in few for head in heads for word in (head - 1, head + 1, *parse.kids[head]))


def _deep(parse: Parse, heads: list[int]) -> list[int]:
    """Heads with what they consist of: "columns of soldiers"."""
    return [*heads, *(inner for head in heads for inner in prepositional(parse, head, "of"))]


def _is_cut_off(_document: Document, parse: Parse, index: int) -> bool:
    """Whether a question in quotation marks stands before as a sentence of its own: "“Who?” he asked"."""
    start, end = parse.sentences[parse.sentence[index]]
    return start > 0 and end - start <= _CURT and parse.word[start - 1] in _CLOSING


CONDITIONS: dict[str, Condition] = {
    "curt": _is_cut_off,
    "actor": _is_actor,
    "holder": _is_holder,
    "person": _is_person,
    "named": is_abused,
    "country": _is_of_country,
    "finite": _is_finite,
    "passive": _is_passive,
    "as": _has_as,
    "vote": is_legislating,
    "counted": _is_counted,
    "troops": _is_by_troops,
    "forinf": has_for_to,
    "deadline": _meets_deadline,
    "done": wants_done,
    "clear": is_clear,
    "barring": _is_barring,
    "beknown": is_beknown,
    "embattled": _is_embattled,
    "visited": is_visited,
    "awaited": is_awaited,
    "counterpart": is_counterpart,
    "christened": is_by_name,
    "dated": is_dated,
    "jointly": is_jointly,
    "undergone": is_undergone,
    "several": is_several,
    "bloc": is_bloc,
    "enrolled": is_enrolled,
    "act": is_act,
    "arms": is_arms,
    "heir": is_heir,
    "rivals": are_rivals,
    "unnamed": is_unnamed,
    "damned": is_damned,
    "dismissed": is_dismissed,
    "blaming": is_blaming,
    "ultimatum": is_ultimatum,
    "held": is_held,
    "menacing": is_menacing,
    "hostile": is_hostile,
    "open": is_left_open,
    "blast": is_blast,
    "nuclear": is_nuclear,
    "aimless": is_aimless,
    "toll": is_toll,
    "town": _is_town,
    "fallen": _is_fallen,
    "verbal": _is_verbal,
    "worded": _is_worded,
    "losses": is_losses,
    "told": is_losses_told,
    "lost": is_lost,
    "tallied": is_tallied,
    "costly": is_costly,
    "leaving": is_leaving,
    "refusing": is_refusing,
}
