"""Whom demands, threats and deaths are about: participants found inside the clause or phrase that a trigger governs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.phrases import modifiers, prepositional
from kg.text.events.subjects import givers, objects, subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse


def in_content(parse: Parse, trigger: int) -> list[int]:
    """Whom a demand or threat is about: who is to do it, else to whom it is to be done."""
    for clause in parse.children(trigger, "ccomp", "acl", "advcl", "relcl"):
        mark = parse.child(clause, "mark")
        if parse.dep[clause] in ("advcl", "relcl") and (mark is None or parse.word[mark] != "for"):
            continue
        own = list(parse.children(clause, "nsubj", "nsubjpass"))
        # "any attack on Chad would be met with force": no threat to Chad
        own = [kid for kid in own if parse.lemma[kid] not in words("events", "sets", "attacks")]
        if own and (mark is not None or parse.dep[clause] == "ccomp"):
            return own
    found = in_clause(parse, trigger)
    if found:
        return found
    for clause in parse.children(trigger, "advcl"):
        if parse.child(clause, "mark") is None and parse.lemma[clause] in (
            "demand",
            "call",
            "press",
            "urge",
            "seek",
            "ask",
        ):
            return in_content(parse, clause)  # "marched to demand the resignation of"
    things = list(parse.children(trigger, "dobj"))
    things.extend(item for word in ("for", "of", "over", "about") for item in prepositional(parse, trigger, word))
    for thing in things:
        for slot in ("poss", "by", "of", "mod", "from", "against", "on", "in"):
            found = fillers(parse, thing, slot)
            if found:
                return found
    return []


def in_clause(parse: Parse, trigger: int) -> list[int]:
    """Who is affected by the infinitive or gerund below: "threatened to shell Iraqi towns" → towns."""
    for clause in parse.children(trigger, "xcomp", "acl", "pcomp"):
        if parse.is_verb(clause):
            found = [
                index
                for slot in ("obj", "against", "on", "to", "with", "from", "in")
                for index in fillers(parse, clause, slot)
                if parse.word[index] not in ("it", "them")
            ]
            if found:
                return [*found, *_further(parse, clause)]
            return in_clause(parse, clause)
    return []


def _further(parse: Parse, clause: int) -> list[int]:
    """Whom the object of an infinitive is for: "to continue military aid *to Mozambique*"."""
    return [
        filler
        for thing in parse.children(clause, "dobj")
        for word in ("to", "for", "against", "on", "with", "in", "of")
        for filler in prepositional(parse, thing, word)
    ]


def attackers(parse: Parse, verb: int) -> list[int]:
    """Who did it, told in passing: "died in a Malian raid", "perished when Malian shells hit the town"."""
    attacks = words("events", "sets", "attacks")
    joined = [kid for kid in parse.children(verb, "conj") if parse.tag[kid] == "VBN"]  # "killed and their car burnt in"
    for kid in [kid for owner in (verb, *joined) for kid in parse.kids[owner]]:
        if parse.dep[kid] == "prep" and parse.word[kid] in ("in", "during", "from", "after"):
            for noun in parse.children(kid, "pobj"):
                if parse.lemma[noun] in attacks:
                    return [filler for slot in ("by", "poss", "mod") for filler in fillers(parse, noun, slot)]
        if parse.dep[kid] == "advcl" and parse.lemma[kid] in words("events", "sets", "striking"):
            return subjects(parse, kid)
    return []


def blamed(parse: Parse, noun: int) -> list[int]:
    """Who is blamed for it: "held the army responsible *for* the massacre"."""
    if parse.dep[noun] != "pobj" or parse.word[parse.head[noun]] != "for":
        return []
    verb = parse.head[parse.head[noun]]
    if parse.lemma[verb] in ("blame", "condemn", "criticize", "criticise", "denounce", "hold", "punish"):
        return objects(parse, verb)
    return []


def _instances(parse: Parse, noun: int) -> list[int]:
    """ "several missions, including one *by Chad*"."""
    return [
        filler
        for including in parse.children(noun, "prep")
        if parse.word[including] in ("including", "among", "like")
        for one in parse.children(including, "pobj")
        if parse.word[one] in ("one", "two", "some", "several", "that", "those")
        for filler in prepositional(parse, one, "by")
    ]


def fillers(parse: Parse, head: int, slot: str) -> list[int]:
    """One slot of a phrase: possessive, modifier, logical object or a preposition."""
    if slot == "poss" and parse.lemma[head] in words("events", "grammar", "related"):
        return []  # "thanked Britain's friends": not Britain
    if slot == "poss":
        return list(parse.children(head, "poss"))
    if slot == "mod":
        return modifiers(parse, head)
    if slot == "by" and parse.is_noun(head):
        return prepositional(parse, head, slot) or _instances(parse, head)
    if slot == "from" and parse.is_noun(head):
        return prepositional(parse, head, slot) or givers(parse, head)
    if slot == "between" and parse.is_noun(head) and parse.dep[head] == "nsubj":
        # "fighting erupted on Monday *between* X and Y"
        return prepositional(parse, head, slot) or prepositional(parse, parse.head[head], slot)
    return objects(parse, head) if slot == "obj" else prepositional(parse, head, slot)
