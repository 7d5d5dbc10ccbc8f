"""Who and what fills the slots of a trigger.

Slots are named as in the lexicon: ``subj`` and ``obj`` are *logical* (the by-phrase of a passive is its subject), a
preposition names itself (``against``), ``poss`` is "Mali's", ``mod`` is "Malian" or "NATO" before a noun, ``obj.of``
is the of-phrase of the object. Every function returns the heads of noun phrases, coordination not yet expanded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.befallen import is_done_to
from kg.text.events.contents import attackers, blamed, fillers, in_clause, in_content
from kg.text.events.phrases import prepositional
from kg.text.events.relatives import antecedent
from kg.text.events.subjects import adjunct_subject, adjunct_verb, objects, subjects
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.text.lexicon import Slots
    from kg.text.parse import Parse


def find(parse: Parse, trigger: int, slots: Slots, companion: int | None = None) -> list[int]:
    """Fillers of the first alternative of ``slots`` that has any; ``companion`` is the object of a phrasal trigger."""
    for union in slots:
        found: list[int] = []
        for slot in union:
            found.extend(index for index in slot_fillers(parse, trigger, slot, companion) if index not in found)
        if found:
            return found
    return []


def slot_fillers(parse: Parse, trigger: int, slot: str, companion: int | None = None) -> list[int]:
    """The noun heads in one slot of a verb or noun."""
    if slot.startswith("obj."):
        owners = [companion] if companion is not None else objects(parse, trigger)
        if slot == "obj.of" and companion is None:
            # "condemned the murder of Ann Lee": she is not whom it condemns
            owners = [owner for owner in owners if not is_done_to(parse, owner)]
        found = [filler for head in owners for filler in fillers(parse, head, slot[4:])]
        if not found and companion is not None and slot == "obj.with":
            # "discussed the crisis with Chad by telephone": the companion is the telephone
            found = [filler for head in objects(parse, trigger) for filler in fillers(parse, head, "with")]
        return found
    if slot.startswith("subj."):
        heads = subjects(parse, trigger)
        heads = [*heads, *(inner for head in heads for inner in prepositional(parse, head, "of"))]
        return [filler for head in heads for filler in fillers(parse, head, slot[5:])]
    if slot in _SLOTS:
        return _SLOTS[slot](parse, trigger)
    if slot == "it":
        return [] if companion is None else [companion]
    if slot == "obj":
        return [index for index in objects(parse, trigger) if index != companion and not _is_deed(parse, index)]
    if slot == "content":
        return in_content(parse, trigger if companion is None else companion) or in_content(parse, trigger)
    found = fillers(parse, trigger, slot)
    if slot == "by" and parse.is_verb(trigger) and not parse.is_passive(trigger):
        # "agreed to a truce in a war that, *by American estimates*, cost a million lives"
        return [one for one in found if parse.lemma[one] not in _RECKONING]
    if companion is not None and slot not in ("poss", "mod"):
        found = [*found, *prepositional(parse, companion, slot)]
    if not found and parse.is_noun(trigger):
        found = _hung_deeper(parse, trigger, slot)
    # "China, *with which* Peru has ties": the noun before
    return [antecedent(parse, trigger, one) if parse.tag[one].startswith("W") else one for one in found]


_RECKONING = frozenset({"estimate", "account", "reckoning", "count", "standard", "calculation"})
_SUFFERING = frozenset({"of", "on", "against"})


def _hung_deeper(parse: Parse, noun: int, word: str) -> list[int]:
    """ "The arrest by Mali *of Ann Lee*", "of Ann Lee *by Mali*": what the parser hangs on the phrase before."""
    if word == "by":
        return [doer for one in prepositional(parse, noun, "of") for doer in prepositional(parse, one, "by")]
    if word not in _SUFFERING:
        return []
    doers = [one for one in prepositional(parse, noun, "by") if parse.tag[one] in ("NNP", "NNPS")]
    return [filler for doer in doers for filler in prepositional(parse, doer, word)]


def _owners(parse: Parse, noun: int) -> list[int]:
    """Whose deed it is where an of-phrase names who suffered it: "*Mali's* arrest of Ann Lee"."""
    return list(parse.children(noun, "poss")) if any(prepositional(parse, noun, "of")) else []


def _is_deed(parse: Parse, noun: int) -> bool:
    """ "condemned *Moscow's recognition of* Kosovo": what somebody did to another, who is not the object."""
    owned = parse.child(noun, "poss") is not None and any(prepositional(parse, noun, "of"))
    return owned and parse.lemma[noun] in event_lexicon().nouns


def _recipients(parse: Parse, trigger: int) -> list[int]:
    """The indirect object, bare or with "to"."""
    found: list[int] = []
    for index in parse.children(trigger, "dative"):
        inside = list(parse.children(index, "pobj"))
        found.extend(inside if parse.word[index] in ("to", "for") and inside else [index])
    return found


def _adjunct_objects(parse: Parse, trigger: int) -> list[int]:
    """The object of the clause whose circumstances the trigger gives."""
    verb = adjunct_verb(parse, trigger)
    return [] if verb is None else [kid for kid in parse.children(verb, "dobj") if parse.word[kid] != "it"]


def _appointees(parse: Parse, trigger: int) -> list[int]:
    """Who stands right before the office he gets: "named [Ann Lee] envoy and [Tom Hill] spokesman"."""
    office = words("events", "sets", "office")
    first, last = trigger + 1, parse.subtree(trigger)[1]
    return [
        index
        for index in range(first, last)
        if parse.tag[index] == "NNP"
        and parse.dep[index] in ("compound", "nmod", "poss", "appos")
        and parse.head[index] > index
        and parse.lemma[parse.head[index]] in office
    ]


_SLOTS: dict[str, Callable[[Parse, int], list[int]]] = {
    "subj": lambda parse, verb: subjects(parse, verb),
    "iobj": _recipients,
    "owner": _owners,
    "appointee": _appointees,
    "adjunct": lambda parse, noun: adjunct_subject(parse, noun),
    "adjunct.obj": _adjunct_objects,
    "attacker": attackers,
    "blamed": blamed,
    "inf": in_clause,
}
